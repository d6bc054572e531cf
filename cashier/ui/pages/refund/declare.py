"""How much of an adopted payment went back before: a manager reads it in the cabinet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.money import Money
from cashier.ui import formats
from cashier.ui.pages import entry_line
from cashier.ui.pages.entry_line import EntryError
from cashier.ui.pages.entry_words import wrong_text
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role


class DeclareDialog(Dialog):
    """Zero is an answer too, so the field begins empty. F12 answers, Enter is dead."""

    declared = Signal(object)
    """A Money."""

    def __init__(self, window: QWidget, *, paid: Money) -> None:
        super().__init__(window, name="refund.declare", width=520)
        self._paid = paid
        self._text = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="refund.declare.text")
        self.field = Field(name="refund.declare.sum", height="entry")
        self._cancel = Button("", name="refund.declare.cancel", keycap="Esc", spread=True)
        self._take = Button(
            "", name="refund.declare.take", kind=Kind.PRIMARY, keycap="F12", spread=True
        )
        self.body.addWidget(self._text)
        self.body.addWidget(self.field)
        self.buttons.addWidget(self._cancel, 1)
        self.buttons.addWidget(self._take, 1)
        self.field.edited.connect(lambda _: self.field.set_error(""))
        self._cancel.clicked.connect(self.remove)
        self._take.clicked.connect(self._answer)
        self.escaped.connect(self.remove)
        self.on_key("F12", self._answer)
        self.retranslate()

    def begin(self) -> None:
        self.open(focus=self.field.line)

    def retranslate(self) -> None:
        paid = formats.money(current_language(), self._paid)
        self.set_title(self.tr("How much went back before?"))
        self._text.setText(
            self.tr(
                "This till does not know. Look the payment up in the gateway’s cabinet and type "
                "the sum of its refunds, 0 for none. Paid: {0}."
            ).format(paid)
        )
        self.field.set_label(self.tr("Refunded before"))
        self._cancel.setText(self.tr("Cancel"))
        self._take.setText(self.tr("Record"))

    def _answer(self) -> None:
        text = self.field.text()
        if not text.strip():
            self.field.set_error(self.tr("Enter the sum, 0 for none"))
            return
        try:
            amount = entry_line.read_price(text, self._paid.currency)
        except EntryError as error:
            self.field.set_error(wrong_text(error.wrong, self._paid.currency))
            return
        if amount > self._paid:
            paid = formats.money(current_language(), self._paid)
            self.field.set_error(self.tr("More than was paid: {0}").format(paid))
            return
        self.remove()
        self.declared.emit(amount)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
