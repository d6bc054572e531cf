"""The rows of the history as a table: a window on a list that may have a million of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from cashier.domain.history import HistoryRow
from cashier.domain.money import Currency
from cashier.ui import formats
from cashier.ui.pages.history.feed import HistoryFeed
from cashier.ui.pages.history.look import day_text, receipt_text, row_look, short_method
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import CELL_ROLE, Cell

translate = QCoreApplication.translate
_NO_PARENT = QModelIndex()


class HistoryColumn(IntEnum):
    """From left to right."""

    TIME = 0
    RECEIPT = 1
    SUM = 2
    METHOD = 3
    TERMINAL = 4
    STATUS = 5


class HistoryModel(QAbstractTableModel):
    """A row that has not come yet answers CELL_ROLE with None."""

    def __init__(
        self, feed: HistoryFeed, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._feed = feed
        self._now = now
        self._rows = feed.length
        feed.renewed.connect(self._renew)
        feed.grew.connect(self._grow)
        feed.came.connect(self._repaint_rows)

    def row(self, number: int) -> HistoryRow | None:
        return self._feed.row(number) if 0 <= number < self._rows else None

    def _renew(self) -> None:
        self.beginResetModel()
        self._rows = self._feed.length
        self.endResetModel()

    def _grow(self, length: int) -> None:
        self.beginInsertRows(QModelIndex(), self._rows, length - 1)
        self._rows = length
        self.endInsertRows()

    def _repaint_rows(self, first: int, last: int) -> None:
        last = min(last, self._rows - 1)
        if first <= last:
            end = self.index(last, len(HistoryColumn) - 1)
            self.dataChanged.emit(self.index(first, 0), end)

    def repaint(self) -> None:
        """All words again, in the language on screen."""
        self._repaint_rows(0, self._rows - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HistoryColumn) - 1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HistoryColumn)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        column = HistoryColumn(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            along = Qt.AlignmentFlag.AlignRight if column is HistoryColumn.SUM else _LEFT
            return along | Qt.AlignmentFlag.AlignVCenter
        if role not in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._feed.row(index.row())
        if role == CELL_ROLE:
            return self._cell(row, column) if row is not None else None
        return self._cell(row, column).text if row is not None else ""

    def _cell(self, row: HistoryRow, column: HistoryColumn) -> Cell:
        payment = row.payment
        match column:
            case HistoryColumn.TIME:
                return Cell(text=day_text(payment.created_at, self._now()), px=15, colour="text-2")
            case HistoryColumn.RECEIPT:
                return Cell(text=receipt_text(payment), px=15, strong=True)
            case HistoryColumn.SUM:
                shown = (
                    formats.bare_money if payment.amount.currency is Currency.RUB else formats.money
                )
                amount = shown(current_language(), payment.amount)
                return Cell(text=amount, px=15, strong=True)
            case HistoryColumn.METHOD:
                return Cell(text=short_method(payment), px=15)
            case HistoryColumn.TERMINAL:
                return Cell(text=payment.terminal_name or "—", px=15, colour="text-2")
            case HistoryColumn.STATUS:
                look = row_look(row)
                return Cell(text=look.text, icon=look.icon, badge=look.tone)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = HistoryColumn(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            along = Qt.AlignmentFlag.AlignRight if column is HistoryColumn.SUM else _LEFT
            return along | Qt.AlignmentFlag.AlignVCenter
        return head_text(column) if role == Qt.ItemDataRole.DisplayRole else None


_LEFT = Qt.AlignmentFlag.AlignLeft


def head_text(column: HistoryColumn) -> str:
    """What stands over the column."""
    match column:
        case HistoryColumn.TIME:
            return translate("History", "Time")
        case HistoryColumn.RECEIPT:
            return translate("History", "Receipt")
        case HistoryColumn.SUM:
            return translate("History", "Sum, ₽")
        case HistoryColumn.METHOD:
            return translate("History", "Method")
        case HistoryColumn.TERMINAL:
            return translate("History", "Terminal")
        case HistoryColumn.STATUS:
            return translate("History", "Status")
