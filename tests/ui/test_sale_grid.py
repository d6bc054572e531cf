from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from cashier.domain.money import Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import LINES_LIMIT, Discount, Receipt
from cashier.ui.pages.sale_model import Part
from cashier.ui.theme import ThemeController
from cashier.ui.widgets.cell import two_lines
from tests.ui.sale_stage import Stage, stage, wait_until

pytestmark = pytest.mark.usefixtures("themed")

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier
Control = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier
Pad = Qt.KeyboardModifier.KeypadModifier
LONG = "Молоко пастеризованное отборное деревенское 3,2 %, 930 мл"


@pytest.fixture
def on(tmp_path: Path, themed: ThemeController) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        made.open()
        for name, price in (("Tea", "100"), ("Bread", "64.50"), ("Milk", "89.90")):
            made.add(name, price)
        yield made


def cell(on: Stage, row: int, part: Part) -> str:
    return str(on.page.grid.sale_model.index(row, part).data())


def answer(on: Stage, text: str) -> None:
    """Type into the dialog that has just opened, and confirm."""
    field = on.find("sale.number.value")
    assert isinstance(field, QLineEdit)
    assert field.hasFocus()
    on.type(text)
    on.press(Key.Key_Return)


def discount_of(on: Stage, row: int) -> Discount | None:
    return on.receipt.lines[row].discount


def open_dialogs(on: Stage) -> int:
    return sum(one.isVisible() for one in on.window.findChildren(QLineEdit, "sale.number.value"))


def test_the_newest_line_is_chosen_and_arrows_move_without_leaving_the_entry(on: Stage) -> None:
    assert on.page.grid.chosen_row() == 2
    on.press(Key.Key_Up)
    on.press(Key.Key_Up)
    on.press(Key.Key_Up)
    assert on.page.grid.chosen_row() == 0
    assert on.page.entry.line.hasFocus()


def test_plus_and_minus_change_the_quantity_of_the_chosen_line(on: Stage) -> None:
    on.press(Key.Key_Plus, Pad)
    on.type("+")
    assert on.receipt.lines[2].quantity == Quantity(3000)
    on.press(Key.Key_Minus, Pad)
    assert on.receipt.lines[2].quantity == Quantity(2000)
    on.type("-")
    on.type("-")
    assert on.receipt.lines[2].quantity == Quantity(1000)
    assert on.page.entry.line.text() == ""


def test_the_stepper_lies_over_the_chosen_row(on: Stage) -> None:
    stepper = on.page.grid.stepper
    on.press(Key.Key_Up)
    grid = on.page.grid
    room = grid.visualRect(grid.sale_model.index(1, Part.QUANTITY))
    assert room.contains(stepper.geometry())
    QTest.mouseClick(stepper.plus, Qt.MouseButton.LeftButton)
    assert on.receipt.lines[1].quantity == Quantity(2000)
    assert stepper.value() == "2"


def test_the_quantity_is_typed_in_place(on: Stage) -> None:
    on.press(Key.Key_F4)
    assert on.page.grid.stepper.line.hasFocus()
    on.type("0,486")
    on.press(Key.Key_Return)
    assert on.receipt.lines[2].quantity == Quantity(486)
    assert on.page.entry.line.hasFocus()
    assert on.receipt.amount == Money.of("208.19")
    assert on.total == "208.19\u00a0₽"


def test_a_wrong_quantity_leaves_the_line_and_says_why(on: Stage) -> None:
    on.press(Key.Key_F4)
    on.type("0")
    on.press(Key.Key_Return)
    assert on.receipt.lines[2].quantity == Quantity(1000)
    assert on.page.grid.stepper.value() == "1"
    assert on.page.entry.error()


def test_a_scan_into_the_quantity_is_a_scan(on: Stage) -> None:
    on.press(Key.Key_F4)
    on.scan("4600000104126")
    wait_until(lambda: bool(on.page.passing.unknown_code))
    assert on.receipt.lines[2].quantity == Quantity(1000)


def test_a_double_click_opens_what_was_clicked(on: Stage) -> None:
    grid = on.page.grid

    def double_click(part: Part) -> None:
        spot = grid.visualRect(grid.sale_model.index(0, part)).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    double_click(Part.PRICE)
    answer(on, "110,5")
    assert on.receipt.lines[0].price == Money.of("110.50")
    double_click(Part.DISCOUNT)
    answer(on, "10")
    assert discount_of(on, 0) == Discount(percent=1000)


