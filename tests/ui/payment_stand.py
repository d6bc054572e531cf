"""The payment page on screen, and short words for what tests do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cashier.services.views import PaymentView
from cashier.ui.widgets.button import Button
from tests.ui.on_screen import show_active
from tests.ui.payment_kit import FrameStandIn, HandClock, Notes
from tests.ui.payment_views import till_view
from tests.ui.settling import settle


class Stand:
    """The page on screen, and short words for what tests do with it."""

    def __init__(self, qtbot: QtBot, frame: FrameStandIn, notes: Notes, clock: HandClock) -> None:
        self.qtbot, self.frame, self.notes, self.clock = qtbot, frame, notes, clock
        self.page = frame.page

    def show(self, view: PaymentView) -> None:
        self.page.show_payment(view, till_view(view))
        if not self.frame.isVisible():
            show_active(self.qtbot, self.frame)
            self.page.entered()

    def press(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget() or self.page
        QTest.keyClick(focus, key)

    def pass_time(self, seconds: float) -> None:
        self.clock.seconds += seconds
        self.page.tick()

    def find(self, name: str) -> QWidget:
        found = [widget for widget in self.frame.findChildren(QWidget, name) if widget.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)}"
        return found[0]

    def has(self, name: str) -> bool:
        return any(one.isVisible() for one in self.frame.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        label = self.find(name)
        assert isinstance(label, QLabel)
        return label.text()

    def button(self, name: str) -> Button:
        found = self.find(name)
        assert isinstance(found, Button)
        return found

    def buttons(self) -> set[str]:
        return {one.objectName() for one in self.page.findChildren(QPushButton) if one.isVisible()}

    def settle(self) -> None:
        """Let calls in the background come home."""
        settle(self.frame.background)


def is_busy(button: Button) -> bool:
    """A call, so that a type checker does not take the first answer for the last."""
    return button.is_busy
