"""The lock over the window: there while nobody is at the till."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from cashier.clock import Clock
from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Person
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background
from cashier.ui.idle import IdleWatch
from cashier.ui.pages.lock_header import Why
from cashier.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from cashier.ui.pages.lock import LockPage


class Locking(QObject):
    """Follows the till's view: without a person the lock is on screen, with one the workplace.

    `room` holds the workplace; the lock is added to it. `leave` is called right before the
    workplace goes and says what was being typed; `unlocked(Person)` comes right after it is back.
    `refused` asks for the low tone.
    """

    unlocked = Signal(object)
    keys_wanted = Signal()
    refused = Signal()

    def __init__(
        self,
        window: QWidget,
        room: QStackedWidget,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        training: bool,
        leave: Callable[[], SavedReceipt | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._room = room
        self._staff = till.staff
        self._background = background
        self._clock = clock
        self._training = training
        self._leave = leave
        self._why = Why.START
        self._at: datetime | None = None
        self._person: Person | None = None
        self._view: TillView | None = None
        self._page: LockPage | None = None
        self.idle = IdleWatch(QApplication.instance(), clock=clock, parent=self)  # type: ignore[arg-type]  # there is an application wherever there are widgets
        self.idle.idle.connect(partial(self.lock, Why.IDLE))
        if till.staff.current is None:
            self._cover()

    @property
    def is_locked(self) -> bool:
        return self._page is not None and self._room.currentWidget() is self._page

    def lock(self, why: Why = Why.BY_HAND) -> None:
        """Ctrl+0, or two minutes without a key; whoever was there is offered first."""
        self._send_away(why, forget=False)

    def change_person(self) -> None:
        """Ctrl+9: somebody else takes over."""
        self._send_away(Why.BY_HAND, forget=True)

    def show_view(self, view: TillView) -> None:
        self._view = view
        if self._page is not None:
            self._page.show_view(view)
        before, self._person = self._person, view.person
        if view.person is None:
            if not self.is_locked:
                self._cover(owner=before)
        elif self.is_locked:
            self._uncover(view.person)

    def _send_away(self, why: Why, *, forget: bool) -> None:
        if self.is_locked or self._person is None:
            return
        self._why = why
        self._at = self._clock.utc()
        self._background.start(self._staff.sign_out if forget else self._staff.lock)

    def _cover(self, owner: Person | None = None) -> None:
        self._window.setProperty("locked", True)
        for dialog in self._window.findChildren(Dialog):
            if dialog.is_open:
                dialog.dismiss()
        typed = self._leave()
        kept = typed if typed is not None and typed.receipt.lines else None
        page = self._made_page()
        page.show_locked(self._why, at=self._at, saved=kept, owner=owner)
        self._room.setCurrentWidget(page)
        page.entered()

    def _uncover(self, person: Person) -> None:
        if self._page is not None:
            self._page.left()
        self._room.setCurrentIndex(0)
        self._window.setProperty("locked", False)
        self._why, self._at = Why.BY_HAND, None
        self.idle.restart()
        self.unlocked.emit(person)

    def _made_page(self) -> LockPage:
        """A till in training may never need it; the start does not wait for it."""
        if self._page is None:
            from cashier.ui.pages.lock import LockPage

            page = LockPage(self._staff, self._background, self._clock, self._training)
            page.keys_wanted.connect(self.keys_wanted)
            page.scan_dropped.connect(self.refused)
            self._room.addWidget(page)
            if self._view is not None:
                page.show_view(self._view)
            self._page = page
        return self._page
