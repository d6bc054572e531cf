"""A key's name drawn as a key."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded

_ON_FILL = 140


class KeycapLook(StrEnum):
    """What the keycap lies on."""

    PLAIN = "plain"
    BUTTON = "button"
    FILL = "fill"
    STAGE = "stage"
    STAGE_PAPER = "stage-paper"


class Keycap(QLabel):
    """A 24 px key with `text`, e.g. "F12". Takes no mouse: what it lies on does."""

    def __init__(
        self,
        text: str,
        *,
        look: KeycapLook = KeycapLook.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("role", "key")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._look = look
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def set_look(self, look: KeycapLook) -> None:
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        advance = QFontMetrics(key_font(self.font(), theme)).horizontalAdvance(self.text())
        width = max(theme.px(26), advance + 2 * theme.px(7) + 2)
        return QSize(width, theme.height("keycap"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        border, fill, ink = self._colours(theme)
        painter = QPainter(self)
        draw_rounded(painter, self.rect(), radius=theme.px(6), fill=fill, border=border)
        painter.setFont(key_font(self.font(), theme))
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _colours(self, theme: Theme) -> tuple[QColor, QColor | None, QColor]:
        if self._look in (KeycapLook.FILL, KeycapLook.STAGE) and self.isEnabled():
            line = QColor("white")
            line.setAlpha(_ON_FILL)
            return line, None, QColor("white")
        if self._look is KeycapLook.STAGE_PAPER:
            ink = theme.color("stage-ink")
            return ink, None, ink
        if not self.isEnabled():
            return theme.color("line"), theme.color("surface-2"), theme.color("text-off")
        if self._look is KeycapLook.BUTTON:
            return theme.color("line"), theme.color("surface-2"), theme.color("text-2")
        return theme.color("line-strong"), theme.color("surface"), theme.color("text-2")


def key_font(base: QFont, theme: Theme) -> QFont:
    """The font of a keycap."""
    font = QFont(base)
    font.setPixelSize(theme.px(13))
    font.setWeight(QFont.Weight.DemiBold)
    return font
