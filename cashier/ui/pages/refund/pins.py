"""Asking for somebody's PIN for one action: the list of people first, then the dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.domain.staff import Person, Right
from cashier.services.staff import Approval, Staff
from cashier.ui.background import Background
from cashier.ui.dialogs.pin import PinDialog


class PinAsker(QObject):
    """One dialog at a time; a second wish while one is open is not heard."""

    problem_raised = Signal(object)
    refused = Signal()

    def __init__(
        self, window: QWidget, *, staff: Staff, background: Background, clock: Clock
    ) -> None:
        super().__init__(window)
        self._owner = window
        self._staff = staff
        self._background = background
        self._clock = clock
        self._is_asking = False

    @property
    def is_asking(self) -> bool:
        return self._is_asking

    def ask(
        self,
        right: Right,
        text: str,
        approved: Callable[[Approval], object],
        *,
        first: Person | None = None,
    ) -> None:
        """Call `approved` with the approval of whoever has `right`; `first` heads the list."""
        if self._is_asking:
            return
        self._is_asking = True

        def open_dialog(people: tuple[Person, ...]) -> None:
            at_till = first.id if first is not None else ""
            ordered = sorted(people, key=lambda one: (one.id != at_till, one.role, one.name))
            dialog = PinDialog(
                self._owner.window(),
                self._staff,
                self._background,
                right,
                text,
                ordered,
                clock=self._clock,
            )
            dialog.approved.connect(end)
            dialog.refused.connect(self._end)
            dialog.refused.connect(self.refused)
            dialog.open()

        def end(approval: Approval) -> None:
            self._end()
            approved(approval)

        self._background.start(self._staff.people, done=open_dialog, failed=self._fail)

    def _end(self) -> None:
        self._is_asking = False

    def _fail(self, error: object) -> None:
        self._is_asking = False
        self.problem_raised.emit(error)
