from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from cashier.domain.money import Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import LINES_LIMIT, NAME_LIMIT, Receipt
from cashier.domain.saved_receipt import KnownGoods
from cashier.ui.theme import ThemeController
from tests.ui.sale_stage import START, Stage, pause, quantity, stage, wait_until

pytestmark = pytest.mark.usefixtures("themed")

Key = Qt.Key
JUICES = (("Сок томатный", "129"), ("Сок яблочный", "139.90"))
CODE = "4600000104126"


@pytest.fixture
def on(tmp_path: Path, themed: ThemeController) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        made.open()
        yield made


def suggested(on: Stage) -> list[str]:
    """The open list, first row first."""
    if not on.page.entry.suggestions.is_open:
        return []
    found = on.page.entry.suggestions.list.findChild(QListView)
    assert isinstance(found, QListView)
    model = found.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def suggestions(on: Stage) -> list[str]:
    wait_until(lambda: bool(suggested(on)))
    return suggested(on)


def test_three_goods_are_entered_with_the_keyboard_alone(on: Stage) -> None:
    on.type("чай")
    on.press(Key.Key_Return)
    wait_until(lambda: on.page.entry.line.text() == "")
    on.type("120,50")
    on.press(Key.Key_Return)
    on.type("3 * Хлеб")
    on.press(Key.Key_F10)
    on.type("64.5")
    on.press(Key.Key_Return)
    on.type("0,486*")
    on.type("сыр 749,00")
    suggestions(on)
    on.press(Key.Key_Return)
    wait_until(lambda: len(on.names) == 3)
    assert on.names == ["Чай", "Хлеб", "Сыр"]
    assert [line.quantity for line in on.receipt.lines] == [
        quantity("1"),
        quantity("3"),
        quantity("0.486"),
    ]
    assert on.receipt.amount == Money.of("678.01")
    assert on.total == "678.01\u00a0₽"
    on.settle()
    assert on.saved().receipt == on.receipt


def test_known_goods_are_suggested_newest_first_and_enter_adds_the_chosen_one(on: Stage) -> None:
    on.sell_before(*JUICES)
    on.type("сок")
    assert suggestions(on) == ["Сок яблочный", "Сок томатный"]
    on.press(Key.Key_Down)
    on.press(Key.Key_Return)
    assert on.names == ["Сок томатный"]
    assert on.receipt.lines[0].price == Money.of(129)
    assert on.page.entry.is_idle


def test_enter_before_the_suggestions_have_come_waits_for_them(on: Stage) -> None:
    on.sell_before(*JUICES)
    on.type("сок ябл")
    on.press(Key.Key_Return)
    on.type("хле")
    wait_until(lambda: on.names == ["Сок яблочный"])
    assert on.page.entry.line.text() == "хле"


def test_a_suggestion_can_be_clicked(on: Stage) -> None:
    on.sell_before(*JUICES)
    on.type("сок")
    suggestions(on)
    rows = on.page.entry.suggestions.list.findChild(QListView)
    assert isinstance(rows, QListView)
    spot = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert on.names == ["Сок томатный"]
    assert on.page.entry.line.hasFocus()


def test_an_answer_to_older_letters_is_never_shown(tmp_path: Path) -> None:
    with stage(tmp_path) as on:
        asked: list[str] = []
        gate = anyio.Event()

        async def slow(typed: str) -> list[KnownGoods]:
            asked.append(typed)
            if typed == "со":
                with anyio.CancelScope(shield=True):
                    await gate.wait()
            return [KnownGoods(f"Ответ на {typed}", Money.of(1), START)]

        async def open_gate() -> None:
            gate.set()

        on.page.entry.suggestions._suggest = slow
        on.open()
        on.type("со")
        wait_until(lambda: asked == ["со"])
        on.type("к")
        assert suggestions(on) == ["Ответ на сок"]
        on.background.call(open_gate)
        pause(50)
        assert suggested(on) == ["Ответ на сок"]


