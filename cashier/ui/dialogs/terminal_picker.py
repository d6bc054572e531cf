"""Ctrl+8: which terminal takes the next payments; one that is missing is added here too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.terminal import Terminal
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.pages.terminal_list import TerminalTable
from cashier.ui.pages.terminal_model import TerminalColumn, TerminalModel
from cashier.ui.pages.terminal_texts import is_usable
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.table import Column, TableFrame
from cashier.ui.widgets.tone import Tone

ID_LIMIT = 64
_COLUMNS = (Column(width=96), Column(), Column(width=180), Column(width=184))
_MOST_ROWS = 5


class TerminalPicker(Dialog):
    """↑ ↓ and Enter, or a click, choose; an alias typed into the field is found or added first.

    `chosen` with the terminal after the till has taken it.
    """

    chosen = Signal(object)

    def __init__(self, window: QWidget, *, till: Till, background: Background) -> None:
        super().__init__(window, name="picker", width=720)
        self._till = till
        self._background = background
        self._job: Job | None = None
        self._loading: Job | None = None
        self._current_key: int | None = None
        self._model = TerminalModel(self)
        self._entry = Field(name="picker.entry", icon="search", limit=ID_LIMIT)
        self._table = TerminalTable(name="picker.table", accessible="terminals")
        self._table.setModel(self._model)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.set_columns(_COLUMNS)
        for column in (TerminalColumn.CURRENCY, TerminalColumn.DEFAULT):
            self._table.setColumnHidden(column, True)
        self._frame = TableFrame(self._table)
        self._empty = Label(tone="2", wrap=True, name="picker.empty")
        self._band = Band(name="picker.message")
        self._cancel = Button("", name="picker.cancel", keycap="Esc")
        self._choose = Button("", name="picker.choose", kind=Kind.PRIMARY, keycap="Enter")
        for part in (self._entry, self._band, self._frame, self._empty):
            self.body.addWidget(part)
        self.buttons.addWidget(self._cancel)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._choose)
        self._connect()
        self.retranslate()
        follow_theme(self.fit)

    def _connect(self) -> None:
        self._entry.line.installEventFilter(self)
        self._entry.submitted.connect(self._take_enter)
        self._entry.edited.connect(self._take_edit)
        self._table.clicked.connect(self._take_click)
        self._cancel.clicked.connect(self.dismiss)
        self._choose.clicked.connect(self._take_enter)
        self.escaped.connect(self.dismiss)

    def fit(self, theme: Theme) -> None:
        rows = min(max(self._model.rowCount(), 1), _MOST_ROWS)
        row = self._table.verticalHeader().defaultSectionSize()
        head = self._table.horizontalHeader().height()
        self._table.setFixedHeight(head + rows * row)

    def pick(self, current: Terminal | None) -> None:
        """Open with the list as it is remembered and `current` selected."""
        self._current_key = current.key if current else None
        self._entry.line.clear()
        self._band.clear()
        self._stop()
        self._table.choose_row(self._model.row_of(self._current_key))
        self.open(focus=self._entry.line)
        self._loading = self._background.start(
            self._till.terminals.load, done=self._show_list, failed=self._take_trouble
        )
        self._paint()

    # What is listed

    def _show_list(self, terminals: tuple[Terminal, ...]) -> None:
        row = self._table.chosen_row()
        if row >= 0:
            self._current_key = self._model.terminals[row].key
        self._model.show_terminals(terminals)
        self._table.choose_row(self._model.row_of(self._current_key))
        if self._table.chosen_row() < 0:
            self._table.choose_row(0)
        self._paint()

    def _paint(self) -> None:
        has_rows = self._model.rowCount() > 0
        self._frame.setVisible(has_rows)
        self._empty.setVisible(not has_rows)
        typed = self._entry.text().strip()
        self._choose.setText(
            self.tr("Add and choose") if self._is_new(typed) else self.tr("Choose")
        )
        self._choose.setEnabled(has_rows or bool(typed))
        self._choose.set_busy(self.tr("Asking the gateway…") if self._job is not None else None)
        self.fit(current_theme())

    def _is_new(self, typed: str) -> bool:
        return bool(typed) and self._known(typed) is None

    def _known(self, typed: str) -> Terminal | None:
        known = self._model.terminals
        return next((one for one in known if typed in (one.info.alias, one.info.id)), None)

    # Choosing

    def _take_enter(self) -> None:
        if self._job is not None:
            return
        typed = self._entry.text().strip()
        if typed:
            known = self._known(typed)
            if known is None:
                self._start(self._till.terminals.add, self._take_terminal, typed)
            else:
                self._take_terminal(known)
            return
        row = self._table.chosen_row()
        if 0 <= row < self._model.rowCount():
            self._take_terminal(self._model.terminals[row])

    def _take_click(self, index: QModelIndex) -> None:
        if self._job is None:
            self._take_terminal(self._model.terminals[index.row()])

    def _take_terminal(self, terminal: Terminal) -> None:
        self._job = None
        if not is_usable(terminal):
            self._say(self.tr("The gateway does not know this terminal: check it first"))
            return
        self._start(self._till.terminals.choose, self._finish, terminal.key)

    def _finish(self, terminal: Terminal) -> None:
        self._job = None
        self.dismiss()
        self.chosen.emit(terminal)

    def _start(self, use_case: object, done: object, *args: object) -> None:
        if not callable(use_case) or not callable(done):
            return
        self._job = self._background.start(use_case, *args, done=done, failed=self._take_trouble)
        self._paint()

    def _take_trouble(self, error: CashierError) -> None:
        self._job = None
        self._say(failure_text(error))

    def _say(self, text: str) -> None:
        self._band.show_message(text, tone=Tone.WARN)
        self._paint()

    def _take_edit(self) -> None:
        self._stop()
        self._band.clear()
        self._paint()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _stop_loading(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None

    def dismiss(self) -> None:
        """Close it; what the gateway still answers is not heard."""
        self._stop()
        self._stop_loading()
        super().dismiss()

    # Words and keys

    def retranslate(self) -> None:
        self.set_title(self.tr("Terminal for the next payments"))
        self._entry.line.setPlaceholderText(self.tr("alias or number, to add another one"))
        self._entry.set_accessible(self.tr("Alias or number of a terminal"))
        self._table.setAccessibleName(self.tr("Terminals"))
        self._empty.setText(self.tr("Nothing here yet: type an alias and press Enter."))
        self._cancel.setText(self.tr("Cancel"))
        self._model.repaint()
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if steps is not None:
                self._table.move_choice(steps)
                return True
        return super().eventFilter(watched, event)
