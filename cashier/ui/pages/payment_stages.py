"""The room left of the receipt: the stage that fits the payment's state, made when it is needed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.domain.payment import PaymentState
from cashier.services.views import PaymentView
from cashier.ui.pages.payment_outcome import OutcomeStage
from cashier.ui.pages.payment_stage import Moment, Stage, announce
from cashier.ui.pages.payment_unknown import UnknownStage
from cashier.ui.pages.payment_waiting import WaitingStage
from cashier.ui.texts import money_text, word_text


class PaymentStages(QWidget):
    """There is one stage at a time, so that `result.title` is there once or not at all."""

    qr_painted = Signal(str)
    """The id of a payment whose code is on screen for the first time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: Stage | None = None
        self._told: tuple[str, PaymentState] | None = None
        self.setMinimumSize(1, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_payment(self, view: PaymentView, at: Moment, *, narrow: bool, armed: bool) -> None:
        """Paint it; `armed` while a cancel waits for its second press."""
        stage = self._stage_for(view)
        stage.set_narrow(narrow)
        stage.show_payment(view, at)
        if isinstance(stage, WaitingStage):
            stage.warn_of_cancel(armed)
        self._announce(stage, view)

    def tick(self, view: PaymentView, at: Moment) -> None:
        """Paint what depends on the time only."""
        if self._stage is not None:
            self._stage.tick(view, at)

    def drop(self) -> None:
        """Throw the stage away; the next `show_payment` makes another."""
        stage, self._stage = self._stage, None
        if stage is not None:
            self._layout.removeWidget(stage)
            stage.hide()
            stage.setParent(None)
            stage.deleteLater()

    def _stage_for(self, view: PaymentView) -> Stage:
        wanted = stage_of(view)
        if self._stage is not None and type(self._stage) is wanted:
            return self._stage
        self.drop()
        stage = wanted()
        if isinstance(stage, WaitingStage):
            stage.qr_painted.connect(self.qr_painted)
        self._stage = stage
        self._layout.addWidget(stage)
        stage.show()
        return stage

    def _announce(self, stage: Stage, view: PaymentView) -> None:
        """An outcome is said once to a screen reader."""
        payment = view.payment
        text = f"{word_text(payment.word)}, {money_text(payment.amount)}"
        news = (payment.id, payment.state)
        if isinstance(stage, WaitingStage):
            stage.setAccessibleName(text)
        elif news != self._told:
            announce(stage, text)
        self._told = news


def stage_of(view: PaymentView) -> type[WaitingStage | UnknownStage | OutcomeStage]:
    """Which stage a payment is shown on."""
    match view.payment.state:
        case PaymentState.CLOSING if view.is_cancel_sent and view.is_offline:
            return UnknownStage
        case PaymentState.SENDING | PaymentState.OPEN | PaymentState.CLOSING | PaymentState.PAID:
            return WaitingStage
        case PaymentState.UNKNOWN:
            return UnknownStage
        case _:
            return OutcomeStage
