"""Somebody's PIN for one action, asked for only where it is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval, Approver
from cashier.ui.background import Background
from cashier.ui.dialogs.pin import PinDialog
from cashier.ui.widgets.dialog import Scrim

Allow = Callable[[Callable[[Approval | None], object]], object]
"""Calls what it is given as soon as somebody has allowed it, maybe never."""


class Approving:
    """Asks before an action of `owner`; a second wish while one is being asked is not heard.

    Nothing is asked for a dialog or a page that was left before the list of people was there.

    `failed` hears why the list of people could not be read.
    """

    def __init__(
        self,
        owner: QWidget,
        *,
        staff: Approver,
        background: Background,
        failed: Callable[[CashierError], None],
        clock: Clock | None = None,
    ) -> None:
        self._owner = owner
        self._staff = staff
        self._background = background
        self._failed = failed
        self._clock = clock
        self.is_asking = False

    def ask(
        self,
        right: Right,
        text: str,
        then: Callable[[Approval | None], object],
        *,
        person: Person | None,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        """Call `then` with None where `person` may do it at once, else with somebody's approval.

        `person` is at the till and heads the list. `text` says in the dialog what it is for.
        """
        if self.is_asking:
            return
        if person is not None and person.may_at_once(right):
            then(None)
            return
        self.is_asking = True
        asker = Scrim.uppermost(self._owner.window())
        opened = partial(self._open, right, text, then, refused, person, asker)
        self._background.start(self._staff.people, done=opened, failed=self._fail)

    def _open(
        self,
        right: Right,
        text: str,
        then: Callable[[Approval | None], object],
        refused: Callable[[], None],
        person: Person | None,
        asker: QWidget | None,
        people: tuple[Person, ...],
    ) -> None:
        if not self._owner.isVisible() or Scrim.uppermost(self._owner.window()) is not asker:
            self.is_asking = False
            if asker is None or isValid(asker):
                refused()
            return
        first = person.id if person is not None else ""
        dialog = PinDialog(
            self._owner.window(),
            self._staff,
            self._background,
            right,
            text,
            sorted(people, key=lambda one: (one.id != first, one.role, one.name)),
            clock=self._clock,
        )
        dialog.approved.connect(partial(self._end, then))
        dialog.refused.connect(lambda: self._end(lambda _: refused(), None))
        dialog.open()

    def _end(self, then: Callable[[Approval | None], object], approval: Approval | None) -> None:
        self.is_asking = False
        then(approval)

    def _fail(self, error: CashierError) -> None:
        self.is_asking = False
        self._failed(error)
