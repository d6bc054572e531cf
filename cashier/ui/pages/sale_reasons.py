"""Why the receipt on screen cannot be paid at the moment."""

from __future__ import annotations

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.receipt import Receipt
from cashier.services.health import Link
from cashier.services.views import TillView

_TAKES_THE_TERMINAL = frozenset(
    {
        PaymentState.PREPARED,
        PaymentState.SENDING,
        PaymentState.OPEN,
        PaymentState.UNKNOWN,
        PaymentState.CLOSING,
    }
)


def hindrance(view: TillView | None, receipt: Receipt, *, limit: int) -> CashierError | None:
    """What F12 waits for, the most important first; None when a QR can be shown.

    The service refuses for the same reasons; this only says so beforehand. `limit` in minor units.
    """
    if view is None:
        return CashierError(Failure.NOT_ALLOWED, action="charge", state="")
    if view.trouble is not None:
        return view.trouble
    if view.health.link is Link.KEY_REFUSED:
        return CashierError(Failure.KEY_REFUSED)
    if view.terminal is None:
        return CashierError(Failure.NO_TERMINAL)
    if not receipt.lines:
        return CashierError(Failure.RECEIPT_EMPTY)
    if receipt.currency is not view.terminal.currency:
        return CashierError(Failure.CURRENCY_MIXED)
    if receipt.amount.minor <= 0:
        return CashierError(Failure.RECEIPT_ZERO)
    if receipt.amount.minor > limit:
        return CashierError(Failure.SUM_OVER_LIMIT, limit=Money(limit, receipt.currency))
    if view.health.link is Link.LOST:
        return CashierError(Failure.NO_LINK)
    return _busy(view)


def _busy(view: TillView) -> CashierError | None:
    """A printed QR takes one payment at a time."""
    terminal = view.terminal
    if terminal is None or not terminal.is_static:
        return None
    for one in view.payments:
        payment = one.payment
        if payment.terminal_id == terminal.info.id and payment.state in _TAKES_THE_TERMINAL:
            return CashierError(Failure.TERMINAL_BUSY, receipt=payment.receipt_number)
    return None
