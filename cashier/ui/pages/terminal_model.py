"""The remembered terminals as the rows of a table."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QObject

from cashier.domain.terminal import Terminal
from cashier.ui.pages.terminal_texts import state_look, state_text, type_detail, type_text
from cashier.ui.widgets.cell import Cell
from cashier.ui.widgets.cell_model import CellModel

translate = QCoreApplication.translate


class TerminalColumn(IntEnum):
    """From left to right."""

    ALIAS = 0
    NAME = 1
    TYPE = 2
    STATE = 3
    CURRENCY = 4
    DEFAULT = 5


class TerminalModel(CellModel):
    """`is_narrow` leaves out words for which there is no room."""

    columns = TerminalColumn

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

    def row_of(self, key: int | None) -> int:
        """The row of the terminal with that key, or -1."""
        return next((row for row, one in enumerate(self._terminals) if one.key == key), -1)

    def _count(self) -> int:
        return len(self._terminals)

    def _head(self, column: int) -> str:
        match TerminalColumn(column):
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

    def _cell(self, row: int, column: int) -> Cell:
        terminal = self._terminals[row]
        info = terminal.info
        match TerminalColumn(column):
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
