"""The QR code as large as the window, on white, for a camera that is far away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.domain.payment import Payment
from cashier.ui.pages.window_cover import WindowCover
from cashier.ui.texts import money_text
from cashier.ui.theme import current_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.amount import Amount, AmountSize
from cashier.ui.widgets.qr_view import QrView


class QrOverlay(WindowCover):
    """Any key or tap emits `closed`. White in every theme, as a QR code has to be."""

    closed = Signal()

    def __init__(self, window: QWidget, payment: Payment) -> None:
        super().__init__(window)
        self.setObjectName("payment.qr_large.page")
        centre = Qt.AlignmentFlag.AlignHCenter
        self._amount = Amount(
            name="payment.qr_large.amount", size=AmountSize.M, colour="ink", align=centre
        )
        self._qr = QrView(
            name="payment.qr_large",
            accessible=self.tr("QR code to pay {0}").format(money_text(payment.amount)),
        )
        self._amount.show_money(current_language(), payment.amount)
        self._qr.set_text(payment.payment_url)
        self.setAccessibleName(self._qr.accessibleName())
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._amount)
        self._layout.addWidget(self._qr, 1, centre)
        for widget in (self._amount, self._qr):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = current_theme()
        edge = theme.px(16)
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._layout.setSpacing(theme.px(8))
        taken = self._amount.height() + theme.px(8)
        side = min(self.width(), self.height() - taken) - 2 * edge
        self._qr.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor("white"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if not event.isAutoRepeat():
            self.closed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.closed.emit()
