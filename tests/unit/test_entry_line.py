from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.domain.money import Currency, Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import NAME_LIMIT, Discount, Receipt
from cashier.ui.pages import entry_line
from cashier.ui.pages.entry_line import EntryError, Typed, Wrong
from cashier.ui.pages.receipt_editor import ReceiptEditor
from cashier.ui.pages.scan_burst import ScanBurst

RUB = Currency.RUB
TEA = Receipt().add("Чай", Money.of(120))


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("3*", "3", ""),
        ("3 * сок", "3", "сок"),
        ("0,486*", "0,486", ""),
        ("0.486 * сыр 749", "0.486", "сыр 749"),
        ("3×сок", "3", "сок"),
        ("-1*", "-1", ""),
    ],
)
def test_a_number_before_a_star_is_the_quantity(text: str, number: str, rest: str) -> None:
    assert entry_line.split_quantity(text) == (number, rest)


@pytest.mark.parametrize("text", ["сок", "3", "*", "сок * 3", "а3*", ""])
def test_other_stars_are_part_of_a_name(text: str) -> None:
    assert entry_line.split_quantity(text) is None


@pytest.mark.parametrize("text", ["89,90", "89.90", " 89,9 ", "89.90 ₽", "89,90 руб."])
def test_both_decimal_marks_make_the_same_price(text: str) -> None:
    expected = Money.of("89.90") if "90" in text else Money.of("89.9")
    assert entry_line.read_price(text, RUB) == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", Wrong.NOT_A_NUMBER),
        ("сок", Wrong.NOT_A_NUMBER),
        ("1,2,3", Wrong.NOT_A_NUMBER),
        ("007", Wrong.NOT_A_NUMBER),
        ("00012345", Wrong.NOT_A_NUMBER),
        ("-1", Wrong.NEGATIVE),
        ("1,234", Wrong.DECIMALS_OF_MONEY),
        ("1000000,01", Wrong.PRICE_TOO_LARGE),
        ("4600000104126", Wrong.NOT_A_NUMBER),
        ("9" * 39, Wrong.NOT_A_NUMBER),
    ],
)
def test_what_is_no_price_is_told_apart(text: str, wrong: Wrong) -> None:
    with pytest.raises(EntryError) as caught:
        entry_line.read_price(text, RUB)
    assert caught.value.wrong is wrong


def test_a_price_may_be_nothing_and_as_much_as_the_limit() -> None:
    assert entry_line.read_price("0", RUB) == Money(0)
    assert entry_line.read_price("1 000 000,00", RUB) == Money.of(1_000_000)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("0", Wrong.ZERO),
        ("0,000", Wrong.ZERO),
        ("-2", Wrong.NEGATIVE),
        ("0,4865", Wrong.DECIMALS_OF_QUANTITY),
        ("100001", Wrong.QUANTITY_TOO_LARGE),
        ("три", Wrong.NOT_A_NUMBER),
    ],
)
def test_what_is_no_quantity_is_told_apart(text: str, wrong: Wrong) -> None:
    with pytest.raises(EntryError) as caught:
        entry_line.read_quantity(text)
    assert caught.value.wrong is wrong


def test_a_quantity_has_up_to_three_decimals() -> None:
    assert entry_line.read_quantity("0,486") == Quantity(486)
    assert entry_line.read_quantity("3") == Quantity(3000)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("сок", Typed("сок")),
        ("сок 89,90", Typed("сок", Money.of("89.90"))),
        ("сок  томатный 89.9", Typed("сок томатный", Money.of("89.90"))),
        ("сок 90 ₽", Typed("сок", Money.of(90))),
        ("сок 0,95 л", Typed("сок 0,95 л")),
        ("сыр 50 %", Typed("сыр 50 %")),
        ("89,90", Typed("", Money.of("89.90"))),
        ("4600000104126", Typed("4600000104126")),
        ("сок 4600000104126", Typed("сок 4600000104126")),
        ("сок 9999999", Typed("сок 9999999")),
        ("<b>сок</b> 5", Typed("<b>сок</b>", Money.of(5))),
    ],
)
def test_a_price_at_the_end_of_a_line_is_seen(text: str, typed: Typed) -> None:
    assert entry_line.read_line(text, RUB) == typed


