"""How a table cell is painted: padding, a line below, a bar at the left of the chosen row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cashier.ui import icons
from cashier.ui.fonts import text_font
from cashier.ui.theme import current_theme
from cashier.ui.widgets.badge import badge_size, paint_badge, short_badge
from cashier.ui.widgets.tone import Tone

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1

_PAD, _BAR = 12, 4
_LEADING = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one cell shows. `text` is also its accessible text.

    `unit` follows the text smaller and quieter; `detail` is a second line; `colour` is a token.
    With `badge` the text stands in a badge of that tone. `wrap` allows two lines. `bold_if_chosen`
    makes the text strong in the chosen row. `bare` leaves the cell to a widget laid over it.
    """

    text: str = ""
    detail: str = ""
    unit: str = ""
    icon: str = ""
    badge: Tone | None = None
    colour: str = "text"
    strong: bool = False
    bold_if_chosen: bool = False
    wrap: bool = False
    px: int = 16
    bare: bool = False

    @property
    def words(self) -> str:
        """What it says to who does not see it."""
        text = f"{self.text} {self.unit}".strip()
        return f"{text}, {self.detail}" if self.detail else text


class CellDelegate(QStyledItemDelegate):
    """Paints `Cell` values; right-aligned where the model's TextAlignmentRole says so."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        theme = current_theme()
        return QSize(theme.px(80), theme.height("row"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = current_theme()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = QRect(option.rect)
        painter.save()
        painter.fillRect(rect, theme.color("accent-soft" if chosen else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        if chosen and index.column() == 0:
            painter.fillRect(
                rect.left(), rect.top(), theme.px(_BAR), rect.height(), theme.color("accent")
            )
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            cell = Cell(text=str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = bool(int(alignment or 0) & int(Qt.AlignmentFlag.AlignRight))
        pad = theme.px(_PAD)
        room = rect.adjusted(pad, 0, -pad, -1)
        if not cell.bare:
            self._paint_cell(painter, room, cell, option.font, right=right, chosen=chosen)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, room: QRect, cell: Cell, base: QFont, *, right: bool, chosen: bool
    ) -> None:
        theme = current_theme()
        if cell.badge is not None:
            text = short_badge(base, cell.text, icon=cell.icon, width=room.width())
            size = badge_size(base, text, icon=cell.icon)
            left = room.right() + 1 - size.width() if right else room.left()
            corner = QPoint(left, room.center().y() - size.height() // 2 + 1)
            paint_badge(
                painter,
                corner,
                base,
                text,
                tone=cell.badge,
                icon=cell.icon,
                on_selection=chosen,
            )
            return
        if cell.icon:
            side = theme.px(18)
            spot = QRectF(room.left(), room.center().y() - side / 2 + 1, side, side)
            icons.paint_icon(painter, spot, cell.icon, theme.color(cell.colour))
            room = room.adjusted(side + theme.px(6), 0, 0, 0)
        strong = cell.strong or (chosen and cell.bold_if_chosen)
        font = cell_font(base, theme.px(cell.px), strong=strong, text=cell.text)
        painter.setPen(theme.color(cell.colour))
        if cell.detail:
            self._paint_two(painter, room, cell, font, right=right)
        elif cell.wrap:
            paint_wrapped(painter, room, cell.text, font)
        else:
            self._paint_one(painter, room, cell, font, right=right)

    def _paint_one(
        self, painter: QPainter, room: QRect, cell: Cell, font: QFont, *, right: bool
    ) -> None:
        theme = current_theme()
        small = cell_font(font, theme.px(14), strong=False)
        gap = theme.px(4) if cell.unit else 0
        unit = QFontMetrics(small).horizontalAdvance(cell.unit) if cell.unit else 0
        metrics = QFontMetrics(font)
        text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width() - unit - gap)
        width = metrics.horizontalAdvance(text)
        left = room.right() + 1 - width - gap - unit if right else room.left()
        baseline = room.top() + (room.height() - metrics.height()) // 2 + metrics.ascent()
        painter.setFont(font)
        painter.drawText(left, baseline, text)
        if cell.unit:
            painter.setFont(small)
            painter.setPen(theme.color("text-3"))
            painter.drawText(left + width + gap, baseline, cell.unit)

    def _paint_two(
        self, painter: QPainter, room: QRect, cell: Cell, font: QFont, *, right: bool
    ) -> None:
        theme = current_theme()
        small = cell_font(font, theme.px(14), strong=False, text=cell.detail)
        first = round(theme.px(cell.px) * _LEADING)
        second = round(theme.px(14) * _LEADING)
        top = room.top() + (room.height() - first - second) // 2
        along = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        flags = along | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        for text, face, height, colour in (
            (cell.text, font, first, cell.colour),
            (cell.detail, small, second, "text-3"),
        ):
            painter.setFont(face)
            painter.setPen(theme.color(colour))
            line = QRect(room.left(), top, room.width(), height)
            short = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(line, flags, short)
            top += height


def cell_font(base: QFont, px: int, *, strong: bool, text: str = "") -> QFont:
    """The font of a cell's line."""
    font = QFont(text_font(base, text))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def paint_wrapped(painter: QPainter, room: QRect, text: str, font: QFont) -> None:
    """At most two lines, the second one cut with an ellipsis."""
    metrics = QFontMetrics(font)
    pitch = max(round(font.pixelSize() * _LEADING), metrics.height())
    lines = two_lines(text, font, room.width())
    top = room.top() + (room.height() - pitch * len(lines)) // 2
    painter.setFont(font)
    for line in lines:
        baseline = top + (pitch - metrics.height()) // 2 + metrics.ascent()
        painter.drawText(room.left(), baseline, line)
        top += pitch


def two_lines(text: str, font: QFont, width: int) -> list[str]:
    """`text` broken at words into one or two lines of `width` pixels."""
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(width, 1))
    length = line.textLength()
    layout.endLayout()
    rest = metrics.elidedText(text[length:].strip(), Qt.TextElideMode.ElideRight, width)
    return [text[:length].strip(), rest]
