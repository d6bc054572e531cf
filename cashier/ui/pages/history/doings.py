"""Doing what the details offer: each use case with its questions, right and failure."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.history import HistoryQuery
from cashier.domain.payment import Action, Payment
from cashier.domain.refund import Refund
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.history import Details
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.adopt import AdoptDialog, DeclareDialog
from cashier.ui.dialogs.approving import Approving
from cashier.ui.dialogs.decide_payment import DecidePaymentDialog
from cashier.ui.dialogs.external_refund import ExternalRefundDialog
from cashier.ui.dialogs.unknown_refund import REMINDED_AFTER, UnknownRefundDialog
from cashier.ui.pages.history.actions import (
    Deed,
    checkable_refunds,
    needs_a_word,
    unknown_refund,
)
from cashier.ui.pages.history.copy_sheet import copy_sheet
from cashier.ui.pages.history.exporting import ExportBand
from cashier.ui.pages.history.file_chooser import choose_file
from cashier.ui.pages.history.look import receipt_text
from cashier.ui.pages.history.receipt_dialog import ReceiptDialog
from cashier.ui.printing import write_pdf


class Doings(QObject):
    """`changed`: something was done to the payment on show; `took_in`: another one, with its
    Details. `busy_changed` with the Deed that is being done, or None."""

    payment_requested = Signal(str)
    refund_requested = Signal(str)
    reminded = Signal(str)
    problem_raised = Signal(object)
    changed = Signal()
    took_in = Signal(object)
    busy_changed = Signal(object)
    copied = Signal(str)
    closed = Signal()

    def __init__(
        self,
        page: QWidget,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        band: ExportBand,
        training: bool,
        shop: str,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._till = till
        self._background = background
        self._clock = clock
        self._band = band
        self._training = training
        self._shop = shop
        self._job: Job | None = None
        self._folder: Path | None = None
        self.person: Person | None = None
        self._busy: Deed | None = None

    def do(self, deed: Deed, details: Details) -> None:
        """Do it, or begin to; the panel has offered it."""
        payment = details.payment
        match deed:
            case Deed.SHOW_QR | Deed.OPEN_PAYMENT:
                self.payment_requested.emit(payment.id)
            case Deed.REFUND | Deed.CONTINUE_REFUND:
                self.refund_requested.emit(payment.id)
            case Deed.DECIDE_REFUND:
                refund = unknown_refund(details)
                if refund is not None:
                    self._resolve(refund, payment)
            case Deed.DECIDE:
                self._decide(details)
            case Deed.DECLARE:
                self._declare(details)
            case Deed.EXTERNAL:
                self._enter_external(details)
            case Deed.CHECK:
                self._start(deed, self._check, details)
            case Deed.CANCEL:
                self._start(deed, self._cancel, details)
            case Deed.COPY:
                self.copy(details)

    # What asks the gateway

    def _start(self, deed: Deed, use_case: object, details: Details) -> None:
        if self._job is not None or not callable(use_case):
            return
        self._busy = deed
        self._job = self._background.start(
            use_case, details, done=self._finish, failed=self._take_trouble
        )
        self.busy_changed.emit(self._busy)

    async def _check(self, details: Details) -> None:
        if details.payment.allows(Action.CHECK):
            await self._till.sales.check(details.payment.id)
        for refund in checkable_refunds(details):
            await self._till.refunds.check(refund.id)

    async def _cancel(self, details: Details) -> None:
        await self._till.sales.cancel(details.payment.id)

    def _finish(self, _: object) -> None:
        self._job, self._busy = None, None
        self.busy_changed.emit(self._busy)
        self.changed.emit()

    def _take_trouble(self, error: CashierError) -> None:
        self._job, self._busy = None, None
        self.busy_changed.emit(self._busy)
        self.problem_raised.emit(error)
        self.changed.emit()

    # What asks a person

    def _decide(self, details: Details) -> None:
        dialog = DecidePaymentDialog(
            self._page.window(),
            till=self._till,
            background=self._background,
            payment=details.payment,
            receipt=details.receipt,
            person=self.person,
        )
        dialog.decided.connect(self._note_change)
        dialog.refund_requested.connect(self.refund_requested)
        dialog.dismissed.connect(self.closed)
        dialog.open()

    def _resolve(self, refund: Refund, payment: Payment) -> None:
        dialog = UnknownRefundDialog(
            self._page.window(),
            decisions=self._till.refund_decisions,
            staff=self._till.staff,
            background=self._background,
            clock=self._clock,
            refund=refund,
            payment=payment,
            person=self.person,
        )
        dialog.resolved.connect(self._note_change)
        dialog.waiting_chosen.connect(self._remind_later)
        dialog.dismissed.connect(self.closed)
        dialog.begin()

    def _remind_later(self, refund_id: str) -> None:
        QTimer.singleShot(round(REMINDED_AFTER * 1000), self, lambda: self.reminded.emit(refund_id))

    def _declare(self, details: Details) -> None:
        dialog = DeclareDialog(
            self._page.window(),
            till=self._till,
            background=self._background,
            person=self.person,
            payment=details.payment,
        )
        dialog.declared.connect(self.took_in)
        dialog.dismissed.connect(self.closed)
        dialog.open()

    def _enter_external(self, details: Details) -> None:
        dialog = ExternalRefundDialog(
            self._page.window(),
            till=self._till,
            background=self._background,
            person=self.person,
            payment=details.payment,
        )
        dialog.recorded.connect(self._note_change)
        dialog.dismissed.connect(self.closed)
        dialog.open()

    def adopt(self, number: str) -> None:
        """Find a payment at the gateway that this journal does not know."""
        dialog = AdoptDialog(
            self._page.window(),
            till=self._till,
            background=self._background,
            person=self.person,
            number=number,
        )
        dialog.adopted.connect(self._take_adopted)
        dialog.dismissed.connect(self.closed)
        dialog.open()

    def _take_adopted(self, details: Details) -> None:
        self.took_in.emit(details)
        if needs_a_word(details.payment):
            self._declare(details)

    def open_receipt(self, details: Details) -> None:
        """Its lines."""
        may_copy = details.payment.allows(Action.SLIP)
        dialog = ReceiptDialog(self._page.window(), details=details, may_copy=may_copy)
        dialog.copy_wanted.connect(lambda: self.copy(details))
        dialog.dismissed.connect(self.closed)
        dialog.open()

    def _note_change(self, _: object) -> None:
        self.changed.emit()

    # What writes a file

    def copy(self, details: Details) -> None:
        """A copy of the receipt as a PDF; asks where to."""
        number = receipt_text(details.payment)
        choose_file(
            self._page.window(),
            lambda path: self.write_copy(details, path),
            name="history.copy_file",
            suggested=self.tr("receipt {0}").format(number),
            kinds={self.tr("PDF (*.pdf)"): "pdf"},
            folder=self._folder,
        )

    def write_copy(self, details: Details, path: Path) -> None:
        """Write it there."""
        self._folder = path.parent
        sheet = copy_sheet(details, training=self._training, shop=self._shop)
        try:
            write_pdf(path, sheet)
        except CashierError as error:
            self.problem_raised.emit(error)
        else:
            self.copied.emit(str(path))

    def export(self, query: HistoryQuery, people: dict[str, str], day: str) -> None:
        """What is shown, as a table; asks for the right, then where to."""
        if self._band.is_busy:
            return

        def choose(approval: Approval | None) -> None:
            self._band.choose_file(query, people, approval, day)

        Approving(
            self._page.window(),
            staff=self._till.staff,
            background=self._background,
            failed=self.problem_raised.emit,
        ).ask(
            Right.EXPORT,
            self.tr("Export of the payments that are shown"),
            choose,
            person=self.person,
            refused=self.closed.emit,
        )


def refund_of(details: Details, refund_id: str) -> Refund | None:
    """One of the payment's refunds."""
    return next((one for one in details.refunds if one.id == refund_id), None)
