"""The refund page's use cases, each under way at most once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.services.refund_views import RefundView
from cashier.services.staff import Approval
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.pages.refund.draft import Draft
from cashier.ui.pages.refund.search import find


class RefundCalls(QObject):
    """Starts them and says how they ended. `busy` names those under way."""

    changed = Signal()
    found = Signal(object)
    """A `Found`."""
    not_found = Signal(object)
    """Why looking for it or opening it came to nothing."""
    opened = Signal(object)
    """A RefundForm."""
    refund_seen = Signal(object)
    """A RefundView, as a use case has just left it."""
    failed = Signal(object)
    """Any other CashierError."""

    def __init__(
        self, *, till: Till, background: Background, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._till = till
        self._background = background
        self._clock = clock
        self._reading: Job | None = None
        self.busy: set[str] = set()

    # Reading: the last wish counts

    def find(self, text: str) -> None:
        """Look for what was typed or scanned."""
        self._read(find, self._till.history, self._clock, text, done=self.found.emit)

    def open(self, payment_id: str) -> None:
        """Ask for the form of a payment."""
        self._read(self._till.refunds.open, payment_id, done=self.opened.emit)

    def forget(self) -> None:
        """Nobody waits any more for what is being read."""
        if self._reading is not None:
            self._reading.cancel()
        self._end("read")

    # Acting

    def refund(self, draft: Draft, reason: str, approval: Approval) -> None:
        """Send it; one send per intent is the service's promise."""
        refunds, payment_id = self._till.refunds, draft.form.payment.id
        if draft.is_by_sum:
            self._act(
                "send",
                refunds.refund_sum,
                payment_id,
                draft.amount,
                reason,
                approval=approval,
            )
        else:
            self._act(
                "send",
                refunds.refund_lines,
                payment_id,
                draft.chosen,
                reason,
                approval=approval,
            )

    def send_again(self, refund_id: str, approval: Approval) -> None:
        """Send what has provably not left."""
        self._act("send", self._till.refunds.send, refund_id, approval=approval)

    def withdraw(self, refund_id: str) -> None:
        self._act("withdraw", self._till.refunds.withdraw, refund_id)

    def check(self, refund_id: str) -> None:
        self._act("check", self._till.refunds.check, refund_id)

    # Inside

    def _read(
        self,
        use_case: Callable[..., Awaitable[Any]],
        *args: object,
        done: Callable[[Any], None],
    ) -> None:
        if self._reading is not None:
            self._reading.cancel()

        def came_home(result: Any) -> None:
            self._end("read")
            done(result)

        def came_to_grief(error: CashierError) -> None:
            self._end("read")
            self.not_found.emit(error)

        self.busy.add("read")
        self.changed.emit()
        self._reading = self._background.start(
            use_case, *args, done=came_home, failed=came_to_grief
        )

    def _act(
        self, name: str, use_case: Callable[..., Awaitable[RefundView]], *args: object, **kw: Any
    ) -> None:
        if name in self.busy:
            return

        def came_home(view: RefundView) -> None:
            self._end(name)
            self.refund_seen.emit(view)

        def came_to_grief(error: CashierError) -> None:
            self._end(name)
            self.failed.emit(error)

        self.busy.add(name)
        self.changed.emit()
        self._background.start(use_case, *args, done=came_home, failed=came_to_grief, **kw)

    def _end(self, name: str) -> None:
        self.busy.discard(name)
        self.changed.emit()
