"""One filter: its name, what it is set to, and a list that opens by a click or F4."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from cashier.ui import icons
from cashier.ui.fonts import text_font
from cashier.ui.theme import Theme, current_theme
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.shape import draw_rounded

_PAD, _GAP, _ARROW = 14, 10, 18
_LONGEST = 176
_LIST_LEAST = 220


class FilterBox(ComboBox):
    """`chosen` by a person, with the value of the item. The first item filters nothing.

    Compact, it leaves out the first item's word, unless it `always` tells it. Esc emits `left`.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, *, name: str, always: bool = False) -> None:
        super().__init__(name=name, accessible=name)
        self._always = always
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._caption = ""
        self._is_compact = False
        self._shown = ""
        self.activated.connect(self._choose)

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        self.setFixedHeight(theme.px(64 if theme.touch else 48))
        font = QFont(self.font())
        font.setPixelSize(theme.px(15))
        self.setFont(font)
        self.view().setFont(font)
        self.view().setMinimumWidth(theme.px(_LIST_LEAST))

    def show_items(self, caption: str, items: list[tuple[str, object]], value: object) -> None:
        """All items again, with `value` as the one that is set."""
        self._caption = caption
        self.blockSignals(True)
        self.clear()
        for text, item in items:
            self.addItem(text, item)
        self.blockSignals(False)
        self.set_value(value)

    def set_value(self, value: object, *, shown: str = "") -> None:
        """Show a value without telling; `shown` stands for the item's own words."""
        at = next((n for n in range(self.count()) if self.itemData(n) == value), 0)
        self.setCurrentIndex(at)
        self._shown = shown
        self.setAccessibleName(f"{self._caption}: {self._value_text()}")
        self.updateGeometry()
        self.update()

    def value(self) -> object:
        return self.itemData(self.currentIndex())

    def set_compact(self, compact: bool) -> None:
        if compact != self._is_compact:
            self._is_compact = compact
            self.updateGeometry()
            self.update()

    def width_for(self, *, compact: bool) -> int:
        """How wide it would like to be."""
        theme = current_theme()
        width = 2 * theme.px(_PAD) + theme.px(_GAP) + theme.px(_ARROW) + self._caption_width()
        if self._is_set or self._always or not compact:
            width += theme.px(_GAP - 2) + min(self._value_width(), theme.px(_LONGEST))
        return width

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(compact=self._is_compact), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
        else:
            super().keyPressEvent(event)

    @property
    def _is_set(self) -> bool:
        return self.currentIndex() > 0

    def _choose(self, at: int) -> None:
        self._shown = ""
        self.updateGeometry()
        self.update()
        self.chosen.emit(self.itemData(at))

    def _value_text(self) -> str:
        return self._shown or self.currentText()

    def _strong(self) -> QFont:
        font = QFont(text_font(self.font(), self._value_text()))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _caption_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self._caption) + 2

    def _value_width(self) -> int:
        return QFontMetrics(self._strong()).horizontalAdvance(self._value_text()) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        border, width = "line-strong", 1
        if self.hasFocus():
            border, width = "focus", theme.px(2)
        elif self._is_set:
            border, width = "accent", theme.px(2)
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(10),
            fill=theme.color("accent-soft" if self._is_set else "surface"),
            border=theme.color(border),
            width=width,
        )
        pad, side = theme.px(_PAD), theme.px(_ARROW)
        spot = QRectF(self.width() - pad - side, (self.height() - side) / 2, side, side)
        icons.paint_icon(painter, spot, "chevron-down", theme.color("text-2"))
        room = QRect(pad, 0, round(spot.left()) - pad - theme.px(_GAP), self.height())
        painter.setFont(self.font())
        painter.setPen(theme.color("accent-text" if self._is_set else "text-2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(room, flags, self._caption)
        if self._is_compact and not self._is_set and not self._always:
            return
        room.setLeft(pad + self._caption_width() + theme.px(_GAP - 2))
        strong = self._strong()
        painter.setFont(strong)
        painter.setPen(theme.color("text"))
        text = QFontMetrics(strong).elidedText(
            self._value_text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, flags, text)