def test_price_and_discounts_change_the_total_as_the_domain_says(on: Stage) -> None:
    on.press(Key.Key_F4, Shift)
    answer(on, "90")
    on.press(Key.Key_F6)
    answer(on, "12,5")
    assert discount_of(on, 2) == Discount(percent=1250)
    assert cell(on, 2, Part.DISCOUNT) == "\u221212.5%"
    on.press(Key.Key_Up)
    on.press(Key.Key_F6)
    on.press(Key.Key_F6)
    answer(on, "4.50")
    assert discount_of(on, 1) == Discount(amount=Money.of("4.50"))
    on.press(Key.Key_F6, Shift)
    answer(on, "3 %")
    assert on.receipt.discount == Discount(percent=300)
    assert on.receipt.amount == Money.of("231.59")
    assert on.total == "231.59\u00a0₽"
    assert sum(line.result.minor for line in on.receipt.priced) == 23159


def test_an_empty_answer_takes_a_discount_away_and_esc_leaves_it(on: Stage) -> None:
    on.press(Key.Key_F6)
    answer(on, "10")
    on.press(Key.Key_F6)
    on.press(Key.Key_Escape)
    assert discount_of(on, 2) == Discount(percent=1000)
    on.press(Key.Key_F6)
    on.press(Key.Key_Delete)
    on.press(Key.Key_Return)
    assert discount_of(on, 2) is None
    assert open_dialogs(on) == 0
    assert on.page.entry.line.hasFocus()


def test_a_wrong_answer_stays_in_the_dialog(on: Stage) -> None:
    on.press(Key.Key_F4, Shift)
    answer(on, "abc")
    assert open_dialogs(on) == 1
    assert on.receipt.lines[2].price == Money.of("89.90")
    answer(on, "4600000104126")
    assert open_dialogs(on) == 1
    answer(on, "91")
    assert on.receipt.lines[2].price == Money.of(91)


def test_f12_does_nothing_behind_a_dialog(on: Stage) -> None:
    on.press(Key.Key_F6)
    on.press(Key.Key_F12)
    assert not on.requested
    on.press(Key.Key_Escape)


def test_del_removes_the_chosen_line_and_undo_brings_it_back(on: Stage) -> None:
    on.press(Key.Key_Up)
    on.press(Key.Key_Delete)
    assert on.names == ["Tea", "Milk"]
    assert on.page.grid.chosen_row() == 1
    on.press(Key.Key_Z, Control)
    assert on.names == ["Tea", "Bread", "Milk"]
    assert on.page.grid.chosen_row() == 1


def test_undo_goes_back_through_every_change(on: Stage) -> None:
    on.press(Key.Key_Plus, Pad)
    on.press(Key.Key_F6)
    answer(on, "10")
    on.press(Key.Key_Backspace, Alt)
    assert discount_of(on, 2) is None
    on.press(Key.Key_Z, Control)
    assert on.receipt.lines[2].quantity == Quantity(1000)
    for _ in range(4):
        on.press(Key.Key_Z, Control)
    assert on.names == []
    assert on.page.grid.empty.isVisible()


def test_undo_is_the_fields_own_while_letters_are_in_it(on: Stage) -> None:
    on.type("te")
    on.press(Key.Key_Z, Control)
    assert on.names == ["Tea", "Bread", "Milk"]


def test_clearing_offers_a_way_back_until_the_next_change(on: Stage) -> None:
    on.press(Key.Key_Delete, Control)
    assert on.names == []
    assert on.find("sale.cleared").isVisible()
    on.settle()
    assert on.saved().receipt.lines == ()
    QTest.mouseClick(on.find("sale.cleared.restore"), Qt.MouseButton.LeftButton)
    assert on.names == ["Tea", "Bread", "Milk"]
    assert not on.find("sale.cleared").isVisible()
    on.press(Key.Key_Delete, Control)
    on.add("Juice", "1")
    assert not on.find("sale.cleared").isVisible()


def test_the_chosen_row_is_kept_in_sight_in_the_narrow_window(on: Stage) -> None:
    receipt = on.receipt
    for number in range(20):
        receipt = receipt.add(f"Goods {number}", Money.of(1))
    on.resize(1024, 640)
    on.page.draft.change(receipt)
    grid = on.page.grid
    assert grid.viewport().rect().contains(grid.stepper.geometry())
    for _ in range(22):
        on.press(Key.Key_Up)
    assert grid.chosen_row() == 0
    assert grid.viewport().rect().contains(grid.stepper.geometry())


