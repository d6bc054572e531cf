"""Payments by hand: one receipt, the one of the pictures, in any state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Discount, Receipt
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.services.health import HealthView, Link
from cashier.services.views import PaymentView, TillView
from cashier.settings import DEMO_MERCHANT_ID

SENT = datetime(2026, 11, 24, 11, 32, 6, tzinfo=UTC)
URL = "https://pay.invoice.su/P2d710e38888c8fecc16ac6f11f37dcb2"
PAYMENT_ID = "a1" * 16
GOODS = (
    ("Кофе в зёрнах «Бразилия», 1 кг", "1290.00", "1", 1000),
    ("Сыр «Российский» 50 %, весовой", "749.00", "0.486", None),
    ("Молоко пастеризованное 3,2 %, 930 мл", "89.90", "2", None),
    ("Хлеб «Бородинский», нарезка, 400 г", "64.50", "1", None),
    ("Бананы, весовые", "139.90", "1.240", None),
    ("Шоколад тёмный 72 %, 90 г", "129.90", "3", None),
    ("Вода негазированная, 1,5 л", "54.00", "2", None),
    ("Пакет-майка большой", "9.00", "1", None),
)


def saved_receipt(*, goods: tuple[tuple[str, str, str, int | None], ...] = GOODS) -> SavedReceipt:
    """The receipt of the pictures, 2 376.01 roubles, frozen."""
    receipt = Receipt()
    for name, price, quantity, percent in goods:
        receipt = receipt.add(name, Money.of(price), Quantity.of(quantity))
        if percent is not None:
            line = receipt.lines[-1].id
            receipt = receipt.with_line_discount(line, Discount(percent=percent))
    receipt = receipt.with_discount(Discount(percent=300))
    return SavedReceipt(
        id="r1" * 16,
        till="2",
        state=ReceiptState.FROZEN,
        receipt=receipt,
        created_at=SENT,
        changed_at=SENT,
        number="187-058",
    )


def payment_view(
    state: PaymentState = PaymentState.OPEN, *, entered: float = 0.0, **changes: Any
) -> PaymentView:
    """A view of one attempt. Names of PaymentView's own fields go there, the rest to Payment."""
    own = {
        name: changes.pop(name)
        for name in (
            "checks",
            "misses",
            "last_answer",
            "next_check",
            "is_cancel_refused",
            "is_cancel_sent",
        )
        if name in changes
    }
    saved = changes.pop("receipt", None) or saved_receipt()
    payment = Payment(
        id=PAYMENT_ID,
        receipt_id=saved.id,
        receipt_number=saved.number,
        attempt=1,
        order_id="b2" * 16,
        state=state,
        amount=saved.receipt.amount,
        terminal_id="45",
        terminal_name="Касса 2 · Зал",
        merchant_id=DEMO_MERCHANT_ID,
        base_url="http://127.0.0.1:1/api/v2",
        created_at=SENT,
        changed_at=SENT,
        sent_at=SENT,
        payment_id="c3" * 16,
        payment_url=URL,
        url_shown_at=SENT + timedelta(seconds=1),
        status="init",
    )
    return PaymentView(payment=replace(payment, **changes), receipt=saved, entered=entered, **own)


def till_view(*payments: PaymentView) -> TillView:
    """A till on which nothing else is going on."""
    return TillView(
        payments=payments,
        tasks=(),
        health=HealthView(Link.CONNECTED, since=0.0, since_utc=SENT, last_answer=0.0),
        shift=None,
        terminal=None,
        next_number="187-059",
    )
