"""The client and the built-in gateway, which share no code, understand each other."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

from cashier.domain.failure import Failure
from cashier.domain.money import Money
from cashier.domain.payment import Standing, standing
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Discount, Receipt
from cashier.domain.terminal import NewTerminal, TerminalType
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Mismatch, Ok, Refused, Unknown
from cashier.gateway.requests import (
    CLIENTS,
    GUIDE,
    Expected,
    ExpectedRefund,
    NewPayment,
    NewRefund,
    RefundLine,
)
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.values import DEMO_API_KEY, DEMO_MERCHANT_ID, Method, Profile
from tests.integration.gateway_samples import PATIENT_LIMITS, Key, gateway

pytestmark = pytest.mark.anyio


@pytest.fixture(params=list(Profile))
def sandbox(request: pytest.FixtureRequest) -> Iterator[SandboxServer]:
    with SandboxServer(request.param) as server:
        yield server


def client(sandbox: SandboxServer, key: str = DEMO_API_KEY) -> Gateway:
    return gateway(
        sandbox.base_url, merchant_id=DEMO_MERCHANT_ID, api_key=Key(key), limits=PATIENT_LIMITS
    )


def bill(terminal_id: str) -> NewPayment:
    receipt = (
        Receipt()
        .add("Сыр «Российский» 50%", Money(33333), Quantity.of("0.486"))
        .add("Хлеб", Money(5999), Quantity.of(3))
        .with_line_discount(2, Discount(percent=1000))
        .with_discount(Discount(amount=Money(501)))
    )
    return NewPayment(
        uuid.uuid4().hex,
        receipt.amount,
        "Чек 187-058, касса 2",
        terminal_id,
        receipt.priced,
        {"till": "2", "receipt": "187-058", "tag": "0f0f0f0f"},
    )


async def terminal_of(gate: Gateway, sandbox: SandboxServer) -> str:
    spelling = GUIDE if sandbox.gateway.profile is Profile.SPEC else CLIENTS
    new = NewTerminal("Магазин", "187:2", "Касса 2", default_price=Money(100), can_comments=True)
    made = await gate.create_terminal(new, spelling=spelling)
    assert isinstance(made, Ok)
    return made.value.id


async def test_all_eight_calls_from_a_terminal_to_a_refund(sandbox: SandboxServer) -> None:
    gate = client(sandbox)
    terminal_id = await terminal_of(gate, sandbox)
    lookups = [await gate.get_terminal(alias="187:2")]
    if sandbox.gateway.profile is Profile.LIVE:  # the guide's table requires the alias
        lookups.append(await gate.get_terminal(id=terminal_id))
    for found in lookups:
        assert isinstance(found, Ok)
        assert (found.value.id, found.value.name) == (terminal_id, "Магазин")
        assert found.value.type is TerminalType.DYNAMIC

    new = bill(terminal_id)
    made = await gate.create_payment(new)
    assert isinstance(made, Ok)
    assert made.skew is not None
    assert abs(made.skew) < 5
    info = made.value
    assert (info.order_id, info.amount, info.currency) == (new.order_id, new.amount, "RUB")
    assert standing(info.status) is Standing.OPEN
    assert info.payment_url.startswith(("http://", "https://"))
    expected = Expected(info.id, new.order_id, new.amount)

    for read in (
        await gate.get_payment(info.id, expect=expected),
        await gate.get_payment_by_order(new.order_id, expect=expected),
    ):
        assert isinstance(read, Ok)
        assert read.value.id == info.id

    sandbox.gateway.pay(info.id, Method.CARD)
    paid = await gate.get_payment(info.id, expect=expected)
    assert isinstance(paid, Ok)
    assert standing(paid.value.status) is Standing.PAID
    refused = await gate.close_payment(info.id, expect=expected)
    assert isinstance(refused, Refused)
    assert refused.code == 9

    line = RefundLine("Хлеб", Money(5999), Quantity(), Money(5000))
    back = await gate.create_refund(NewRefund(info.id, Money(5000), "Брак #0f0f0f0f", (line,)))
    assert isinstance(back, Ok)
    assert (back.value.payment_id, back.value.amount) == (info.id, Money(5000))
    assert standing(back.value.status) is Standing.PAID
    again = await gate.get_refund(back.value.id, expect=ExpectedRefund(info.id, Money(5000)))
    assert isinstance(again, Ok)
    assert again.value.reason == "Брак #0f0f0f0f"
    await gate.aclose()


async def test_a_closed_payment_is_read_as_closed(sandbox: SandboxServer) -> None:
    gate = client(sandbox)
    new = bill(await terminal_of(gate, sandbox))
    made = await gate.create_payment(new)
    assert isinstance(made, Ok)
    expected = Expected(made.value.id, new.order_id, new.amount)
    assert isinstance(await gate.close_payment(made.value.id, expect=expected), Ok)
    read = await gate.get_payment(made.value.id, expect=expected)
    assert isinstance(read, Ok)
    assert standing(read.value.status) is Standing.CLOSED
    await gate.aclose()


async def test_what_is_not_there_is_refused(sandbox: SandboxServer) -> None:
    gate = client(sandbox)
    for outcome, code in (
        (await gate.get_payment("f" * 32, expect=Expected()), 7),
        (await gate.get_payment_by_order("f" * 32, expect=Expected()), 7),
        (await gate.close_payment("f" * 32, expect=Expected()), 7),
        (await gate.get_terminal(alias="nobody"), 11),
        (await gate.create_payment(bill("f" * 32)), 3),
    ):
        assert isinstance(outcome, Refused)
        assert outcome.code == code
        assert outcome.text
    await gate.aclose()


async def test_g17_a_wrong_key_is_refused_with_code_0(sandbox: SandboxServer) -> None:
    gate = client(sandbox, "0" * 32)
    for outcome in (
        await gate.get_terminal(alias="187:2"),
        await gate.create_payment(bill("45")),
        await gate.close_payment("1", expect=Expected()),
    ):
        assert isinstance(outcome, Refused)
        assert outcome.code == 0
    await gate.aclose()


async def test_the_other_spelling_of_a_type_is_a_refusal_that_makes_nothing() -> None:
    with SandboxServer(Profile.SPEC) as sandbox:
        gate = client(sandbox)
        new = NewTerminal("Магазин", "187:2")
        refused = await gate.create_terminal(new, spelling=CLIENTS)
        assert isinstance(refused, Refused)
        assert isinstance(await gate.get_terminal(alias="187:2"), Refused)
        assert isinstance(await gate.create_terminal(new, spelling=GUIDE), Ok)
        await gate.aclose()


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (Fault.DROP_BEFORE, Failure.CONNECTION_BROKEN),
        (Fault.DROP_AFTER, Failure.CONNECTION_BROKEN),
        (Fault.CUT_BODY, Failure.CONNECTION_BROKEN),
        (Fault.STATUS_500, Failure.GATEWAY_ERROR),
        (Fault.HTML, Failure.UNREADABLE_ANSWER),
        (Fault.BAD_JSON, Failure.UNREADABLE_ANSWER),
        (Fault.EMPTY, Failure.UNREADABLE_ANSWER),
        (Fault.REDIRECT, Failure.REDIRECTED),
    ],
)
async def test_every_fault_of_the_sandbox_leaves_a_create_unknown_and_findable(
    sandbox: SandboxServer, fault: Fault, failure: Failure
) -> None:
    gate = client(sandbox)
    new = bill(await terminal_of(gate, sandbox))
    sandbox.gateway.faults.plan("CreatePayment", fault)
    outcome = await gate.create_payment(new)
    assert isinstance(outcome, Unknown)
    assert outcome.failure is failure
    found = await gate.get_payment_by_order(
        new.order_id, expect=Expected(order_id=new.order_id, amount=new.amount)
    )
    assert isinstance(found, Refused if fault is Fault.DROP_BEFORE else Ok)
    await gate.aclose()


@pytest.mark.parametrize(
    ("fault", "fields"),
    [
        (Fault.WRONG_ORDER, ("order_id",)),
        (Fault.WRONG_AMOUNT, ("amount",)),
        (Fault.WRONG_CURRENCY, ("currency",)),
        (Fault.BAD_URL, ("payment_url",)),
    ],
)
async def test_every_foreign_value_of_the_sandbox_is_a_mismatch(
    sandbox: SandboxServer, fault: Fault, fields: tuple[str, ...]
) -> None:
    gate = client(sandbox)
    new = bill(await terminal_of(gate, sandbox))
    sandbox.gateway.faults.plan("CreatePayment", fault)
    outcome = await gate.create_payment(new)
    assert isinstance(outcome, Mismatch)
    assert outcome.fields == fields
    await gate.aclose()


async def test_an_order_id_is_used_once(sandbox: SandboxServer) -> None:
    gate = client(sandbox)
    new = bill(await terminal_of(gate, sandbox))
    assert isinstance(await gate.create_payment(new), Ok)
    assert not isinstance(await gate.create_payment(new), Ok)
    assert isinstance(await gate.create_payment(replace(new, order_id=uuid.uuid4().hex)), Ok)
    await gate.aclose()
