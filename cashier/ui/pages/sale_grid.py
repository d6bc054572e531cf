"""The lines of the receipt as a table."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum
from math import ceil

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from cashier.domain.quantity import THOUSANDTHS
from cashier.domain.receipt import PERCENT_PARTS, Line, Receipt
from cashier.ui import formats
from cashier.ui.theme import Theme, current_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.cell import CELL_ROLE, Cell, cell_font
from cashier.ui.widgets.empty_state import EmptyState
from cashier.ui.widgets.stepper import Stepper
from cashier.ui.widgets.table import Column, TableView

_NUMBER = 52
_WIDTHS = {"price": 100, "quantity": 156, "discount": 92, "sum": 124}
_SMALL_WIDTHS = {"price": 88, "quantity": 126, "discount": 76, "sum": 96}
_HEADER, _SMALL_HEADER, _SMALL_ROW = 40, 34, 48
_PADS = 26
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_Index = QModelIndex | QPersistentModelIndex


class Part(IntEnum):
    """A column."""

    NUMBER = 0
    NAME = 1
    PRICE = 2
    QUANTITY = 3
    DISCOUNT = 4
    SUM = 5


class SaleModel(QAbstractTableModel):
    """The receipt's lines; `show_receipt` tells the view no more than what has changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receipt = Receipt()
        self._chosen = -1
        self._is_compact = False

    @property
    def receipt(self) -> Receipt:
        return self._receipt

    def line(self, row: int) -> Line:
        return self._receipt.lines[row]

    def show_receipt(self, receipt: Receipt) -> None:
        """Take rows out, put rows in, and repaint; the rest of the view stays as it is."""
        old = [line.id for line in self._receipt.lines]
        new = [line.id for line in receipt.lines]
        same = _common(old, new)
        tail = _common(old[same:][::-1], new[same:][::-1])
        gone, come = len(old) - same - tail, len(new) - same - tail
        none = QModelIndex()
        if gone:
            self.beginRemoveRows(none, same, same + gone - 1)
            lines = self._receipt.lines
            self._receipt = Receipt(receipt.currency, lines[:same] + lines[same + gone :])
            self.endRemoveRows()
        if come:
            self.beginInsertRows(none, same, same + come - 1)
        self._receipt = receipt
        if come:
            self.endInsertRows()
        self._repaint(0, len(new) - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Part) - 1)

    def set_chosen(self, row: int) -> None:
        """The row whose quantity is covered by the stepper."""
        old, self._chosen = self._chosen, row
        for one in (old, row):
            if 0 <= one < len(self._receipt.lines):
                self._repaint(one, one)

    def set_compact(self, compact: bool) -> None:
        self._is_compact = compact
        self.retranslate()

    def retranslate(self) -> None:
        self._repaint(0, len(self._receipt.lines) - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Part) - 1)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._receipt.lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Part)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section == Part.NAME else _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        sign = formats.CURRENCY_SIGNS[self._receipt.currency]
        heads = {
            Part.NUMBER: self.tr("No."),
            Part.NAME: self.tr("Name"),
            Part.PRICE: self.tr("Price, {currency}").format(currency=sign),
            Part.QUANTITY: self.tr("Qty"),
            Part.DISCOUNT: self.tr("Discount"),
            Part.SUM: self.tr("Amount, {currency}").format(currency=sign),
        }
        return heads[Part(section)]

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() == Part.NAME else _RIGHT
        if role not in (CELL_ROLE, _DISPLAY, int(Qt.ItemDataRole.AccessibleTextRole)):
            return None
        if not index.isValid() or index.row() >= len(self._receipt.lines):
            return None
        cell = self._cell(index.row(), Part(index.column()))
        if role == CELL_ROLE:
            return cell
        return f"{cell.text} {cell.unit}".strip()

    def _cell(self, row: int, part: Part) -> Cell:
        line = self._receipt.lines[row]
        language = current_language()
        px = 15 if self._is_compact and part is Part.NAME else 16
        match part:
            case Part.NUMBER:
                return Cell(text=str(row + 1), colour="text-3")
            case Part.NAME:
                return Cell(text=_whole_units(line.name), bold_if_chosen=True, wrap=True, px=px)
            case Part.PRICE:
                return Cell(text=formats.bare_money(language, line.price), colour="text-2")
            case Part.QUANTITY:
                unit = ""
                if line.quantity.is_whole:
                    pieces = line.quantity.thousandths // THOUSANDTHS
                    unit = self.tr("pcs", "unit of a quantity", pieces)
                return Cell(
                    text=formats.quantity(language, line.quantity),
                    unit=unit,
                    bare=row == self._chosen,
                )
            case Part.DISCOUNT:
                return Cell(text=discount_text(language, line), colour="ok-text")
            case Part.SUM:
                return Cell(text=formats.bare_money(language, line.net), strong=True)

    def _repaint(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Part) - 1))


