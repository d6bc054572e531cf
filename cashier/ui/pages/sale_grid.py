"""The lines of the receipt as a table."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import (
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

from cashier.domain.money import Money
from cashier.domain.quantity import THOUSANDTHS
from cashier.domain.receipt import Receipt
from cashier.ui import formats
from cashier.ui.pages.sale_model import Part, SaleModel, discount_text
from cashier.ui.theme import Theme, current_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.cell import cell_font
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


def _widest(language: str, sums: Iterable[Money]) -> set[str]:
    """The largest of the sums: digits are of one width."""
    largest = max(sums, key=lambda one: one.minor, default=None)
    return {formats.bare_money(language, largest)} if largest else set()


def _needed(metrics: QFontMetrics, texts: set[str], drawn: int, theme: Theme) -> int:
    """The width at 100 % that `drawn` is, or more where the widest text asks for it."""
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    return max(drawn, ceil(widest * 100 / theme.scale) + _PADS)


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
        head = QFontMetrics(cell_font(self.font(), theme.px(13), strong=True))
        language, lines = current_language(), self.sale_model.receipt.lines
        prices = _widest(language, (line.price for line in lines))
        discounts = {discount_text(language, line) for line in lines if line.discount}
        sums = _widest(language, (line.net for line in lines))
        widths = (
            _NUMBER,
            0,
            _needed(plain, prices, self._headed(Part.PRICE, head, drawn["price"]), theme),
            drawn["quantity"],
            _needed(plain, discounts, self._headed(Part.DISCOUNT, head, drawn["discount"]), theme),
            _needed(strong, sums, self._headed(Part.SUM, head, drawn["sum"]), theme),
        )
        if widths != self._widths:
            self._widths = widths
            self.set_columns([Column(width=width, right=width > 0) for width in widths])

    def _headed(self, part: Part, metrics: QFontMetrics, drawn: int) -> int:
        """As wide as drawn, or as the column's head needs."""
        words = str(self.sale_model.headerData(part, Qt.Orientation.Horizontal))
        return _needed(metrics, {words}, drawn, current_theme())

    def retranslate(self) -> None:
        self.sale_model.repaint()
        self._fit_columns()
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

    def scrollTo(  # noqa: N802 - an override
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
