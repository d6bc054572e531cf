"""What a senior or a manager makes of money that the till cannot settle by itself (picture 14)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.refund import TYPED_REASON_LIMIT
from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Person, Right, role_for
from cashier.services.approvals import Approval
from cashier.services.decisions import can_restore
from cashier.services.refund_form import is_refundable
from cashier.services.till import Till
from cashier.services.views import PaymentView
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.office_texts import role_text
from cashier.ui.texts import failure_text, mismatch_text, money_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.choice import Choice
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class Way(Enum):
    """The ways out. GIVE_BACK leads to the refund page, WAIT changes nothing."""

    RESTORE = auto()
    GIVE_BACK = auto()
    ACCEPT = auto()
    UNPAID = auto()
    WAIT = auto()


def ways_of(payment: Payment, receipt: SavedReceipt) -> tuple[Way, ...]:
    """The ways out of this payment's state; nobody can mark one as paid.

    Where the sale cannot be completed by this money (`can_restore`), it can only go back.
    """
    match payment.state:
        case PaymentState.LATE_PAID if can_restore(payment, receipt):
            return (Way.RESTORE, Way.GIVE_BACK)
        case PaymentState.LATE_PAID:
            return (Way.GIVE_BACK,)
        case PaymentState.QUARANTINE if is_refundable(payment):
            return (Way.GIVE_BACK, Way.ACCEPT)
        case PaymentState.QUARANTINE:
            return (Way.WAIT,)
        case PaymentState.UNKNOWN:
            return (Way.UNPAID, Way.WAIT)
        case _:
            return ()


_RIGHTS = {
    Way.RESTORE: Right.DECIDE_PAYMENT,
    Way.UNPAID: Right.DECIDE_PAYMENT,
    Way.ACCEPT: Right.DECIDE_MISMATCH,
}


class DecidePaymentDialog(Dialog):
    """Nothing is chosen when it opens. F12 decides, Esc leaves all as it was, Enter does nothing.

    `decided` with the payment's view, or `refund_requested` with its id.
    """

    decided = Signal(object)
    refund_requested = Signal(str)

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        payment: Payment,
        receipt: SavedReceipt,
        person: Person | None,
    ) -> None:
        super().__init__(window, name="decide", width=680)
        self._till = till
        self._background = background
        self._payment = payment
        self._person = person
        self._job: Job | None = None
        self._is_asking = False
        self._approving = Approving(
            window, staff=till.staff, background=background, failed=self._take_trouble
        )
        self._text = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="decide.text")
        self._choices = {
            way: Choice("", name=f"decide.{way.name.lower()}") for way in ways_of(payment, receipt)
        }
        self._reason = Field(name="decide.reason", limit=TYPED_REASON_LIMIT)
        self._band = Band(name="decide.message")
        self._keep = Button("", name="decide.keep", keycap="Esc")
        self._decide = Button("", name="decide.confirm", kind=Kind.PRIMARY, keycap="F12")
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        self.body.addWidget(self._text)
        for choice in self._choices.values():
            self.body.addWidget(choice)
        self.body.addWidget(self._reason)
        self.body.addWidget(self._band)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._decide)

    def _connect(self) -> None:
        for choice in self._choices.values():
            choice.toggled.connect(self._paint)
        self._reason.edited.connect(self._paint)
        self._keep.clicked.connect(self._leave)
        self._decide.clicked.connect(self._confirm)
        self.escaped.connect(self._leave)
        self.on_key("F12", self._confirm)

    @property
    def way(self) -> Way | None:
        """What is chosen."""
        return next((way for way, one in self._choices.items() if one.isChecked()), None)

    def _confirm(self) -> None:
        way = self.way
        if way is None or self._job is not None or self._is_asking:
            return
        if way is Way.WAIT:
            self.remove()
        elif way is Way.GIVE_BACK:
            self.remove()
            self.refund_requested.emit(self._payment.id)
        elif not self._reason.text().strip():
            self._reason.set_error(self.tr("Say why: the reason is kept with the payment"))
            self._reason.line.setFocus()
        else:
            self._is_asking = True
            self._approving.ask(
                _RIGHTS[way],
                self._text_of(way)[0],
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
        self._reason.line.setFocus()

    def _send(self, approval: Approval | None) -> None:
        self._is_asking = False
        way = self.way
        if way is None:
            return
        self._band.clear()
        self._decide.set_busy(self.tr("Recording…"))
        self._job = self._background.start(
            self._use_case(way),
            self._payment.id,
            self._reason.text().strip(),
            approval=approval,
            done=self._finish,
            failed=self._take_trouble,
        )

    def _use_case(self, way: Way) -> Callable[..., Coroutine[Any, Any, PaymentView]]:
        decisions = self._till.decisions
        if way is Way.RESTORE:
            return decisions.restore_sale
        return decisions.accept_mismatch if way is Way.ACCEPT else decisions.take_as_unpaid

    def _finish(self, view: PaymentView) -> None:
        self.remove()
        self.decided.emit(view)

    def _take_trouble(self, error: CashierError) -> None:
        self._job = None
        self._is_asking = False
        self._decide.set_busy(None)
        text = failure_text(error)
        if error.failure is Failure.STILL_PAYABLE:
            text = self.tr(
                "The receipt has been paid for otherwise or has changed: the sale cannot be "
                "restored. Give the money back."
            )
        self._band.show_message(text, tone=Tone.BAD)

    # Words

    def _paint(self) -> None:
        way = self.way
        needs_reason = way in _RIGHTS
        self._reason.setVisible(needs_reason)
        self._reason.set_error("")
        self._decide.setEnabled(way is not None)
        self._decide.setText(
            self.tr("To the refund") if way is Way.GIVE_BACK else self.tr("Decide")
        )

    def retranslate(self) -> None:
        payment = self._payment
        number = payment.receipt_number or payment.order_id[:8]
        self.set_title(self.tr("Decide: receipt {0}").format(number))
        self._text.setText(self._facts())
        for way, choice in self._choices.items():
            choice.show_texts(*self._text_of(way))
        self._reason.set_label(self.tr("Reason"), hint=self.tr("required"))
        self._reason.set_counter(self.tr("%1 of %2"))
        self._keep.setText(self.tr("Leave it"))
        self._paint()

    def _facts(self) -> str:
        payment = self._payment
        amount = money_text(payment.amount)
        match payment.state:
            case PaymentState.LATE_PAID:
                return self.tr(
                    "{0} came when the payment was already taken for over. "
                    "The money is with the shop."
                ).format(amount)
            case PaymentState.QUARANTINE:
                differs = ", ".join(mismatch_text(field) for field in payment.mismatch)
                return self.tr("The receipt is {0}; the gateway’s answer differs: {1}.").format(
                    amount, differs
                )
            case _:
                return self.tr(
                    "Nobody knows whether {0} have been paid. The till goes on asking the gateway."
                ).format(amount)

    def _text_of(self, way: Way) -> tuple[str, str]:
        match way:
            case Way.RESTORE:
                return (
                    self.tr("Restore the sale"),
                    self.tr("The goods are handed over, the receipt becomes paid. By: {0}.").format(
                        self._who(way)
                    ),
                )
            case Way.GIVE_BACK:
                return (
                    self.tr("Give the money back"),
                    self.tr("Opens the refund. Nothing is sent before F12 there."),
                )
            case Way.ACCEPT:
                return (
                    self.tr("Accept with a reason"),
                    self.tr("The payment stays as it is. By: {0}.").format(self._who(way)),
                )
            case Way.UNPAID:
                return (
                    self.tr("Take it as unpaid, watch on"),
                    self.tr(
                        "The receipt is free for a new QR. Money that comes after all becomes a "
                        "red task. By: {0}."
                    ).format(self._who(way)),
                )
            case Way.WAIT:
                return (self.tr("Wait"), self.tr("Nothing changes; the till goes on asking."))

    def _who(self, way: Way) -> str:
        return role_text(role_for(_RIGHTS[way])).lower()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
