from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.domain.money import Currency, Money, total
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import LINES_LIMIT, NAME_LIMIT, Discount, Line, Receipt

sums = st.integers(0, 10**8).map(Money)
quantities = st.integers(1, 10**6).map(Quantity)
discounts = st.one_of(
    st.none(),
    st.integers(1, 10000).map(lambda percent: Discount(percent=percent)),
    st.integers(1, 10**9).map(lambda minor: Discount(amount=Money(minor))),
)


@st.composite
def receipts(draw: st.DrawFn) -> Receipt:
    receipt = Receipt()
    for _ in range(draw(st.integers(0, 12))):
        receipt = receipt.add("Товар", draw(sums), draw(quantities))
        line_id = receipt.lines[-1].id
        receipt = receipt.with_line_discount(line_id, draw(discounts))
    return receipt.with_discount(draw(discounts))


@given(receipts())
def test_the_lines_always_add_up_to_the_amount_and_none_is_negative(receipt: Receipt) -> None:
    priced = receipt.priced
    assert total((line.result for line in priced), Currency.RUB) == receipt.amount
    assert all(0 <= line.result.minor <= line.gross.minor for line in priced)
    assert receipt.gross - receipt.line_discounts - receipt.receipt_discount == receipt.amount
    assert 0 <= receipt.amount.minor <= receipt.gross.minor
    assert total((line.discount for line in priced), Currency.RUB) == (
        receipt.gross - receipt.amount
    )


@given(receipts())
def test_a_percent_is_named_only_where_it_alone_gives_the_result(receipt: Receipt) -> None:
    for line in receipt.priced:
        if line.percent is not None:
            assert Discount(percent=line.percent).of(line.gross) == line.discount


def test_price_times_quantity_is_rounded_half_up() -> None:
    receipt = Receipt().add("Сыр", Money(33333), Quantity.of("0.486"))
    assert receipt.amount == Money(16200)  # 161.99838
    assert Receipt().add("Нитка", Money(1), Quantity.of("0.5")).amount == Money(1)


def test_a_line_discount_in_percent_and_in_money() -> None:
    receipt = Receipt().add("Кефир", Money(100000)).add("Хлеб", Money(5000))
    receipt = receipt.with_line_discount(1, Discount(percent=4000))
    receipt = receipt.with_line_discount(2, Discount(amount=Money(1000)))
    assert [line.result for line in receipt.priced] == [Money(60000), Money(4000)]
    assert [line.percent for line in receipt.priced] == [4000, None]
    assert receipt.amount == Money(64000)


def test_a_discount_takes_no_more_than_there_is() -> None:
    receipt = Receipt().add("Пакет", Money(700)).with_discount(Discount(amount=Money(10_000)))
    assert receipt.amount == Money(0)
    receipt = receipt.with_line_discount(1, Discount(amount=Money(900)))
    assert receipt.line_discounts == Money(700)


def test_the_receipts_discount_is_spread_to_the_kopeck() -> None:
    receipt = Receipt()
    for _ in range(3):
        receipt = receipt.add("Чай", Money(1000))
    receipt = receipt.with_discount(Discount(amount=Money(100)))
    assert [line.result.minor for line in receipt.priced] == [966, 967, 967]
    assert receipt.amount == Money(2900)


@pytest.mark.parametrize(
    ("percent", "amount"),
    [(None, None), (100, Money(1)), (0, None), (10001, None), (None, Money(0)), (None, Money(-1))],
)
def test_a_discount_that_makes_no_sense_is_refused(
    percent: int | None, amount: Money | None
) -> None:
    with pytest.raises(ValueError, match=r"."):
        Discount(percent=percent, amount=amount)


def test_field_limits_of_a_line() -> None:
    assert Line(1, "n" * NAME_LIMIT, Money(0)).gross == Money(0)
    for name, price in (("", 1), ("  ", 1), ("n" * (NAME_LIMIT + 1), 1), ("Чай", -1)):
        with pytest.raises(ValueError, match=r"."):
            Line(1, name, Money(price))


def test_a_receipt_takes_so_many_lines_and_still_adds_up() -> None:
    receipt = Receipt()
    for _ in range(LINES_LIMIT):
        receipt = receipt.add("Золото", Money(2 * 10**12))
    assert receipt.amount == Money(LINES_LIMIT * 2 * 10**12)
    with pytest.raises(ValueError, match="too many lines"):
        receipt.add("Ещё", Money(1))
    with pytest.raises(ValueError, match="out of range"):
        receipt.with_quantity(1, Quantity.of(2))


def test_changes_make_new_receipts_and_leave_the_old_one() -> None:
    first = Receipt().add("Хлеб ", Money(5000))
    second = first.add("Соль", Money(1500))
    changed = (
        second.with_quantity(1, Quantity.of(3))
        .with_price(2, Money(1600))
        .with_name(2, " Соль морская")
    )
    assert first.amount == Money(5000)
    assert first.lines[0].name == "Хлеб"
    assert second.amount == Money(6500)
    assert changed.amount == Money(16600)
    assert changed.line(2).name == "Соль морская"


def test_a_deleted_lines_number_is_never_used_again() -> None:
    receipt = Receipt().add("А", Money(1)).add("Б", Money(2)).without(2).add("В", Money(3))
    assert [line.id for line in receipt.lines] == [1, 3]
    with pytest.raises(KeyError):
        receipt.without(2)
    with pytest.raises(KeyError):
        receipt.with_price(2, Money(1))


def test_a_receipt_has_one_currency() -> None:
    dollar = Money(100, Currency.USD)
    receipt = Receipt().add("Хлеб", Money(5000))
    changes: tuple[Callable[[], Receipt], ...] = (
        lambda: receipt.add("Bread", dollar),
        lambda: receipt.with_price(1, dollar),
        lambda: receipt.with_discount(Discount(amount=dollar)),
        lambda: receipt.with_line_discount(1, Discount(amount=dollar)),
    )
    for change in changes:
        with pytest.raises(ValueError, match="currency"):
            change()
    assert Receipt(Currency.USD).add("Bread", dollar).amount == dollar


def test_an_empty_receipt_costs_nothing() -> None:
    receipt = Receipt().with_discount(Discount(percent=1000))
    assert receipt.amount == Money(0)
    assert receipt.priced == ()
