"""What a refund starts from: the payment, what is left of it, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Payment
from cashier.domain.quantity import Quantity
from cashier.domain.refund import (
    TYPED_REASON_LIMIT,
    UNSETTLED,
    LineLeft,
    Refund,
    RefundedLine,
    left_to_refund,
    lines_left,
    refund_of_line,
)
from cashier.domain.saved_receipt import SavedReceipt
from cashier.journal.reader import Reader


@dataclass(frozen=True, slots=True)
class RefundForm:
    """All that the refund screen shows. `left` may be negative after an incident (row R17).

    `lines` is empty where nobody knows them: an adopted payment's, or a receipt's that was changed
    after the payment was made. `is_budget_known`: False for an
    adopted payment until a manager has said what went back before. `trouble`: why the gateway
    could not be asked just now. `waits`: the journal was restored and not reconciled yet.
    """

    payment: Payment
    receipt: SavedReceipt
    refunds: tuple[Refund, ...]
    lines: tuple[LineLeft, ...]
    left: Money
    is_budget_known: bool
    trouble: Failure | None = None
    waits: bool = False

    @property
    def unsettled(self) -> Refund | None:
        """The refund that has to be settled before another."""
        return next((one for one in self.refunds if one.state in UNSETTLED), None)


def is_refundable(payment: Payment) -> bool:
    """Whether money has come that could go back."""
    return payment.has_money


def typed_reason(reason: str) -> str:
    """The reason as typed, trimmed. Raises FIELD_INVALID when empty or too long."""
    text = " ".join(reason.split())
    if not text:
        raise CashierError(Failure.FIELD_INVALID, field="refund.reason", rule="empty")
    if len(text) > TYPED_REASON_LIMIT:
        raise CashierError(
            Failure.FIELD_INVALID, field="refund.reason", rule="too_long", limit=TYPED_REASON_LIMIT
        )
    return text


def chosen_lines(
    lines: tuple[LineLeft, ...], quantities: dict[int, Quantity]
) -> tuple[RefundedLine, ...]:
    """What these quantities are worth. Raises REFUND_OVER_LINE, NOT_FOUND, REFUND_NOTHING."""
    known = {line.sold.line.id: line for line in lines}
    chosen = []
    for line_id, quantity in quantities.items():
        if line_id not in known:
            raise CashierError(Failure.NOT_FOUND, line=line_id)
        line = known[line_id]
        if quantity.thousandths > line.left:
            raise CashierError(Failure.REFUND_OVER_LINE, name=line.sold.line.name)
        chosen.append(refund_of_line(line, quantity))
    if not chosen:
        raise CashierError(Failure.REFUND_NOTHING)
    return tuple(chosen)


def read_form(reader: Reader, payment_id: str, trouble: Failure | None) -> RefundForm:
    payment = reader.payment(payment_id)
    receipt = reader.receipt(payment.receipt_id)
    refunds = tuple(reader.refunds_of(payment_id))
    sold = receipt.receipt.priced if reader.is_as_charged(payment) else ()
    return RefundForm(
        payment=payment,
        receipt=receipt,
        refunds=refunds,
        lines=lines_left(sold, refunds),
        left=left_to_refund(payment.amount, refunds),
        is_budget_known=not payment.is_adopted or payment.decision is not None,
        trouble=trouble,
        waits=reader.restoration() is not None,
    )
