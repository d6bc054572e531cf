"""The page of the history (pictures 06 and 14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.staff import Person
from cashier.domain.terminal import Terminal
from cashier.services.history import Details
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui import formats
from cashier.ui.background import Background
from cashier.ui.hints import Hint
from cashier.ui.pages.history.actions import Deed
from cashier.ui.pages.history.beside import Beside
from cashier.ui.pages.history.details_panel import DetailsPanel
from cashier.ui.pages.history.doings import Doings
from cashier.ui.pages.history.exporting import ExportBand
from cashier.ui.pages.history.filter_row import FilterRow
from cashier.ui.pages.history.filters import Filters, Period, Status
from cashier.ui.pages.history.listing import HistoryList
from cashier.ui.pages.history.search_bar import SearchBar
from cashier.ui.pages.history.tasks import stamp_of, tasks_of
from cashier.ui.pages.page import Page
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.room import room_of
from cashier.ui.widgets.shortcut import shortcut
from cashier.ui.widgets.tone import Tone

_NARROW = 1100
_REFRESH_AFTER_MS = 400
_TASKS_AFTER_MS = 30_000


class HistoryPage(Page):
    """All payments of the journal, one of them in detail, and what waits for a decision.

    `payment_requested`: show this payment again; `refund_requested`: give it back;
    `reminded` with a refund's id, an hour after its wait began; `reconcile_wanted` after a restore.
    """

    payment_requested = Signal(str)
    refund_requested = Signal(str)
    reminded = Signal(str)
    reconcile_wanted = Signal()

    def __init__(
        self,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        training: bool = False,
        shop: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._till = till
        self._background = background
        self._clock = clock
        self._view: TillView | None = None
        self._stamp: object = None
        self._people: tuple[Person, ...] = ()
        self._bar = SearchBar()
        self._filters = FilterRow(clock)
        self._message = Band(name="history.message")
        self._band = ExportBand(history=till.history, background=background)
        self._list = HistoryList(search=till.history.search, background=background, clock=clock)
        self._panel = DetailsPanel()
        self._beside = Beside(
            self._panel, background=background, read=till.history.details, parent=self
        )
        self._doings = Doings(
            self,
            till=till,
            background=background,
            clock=clock,
            band=self._band,
            training=training,
            shop=shop,
        )
        self._stale = self._timer(_REFRESH_AFTER_MS, self._refresh)
        self._minute = self._timer(_TASKS_AFTER_MS, self._show_tasks, once=False)
        self._arrange()
        self._connect()
        self._bind_keys()
        follow_theme(self.restyle)

    def _timer(self, interval: int, then: Callable[[], None], *, once: bool = True) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=once)
        timer.timeout.connect(then)
        return timer

    def _arrange(self) -> None:
        self._content = self.message_room = QVBoxLayout()
        for part in (self._bar, self._filters, self._message, self._band):
            self._content.addWidget(part)
        self._content.addWidget(self._list, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._content, 1)
        layout.addWidget(self._panel)

    def _connect(self) -> None:
        self._bar.edited.connect(self._type)
        self._bar.rested.connect(self._ask)
        self._bar.submitted.connect(self._enter)
        self._bar.key_pressed.connect(self._take_search_key)
        self._bar.export_wanted.connect(self._open_export)
        self._filters.changed.connect(self._take_filters)
        self._filters.left.connect(self.focus_main)
        self._filters.everything_wanted.connect(self._show_everything)
        self._list.chosen.connect(self._beside.choose)
        self._list.changed.connect(self._paint)
        self._list.opened.connect(self._open)
        self._list.typed.connect(self._bar.type_on)
        states = self._list.states
        states.again_wanted.connect(self._ask)
        states.reset_wanted.connect(self._show_everything)
        states.everything_wanted.connect(self._show_everything)
        states.all_days_wanted.connect(self._look_in_all_days)
        states.gateway_wanted.connect(self._adopt)
        self._beside.came.connect(self._take_details)
        self._beside.problem_raised.connect(self.problem_raised)
        self._beside.reconcile_wanted.connect(self.reconcile_wanted)
        self._panel.wanted.connect(self._do)
        doings = self._doings
        doings.payment_requested.connect(self.payment_requested)
        doings.refund_requested.connect(self.refund_requested)
        doings.reminded.connect(self.reminded)
        doings.problem_raised.connect(self.problem_raised)
        doings.changed.connect(self._refresh)
        doings.took_in.connect(self._take_in)
        doings.busy_changed.connect(self._beside.set_busy)
        doings.copied.connect(self._tell_copied)
        doings.closed.connect(self._hold_focus)

    def _bind_keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        keys: dict[str, Callable[[], object]] = {
            "F3": self.focus_main,
            "F4": self._filters.open_first,
            "F5": self._check_or_load,
            "Shift+F5": self._decide,
            "F6": self._adopt,
            "F8": lambda: self._beside.press(Deed.COPY),
            "F9": lambda: self._beside.press(Deed.REFUND, Deed.CONTINUE_REFUND),
            "Shift+F9": lambda: self._beside.press(Deed.EXTERNAL),
            "F10": self._open_export,
            "F12": self._decide,
            "Esc": self._step_back,
        }
        for key, pressed in keys.items():
            shortcut(self, key, pressed, context=inside)

    def restyle(self, theme: Theme) -> None:
        narrow = self.width() < theme.px(_NARROW)
        pad = theme.px(16 if narrow else 20)
        self._content.setContentsMargins(pad, theme.px(16), pad, theme.px(16))
        self._content.setSpacing(theme.px(12))
        self._panel.setFixedWidth(theme.px(room_of(self).side))
        self._panel.set_narrow(narrow)
        self._bar.set_narrow(narrow)
        self._list.fit(narrow=narrow)

    # What the frame asks

    def show_view(self, view: TillView) -> None:
        self._view = view
        self._doings.person = view.person
        before, self._stamp = self._stamp, stamp_of(view)
        if before != self._stamp and self.isVisible():
            self._show_tasks()
            if not self._stale.isActive():
                self._stale.start()

    def footer(self) -> tuple[Hint, ...]:
        find = Hint("F3", self.tr("Find"), self.focus_main)
        filters = Hint("F4", self.tr("Filters"), self._filters.open_first)
        if self._list.are_tasks:
            everything = Hint("Esc", self.tr("All payments"), self._show_everything)
            return (find, filters, Hint("↑ ↓", self.tr("Choose a task")), everything)
        return (
            find,
            filters,
            Hint("↑ ↓", self.tr("Choose a payment")),
            Hint("Enter", self.tr("Open the receipt"), self._open),
            Hint("F6", self.tr("Find at the gateway"), self._adopt),
        )

    def footer_note(self) -> str:
        tasks = self.tr("The shift can be closed: tasks are carried over")
        return tasks if self._list.are_tasks else ""

    def focus_main(self) -> None:
        self._bar.focus()

    def entered(self) -> None:
        if self._list.query is None:
            self._ask()
        else:
            self._refresh()
        self._show_tasks()
        self._minute.start()
        trouble, till, start = self.problem_raised.emit, self._till, self._background.start
        start(till.staff.people, done=self._take_people, failed=trouble)
        start(till.terminals.load, done=self._offer, failed=trouble)
        self.focus_main()

    def left(self) -> None:
        self._minute.stop()
        self._message.clear()

    @property
    def is_loading(self) -> bool:
        waits = self._bar.is_typing or self._stale.isActive()
        return waits or self._list.is_loading or self._beside.is_reading

    def show_tasks(self) -> None:
        """Only what waits for a decision, of all days."""
        self._set_filters(Filters(period=Period.ALL, status=Status.TASKS))

    def show_payment(self, payment_id: str) -> None:
        """One payment in detail, whatever the list shows now."""
        self._background.start(
            self._till.history.details,
            payment_id,
            done=self._take_in,
            failed=self.problem_raised.emit,
        )

    def _take_people(self, people: tuple[Person, ...]) -> None:
        self._people = people
        self._filters.offer(people=people)

    def _offer(self, terminals: tuple[Terminal, ...]) -> None:
        self._filters.offer(terminals=terminals)

    # Searching

    def _type(self, text: str) -> None:
        filters = self._filters.filters
        if filters.status is Status.TASKS:
            filters = Filters()
        self._filters.set_filters(replace(filters, text=text, amount=None))

    def _take_filters(self) -> None:
        self._bar.set_text(self._filters.filters.text)
        self._ask()

    def _set_filters(self, filters: Filters) -> None:
        self._filters.set_filters(filters)
        self._take_filters()

    def _show_everything(self) -> None:
        self._set_filters(Filters())
        self.focus_main()

    def _look_in_all_days(self) -> None:
        self._set_filters(replace(self._filters.filters, period=Period.ALL, own=None))
        self.focus_main()

    def _ask(self) -> None:
        """Ask the journal anew."""
        self._bar.stop()
        self._message.clear()
        self._list.ask(self._filters.filters)
        self._show_tasks()
        self.restyle(current_theme())
        self.footer_changed.emit()

    def _refresh(self) -> None:
        self._stale.stop()
        self._list.refresh()
        self._beside.read_again()
        self._show_tasks()

    # What is chosen

    def _take_details(self, details: Details) -> None:
        tasks = self._view.refund_tasks if self._view is not None else ()
        if any(one.refund.payment_id == details.payment.id for one in tasks):
            self._show_tasks()

    def _take_in(self, details: Details) -> None:
        """Show a payment that was asked for by its id."""
        self._beside.take_in(details)
        if self._list.choose(details.payment.id):
            self._list.refresh()
        else:
            self._set_filters(Filters(text=details.payment.order_id))

    def _show_tasks(self) -> None:
        if self._view is None:
            return
        if self._list.are_tasks:
            for one in self._view.refund_tasks:
                self._beside.read(one.refund.payment_id)
        self._list.show_tasks(tasks_of(self._view, self._beside.known))

    # What is shown

    def _paint(self) -> None:
        self._filters.offer(tills=self._list.tills)
        self._filters.show_count(self._list.count, are_tasks=self._list.are_tasks)
        self._bar.set_exportable(bool(self._list.count))
        self._beside.set_empty(not self._list.count)

    def _tell_copied(self, path: str) -> None:
        self._message.show_message(self.tr("The copy is in {0}").format(path), tone=Tone.OK)

    # Doing

    def _do(self, deed: Deed) -> None:
        details = self._beside.shown()
        if details is not None:
            self._message.clear()
            self._doings.do(deed, details)

    def _decide(self) -> None:
        self._beside.press(Deed.DECIDE_REFUND, Deed.DECIDE, Deed.DECLARE)

    def _check_or_load(self) -> None:
        if self._list.has_failed:
            self._ask()
        else:
            self._beside.press(Deed.CHECK)

    def _open(self) -> None:
        details = self._beside.shown()
        if details is not None and not self._beside.press(Deed.SHOW_QR, Deed.OPEN_PAYMENT):
            self._doings.open_receipt(details)

    def _adopt(self) -> None:
        self._doings.adopt(self._bar.text() if self._list.count == 0 else "")

    def _open_export(self) -> None:
        query = self._list.query
        if query is None or not self._list.count:
            return
        names = {person.id: person.name for person in self._people}
        today = self._clock.utc().astimezone().date()
        day = formats.date(current_language(), today).replace(formats.HARD_SPACE, " ")
        self._doings.export(query, names, day)

    # Keys

    def _enter(self) -> None:
        """A scanner ends with Enter: what was typed is looked for; else the receipt opens."""
        if self._bar.is_typing:
            self._ask()
        elif not self._list.is_loading:
            self._open()

    def _step_back(self) -> None:
        filters = self._filters.filters
        if filters.text:
            self._set_filters(replace(filters, text=""))
            self.focus_main()
        elif filters != Filters():
            self._show_everything()

    def _hold_focus(self) -> None:
        """What had the focus before a dialog may be gone."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._bar.focus(select=False)

    def _take_search_key(self, event: QKeyEvent) -> None:
        self._list.take_key(event, may_jump=not self._bar.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._open()
            return
        event.ignore()
        self._list.take_key(event, may_jump=True)

    # Words and sizes

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._message.clear()
            self._paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())
