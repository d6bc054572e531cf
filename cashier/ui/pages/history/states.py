"""What stands where the list does: payments, tasks, nothing, grey bars, or trouble."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cashier.domain.failure import CashierError
from cashier.ui.pages.history.filters import Filters, Period
from cashier.ui.pages.history.task_cards import TaskList
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.empty_state import EmptyState, Skeleton
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.table import TableFrame, TableView
from cashier.ui.widgets.tone import Tone

_LEAST = 160


class HistoryStates(QStackedWidget):
    """The buttons of its states: reload, reset the filters, all days, find at the gateway, all
    payments."""

    again_wanted = Signal()
    reset_wanted = Signal()
    all_days_wanted = Signal()
    gateway_wanted = Signal()
    everything_wanted = Signal()

    def __init__(self, table: TableView, tasks: TaskList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failure: CashierError | None = None
        self._filters = Filters()
        self._frame = TableFrame(table)
        self._tasks = tasks
        self._blank = QWidget()
        self._empty = EmptyState(name="history.empty", icon="list")
        self._error = EmptyState(name="history.error", icon="circle-alert", tone=Tone.BAD)
        self._done = EmptyState(name="history.done", icon="circle-check", tone=Tone.OK)
        self._again = self._error.add_button(self._button("history.again", "F5"))
        self._reset = self._empty.add_button(self._button("history.reset", "Esc"))
        self._all_days = self._empty.add_button(self._button("history.all_days", ""))
        self._gateway = self._empty.add_button(self._button("history.ask_gateway", "F6"))
        self._everything = self._done.add_button(self._button("history.all_payments", "Esc"))
        self._loading_note = Label(tone="2", role=Role.SMALL, name="history.loading")
        self._loading = Card()
        self._loading.body.addWidget(Skeleton(rows=8))
        self._loading.body.addWidget(self._loading_note)
        self._loading.body.addStretch(1)
        self._cards = {}
        for state in (self._empty, self._error, self._done):
            card = Card()
            card.body.addWidget(state)
            self._cards[state] = card
        for widget in (self._frame, tasks, self._blank, self._loading, *self._cards.values()):
            self.addWidget(widget)
        self._again.clicked.connect(self.again_wanted)
        self._reset.clicked.connect(self.reset_wanted)
        self._all_days.clicked.connect(self.all_days_wanted)
        self._gateway.clicked.connect(self.gateway_wanted)
        self._everything.clicked.connect(self.everything_wanted)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        # The highest of its states must not make the whole window higher.
        self.setMinimumHeight(theme.px(_LEAST))

    def _button(self, name: str, keycap: str) -> Button:
        return Button("", name=name, size=Size.SM, keycap=keycap)

    def show_rows(self) -> None:
        self.setCurrentWidget(self._frame)

    def show_loading(self, *, is_slow: bool) -> None:
        """Grey bars only when it takes long."""
        self.setCurrentWidget(self._loading if is_slow else self._blank)

    def show_empty(self, filters: Filters) -> None:
        self._filters = filters
        self.retranslate()
        self.setCurrentWidget(self._cards[self._empty])

    def show_failure(self, error: CashierError) -> None:
        self._failure = error
        self.retranslate()
        self.setCurrentWidget(self._cards[self._error])

    def show_tasks(self) -> None:
        """The cards, or that there is nothing to decide."""
        is_done = not self._tasks.tasks
        self.setCurrentWidget(self._cards[self._done] if is_done else self._tasks)

    def retranslate(self) -> None:
        filters = self._filters
        is_plain = filters == Filters(period=filters.period, own=filters.own)
        if is_plain and filters.period is Period.TODAY:
            title = self.tr("No payments today yet")
        elif is_plain and filters.period is Period.ALL:
            title = self.tr("No payments yet")
        else:
            title = self.tr("Nothing found")
        detail = ""
        if filters.is_whole_id:
            detail = self.tr("This journal has no payment with that number.")
        self._empty.show_texts(title, detail)
        is_search = not is_plain
        self._reset.setText(self.tr("Reset the filters"))
        self._reset.setVisible(filters != Filters())
        self._all_days.setText(self.tr("Look in all days"))
        self._all_days.setVisible(filters.period is not Period.ALL and not filters.is_whole_id)
        self._gateway.setText(self.tr("Find at the gateway"))
        self._gateway.setVisible(is_search and bool(filters.text))
        self._loading_note.setText(self.tr("Loading the payments…"))
        reason = failure_text(self._failure) if self._failure is not None else ""
        self._error.show_texts(
            self.tr("The list did not load. This till’s journal is whole"), reason
        )
        self._again.setText(self.tr("Try again"))
        self._done.show_texts(self.tr("Nothing to decide"))
        self._everything.setText(self.tr("All payments"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
