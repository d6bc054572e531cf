"""The strict writer: exactly the fields of SPEC 7.2, every limit, nothing beyond."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import LINES_LIMIT, Discount, PricedLine, Receipt
from cashier.domain.terminal import NewTerminal, TerminalType
from cashier.gateway import wire_write
from cashier.gateway.requests import CLIENTS, GUIDE, NewPayment, NewRefund, RefundLine

ORDER = "6e4e6e9da9b3453aa11d52b211ecc028"
RECEIPT = Receipt().add("Сыр «Российский»", Money(15010), Quantity.of("2"))
PAYMENT = NewPayment(ORDER, RECEIPT.amount, "Чек 187-058, касса 2", "45", RECEIPT.priced)
TERMINAL = NewTerminal("Магазин на диване", "N1")
LINE = RefundLine("Возврат по чеку 5", Money(1500), Quantity(), Money(1500))
REFUND = NewRefund("2d71", Money(1500), "Возврат #0f0f0f0f", (LINE,))


def refused(field: str, rule: str, limit: object = None) -> pytest.RaisesExc[CashierError]:
    def matches(trouble: CashierError) -> bool:
        facts = trouble.facts
        return (
            trouble.failure is Failure.FIELD_INVALID
            and (facts["field"], facts["rule"]) == (field, rule)
            and (limit is None or facts["limit"] == limit)
        )

    return pytest.RaisesExc(CashierError, check=matches)


def sent(body: bytes) -> object:
    return json.loads(body, parse_float=Decimal)


def test_a_payment_has_the_guides_fields_and_no_others() -> None:
    full = replace(
        PAYMENT,
        custom={"till": "2", "receipt": "187-058", "tag": "0f0f0f0f"},
        success_url="https://example.com/success",
        fail_url="https://example.com/error",
        payment_method="card",
    )
    assert sent(wire_write.create_payment(full)) == {
        "order": {
            "currency": "RUB",
            "amount": Decimal("300.20"),
            "description": "Чек 187-058, касса 2",
            "id": ORDER,
        },
        "settings": {
            "terminal_id": "45",
            "payment_method": "card",
            "success_url": "https://example.com/success",
            "fail_url": "https://example.com/error",
        },
        "custom_parameters": {"till": "2", "receipt": "187-058", "tag": "0f0f0f0f"},
        "receipt": [
            {
                "name": "Сыр «Российский»",
                "price": Decimal("150.10"),
                "resultPrice": Decimal("300.20"),
                "quantity": 2,
            }
        ],
        "trtype": 1,
    }


def test_what_is_empty_is_not_sent() -> None:
    body = sent(wire_write.create_payment(replace(PAYMENT, description="")))
    assert isinstance(body, dict)
    assert set(body) == {"order", "settings", "receipt", "trtype"}
    assert set(body["order"]) == {"currency", "amount", "id"}
    assert set(body["settings"]) == {"terminal_id"}


def test_sums_are_numbers_with_their_exact_digits_and_text_is_raw_utf8() -> None:
    body = wire_write.create_payment(PAYMENT)
    assert b'"amount":300.20' in body
    assert "Сыр «Российский»".encode() in body
    assert b"\\u" not in body


@given(st.integers(1, 10**8), st.sampled_from(Currency))
def test_no_sum_loses_a_kopeck(minor: int, currency: Currency) -> None:
    receipt = Receipt(currency).add("Товар", Money(minor, currency))
    new = NewPayment(ORDER, receipt.amount, "", "45", receipt.priced)
    body = sent(wire_write.create_payment(new))
    assert isinstance(body, dict)
    assert body["order"]["amount"] == Decimal(minor) / 100
    assert body["order"]["currency"] == currency.value
    assert body["receipt"][0]["resultPrice"] == Decimal(minor) / 100


def discounts(receipt: Receipt) -> list[object]:
    new = NewPayment(ORDER, receipt.amount, "", "45", receipt.priced)
    body = sent(wire_write.create_payment(new))
    assert isinstance(body, dict)
    return [line.get("discount") for line in body["receipt"]]


def test_a_percent_is_sent_only_where_it_alone_gives_the_result() -> None:
    receipt = Receipt().add("Суп", Money(5000)).add("Хлеб", Money(4999)).add("Чай", Money(100))
    receipt = receipt.with_line_discount(1, Discount(percent=1000))
    receipt = receipt.with_line_discount(2, Discount(amount=Money(999)))
    assert discounts(receipt) == ["10%", "9.99", None]
    assert discounts(receipt.with_line_discount(1, Discount(percent=1250)))[0] == "12.5%"
    with_more = receipt.with_discount(Discount(amount=Money(1000)))
    spread = [str(line.discount) for line in with_more.priced]
    assert discounts(with_more) == spread
    assert "%" not in "".join(spread)


@pytest.mark.parametrize(
    "order_id",
    ["", ORDER[:-1], ORDER + "0", ORDER.upper(), "6e4e6e9d-a9b3-453a-a11d-52b211ecc028", "g" * 32],
)
def test_an_order_id_is_exactly_32_lower_hex_digits(order_id: str) -> None:
    with refused("order.id", "hex", 32):
        wire_write.create_payment(replace(PAYMENT, order_id=order_id))


@pytest.mark.parametrize("minor", [0, -1])
def test_p13_a_sum_of_nothing_or_less_is_refused(minor: int) -> None:
    with refused("order.amount", "positive"):
        wire_write.create_payment(replace(PAYMENT, amount=Money(minor)))
    with refused("refund.amount", "positive"):
        wire_write.create_refund(replace(REFUND, amount=Money(minor)))


def test_p13_lines_that_do_not_add_up_are_refused() -> None:
    for off in (-1, 1):
        wrong = Money(PAYMENT.amount.minor + off)
        with refused("receipt", "sum", str(wrong)):
            wire_write.create_payment(replace(PAYMENT, amount=wrong))
        with refused("receipt", "sum"):
            wire_write.create_refund(replace(REFUND, amount=Money(1500 + off)))


def test_p13_more_than_two_decimals_cannot_even_be_said() -> None:
    with pytest.raises(ValueError, match="two decimals"):
        Money.of("1.001")


def test_lines_of_another_currency_are_refused() -> None:
    with refused("receipt", "currency", "USD"):
        wire_write.create_payment(replace(PAYMENT, amount=Money(30020, Currency.USD)))


def test_a_receipt_has_lines_and_not_too_many() -> None:
    with refused("receipt", "required"):
        wire_write.create_payment(replace(PAYMENT, lines=()))
    with refused("receipt", "required"):
        wire_write.create_refund(replace(REFUND, lines=()))
    many = (LINE,) * (LINES_LIMIT + 1)
    with refused("receipt", "count", LINES_LIMIT):
        wire_write.create_refund(replace(REFUND, lines=many))


@pytest.mark.parametrize("trtype", [0, 2, 3, 4])
def test_money_is_never_held_and_never_recurs(trtype: int) -> None:
    with refused("trtype", "enum", 1):
        wire_write.create_payment(replace(PAYMENT, trtype=trtype))


def test_a_free_line_may_be_in_the_receipt_but_a_negative_one_may_not() -> None:
    receipt = RECEIPT.add("Пакет", Money(0))
    wire_write.create_payment(replace(PAYMENT, lines=receipt.priced))
    first = RECEIPT.priced[0]
    more, less = Money(30021), Money(-1)
    lines = (PricedLine(first.line, more, more), PricedLine(first.line, more, less))
    with refused("receipt[1].resultPrice", "negative"):
        wire_write.create_payment(replace(PAYMENT, lines=lines))


@pytest.mark.parametrize(
    ("field", "change", "limit"),
    [
        ("name", lambda text: replace(TERMINAL, name=text), 50),
        ("alias", lambda text: replace(TERMINAL, alias=text), 50),
        ("description", lambda text: replace(TERMINAL, description=text), 200),
        ("logo", lambda text: replace(TERMINAL, logo=text), 2000),
    ],
)
def test_field_limits_of_a_terminal(field: str, change: object, limit: int) -> None:
    assert callable(change)
    wire_write.create_terminal(change("я"), GUIDE)
    wire_write.create_terminal(change("я" * limit), GUIDE)
    with refused(field, "length", limit):
        wire_write.create_terminal(change("я" * (limit + 1)), GUIDE)
    with refused(field, "characters"):
        wire_write.create_terminal(change("a\x00b"), GUIDE)
    with refused(field, "characters"):
        wire_write.create_terminal(change("a\ud800b"), GUIDE)


@pytest.mark.parametrize(
    ("field", "change", "limit"),
    [
        ("order.description", lambda text: replace(PAYMENT, description=text), 200),
        ("settings.terminal_id", lambda text: replace(PAYMENT, terminal_id=text), 64),
        ("settings.payment_method", lambda text: replace(PAYMENT, payment_method=text), 50),
        ("custom_parameters", lambda text: replace(PAYMENT, custom={text: "1"}), 200),
        ("custom_parameters.a", lambda text: replace(PAYMENT, custom={"a": text}), 200),
    ],
)
def test_field_limits_of_a_payment(field: str, change: object, limit: int) -> None:
    assert callable(change)
    wire_write.create_payment(change("я" * limit))
    with refused(field, "length", limit):
        wire_write.create_payment(change("я" * (limit + 1)))
    with refused(field, "characters"):
        wire_write.create_payment(change("a\nb"))


@pytest.mark.parametrize(
    ("field", "change", "limit"),
    [
        ("id", lambda text: replace(REFUND, payment_id=text), 64),
        ("refund.reason", lambda text: replace(REFUND, reason=text), 200),
        ("receipt[0].name", lambda text: replace(REFUND, lines=(replace(LINE, name=text),)), 128),
    ],
)
def test_field_limits_of_a_refund(field: str, change: object, limit: int) -> None:
    assert callable(change)
    wire_write.create_refund(change("я" * limit))
    with refused(field, "length", limit):
        wire_write.create_refund(change("я" * (limit + 1)))


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("name", lambda: wire_write.create_terminal(replace(TERMINAL, name=" "), GUIDE)),
        ("alias", lambda: wire_write.create_terminal(replace(TERMINAL, alias=""), GUIDE)),
        ("settings.terminal_id", lambda: wire_write.create_payment(_without_terminal())),
        ("id", lambda: wire_write.by_id("")),
        ("id", lambda: wire_write.create_refund(replace(REFUND, payment_id=""))),
    ],
)
def test_what_the_guide_requires_is_required(field: str, make: object) -> None:
    assert callable(make)
    with refused(field, "required"):
        make()


def _without_terminal() -> NewPayment:
    return replace(PAYMENT, terminal_id="")


@pytest.mark.parametrize("url", ["example.com", "javascript:alert(1)", "https://a b", "ftp://a"])
def test_addresses_of_success_and_failure_are_web_addresses(url: str) -> None:
    with refused("settings.success_url", "url"):
        wire_write.create_payment(replace(PAYMENT, success_url=url))
    with refused("settings.fail_url", "url"):
        wire_write.create_payment(replace(PAYMENT, fail_url=url))


def test_custom_parameters_are_counted() -> None:
    with refused("custom_parameters", "count", 20):
        wire_write.create_payment(replace(PAYMENT, custom={str(i): "" for i in range(21)}))


def test_a_terminal_in_both_spellings_with_every_field() -> None:
    new = NewTerminal(
        "Магазин на диване",
        "N1",
        description="Ювелирные украшения и пылесосы",
        type=TerminalType.STATIC,
        logo="/ads/asd/image.png",
        default_price=Money(1500),
        can_comments=False,
    )
    body = sent(wire_write.create_terminal(new, GUIDE))
    assert body == {
        "name": "Магазин на диване",
        "alias": "N1",
        "description": "Ювелирные украшения и пылесосы",
        "type": "static",
        "logo": "/ads/asd/image.png",
        "defaultPrice": 15,
        "canComments": False,
    }
    assert sent(wire_write.create_terminal(TERMINAL, GUIDE)) == {
        "name": "Магазин на диване",
        "alias": "N1",
        "type": "dynamic",
    }
    assert b'"statical"' in wire_write.create_terminal(new, CLIENTS)
    assert b'"dynamical"' in wire_write.create_terminal(TERMINAL, CLIENTS)
    with refused("defaultPrice", "negative"):
        wire_write.create_terminal(replace(new, default_price=Money(-1)), GUIDE)


def test_a_terminal_is_asked_for_by_exactly_one_key() -> None:
    assert sent(wire_write.get_terminal("1:1", "")) == {"alias": "1:1"}
    assert sent(wire_write.get_terminal("", "45")) == {"id": "45"}
    for alias, terminal_id in (("", ""), ("1:1", "45")):
        with refused("alias", "one_of"):
            wire_write.get_terminal(alias, terminal_id)
    with refused("alias", "length", 50):
        wire_write.get_terminal("a" * 51, "")


def test_one_thing_is_asked_for_by_its_id() -> None:
    assert sent(wire_write.by_id("2245bf86")) == {"id": "2245bf86"}
    with refused("id", "length", 64):
        wire_write.by_id("1" * 65)


def test_a_refund_has_the_guides_fields_and_no_others() -> None:
    line = RefundLine("Сыр", Money(33333), Quantity.of("0.486"), Money(15000))
    new = NewRefund("2d71", Money(15000), "Брак #0f0f0f0f", (line,))
    assert sent(wire_write.create_refund(new)) == {
        "id": "2d71",
        "refund": {"amount": Decimal("150.00"), "currency": "RUB", "reason": "Брак #0f0f0f0f"},
        "receipt": [
            {
                "name": "Сыр",
                "price": Decimal("333.33"),
                "discount": "12.00",
                "resultPrice": Decimal("150.00"),
                "quantity": Decimal("0.486"),
            }
        ],
    }
