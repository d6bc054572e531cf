"""A payment that this journal does not know: found at the gateway and taken in (row R21)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment
from cashier.domain.refund import TYPED_REASON_LIMIT
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.history import Details
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.dialogs.asking import AskingDialog
from cashier.ui.pages.history.filter_dialogs import typed_sum
from cashier.ui.texts import failure_text, money_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class AdoptDialog(AskingDialog):
    """`adopted` with the Details, also of one already known."""

    RIGHT = Right.ADOPT
    adopted = Signal(object)

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        person: Person | None,
        number: str = "",
    ) -> None:
        super().__init__(
            window, name="adopt", till=till, background=background, person=person, number=number
        )

    def use_case(self, number: str, approval: Approval | None) -> Callable[[], Awaitable[Details]]:
        return partial(self._till.history.adopt, number, approval=approval)

    def take(self, answer: Details) -> None:
        self.adopted.emit(answer)

    def trouble_text(self, error: CashierError) -> str:
        match error.failure:
            case Failure.NOT_FOUND:
                return self.tr("The gateway does not know such a payment")
            case Failure.NOT_PAID:
                return failure_text(error)
            case _:
                return ""

    def approval_text(self, number: str) -> str:
        return self.tr("Take in a payment of another journal: {0}").format(number)

    def missing_text(self) -> str:
        return self.tr("Type the number from the slip or the cabinet")

    def retranslate(self) -> None:
        self.set_title(self.tr("Find at the gateway"))
        self._text.setText(
            self.tr(
                "A payment that was made on another till or before a restore. The order number is "
                "under the slip’s barcode, the payment number in the gateway’s cabinet."
            )
        )
        self._number.set_label(self.tr("Order or payment number"))
        self._keep.setText(self.tr("Back"))
        self._submit.setText(self.tr("Find"))


class DeclareDialog(Dialog):
    """How much of an adopted payment went back before it came here; 0 is an answer, too.

    F12 records it; `declared` with the Details.
    """

    declared = Signal(object)

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        person: Person | None,
        payment: Payment,
    ) -> None:
        super().__init__(window, name="declare", width=640)
        self._till = till
        self._background = background
        self._person = person
        self._payment = payment
        self._job: Job | None = None
        self._is_asking = False
        self._approving = Approving(
            window, staff=till.staff, background=background, failed=self._take_trouble
        )
        self._text = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="declare.text")
        self._sum = Field(name="declare.amount", limit=16)
        self._reason = Field(name="declare.reason", limit=TYPED_REASON_LIMIT)
        self._band = Band(name="declare.message")
        self._later = Button("", name="declare.later", keycap="Esc")
        self._record = Button("", name="declare.record", kind=Kind.PRIMARY, keycap="F12")
        for part in (self._text, self._sum, self._reason, self._band):
            self.body.addWidget(part)
        self.buttons.addWidget(self._later)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._record)
        for field in (self._sum, self._reason):
            field.edited.connect(self._forget_trouble)
        self._later.clicked.connect(self._leave)
        self._record.clicked.connect(self._ask)
        self.escaped.connect(self._leave)
        self.on_key("F12", self._ask)
        self.retranslate()

    def _forget_trouble(self) -> None:
        self._sum.set_error("")
        self._reason.set_error("")
        self._band.clear()

    def _ask(self) -> None:
        if self._job is not None or self._is_asking:
            return
        self._forget_trouble()
        amount = typed_sum(self._sum.text(), self._payment.amount.currency)
        if amount is None or amount.minor < 0:
            self._sum.set_error(self.tr("Type a sum with at most two decimals, 0 for none"))
            self._sum.line.setFocus()
        elif amount > self._payment.amount:
            paid = money_text(self._payment.amount)
            self._sum.set_error(self.tr("More than was paid: {0}").format(paid))
            self._sum.line.setFocus()
        elif not self._reason.text().strip():
            self._reason.set_error(self.tr("Say where this is from"))
            self._reason.line.setFocus()
        else:
            self._is_asking = True
            self._approving.ask(
                Right.ADOPT,
                self.tr("Refunded before: {0} of {1}").format(
                    money_text(amount), money_text(self._payment.amount)
                ),
                self._send,
                person=self._person,
                refused=self._stop_asking,
            )

    def _leave(self) -> None:
        """What is being recorded comes to its end first."""
        if self._job is None:
            self.remove()

    def _stop_asking(self) -> None:
        self._is_asking = False
        self._sum.line.setFocus()

    def _send(self, approval: Approval | None) -> None:
        self._is_asking = False
        amount = typed_sum(self._sum.text(), self._payment.amount.currency)
        self._record.set_busy(self.tr("Recording…"))
        self._job = self._background.start(
            self._till.history.declare_refunded,
            self._payment.id,
            amount,
            self._reason.text().strip(),
            approval=approval,
            done=self._take,
            failed=self._take_trouble,
        )

    def _take(self, details: Details) -> None:
        self.remove()
        self.declared.emit(details)

    def _take_trouble(self, error: CashierError) -> None:
        self._job = None
        self._is_asking = False
        self._record.set_busy(None)
        self._band.show_message(failure_text(error), tone=Tone.BAD)

    def retranslate(self) -> None:
        self.set_title(self.tr("How much was refunded before?"))
        self._text.setText(
            self.tr(
                "The payment of {0} is taken in. The gateway does not tell what was refunded: look "
                "it up in its cabinet. Nothing of it can be refunded here before that."
            ).format(money_text(self._payment.amount))
        )
        self._sum.set_label(self.tr("Refunded before"), hint=self.tr("0 if nothing was"))
        self._reason.set_label(self.tr("Reason"), hint=self.tr("e.g. by the cabinet, 24 Nov"))
        self._reason.set_counter(self.tr("%1 of %2"))
        self._later.setText(self.tr("Later"))
        self._record.setText(self.tr("Record"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
