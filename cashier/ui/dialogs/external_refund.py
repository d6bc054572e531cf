"""A refund that was made in the Invoice account: taken in by its number (row R22)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.payment import Payment
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.refund_views import RefundView
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.pages.history.look import receipt_text
from cashier.ui.texts import failure_text, money_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

NUMBER_LIMIT = 64


class ExternalRefundDialog(Dialog):
    """Enter and F12 ask the gateway whether it is about this payment. `recorded` with the view."""

    recorded = Signal(object)

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        person: Person | None,
        payment: Payment,
    ) -> None:
        super().__init__(window, name="external_refund", width=640)
        self._till = till
        self._background = background
        self._person = person
        self._payment = payment
        self._job: Job | None = None
        self._approving = Approving(
            window, staff=till.staff, background=background, failed=self._take_trouble
        )
        self._text = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="external_refund.text")
        self._number = Field(name="external_refund.number", limit=NUMBER_LIMIT, icon="search")
        self._band = Band(name="external_refund.message")
        self._keep = Button("", name="external_refund.keep", keycap="Esc")
        self._record = Button("", name="external_refund.record", kind=Kind.PRIMARY, keycap="F12")
        for part in (self._text, self._number, self._band):
            self.body.addWidget(part)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._record)
        self._number.submitted.connect(self._ask)
        self._number.edited.connect(self._forget_trouble)
        self._keep.clicked.connect(self._leave)
        self._record.clicked.connect(self._ask)
        self.escaped.connect(self._leave)
        self.on_key("F12", self._ask)
        self.retranslate()

    def _forget_trouble(self) -> None:
        self._number.set_error("")
        self._band.clear()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.remove()

    def _ask(self) -> None:
        if self._job is not None or self._approving.is_asking:
            return
        self._forget_trouble()
        number = self._number.text().strip()
        if not number:
            self._number.set_error(self.tr("Type the refund’s number from the account"))
            return
        self._approving.ask(
            Right.RECORD_EXTERNAL,
            self.tr("Take in refund {0}, made in the account, for receipt {1}.").format(
                number, receipt_text(self._payment)
            ),
            self._send,
            person=self._person,
            refused=self._number.line.setFocus,
        )

    def _send(self, approval: Approval | None) -> None:
        self._record.set_busy(self.tr("Asking the gateway…"))
        self._job = self._background.start(
            self._till.refund_decisions.record_external,
            self._payment.id,
            self._number.text().strip(),
            approval=approval,
            done=self._take,
            failed=self._take_trouble,
        )

    def _take(self, view: RefundView) -> None:
        self.remove()
        self.recorded.emit(view)

    def _take_trouble(self, error: CashierError) -> None:
        self._job = None
        self._record.set_busy(None)
        self._band.show_message(failure_text(error), tone=Tone.BAD)
        self._number.line.setFocus()

    def retranslate(self) -> None:
        self.set_title(self.tr("A refund made in the account"))
        self._text.setText(
            self.tr(
                "Money of this payment of {0} that was given back in the Invoice account counts "
                "here as soon as it is entered, and is not given back twice. The till sends "
                "nothing: it asks the gateway whether this refund belongs to this payment."
            ).format(money_text(self._payment.amount))
        )
        self._number.set_label(self.tr("Number of the refund, from the account"))
        self._keep.setText(self.tr("Back"))
        self._record.setText(self.tr("Take it in"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
