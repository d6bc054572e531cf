"""A cashier's hands and eyes: keys into the real window, and what stands on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import zxingcpp
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QMenu, QWidget

from cashier.app import App
from cashier.sandbox.server import SandboxServer
from cashier.ui.main_window import MainWindow
from cashier.ui.pages.first_start import FirstStart
from cashier.ui.pages.moving import MovingWindow
from cashier.ui.pages.rescue import RescueWindow

PATIENCE = 15.0
DEAF_FOR = 0.6
SECTION_KEYS = (
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_3,
    Qt.Key.Key_4,
    Qt.Key.Key_5,
    Qt.Key.Key_6,
)
"""With Ctrl, the sections of the rail from the top."""

W = TypeVar("W", bound=QWidget)


class StrayWindows(QObject):
    """Notes every window that comes up beside the till's own, if only for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(
                watched, (QMainWindow, QMenu, FirstStart, RescueWindow, MovingWindow)
            )
        ):
            self.names.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def settle(app: App) -> None:
    """Wait until the till is open, or something else stands in its place. Raises CashierError."""
    end = time.monotonic() + PATIENCE
    while app.is_opening:
        assert time.monotonic() < end, "the till never opened"
        turn(0.01)
    if app.trouble is not None:
        raise app.trouble


def turn(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


class Driver:
    """Drives one run of the application."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.strays = StrayWindows()
        QApplication.instance().installEventFilter(self.strays)  # type: ignore[union-attr]

    @property
    def window(self) -> MainWindow:
        assert self.app.window is not None
        return self.app.window

    @property
    def sandbox(self) -> SandboxServer:
        assert self.app.sandbox is not None
        return self.app.sandbox

    def ready(self, width: int, height: int) -> None:
        """The first view is on screen and the draft can be typed into."""
        if self.app.window is None:
            return
        self.window.showNormal()
        self.window.resize(width, height)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.until(lambda: self.text("header.health.first") != "")
        self.turn(0.05)

    # Eyes

    def find(self, name: str, kind: type[W]) -> W:
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    def sees(self, name: str) -> bool:
        found = self.window.findChild(QWidget, name)
        return isinstance(found, QWidget) and found.isVisible()

    def text(self, name: str) -> str:
        """What a label says, or the accessible name of what is painted."""
        found = self.window.findChild(QWidget, name)
        if found is None:
            return ""
        return found.text() if isinstance(found, QLabel) else str(found.accessibleName())

    def qr(self) -> str:
        """What a phone reads from the pixels of the window."""
        image = self.window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        data = bytes(image.constBits())
        width, height, stride = image.width(), image.height(), image.bytesPerLine()
        rows = b"".join(data[y * stride : y * stride + width] for y in range(height))
        view = memoryview(rows).cast("B", (height, width))
        found = zxingcpp.read_barcodes(view)  # type: ignore[arg-type, unused-ignore]
        return found[0].text if found else ""

    # Hands

    def type(self, text: str) -> None:
        """Type as a person does, with the layout that the letters need."""
        for letter in text:
            target = QApplication.focusWidget() or self.window
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = ord(letter.upper()) if letter.isascii() else 0
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, event)
            self.turn(0.035)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.turn(0.02)

    def enter_goods(self, name: str, price: str) -> None:
        """A name, F10, its price, Enter."""
        entry = self.find("sale.entry", QLineEdit)
        self.type(name)
        self.until(lambda: entry.text().endswith(name[-2:]))
        self.press(Qt.Key.Key_F10)
        self.type(price)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: entry.text() == "")

    def show_qr(self) -> str:
        """F12; returns the gateway's id of the payment whose QR is on screen."""
        before = len(self.sandbox.gateway.payments())
        self.until(lambda: self.find("sale.pay", QWidget).isEnabled())
        self.press(Qt.Key.Key_F12)
        self.until(lambda: len(self.sandbox.gateway.payments()) == before + 1)
        self.until(lambda: self.sees("payment.qr"))
        payment_id = self.sandbox.gateway.payments()[-1].id
        self.until(lambda: payment_id in self.qr())
        return payment_id

    # Time

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, "waited in vain"
            self.turn(0.02)

    def turn(self, seconds: float) -> None:
        """Let the event loop run."""
        turn(seconds)
