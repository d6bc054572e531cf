"""The window before its till: it says what is waited for, and nothing else.

It is all that the way to the first picture makes; `tests/unit/test_start.py` guards that.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from cashier.ui.frame.layout import least_size
from cashier.ui.frame.opening_page import OpeningPage
from cashier.ui.theme import Theme, current_theme, follow_theme

UNSEEN_MS = 500
"""A window that starts as an icon is never painted."""


class Shell(QMainWindow):
    """A room with the opening page in it; whatever else comes stands there in its place."""

    painted = Signal()
    """Once: a person sees the window, or after half a second nobody does."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self._is_painted = False
        self.opening = OpeningPage()
        whole = QWidget()
        self.setCentralWidget(whole)
        self._whole = QVBoxLayout(whole)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._room = QStackedWidget()
        self._room.addWidget(self.opening)
        self._whole.addWidget(self._room)
        QTimer.singleShot(UNSEEN_MS, self, self._see)
        follow_theme(self.restyle)
        self.retranslate()
        self.opening.setFocus()

    def take_in(self, workplace: QWidget, band: QWidget | None) -> None:
        """Make ready what comes in the opening page's place, and a `band` over all that comes."""
        self._room.addWidget(workplace)
        if band is not None:
            band.hide()
            self._whole.insertWidget(0, band)
            self._room.currentChanged.connect(band.show)  # over the opening, it would push its line

    def leave_opening(self) -> None:
        """To the workplace, if nothing else, the lock, has come before it."""
        if self._room.currentWidget() is self.opening:
            self._room.setCurrentIndex(1)
        self._room.removeWidget(self.opening)

    def restyle(self, theme: Theme) -> None:
        self.fit()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Cashier"))

    def fit(self) -> None:
        """The window has another size, or its parts have."""
        self.setMinimumSize(least_size(self, current_theme()))

    def _see(self) -> None:
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            QTimer.singleShot(0, self, self._see)  # what stands in the window is painted after it

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
