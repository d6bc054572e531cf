"""A small receipt as a table model, for looking at and testing the table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cashier.ui.widgets.cell import CELL_ROLE, Cell
from cashier.ui.widgets.tone import Tone

HEADS = ("№", "Наименование", "Цена, ₽", "Кол-во", "Сумма, ₽")
LINES = (
    ("Кофе в зёрнах «Бразилия», 1 кг", "1 290,00", "1", "1 161,00"),
    (
        "Сыр <b>Российский</b> 50 %, весовой, " + "очень длинное наименование, " * 6,
        "749,00",
        "0,486",
        "364,01",
    ),
    ("Молоко пастеризованное 3,2 %, 930 мл", "89,90", "2", "179,80"),
    ("Пакет-майка большой", "9,00", "1", "9,00"),
)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class ReceiptModel(QAbstractTableModel):
    """Four lines of a receipt."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(LINES)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            return left if section == 1 else _RIGHT
        return None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        name, price, amount, total = LINES[index.row()]
        cells = (
            Cell(text=str(index.row() + 1), colour="text-3"),
            Cell(
                text=name,
                bold_if_chosen=True,
                wrap=index.row() == 1,
                detail="Магазин на Садовой" if index.row() == 2 else "",
            ),
            Cell(text=price, colour="text-2"),
            Cell(text=amount, unit="шт")
            if index.row() != 3
            else Cell(text="Работает", badge=Tone.OK, icon="circle-check"),
            Cell(text=total, strong=True),
        )
        if role == CELL_ROLE:
            return cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()].text
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != 1:
            return _RIGHT
        return None