def test_a_price_typed_after_a_new_name_is_offered_first(on: Stage) -> None:
    on.sell_before(*JUICES)
    on.type("сок 89.90")
    assert suggestions(on) == ["Сок", "Сок яблочный", "Сок томатный"]
    on.press(Key.Key_Return)
    assert on.names == ["Сок"]
    assert on.receipt.lines[0].price == Money.of("89.90")


def test_known_goods_whose_name_ends_with_the_number_come_before_new_ones(on: Stage) -> None:
    on.sell_before(("Молоко 3,2 %", "89.90"))
    on.type("молоко 3,2")
    assert suggestions(on) == ["Молоко 3,2 %", "Молоко"]


def test_a_wrong_price_is_said_under_the_field_and_nothing_is_lost(on: Stage) -> None:
    on.type("3*чай")
    on.press(Key.Key_F10)
    on.type("12,345")
    on.press(Key.Key_Return)
    assert on.page.entry.error()
    assert on.page.entry.line.text() == "12,345"
    assert not on.names
    on.press(Key.Key_Backspace)
    assert not on.page.entry.error()
    on.press(Key.Key_Return)
    assert on.names == ["Чай"]
    assert on.receipt.lines[0].price == Money.of("12.34")
    assert on.receipt.lines[0].quantity == Quantity(3000)


def test_esc_goes_back_from_the_price_to_the_name(on: Stage) -> None:
    on.type("чай")
    on.press(Key.Key_F10)
    on.type("12")
    on.press(Key.Key_Escape)
    assert on.page.entry.line.text() == "чай"
    on.press(Key.Key_F10)
    on.type("15")
    on.press(Key.Key_Return)
    assert on.receipt.amount == Money.of(15)


def test_the_quantity_chip_can_be_taken_back(on: Stage) -> None:
    on.type("3*")
    assert on.page.entry.quantity == Quantity(3000)
    on.press(Key.Key_Backspace)
    assert on.page.entry.quantity == Quantity(1000)
    on.type("0*")
    assert on.page.entry.error()
    assert on.page.entry.line.text() == "0*"


def test_the_first_letter_typed_anywhere_reaches_the_entry(on: Stage) -> None:
    button = on.find("sale.free_price")
    button.setFocus()
    on.type("чай")
    assert on.page.entry.line.hasFocus()
    assert on.page.entry.line.text() == "чай"


def test_a_free_price_without_a_name_sells_goods(on: Stage) -> None:
    on.press(Key.Key_F10)
    on.type("500")
    on.press(Key.Key_Return)
    assert on.names == ["Goods"]
    assert on.receipt.amount == Money.of(500)


def test_a_bare_number_asks_before_it_becomes_a_price(on: Stage) -> None:
    on.type("500")
    on.press(Key.Key_Return)
    wait_until(lambda: on.find("sale.entry.name").isVisible())
    assert not on.names
    assert on.page.entry.line.text() == "500"
    on.press(Key.Key_Return)
    assert on.receipt.amount == Money.of(500)


def test_a_name_that_is_too_long_stays_in_the_field(on: Stage) -> None:
    on.page.entry.line.setText("а" * (NAME_LIMIT + 1))
    on.press(Key.Key_F10)
    assert on.page.entry.error()
    assert len(on.page.entry.line.text()) == NAME_LIMIT + 1


def test_a_name_with_markup_is_shown_as_it_was_typed(on: Stage) -> None:
    on.type("<b>bold</b> tea")
    on.press(Key.Key_F10)
    assert on.find("sale.entry.name").accessibleName() == "<b>bold</b> tea"
    on.type("10")
    on.press(Key.Key_Return)
    assert on.names == ["<b>bold</b> tea"]
    index = on.page.grid.sale_model.index(0, 1)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "<b>bold</b> tea"


def test_a_scanned_code_that_is_known_adds_its_goods(on: Stage) -> None:
    on.sell_before((f"Чай {CODE}", "120"))
    on.type("2*")
    on.scan(CODE)
    wait_until(lambda: bool(on.names))
    assert on.names == [f"Чай {CODE}"]
    assert on.receipt.lines[0].quantity == Quantity(2000)


