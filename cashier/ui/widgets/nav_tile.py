"""A section's tile in the rail."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.label import set_tip
from cashier.ui.widgets.shape import draw_rounded

_COUNT_PX = 20


class NavTile(QToolButton):
    """Checkable tile with an icon, a word and a red count. Put the tiles into one QButtonGroup."""

    def __init__(
        self,
        text: str,
        *,
        name: str,
        icon: str,
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = icon
        self._count = 0
        self._compact = False
        self._accessible = accessible
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(48) if self._compact else theme.height("nav"))
        self.setProperty("ring-radius", theme.px(10))
        self.setProperty("ring-inset", True)
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(self._accessible or text)
        set_tip(self, text if self._compact else "")

    def set_accessible(self, accessible: str) -> None:
        self._accessible = accessible
        self.setAccessibleName(accessible or self.text())

    def set_compact(self, compact: bool) -> None:
        """Only the icon, 48 px high, with the word as a tip: for narrow windows."""
        if compact != self._compact:
            self._compact = compact
            set_tip(self, self.text() if compact else "")
            self.restyle(current_theme())

    def set_count(self, count: int, *, accessible: str = "") -> None:
        """A red number at the corner, 0 for none, and what it means in words."""
        self._count = count
        self.set_accessible(accessible)
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(48 if self._compact else 79), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(40), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        fill, ink, weight = self._look()
        painter = QPainter(self)
        if fill:
            draw_rounded(painter, self.rect(), radius=theme.px(10), fill=theme.color(fill))
        picture = theme.px(24)
        font = self._font(theme, weight)
        line = QFontMetrics(font).height()
        gap = theme.px(5)
        height = picture if self._compact else picture + gap + line
        top = (self.height() - height) / 2
        spot = QRectF((self.width() - picture) / 2, top, picture, picture)
        icons.paint_icon(painter, spot, self._icon, theme.color(ink))
        if not self._compact:
            painter.setFont(font)
            painter.setPen(theme.color(ink))
            room = QRect(0, round(top + picture + gap), self.width(), line)
            text = QFontMetrics(font).elidedText(
                self.text(), Qt.TextElideMode.ElideRight, self.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        if self._count:
            self._paint_count(painter, theme)

    def _look(self) -> tuple[str, str, QFont.Weight]:
        if not self.isEnabled():
            return ("surface-3" if self.isChecked() else ""), "text-off", QFont.Weight.Medium
        if self.isChecked():
            return "accent-soft", "accent-text", QFont.Weight.DemiBold
        over = self.underMouse() or self.isDown()
        return ("surface-3" if over else ""), "text-2", QFont.Weight.Medium

    def _font(self, theme: Theme, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(13))
        font.setWeight(weight)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.1)
        return font

    def _paint_count(self, painter: QPainter, theme: Theme) -> None:
        text = str(self._count) if self._count < 100 else "99+"
        font = self._font(theme, QFont.Weight.Bold)
        height = theme.px(_COUNT_PX)
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + 2 * theme.px(5))
        spot = QRect(
            self.width() - theme.px(6 if self._compact else 12) - width, theme.px(5), width, height
        )
        draw_rounded(painter, spot, radius=height / 2, fill=theme.color("bad"))
        painter.setFont(font)
        painter.setPen(theme.color("on-bad"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