_UNIT = re.compile(r"(?<=\d) (?=(?:%|г|кг|мг|л|мл|м|см|мм|шт|g|kg|mg|l|L|ml|m|cm|mm|pcs?)\b|%)")


def _whole_units(name: str) -> str:
    """A number and its unit stay on one line: «450 мл», «72 %»."""
    return _UNIT.sub(formats.HARD_SPACE, name)


def _needed(metrics: QFontMetrics, texts: set[str], drawn: int, theme: Theme) -> int:
    """The width at 100 % that `drawn` is, or more where the widest text asks for it."""
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    return max(drawn, ceil(widest * 100 / theme.scale) + _PADS)


def discount_text(language: str, line: Line) -> str:
    """«−10 %», «−50,00», or nothing."""
    if line.discount is None:
        return ""
    if line.discount.percent is not None:
        return formats.percent(language, -Decimal(line.discount.percent) / PERCENT_PARTS)
    return formats.bare_money(language, -line.own_discount)


def _common(one: list[int], other: list[int]) -> int:
    """How many items both lists begin with alike."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


class SaleGrid(TableView):
    """Whole lines; the quantity of the chosen one is a real stepper.

    It never takes the keyboard: the page moves the choice while the entry keeps the focus.
    """

    row_chosen = Signal(int)
    quantity_stepped = Signal(int)
    quantity_typed = Signal(str)
    typing_ended = Signal()
    edit_asked = Signal(int)
    """A `Part` of the chosen line was double-clicked."""
    free_price_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self._compact = False
        self._widths: tuple[int, ...] = ()
        self._is_ready = False  # the base class calls overrides before the parts are there
        super().__init__(name="sale.grid", accessible="", parent=parent)
        self.sale_model = SaleModel(self)
        self.setModel(self.sale_model)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalHeader().setObjectName("sale.grid.rows")
        self._is_showing = False
        self.stepper = Stepper(
            name="sale.quantity",
            accessible=self.tr("Quantity"),
            less="",
            more="",
            parent=self.viewport(),
        )
        self.stepper.hide()
        self.stepper.line.installEventFilter(self)
        self.empty = EmptyState(name="sale.empty", icon="scan-barcode", parent=self.viewport())
        self.free_price = Button("", name="sale.empty.free_price", keycap="F10")
        self.empty.add_button(self.free_price)
        self.free_price.clicked.connect(self.free_price_asked)
        self.stepper.lowered.connect(lambda: self.quantity_stepped.emit(-1))
        self.stepper.raised.connect(lambda: self.quantity_stepped.emit(1))
        self.stepper.entered.connect(self.quantity_typed)
        self.stepper.line.returnPressed.connect(self.typing_ended)
        self.doubleClicked.connect(lambda index: self.edit_asked.emit(index.column()))
        self.verticalScrollBar().valueChanged.connect(self._place_stepper)
        self._is_ready = True
        self.retranslate()
        self.restyle(current_theme())

    def show_receipt(self, receipt: Receipt, chosen: int) -> None:
        """Show the lines with row `chosen` marked and in sight."""
        if receipt is self.sale_model.receipt and chosen == self.chosen_row():
            return
        self._is_showing = True
        self.sale_model.show_receipt(receipt)
        self._fit_columns()
        self.choose_row(chosen)
        self._is_showing = False
        self.empty.setVisible(not receipt.lines)
        self.show_quantity()

    def set_compact(self, compact: bool) -> None:
        """The narrow window's layout: no numbers, names in two lines."""
        if compact != self._compact:
            self._compact = compact
            self.sale_model.set_compact(compact)
            self.restyle(current_theme())

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        if not self._is_ready:
            return
        small = self._compact and not theme.touch
        self.setColumnHidden(Part.NUMBER, self._compact or theme.touch)
        self._widths = ()
        self._fit_columns()
        self.horizontalHeader().setFixedHeight(theme.px(_SMALL_HEADER if small else _HEADER))
        if small:
            self.verticalHeader().setDefaultSectionSize(theme.px(_SMALL_ROW))
        self.scrollTo(self.currentIndex())
        self.show_quantity()

    def _fit_columns(self) -> None:
        """As drawn, and wider where a sum needs it: a sum is never cut."""
        theme = current_theme()
        drawn = _SMALL_WIDTHS if self._compact else _WIDTHS
        plain = QFontMetrics(cell_font(self.font(), theme.px(16), strong=False))
        strong = QFontMetrics(cell_font(self.font(), theme.px(16), strong=True))
        language, lines = current_language(), self.sale_model.receipt.lines
        prices = {formats.bare_money(language, line.price) for line in lines}
        discounts = {discount_text(language, line) for line in lines}
        sums = {formats.bare_money(language, line.net) for line in lines}
        widths = (
            _NUMBER,
            0,
            _needed(plain, prices, drawn["price"], theme),
            drawn["quantity"],
            _needed(plain, discounts, drawn["discount"], theme),
            _needed(strong, sums, drawn["sum"], theme),
        )
        if widths != self._widths:
            self._widths = widths
            self.set_columns([Column(width=width, right=width > 0) for width in widths])

    def retranslate(self) -> None:
        self.sale_model.retranslate()
        for part in (self, self.horizontalHeader(), self.verticalHeader()):
            part.setAccessibleName(self.tr("Receipt lines"))
        self.stepper.minus.setAccessibleName(self.tr("Fewer"))
        self.stepper.plus.setAccessibleName(self.tr("More"))
        self.empty.show_texts(
            self.tr("The receipt is empty"),
            self.tr("Scan an item or start typing its name"),
        )
        self.free_price.setText(self.tr("Free price"))
        self.show_quantity()

    def type_quantity(self) -> None:
        """Put the caret into the stepper of the chosen row."""
        if self.stepper.isVisibleTo(self):
            self.stepper.start_typing()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._is_ready:
            return
        self.sale_model.set_chosen(self.chosen_row())
        self.show_quantity()
        if not self._is_showing and self.chosen_row() >= 0:
            self.row_chosen.emit(self.chosen_row())

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Rows are chosen by their first cell, and Qt does not scroll to one that is hidden."""
        row = self.sale_model.index(index.row(), Part.NAME) if self._is_ready else index
        super().scrollTo(row, hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())
        self.scrollTo(self.currentIndex())
        self._place_stepper()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.stepper.line.hasFocus():
            self.typing_ended.emit()  # what was typed belongs to the row chosen until now
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.stepper.line.hasFocus():
            self.typing_ended.emit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._is_ready:
            self._place_stepper()
            self.empty.setGeometry(self.viewport().rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_line = self._is_ready and watched is self.stepper.line
        if is_line and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # a KeyPress is a QKeyEvent
            if key == Qt.Key.Key_Escape:
                self.show_quantity()
                self.typing_ended.emit()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.typing_ended.emit()
                self.move_choice(-1 if key == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)

    def show_quantity(self) -> None:
        """The quantity of the chosen line in its stepper, whatever was typed there."""
        row = self.chosen_row()
        if not 0 <= row < self.sale_model.rowCount():
            self.stepper.hide()
            return
        line = self.sale_model.line(row)
        text = formats.quantity(current_language(), line.quantity)
        self.stepper.set_accessible(self.tr("Quantity, {name}").format(name=line.name))
        self.stepper.show_value(text, can_lower=line.quantity.thousandths > THOUSANDTHS)
        self._place_stepper()
        self.stepper.show()

    def _place_stepper(self) -> None:
        theme = current_theme()
        small = self._compact and not theme.touch
        for button in (self.stepper.minus, self.stepper.plus):
            button.setFixedWidth(theme.px(38) if small else theme.height("step"))
        text = self.stepper.line.fontMetrics().horizontalAdvance(self.stepper.value())
        narrow = theme.px(40 if self._compact else 44)
        self.stepper.line.setFixedWidth(max(narrow, text + theme.px(6)))
        self.stepper.adjustSize()
        row = self.chosen_row()
        if row < 0:
            return
        cell = self.visualRect(self.sale_model.index(row, Part.QUANTITY))
        size = self.stepper.sizeHint()
        height = self.stepper.height()
        left = cell.right() + 1 - theme.px(4 if small else 8) - size.width()
        top = cell.top() + (cell.height() - 1 - height) // 2
        self.stepper.setGeometry(QRect(left, top, size.width(), height))