def test_an_unknown_code_is_shown_and_presses_nothing(on: Stage) -> None:
    on.add("Tea", "10")
    pay = on.find("sale.pay")
    pay.setFocus()
    on.scan(CODE)
    wait_until(lambda: on.find("sale.unknown").isVisible())
    assert on.page.passing.code.title() == CODE
    on.scan("4600000104188")
    pause(50)
    assert on.page.passing.unknown_code == CODE
    assert not on.requested
    assert on.names == ["Tea"]
    on.press(Key.Key_Escape)
    assert not on.find("sale.unknown").isVisible()
    on.scan("4600000104188")
    wait_until(lambda: on.page.passing.unknown_code == "4600000104188")


def test_an_unknown_code_can_be_sold_at_a_free_price_and_is_known_later(on: Stage) -> None:
    on.scan(CODE)
    wait_until(lambda: bool(on.page.passing.unknown_code))
    on.press(Key.Key_F10)
    assert not on.find("sale.unknown").isVisible()
    on.type("99")
    on.press(Key.Key_Return)
    assert CODE in on.names[0]


def test_a_scan_leaves_what_was_half_typed(on: Stage) -> None:
    on.type("чай")
    on.scan(CODE)
    wait_until(lambda: bool(on.page.passing.unknown_code))
    assert on.page.entry.line.text() == "чай"


def test_a_scan_while_the_price_is_asked_is_refused(on: Stage) -> None:
    on.type("чай")
    on.press(Key.Key_F10)
    on.scan(CODE)
    assert on.page.entry.error()
    assert on.page.entry.line.text() == ""
    assert not on.names
    on.type("15")
    on.press(Key.Key_Return)
    assert on.names == ["Чай"]


def test_two_quick_scans_are_two_goods(on: Stage) -> None:
    on.sell_before((f"Чай {CODE}", "120"), ("Сок 4600000104188", "90"))
    on.scan(CODE)
    on.scan("4600000104188")
    wait_until(lambda: len(on.names) == 2)
    assert on.names == [f"Чай {CODE}", "Сок 4600000104188"]


def test_f12_right_after_a_scan_waits_for_its_goods(on: Stage) -> None:
    on.sell_before((f"Чай {CODE}", "120"))
    on.add("Tea", "10")
    on.scan(CODE)
    on.press(Key.Key_F12)
    wait_until(lambda: bool(on.requested))
    assert on.names == ["Tea", f"Чай {CODE}"]
    assert [line.name for line in on.saved().receipt.lines] == on.names


def test_f12_right_after_an_unknown_code_charges_nothing(on: Stage) -> None:
    on.add("Tea", "10")
    on.scan(CODE)
    on.press(Key.Key_F12)
    wait_until(lambda: on.find("sale.unknown").isVisible())
    pause(50)
    assert not on.requested
    assert not on.page.panel.pay.is_busy


def test_a_receipt_parked_right_after_a_scan_has_its_goods(on: Stage) -> None:
    on.sell_before((f"Чай {CODE}", "120"))
    on.add("Tea", "10")
    on.scan(CODE)
    on.press(Key.Key_F7)
    wait_until(lambda: on.names == [])
    on.settle()
    [parked] = on.background.call(on.till.receipts.parked)
    assert [line.name for line in parked.receipt.lines] == ["Tea", f"Чай {CODE}"]
    assert on.names == []


def test_a_receipt_takes_no_more_lines_than_it_holds(on: Stage) -> None:
    receipt = Receipt()
    for number in range(LINES_LIMIT):
        receipt = receipt.add(f"Goods {number}", Money.of(1))
    on.page.draft.change(receipt)
    on.type("tea")
    on.press(Key.Key_F10)
    on.type("1")
    on.press(Key.Key_Return)
    assert len(on.receipt.lines) == LINES_LIMIT
    assert on.page.entry.error()


def test_clicking_beside_the_list_leaves_the_letters(on: Stage) -> None:
    on.sell_before(*JUICES)
    on.type("сок")
    suggestions(on)
    on.find("sale.free_price").setFocus()
    assert not on.page.entry.suggestions.is_open
    assert on.page.entry.line.text() == "сок"
    assert QApplication.widgetAt(QPoint(0, 0)) is None or not on.names
