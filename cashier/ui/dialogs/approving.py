"""Somebody's PIN for one action, asked for only where it is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

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

    Keys are dropped until the list of people is there: they may be digits of a PIN.

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
        self._wait: Scrim | None = None
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
        self._wait = Scrim(self._owner.window())
        self._wait.cover()
        self._wait.setFocus(Qt.FocusReason.OtherFocusReason)
        opened = partial(self._open, right, text, then, refused, person)
        self._background.start(self._staff.people, done=opened, failed=self._fail)

    def _open(
        self,
        right: Right,
        text: str,
        then: Callable[[Approval | None], object],
        refused: Callable[[], None],
        person: Person | None,
        people: tuple[Person, ...],
    ) -> None:
        self._stop_waiting()
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

    def _stop_waiting(self) -> None:
        wait, self._wait = self._wait, None
        if wait is not None:
            wait.uncover()
            wait.deleteLater()

    def _fail(self, error: CashierError) -> None:
        self._stop_waiting()
        self.is_asking = False
        self._failed(error)
