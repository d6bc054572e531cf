"""What the shift page does in the background: reconciling, closing, opening, reading reports."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.money import Currency
from cashier.domain.shift import Shift
from cashier.domain.shift_report import ShiftReport
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.reconciling import Progress, Reconciliation
from cashier.services.shifts import Overview
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving


class ShiftCalls(QObject):
    """One of each at a time. `changed` when something begins or ends."""

    changed = Signal()
    overview_came = Signal(object)
    """An Overview, or None while no shift is open."""
    progressed = Signal(object)
    reconciled = Signal(object)
    reconcile_failed = Signal(object)
    closed = Signal(object)
    """The Z report."""
    refused = Signal()
    """Somebody has left the question for a PIN."""
    failed = Signal(object)

    def __init__(self, page: QWidget, *, till: Till, background: Background) -> None:
        super().__init__(page)
        self._page = page
        self._till = till
        self._background = background
        self._reading: Job | None = None
        self._reconciling: Job | None = None
        self.is_asking = False
        self.is_closing = False
        self.is_opening = False

    @property
    def is_reconciling(self) -> bool:
        return self._reconciling is not None

    @property
    def is_busy(self) -> bool:
        return self.is_asking or self.is_closing or self.is_opening

    # Reading

    def read(self, currency: Currency, done: Callable[[Overview], None] | None = None) -> None:
        """Read the shift anew; a reading under way is forgotten."""
        if self._reading is not None:
            self._reading.cancel()

        def take(overview: Overview) -> None:
            self._reading = None
            self.overview_came.emit(overview)
            if done is not None:
                done(overview)

        self._reading = self._background.start(
            self._till.shifts.overview, currency, done=take, failed=self._not_read
        )

    def forget(self) -> None:
        """Nothing that is being read shall be heard of."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _not_read(self, error: CashierError) -> None:
        self._reading = None
        self.failed.emit(error)

    def read_past(self, done: Callable[[tuple[ShiftReport, ...]], None]) -> None:
        self._background.start(self._till.shifts.past, done=done, failed=self.failed.emit)

    # Opening

    def open(self, done: Callable[[Shift], None]) -> None:
        if self.is_busy:
            return
        self.is_opening = True

        def take(shift: Shift) -> None:
            self.is_opening = False
            self.changed.emit()
            done(shift)

        self._background.start(self._till.shifts.open, done=take, failed=self._not_opened)
        self.changed.emit()

    def _not_opened(self, error: CashierError) -> None:
        self.is_opening = False
        self.changed.emit()
        self.failed.emit(error)

    # Reconciling

    def reconcile(self, person: Person | None) -> None:
        """Ask for the right, then the gateway about everything."""
        if self.is_busy or self.is_reconciling:
            return
        self.is_asking = True
        self._approving().ask(
            Right.RECONCILE,
            self.tr("Check every payment and refund of the shift against the gateway"),
            self._reconcile,
            person=person,
            refused=self._leave_asking,
        )

    def _reconcile(self, approval: Approval | None) -> None:
        self.is_asking = False
        self._reconciling = self._background.start(
            self._till.shifts.reconcile,
            report=self._progress,
            done=self._take_result,
            failed=self._reconcile_failed,
            approval=approval,
        )
        self.progressed.emit(Progress(0, 0))
        self.changed.emit()

    def cancel_reconciling(self) -> None:
        if self._reconciling is not None:
            self._reconciling.cancel()
            self._reconciling = None
            self.changed.emit()

    def _progress(self, progress: Progress) -> None:
        self.progressed.emit(progress)

    def _take_result(self, result: Reconciliation) -> None:
        self._reconciling = None
        self.reconciled.emit(result)
        self.changed.emit()

    def _reconcile_failed(self, error: CashierError) -> None:
        self._reconciling = None
        self.reconcile_failed.emit(error)
        self.changed.emit()

    # Closing

    def close(
        self, overview: Overview, *, hand_over: bool, note: str, person: Person | None
    ) -> None:
        """Ask for the right, then write the Z report."""
        if self.is_busy:
            return
        self.is_asking = True
        report = overview.report

        def send(approval: Approval | None) -> None:
            self.is_asking = False
            self.is_closing = True
            self._background.start(
                self._till.shifts.close,
                report.whole.sold.currency,
                hand_over=hand_over,
                note=note,
                approval=approval,
                done=self._take_closed,
                failed=self._not_closed,
            )
            self.changed.emit()

        self._approving().ask(
            Right.Z_REPORT,
            self.tr("Close shift no. {0} with the Z report").format(report.shift.number),
            send,
            person=person,
            refused=self._leave_asking,
        )

    def _take_closed(self, report: ShiftReport) -> None:
        self.is_closing = False
        self.changed.emit()
        self.closed.emit(report)

    def _not_closed(self, error: CashierError) -> None:
        self.is_closing = False
        self.changed.emit()
        self.failed.emit(error)

    def _approving(self) -> Approving:
        return Approving(
            self._page.window(),
            staff=self._till.staff,
            background=self._background,
            failed=self._end_asking,
        )

    def _leave_asking(self) -> None:
        self.is_asking = False
        self.refused.emit()

    def _end_asking(self, error: CashierError) -> None:
        self.is_asking = False
        self.failed.emit(error)
