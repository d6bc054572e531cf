"""Where the parts of the window stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from cashier.ui.theme import Theme

MINIMUM = (1024, 640)


def least_size(window: QWidget, theme: Theme) -> QSize:
    """Where the pages are whole, unless the screen is lower than that with the window's frame."""
    width, height = (max(side, theme.px(side)) for side in MINIMUM)
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    frame = max(title, window.frameGeometry().height() - window.height())
    return QSize(width, min(height, window.screen().availableGeometry().height() - frame))


def lay_out(
    window: QMainWindow,
    *,
    training: QWidget | None,
    rail: QWidget,
    column: Sequence[QWidget],
    tall: QWidget,
) -> tuple[QStackedWidget, QWidget]:
    """The training band across the top, the rail at the left, the rest in a column beside it.

    Returns the room under the band and the workplace, its first page; the lock may be another.
    From the outside in, and before the pages are there: a widget that moves to another parent is
    styled again with everything in it.
    """
    whole = QFrame()
    window.setCentralWidget(whole)
    outer = QVBoxLayout(whole)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    if training is not None:
        outer.addWidget(training)
    room = QStackedWidget()
    outer.addWidget(room, 1)
    workplace = QWidget()
    workplace.setObjectName("workplace")
    room.addWidget(workplace)
    row = QHBoxLayout(workplace)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(rail)
    beside = QVBoxLayout()
    beside.setSpacing(0)
    row.addLayout(beside, 1)
    for part in column:
        beside.addWidget(part, 1 if part is tall else 0)
    return room, workplace


def centre(window: QWidget, card: QWidget) -> None:
    """One card in the middle of a window of its own, a little above the half."""
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
