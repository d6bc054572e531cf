"""What an answer means: rows G17-G22, G25, P10, R8-R10, R14, R16, T3, T4."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cashier.domain.failure import Failure
from cashier.domain.money import Money
from cashier.domain.payment import PaymentInfo, Standing, standing
from cashier.domain.refund import RefundInfo
from cashier.gateway.outcome import Ok, RawAnswer, Refused, Unknown
from cashier.gateway.requests import CLIENTS, GUIDE
from cashier.gateway.strict_json import SIZE_LIMIT
from tests.integration.gateway_samples import (
    BY_ORDER,
    CALLS,
    CLOSE_PAYMENT,
    CREATE_PAYMENT,
    CREATE_REFUND,
    CREATE_TERMINAL,
    EXPECTED,
    GET_PAYMENT,
    GET_REFUND,
    GET_TERMINAL,
    NEW_PAYMENT,
    NEW_TERMINAL,
    ORDER,
    PAYMENT_ID,
    gateway,
    outcome_of,
    payment,
    refund,
    terminal,
)
from tests.integration.raw_server import RawServer, Script, answering, http

pytestmark = pytest.mark.anyio
each_call = pytest.mark.parametrize("call", list(CALLS))


@each_call
@pytest.mark.parametrize(
    "body",
    [
        b"<html><b>Request Rejected</b></html>",
        b"",
        b'{"id": "1", "status": "init"',
        b"[]",
        b'{"id": "1", "id": "2", "status": "successful"}',
        b'{"id": "1", "status": "init", "order": {"amount": NaN}}',
        b'{"id": "1", "status": "init", "order": {"amount": 1e400}}',
        b'{"id": "1", "status": "init", "order": {"amount": ' + b"1" * 5000 + b"}}",
        b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"pad": "' + b"x" * SIZE_LIMIT + b'"}',
        b"{}",
    ],
    ids=lambda body: body[:24].decode(),
)
async def test_g21_an_unreadable_answer_under_200_is_unknown(call: str, body: bytes) -> None:
    outcome = await outcome_of(CALLS[call][0], http(body))
    assert outcome == Unknown(Failure.UNREADABLE_ANSWER, 200)


async def test_an_endless_answer_is_cut_off() -> None:
    outcome = await outcome_of(CREATE_PAYMENT, http(b"x" * (3 * SIZE_LIMIT), length=10**12))
    assert outcome == Unknown(Failure.UNREADABLE_ANSWER, 200)


async def test_a_packed_answer_is_not_unpacked() -> None:
    answer = http(payment(), headers="Content-Encoding: gzip\r\n")
    assert await outcome_of(CREATE_PAYMENT, answer) == Unknown(Failure.UNREADABLE_ANSWER, 200)


@each_call
@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"<html>Bad gateway</html>", b"", b'{"message": "x"}'])
async def test_g18_a_server_error_is_unknown(call: str, status: int, body: bytes) -> None:
    outcome = await outcome_of(CALLS[call][0], http(body, status))
    assert outcome == Unknown(Failure.GATEWAY_ERROR, status)


@each_call
@pytest.mark.parametrize("status", [400, 404, 500])
async def test_a_good_looking_answer_under_an_error_status_is_unknown(
    call: str, status: int
) -> None:
    act, told = CALLS[call]
    assert await outcome_of(act, http(told, status)) == Unknown(Failure.GATEWAY_ERROR, status)


@each_call
@pytest.mark.parametrize("status", [401, 403])
async def test_g17_a_refused_key_without_the_gateways_words_is_unknown(
    call: str, status: int
) -> None:
    for body in (b"", b"<html>Forbidden</html>"):
        outcome = await outcome_of(CALLS[call][0], http(body, status))
        assert outcome == Unknown(Failure.KEY_REFUSED, status)


@each_call
@pytest.mark.parametrize("status", [200, 400, 401, 403])
async def test_g17_a_refused_key_in_the_gateways_words_is_refused(call: str, status: int) -> None:
    told: dict[str, object] = {"error": "0", "description": "Неверный логин / API ключ"}
    outcome = await outcome_of(CALLS[call][0], http(told, status))
    assert outcome == Refused(0, "Неверный логин / API ключ")


@pytest.mark.parametrize("status", [200, 400, 404, 422])
async def test_g19_g20_a_listed_error_is_a_refusal_under_any_status(status: int) -> None:
    told: dict[str, object] = {
        "error": 422,
        "description": "Проверьте поля",
        "additions": {"order.amount": ["must be positive"]},
    }
    assert await outcome_of(CREATE_PAYMENT, http(told, status)) == Refused(
        422, "Проверьте поля", {"order.amount": "must be positive"}
    )
    told = {"error": 2, "description": "Неверная сумма"}
    assert await outcome_of(CREATE_REFUND, http(told, status)) == Refused(2, "Неверная сумма")
    told = {"error": "11", "description": "по нему начата оплата"}
    assert await outcome_of(CLOSE_PAYMENT, http(told, status)) == Refused(
        11, "по нему начата оплата"
    )
    told = {"error": 7, "description": "Заказ не найден"}
    assert await outcome_of(GET_PAYMENT, http(told, status)) == Refused(7, "Заказ не найден")
    assert await outcome_of(BY_ORDER, http(told, status)) == Refused(7, "Заказ не найден")


@each_call
async def test_g20_an_error_beside_a_good_answer_is_an_error(call: str) -> None:
    act, told = CALLS[call]
    outcome = await outcome_of(act, http({**told, "error": None}))
    assert isinstance(outcome, Unknown)
    assert outcome.failure is Failure.GATEWAY_ERROR


@pytest.mark.parametrize("code", [7, 8, 9, 42])
async def test_an_unlisted_error_leaves_a_create_unknown_and_is_told(code: int) -> None:
    told: dict[str, object] = {"error": code, "description": "Нечто"}
    assert await outcome_of(CREATE_PAYMENT, http(told, 400)) == Unknown(
        Failure.GATEWAY_ERROR, 400, code, "Нечто"
    )


async def test_p10_a_duplicate_leaves_a_create_unknown() -> None:
    told: dict[str, object] = {"error": 2, "description": "[3, -21] Duplicate transaction"}
    outcome = await outcome_of(CREATE_PAYMENT, http(told, 400))
    assert isinstance(outcome, Unknown)
    assert outcome.text == "[3, -21] Duplicate transaction"


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [("[2, 51] Not sufficient funds", True), ("[3, -21]", False), ("[2, 96]", False)],
)
async def test_r8_r9_r10_bank_codes_of_a_refund(text: str, is_refused: bool) -> None:
    outcome = await outcome_of(CREATE_REFUND, http({"error": 42, "description": text}, 400))
    assert isinstance(outcome, Refused if is_refused else Unknown)


@each_call
@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_g25_a_redirect_is_unknown_and_never_followed(call: str, status: int) -> None:
    act, told = CALLS[call]
    async with RawServer(answering(http(told))) as elsewhere:
        where = f"Location: {elsewhere.url}/{call}\r\n"
        outcome = await outcome_of(act, http(told, status, headers=where))
    assert outcome == Unknown(Failure.REDIRECTED, status)
    assert elsewhere.connections == 0


@pytest.mark.parametrize("status", ["created", "process", "refunded", "выдумка"])
async def test_g22_an_unknown_status_is_an_open_payment(status: str) -> None:
    outcome = await outcome_of(GET_PAYMENT, http(payment(status=status)))
    assert isinstance(outcome, Ok)
    assert outcome.value.status == status
    assert standing(outcome.value.status) is Standing.OPEN


async def test_the_answer_to_a_close_is_handed_on_whatever_it_says() -> None:
    """S2: the guide's own example answers init; only GetPayment proves anything."""
    for status in ("init", "closed", "successful"):
        outcome = await outcome_of(CLOSE_PAYMENT, http(payment(status=status)))
        assert isinstance(outcome, Ok)
        assert outcome.value.status == status


