"""From a receipt to its payment and back.

What is on screen follows from the till's view and from one choice: which receipt's payment the
cashier is looking at. Looking away never cancels anything.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from cashier.domain.failure import CashierError
from cashier.domain.payment import PaymentState
from cashier.domain.saved_receipt import SavedReceipt
from cashier.services.approvals import Approval
from cashier.services.till import Till
from cashier.services.views import PaymentView, TillView
from cashier.ui.background import Background
from cashier.ui.frame.message_bar import MessageBar
from cashier.ui.pages.page import Page
from cashier.ui.pages.payment import PaymentPage
from cashier.ui.pages.sale import SalePage


class Paying(QObject):
    """Emits `page_wanted` with the page to bring on screen."""

    page_wanted = Signal(object)
    refund_requested = Signal(str)

    def __init__(
        self,
        *,
        till: Till,
        background: Background,
        sale: SalePage,
        payment: PaymentPage,
        message: MessageBar,
    ) -> None:
        super().__init__(sale)
        self._till = till
        self._background = background
        self._sale = sale
        self._payment = payment
        self._message = message
        self._view: TillView | None = None
        self._looking_at = ""  # the receipt whose payment is on screen, "" for none
        self._charging: set[str] = set()  # the receipts that a charge is under way for
        self._awaited = ""  # the last of them while its payment has not been on screen yet
        self._override: tuple[str, Approval] | None = None  # for the payment that is beginning
        sale.payment_requested.connect(self.charge)
        payment.background_requested.connect(self._to_background)
        payment.new_qr_requested.connect(self.charge)
        payment.receipt_taken_back.connect(self._take_back)
        payment.new_sale_requested.connect(self.new_sale)
        payment.decision_requested.connect(self._ask_decision)
        sale.override_requested.connect(self._ask_override)
        sale.draft.failed.connect(self._drop_override)

    @property
    def receipt_id(self) -> str:
        """The receipt whose payment the cashier is looking at, or ""."""
        return self._looking_at

    @property
    def page(self) -> Page:
        """The page of the section Продажа: the receipt, or its payment."""
        return self._payment if self._looking_at else self._sale

    def show_view(self, view: TillView) -> None:
        """Show the newest attempt of the receipt that is being paid."""
        self._view = view
        awaited = view.newest(self._awaited)
        if awaited is not None and awaited.payment.is_live:
            self._look_at(awaited, view)
            return
        shown = view.newest(self._looking_at)
        if shown is not None:
            self._payment.show_payment(shown, view)

    def charge(self, receipt_id: str) -> None:
        """Ask for a QR for a receipt that is committed."""
        override, self._override = self._override or ("", None), None
        if receipt_id in self._charging:
            return
        self._message.clear()
        self._charging.add(receipt_id)
        self._awaited = receipt_id if receipt_id != self._looking_at else ""
        self._background.start(
            partial(self._till.sales.charge, override=override[0], approval=override[1]),
            receipt_id,
            done=partial(self._charged, receipt_id),
            failed=partial(self._charge_failed, receipt_id),
        )

    def show_payment(self, payment_id: str) -> None:
        """Bring a payment back to the screen."""
        found = self._view.find(payment_id) if self._view else None
        if found is not None and self._view is not None:
            self._message.clear()
            self._look_at(found, self._view)

    def can_return(self) -> bool:
        """Whether the payment looked at last is still there to be shown."""
        return self._view is not None and self._view.newest(self._looking_at) is not None

    def open_unfinished(self, view: TillView) -> None:
        """At the start: what the last run left comes before the first sale."""
        unseen = [one for one in view.payments if one.payment.state is PaymentState.PAID]
        for one in (*unseen, *reversed(view.payable)):
            self._look_at(one, view)
            if one.payment.state is not PaymentState.PAID:
                self._message.show_message(
                    self.tr(
                        "The till was closed while this customer was paying. "
                        "The QR stays valid; receipt {0} is being checked."
                    ).format(one.payment.receipt_number),
                    about=one.payment.id,
                )
            return

    def new_sale(self) -> None:
        """To the receipt; the payment, if there is one, goes on behind it."""
        self._looking_at = ""
        self._message.clear()
        self._sale.load()
        self.page_wanted.emit(self._sale)

    def _take_back(self, saved: SavedReceipt) -> None:
        """A receipt is in the grid again; another payment that is looked at by now stays."""
        if self._looking_at == saved.id:
            self.new_sale()
        else:
            self._sale.load()

    def cancel(self, payment_id: str) -> None:
        """Show a payment and cancel it."""
        self.show_payment(payment_id)
        self._background.start(self._till.sales.cancel, payment_id)

    def _ask_decision(self, payment_id: str) -> None:
        """On screen 05 and its like: somebody senior says what becomes of the payment."""
        found = self._view.find(payment_id) if self._view else None
        if found is None or self._view is None:
            return
        from cashier.ui.dialogs.decide_payment import DecidePaymentDialog

        dialog = DecidePaymentDialog(
            self._payment.window(),
            till=self._till,
            background=self._background,
            payment=found.payment,
            receipt=found.receipt,
            person=self._view.person,
        )
        dialog.refund_requested.connect(self.refund_requested)
        dialog.open()

    def _ask_override(self, receipt_number: str) -> None:
        """A static terminal is busy with another receipt: a senior may let it take two."""
        from cashier.ui.dialogs.override import OverrideDialog

        dialog = OverrideDialog(
            self._sale.window(),
            staff=self._till.staff,
            background=self._background,
            person=self._view.person if self._view else None,
            receipt_number=receipt_number,
        )
        dialog.agreed.connect(self._take_override)
        dialog.begin()

    def _take_override(self, reason: str, approval: Approval) -> None:
        self._override = (reason, approval)
        if not self._sale.draft.pay():
            self._drop_override()

    def _drop_override(self, _: object = None) -> None:
        """No payment has begun by it: the next one needs a word of its own."""
        self._override = None

    def _charged(self, receipt_id: str, view: PaymentView) -> None:
        if self._awaited == receipt_id and self._view is not None:
            self._look_at(view, self._view)  # a busy window hears of its end first
        self._end_charge(receipt_id)

    def _charge_failed(self, receipt_id: str, error: CashierError) -> None:
        """Its payment may exist, and a busy window hears of the end first: look there is one."""

        async def look() -> TillView:
            return self._till.view()

        def tell(view: TillView) -> None:
            found = view.newest(receipt_id)
            if self._awaited == receipt_id and found is not None and found.payment.is_live:
                self._look_at(found, view)
            self._end_charge(receipt_id)
            self._message.show_problem(error)

        self._background.start(look, done=tell)

    def _end_charge(self, receipt_id: str) -> None:
        self._charging.discard(receipt_id)
        if self._awaited == receipt_id:
            self._awaited = ""
        self._sale.charge_ended(receipt_id)
        self._payment.retry_ended()

    def _look_at(self, one: PaymentView, view: TillView) -> None:
        self._looking_at, self._awaited = one.payment.receipt_id, ""
        self._payment.show_payment(one, view)
        self.page_wanted.emit(self._payment)
        self._sale.load()

    def _to_background(self) -> None:
        self._background.start(self._till.sales.look_away)
        self.new_sale()
