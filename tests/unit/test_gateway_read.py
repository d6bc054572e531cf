"""The tolerant reader: everything that live services are known to answer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.domain.money import Currency, Money
from cashier.domain.terminal import TerminalType
from cashier.gateway.redaction import Redactor
from cashier.gateway.strict_json import UnreadableError
from cashier.gateway.wire_read import TEXT_LIMIT, Reader

KEY = "1526fec01b5d11f4df4f2160627ce351"
CARD = "5543735484626654"
NOON = datetime(2019, 7, 20, 19, 19, 10, tzinfo=UTC)
reader = Reader(Redactor("demo", KEY))

GUIDE_PAYMENT: Mapping[str, Any] = {
    "id": "2245bf86877afc315813aeac84717fe918869",
    "order": {
        "currency": "RUB",
        "amount": 1500,
        "description": "Тестовый платеж",
        "id": "6e4e6e9d-a9b3-453a-a11d-52b211ecc028",
    },
    "status": "init",
    "status_description": "",
    "create_date": "2019-07-20T19:19:10.000Z",
    "update_date": "2019-07-20T19:19:10.000Z",
    "expire_date": "2019-07-20T19:19:10.000Z",
    "custom_parameters": {},
    "payment_url": "https://pay.invoice.su/init/2245bf86877afc315813aeac84717fe918869",
}
GUIDE_REFUND: Mapping[str, Any] = {
    "id": "R222t243tew43fg34g3gwf34fwsgh52",
    "refund": {"amount": 1500, "currency": "RUB", "reason": "Refund payment"},
    "status": "successful",
    "payment_id": "2d710e38888c8fecc16ac6f11f37dcb277316",
    "payment_method": {
        "terminal_id": "45",
        "type": "card",
        "account": "",
        "funds": 1200,
        "bonuses": -300,
    },
    "create_date": "2019-07-20T20:35:43.000Z",
    "update_date": "2019-07-20T20:35:43.000Z",
    "custom_parameters": {},
}
GUIDE_TERMINAL: Mapping[str, Any] = {
    "id": 13,
    "link": "https://pay.invoice.su/order/id/45/price/15",
    "name": "Магазин на диване",
    "description": "Ювелирные украшения и пылесосы, филиал №7",
    "type": "static",
    "defaultPrice": 15,
    "canComments": False,
}
MINIMUM: dict[str, object] = {"id": "1", "status": "init"}


def test_the_guides_payment() -> None:
    info = reader.payment(dict(GUIDE_PAYMENT))
    assert info.id == GUIDE_PAYMENT["id"]
    assert info.order_id == "6e4e6e9d-a9b3-453a-a11d-52b211ecc028"
    assert (info.amount, info.currency) == (Money(150000), "RUB")
    assert (info.status, info.status_description) == ("init", "")
    assert info.description == "Тестовый платеж"
    assert info.payment_url == GUIDE_PAYMENT["payment_url"]
    assert info.created == info.updated == info.expires == NOON


def test_the_guides_refund() -> None:
    info = reader.refund(dict(GUIDE_REFUND))
    assert info.id == "R222t243tew43fg34g3gwf34fwsgh52"
    assert info.payment_id == "2d710e38888c8fecc16ac6f11f37dcb277316"
    assert (info.amount, info.currency, info.reason) == (Money(150000), "RUB", "Refund payment")
    assert (info.funds, info.bonuses) == (Money(120000), Money(-30000))
    assert (info.terminal_id, info.method, info.account) == ("45", "card", "")
    assert info.created == info.updated == datetime(2019, 7, 20, 20, 35, 43, tzinfo=UTC)


def test_the_guides_terminal() -> None:
    info = reader.terminal(dict(GUIDE_TERMINAL))
    assert info.id == "13"
    assert (info.name, info.alias) == ("Магазин на диване", "")
    assert info.description == "Ювелирные украшения и пылесосы, филиал №7"
    assert info.link == "https://pay.invoice.su/order/id/45/price/15"
    assert (info.type, info.type_word) == (TerminalType.STATIC, "static")
    assert (info.default_price, info.can_comments) == (Money(1500), False)


def test_a_payment_as_live_clients_see_it() -> None:
    """W14: paid partly in bonuses; both are read."""
    info = reader.payment(
        {
            **GUIDE_PAYMENT,
            "id": "126d4c806ef04b10f822541f1a5b41d9",
            "order": {"id": None, "currency": "RUB", "amount": Decimal("180.0")},
            "status": "successful",
            "status_description": None,
            "payment_method": {
                "type": "card",
                "terminal_id": 45,
                "account": CARD,
                "funds": "1200.50",
                "bonuses": -300,
            },
            "custom_parameters": [],
            "update_date": None,
            "expire_date": "",
            "ip": "10.0.0.1",
            "something": {"new": [1, 2]},
        }
    )
    assert (info.amount, info.order_id) == (Money(18000), "")
    assert (info.method, info.terminal_id, info.account) == ("card", "45", "554373******6654")
    assert (info.funds, info.bonuses) == (Money(120050), Money(-30000))
    assert info.created == NOON
    assert info.updated is None
    assert info.expires is None


def test_an_account_is_masked_even_when_it_is_no_card() -> None:
    method = {"account": "1234567890123456", "type": "account 1234567890123456"}
    for info in (
        reader.payment({**MINIMUM, "payment_method": method}),
        reader.refund({**MINIMUM, "payment_method": method}),
    ):
        assert info.account == "123456******3456"
        assert info.method == "account 1234567890123456"


def test_only_an_id_and_a_status_are_needed() -> None:
    nothings: tuple[object, ...] = ({}, None, [])
    for custom in nothings:
        info = reader.payment({**MINIMUM, "custom_parameters": custom, "payment_method": None})
        assert (info.amount, info.currency, info.payment_url) == (None, "", "")
    assert reader.refund(MINIMUM).amount is None
    assert reader.terminal({"id": "1"}).type is None


@pytest.mark.parametrize(("value", "text"), [(13, "13"), (" a1 ", "a1"), ("1" * 64, "1" * 64)])
def test_an_id_is_text_or_a_number(value: object, text: str) -> None:
    assert reader.payment({**MINIMUM, "id": value}).id == text
    assert reader.payment({**MINIMUM, "order": {"id": value}}).order_id == text
    assert reader.refund({**MINIMUM, "payment_id": value}).payment_id == text
    assert reader.terminal({"id": value}).id == text


@pytest.mark.parametrize(
    "value", [None, "", "  ", True, Decimal("1.5"), [], {}, "1" * 65, "a\nb", "a\x00", "\ud800"]
)
def test_what_is_no_id_makes_the_answer_unreadable(value: object) -> None:
    for read in (reader.payment, reader.refund):
        with pytest.raises(UnreadableError):
            read({**MINIMUM, "id": value})
    with pytest.raises(UnreadableError):
        reader.terminal({"id": value})


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, True])
def test_an_answer_without_a_status_is_unreadable(value: object) -> None:
    with pytest.raises(UnreadableError):
        reader.payment({"id": "1", "status": value})
    with pytest.raises(UnreadableError):
        reader.refund({"id": "1", "status": value})


@pytest.mark.parametrize("status", ["created", "PROCESS", "whatever", "error"])
def test_a_status_is_kept_as_it_came(status: str) -> None:
    """G22: what an unknown word means is not decided here."""
    assert reader.payment({"id": "1", "status": status}).status == status


@pytest.mark.parametrize(
    ("value", "minor"),
    [
        (1500, 150000),
        (Decimal("1500.10"), 150010),
        ("100.00", 10000),
        (" 59.9 ", 5990),
        ("0", 0),
        (Decimal("180.000"), 18000),
        ("-5", -500),
    ],
)
def test_a_sum_is_a_number_or_numeric_text(value: object, minor: int) -> None:
    assert reader.payment({**MINIMUM, "order": {"amount": value}}).amount == Money(minor)
    assert reader.refund({**MINIMUM, "refund": {"amount": value}}).amount == Money(minor)


@pytest.mark.parametrize(
    "value",
    [
        Decimal("0.001"),
        Decimal("0.30000000000000004"),
        "1,5",
        "1e3",
        "NaN",
        "many",
        True,
        [],
        {},
        10**30,
        "9" * 20,
    ],
)
def test_a_sum_that_is_not_exact_makes_the_answer_unreadable(value: object) -> None:
    with pytest.raises(UnreadableError):
        reader.payment({**MINIMUM, "order": {"amount": value}})
    with pytest.raises(UnreadableError):
        reader.refund({**MINIMUM, "refund": {"amount": value}})


def test_what_only_informs_never_spoils_an_answer() -> None:
    odd = {"type": [], "terminal_id": {}, "account": 5, "funds": "x", "bonuses": Decimal("0.001")}
    info = reader.payment(
        {
            **MINIMUM,
            "status_description": {"a": 1},
            "payment_method": odd,
            "create_date": {"date": "x"},
            "payment_url": 7,
            "order": {"description": [1], "currency": 5},
        }
    )
    assert (info.status_description, info.method, info.terminal_id, info.payment_url) == ("",) * 4
    assert (info.funds, info.bonuses, info.created) == (None, None, None)
    assert reader.payment({**MINIMUM, "payment_method": []}).method == ""
    terminal = reader.terminal({"id": 1, "defaultPrice": "x", "canComments": "yes", "type": "new"})
    assert (terminal.default_price, terminal.can_comments, terminal.type) == (None, None, None)
    assert terminal.type_word == "new"


def test_both_names_of_a_refunds_dates() -> None:
    info = reader.refund(
        {**MINIMUM, "date_insert": "2019-07-20T19:19:10Z", "date_update": "2019-07-20 22:19:10"}
    )
    assert info.created == info.updated == NOON


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("static", TerminalType.STATIC),
        ("statical", TerminalType.STATIC),
        ("dynamic", TerminalType.DYNAMIC),
        ("dynamical", TerminalType.DYNAMIC),
    ],
)
def test_both_spellings_of_a_terminals_type(word: str, expected: TerminalType) -> None:
    assert reader.terminal({"id": 1, "type": word}).type is expected


def test_an_answer_without_currency_counts_as_the_terminals() -> None:
    euros = Reader(Redactor("demo", KEY), Currency.EUR)
    info = euros.payment({**MINIMUM, "order": {"amount": 5}})
    assert (info.amount, info.currency) == (Money(500, Currency.EUR), "")
    named = euros.payment({**MINIMUM, "order": {"amount": 5, "currency": "usd"}})
    assert (named.amount, named.currency) == (Money(500, Currency.USD), "USD")
    foreign = euros.payment({**MINIMUM, "order": {"amount": 5, "currency": "KZT"}})
    assert (foreign.amount, foreign.currency) == (Money(500, Currency.EUR), "KZT")


@pytest.mark.parametrize(
    ("value", "code"),
    [(7, 7), (0, 0), ("0", 0), (" 11 ", 11), (Decimal("422.0"), 422), (-1, -1)],
)
def test_an_error_code_is_a_number_or_numeric_text(value: object, code: int) -> None:
    error = reader.error({"error": value, "description": "Заказ не найден"})
    assert error is not None
    assert (error.code, error.text, error.fields) == (code, "Заказ не найден", {})


@pytest.mark.parametrize("value", [None, "", "no", True, False, [], {}, Decimal("1.5"), 10**12])
def test_a_present_error_is_an_error_even_when_its_code_cannot_be_read(value: object) -> None:
    error = reader.error({**GUIDE_PAYMENT, "error": value})
    assert error is not None
    assert error.code is None


def test_no_error_key_is_no_error() -> None:
    assert reader.error(dict(GUIDE_TERMINAL)) is None


def test_additions_name_the_fields_of_a_validation() -> None:
    error = reader.error(
        {"error": 422, "additions": {"type": ["is wrong", "is odd"], "name": "long", "x": {"a": 1}}}
    )
    assert error is not None
    assert error.fields == {"type": "is wrong; is odd", "name": "long", "x": ""}
    strange: tuple[object, ...] = (None, [], "text", 5)
    for odd in strange:
        error = reader.error({"error": 422, "additions": odd})
        assert error is not None
        assert error.fields == {}


def test_text_can_always_be_shown_and_stored() -> None:
    raw = "a\x00b\nc\x1b[31m\ud800" + "x" * 5000
    error = reader.error({"error": 1, "description": raw})
    assert error is not None
    assert error.text.startswith("a b c [31m?")
    assert len(error.text) == TEXT_LIMIT
    error.text.encode()


@pytest.mark.parametrize("secret", [KEY, CARD, "5543 7354 8462 6654"])
def test_no_text_carries_the_key_or_a_whole_card_number(secret: str) -> None:
    told = f"Card {secret} was refused"
    payment = reader.payment(
        {
            **MINIMUM,
            "status": told,
            "status_description": told,
            "order": {"description": told},
            "payment_method": {"account": told, "type": told},
        }
    )
    refund = reader.refund({**MINIMUM, "refund": {"reason": told}, "status_description": told})
    terminal = reader.terminal({"id": 1, "name": told, "description": told, "alias": told})
    error = reader.error({"error": 1, "description": told, "additions": {told: [told]}})
    assert secret not in f"{payment!r} {refund!r} {terminal!r} {error!r}"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
payment_like = st.fixed_dictionaries(
    {}, optional=dict.fromkeys((*GUIDE_PAYMENT, "payment_method", "error"), json_values)
)


@given(payment_like)
def test_whatever_comes_is_a_payment_or_unreadable(answer: dict[str, object]) -> None:
    reader.error(answer)
    for read in (reader.payment, reader.refund, reader.terminal):
        with suppress(UnreadableError):
            read(answer)
