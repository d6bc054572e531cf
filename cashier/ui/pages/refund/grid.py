"""The table of what goes back: a stepper in every row, a real one in the chosen row."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from cashier.ui import formats, icons
from cashier.ui.pages.refund.draft import Draft
from cashier.ui.pages.refund.model import Part, RefundModel, amount_text
from cashier.ui.theme import Theme, current_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import CellDelegate, cell_font
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.stepper import Stepper
from cashier.ui.widgets.table import Column, TableView

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {"price": 96, "sold": 100, "refunded": 112, "chosen": 178, "sum": 104}
_SMALL_WIDTHS = {"price": 80, "sold": 86, "refunded": 112, "chosen": 152, "sum": 96}
_PADS = 26
_STEPPER = 154
_SMALL_STEPPER = 128


class RefundGrid(TableView):
    """It never takes the keyboard: the page moves the choice while another field has the focus."""

    row_chosen = Signal(int)
    stepped = Signal(int, int)
    """A row, and plus or minus one."""
    quantity_typed = Signal(int, str)
    """A row, and what was typed for it."""
    typing_ended = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self._is_ready = False  # the base class calls overrides before the parts are there
        self._is_compact = False
        self._is_frozen = False
        super().__init__(name="refund.lines", accessible="", row_height="refund-row", parent=parent)
        self.lines = RefundModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_StepperDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalHeader().setObjectName("refund.lines.rows")
        self.stepper = Stepper(
            name="refund.quantity",
            accessible=self.tr("To refund"),
            less="",
            more="",
            parent=self.viewport(),
        )
        self.stepper.hide()
        self.stepper.line.installEventFilter(self)
        self.stepper.lowered.connect(lambda: self.stepped.emit(self.chosen_row(), -1))
        self.stepper.raised.connect(lambda: self.stepped.emit(self.chosen_row(), 1))
        self.stepper.entered.connect(self._entered)
        self.stepper.line.returnPressed.connect(self.typing_ended)
        self.verticalScrollBar().valueChanged.connect(self._place_stepper)
        self._is_ready = True
        self.retranslate()
        self.restyle(current_theme())

    def show_draft(self, draft: Draft | None, *, frozen: bool) -> None:
        """Show the lines and what is chosen of them; a frozen table takes no touch."""
        was = self.chosen_row()
        rows_before = self.lines.draft.form.payment.id if self.lines.draft else ""
        self._is_frozen = frozen
        self.lines.show_draft(draft)
        self._fit_columns()
        if draft is not None and draft.form.payment.id != rows_before:
            self.choose_row(self._first_row())
        elif was != self.chosen_row():
            self.choose_row(was)
        self.show_quantity()
        self.viewport().update()

    @property
    def is_frozen(self) -> bool:
        return self._is_frozen

    def set_compact(self, compact: bool) -> None:
        """The narrow window's columns."""
        if compact != self._is_compact:
            self._is_compact = compact
            self.lines.set_compact(compact)
            self.restyle(current_theme())

    def type_quantity(self) -> None:
        """Put the caret into the stepper of the chosen row."""
        if self.stepper.isVisibleTo(self) and self.stepper.isEnabled():
            self.stepper.start_typing()

    @property
    def is_typing(self) -> bool:
        return self.stepper.line.hasFocus()

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        if self._is_ready:
            self.setColumnHidden(Part.PRICE, self._is_compact)
            self._fit_columns()
            self.show_quantity()

    def retranslate(self) -> None:
        self.lines.repaint()
        for part in (self, self.horizontalHeader(), self.verticalHeader()):
            part.setAccessibleName(self.tr("What goes back"))
        self.stepper.minus.setAccessibleName(self.tr("Fewer"))
        self.stepper.plus.setAccessibleName(self.tr("More"))
        self._fit_columns()
        self.show_quantity()

    def show_quantity(self) -> None:
        """What is chosen of the row in its stepper, whatever was typed there."""
        row = self.chosen_row()
        if not 0 <= row < self.lines.rowCount() or self.lines.line(row).left <= 0:
            self.stepper.hide()
            return
        line, chosen = self.lines.line(row), self.lines.chosen(row)
        self.stepper.setEnabled(not self._is_frozen)
        self.stepper.set_accessible(self.tr("To refund, {name}").format(name=line.sold.line.name))
        self.stepper.show_value(
            amount_text(chosen),
            can_lower=chosen > 0 and not self._is_frozen,
            can_raise=chosen < line.left and not self._is_frozen,
        )
        self._place_stepper()
        self.stepper.show()

    def stepper_rect(self, cell: QRect) -> QRect:
        """Where the stepper of a row is, in its cell."""
        theme = current_theme()
        width = theme.px(_SMALL_STEPPER if self._is_compact and not theme.touch else _STEPPER)
        height = theme.height("stepper")
        left = cell.right() + 1 - theme.px(8) - width
        return QRect(left, cell.top() + (cell.height() - 1 - height) // 2, width, height)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if self._is_ready:
            self.show_quantity()
            self.row_chosen.emit(self.chosen_row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())
        self._place_stepper()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._is_ready:
            self._place_stepper()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_typing:
            self.typing_ended.emit()  # what was typed belongs to the row chosen until now
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        steps = self._painted_step(index, event.position().toPoint())
        if steps and not self._is_frozen:
            self.stepped.emit(index.row(), steps)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.is_typing:
            self.typing_ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_ready and watched is self.stepper.line and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._stepper_key(event)
        return super().eventFilter(watched, event)

    def _stepper_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self.show_quantity()
                self.typing_ended.emit()
                return True
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.typing_ended.emit()
                self.move_choice(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            case _:
                return False

    def _entered(self, text: str) -> None:
        self.quantity_typed.emit(self.chosen_row(), text)

    def _first_row(self) -> int:
        """The first row of which something is left."""
        rows = range(self.lines.rowCount())
        return next((row for row in rows if self.lines.line(row).left > 0), 0)

    def _painted_step(self, index: _Index, at: QPoint) -> int:
        """Which half of a painted stepper was hit: -1, 1, or 0 for none."""
        if not index.isValid() or index.column() != Part.CHOSEN:
            return 0
        if self.lines.line(index.row()).left <= 0:
            return 0
        rect = self.stepper_rect(self.visualRect(index))
        if not rect.contains(at):
            return 0
        side = current_theme().height("step")
        if at.x() < rect.left() + side:
            return -1
        return 1 if at.x() > rect.right() - side else 0

    def _place_stepper(self) -> None:
        row = self.chosen_row()
        if not self._is_ready or not 0 <= row < self.lines.rowCount():
            return
        rect = self.stepper_rect(self.visualRect(self.lines.index(row, Part.CHOSEN)))
        theme = current_theme()
        side = theme.px(38) if self._is_compact and not theme.touch else theme.height("step")
        for button in (self.stepper.minus, self.stepper.plus):
            button.setFixedWidth(side)
        self.stepper.line.setFixedWidth(rect.width() - 2 - 2 * side)
        self.stepper.setGeometry(rect)

    def _fit_columns(self) -> None:
        """As drawn, and wider where a sum needs it: a sum is never cut."""
        if not self._is_ready:
            return
        theme, language = current_theme(), current_language()
        drawn = _SMALL_WIDTHS if self._is_compact else _WIDTHS
        metrics = QFontMetrics(cell_font(self.font(), theme.px(16), strong=True))
        lines = self.lines.draft.form.lines if self.lines.draft else ()
        prices = {formats.bare_money(language, line.sold.line.price) for line in lines}
        sums = {formats.bare_money(language, line.sold.result) for line in lines}
        widths = (
            0,
            _needed(metrics, prices, drawn["price"], theme),
            drawn["sold"],
            drawn["refunded"],
            drawn["chosen"],
            _needed(metrics, sums, drawn["sum"], theme),
        )
        self.set_columns([Column(width=width, right=width > 0) for width in widths])


class _StepperDelegate(CellDelegate):
    """Paints the stepper of every row but the chosen one, where a real one lies."""

    def __init__(self, grid: RefundGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        row = index.row()
        if index.column() != Part.CHOSEN or row == self._grid.chosen_row():
            return
        line = self._grid.lines.line(row)
        if line.left <= 0:
            return
        theme = current_theme()
        rect = self._grid.stepper_rect(QRect(option.rect))
        chosen = self._grid.lines.chosen(row)
        frozen = self._grid.is_frozen
        painter.save()
        draw_rounded(
            painter,
            rect,
            radius=theme.px(10),
            fill=theme.color("surface-2" if frozen else "surface"),
            border=theme.color("line" if frozen else "line-strong"),
        )
        side = theme.height("step")
        picture = theme.px(20)
        for icon, left, usable in (
            ("minus", rect.left(), chosen > 0),
            ("plus", rect.right() - side, chosen < line.left),
        ):
            middle = QPoint(left + side // 2, rect.center().y())
            colour = theme.color("text" if usable and not frozen else "text-off")
            icons.paint_icon(painter, icons.centred(middle, picture), icon, colour)
        painter.setFont(cell_font(option.font, theme.px(17), strong=True))
        painter.setPen(theme.color("text" if chosen and not frozen else "text-3"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, amount_text(chosen))
        painter.restore()


def _needed(metrics: QFontMetrics, texts: set[str], drawn: int, theme: Theme) -> int:
    """The width at 100 % that `drawn` is, or more where the widest text asks for it."""
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    return max(drawn, ceil(widest * 100 / theme.scale) + _PADS)