def test_names_stand_in_two_lines_in_the_narrow_window(on: Stage) -> None:
    on.page.draft.change(on.receipt.with_name(1, LONG))
    on.resize(1024, 640)
    grid = on.page.grid
    wait_until(lambda: grid.isColumnHidden(Part.NUMBER))
    width = grid.columnWidth(Part.NAME)
    shown = two_lines(LONG, grid.font(), width - 24)
    assert len(shown) == 2
    assert grid.rowHeight(0) == 48
    assert on.page.panel.width() == 320
    on.resize(1366, 768)
    wait_until(lambda: not grid.isColumnHidden(Part.NUMBER))
    assert grid.rowHeight(0) == 52
    assert on.page.panel.width() == 384


def test_large_sums_are_never_cut(on: Stage) -> None:
    on.resize(1024, 640)
    on.page.draft.change(on.receipt.with_price(1, Money.of(1_000_000)))
    on.page.draft.change(on.receipt.with_quantity(1, Quantity(1_000_000)))
    grid = on.page.grid
    metrics = grid.fontMetrics()
    for part in (Part.PRICE, Part.SUM):
        assert grid.columnWidth(part) >= metrics.horizontalAdvance(cell(on, 0, part)) + 24


def test_units_are_written_for_whole_numbers_only(on: Stage) -> None:
    assert cell(on, 2, Part.QUANTITY) == "1 pcs"
    on.press(Key.Key_F4)
    on.type("0.5")
    on.press(Key.Key_Return)
    assert cell(on, 2, Part.QUANTITY) == "0.500"


def test_five_hundred_lines_stay_quick(on: Stage) -> None:
    receipt = Receipt()
    for number in range(LINES_LIMIT):
        receipt = receipt.add(f"Goods number {number}", Money.of("12.34"))
    on.page.draft.change(receipt.with_discount(Discount(percent=300)))
    began = time.perf_counter()
    for _ in range(5):
        on.press(Key.Key_Plus, Pad)
    on.press(Key.Key_Delete)
    QTest.qWait(1)
    assert time.perf_counter() - began < 2
    assert len(on.names) == LINES_LIMIT - 1
    grid = on.page.grid
    assert not grid.visualRect(grid.sale_model.index(LINES_LIMIT - 2, 0)).isEmpty()


def test_only_what_changed_is_told_to_the_view(on: Stage) -> None:
    model = on.page.grid.sale_model
    resets: list[int] = []
    removed: list[tuple[int, int]] = []
    inserted: list[tuple[int, int]] = []
    model.modelReset.connect(lambda: resets.append(1))

    def note_removed(parent: QModelIndex, first: int, last: int) -> None:
        removed.append((first, last))

    def note_inserted(parent: QModelIndex, first: int, last: int) -> None:
        inserted.append((first, last))

    model.rowsRemoved.connect(note_removed)
    model.rowsInserted.connect(note_inserted)
    on.press(Key.Key_Up)
    on.press(Key.Key_Delete)
    on.press(Key.Key_Z, Control)
    assert (resets, removed, inserted) == ([], [(1, 1)], [(1, 1)])


def test_tab_reaches_percent_and_sum_in_the_question_for_a_discount(on: Stage) -> None:
    on.press(Key.Key_F6)
    seen = set()
    for _ in range(5):
        on.press(Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus.objectName())
    assert {"sale.number.percent", "sale.number.sum", "sale.number.value"} <= seen


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 640)])
def test_no_head_of_a_column_is_cut(on: Stage, width: int, height: int) -> None:
    on.resize(width, height)
    head = on.page.grid.horizontalHeader()
    model = on.page.grid.sale_model
    font = QFont(head.font())
    font.setPixelSize(13)  # as the style sheet has it
    font.setWeight(QFont.Weight.Medium)
    metrics = QFontMetrics(font)
    for part in (Part.PRICE, Part.QUANTITY, Part.DISCOUNT, Part.SUM):
        words = str(model.headerData(part, Qt.Orientation.Horizontal))
        assert head.sectionSize(part) >= metrics.horizontalAdvance(words) + 24, words