@pytest.mark.parametrize("status", ["init", "process", "successful", "error", "fail"])
async def test_r14_r16_a_refunds_answer_is_handed_on_whatever_it_says(status: str) -> None:
    for act in (CREATE_REFUND, GET_REFUND):
        told = refund(status=status, status_description="[2, 51]")
        outcome = await outcome_of(act, http(told))
        assert isinstance(outcome, Ok)
        assert isinstance(outcome.value, RefundInfo)
        assert (outcome.value.status, outcome.value.amount) == (status, Money(15010))
        assert outcome.value.status_description == "[2, 51]"


async def test_the_newer_form_of_a_refund_is_read() -> None:
    told: dict[str, object] = {
        "id": 77,
        "order": {"id": ORDER},
        "refund": {"amount": "150.10"},
        "payment_id": PAYMENT_ID,
        "payment_method": {"terminal_id": "45"},
        "date_insert": "2026-07-20 22:19:10",
        "status": "init",
    }
    outcome = await outcome_of(CREATE_REFUND, http(told))
    assert isinstance(outcome, Ok)
    assert (outcome.value.id, outcome.value.terminal_id) == ("77", "45")
    assert outcome.value.created.isoformat() == "2026-07-20T19:19:10+00:00"


async def test_t3_only_an_id_is_required_of_a_terminal() -> None:
    """decisions.md §3: alias, type and name are never compared."""
    strange = terminal(alias="other", name="Other", type="statical")
    for act in (CREATE_TERMINAL, GET_TERMINAL):
        outcome = await outcome_of(act, http(strange))
        assert isinstance(outcome, Ok)
        assert (outcome.value.id, outcome.value.alias) == ("13", "other")
        bad = terminal(id=None)
        assert await outcome_of(act, http(bad)) == Unknown(Failure.UNREADABLE_ANSWER, 200)


