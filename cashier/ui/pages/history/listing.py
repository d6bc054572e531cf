"""The list of payments or of tasks, and which of them is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.history import HistoryQuery
from cashier.ui.background import Background
from cashier.ui.pages.history.feed import HistoryFeed, Search
from cashier.ui.pages.history.filters import Filters, Status, is_of_one_day
from cashier.ui.pages.history.model import HistoryModel
from cashier.ui.pages.history.states import HistoryStates
from cashier.ui.pages.history.table import SKELETON_AFTER_MS, HistoryTable
from cashier.ui.pages.history.task_cards import TaskList
from cashier.ui.pages.history.tasks import Task


class HistoryList(QWidget):
    """`chosen` with a payment's id and its Task or None; "" when there is nothing to choose.

    `changed`: another count, or another state of the list. `opened` by a double click, `typed`
    with letters that are meant for the search. The buttons of its states are in `states`.
    """

    chosen = Signal(str, object)
    changed = Signal()
    opened = Signal()
    typed = Signal(str)

    def __init__(
        self,
        *,
        search: Search,
        background: Background,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._filters = Filters()
        self._failure: CashierError | None = None
        self._wanted = ""  # the payment that shall stay chosen when rows move
        self._tills: set[str] = set()
        self._feed = HistoryFeed(background, search, self)
        self._model = HistoryModel(self._feed, clock.utc, self)
        self._table = HistoryTable(self._model, self._feed)
        self._tasks = TaskList()
        self.states = HistoryStates(self._table, self._tasks)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SKELETON_AFTER_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.states)
        self._late.timeout.connect(self._paint)
        self._feed.renewed.connect(self._choose_again)
        self._feed.came.connect(self._take_page)
        self._feed.failed.connect(self._take_failure)
        self._table.selectionModel().currentRowChanged.connect(self._take_row)
        self._table.opened.connect(self.opened)
        self._table.typed.connect(self.typed)
        self._tasks.chosen.connect(self._take_task)
        self.retranslate()

    # What is asked

    @property
    def query(self) -> HistoryQuery | None:
        return self._feed.query

    @property
    def are_tasks(self) -> bool:
        return self._filters.status is Status.TASKS

    @property
    def count(self) -> int | None:
        """How many there are to be chosen from, None while nobody knows."""
        if self.are_tasks:
            return len(self._tasks.tasks)
        return None if self._failure is not None else self._feed.count

    @property
    def tills(self) -> frozenset[str]:
        """The names of all tills that have been seen."""
        return frozenset(self._tills)

    @property
    def has_failed(self) -> bool:
        return self._failure is not None

    @property
    def is_loading(self) -> bool:
        return self._feed.is_loading

    def ask(self, filters: Filters) -> None:
        """Show another list."""
        self._filters = filters
        self._failure = None
        self._late.start()
        self._feed.ask(filters.query(self._clock.utc()))
        if self.are_tasks:
            self._take_task(self._tasks.current())
        self._paint()

    def refresh(self) -> None:
        """The same list, as it is now."""
        if self._failure is None:
            self._feed.refresh()

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """What waits for a decision now."""
        self._tasks.show_tasks(tasks, self._clock.utc())
        if self.are_tasks:
            self._paint()

    def choose(self, payment_id: str) -> bool:
        """Choose a payment of the list; False when it is not in it, as far as that is known."""
        at = -1 if self.are_tasks else self._feed.find(payment_id)
        self._wanted = payment_id
        if at >= 0:
            self._table.choose_row(at)
        return at >= 0

    # What is chosen

    def _take_page(self, first: int, last: int) -> None:
        self._failure = None
        for number in range(first, last + 1):
            row = self._model.row(number)
            if row is not None:
                self._tills.add(row.till)
        self._choose_again()

    def _take_failure(self, error: CashierError) -> None:
        self._failure = error
        self._paint()

    def _choose_again(self) -> None:
        """The same payment after its row has moved, the first one in a new list."""
        if not self.are_tasks:
            at = self._feed.find(self._wanted) if self._wanted else -1
            if at < 0:
                at = max(self._table.chosen_row(), 0)
            if at != self._table.chosen_row():
                self._table.choose_row(at)
            else:
                self._take_row(self._table.currentIndex(), QModelIndex())
        self._paint()

    def _take_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.row(current.row()) if current.isValid() else None
        if row is not None and not self.are_tasks:
            self._wanted = row.payment.id
            self.chosen.emit(row.payment.id, None)

    def _take_task(self, task: Task | None) -> None:
        if self.are_tasks:
            self._wanted = task.payment_id if task is not None else ""
            self.chosen.emit(self._wanted, task)

    # What is shown

    def fit(self, *, narrow: bool) -> None:
        filters = self._filters
        one_day = is_of_one_day(filters.period) and not filters.is_whole_id
        self._table.fit(narrow=narrow, has_days=not one_day)

    def _paint(self) -> None:
        count = self._feed.count
        if self.are_tasks:
            self.states.show_tasks()
        elif self._failure is not None:
            self.states.show_failure(self._failure)
        elif count is None:
            self.states.show_loading(is_slow=not self._late.isActive())
        elif count == 0:
            self.states.show_empty(self._filters)
        else:
            self.states.show_rows()
        self.changed.emit()

    # Keys

    def take_key(self, event: QKeyEvent, *, may_jump: bool) -> None:
        """↑ ↓ PgUp PgDn; `may_jump`: Home and End, too. Accepts what it has taken."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return
        page = max(self._table.viewport().height() // max(self._table.rowHeight(0), 1) - 1, 1)
        steps = {
            int(Qt.Key.Key_Up): -1,
            int(Qt.Key.Key_Down): 1,
            int(Qt.Key.Key_PageUp): -page,
            int(Qt.Key.Key_PageDown): page,
        }
        if may_jump:
            steps[int(Qt.Key.Key_Home)] = -self._feed.length
            steps[int(Qt.Key.Key_End)] = self._feed.length
        step = steps.get(event.key())
        if step is None:
            return
        event.accept()
        if self.are_tasks:
            self._tasks.move_choice(max(-1, min(1, step)))
        else:
            self._table.move_choice(step)

    def retranslate(self) -> None:
        self._table.setAccessibleName(self.tr("Payments"))
        self._model.repaint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
