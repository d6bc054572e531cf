"""Several payments that fit what was typed, to choose one from."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.history import HistoryRow
from cashier.ui import formats
from cashier.ui.texts import method_text, money_text
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import CELL_ROLE, Cell
from cashier.ui.widgets.table import Column, TableFrame, TableView

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_COLUMNS = 4


class Matches(TableFrame):
    """↑ ↓ move, Enter in the field above or a click opens."""

    chosen = Signal(str)
    """A payment's id."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        view = TableView(name="refund.matches", accessible="", row_height="row")
        super().__init__(view, parent=parent)
        self._rows = _Model()
        view.setModel(self._rows)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.set_columns(
            [Column(width=130), Column(width=190), Column(), Column(width=150, right=True)]
        )
        view.clicked.connect(lambda _: self.open_marked())
        self.retranslate()

    def show_rows(self, rows: tuple[HistoryRow, ...]) -> None:
        self._rows.show_rows(rows)
        self.table.choose_row(0)

    def open_marked(self) -> None:
        """Take the marked one."""
        row = self.table.chosen_row()
        if row >= 0:
            self.chosen.emit(self._rows.rows[row].payment.id)

    def retranslate(self) -> None:
        name = self.tr("Payments that fit")
        self.table.setAccessibleName(name)
        self.table.horizontalHeader().setAccessibleName(name)
        self._rows.retranslate()


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[HistoryRow, ...] = ()

    def show_rows(self, rows: tuple[HistoryRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, _COLUMNS - 1))

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != _DISPLAY:
            return None
        heads = (self.tr("Receipt"), self.tr("Paid"), self.tr("Method"), self.tr("Amount"))
        return heads[section]

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role not in (CELL_ROLE, _DISPLAY, int(Qt.ItemDataRole.AccessibleTextRole)):
            return None
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        payment = self.rows[index.row()].payment
        local = payment.changed_at.astimezone()
        texts = (
            payment.receipt_number or payment.order_id[:8],
            formats.date_time(current_language(), local),
            method_text(payment),
            money_text(payment.amount),
        )
        text = texts[index.column()]
        if role != CELL_ROLE:
            return text
        return Cell(text=text, strong=index.column() == _COLUMNS - 1, bold_if_chosen=True)


def _alignment(column: int) -> int:
    along = Qt.AlignmentFlag.AlignRight if column == _COLUMNS - 1 else Qt.AlignmentFlag.AlignLeft
    return int(along | Qt.AlignmentFlag.AlignVCenter)
