"""Where the parts of the window stand."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.ui.theme import Theme

MINIMUM = (1024, 640)
TITLE_BAR = 24
"""As high as Fusion draws it, until the system has given the window its own."""


def least_size(window: QWidget, theme: Theme) -> QSize:
    """Where the pages are whole, unless the screen is lower than that with the window's frame."""
    width, height = (max(side, theme.px(side)) for side in MINIMUM)
    frame = max(TITLE_BAR, window.frameGeometry().height() - window.height())
    return QSize(width, min(height, window.screen().availableGeometry().height() - frame))


def centre(window: QWidget, card: QWidget) -> None:
    """One card in the middle of a window of its own, a little above the half."""
    from PySide6.QtCore import Qt

    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    window.setProperty("surface", "canvas")
    middle = QVBoxLayout()
    middle.addStretch(2)
    middle.addWidget(card)
    middle.addStretch(3)
    around = QHBoxLayout(window)
    around.addStretch(1)
    around.addLayout(middle, 100)
    around.addStretch(1)
