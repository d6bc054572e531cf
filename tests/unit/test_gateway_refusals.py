"""Which errors are a refusal for sure: decisions.md §3, code by code and call by call."""

from __future__ import annotations

import pytest

from cashier.domain.bank_codes import BANK_CODES
from cashier.domain.failure import Failure
from cashier.gateway.calls import Call
from cashier.gateway.outcome import Refused, Unknown
from cashier.gateway.refusals import judge
from cashier.gateway.wire_read import ErrorAnswer

SURE = {
    Call.CREATE_PAYMENT: {0, 1, 2, 3, 4, 5, 6},
    Call.CREATE_REFUND: {0, 1, 2, 7},
    Call.CLOSE_PAYMENT: {0, 7, 9, 10, 11},
    Call.CREATE_TERMINAL: {0, 1, 2, 3, 4, 5, 6, 11, 12, 13},
}
MONEY_CREATES = [Call.CREATE_PAYMENT, Call.CREATE_REFUND]
READS = [call for call in Call if call.is_read]
CERTAIN = [code for code in BANK_CODES if code.is_certain]
DOUBTFUL = [code for code in BANK_CODES if not code.is_certain]


def error(code: int | None, text: str = "", **fields: str) -> ErrorAnswer:
    return ErrorAnswer(code, text, fields)


@pytest.mark.parametrize("call", list(SURE))
@pytest.mark.parametrize("code", [*range(16), 42, 255, 256, 399])
@pytest.mark.parametrize("http_status", [200, 400, 404, 422])
def test_g19_g20_only_the_listed_codes_refuse_under_any_status(
    call: Call, code: int, http_status: int
) -> None:
    verdict = judge(call, error(code, "Отказ"), http_status)
    if code in SURE[call]:
        assert verdict == Refused(code, "Отказ")
    else:
        assert verdict == Unknown(Failure.GATEWAY_ERROR, http_status, code, "Отказ")


@pytest.mark.parametrize("call", [*MONEY_CREATES, Call.CREATE_TERMINAL])
def test_a_validation_refuses(call: Call) -> None:
    assert judge(call, error(400), 200) == Refused(400)
    assert judge(call, error(422, "Проверьте", name="длинно"), 422) == Refused(
        422, "Проверьте", {"name": "длинно"}
    )
    assert isinstance(judge(call, error(42, name="длинно"), 400), Refused)


@pytest.mark.parametrize("call", [*MONEY_CREATES, Call.CREATE_TERMINAL])
@pytest.mark.parametrize("code", [408, 409, 500, 502, 504, 999])
def test_a_time_out_a_conflict_and_a_fault_of_the_server_prove_nothing(
    call: Call, code: int
) -> None:
    assert isinstance(judge(call, error(code, name="x"), 200), Unknown)


def test_a_close_is_not_refused_by_a_validation() -> None:
    assert isinstance(judge(Call.CLOSE_PAYMENT, error(422, id="x"), 422), Unknown)


@pytest.mark.parametrize("call", list(Call))
@pytest.mark.parametrize("http_status", [500, 502, 503, 504])
def test_g18_a_server_error_is_unknown_whatever_its_body_says(call: Call, http_status: int) -> None:
    for code in (0, 1, 7, 11, 422):
        verdict = judge(call, error(code, "x", name="x"), http_status)
        assert isinstance(verdict, Unknown)
        assert (verdict.http_status, verdict.code, verdict.text) == (http_status, code, "x")


@pytest.mark.parametrize("call", READS)
def test_a_read_is_refused_by_any_error_that_can_be_read(call: Call) -> None:
    for code in (3, 7, 8, 11, 99, 422):
        assert judge(call, error(code, "Нет"), 400) == Refused(code, "Нет")


@pytest.mark.parametrize("call", list(Call))
def test_an_error_without_a_readable_code_proves_nothing(call: Call) -> None:
    assert isinstance(judge(call, error(None, "Ошибка", name="x"), 400), Unknown)


@pytest.mark.parametrize("call", list(Call))
def test_code_0_is_a_refused_key_everywhere(call: Call) -> None:
    assert judge(call, error(0, "Неверный логин"), 200) == Refused(0, "Неверный логин")
    fault = judge(call, error(0), 500)
    assert isinstance(fault, Unknown)
    assert fault.failure is Failure.KEY_REFUSED


@pytest.mark.parametrize("call", list(Call))
@pytest.mark.parametrize(("code", "http_status"), [(401, 200), (403, 400), (99, 401), (400, 403)])
def test_g17_an_error_of_the_gateway_under_401_or_403_is_a_refused_key(
    call: Call, code: int, http_status: int
) -> None:
    assert judge(call, error(code), http_status) == Refused(0)


def test_g17_a_known_code_keeps_its_meaning_under_403() -> None:
    assert judge(Call.CLOSE_PAYMENT, error(11), 403) == Refused(11)
    assert judge(Call.GET_PAYMENT, error(7), 403) == Refused(7)


@pytest.mark.parametrize("call", MONEY_CREATES)
@pytest.mark.parametrize("bank", CERTAIN, ids=lambda bank: bank.text)
def test_r8_a_certain_bank_code_refuses(call: Call, bank: object) -> None:
    text = f"Отказ банка {getattr(bank, 'text', '')}"
    assert isinstance(judge(call, error(42, text), 400), Refused)
    assert isinstance(judge(call, error(42, text), 500), Unknown)


@pytest.mark.parametrize("call", MONEY_CREATES)
@pytest.mark.parametrize("bank", DOUBTFUL, ids=lambda bank: bank.text)
@pytest.mark.parametrize("code", [1, 2, 42, 422])
def test_r9_r10_p10_a_doubtful_bank_code_is_unknown_whatever_the_error(
    call: Call, bank: object, code: int
) -> None:
    for text in (getattr(bank, "text", ""), getattr(bank, "title", "")):
        assert isinstance(judge(call, error(code, text, name="x"), 400), Unknown)


@pytest.mark.parametrize("call", MONEY_CREATES)
def test_r8_r10_no_title_and_no_unlisted_code_makes_a_refusal(call: Call) -> None:
    assert isinstance(judge(call, error(42, "Not sufficient funds"), 400), Unknown)
    assert isinstance(judge(call, error(2, "[2, 99] Нечто"), 400), Unknown)
    assert isinstance(judge(call, error(2, "Not sufficient funds"), 400), Refused)


def test_a_terminals_refused_type_can_be_told() -> None:
    """decisions.md §4: the other spelling is tried once after such a refusal."""
    for text in ("Wrong type", "Неверный тип терминала"):
        assert isinstance(judge(Call.CREATE_TERMINAL, error(42, text), 400), Refused)
    assert isinstance(judge(Call.CREATE_TERMINAL, error(42, "Прототип"), 400), Unknown)
    assert isinstance(judge(Call.CREATE_PAYMENT, error(42, "Wrong type"), 400), Unknown)
