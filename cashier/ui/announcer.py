"""When the till says something aloud."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from cashier.domain.payment import Payment, PaymentState, Word
from cashier.domain.refund import Refund, RefundState
from cashier.services.views import TillView
from cashier.ui.sounds import Sound, Sounds

LATE_AGAIN_MS = 20_000


class Announcer(QObject):
    """Compares each view of the till with the one before and plays what has changed.

    The first view is silent: what it holds is not news. Late money sounds again every 20 s until
    somebody has opened it. When money has come, the window asks for attention.
    """

    def __init__(self, sounds: Sounds, window: QWidget) -> None:
        super().__init__(window)
        self._sounds = sounds
        self._window = window
        self._states: dict[str, PaymentState] | None = None
        self._late = QTimer(self)
        self._late.setInterval(LATE_AGAIN_MS)
        self._late.timeout.connect(self._sound_late)

    def show_view(self, view: TillView) -> None:
        """Take in a view; every one, in order."""
        payments = [one.payment for one in (*view.payments, *view.tasks)]
        before = self._states
        if before is not None:
            for payment in payments:
                if before.get(payment.id) is not payment.state:
                    self._announce(payment)
        self._states = {payment.id: payment.state for payment in payments}
        has_late = any(
            payment.state is PaymentState.LATE_PAID and not payment.is_result_seen
            for payment in payments
        )
        if not has_late:
            self._late.stop()
        elif not self._late.isActive():
            self._late.start()

    def show_refund(self, refund: Refund) -> None:
        """A refund was sent: what came of it."""
        match refund.state:
            case RefundState.ACCEPTED | RefundState.SUCCEEDED:
                self._sounds.play(Sound.REFUNDED)
            case RefundState.UNKNOWN:
                self._sounds.play(Sound.UNKNOWN)
            case RefundState.REFUSED | RefundState.FAIL_SEEN:
                self._sounds.play(Sound.DECLINED)
            case _:
                pass

    def _announce(self, payment: Payment) -> None:
        match payment.state:
            case PaymentState.PAID:
                self._sounds.play(Sound.PAID)
                QApplication.alert(self._window)
            case PaymentState.LATE_PAID if not payment.is_result_seen:
                self._sound_late()
            case PaymentState.FAILED if payment.word is Word.DECLINED:
                self._sounds.play(Sound.DECLINED)
            case PaymentState.REFUSED | PaymentState.QUARANTINE:
                self._sounds.play(Sound.DECLINED)
            case PaymentState.UNKNOWN:
                self._sounds.play(Sound.UNKNOWN)
            case _:
                pass

    def _sound_late(self) -> None:
        self._sounds.play(Sound.LATE)
        QApplication.alert(self._window)
