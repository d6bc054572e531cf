"""A button at work keeps its place in the keyboard's hands: no other button gets the next press."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.ui.widgets.button import Button
from tests.ui.on_screen import show_active

pytestmark = pytest.mark.usefixtures("themed")


class Pair(QWidget):
    """Two buttons, one above the other, and which of them were pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.first = Button("Check", name="check")
        self.second = Button("Pay", name="pay")
        layout = QVBoxLayout(self)
        for button in (self.first, self.second):
            layout.addWidget(button)
            button.clicked.connect(lambda _=False, one=button: self.pressed.append(one.text()))


@pytest.fixture
def pair(qtbot: QtBot) -> Pair:
    window = Pair()
    qtbot.addWidget(window)
    show_active(qtbot, window)
    window.first.setFocus()
    return window


def press(pair: Pair, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or pair, key)


def test_the_key_that_began_the_work_presses_nothing_else_while_it_lasts(pair: Pair) -> None:
    press(pair, Qt.Key.Key_Space)
    pair.first.set_busy("Checking…")
    press(pair, Qt.Key.Key_Space)
    assert pair.pressed == ["Check"]


def test_the_focus_is_back_when_the_work_is_done(pair: Pair) -> None:
    pair.first.set_busy("Checking…")
    pair.first.set_busy(None)
    assert pair.first.hasFocus()
    press(pair, Qt.Key.Key_Space)
    assert pair.pressed == ["Check"]


def test_the_focus_is_back_where_the_page_enables_the_button_last(pair: Pair) -> None:
    pair.first.set_busy("Checking…")
    pair.first.setEnabled(False)
    pair.first.set_busy(None)
    pair.first.setEnabled(True)
    assert pair.first.hasFocus()


def test_whoever_went_on_meanwhile_is_not_called_back(pair: Pair) -> None:
    pair.first.set_busy("Checking…")
    press(pair, Qt.Key.Key_Tab)
    assert pair.second.hasFocus()
    pair.first.set_busy(None)
    assert pair.second.hasFocus()


def test_the_work_of_another_button_takes_no_focus(pair: Pair) -> None:
    pair.second.set_busy("Paying…")
    pair.second.set_busy(None)
    assert pair.first.hasFocus()