def test_a_name_in_small_letters_gets_a_capital_and_others_stay() -> None:
    assert entry_line.read_name(" сок  яблочный ") == "Сок яблочный"
    assert entry_line.read_name("iPhone, чехол") == "iPhone, чехол"
    assert entry_line.read_name("<b>сок</b>") == "<b>сок</b>"


def test_a_name_longer_than_the_guide_allows_is_refused() -> None:
    assert len(entry_line.read_name("а" * NAME_LIMIT)) == NAME_LIMIT
    with pytest.raises(EntryError):
        entry_line.read_name("а" * (NAME_LIMIT + 1))


def test_discounts_are_a_percent_or_a_sum_and_nothing_takes_them_away() -> None:
    assert entry_line.read_percent("12,5 %") == Discount(percent=1250)
    assert entry_line.read_percent("100") == Discount(percent=10_000)
    assert entry_line.read_percent("") is None
    assert entry_line.read_percent("0") is None
    assert entry_line.read_discount_sum("128,45", RUB) == Discount(amount=Money.of("128.45"))
    assert entry_line.read_discount_sum(" ", RUB) is None
    for text, wrong in (
        ("100,01", Wrong.PERCENT_TOO_LARGE),
        ("1,234", Wrong.DECIMALS_OF_PERCENT),
        ("x", Wrong.NOT_A_NUMBER),
    ):
        with pytest.raises(EntryError) as caught:
            entry_line.read_percent(text)
        assert caught.value.wrong is wrong


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    typed = entry_line.read_line(text, RUB)
    assert typed.price is None or typed.price.minor >= 0
    found = entry_line.split_quantity(text)
    for reader in (
        lambda: entry_line.read_price(text, RUB),
        lambda: entry_line.read_quantity(found[0] if found else text),
        lambda: entry_line.read_percent(text),
        lambda: entry_line.read_name(text),
    ):
        with suppress(EntryError):
            reader()


def _burst(keys: str, *, gap: float) -> str:
    burst = ScanBurst()
    for number, key in enumerate(keys):
        burst.key(key, number * gap)
    return burst.enter(len(keys) * gap)


def test_quick_digits_and_enter_are_a_scan() -> None:
    assert _burst("4600000104126", gap=0.005) == "4600000104126"
    assert _burst("сок4600000104126", gap=0.005) == "4600000104126"


def test_slow_short_or_other_keys_are_no_scan() -> None:
    assert _burst("4600000104126", gap=0.031) == ""
    assert _burst("4600000", gap=0.005) == ""
    assert _burst("4600000104126x", gap=0.005) == ""


def test_undo_goes_back_step_by_step_and_keeps_the_chosen_line() -> None:
    editor = ReceiptEditor(TEA)
    editor.choose_row(0)
    assert editor.change(TEA.add("Сок", Money.of(90)))
    assert editor.chosen_row == 1
    assert editor.change(editor.receipt.without(1))
    assert editor.clear()
    assert [editor.undo() for _ in range(4)] == [True, True, True, False]
    assert editor.receipt == TEA
    assert editor.chosen_row == 0


def test_the_same_receipt_is_no_change_and_a_loaded_one_has_no_past() -> None:
    editor = ReceiptEditor(TEA)
    assert not editor.change(TEA)
    assert editor.change(TEA.with_discount(Discount(percent=100)))
    editor.load(TEA)
    assert not editor.can_undo


def test_removing_a_line_chooses_its_neighbour() -> None:
    three = TEA.add("Сок", Money.of(90)).add("Хлеб", Money.of(60))
    editor = ReceiptEditor(three)
    editor.choose_row(1)
    editor.change(three.without(2))
    assert editor.chosen is not None
    assert editor.chosen.name == "Хлеб"
    editor.change(editor.receipt.without(3))
    assert editor.chosen is not None
    assert editor.chosen.name == "Чай"
