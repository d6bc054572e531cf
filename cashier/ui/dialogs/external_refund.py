"""A refund that was made in the Invoice account: taken in by its number (row R22)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.payment import Payment
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.refund_views import RefundView
from cashier.services.till import Till
from cashier.ui.background import Background
from cashier.ui.dialogs.asking import AskingDialog
from cashier.ui.pages.history.look import receipt_text
from cashier.ui.texts import money_text


class ExternalRefundDialog(AskingDialog):
    """`recorded` with the view of the refund, which belongs to this payment."""

    RIGHT = Right.RECORD_EXTERNAL
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
        self._payment = payment
        super().__init__(
            window, name="external_refund", till=till, background=background, person=person
        )

    def use_case(
        self, number: str, approval: Approval | None
    ) -> Callable[[], Awaitable[RefundView]]:
        record = self._till.refund_decisions.record_external
        return partial(record, self._payment.id, number, approval=approval)

    def take(self, answer: RefundView) -> None:
        self.recorded.emit(answer)

    def approval_text(self, number: str) -> str:
        receipt = receipt_text(self._payment)
        text = self.tr("Take in refund {0}, made in the account, for receipt {1}.")
        return text.format(number, receipt)

    def missing_text(self) -> str:
        return self.tr("Type the refund’s number from the account")

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
        self._submit.setText(self.tr("Take it in"))
