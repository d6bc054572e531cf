"""Whether an answer is about what was asked: rows P6, P8, P9, P11, P12, W7, W8, R11, R12, R19."""

from __future__ import annotations

import pytest

from cashier.domain.failure import Failure
from cashier.gateway.outcome import Mismatch, Ok, Unknown
from cashier.gateway.requests import Expected
from tests.integration.gateway_samples import (
    BY_ORDER,
    CLOSE_PAYMENT,
    CREATE_PAYMENT,
    CREATE_REFUND,
    GET_PAYMENT,
    GET_REFUND,
    ORDER,
    PAYMENT_ID,
    Act,
    gateway,
    outcome_of,
    payment,
    refund,
)
from tests.integration.raw_server import RawServer, answering, http

pytestmark = pytest.mark.anyio


def order(**changes: object) -> dict[str, object]:
    told = payment()["order"]
    assert isinstance(told, dict)
    return {**told, **changes}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"amount": 150.11}, ("amount",)),
        ({"amount": 15010}, ("amount",)),
        ({"currency": "USD"}, ("currency",)),
        ({"currency": "KZT"}, ("currency",)),
        ({"amount": 1, "currency": "EUR"}, ("amount", "currency")),
        ({"id": "f" * 32}, ("order_id",)),
    ],
)
@pytest.mark.parametrize("act", [CREATE_PAYMENT, GET_PAYMENT, BY_ORDER, CLOSE_PAYMENT])
async def test_p6_p8_p9_w8_an_answer_about_another_sum_or_order_is_a_mismatch(
    act: Act, changes: dict[str, object], fields: tuple[str, ...]
) -> None:
    for status in ("init", "successful"):
        told = payment(order=order(**changes), status=status)
        outcome = await outcome_of(act, http(told))
        assert isinstance(outcome, Mismatch)
        assert outcome.fields == fields
        assert outcome.value.id == PAYMENT_ID


@pytest.mark.parametrize("act", [GET_PAYMENT, BY_ORDER, CLOSE_PAYMENT])
async def test_w7_an_answer_about_another_payment_is_a_mismatch(act: Act) -> None:
    outcome = await outcome_of(act, http(payment(id="another", status="successful")))
    assert isinstance(outcome, Mismatch)
    assert outcome.fields == ("id",)


@pytest.mark.parametrize("act", [CREATE_PAYMENT, GET_PAYMENT, BY_ORDER, CLOSE_PAYMENT])
async def test_what_an_answer_does_not_say_is_no_difference(act: Act) -> None:
    told = payment(order={"id": None, "amount": None}, status="successful")
    assert isinstance(await outcome_of(act, http(told)), Ok)


async def test_what_is_not_expected_is_not_compared() -> None:
    async with RawServer(answering(http(payment()))) as server:
        gate = gateway(server.url)
        outcome = await gate.get_payment_by_order(ORDER, expect=Expected())
        await gate.aclose()
    assert isinstance(outcome, Ok)


async def test_what_was_asked_for_is_always_expected() -> None:
    """W7: even when the caller knows nothing else."""
    told = http(payment(id="another", order=order(id="f" * 32)))
    async with RawServer(answering(told, told), answering(told)) as server:
        gate = gateway(server.url)
        by_id = await gate.get_payment(PAYMENT_ID, expect=Expected())
        by_order = await gate.get_payment_by_order(ORDER, expect=Expected())
        closed = await gate.close_payment(PAYMENT_ID, expect=Expected())
        await gate.aclose()
    assert isinstance(by_id, Mismatch)
    assert isinstance(by_order, Mismatch)
    assert isinstance(closed, Mismatch)
    assert by_id.fields == closed.fields == ("id",)
    assert by_order.fields == ("order_id",)


@pytest.mark.parametrize("missing", ["id", "status"])
async def test_a_create_answer_without_id_or_status_is_unknown(missing: str) -> None:
    for act, told in ((CREATE_PAYMENT, payment()), (CREATE_REFUND, refund())):
        del told[missing]
        assert await outcome_of(act, http(told)) == Unknown(Failure.UNREADABLE_ANSWER, 200)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://pay.invoice.su/P1",
        "https://evil.example/P1",
        "https://invoice.su.evil.example/P1",
        "javascript:alert(1)",
        "https://pay.invoice.su/" + "x" * 2000,
    ],
    ids=lambda url: str(url)[:30],
)
async def test_p11_a_created_payment_without_a_fit_address_is_a_mismatch(url: object) -> None:
    outcome = await outcome_of(CREATE_PAYMENT, http(payment(payment_url=url)))
    assert isinstance(outcome, Mismatch)
    assert outcome.fields == ("payment_url",)


@pytest.mark.parametrize("act", [GET_PAYMENT, BY_ORDER])
async def test_p11_an_open_payment_that_is_read_may_lack_an_address_but_not_have_a_foreign_one(
    act: Act,
) -> None:
    assert isinstance(await outcome_of(act, http(payment(payment_url=None))), Ok)
    outcome = await outcome_of(act, http(payment(payment_url="https://evil.example/")))
    assert isinstance(outcome, Mismatch)


@pytest.mark.parametrize("status", ["successful", "error", "fail", "closed", "expired"])
async def test_p12_a_payment_that_has_ended_needs_no_address(status: str) -> None:
    for url in ("", "https://shop.example/thanks"):
        for act in (CREATE_PAYMENT, GET_PAYMENT):
            outcome = await outcome_of(act, http(payment(status=status, payment_url=url)))
            assert isinstance(outcome, Ok)
            assert outcome.value.status == status


async def test_in_training_the_payment_page_may_be_on_this_machine() -> None:
    url = "http://127.0.0.1:8080/pay/1"
    outcome = await outcome_of(CREATE_PAYMENT, http(payment(payment_url=url)))
    assert isinstance(outcome, Ok)
    assert outcome.value.payment_url == url


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"payment_id": "another"}, ("payment_id",)),
        ({"refund": {"amount": 150.11, "currency": "RUB"}}, ("amount",)),
        ({"refund": {"amount": 150.10, "currency": "USD"}}, ("currency",)),
    ],
)
async def test_r11_r12_a_refund_of_something_else_is_a_mismatch(
    changes: dict[str, object], fields: tuple[str, ...]
) -> None:
    for act in (CREATE_REFUND, GET_REFUND):
        outcome = await outcome_of(act, http(refund(**changes)))
        assert isinstance(outcome, Mismatch)
        assert outcome.fields == fields


async def test_r19_another_refund_is_a_mismatch() -> None:
    outcome = await outcome_of(GET_REFUND, http(refund(id="another")))
    assert isinstance(outcome, Mismatch)
    assert outcome.fields == ("id",)