async def test_t4_a_terminal_that_is_not_there_is_refused() -> None:
    for code in (3, 11):
        told: dict[str, object] = {"error": code, "description": "Неверный alias терминала"}
        assert await outcome_of(GET_TERMINAL, http(told, 400)) == Refused(
            code, "Неверный alias терминала"
        )


@pytest.mark.parametrize(("spelling", "word"), [(GUIDE, b'"dynamic"'), (CLIENTS, b'"dynamical"')])
async def test_a_terminal_is_created_in_the_spelling_asked_for(spelling: Any, word: bytes) -> None:
    script: Script = answering(http(terminal()))
    async with RawServer(script) as server:
        gate = gateway(server.url)
        await gate.create_terminal(NEW_TERMINAL, spelling=spelling)
        await gate.aclose()
    assert word in server.requests[0]


async def test_every_answer_is_kept_before_it_is_read_and_masked() -> None:
    kept: list[RawAnswer] = []

    async def keep(raw: RawAnswer) -> None:
        kept.append(raw)

    told = payment(payment_method={"account": "5543735484626654"}, pad="я" * 100_000)
    async with RawServer(answering(http(told)), answering(http(b"<html>", 500))) as server:
        gate = gateway(server.url)
        outcome = await gate.create_payment(NEW_PAYMENT, keep=keep)
        await gate.close_payment(PAYMENT_ID, expect=EXPECTED, keep=keep)
        await gate.aclose()
    assert isinstance(outcome, Ok)
    info = outcome.value
    assert isinstance(info, PaymentInfo)
    assert info.account == "554373******6654"
    assert [(raw.call, raw.http_status) for raw in kept] == [
        ("CreatePayment", 200),
        ("ClosePayment", 500),
    ]
    assert b"554373******6654" in kept[0].body
    assert len(kept[0].body) == 64 * 1024
    assert kept[1].body == b"<html>"


async def test_an_amount_in_another_currency_is_read_in_it() -> None:
    from cashier.domain.money import Currency
    from cashier.domain.receipt import Receipt

    receipt = Receipt(Currency.EUR).add("Cheese", Money(15010, Currency.EUR))
    new = replace(NEW_PAYMENT, amount=receipt.amount, lines=receipt.priced)
    told = payment(order={"amount": 150.10, "id": ORDER})
    async with RawServer(answering(http(told))) as server:
        gate = gateway(server.url)
        outcome = await gate.create_payment(new)
        await gate.aclose()
    assert isinstance(outcome, Ok)
    assert outcome.value.amount == Money(15010, Currency.EUR)
