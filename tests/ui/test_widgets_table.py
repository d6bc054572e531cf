from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.ui.theme import ThemeController
from cashier.ui.widgets.cell import two_lines
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.suggestion_list import KeyHint, Suggestion, SuggestionList
from cashier.ui.widgets.table import Column, TableFrame, TableView
from tests.ui.on_screen import show_active
from tests.ui.qr_reading import rendered
from tests.ui.receipt_model import LINES, ReceiptModel

pytestmark = pytest.mark.usefixtures("themed")

COLUMNS = (
    Column(width=52),
    Column(),
    Column(width=140),
    Column(width=160),
    Column(width=130),
)


@pytest.fixture
def frame(qtbot: QtBot) -> TableFrame:
    table = TableView(name="sale.grid", accessible="Receipt")
    table.setModel(ReceiptModel(table))
    table.set_columns(COLUMNS)
    whole = TableFrame(table)
    qtbot.addWidget(whole)
    whole.resize(850, 400)
    show_active(qtbot, whole)
    return whole


def test_table_has_the_rows_and_columns_of_the_design(
    frame: TableFrame, themed: ThemeController
) -> None:
    table = frame.table
    assert table.rowHeight(0) == 52
    assert table.columnWidth(0) == 52
    assert table.horizontalHeader().height() == 40
    total = sum(table.columnWidth(column) for column in range(5))
    assert total == table.viewport().width()
    themed.choose(scale=125, touch=True)
    assert table.rowHeight(0) == 80
    assert table.columnWidth(2) == 175


def test_chosen_row_has_the_blue_bar_and_its_soft_fill(frame: TableFrame) -> None:
    table = frame.table
    table.choose_row(1)
    picture = rendered(table.viewport())
    middle = table.rowViewportPosition(1) + 20
    assert picture.pixelColor(1, middle) == QColor("#1B55D3")
    assert picture.pixelColor(5, middle) == QColor("#E6EDFC")
    other = table.rowViewportPosition(0) + 20
    assert picture.pixelColor(1, other) == QColor("#FFFFFF")
    bottom = table.rowViewportPosition(0) + 51
    assert picture.pixelColor(400, bottom) == QColor("#DCE0E6")


def test_choice_moves_by_steps_and_stays_inside(frame: TableFrame) -> None:
    table = frame.table
    table.choose_row(-1)
    assert table.chosen_row() == -1
    table.move_choice(1)
    assert table.chosen_row() == 0
    table.move_choice(100)
    assert table.chosen_row() == len(LINES) - 1
    table.move_choice(-100)
    assert table.chosen_row() == 0
    table.choose_row(-1)
    assert table.chosen_row() == -1


def test_tab_leaves_the_table(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    table = TableView(name="t.grid", accessible="Receipt")
    table.setModel(ReceiptModel(table))
    after = Field(name="t.after", accessible="After")
    layout = QVBoxLayout(page)
    layout.addWidget(table)
    layout.addWidget(after)
    show_active(qtbot, page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert after.line.hasFocus()


def test_long_name_takes_two_lines_and_is_cut_in_the_second(themed: ThemeController) -> None:
    font = QFont("Inter")
    font.setPixelSize(16)
    assert two_lines("Bag", font, 200) == ["Bag"]
    first, second = two_lines("word " * 60, font, 200)
    assert first.startswith("word")
    assert second.endswith("…")
    assert "".join(two_lines("onelongword" * 20, font, 100)).startswith("onelong")


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    entry = Field(name="sale.entry", accessible="Entry", parent=window)
    entry.setGeometry(20, 20, 600, 56)
    show_active(qtbot, window)
    return window


def suggestions(page: QWidget) -> SuggestionList:
    found = SuggestionList(page, name="sale.suggestions", accessible="Suggestions")
    found.set_hints((KeyHint(("↑", "↓"), "choose"), KeyHint(("Enter",), "add")))
    entry = page.findChild(Field)
    assert entry is not None
    found.place_under(entry)
    return found


def rows_of(found: SuggestionList) -> QListView:
    rows = found.findChild(QListView, "sale.suggestions.list")
    assert rows is not None
    return rows


def goods(count: int) -> list[Suggestion]:
    return [
        Suggestion(text=f"Juice <b>{n}</b>", detail=f"art. {n}", right="1,00 ₽", data=n)
        for n in range(count)
    ]


def test_suggestions_lie_under_the_entry_and_show_at_most_six_rows(page: QWidget) -> None:
    found = suggestions(page)
    found.show_suggestions(goods(20), query="ju", found="found 20")
    assert found.isVisible()
    assert found.geometry().topLeft() == QPoint(20, 82)
    assert found.width() == 600
    assert rows_of(found).height() == 6 * 56
    found.show_suggestions(goods(2))
    assert found.height() < 200
    found.show_suggestions([])
    assert not found.isVisible()


def test_suggestion_is_chosen_without_the_focus_leaving_the_entry(
    qtbot: QtBot, page: QWidget
) -> None:
    found = suggestions(page)
    entry = page.findChild(Field)
    assert entry is not None
    entry.line.setFocus()
    found.show_suggestions(goods(3))
    found.move_choice(1)
    current = found.current()
    assert current is not None
    assert current.data == 1
    with qtbot.waitSignal(found.chosen, timeout=1000) as heard:
        assert found.choose_current()
    assert heard.args is not None
    assert heard.args[0].data == 1
    assert not found.isVisible()
    assert not found.choose_current()
    assert entry.line.hasFocus()


def test_suggestion_is_chosen_by_a_click(qtbot: QtBot, page: QWidget) -> None:
    found = suggestions(page)
    found.show_suggestions(goods(3))
    rows = rows_of(found)
    with qtbot.waitSignal(found.chosen, timeout=1000) as heard:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 140))
    assert heard.args is not None
    assert heard.args[0].data == 2


def test_suggestion_is_heard_whole(page: QWidget) -> None:
    found = suggestions(page)
    found.show_suggestions(goods(1))
    rows = rows_of(found)
    index = rows.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Juice <b>0</b>, art. 0, 1,00 ₽"
