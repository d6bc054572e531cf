"""The page of one payment, from "creating" to its outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.payment import Action, PaymentState
from cashier.domain.saved_receipt import SavedReceipt
from cashier.services.sales import Sales
from cashier.services.till import Till
from cashier.services.views import PaymentView, TillView
from cashier.ui.background import Background
from cashier.ui.hints import Hint
from cashier.ui.pages.page import Page
from cashier.ui.pages.payment_buttons import PaymentButtons, may_decide
from cashier.ui.pages.payment_covers import PaymentCovers
from cashier.ui.pages.payment_footer import OVER, footer_hints, footer_note
from cashier.ui.pages.payment_stage import Moment
from cashier.ui.pages.payment_stages import PaymentStages
from cashier.ui.pages.payment_timeline import next_check_text
from cashier.ui.pages.payment_waiting import seconds_left
from cashier.ui.pages.receipt_panel import ReceiptPanel
from cashier.ui.widgets.room import Room, room_of
from cashier.ui.widgets.shortcut import shortcut

TICK_MS = 250
CANCEL_WITHIN = 3.0
_WEB = ("http", "https")


class PaymentPage(Page):
    """Shows one payment and asks the services for what a person wants of it.

    The frame gives it views with `show_view` or `show_payment` and reacts to its signals. After
    `new_qr_requested` it charges the receipt again and calls `retry_ended` when that failed.
    """

    background_requested = Signal()
    """Leave the page; the payment is followed further."""
    new_qr_requested = Signal(str)
    """Charge this receipt id again."""
    receipt_taken_back = Signal(object)
    """A SavedReceipt that is in the grid again."""
    new_sale_requested = Signal()
    """The payment is over; the next receipt."""
    decision_requested = Signal(str)
    """Somebody senior shall decide about this payment's id."""

    def __init__(
        self,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        training: bool,
        auto_return: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("payment")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._till = till
        self._background = background
        self._clock = clock
        self._is_training = training
        self._auto_return = auto_return
        self._view: PaymentView | None = None
        self._busy: set[str] = set()
        self._armed_at: float | None = None
        self._run_out = ""
        self._acknowledged = ""
        self._stages = PaymentStages()
        self._covers = PaymentCovers(self, clock=clock)
        self._panel = ReceiptPanel()
        self._buttons = PaymentButtons(self._panel.buttons, training=training, parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.message_room = QVBoxLayout()
        self.message_room.setSpacing(0)
        self.message_room.addWidget(self._stages, 1)
        layout.addLayout(self.message_room, 1)
        layout.addWidget(self._panel)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._bind()
        self.setAccessibleName(self.tr("Payment"))

    def _bind(self) -> None:
        buttons = self._buttons
        for button, pressed in (
            (buttons.check, self.check),
            (buttons.open_page, self.open_payment_page),
            (buttons.background, self.go_on),
            (buttons.decide, self.decide),
            (buttons.cancel, self.step_back),
            (buttons.retry, self.new_qr),
            (buttons.send, self.send),
            (buttons.back, self.step_back),
            (buttons.leave, self.step_back),
        ):
            button.clicked.connect(pressed)
        self._stages.qr_painted.connect(self._note_qr_shown)
        self._covers.paid_read.connect(self._finish)
        shortcut(self, "F5", self.check)
        shortcut(self, "Shift+F5", self.decide)
        shortcut(self, "F7", self.go_on)
        shortcut(self, "F9", self.open_payment_page)
        shortcut(self, "F11", self.enlarge)
        shortcut(self, "F12", self._f12)
        shortcut(self, "Esc", self.step_back)

    # What the frame tells it

    @property
    def payment_id(self) -> str:
        """The payment on this page; "" before the first."""
        return self._view.payment.id if self._view else ""

    def set_auto_return(self, seconds: int) -> None:
        """How long «Оплачено» stays; 0 keeps it until somebody presses a key."""
        self._auto_return = seconds

    def show_view(self, view: TillView) -> None:
        """Take in a change; a payment that is not in it any more stays as it was last seen."""
        own = view.find(self.payment_id)
        if own is not None:
            self.show_payment(own, view)

    def show_payment(self, view: PaymentView, till_view: TillView) -> None:
        """Show this payment from now on; nothing happens when it is as it was."""
        if view == self._view:
            return
        if view.payment.id != self.payment_id:
            self._busy.clear()
            self._armed_at = None
            self._covers.uncover()  # it would be read, and acknowledged, for this one
        elif self._view is not None and view.payment.state is not self._view.payment.state:
            self._armed_at = None
        self._view = view
        if self.isVisible():  # else when it is shown
            self._repaint()

    def retry_ended(self) -> None:
        """The new payment could not be made: the button works again."""
        self._busy.discard("retry")
        self._repaint()

    def entered(self) -> None:
        self._acknowledged = ""
        self._repaint()
        self.focus_main()

    def left(self) -> None:
        self._covers.uncover()
        self._background.start(self._till.sales.look_away)

    def focus_main(self) -> None:
        if not self._covers.take_focus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def footer(self) -> tuple[Hint, ...]:
        return footer_hints(self._view, enlarge=self.enlarge, go_on=self.go_on)

    def footer_note(self) -> str:
        return footer_note(self._view)

    # What a person does

    def check(self) -> None:
        """Ask the gateway now."""
        if self._may(Action.CHECK):
            self._start("check", self._till.sales.check)

    def decide(self) -> None:
        """Call a senior: what becomes of it is theirs to say."""
        if self._view is not None and may_decide(self._view.payment):
            self.decision_requested.emit(self.payment_id)

    def go_on(self) -> None:
        """Leave it in the background."""
        if self._may(Action.BACKGROUND):
            self.background_requested.emit()

    def open_payment_page(self) -> None:
        """Training only: what a customer's phone would open."""
        if not (self._is_training and self._view and self._may(Action.SHOW_QR)):
            return
        url = QUrl(self._view.payment.payment_url, QUrl.ParsingMode.StrictMode)
        if url.isValid() and url.scheme() in _WEB:
            QDesktopServices.openUrl(url)

    def enlarge(self) -> None:
        """The QR over the whole window, until any key."""
        view = self._view
        if view is None or not self._may(Action.SHOW_QR) or not view.payment.payment_url:
            return
        self._covers.enlarge(view.payment)

    def new_qr(self) -> None:
        """Ask for another attempt; the services prove the old one dead first."""
        if self._view is not None and self._may(Action.NEW_QR) and not self._busy:
            self._busy.add("retry")
            self._repaint()
            self.new_qr_requested.emit(self._view.payment.receipt_id)

    def send(self) -> None:
        """Send what has provably not left."""
        if self._may(Action.SEND) and not self._busy:
            self._start("send", self._till.sales.send)

    def step_back(self) -> None:
        """Esc: cancel at the second press, or back to the receipt."""
        view = self._view
        if view is None:
            return
        if view.payment.state is PaymentState.LATE_PAID:
            self.new_sale_requested.emit()
        elif self._may(Action.CANCEL):
            self._press_cancel()
        elif self._busy:
            return
        elif self._may(Action.WITHDRAW):
            take_back = partial(withdraw_and_take_back, self._till.sales)
            self._start("back", take_back, done=self.receipt_taken_back.emit)
        elif self._may(Action.BACK_TO_RECEIPT):
            self._start("back", self._till.sales.back_to_receipt, done=self.receipt_taken_back.emit)

    def _press_cancel(self) -> None:
        if "cancel" in self._busy:
            return
        now = self._clock.monotonic()
        if self._armed_at is None or now - self._armed_at > CANCEL_WITHIN:
            self._armed_at = now
            self._repaint()
        else:
            self._armed_at = None
            self._start("cancel", self._till.sales.cancel)

    def _f12(self) -> None:
        if self._may(Action.SEND):
            self.send()
        else:
            self.new_qr()

    def _may(self, action: Action) -> bool:
        return self._view is not None and self._view.payment.allows(action)

    def _start(
        self,
        name: str,
        use_case: Callable[[str], Awaitable[object]],
        *,
        done: Callable[[object], None] | None = None,
    ) -> None:
        """Run a use case on this payment; its button is busy from this very event on."""
        if name in self._busy:
            return
        payment_id = self.payment_id
        self._busy.add(name)
        self._repaint()

        def came_home(result: object) -> None:
            self._call_ended(name, payment_id)
            if done is not None:
                done(result)

        def came_to_grief(error: CashierError) -> None:
            self._call_ended(name, payment_id)
            self.problem_raised.emit(error)

        self._background.start(use_case, payment_id, done=came_home, failed=came_to_grief)

    def _call_ended(self, name: str, payment_id: str) -> None:
        if payment_id == self.payment_id:
            self._busy.discard(name)
            self._repaint()

    def _note_qr_shown(self, payment_id: str) -> None:
        self._background.start(
            self._till.sales.qr_shown, payment_id, failed=self.problem_raised.emit
        )

    # Painting

    def tick(self) -> None:
        """Paint the counters; ask once when the QR's time has run out."""
        view = self._view
        if view is None:
            return
        at = self._moment()
        if self._armed_at is not None and at.now - self._armed_at > CANCEL_WITHIN:
            self._armed_at = None
            self._repaint()
        self._stages.tick(view, at)
        self._buttons.next_check.setText(self._next_check(view, at))
        left = seconds_left(view.payment, at)
        is_due = left is not None and left <= 0 and view.payment.state is PaymentState.OPEN
        if is_due and self._run_out != view.payment.id and "check" not in self._busy:
            self._run_out = view.payment.id
            self.check()

    def retranslate(self) -> None:
        """All texts again."""
        self.setAccessibleName(self.tr("Payment"))
        self._buttons.retranslate()
        self._stages.drop()
        self._repaint()

    def _repaint(self) -> None:
        """Everything that depends on the payment, and nothing else does it."""
        view = self._view
        if view is None:
            return
        had_focus = self._has_focus()
        at = self._moment()
        payment = view.payment
        room = room_of(self)
        narrow = room is Room.NARROW
        self._panel.set_room(room)
        self._panel.show_receipt(view.receipt, frozen=payment.state not in OVER)
        is_armed = self._armed_at is not None
        self._buttons.show_payment(
            payment, busy=frozenset(self._busy), armed=is_armed, narrow=narrow
        )
        self._buttons.next_check.setText(self._next_check(view, at))
        self._stages.show_payment(view, at, narrow=narrow, armed=is_armed)
        if had_focus and not self._has_focus():
            self.focus_main()  # the button in focus went, and Qt gave the focus to the next thing
        self._show_covers(view)
        self.footer_changed.emit()

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _next_check(self, view: PaymentView, at: Moment) -> str:
        if view.next_check is None:
            return next_check_text(view, at)
        return self.tr("next check in {0} s").format(max(round(view.next_check - at.now), 0))

    def _show_covers(self, view: PaymentView) -> None:
        payment = view.payment
        if not payment.allows(Action.SHOW_QR):
            self._covers.shrink()
        if not self.isVisible() or payment.id == self._acknowledged:
            return
        if payment.state is PaymentState.PAID:
            self._covers.show_paid(payment, auto_return=self._auto_return)
        elif payment.state is PaymentState.LATE_PAID and not payment.is_result_seen:
            # Somebody looks at money that came too late: it need not sound any more.
            self._acknowledge()

    def _finish(self) -> None:
        """The green screen was read: the payment is over for this till's eyes."""
        self._acknowledge()
        self.new_sale_requested.emit()

    def _acknowledge(self) -> None:
        self._acknowledged = self.payment_id
        self._background.start(
            self._till.sales.result_seen, self.payment_id, failed=self.problem_raised.emit
        )

    def _moment(self) -> Moment:
        return Moment(self._clock.monotonic(), self._clock.utc().timestamp())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._repaint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._repaint()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._covers.uncover()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


async def withdraw_and_take_back(sales: Sales, payment_id: str) -> SavedReceipt:
    """Give up a payment that was never sent and take its receipt back into the grid."""
    await sales.withdraw(payment_id)
    return await sales.back_to_receipt(payment_id)
