"""The header of the shift's table: each word with the icon of its state close before it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from cashier.ui import icons
from cashier.ui.fonts import text_font
from cashier.ui.theme import current_theme

_ICONS = {
    1: ("circle-check", "ok-text"),
    3: ("circle-x", "bad-text"),
    4: ("ban", "mute-text"),
    5: ("circle-question-mark", "warn-text"),
    6: ("undo-2", "refund-text"),
}
ICONS_ALONE = frozenset({1, 3, 4, 5})
"""Columns whose header is only an icon where the window is narrow; the tip has the word."""


class StateHeader(QHeaderView):
    """Painted here: Qt itself puts an icon far from a text at the right."""

    def __init__(self, *, name: str, accessible: str, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(1)
        self.is_narrow = False

    def sizeHint(self) -> QSize:
        return QSize(0, current_theme().px(38))

    def paintSection(  # noqa: N802  Qt's own name
        self, painter: QPainter, rect: QRect, index: int
    ) -> None:
        theme = current_theme()
        is_first, is_last = index == 0, index == self.count() - 1
        left, right = theme.px(18 if is_first else 4), theme.px(18 if is_last else 12)
        room = QRectF(rect.adjusted(left, 0, -right, -1))
        alone = self.is_narrow and index in ICONS_ALONE
        word = self.model().headerData(index, Qt.Orientation.Horizontal)
        text = "" if alone else str(word or "")
        font = QFont(text_font(self.font(), text))
        font.setPixelSize(theme.px(13))
        font.setWeight(QFont.Weight.Medium)
        metrics = QFontMetrics(font)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        side = Qt.AlignmentFlag.AlignLeft if is_first else Qt.AlignmentFlag.AlignRight
        painter.save()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.setFont(font)
        painter.setPen(theme.color("text-3"))
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), text)
        if index in _ICONS:
            px = theme.px(16)
            gap = metrics.horizontalAdvance(text) + theme.px(6) if text else 0
            spot = QRectF(room.right() - gap - px, room.center().y() - px / 2, px, px)
            if spot.left() >= rect.left():
                name, colour = _ICONS[index]
                icons.paint_icon(painter, spot, name, theme.color(colour))
        painter.restore()
