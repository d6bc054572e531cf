"""What can be charged, and when a receipt may be charged again."""

from __future__ import annotations

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Decision, Payment, PaymentState
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.terminal import Terminal

SURELY_NOTHING = (PaymentState.REFUSED, PaymentState.WITHDRAWN)
_OVER = (*SURELY_NOTHING, PaymentState.FAILED, PaymentState.CLOSED, PaymentState.ABANDONED)


def check_payable(saved: SavedReceipt, terminal: Terminal, limit: int) -> None:
    """Raise CashierError when this receipt can never be sent as it stands (row P13)."""
    receipt = saved.receipt
    if saved.state in (ReceiptState.SETTLED, ReceiptState.DROPPED):
        raise CashierError(Failure.NOT_ALLOWED, action="charge", state=saved.state.value)
    if not receipt.lines:
        raise CashierError(Failure.RECEIPT_EMPTY)
    if receipt.currency is not terminal.currency:
        raise CashierError(Failure.CURRENCY_MIXED)
    if receipt.amount.minor <= 0:
        raise CashierError(Failure.RECEIPT_ZERO)
    if receipt.amount.minor > limit:
        raise CashierError(Failure.SUM_OVER_LIMIT, limit=Money(limit, receipt.currency))


def is_settled_for_good(earlier: Payment) -> bool:
    """Whether no money can come of this attempt, or all that came has gone back."""
    return earlier.state in SURELY_NOTHING or earlier.decision is Decision.REFUNDED


def require_over(earlier: Payment) -> None:
    """Raise CashierError unless this attempt can be followed by a new one."""
    if earlier.is_live:
        raise CashierError(Failure.RECEIPT_HAS_PAYMENT, payment=earlier.id)
    if earlier.state not in _OVER and earlier.decision is not Decision.REFUNDED:
        raise CashierError(Failure.STILL_PAYABLE, state=earlier.state.value)
