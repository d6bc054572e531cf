"""What the gateway's tests send and expect, in one place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from cashier.clock import SystemClock
from cashier.domain.money import Money
from cashier.domain.receipt import Receipt
from cashier.domain.terminal import NewTerminal
from cashier.gateway.client import Gateway
from cashier.gateway.deadlines import Deadlines, Limit
from cashier.gateway.outcome import Outcome
from cashier.gateway.requests import Expected, ExpectedRefund, NewPayment, NewRefund, RefundLine
from tests.integration.raw_server import RawServer, answering

KEY = "canary00deadbeef11canary22feed33"
MERCHANT = "c24360cfac0a0c40c518405f6bc68cb0"
ORDER = "6e4e6e9da9b3453aa11d52b211ecc028"
PAYMENT_ID = "126d4c806ef04b10f822541f1a5b41d9"
REFUND_ID = "R222t243tew43fg34g3gwf34fwsgh52"

RECEIPT = Receipt().add("Сыр", Money(15010))
NEW_PAYMENT = NewPayment(
    ORDER, RECEIPT.amount, "Чек 187-058, касса 2", "45", RECEIPT.priced, {"tag": "0f0f0f0f"}
)
LINE = RefundLine("Возврат по чеку 5", Money(15010), RECEIPT.lines[0].quantity, Money(15010))
NEW_REFUND = NewRefund(PAYMENT_ID, Money(15010), "Возврат #0f0f0f0f", (LINE,))
NEW_TERMINAL = NewTerminal("Магазин", "187:2")
EXPECTED = Expected(PAYMENT_ID, ORDER, Money(15010))
EXPECTED_REFUND = ExpectedRefund(PAYMENT_ID, Money(15010))

PATIENT = Limit(5, 5, 5, 5)
PATIENT_LIMITS = Deadlines(PATIENT, PATIENT, PATIENT, PATIENT, PATIENT)
HASTY = Limit(0.3, 0.3, 0.3, 0.5)
HASTY_LIMITS = Deadlines(HASTY, HASTY, HASTY, HASTY, HASTY)


class Key:
    """An API key as the settings hold one."""

    def __init__(self, key: str = KEY) -> None:
        self._key = key

    def reveal(self) -> str:
        return self._key


def gateway(base_url: str, **changes: Any) -> Gateway:
    """A client of the server under test."""
    settings: dict[str, Any] = {
        "merchant_id": MERCHANT,
        "api_key": Key(),
        "clock": SystemClock(),
        "limits": PATIENT_LIMITS,
    }
    return Gateway(base_url=base_url, **{**settings, **changes})


def payment(**changes: object) -> dict[str, object]:
    """An answer about `NEW_PAYMENT`, as the live service gives it."""
    return {
        "id": PAYMENT_ID,
        "order": {"currency": "RUB", "amount": 150.10, "description": "", "id": ORDER},
        "status": "init",
        "status_description": "",
        "create_date": "2026-07-20T19:19:10.000Z",
        "expire_date": "2026-07-20T19:39:10.000Z",
        "payment_url": f"https://pay.invoice.su/P{PAYMENT_ID}",
        **changes,
    }


def refund(**changes: object) -> dict[str, object]:
    """An answer about `NEW_REFUND`."""
    return {
        "id": REFUND_ID,
        "refund": {"amount": 150.10, "currency": "RUB", "reason": "Возврат #0f0f0f0f"},
        "status": "successful",
        "payment_id": PAYMENT_ID,
        **changes,
    }


def terminal(**changes: object) -> dict[str, object]:
    """An answer about a terminal, as the guide gives it."""
    return {"id": 13, "name": "Магазин", "type": "dynamic", "link": "https://p.su/T1", **changes}


Act = Callable[[Gateway], Awaitable[Outcome[Any]]]

CREATE_TERMINAL: Act = lambda gate: gate.create_terminal(NEW_TERMINAL)  # noqa: E731
GET_TERMINAL: Act = lambda gate: gate.get_terminal(alias="187:2")  # noqa: E731
CREATE_PAYMENT: Act = lambda gate: gate.create_payment(NEW_PAYMENT)  # noqa: E731
GET_PAYMENT: Act = lambda gate: gate.get_payment(PAYMENT_ID, expect=EXPECTED)  # noqa: E731
BY_ORDER: Act = lambda gate: gate.get_payment_by_order(ORDER, expect=EXPECTED)  # noqa: E731
CLOSE_PAYMENT: Act = lambda gate: gate.close_payment(PAYMENT_ID, expect=EXPECTED)  # noqa: E731
CREATE_REFUND: Act = lambda gate: gate.create_refund(NEW_REFUND)  # noqa: E731
GET_REFUND: Act = lambda gate: gate.get_refund(REFUND_ID, expect=EXPECTED_REFUND)  # noqa: E731

CALLS: dict[str, tuple[Act, dict[str, object]]] = {
    "CreateTerminal": (CREATE_TERMINAL, terminal()),
    "GetTerminal": (GET_TERMINAL, terminal()),
    "CreatePayment": (CREATE_PAYMENT, payment()),
    "GetPayment": (GET_PAYMENT, payment()),
    "GetPaymentByOrder": (BY_ORDER, payment()),
    "ClosePayment": (CLOSE_PAYMENT, payment(status="closed")),
    "CreateRefund": (CREATE_REFUND, refund()),
    "GetRefund": (GET_REFUND, refund()),
}
"""Each call, and an answer that makes it Ok."""


async def outcome_of(act: Act, answer: bytes, **changes: Any) -> Outcome[Any]:
    """What a call comes to when the server answers this."""
    async with RawServer(answering(answer)) as server:
        gate = gateway(server.url, **changes)
        outcome = await act(gate)
        await gate.aclose()
    assert len(server.requests) == 1, "nothing ever repeats a call"
    return outcome
