"""What every table of `Cell`s answers alike: its size, its words, its alignment, its heads."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from cashier.ui.widgets.cell import CELL_ROLE, Cell

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_WORDS = (_DISPLAY, int(Qt.ItemDataRole.AccessibleTextRole))
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class CellModel(QAbstractTableModel):
    """A subclass names its columns and says what stands in a row (`_count`, `_cell`, `_head`)."""

    columns: type[IntEnum]
    at_the_right: frozenset[IntEnum] = frozenset()

    def _count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def _cell(self, row: int, column: int) -> Cell | None:
        """None while the row has not come yet."""
        raise NotImplementedError

    def _head(self, column: int) -> str:
        """What stands over a column, in the language on screen."""
        raise NotImplementedError

    def _words(self, row: int, column: int, cell: Cell) -> str:
        """What a cell says to who does not see it."""
        return cell.words

    def repaint(self) -> None:
        """All words again, in the language on screen and at this moment."""
        self.repaint_rows(0, self._count() - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def repaint_rows(self, first: int, last: int) -> None:
        """These rows again, both ends included."""
        if first <= last:
            end = self.index(last, len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), end)

    # What Qt asks

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count()

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role != CELL_ROLE and role not in _WORDS:
            return None
        if not index.isValid() or row >= self._count():
            return None
        cell = self._cell(row, column)
        if role == CELL_ROLE:
            return cell
        return self._words(row, column, cell) if cell is not None else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return self._head(section) if role == _DISPLAY else None

    def _alignment(self, column: int) -> int:
        return _RIGHT if column in self.at_the_right else _LEFT
