"""A sum of money in large digits."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cashier.domain.money import Money
from cashier.ui import formats
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.room import Room

_SIGN_SHARE = 0.62
_SIGN_GAP_EM = 0.13
_TIGHT_FROM = 40
_TIGHT_PERCENT = 96.5
_BASELINE_EM = 0.864
_SHRINK = (124, 112, 100, 90, 80, 72, 62, 58, 48, 40, 34, 28, 24, 20, 16)


class AmountSize(Enum):
    """Pixels at 100 %."""

    S = 44
    COMPACT = 48
    M = 58
    L = 62
    WIDE = 80
    XL = 124

    @classmethod
    def of(cls, room: Room, *, touch: bool) -> AmountSize:
        """The size of the sum that a page is about."""
        if room is Room.NARROW:
            return cls.L if touch else cls.COMPACT
        return cls.WIDE if room is Room.WIDE else cls.L


class Amount(QWidget):
    """The whole sum on one line, made smaller until it fits: a sum is never cut."""

    def __init__(
        self,
        *,
        name: str,
        size: AmountSize = AmountSize.M,
        colour: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._size = size
        self._colour = colour
        self._align = align
        self._number = ""
        self._sign = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(self._size.value * 1.1))
        self.updateGeometry()
        self.update()

    def show_money(self, language: str, amount: Money) -> None:
        """Show the sum as `language` writes it; the text becomes the accessible name."""
        self._number = formats.bare_money(language, amount)
        self._sign = formats.CURRENCY_SIGNS[amount.currency]
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """All that is shown: «2 376,01 ₽»; empty before the first sum."""
        return f"{self._number}{formats.HARD_SPACE}{self._sign}" if self._number else ""

    def set_size(self, size: AmountSize) -> None:
        self._size = size
        self.restyle(current_theme())

    def set_colour(self, token: str) -> None:
        self._colour = token
        self.update()

    def font_px(self) -> int:
        """The pixel size the sum is drawn at now."""
        theme = current_theme()
        room = self.contentsRect().width()
        for at_100 in (self._size.value, *_SHRINK):
            if at_100 <= self._size.value and self._width_at(theme.px(at_100)) <= room:
                return theme.px(at_100)
        px = theme.px(_SHRINK[-1])
        while px > 1 and self._width_at(px) > room:
            px -= 1
        return px

    def sizeHint(self) -> QSize:
        width = self._width_at(current_theme().px(self._size.value))
        return QSize(round(width) + 1, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(80), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._number:
            return
        px = self.font_px()
        painter = QPainter(self)
        painter.setPen(current_theme().color(self._colour))
        baseline = (self.height() - px) / 2 + px * _BASELINE_EM
        left = self._left(self._width_at(px))
        number = self._font(px)
        painter.setFont(number)
        painter.drawText(QPointF(left, baseline), self._number)
        left += QFontMetricsF(number).horizontalAdvance(self._number) + px * _SIGN_GAP_EM
        painter.setFont(self._sign_font(px))
        painter.drawText(QPointF(left, baseline), self._sign)

    def _left(self, width: float) -> float:
        room = self.contentsRect()
        if self._align & Qt.AlignmentFlag.AlignRight:
            return room.right() + 1 - width
        if self._align & Qt.AlignmentFlag.AlignHCenter:
            return room.left() + (room.width() - width) / 2
        return float(room.left())

    def _width_at(self, px: int) -> float:
        number = QFontMetricsF(self._font(px)).horizontalAdvance(self._number)
        sign = QFontMetricsF(self._sign_font(px)).horizontalAdvance(self._sign)
        return number + px * _SIGN_GAP_EM + sign

    def _font(self, px: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(px)
        large = self._size is AmountSize.XL
        font.setWeight(QFont.Weight.Bold if large else QFont.Weight.DemiBold)
        if px >= _TIGHT_FROM:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _TIGHT_PERCENT)
        return font

    def _sign_font(self, px: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(round(px * _SIGN_SHARE), 1))
        font.setWeight(QFont.Weight.DemiBold)
        return font
