"""The message bar: one line above the content of the page, there until it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.services.views import PaymentView
from cashier.ui import texts
from cashier.ui.frame.above_page import AbovePage
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.tone import Tone


class MessageBar(AbovePage):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(name="message", parent=parent)
        self.band = Band(name="message.bar")
        self._about = ""
        self.column.addWidget(self.band)

    def show_problem(self, error: CashierError) -> None:
        """What happened, what it means for the money, and what to do."""
        self.show_message(texts.failure_text(error), tone=Tone.BAD)

    def show_message(self, text: str, *, tone: Tone = Tone.WARN, about: str = "") -> None:
        """Say something in place of what was said before, maybe `about` a payment's id."""
        self._about = about
        self.band.show_message(text, tone=tone)
        close = Button(self.tr("Close"), name="message.close", size=Size.SM)
        close.clicked.connect(self.clear)
        self.band.add_button(close)
        self.show()

    def drop_unless_about(self, payments: Sequence[PaymentView]) -> None:
        """A message about a payment that is not among these is obsolete."""
        if self._about and all(one.payment.id != self._about for one in payments):
            self.clear()

    def clear(self) -> None:
        """It was read, or is obsolete."""
        self._about = ""
        self.band.clear()
        self.hide()
