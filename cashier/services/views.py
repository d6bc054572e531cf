"""What the screens are shown: frozen values, complete each time."""

from __future__ import annotations

from dataclasses import dataclass

from cashier.domain.failure import CashierError
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.shift import Shift
from cashier.domain.staff import Person
from cashier.domain.terminal import Terminal
from cashier.journal.epochs import Restoration
from cashier.services.health import HealthView
from cashier.services.refund_views import RefundView

PAYABLE = frozenset(
    {PaymentState.SENDING, PaymentState.OPEN, PaymentState.CLOSING, PaymentState.UNKNOWN}
)
"""States in which a customer may be paying, so that closing the till is asked about."""


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One payment and how it is being followed. Times are on the monotonic clock.

    `checks` are the reads since it entered its state, `misses` those in a row without an answer,
    `next_check` None while one is under way or none is planned. `is_cancel_refused`: the payer has
    begun, so that the gateway would not cancel. `is_cancel_sent`: a ClosePayment has left.
    """

    payment: Payment
    receipt: SavedReceipt
    entered: float
    checks: int = 0
    misses: int = 0
    last_answer: float | None = None
    next_check: float | None = None
    is_cancel_refused: bool = False
    is_cancel_sent: bool = False

    @property
    def is_offline(self) -> bool:
        """Two reads in a row have had no answer."""
        return self.misses >= 2


@dataclass(frozen=True, slots=True)
class TillView:
    """Everything that the frame and the payment pages depend on.

    `payments`: every payment a cashier still has to look at, oldest first: live ones, decided ones
    whose receipt is still frozen, results nobody has seen. `tasks`: what a senior must decide.
    `trouble`: why the till cannot be trusted with new payments at the moment. `refunds` are under
    way, `refund_tasks` wait for a person. `person` is who is at the till. `restoration`: no refund
    begins before a manager has reconciled. `copy_trouble`: why the journal was not copied.
    """

    payments: tuple[PaymentView, ...]
    tasks: tuple[PaymentView, ...]
    health: HealthView
    shift: Shift | None
    terminal: Terminal | None
    next_number: str
    trouble: CashierError | None = None
    refunds: tuple[RefundView, ...] = ()
    refund_tasks: tuple[RefundView, ...] = ()
    person: Person | None = None
    restoration: Restoration | None = None
    copy_trouble: CashierError | None = None

    @property
    def payable(self) -> tuple[PaymentView, ...]:
        """The payments that customers can still pay, as far as the till knows."""
        return tuple(one for one in self.payments if one.payment.state in PAYABLE)

    @property
    def task_count(self) -> int:
        """How much waits for a senior or a manager."""
        return len(self.tasks) + len(self.refund_tasks) + (self.restoration is not None)

    def newest(self, receipt_id: str) -> PaymentView | None:
        """The receipt's newest attempt, if somebody still has to look at it."""
        attempts = [
            one for one in (*self.payments, *self.tasks) if one.payment.receipt_id == receipt_id
        ]
        return max(attempts, key=lambda one: one.payment.attempt, default=None)

    def find(self, payment_id: str) -> PaymentView | None:
        for view in (*self.payments, *self.tasks):
            if view.payment.id == payment_id:
                return view
        return None


def needs_a_look(payment: Payment, receipt: SavedReceipt, *, is_newest: bool) -> bool:
    """Whether the cashier still has something to see or to do with this payment."""
    if payment.is_live:
        return True
    if receipt.state is ReceiptState.FROZEN and is_newest:
        return True
    return payment.state is PaymentState.PAID and not payment.is_result_seen


def is_task(payment: Payment) -> bool:
    """Whether a senior or a manager still has to decide what happens with the money."""
    return payment.needs_decision and payment.state is not PaymentState.UNKNOWN
