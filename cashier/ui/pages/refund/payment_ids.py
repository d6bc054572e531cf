"""The numbers of the payment that a sum is refunded of, to be compared and copied."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cashier.services.refund_form import RefundForm
from cashier.ui import formats
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.label import Label, Role

_ROWS = 2
_NAMES = ("payment", "terminal", "order", "gateway")


class PaymentIds(QWidget):
    """Payment and order number, the terminal, and when the gateway was last asked."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = [Label(role=Role.SMALL, tone="2") for _ in _NAMES]
        self._values = [
            Label(role=Role.SMALL, elide=True, name=f"refund.id.{one}") for one in _NAMES
        ]
        self._grid = QGridLayout()
        for number, (key, value) in enumerate(zip(self._keys, self._values, strict=True)):
            value.allow_selection()
            row, side = divmod(number, _ROWS)
            self._grid.addWidget(key, row, 2 * side)
            self._grid.addWidget(value, row, 2 * side + 1)
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(3, 4)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(Rule())
        self._layout.addLayout(self._grid)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(12))
        self._grid.setHorizontalSpacing(theme.px(18))
        self._grid.setVerticalSpacing(theme.px(8))

    def show_form(self, form: RefundForm) -> None:
        payment = form.payment
        keys = (
            self.tr("Payment number"),
            self.tr("Terminal"),
            self.tr("Order number"),
            self.tr("At the gateway"),
        )
        terminal = payment.terminal_name or payment.terminal_id or "–"
        values = (payment.payment_id, terminal, payment.order_id, self._asked(form))
        for key, value, name, text in zip(self._keys, self._values, keys, values, strict=True):
            key.setText(name)
            value.setText(text)

    def _asked(self, form: RefundForm) -> str:
        if form.trouble is not None:
            return self.tr("not asked just now")
        answered = form.payment.answered_at
        if answered is None:
            return self.tr("paid")
        moment = formats.clock(answered.astimezone(), seconds=True)
        return self.tr("paid, checked at {0}").format(moment)
