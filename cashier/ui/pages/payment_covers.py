"""What a payment lays over the whole window: the green screen, and the enlarged QR code."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.domain.payment import Payment
from cashier.ui.pages.paid_stage import PaidStage
from cashier.ui.pages.qr_overlay import QrOverlay


class PaymentCovers(QObject):
    """Lays them over the window of `page`. `paid_read` when somebody has gone on from green."""

    paid_read = Signal()

    def __init__(self, page: QWidget, *, clock: Clock) -> None:
        super().__init__(page)
        self._page = page
        self._clock = clock
        self._paid: PaidStage | None = None
        self._large: QrOverlay | None = None

    def show_paid(self, payment: Payment, *, auto_return: int) -> None:
        """Green, once for each payment."""
        if self._paid is not None and self._paid.payment_id == payment.id:
            return
        self.uncover()
        self._paid = PaidStage(
            self._page.window(), payment, clock=self._clock, auto_return=auto_return
        )
        self._paid.finished.connect(self._finish)
        self._paid.show()
        self._paid.announce()

    def enlarge(self, payment: Payment) -> None:
        """The QR alone, until any key."""
        if self._large is None:
            self._large = QrOverlay(self._page.window(), payment)
            self._large.closed.connect(self.shrink)
            self._large.show()

    def shrink(self) -> None:
        """Take the enlarged QR away."""
        large, self._large = self._large, None
        if large is not None:
            large.uncover()

    def take_focus(self) -> bool:
        """Put the focus on what is uppermost; False when nothing lies over the page."""
        cover = self._paid or self._large
        if cover is not None:
            cover.setFocus(Qt.FocusReason.OtherFocusReason)
        return cover is not None

    def uncover(self) -> None:
        """Take everything away."""
        self.shrink()
        paid, self._paid = self._paid, None
        if paid is not None:
            paid.uncover()

    def _finish(self) -> None:
        self.uncover()
        self.paid_read.emit()
