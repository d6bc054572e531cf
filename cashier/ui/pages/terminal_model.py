"""The remembered terminals as the rows of a table."""

from __future__ import annotations

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

from cashier.domain.terminal import Terminal
from cashier.ui.pages.terminal_texts import state_look, state_text, type_detail, type_text
from cashier.ui.widgets.cell import CELL_ROLE, Cell

translate = QCoreApplication.translate
_NO_PARENT = QModelIndex()


class TerminalColumn(IntEnum):
    """From left to right."""

    ALIAS = 0
    NAME = 1
    TYPE = 2
    STATE = 3
    CURRENCY = 4
    DEFAULT = 5


class TerminalModel(QAbstractTableModel):
    """`is_narrow` leaves out words for which there is no room."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._terminals: tuple[Terminal, ...] = ()
        self._is_narrow = False

    @property
    def terminals(self) -> tuple[Terminal, ...]:
        return self._terminals

    def show_terminals(self, terminals: tuple[Terminal, ...]) -> None:
        self.beginResetModel()
        self._terminals = terminals
        self.endResetModel()

    def set_narrow(self, narrow: bool) -> None:
        self._is_narrow = narrow
        self.repaint()

    def repaint(self) -> None:
        """All words again, in the language on screen."""
        if self._terminals:
            last = self.index(len(self._terminals) - 1, len(TerminalColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(TerminalColumn) - 1)

    def row_of(self, key: int | None) -> int:
        """The row of the terminal with that key, or -1."""
        return next((row for row, one in enumerate(self._terminals) if one.key == key), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._terminals)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(TerminalColumn)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        cell = self._cell(self._terminals[index.row()], TerminalColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{cell.text}, {cell.detail}" if cell.detail else cell.text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        match TerminalColumn(section):
            case TerminalColumn.ALIAS:
                return translate("TerminalModel", "Alias")
            case TerminalColumn.NAME:
                return translate("TerminalModel", "Name")
            case TerminalColumn.TYPE:
                return translate("TerminalModel", "Type")
            case TerminalColumn.STATE:
                return translate("TerminalModel", "State")
            case TerminalColumn.CURRENCY:
                return translate("TerminalModel", "Currency")
            case TerminalColumn.DEFAULT:
                return "" if self._is_narrow else translate("TerminalModel", "Default")

    def _cell(self, terminal: Terminal, column: TerminalColumn) -> Cell:
        info = terminal.info
        match column:
            case TerminalColumn.ALIAS:
                return Cell(text=info.alias or "—", strong=True, px=15)
            case TerminalColumn.NAME:
                return Cell(text=terminal.name, detail=info.description, strong=True)
            case TerminalColumn.TYPE:
                return Cell(text=type_text(info), detail=type_detail(info), px=15)
            case TerminalColumn.STATE:
                tone, icon = state_look(terminal.state)
                return Cell(text=state_text(terminal.state), badge=tone, icon=icon)
            case TerminalColumn.CURRENCY:
                return Cell(text=terminal.currency.value, colour="text-2", px=15)
            case TerminalColumn.DEFAULT:
                return self._default_cell(terminal)

    def _default_cell(self, terminal: Terminal) -> Cell:
        if not terminal.is_default:
            return Cell()
        words = "" if self._is_narrow else translate("TerminalModel", "this till")
        return Cell(text=words, icon="star", colour="accent-text", strong=True, px=14)
