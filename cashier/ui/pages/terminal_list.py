"""The table of terminals with the note under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.terminal import Terminal
from cashier.ui.pages.terminal_model import TerminalColumn, TerminalModel
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.table import Column, TableFrame, TableView

_ROW = 58
_WIDE = (
    Column(width=96),
    Column(),
    Column(width=180),
    Column(width=184),
    Column(width=84),
    Column(width=121),
)
_NARROW = (
    Column(width=94),
    Column(),
    Column(width=140),
    Column(width=184),
    Column(width=1),
    Column(width=40),
)


class TerminalTable(TableView):
    """Rows of two lines."""

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        self.verticalHeader().setDefaultSectionSize(max(theme.px(_ROW), theme.height("row")))


class TerminalList(QWidget):
    """`row_chosen` with the key of the terminal, by mouse or key."""

    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._model = TerminalModel(self)
        self._table = TerminalTable(name="terminals.table", accessible="terminals")
        self._table.setModel(self._model)
        self._icon = IconLabel("info", px=18, colour="text-3")
        self._note = Label(tone="2", role=Role.SMALL, name="terminals.note", wrap=True)
        frame = TableFrame(self._table)
        self._row = QHBoxLayout()
        self._row.addWidget(self._icon)
        self._row.addWidget(self._note, 1)
        frame.footer.addLayout(self._row)
        frame.footer.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self._table.selectionModel().currentRowChanged.connect(self._take_current)
        self.set_narrow(False)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(6))
        self._row.setSpacing(theme.px(10))
        self._fit()

    def show_terminals(self, terminals: tuple[Terminal, ...], chosen: int | None) -> None:
        """Show the list with the row of `chosen` selected."""
        self._is_filling = True
        self._model.show_terminals(terminals)
        self._table.choose_row(self._model.row_of(chosen))
        self._is_filling = False
        self._fit()

    def choose(self, key: int) -> None:
        self._table.choose_row(self._model.row_of(key))

    def move_choice(self, steps: int) -> None:
        self._table.move_choice(steps)

    def set_narrow(self, narrow: bool) -> None:
        self._model.set_narrow(narrow)
        self._table.set_columns(_NARROW if narrow else _WIDE)
        self._table.setColumnHidden(TerminalColumn.CURRENCY, narrow)

    def _fit(self) -> None:
        """The note stands right under the last row."""
        rows = self._table.verticalHeader().defaultSectionSize() * self._model.rowCount()
        self._table.setMaximumHeight(self._table.horizontalHeader().height() + rows)

    def retranslate(self) -> None:
        self._table.setAccessibleName(self.tr("Terminals"))
        self._note.setText(
            self.tr(
                "The gateway has no list of terminals. "
                "Here are those that were added or created on this till."
            )
        )
        self._model.repaint()

    def _take_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and not self._is_filling:
            self.row_chosen.emit(self._model.terminals[current.row()].key)


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Delete: 0}


def row_step(event: QKeyEvent) -> int | None:
    """What a key means to the list: a row up or down, 0 for Del, None for any other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    return _STEPS.get(Qt.Key(event.key()))
