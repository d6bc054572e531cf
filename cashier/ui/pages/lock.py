"""Nobody is at the till: who sits down, and by which PIN (picture 13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Person
from cashier.domain.staff import Role as Rank
from cashier.services.staff import Staff
from cashier.services.training_staff import CASHIER_PIN, OTHER_PIN
from cashier.services.views import TillView
from cashier.ui import formats
from cashier.ui.background import Background, Job
from cashier.ui.frame.footer import Footer
from cashier.ui.hints import Hint
from cashier.ui.pages.first_start_admin import AdministratorForm
from cashier.ui.pages.lock_header import LockHeader, Why
from cashier.ui.pages.lock_people import PeopleList, RowText, in_order
from cashier.ui.pages.lock_pin import FormCard, PinCard
from cashier.ui.pages.lock_receipt import KeptReceipt
from cashier.ui.pages.new_pin_form import NewPinForm
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shortcut import shortcut

__all__ = ["LockPage", "Why"]

_TICK_MS = 1000
_NARROW = 1180
_LOW = 740


class LockPage(QWidget):
    """Fills the window: no rail, a header and a footer of its own.

    `signed_in(Person)` once the services know who it is. `keys_wanted`: F1. `scan_dropped`: the
    low tone. The frame calls `show_locked`, then `entered`; `show_view` on every change. In
    training the help line says the PINs. While there is nobody, the page makes the administrator.
    """

    signed_in = Signal(object)
    scan_dropped = Signal()
    keys_wanted = Signal()

    def __init__(
        self,
        staff: Staff,
        background: Background,
        clock: Clock,
        training: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._staff = staff
        self._background = background
        self._clock = clock
        self._training = training
        self._people: tuple[Person, ...] = ()
        self._read_at = 0.0
        self._renewed = ""
        self._job: Job | None = None
        self._is_loaded = False
        self._last = ""
        self._header = LockHeader(clock=clock, training=training)
        self._footer = Footer()
        self._title = Label(role=Role.PAGE_TITLE, name="lock.title", wrap=True)
        self._lead = Label(role=Role.LEAD, wrap=True, name="lock.lead")
        self._list = PeopleList()
        self._receipt = KeptReceipt()
        self._card = PinCard(clock=clock)
        self._first = AdministratorForm(name="lock.first", clock=clock)
        self._first_card = FormCard(self._first, name="lock.make")
        self._renew = NewPinForm(name="lock.new", clock=clock, role=Rank.ADMINISTRATOR)
        self._renew_card = FormCard(self._renew, name="lock.renew")
        self._cards = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._arrange()
        self._connect()
        self.retranslate()
        follow_theme(self.restyle)

    # How it is built

    def _arrange(self) -> None:
        self._left = QVBoxLayout()
        self._left.addWidget(self._title)
        self._left.addWidget(self._lead)
        self._left.addWidget(self._list, 1)
        self._left.addWidget(self._receipt)
        self._left.addStretch(0)
        self._left_side = QWidget()
        self._left_side.setLayout(self._left)
        self._left.setContentsMargins(0, 0, 0, 0)
        for card in (self._card, self._first_card, self._renew_card):
            room = QWidget()
            column = QVBoxLayout(room)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(card)
            column.addStretch(1)
            self._cards.addWidget(room)
        self._columns = QHBoxLayout()
        self._columns.addStretch(1)
        self._columns.addWidget(self._left_side)
        self._columns.addWidget(self._cards)
        self._columns.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self._columns, 1)
        layout.addWidget(self._footer)

    def _connect(self) -> None:
        self._list.chosen.connect(self._show_person)
        self._card.moved.connect(self._list.step)
        self._card.typed.connect(self._sign_in)
        self._first.edited.connect(self._paint_forms)
        self._renew.edited.connect(self._paint_forms)
        self._renew.submitted.connect(self._save)
        for card in (self._first_card, self._renew_card):
            card.submitted.connect(self._save)
        for source in (self._card, self._first, self._renew):
            source.scan_dropped.connect(self.scan_dropped)
        self._timer.timeout.connect(self._tick)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcut(self, "F12", self._save, context=inside)
        for keys, steps in (("Up", -1), ("Down", 1)):
            move = partial(self._list.step, steps)
            shortcut(self, keys, move, context=inside, repeats=True)

    def restyle(self, theme: Theme) -> None:
        narrow = self.width() < theme.px(_NARROW)
        low = self.height() < theme.px(_LOW)
        self._left_side.setFixedWidth(theme.px(480 if narrow else 564))
        self._cards.setFixedWidth(theme.px(400 if narrow else 440))
        self._columns.setSpacing(theme.px(32 if narrow else 64))
        side = theme.px(20)
        self._columns.setContentsMargins(side, theme.px(16 if low else 36), side, theme.px(12))
        self._left.setSpacing(theme.px(10))
        self._lead.setContentsMargins(0, 0, 0, theme.px(4 if low else 12))
        self._card.set_low(low)
        self._header.restyle(theme)

    # What the frame says

    def show_view(self, view: TillView) -> None:
        """For the header: terminal, shift, what waits, the way to the gateway."""
        self._header.show_view(view)

    def show_locked(
        self,
        why: Why,
        *,
        at: datetime | None = None,
        saved: SavedReceipt | None = None,
        owner: Person | None = None,
    ) -> None:
        """Say why, since when, and what receipt is kept for whom; `at` in UTC."""
        self._header.show_why(why, at)
        self._receipt.show_receipt(saved, owner)

    def entered(self) -> None:
        """It is on screen: look who there is."""
        self._timer.start()
        self._load()
        self.focus_main()

    def left(self) -> None:
        """It is on screen no more."""
        self._timer.stop()
        self._card.clear()
        self._first.clear()
        self._renew.clear()

    def focus_main(self) -> None:
        """Put the focus where the digits go."""
        shown = self._cards.currentIndex()
        if shown == 1:
            self._first.focus_first()
        elif shown == 2:
            self._renew.focus_first()
        else:
            self._card.focus_entry()

    def show_people(self, people: Sequence[Person], *, renewed: str = "", last: str = "") -> None:
        """Show who may sign in; `renewed` (an id) needs a new PIN, `last` was at the till."""
        before = self._list.person()
        self._is_loaded = True
        self._people = in_order(people, renewed=renewed, last=last)
        self._renewed = renewed
        self._read_at = self._clock.monotonic()
        self._list.show_people(self._people, before.id if before else last)
        self._last = last
        chosen = self._list.person()
        if before is None or chosen is None or chosen.id != before.id:
            self._show_person(chosen)
        self.retranslate()

    # Signing in

    def _load(self) -> None:
        self._background.start(self._look, done=self._take_people)

    async def _look(self) -> tuple[tuple[Person, ...], str, str]:
        return await self._staff.people(), await self._staff.was_reset(), self._staff.last

    def _take_people(self, found: tuple[tuple[Person, ...], str, str]) -> None:
        people, renewed, last = found
        before = QApplication.focusWidget()
        had_focus = before is not None and self.isAncestorOf(before)
        self.show_people(people, renewed=renewed, last=last)
        if self.isVisible() and (not had_focus or self._cards.currentIndex() != 0):
            self.focus_main()

    def _show_person(self, person: Person | None) -> None:
        if person is None:
            self._cards.setCurrentIndex(1)
        elif person.id == self._renewed and not person.pin_length:
            self._card.clear()  # digits typed before the list were not for whoever comes next
            self._renew.set_role(person.role)
            self._cards.setCurrentIndex(2)
        else:
            self._cards.setCurrentIndex(0)
            self._card.show_person(person)
        self._tick()
        self._paint_forms()
        if self.isVisible():
            self.focus_main()

    def _sign_in(self, pin: str) -> None:
        person = self._list.person()
        if person is None or self._job is not None:
            return
        self._card.show_busy(True)
        self._job = self._background.start(
            self._staff.sign_in,
            person.id,
            pin,
            done=self._let_in,
            failed=partial(self._refuse, person.id),
        )

    def _save(self) -> None:
        """F12: the first administrator, or the new PIN after a reset."""
        shown = self._cards.currentIndex()
        if self._job is not None or shown == 0 or not self._is_loaded:
            return
        person = self._list.person()
        if shown == 1:
            made = self._first.read()
            if made is None:
                return
            self._job = self._background.start(
                self._staff.make_administrator,
                made.name,
                made.pin,
                done=self._let_in,
                failed=self._take_failure,
            )
        elif person is not None:
            pin = self._renew.pin()
            if pin is None:
                self._renew.focus_unfinished()
                return
            self._job = self._background.start(
                self._staff.renew_administrator,
                person.id,
                pin,
                done=self._let_in,
                failed=self._take_failure,
            )
        self._paint_forms()

    def _let_in(self, person: Person) -> None:
        self._job = None
        self._card.show_busy(False)
        self._paint_forms()
        self.signed_in.emit(person)

    def _refuse(self, person_id: str, error: CashierError) -> None:
        """The PIN of that person was not the one; another may have been chosen meanwhile."""
        self._job = None
        chosen = self._list.person()
        if chosen is not None and chosen.id == person_id:
            self._card.show_failure(error)
        else:
            self._card.show_busy(False)
            self._paint_forms()
            self.focus_main()
        self._load()

    def _take_failure(self, error: CashierError) -> None:
        self._job = None
        self._paint_forms()
        shown = self._cards.currentIndex()
        if shown == 2:
            self._renew.show_error(failure_text(error))
        elif not self._first.show_failure(error):
            self._first_card.show_error(failure_text(error))

    # What is shown

    def _tick(self) -> None:
        """What only time changes: the clock, and how long who is shut out."""
        self._header.tick()
        passed = self._clock.monotonic() - self._read_at
        chosen = self._list.person()
        for row in self._list.rows:
            left = max(0.0, row.person.lock_left - passed)
            row.show_right(self._right(row.person, left))
            if chosen is not None and row.person.id == chosen.id:
                self._card.show_left(left)

    def _right(self, person: Person, left: float) -> RowText:
        if left > 0:
            wait = formats.duration(left + 0.999)
            return RowText(self.tr("sign-in shut, {0} left").format(wait), is_warning=True)
        if person.id == self._renewed and not person.pin_length:
            return RowText(self.tr("needs a new PIN"), is_warning=True)
        if person.id == self._last and person.last_seen_at is not None:
            since = formats.clock(person.last_seen_at.astimezone())
            return RowText(self.tr("at the till since {0}").format(since))
        return RowText()

    def _paint_forms(self) -> None:
        busy = self.tr("Saving…") if self._job is not None else None
        self._first_card.show_error("")
        self._first_card.show_state(is_complete=self._first.is_complete, busy=busy)
        self._renew_card.show_state(is_complete=self._renew.pin() is not None, busy=busy)
        self._first.set_usable(busy is None)
        self._renew.set_usable(busy is None)

    def retranslate(self) -> None:
        nobody = self._is_loaded and not self._people
        self._title.setText(
            self.tr("There are no staff yet") if nobody else self.tr("Who is at the till?")
        )
        self._lead.setText(
            self.tr(
                "Make the administrator: they change keys and settings and add the others. "
                "Until then nobody can sell."
            )
            if nobody
            else self.tr("Choose yourself and type your PIN.")
        )
        self._list.setVisible(not nobody)
        self._first_card.show_texts(
            self.tr("Administrator"), self.tr("Remember the PIN well."), self.tr("Start work")
        )
        self._renew_card.show_texts(
            self.tr("New PIN"),
            self.tr("The old one was reset by an administrator of this computer."),
            self.tr("Save and sign in"),
        )
        self._card.set_note(self._help())
        self._footer.show_hints(self._hints(), self._footer_note())
        self._tick()

    def _help(self) -> str:
        if self._training:
            text = self.tr("Training: the cashier’s PIN is {0}, everybody else’s {1}.")
            return text.format(CASHIER_PIN, OTHER_PIN)
        return self.tr("Forgot the PIN? The administrator sets a new one.")

    def _hints(self) -> tuple[Hint, ...]:
        keys = Hint("F1", self.tr("All keys"), self.keys_wanted.emit)
        if self._is_loaded and not self._people:
            return (Hint("F12", self.tr("Start work"), self._save), keys)
        return (
            Hint("↑ ↓", self.tr("Choose yourself")),
            Hint("0–9", self.tr("PIN")),
            Hint("Enter", self.tr("Sign in")),
            keys,
        )

    def _footer_note(self) -> str:
        return self.tr("While a customer is paying, the till does not lock by itself")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())
