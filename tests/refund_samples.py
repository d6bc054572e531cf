"""Paid payments and refunds of them, for the tests of what may go back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Receipt
from cashier.domain.refund import REFUND_TRANSITIONS, Refund, RefundedLine, RefundState
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.journal.ledger import Ledger
from tests.journal_samples import NOW, intent

S = RefundState


def sell(ledger: Ledger, goods: Receipt, **changes: Any) -> Payment:
    """A new paid payment for `goods`."""
    saved = SavedReceipt(uuid4().hex, "", ReceiptState.FROZEN, goods, NOW, NOW)
    saved = ledger.number_receipt(ledger.save_receipt(saved).id)
    payment = ledger.add_payment(intent(saved))
    for state in (PaymentState.SENDING, PaymentState.OPEN):
        payment = ledger.move(payment, state)
    return ledger.move(payment, PaymentState.PAID, **changes)


def paid(ledger: Ledger, minor: int = 100_00, **changes: Any) -> Payment:
    """A new paid payment of one line."""
    return sell(ledger, Receipt().add("Молоко 3,2%", Money(minor)), **changes)


def give_back(payment: Payment, minor: int, **changes: Any) -> Refund:
    """An intent to refund a sum of `payment`."""
    given: dict[str, Any] = {
        "id": uuid4().hex,
        "payment_id": payment.id,
        "state": S.PREPARED,
        "amount": Money(minor, payment.amount.currency),
        "lines": (),
        "reason": "Брак",
        "created_at": NOW,
        "changed_at": NOW,
        "is_by_sum": True,
    }
    return Refund(**(given | changes))


def part(line_id: int, thousandths: int, minor: int, name: str = "Молоко") -> RefundedLine:
    return RefundedLine(line_id, name, Money(minor), Quantity(thousandths), Money(minor))


def way_to(state: RefundState) -> list[RefundState]:
    """The shortest way from PREPARED, by allowed moves."""
    ways: dict[RefundState, list[RefundState]] = {S.PREPARED: []}
    waiting = [S.PREPARED]
    while state not in ways:
        here = waiting.pop(0)
        for there in sorted(REFUND_TRANSITIONS[here], key=lambda one: one.value):
            if there not in ways:
                ways[there] = [*ways[here], there]
                waiting.append(there)
    return ways[state]


def refund_in(ledger: Ledger, refund: Refund, state: RefundState, **changes: Any) -> Refund:
    """`refund` added and brought into `state`, with `changes` in the last move."""
    refund = ledger.add_refund(refund)
    steps = way_to(state)
    for number, step in enumerate(steps, start=1):
        refund = ledger.move_refund(refund, step, **(changes if number == len(steps) else {}))
    return refund
