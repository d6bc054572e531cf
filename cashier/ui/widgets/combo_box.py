"""A list to choose one word from."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from cashier.ui import icons
from cashier.ui.fonts import text_font
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded


class ComboBox(QComboBox):
    """Looks like a field with an arrow. The wheel does not turn it: pages scroll under it."""

    def __init__(self, *, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setView(QListView())
        self.view().setObjectName(f"{name}.list")
        self.view().setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme.px(17))
        self.setFont(font)
        self.view().setFont(font)
        self.setFixedHeight(theme.height("input"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        metrics = QFontMetrics(self.font())
        texts = [self.itemText(index) for index in range(self.count())]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return QSize(widest + theme.px(15 + 12 + 20 + 15), theme.height("input"))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(96), current_theme().height("input"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        border, width, fill, ink = "line-strong", 1, "surface", "text"
        if not self.isEnabled():
            border, fill, ink = "line", "surface-2", "text-off"
        elif self.hasFocus():
            border, width = "focus", theme.px(2)
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(10),
            fill=theme.color(fill),
            border=theme.color(border),
            width=width,
        )
        pad, side = theme.px(15), theme.px(20)
        spot = QRectF(self.width() - pad - side, (self.height() - side) / 2, side, side)
        arrow = theme.color("text-2" if self.isEnabled() else "text-off")
        icons.paint_icon(painter, spot, "chevron-down", arrow)
        room = QRect(pad, 0, self.width() - 2 * pad - side - theme.px(8), self.height())
        painter.setFont(text_font(self.font(), self.currentText()))
        painter.setPen(theme.color(ink))
        text = QFontMetrics(self.font()).elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
