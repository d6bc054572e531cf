"""Somebody's PIN where the person at the till lacks a right, and nothing where not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.staff import Staff
from cashier.ui.background import Background
from cashier.ui.dialogs.pin import PinDialog


class Approving:
    """Asks before one action. `failed` hears why the list of people could not be read."""

    def __init__(
        self,
        window: QWidget,
        *,
        staff: Staff,
        background: Background,
        failed: Callable[[CashierError], None],
    ) -> None:
        self._window = window
        self._staff = staff
        self._background = background
        self._failed = failed

    def ask(
        self,
        right: Right,
        text: str,
        then: Callable[[Approval | None], None],
        *,
        person: Person | None,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        """Call `then` with None where `person` has the right, else with somebody's approval.

        `text` says in the PIN dialog what it is for.
        """
        if person is not None and person.may(right):
            then(None)
            return
        opened = partial(self._open, right, text, then, refused)
        self._background.start(self._staff.people, done=opened, failed=self._failed)

    def _open(
        self,
        right: Right,
        text: str,
        then: Callable[[Approval | None], None],
        refused: Callable[[], None],
        people: tuple[Person, ...],
    ) -> None:
        nearest = sorted(people, key=lambda one: (one.role, one.name))
        dialog = PinDialog(self._window, self._staff, self._background, right, text, nearest)
        dialog.approved.connect(then)
        dialog.refused.connect(refused)
        dialog.open()
