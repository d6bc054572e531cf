"""The rows of the history as a table: a window on a list that may have a million of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject

from cashier.domain.history import HistoryRow
from cashier.domain.money import Currency
from cashier.ui import formats
from cashier.ui.pages.history.feed import HistoryFeed
from cashier.ui.pages.history.look import day_text, receipt_text, row_look, short_method
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import Cell
from cashier.ui.widgets.cell_model import CellModel

translate = QCoreApplication.translate


class HistoryColumn(IntEnum):
    """From left to right."""

    TIME = 0
    RECEIPT = 1
    SUM = 2
    METHOD = 3
    TERMINAL = 4
    STATUS = 5


class HistoryModel(CellModel):
    """A row that has not come yet answers CELL_ROLE with None."""

    columns = HistoryColumn
    at_the_right = frozenset({HistoryColumn.SUM})

    def __init__(
        self, feed: HistoryFeed, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._feed = feed
        self._now = now
        self._rows = feed.length
        feed.renewed.connect(self._renew)
        feed.grew.connect(self._grow)
        feed.came.connect(self._show)

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

    def _show(self, first: int, last: int) -> None:
        self.repaint_rows(first, min(last, self._rows - 1))

    def _count(self) -> int:
        return self._rows

    def _head(self, column: int) -> str:
        return head_text(HistoryColumn(column))

    def _cell(self, row: int, column: int) -> Cell | None:
        found = self._feed.row(row)
        if found is None:
            return None
        payment = found.payment
        match HistoryColumn(column):
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
                look = row_look(found)
                return Cell(text=look.text, icon=look.icon, badge=look.tone)


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
