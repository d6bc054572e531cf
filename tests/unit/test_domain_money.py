from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.domain.money import MAX_MINOR, Currency, Money, half_up, spread, total


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("1500.10", 150010),
        ("0.01", 1),
        ("-300", -30000),
        ("180.000", 18000),
        (15, 1500),
        (Decimal("1E+3"), 100000),
        ("0", 0),
        (Decimal("0E-30"), 0),
    ],
)
def test_a_sum_is_read_to_the_kopeck(written: Decimal | int | str, minor: int) -> None:
    assert Money.of(written).minor == minor


@pytest.mark.parametrize(
    "written",
    [
        "0.001",
        "1.0000000000000000000000000000000000000001",
        "NaN",
        "Infinity",
        "1e400",
        "1e-400",
        "abc",
        "",
        "10000000000000.01",
    ],
)
def test_what_is_no_sum_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Money.of(written)


def test_a_float_never_becomes_money() -> None:
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(TypeError):
        Money(True)


@given(st.integers(-MAX_MINOR, MAX_MINOR))
def test_a_sum_survives_being_written_and_read(minor: int) -> None:
    money = Money(minor, Currency.EUR)
    assert Money.of(str(money), Currency.EUR) == money


def test_a_sum_is_written_with_a_point_and_two_decimals() -> None:
    assert [str(Money(minor)) for minor in (150010, 5, -5, -12345, 0)] == [
        "1500.10",
        "0.05",
        "-0.05",
        "-123.45",
        "0.00",
    ]


def test_sums_compare_and_add_within_one_currency() -> None:
    small, large = Money(100), Money(250)
    assert small < large
    assert large > small
    assert small <= Money(100) <= large
    assert large >= small
    assert large - small == Money(150)
    assert -small == Money(-100)
    assert total([small, large], Currency.RUB) == Money(350)
    assert total([], Currency.USD) == Money(0, Currency.USD)
    assert bool(small)
    assert not Money(0)


def test_currencies_do_not_mix() -> None:
    roubles, dollars = Money(100), Money(100, Currency.USD)
    assert roubles != dollars
    for operation in (
        lambda: roubles + dollars,
        lambda: roubles - dollars,
        lambda: roubles < dollars,
        lambda: roubles <= dollars,
    ):
        with pytest.raises(ValueError, match="do not mix"):
            operation()


def test_a_sum_beyond_all_sense_is_refused() -> None:
    assert Money(MAX_MINOR)
    with pytest.raises(ValueError, match="out of range"):
        Money(MAX_MINOR + 1)


def test_halves_are_rounded_away_from_zero() -> None:
    assert [half_up(Decimal(text)) for text in ("0.5", "1.5", "2.5", "2.4999", "-0.5")] == [
        1,
        2,
        3,
        2,
        -1,
    ]


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=30).flatmap(
        lambda weights: st.tuples(st.just(weights), st.integers(0, sum(weights)))
    )
)
def test_a_spread_gives_away_everything_and_never_more_than_a_part_holds(
    case: tuple[list[int], int],
) -> None:
    weights, amount = case
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
    whole = sum(weights)
    if whole:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part * whole - amount * weight) < whole, "off by less than one unit"


def test_the_earlier_of_equal_parts_takes_the_odd_kopeck() -> None:
    assert spread(100, [1000, 1000, 1000]) == [34, 33, 33]


def test_nothing_cannot_be_spread_over() -> None:
    assert spread(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="nothing to spread over"):
        spread(1, [0, 0])
