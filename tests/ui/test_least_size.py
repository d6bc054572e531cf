"""The window is never higher than its screen: else the footer would lie under the edge."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cashier.ui.frame.layout import MINIMUM, least_size
from cashier.ui.theme import ThemeController, ThemeName, current_theme


def test_it_is_whole_where_the_screen_has_the_room(qtbot: QtBot, themed: ThemeController) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert window.screen().availableGeometry().height() > MINIMUM[1] + 100
    assert least_size(window, current_theme()).toTuple() == MINIMUM


def test_a_low_screen_makes_it_lower(qtbot: QtBot, themed: ThemeController) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry().height()
    themed.choose(ThemeName.LIGHT, scale=150, touch=False, animated=False)
    assert current_theme().px(MINIMUM[1]) > room
    assert least_size(window, current_theme()).height() < room
