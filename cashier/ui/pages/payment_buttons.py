"""The buttons beside a payment; which of them there are follows from its state alone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout

from cashier.domain.payment import Action, Payment, PaymentState
from cashier.ui.theme import current_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.label import Label, Role


class PaymentButtons(QObject):
    """Puts its buttons into `layout`. `show_payment` is the only thing that shows or hides them."""

    def __init__(self, layout: QVBoxLayout, *, training: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._is_training = training
        primary, danger = Kind.PRIMARY, Kind.DANGER
        self.check = _button("payment.check", "F5", kind=primary, icon="refresh-cw")
        self.next_check = Label(
            role=Role.SMALL,
            tone="2",
            align=Qt.AlignmentFlag.AlignHCenter,
            name="payment.next_check",
        )
        self.open_page = _button("payment.open_page", "F9", icon="external-link")
        self.background = _button("payment.background", "F7")
        self.decide = _button("payment.decide", "Shift+F5")
        self.cancel = _button("payment.cancel", "Esc", kind=danger, icon="x")
        self.retry = _button("result.retry", "F12", kind=primary, spread=False)
        self.send = _button("payment.send", "F12", kind=primary, spread=False)
        self.back = _button("payment.back", "Esc")
        self.leave = _button("payment.leave", "Esc", kind=primary)
        self.all = (
            self.check,
            self.open_page,
            self.background,
            self.decide,
            self.cancel,
            self.retry,
            self.send,
            self.back,
            self.leave,
        )
        for button in self.all:
            layout.addWidget(button)
            if button is self.check:
                layout.addWidget(self.next_check)
            button.hide()
        self.next_check.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """All texts again."""
        self.check.setText(self.tr("Check now"))
        self.open_page.setText(self.tr("Open the payment page"))
        self.background.setText(self.tr("Wait in background"))
        self.decide.setText(self.tr("Senior’s decision"))
        self.retry.setText(self.tr("Repeat with a new QR"))
        self.send.setText(self.tr("Send again"))
        self.back.setText(self.tr("Back to the receipt"))
        self.leave.setText(self.tr("Back to selling"))
        self.cancel.setText(self.tr("Cancel payment"))

    def show_payment(
        self, payment: Payment, *, busy: frozenset[str], armed: bool, narrow: bool
    ) -> None:
        """What may be done now; `busy` names the calls under way, `armed` a half-pressed cancel."""
        state = payment.state
        is_quiet = state is PaymentState.UNKNOWN
        small = Size.NORMAL if narrow else Size.LG
        self.check.set_size(Size.XL if is_quiet and not narrow else small)
        self.open_page.set_icon("" if narrow else "external-link")
        for button in (
            self.open_page,
            self.background,
            self.decide,
            self.cancel,
            self.back,
            self.leave,
        ):
            button.set_size(Size.SM if narrow else Size.NORMAL)
        self.check.setVisible(payment.allows(Action.CHECK))
        self.next_check.setVisible(payment.allows(Action.CHECK) and state is not PaymentState.OPEN)
        self.open_page.setVisible(self._is_training and payment.allows(Action.SHOW_QR))
        self.background.setVisible(
            payment.allows(Action.BACKGROUND) and state is not PaymentState.OPEN
        )
        self.decide.setVisible(may_decide(payment))
        self.cancel.setVisible(payment.allows(Action.CANCEL))
        self.retry.setVisible(payment.allows(Action.NEW_QR))
        self.send.setVisible(payment.allows(Action.SEND))
        self.back.setVisible(
            payment.allows(Action.BACK_TO_RECEIPT) or payment.allows(Action.WITHDRAW)
        )
        self.leave.setVisible(state is PaymentState.LATE_PAID)
        self.cancel.setText(self.tr("Press Esc once more") if armed else self.tr("Cancel payment"))
        self._show_busy(busy)
        for button in (self.retry, self.send):
            # While busy the words are long: smaller type in a button of the same height.
            button.set_size(Size.LG if narrow or button.is_busy else Size.XL)
            button.setFixedHeight(current_theme().height("second" if narrow else "main"))

    def _show_busy(self, busy: frozenset[str]) -> None:
        self.check.set_busy(self.tr("Checking…") if "check" in busy else None)
        self.cancel.set_busy(self.tr("Cancelling…") if "cancel" in busy else None)
        self.retry.set_busy(self.tr("Checking the earlier payment…") if "retry" in busy else None)
        self.send.set_busy(self.tr("Sending…") if "send" in busy else None)
        self.back.setEnabled(not busy & {"back", "send", "retry"})
        self.retry.setEnabled("back" not in busy)
        self.send.setEnabled("back" not in busy)


def may_decide(payment: Payment) -> bool:
    """Whether somebody senior still has to say what becomes of it."""
    decides = payment.allows(Action.DECIDE) or payment.allows(Action.RESTORE_SALE)
    return decides and not payment.is_decided


def _button(
    name: str, keycap: str, *, kind: Kind = Kind.SECONDARY, icon: str = "", spread: bool = True
) -> Button:
    return Button("", name=name, kind=kind, icon=icon, keycap=keycap, spread=spread)
