from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.domain.money import Currency, Money
from cashier.domain.quantity import Quantity
from cashier.ui import formats

NNBSP, NBSP, MINUS = "\u202f", "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("language", "minor", "currency", "text"),
    [
        ("ru", 123450, Currency.RUB, f"1{NNBSP}234,50{NBSP}₽"),
        ("en", 123450, Currency.RUB, f"1,234.50{NBSP}₽"),
        ("ru", 0, Currency.RUB, f"0,00{NBSP}₽"),
        ("ru", -5, Currency.EUR, f"{MINUS}0,05{NBSP}€"),
        ("en", -123456789, Currency.USD, f"{MINUS}1,234,567.89{NBSP}$"),
    ],
)
def test_money_reads_as_the_language_writes_it(
    language: str, minor: int, currency: Currency, text: str
) -> None:
    assert formats.money(language, Money(minor, currency)) == text


def test_bare_money_has_no_sign_and_typed_money_no_thousands() -> None:
    assert formats.bare_money("ru", Money(237601)) == f"2{NNBSP}376,01"
    assert formats.typed_money("ru", Money(237601)) == "2376,01"
    assert formats.typed_money("en", Money(-237601)) == "-2376.01"


@pytest.mark.parametrize(
    ("language", "thousandths", "text"),
    [
        ("ru", 486, "0,486"),
        ("en", 486, "0.486"),
        ("ru", 1240, "1,240"),
        ("ru", 2000, "2"),
        ("ru", 1_500_000, f"1{NNBSP}500"),
    ],
)
def test_quantity_is_whole_or_has_three_decimals(
    language: str, thousandths: int, text: str
) -> None:
    assert formats.quantity(language, Quantity(thousandths)) == text


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("ru", -10, f"{MINUS}10{NBSP}%"),
        ("en", -10, f"{MINUS}10%"),
        ("ru", Decimal("12.50"), f"12,5{NBSP}%"),
        ("en", Decimal("0.00"), "0%"),
        ("en", Decimal("1E+2"), "100%"),
    ],
)
def test_percent_drops_trailing_zeros(language: str, value: Decimal | int, text: str) -> None:
    assert formats.percent(language, value) == text


def test_dates_and_times_read_as_the_language_writes_them() -> None:
    moment = dt.datetime(2026, 11, 4, 9, 5, 7, tzinfo=dt.UTC)
    assert formats.date("ru", moment.date()) == "04.11.2026"
    assert formats.date("en", moment.date()) == f"4{NBSP}Nov{NBSP}2026"
    assert formats.clock(moment) == "09:05"
    assert formats.clock(moment, seconds=True) == "09:05:07"
    assert formats.date_time("ru", moment) == "04.11.2026 09:05"


@pytest.mark.parametrize(
    ("seconds", "text"), [(24, "0:24"), (725.9, "12:05"), (3723, "1:02:03"), (-3, "0:00")]
)
def test_duration_counts_minutes_and_hours(seconds: float, text: str) -> None:
    assert formats.duration(seconds) == text


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language"):
        formats.money("de", Money(1))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1500", "1500"),
        ("1500,10", "1500.10"),
        ("1500.10", "1500.10"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234", "1.234"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        (f"1{NNBSP}234,50", "1234.50"),
        (f"1{NBSP}234", "1234"),
        (" 12 345 678.9 ", "12345678.9"),
        (f"{MINUS}5", "-5"),
        ("-0,5", "-0.5"),
        ("+7", "7"),
        (",5", "0.5"),
        ("5,", "5"),
        ("0", "0"),
    ],
)
def test_number_is_read_in_either_language(text: str, number: str) -> None:
    assert formats.parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ",",
        ".",
        "-",
        "--5",
        "5-",
        "12,34.5",
        "1,23,456",
        "1.23.4",
        "1 23",
        "12 34,5",
        "1,234,56",
        "1 234,567,890",
        "1,234 567.8",
        "1.234,567.8",
        "1,2 3",
        "5 ₽",
        "1e5",
        "0x10",
        "NaN",
        "Infinity",
        "٣",
        "1'000",
        "5" * 41,
    ],
)
def test_what_can_be_read_two_ways_or_not_at_all_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        formats.parse_decimal(text)


@given(
    minor=st.integers(min_value=-(10**15), max_value=10**15),
    language=st.sampled_from(formats.LANGUAGES),
)
def test_every_sum_that_is_written_is_read_back(minor: int, language: str) -> None:
    amount = Money(minor)
    assert formats.parse_decimal(formats.bare_money(language, amount)) * 100 == minor
    assert formats.parse_decimal(formats.typed_money(language, amount)) * 100 == minor


@given(st.text(alphabet="0123456789., \u00a0\u202f+-\u2212eE", max_size=14))
def test_any_text_is_a_number_or_a_value_error(text: str) -> None:
    try:
        number = formats.parse_decimal(text)
    except ValueError:
        return
    assert number.is_finite()
