"""A state in a few words on a soft fill, with its icon."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cashier.ui import icons
from cashier.ui.fonts import text_font
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.tone import Tone

_PAD_LEFT, _PAD_RIGHT, _GAP, _ICON, _RADIUS = 8, 10, 6, 16, 7


class Badge(QLabel):
    """Shows `text` (its accessible name) with `icon` in the colours of `tone`."""

    def __init__(
        self,
        text: str = "",
        *,
        tone: Tone = Tone.MUTE,
        icon: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tone = tone
        self._icon = icon
        self.setText(text)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def show_state(self, text: str, *, tone: Tone, icon: str) -> None:
        self._tone = tone
        self._icon = icon
        self.setText(text)
        self.updateGeometry()
        self.update()

    @property
    def tone(self) -> Tone:
        return self._tone

    def sizeHint(self) -> QSize:
        return badge_size(self.font(), self.text(), icon=self._icon)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_badge(
            QPainter(self), QPoint(0, 0), self.font(), self.text(), tone=self._tone, icon=self._icon
        )


def badge_size(base: QFont, text: str, *, icon: str = "") -> QSize:
    """How large the badge will be."""
    theme = current_theme()
    width = QFontMetrics(_badge_font(base, theme, text)).horizontalAdvance(text)
    width += theme.px(_PAD_LEFT) + theme.px(_PAD_RIGHT)
    if icon:
        width += theme.px(_ICON) + theme.px(_GAP)
    return QSize(width, theme.height("badge"))


def short_badge(base: QFont, text: str, *, icon: str = "", width: int) -> str:
    """`text`, cut with an ellipsis where its badge would be wider than `width` pixels."""
    spare = badge_size(base, text, icon=icon).width() - width
    if spare <= 0:
        return text
    metrics = QFontMetrics(_badge_font(base, current_theme(), text))
    room = metrics.horizontalAdvance(text) - spare
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))


def paint_badge(
    painter: QPainter,
    corner: QPoint,
    base: QFont,
    text: str,
    *,
    tone: Tone,
    icon: str = "",
    on_selection: bool = False,
) -> None:
    """Draw a badge with its top left at `corner`; in a selected row its fill is the surface."""
    theme = current_theme()
    size = badge_size(base, text, icon=icon)
    paper = on_selection and tone is not Tone.LATE
    fill = theme.color("surface" if paper else tone.soft)
    ink = theme.color(tone.text)
    draw_rounded(painter, QRect(corner, size), radius=theme.px(_RADIUS), fill=fill)
    left = corner.x() + theme.px(_PAD_LEFT)
    if icon:
        side = theme.px(_ICON)
        spot = QRectF(left, corner.y() + (size.height() - side) / 2, side, side)
        icons.paint_icon(painter, spot, icon, ink)
        left += side + theme.px(_GAP)
    painter.setFont(_badge_font(base, theme, text))
    painter.setPen(ink)
    room = QRect(left, corner.y(), size.width(), size.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _badge_font(base: QFont, theme: Theme, text: str) -> QFont:
    font = QFont(text_font(base, text))
    font.setPixelSize(theme.px(14))
    font.setWeight(QFont.Weight.DemiBold)
    return font
