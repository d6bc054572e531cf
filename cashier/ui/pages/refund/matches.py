"""Several payments that fit what was typed, to choose one from."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.history import HistoryRow
from cashier.ui import formats
from cashier.ui.texts import method_text, money_text
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import Cell
from cashier.ui.widgets.cell_model import CellModel
from cashier.ui.widgets.table import Column, TableFrame, TableView


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
        self._rows.repaint()


class _Part(IntEnum):
    RECEIPT = 0
    PAID = 1
    METHOD = 2
    SUM = 3


class _Model(CellModel):
    columns = _Part
    at_the_right = frozenset({_Part.SUM})

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[HistoryRow, ...] = ()

    def show_rows(self, rows: tuple[HistoryRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def _count(self) -> int:
        return len(self.rows)

    def _head(self, column: int) -> str:
        heads = (self.tr("Receipt"), self.tr("Paid"), self.tr("Method"), self.tr("Amount"))
        return heads[column]

    def _cell(self, row: int, column: int) -> Cell:
        payment = self.rows[row].payment
        texts = (
            payment.receipt_number or payment.order_id[:8],
            formats.date_time(current_language(), payment.changed_at.astimezone()),
            method_text(payment),
            money_text(payment.amount),
        )
        return Cell(text=texts[column], strong=column == _Part.SUM, bold_if_chosen=True)
