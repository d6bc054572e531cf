"""The page of the shift (picture 08)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency
from cashier.domain.shift import Shift
from cashier.domain.shift_report import ShiftReport
from cashier.domain.staff import Person
from cashier.services.reconciling import Progress, Reconciliation
from cashier.services.shifts import Overview
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background
from cashier.ui.hints import Hint
from cashier.ui.pages.page import Page
from cashier.ui.pages.shift.close_dialog import CloseDialog
from cashier.ui.pages.shift.closing import ShiftCalls
from cashier.ui.pages.shift.content import Content
from cashier.ui.pages.shift.files import ReportFiles
from cashier.ui.pages.shift.past_dialog import PastDialog
from cashier.ui.pages.shift.report_dialog import ReportDialog
from cashier.ui.pages.shift.side import SidePanel
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.room import room_of
from cashier.ui.widgets.shortcut import shortcut
from cashier.ui.widgets.tone import Tone

_NARROW = 1100
_REFRESH_AFTER_MS = 400
_MINUTE_MS = 15_000


class ShiftPage(Page):
    """What the open shift came to, the check against the gateway, the X and the Z report.

    `parked_requested`: the receipts that were put aside shall be shown.
    """

    parked_requested = Signal()

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
        self.setObjectName("shift")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._till = till
        self._background = background
        self._clock = clock
        self._training = training
        self._shop = shop
        self._view: TillView | None = None
        self._stamp: object = None
        self._overview: Overview | None = None
        self._people: dict[str, str] = {}
        self._dialog: Dialog | None = None
        self._is_starting = False
        self._message = Band(name="shift.message")
        self.content = Content()
        self.side = SidePanel()
        self.calls = ShiftCalls(self, till=till, background=background)
        self.files = ReportFiles(self, background=background, training=training, shop=shop)
        self._stale = self._timer(_REFRESH_AFTER_MS, self._read, once=True)
        self._minute = self._timer(_MINUTE_MS, self._show_age, once=False)
        self._arrange()
        self._connect()
        self._bind_keys()
        follow_theme(self.restyle)

    def _timer(self, interval: int, then: Callable[[], None], *, once: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(once)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def _arrange(self) -> None:
        self._column = self.message_room = QVBoxLayout()
        self._column.addWidget(self._message)
        self._column.addWidget(self.content, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._column, 1)
        layout.addWidget(self.side)
        self.side.hide()

    def _connect(self) -> None:
        self.content.open_wanted.connect(self._open)
        self.side.close_wanted.connect(self._close)
        self.side.x_report_wanted.connect(self._x_report)
        self.side.reconcile_wanted.connect(self._reconcile)
        self.side.card.cancel_wanted.connect(self._stop_reconciling)
        self.side.checklist.parked_requested.connect(self.parked_requested)
        calls = self.calls
        calls.changed.connect(self._paint)
        calls.overview_came.connect(self._take_overview)
        calls.progressed.connect(self._show_progress)
        calls.reconciled.connect(self._take_result)
        calls.reconcile_failed.connect(self.side.card.show_failure)
        calls.closed.connect(self._take_closed)
        calls.refused.connect(self._hold_focus)
        calls.failed.connect(self._take_trouble)
        self.files.written.connect(self._tell_written)
        self.files.failed.connect(self.problem_raised)

    def _bind_keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        keys: dict[str, Callable[[], object]] = {
            "F3": self._show_past,
            "F5": self._reconcile,
            "F8": self._x_report,
            "F12": self._main_key,
            "Esc": self._stop_reconciling,
        }
        for key, pressed in keys.items():
            shortcut(self, key, pressed, context=inside)

    def restyle(self, theme: Theme) -> None:
        narrow = self.width() < theme.px(_NARROW)
        pad = theme.px(16 if narrow else 20)
        self._column.setContentsMargins(pad, theme.px(16), pad, theme.px(16))
        self._column.setSpacing(theme.px(12))
        self.side.setFixedWidth(theme.px(room_of(self).side))
        self.side.set_narrow(narrow)
        self.content.report.set_narrow(narrow)

    # What the frame asks

    def show_view(self, view: TillView) -> None:
        before, self._view = self._view, view
        stamp = (
            view.shift,
            view.person,
            self._currency(),
            tuple((one.payment.id, one.payment.version) for one in (*view.payments, *view.tasks)),
            tuple(
                (one.refund.id, one.refund.version) for one in (*view.refunds, *view.refund_tasks)
            ),
        )
        if stamp == self._stamp:
            return
        self._stamp = stamp
        if before is not None and _shift_id(before) != _shift_id(view):
            self.calls.cancel_reconciling()
            self.side.card.clear()
        if view.shift is None:
            self._show_closed()
        elif self.isVisible() and not self._stale.isActive():
            self._stale.start()

    def footer(self) -> tuple[Hint, ...]:
        return (Hint("F3", self.tr("Earlier shifts"), self._show_past),)

    def footer_note(self) -> str:
        return self.tr("An X report does not close the shift") if self._overview else ""

    def focus_main(self) -> None:
        """The page itself takes the keys: nothing is typed here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def entered(self) -> None:
        trouble = self.problem_raised.emit
        self._background.start(self._till.staff.people, done=self._take_people, failed=trouble)
        self._minute.start()
        self._read()
        self.focus_main()

    def left(self) -> None:
        self._minute.stop()
        self._message.clear()

    @property
    def _person(self) -> Person | None:
        return self._view.person if self._view is not None else None

    def _currency(self) -> Currency:
        terminal = self._view.terminal if self._view is not None else None
        return terminal.currency if terminal is not None else Currency.RUB

    def _take_people(self, people: tuple[Person, ...]) -> None:
        self._people = {one.id: one.name for one in people}
        self.files.people = self._people

    # Reading

    def _read(self) -> None:
        self._stale.stop()
        if self._is_starting or self._person is None:
            return
        self.calls.read(self._currency())

    def _take_overview(self, overview: Overview) -> None:
        was_open = self._overview is not None
        self._overview = overview
        self.content.show_report(overview.report)
        self.side.show()
        self._show_age()
        self._paint()
        if not was_open:
            self.footer_changed.emit()

    def _show_closed(self) -> None:
        self.calls.forget()
        self._is_starting = False
        self._overview = None
        self.content.show_closed()
        self.side.hide()
        self._paint()
        self.footer_changed.emit()

    def _show_age(self) -> None:
        if self._overview is not None:
            shift = self._overview.report.shift
            age = (self._clock.utc() - shift.opened_at).total_seconds()
            too_long = self._till.shifts.is_too_long(shift)
            self.content.report.show_age(age, is_too_long=too_long)

    def _paint(self) -> None:
        """Everything that depends on what is known and what is under way."""
        self.side.show_overview(self._overview)
        self.side.show_closing(self.calls.is_closing)
        self.content.show_opening(self.calls.is_opening)

    def _take_trouble(self, error: CashierError) -> None:
        self._is_starting = False
        if error.failure is Failure.NO_SHIFT:
            self._show_closed()
            return
        self.problem_raised.emit(error)
        if error.failure is Failure.SHIFT_NOT_READY:
            self._read()
        self._hold_focus()

    # Doing

    def _main_key(self) -> None:
        if self.content.is_empty:
            self._open()
        elif self._overview is not None and self._overview.readiness.parked:
            self.side.checklist.focus_parked()
        else:
            self._close()

    def _open(self) -> None:
        if self.content.is_empty and not self.calls.is_busy:
            self._message.clear()
            self.calls.open(self._opened)

    def _opened(self, _: Shift) -> None:
        self._read()
        self.focus_main()

    def _reconcile(self) -> None:
        if self._overview is not None and not self.calls.is_busy:
            self._message.clear()
            self.calls.reconcile(self._person)

    def _stop_reconciling(self) -> None:
        if self.calls.is_reconciling:
            self.calls.cancel_reconciling()
            self.side.card.show_cancelled()
            self._paint()
            self.focus_main()

    def _show_progress(self, progress: Progress) -> None:
        self.side.card.show_progress(progress)

    def _take_result(self, result: Reconciliation) -> None:
        self.side.card.show_result(result)
        self._paint()
        self._read()

    def _x_report(self) -> None:
        if self._may_begin():
            self._is_starting = True
            self.calls.read(self._currency(), lambda one: self._show_report(one.report))

    def _close(self) -> None:
        if self._may_begin() and not self.calls.is_reconciling:
            self._is_starting = True
            self.calls.read(self._currency(), self._ask_to_close)

    def _may_begin(self) -> bool:
        """Whether a dialog may come up: a shift is shown and nothing else is going on."""
        self._message.clear()
        return self._overview is not None and not self.calls.is_busy and not self._is_starting

    def _ask_to_close(self, overview: Overview) -> None:
        self._is_starting = False
        if overview.readiness.parked:
            return
        dialog = CloseDialog(self.window(), overview=overview, reconciliation=self.side.card.result)
        dialog.confirmed.connect(
            lambda hand_over, note: self.calls.close(
                overview, hand_over=hand_over, note=note, person=self._person
            )
        )
        dialog.dismissed.connect(self._hold_focus)
        dialog.begin()

    def _take_closed(self, report: ShiftReport) -> None:
        self.side.card.clear()
        self._show_closed()
        self._show_report(report)

    def _show_past(self) -> None:
        if not self.calls.is_busy and self._person is not None:
            self.calls.read_past(self._choose_past)

    def _choose_past(self, reports: tuple[ShiftReport, ...]) -> None:
        dialog = PastDialog(self.window(), reports=reports)
        dialog.chosen.connect(self._show_report)
        dialog.dismissed.connect(self._hold_focus)
        dialog.begin()

    def _show_report(self, report: ShiftReport) -> None:
        self._is_starting = False
        dialog = ReportDialog(
            self.window(),
            report=report,
            people=self._people,
            training=self._training,
            shop=self._shop,
        )
        dialog.pdf_wanted.connect(self.files.ask_pdf)
        dialog.xlsx_wanted.connect(self.files.ask_xlsx)
        dialog.dismissed.connect(self._hold_focus)
        dialog.begin()

    def _tell_written(self, path: str) -> None:
        self._message.show_message(self.tr("The report is in {0}").format(path), tone=Tone.OK)

    def _hold_focus(self) -> None:
        """What had the focus before a dialog may be gone; without one no key would be heard."""
        focus = QApplication.focusWidget()
        if self.isVisible() and (focus is None or not self.window().isAncestorOf(focus)):
            self.focus_main()

    # Words and sizes

    def retranslate(self) -> None:
        self.content.retranslate()
        self._message.clear()
        self._show_age()
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())


def _shift_id(view: TillView) -> str:
    return view.shift.id if view.shift is not None else ""
