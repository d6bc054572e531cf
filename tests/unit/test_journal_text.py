"""One value, one text: times, JSON, receipts and the words of goods."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.domain.money import Currency, Money
from cashier.domain.payment import PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Discount, Line, Receipt
from cashier.journal.goods import fold, words
from cashier.journal.receipt_format import read_receipt, write_receipt
from cashier.journal.text import canonical, clean, moment, stamp


def test_a_time_is_written_in_utc_with_milliseconds() -> None:
    moscow = timezone(timedelta(hours=3))
    text = stamp(datetime(2026, 11, 24, 14, 32, 0, 123999, tzinfo=moscow))
    assert text == "2026-11-24T11:32:00.123Z"
    assert moment(text) == datetime(2026, 11, 24, 11, 32, 0, 123000, tzinfo=UTC)


def test_a_time_before_the_year_1000_still_sorts_as_text() -> None:
    assert stamp(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00.000Z"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        stamp(datetime(2026, 11, 24))  # noqa: DTZ001 -- the point of the test


def test_json_is_the_same_whatever_order_it_was_made_in() -> None:
    facts = {"б": 1, "a": [True, None, "текст"], "state": PaymentState.OPEN, "sum": Money(1999)}
    text = canonical(facts)
    assert text == canonical(dict(reversed(facts.items())))
    assert text == '{"a":[true,null,"текст"],"state":"OPEN","sum":[1999,"RUB"],"б":1}'


def test_a_float_is_never_written_as_a_number() -> None:
    assert canonical({"seconds": 0.1}) == '{"seconds":"0.1"}'


def test_what_has_no_text_is_refused() -> None:
    @dataclass
    class Stranger:
        name: str = ""

    with pytest.raises(TypeError, match="Stranger"):
        canonical({"who": Stranger()})


def test_text_that_a_database_cannot_hold_is_replaced() -> None:
    assert clean("a\ud800b\x00c") == "a?b\ufffdc"
    assert clean("Молоко 🥛") == "Молоко 🥛"


_NAMES = st.text(min_size=1, max_size=20).filter(str.strip)
_MONEY = st.integers(0, 10**8).map(Money)
_DISCOUNTS = st.none() | st.one_of(
    st.integers(1, 10_000).map(lambda percent: Discount(percent=percent)),
    st.integers(1, 10**7).map(lambda minor: Discount(amount=Money(minor))),
)
_LINES = st.builds(
    Line,
    id=st.integers(1, 1000),
    name=_NAMES,
    price=_MONEY,
    quantity=st.integers(1, 100_000).map(Quantity),
    discount=_DISCOUNTS,
)
_RECEIPTS = st.builds(
    Receipt,
    lines=st.lists(_LINES, max_size=5).map(tuple),
    discount=_DISCOUNTS,
    next_line=st.integers(1, 1000),
)


@given(_RECEIPTS)
@settings(deadline=None)
def test_a_receipt_comes_back_as_it_was_written(receipt: Receipt) -> None:
    storable = replace(
        receipt, lines=tuple(replace(line, name=clean(line.name)) for line in receipt.lines)
    )
    text = write_receipt(receipt)
    assert read_receipt(text) == storable
    assert write_receipt(storable) == text


def test_a_receipt_keeps_its_currency_and_each_line_its_final_sum() -> None:
    receipt = Receipt(Currency.EUR).add("Кофе", Money(1000, Currency.EUR), Quantity(3000))
    receipt = receipt.with_discount(Discount(amount=Money(1, Currency.EUR)))
    text = write_receipt(receipt)
    assert read_receipt(text) == receipt
    assert json.loads(text)["lines"][0]["result"] == 2999


def test_a_receipt_of_a_format_to_come_is_not_guessed() -> None:
    text = write_receipt(Receipt()).replace('"format":1', '"format":2')
    with pytest.raises(ValueError, match="format 2"):
        read_receipt(text)


def test_words_of_goods_ignore_case_and_the_dots() -> None:
    assert words("ЁЛКА Зелёная, 1,5 м; елка") == ["елка", "зеленая", "1", "5", "м"]
    assert fold("  Молоко   3,2% ") == fold("молоко 3,2%")
