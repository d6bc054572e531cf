"""The receipt of a payment, line by line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.services.history import Details
from cashier.ui import formats
from cashier.ui.pages.history.look import minus, receipt_text
from cashier.ui.texts import money_text
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.key_value import KeyValue
from cashier.ui.widgets.label import Label, Role


class ReceiptDialog(Dialog):
    """Esc and Enter close it; F8 emits `copy_wanted`."""

    copy_wanted = Signal()

    def __init__(self, window: QWidget, *, details: Details, may_copy: bool) -> None:
        super().__init__(window, name="receipt", width=640)
        self._details = details
        self._close = Button("", name="receipt.close", keycap="Esc")
        self._copy = Button("", name="receipt.copy", keycap="F8", icon="file-text")
        receipt = details.receipt.receipt
        if not receipt.lines:
            self._unknown = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="receipt.unknown")
            self.body.addWidget(self._unknown)
        language = current_language()
        for number, one in enumerate(receipt.priced, start=1):
            name = Label(one.line.name, role=Role.STRONG, wrap=True, name=f"receipt.line.{number}")
            count = formats.quantity(language, one.line.quantity)
            text = f"{count} × {money_text(one.line.price)}"
            if one.discount.minor:
                text = f"{text}  {minus(one.discount)}"
            self.body.addWidget(name)
            self.body.addWidget(
                KeyValue(text, money_text(one.result), name=f"receipt.sum.{number}", compact=True)
            )
        self.body.addWidget(Rule())
        self._total = KeyValue(
            "", money_text(details.payment.amount), name="receipt.total", strong=True
        )
        self.body.addWidget(self._total)
        self.buttons.addWidget(self._close)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._copy)
        self._copy.setVisible(may_copy)
        self._close.clicked.connect(self.remove)
        self._copy.clicked.connect(self._ask_copy)
        self.escaped.connect(self.remove)
        for key in ("Return", "Enter"):
            self.on_key(key, self.remove)
        if may_copy:
            self.on_key("F8", self._ask_copy)
        self.retranslate()

    def _ask_copy(self) -> None:
        self.remove()
        self.copy_wanted.emit()

    def retranslate(self) -> None:
        self.set_title(self.tr("Receipt {0}").format(receipt_text(self._details.payment)))
        self._total.set_key(self.tr("Total"))
        self._close.setText(self.tr("Close"))
        self._copy.setText(self.tr("Copy, PDF"))
        if not self._details.receipt.receipt.lines:
            self._unknown.setText(self.tr("The goods of this payment are not known here."))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
