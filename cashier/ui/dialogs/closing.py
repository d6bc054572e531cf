"""The one question before the till is closed while a customer can still pay."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.money import total
from cashier.domain.payment import Action, PaymentState
from cashier.services.views import PaymentView
from cashier.ui import formats
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.label import Label, Role


class ClosingDialog(Dialog):
    """Stay (Esc), or close (F12). Enter is dead, since a scanner ends with it."""

    covers_lock = True

    close_wanted = Signal()
    cancel_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, name="closing", width=620)
        self._text = Label(role=Role.LEAD, wrap=True, name="closing.text")
        self.body.addWidget(self._text)
        self._stay = Button("", name="closing.stay", kind=Kind.PRIMARY, keycap="Esc")
        self._leave = Button("", name="closing.leave", keycap="F12")
        self._cancel = Button("", name="closing.cancel", kind=Kind.DANGER)
        self._cancellable = ""
        self._stay.clicked.connect(self.dismiss)
        self._cancel.clicked.connect(self._cancelled)
        self._leave.clicked.connect(self._left)
        self.buttons.addWidget(self._leave)
        self.buttons.addWidget(self._cancel)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._stay)
        self.on_key("F12", self._left)
        self.escaped.connect(self.dismiss)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_title(self.tr("Close the till? The customer can still pay"))
        self._stay.setText(self.tr("Stay"))
        self._leave.setText(self.tr("Close the till"))
        self._cancel.setText(self.tr("Cancel the payment"))

    def ask(self, views: tuple[PaymentView, ...]) -> None:
        """Open the question about these payments."""
        self._retranslate()
        self._text.setText(self._about(views))
        only = views[0].payment if len(views) == 1 else None
        self._cancellable = only.id if only and only.allows(Action.CANCEL) else ""
        self._cancel.setVisible(bool(self._cancellable))
        self.open(focus=self._stay)

    def _about(self, views: tuple[PaymentView, ...]) -> str:
        language = current_language()
        if len(views) > 1:
            amounts = [view.payment.amount for view in views]
            if len({amount.currency for amount in amounts}) == 1:
                whole = formats.money(language, total(amounts, amounts[0].currency))
                first = self.tr("QR codes still valid: {0}, {1}.").format(len(views), whole)
            else:
                first = self.tr("QR codes still valid: {0}.").format(len(views))
        else:
            payment = views[0].payment
            number = payment.receipt_number
            if payment.state is PaymentState.UNKNOWN:
                return self.tr(
                    "The outcome of the payment for receipt {0} is unknown. "
                    "The till will check it at the next start."
                ).format(number)
            first = self.tr("The QR stays valid: receipt {0}, {1}.").format(
                number, formats.money(language, payment.amount)
            )
        return f"{first} " + self.tr(
            "If it is paid, the till will find out at the next start. "
            "Do not hand over the goods before the green screen."
        )

    def _cancelled(self) -> None:
        self.dismiss()
        self.cancel_wanted.emit(self._cancellable)

    def _left(self) -> None:
        self.dismiss()
        self.close_wanted.emit()
