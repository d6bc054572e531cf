"""The payments that wait in the background, as the side panel of the sale shows them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.services.views import PaymentView
from cashier.ui.texts import word_icon, word_text, word_tone
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class WaitingCard(Card):
    """«Ждёт оплаты: 1 чек» and the way back to it. Hidden while nothing waits."""

    return_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self._head: QHBoxLayout | None = None
        super().__init__(name="sale.waiting", padding=16, spacing=8, radius=12, parent=parent)
        self._payments: tuple[PaymentView, ...] = ()
        self._shown: object = None
        self._is_static = False
        self._icon = IconLabel("hourglass", px=22, colour="accent-text")
        self._title = Label(role=Role.STRONG, tone=Tone.ACCENT, name="sale.waiting.title")
        self._text = Label(role=Role.FIELD, wrap=True, name="sale.waiting.text")
        self._button = Button(
            "", name="sale.return_to_payment", keycap="Shift+F12", size=Size.SM, spread=True
        )
        self._button.clicked.connect(self.return_asked)
        self._head = QHBoxLayout()
        self._head.addWidget(self._icon)
        self._head.addWidget(self._title, 1)
        self.body.addLayout(self._head)
        self.body.addWidget(self._text)
        self.body.addWidget(self._button)
        self.set_tone(Tone.ACCENT)
        self.hide()
        follow_theme(self._restyle_head)

    def show_payments(self, payments: tuple[PaymentView, ...], *, is_static: bool) -> bool:
        """Whether the card is another one now.

        `is_static`: the chosen terminal takes no second payment meanwhile.
        """
        shown = (tuple(one.payment for one in payments), is_static)
        if shown == self._shown:
            return False
        self._shown = shown
        self._payments = payments
        self._is_static = is_static
        self.setVisible(bool(payments))
        self.retranslate()
        return True

    def show_text(self) -> None:
        self._text.show()
        self.updateGeometry()

    def set_compact(self, compact: bool) -> None:
        """Where there is no room for it, the key is left to the footer."""
        self._button.set_keycap("" if compact else "Shift+F12")

    def hide_text(self) -> None:
        """Leave the explanation out where there is no room for it."""
        self._text.hide()
        self.updateGeometry()

    def retranslate(self) -> None:
        self._button.setText(self.tr("Back to the payment"))
        if not self._payments:
            return
        live = [one for one in self._payments if one.payment.is_live]
        first = self._payments[0].payment
        only_one = len(self._payments) == 1
        tone, icon = Tone.ACCENT, "hourglass"
        if only_one:
            tone, icon = word_tone(first.word), word_icon(first.word)
        if only_one and not first.is_live:
            title = word_text(first.word)
        elif live:
            title = self.tr("Waiting for payment: %n receipt(s)", "", len(live))
        else:
            title = self.tr("To be looked at: %n receipt(s)", "", len(self._payments))
        if tone is Tone.LATE:
            tone = Tone.BAD
        self.set_tone(tone)
        self._icon.show_icon(icon, colour=tone.text)
        self._title.set_tone(tone)
        self._title.setText(title)
        self._text.setText(self._told(live))

    def _told(self, live: list[PaymentView]) -> str:
        numbers = ", ".join(one.payment.receipt_number for one in self._payments)
        if not live:
            return self.tr("Receipt {numbers}. Open it to finish.").format(numbers=numbers)
        if len(self._payments) > 1 and not self._is_static:
            text = self.tr(
                "{numbers}, the till follows them by itself. You can enter a new receipt and take "
                "its payment: it gets its own QR."
            )
        elif self._is_static:
            text = self.tr(
                "{numbers}, the till follows it by itself. The terminal is busy till then."
            )
        else:
            text = self.tr(
                "{numbers}, the till follows it by itself. You can enter a new receipt and take "
                "its payment: it gets its own QR."
            )
        return text.format(numbers=numbers)

    def _restyle_head(self, theme: Theme) -> None:
        if self._head is not None:
            self._head.setSpacing(theme.px(12))
