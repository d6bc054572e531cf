"""Journals, receipts and payments for the tests of everything that writes to one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from cashier.clock import Clock
from cashier.domain.money import Money
from cashier.domain.payment import TRANSITIONS, Payment, PaymentState
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.terminal import Terminal, TerminalInfo, TerminalType
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.space import Limits
from cashier.settings import DEMO_MERCHANT_ID
from tests.virtual_clock import VirtualClock

NOW = datetime(2026, 11, 24, 11, 32, 0, 123456, tzinfo=UTC)
SMALL = Limits(reserve=4096, busy=0.1)


def open_journal(folder: Path, *, clock: Clock | None = None, **options: Any) -> Journal:
    """The journal in `folder`, its anchor in another one beside it."""
    given: dict[str, Any] = {
        "till": "2",
        "clock": clock or VirtualClock(),
        "anchor": folder.parent / f"{folder.name}-anchor" / "anchor.json",
        "limits": SMALL,
    }
    return Journal.open(f"sqlite:///{folder / 'journal.db'}", **(given | options))


def receipt(*names: str) -> Receipt:
    goods = Receipt()
    for number, name in enumerate(names or ("Молоко 3,2%",), start=1):
        goods = goods.add(name, Money(9990 + number))
    return goods


def draft(*names: str, state: ReceiptState = ReceiptState.DRAFT) -> SavedReceipt:
    return SavedReceipt(uuid4().hex, "2", state, receipt(*names), NOW, NOW)


def intent(saved: SavedReceipt, **changes: Any) -> Payment:
    """A first attempt at paying `saved`."""
    given: dict[str, Any] = {
        "id": uuid4().hex,
        "receipt_id": saved.id,
        "receipt_number": saved.number,
        "attempt": 1,
        "order_id": uuid4().hex,
        "state": PaymentState.PREPARED,
        "amount": saved.receipt.amount,
        "terminal_id": "41",
        "terminal_name": "Касса у входа",
        "merchant_id": DEMO_MERCHANT_ID,
        "base_url": "https://api.invoice.su",
        "created_at": NOW,
        "changed_at": NOW,
    }
    return Payment(**(given | changes))


def charge(ledger: Ledger, **changes: Any) -> Payment:
    """A new frozen, numbered receipt and its first intent."""
    saved = ledger.save_receipt(draft(state=ReceiptState.FROZEN))
    return ledger.add_payment(intent(ledger.number_receipt(saved.id), **changes))


def terminal(gateway_id: str = "41", **changes: Any) -> Terminal:
    info = TerminalInfo(
        id=gateway_id,
        name="Касса у входа",
        alias="entrance",
        type=TerminalType.DYNAMIC,
        type_word="dynamical",
        default_price=Money(1),
        can_comments=False,
    )
    given: dict[str, Any] = {"key": 0, "info": info}
    return Terminal(**(given | changes))


def way_to(state: PaymentState) -> list[PaymentState]:
    """The shortest way from PREPARED, by allowed moves."""
    ways = {PaymentState.PREPARED: [PaymentState.PREPARED]}
    waiting = [PaymentState.PREPARED]
    while state not in ways:
        here = waiting.pop(0)
        for there in sorted(TRANSITIONS[here], key=lambda one: one.value):
            if there not in ways:
                ways[there] = [*ways[here], there]
                waiting.append(there)
    return ways[state][1:]


def moving(payment: Payment, state: PaymentState) -> Callable[[Ledger], Payment]:
    """A change that moves `payment` to `state`."""
    return lambda ledger: ledger.move(payment, state)


def bring_to(state: PaymentState) -> Callable[[Ledger], Payment]:
    """A change that leaves a new payment in `state`."""

    def change(ledger: Ledger) -> Payment:
        payment = charge(ledger)
        for step in way_to(state):
            payment = ledger.move(payment, step)
        return payment

    return change
