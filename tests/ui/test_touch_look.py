"""What a finger sees: no keycaps, whole words, and nothing cut where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.ui.pages.history.filter_box import FilterBox
from cashier.ui.pages.sale_tools import SaleTools
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.empty_state import EmptyState
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.keycap import Keycap


def test_a_field_shows_its_key_to_the_keyboard_only(qtbot: QtBot, themed: ThemeController) -> None:
    field = Field(name="history.search", keycap="F3")
    qtbot.addWidget(field)
    field.show()
    keycap = field.findChild(Keycap)
    assert keycap is not None
    assert keycap.isVisible()
    themed.choose(ThemeName.LIGHT, scale=100, touch=True, animated=False)
    assert not keycap.isVisible()


@pytest.mark.parametrize("scale", [90, 95, 100, 105, 110, 115, 125, 135, 150])
@pytest.mark.parametrize("caption", ["Статус", "Кассир", "Сумма"])
def test_a_filter_has_room_for_its_caption_at_every_scale(
    qtbot: QtBot, themed: ThemeController, scale: int, caption: str
) -> None:
    themed.choose(ThemeName.LIGHT, scale=scale, touch=False, animated=False)
    box = FilterBox(name="history.filter")
    qtbot.addWidget(box)
    box.show_items(caption, [("Все", None), ("Оплачены", 1)], None)
    box.set_compact(True)
    box.resize(box.sizeHint())
    narrow = box.grab().toImage()
    box.resize(box.width() + 40, box.height())
    wide = box.grab().toImage()
    end = narrow.width() - themed.theme.px(14) - themed.theme.px(18) - 1
    top, bottom = 4, narrow.height() - 4
    assert narrow.copy(4, top, end - 4, bottom - top) == wide.copy(4, top, end - 4, bottom - top)


@pytest.mark.parametrize(("height", "has_icon"), [(190, False), (400, True)])
def test_in_a_low_room_the_words_and_the_button_are_whole_and_the_icon_gives_way(
    qtbot: QtBot, themed: ThemeController, height: int, has_icon: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    empty = EmptyState("The receipt is empty", name="e", icon="list", detail="Scan an item")
    button = empty.add_button(Button("Free price", name="e.free"))
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(empty)
    window.setFixedSize(500, height)
    window.show()
    icon = empty.findChild(IconLabel)
    assert icon is not None
    qtbot.waitUntil(lambda: icon.isVisible() == has_icon)
    qtbot.waitUntil(lambda: button.geometry().bottom() <= empty.height())
    for label in empty.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("width", [520, 900])
def test_the_five_buttons_under_the_grid_stay_inside_it(
    qtbot: QtBot, themed: ThemeController, width: int
) -> None:
    themed.choose(ThemeName.LIGHT, scale=100, touch=True, animated=False)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    tools = SaleTools()
    layout.addWidget(tools)
    window.setFixedSize(width, 100)
    window.show()
    buttons = tools.findChildren(Button)
    assert len(buttons) == 5
    qtbot.waitUntil(lambda: max(one.geometry().right() for one in buttons) < width)
    assert all(one.width() >= one.sizeHint().width() for one in buttons)
