"""The stage with the QR code: creating the payment, waiting for it, cancelling it."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.payment import Payment, PaymentState, is_processing
from cashier.services.views import PaymentView
from cashier.ui import formats
from cashier.ui.pages.payment_stage import Moment, Stage
from cashier.ui.pages.payment_timeline import next_check_text, steps_of
from cashier.ui.texts import money_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.amount import Amount, AmountSize
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.countdown import Countdown
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.qr_view import FLOOR, QUIET, QrState, QrView, qr_matrix
from cashier.ui.widgets.room import room_of
from cashier.ui.widgets.timeline import Timeline
from cashier.ui.widgets.tone import Tone

SLOW_AFTER = 5.0
_QR_LARGEST = 630
_QR_FRAME = 14
_WORDS_LEAST, _WORDS_LEAST_NARROW = 350, 186


class WaitingStage(Stage):
    """`qr_painted` comes after the code of a payment was on screen for the first time."""

    qr_painted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self._painted = ""
        self._view: PaymentView | None = None
        self._is_cancel_armed = False
        self._make()
        self._arrange()
        self.qr.installEventFilter(self)
        follow_theme(self.restyle)

    def _make(self) -> None:
        self.band = Band(name="payment.band")
        self._caption = Label(role=Role.PANEL_NOTE)
        self.amount = Amount(name="payment.amount", size=AmountSize.L)
        self.qr = QrView(name="payment.qr", accessible="")
        self._label = Label(
            role=Role.SMALL, align=Qt.AlignmentFlag.AlignHCenter, name="payment.label"
        )
        self.status = Label(role=Role.STATUS, wrap=True, name="payment.status")
        self.progress = Label(role=Role.PANEL_NOTE, wrap=True, tone="2", name="payment.progress")
        self._timeline = Timeline(name="payment.timeline")
        self.countdown = Countdown(name="payment.expiry")
        self._remark = _Remark("smartphone", name="payment.remark")
        self._rule = Rule()
        self._advice = _Remark("info", name="payment.advice")

    def _arrange(self) -> None:
        self._sum = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sum.addWidget(self._caption, 1, Qt.AlignmentFlag.AlignBottom)
        self._sum.addWidget(self.amount)
        self._code = QVBoxLayout()
        self._code.addLayout(self._sum)
        self._code.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignLeft)
        self._code.addWidget(self._label)
        self._code.addStretch(1)
        self._words = QVBoxLayout()
        above: tuple[QWidget, ...] = (self.status, self.progress, self._timeline)
        below: tuple[QWidget, ...] = (self.countdown, self._remark, self._rule, self._advice)
        for widget in above:
            self._words.addWidget(widget)
        self._words.insertSpacing(2, current_theme().px(8))
        self._words.addStretch(1)
        for widget in below:
            self._words.addWidget(widget)
        self._columns = QHBoxLayout()
        self._columns.addLayout(self._code)
        self._columns.addLayout(self._words, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.band)
        self._layout.addLayout(self._columns, 1)

    def restyle(self, theme: Theme) -> None:
        self._fit()

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        # The layout has already taken in the new size; without this it would keep the old sums.
        self._layout.invalidate()
        self._layout.activate()

    # What is shown

    def show_payment(self, view: PaymentView, at: Moment) -> None:
        self._view = view
        payment = view.payment
        self._caption.setText(self.tr("Amount due"))
        self.amount.show_money(current_language(), payment.amount)
        self.qr.setAccessibleName(self.tr("QR code to pay {0}").format(money_text(payment.amount)))
        self._label.setText(
            self.tr("Receipt {0}, attempt {1}").format(payment.receipt_number, payment.attempt)
        )
        self.status.setText(self._status(view))
        self._advice.show_text(
            self.tr(
                "Hand over the goods only after the green screen “Paid”. "
                "The customer’s phone screen does not prove payment."
            )
        )
        self._show_code(payment, view)
        self._show_band(view, at)
        self._timeline.show_steps(steps_of(view, at, narrow=self._is_narrow))
        self._remark.setVisible(self._is_offline(view) and not self._is_narrow)
        self._remark.show_text(
            self.tr(
                "The customer can pay: the QR code does not depend on the till’s link. "
                "The till will learn of it as soon as the gateway answers."
            )
        )
        self.tick(view, at)
        self._fit()

    def tick(self, view: PaymentView, at: Moment) -> None:
        self.progress.setText(self._progress(view, at))
        self.countdown.set_title(self._countdown_title(view, at))
        left = seconds_left(view.payment, at)
        self.countdown.show_left(left if view.payment.state is PaymentState.OPEN else None)
        if self._is_offline(view):
            self._show_band(view, at)

    def warn_of_cancel(self, armed: bool) -> None:
        """While a cancel waits for its second press although the bank is already at work."""
        if armed != self._is_cancel_armed:
            self._is_cancel_armed = armed
            if self._view is not None:
                self._show_band(self._view, None)
                self._fit()

    def _status(self, view: PaymentView) -> str:
        payment = view.payment
        match payment.state:
            case PaymentState.SENDING:
                return self.tr("Creating the payment…")
            case PaymentState.CLOSING:
                return self._closing_words(view)
            case _ if is_processing(payment.status):
                return self.tr("The bank is processing")
            case _:
                return self.tr("Waiting for payment…")

    def _closing_words(self, view: PaymentView) -> str:
        if view.is_offline and not view.is_cancel_sent:
            return self.tr("We will cancel when the link is back")
        return self.tr("Cancelling, checking")

    def _show_code(self, payment: Payment, view: PaymentView) -> None:
        match payment.state:
            case PaymentState.OPEN if payment.payment_url:
                self.qr.set_text(payment.payment_url)
            case PaymentState.OPEN:
                self.qr.set_text(None)
            case PaymentState.CLOSING:
                self.qr.cover(self._closing_words(view))
            case _:
                self.qr.show_creating(self.tr("Creating the payment…"))

    def _show_band(self, view: PaymentView, at: Moment | None) -> None:
        if self._is_cancel_armed and is_processing(view.payment.status):
            self.band.show_message(
                self.tr("The bank is already processing the payment"),
                tone=Tone.WARN,
                icon="landmark",
                detail=self.tr("A cancel may come too late; ask the customer first"),
            )
        elif self._is_offline(view):
            self._show_offline(view, at)
        elif view.is_cancel_refused:
            self.band.show_message(
                self.tr("The customer is already paying"),
                tone=Tone.WARN,
                icon="landmark",
                detail=self.tr("The bank is processing, it cannot be cancelled any more"),
            )
        else:
            self.band.clear()

    def _show_offline(self, view: PaymentView, at: Moment | None) -> None:
        right = self.tr("there was none")
        if view.last_answer is not None and at is not None:
            right = self.tr("{0} s ago").format(int(max(at.now - view.last_answer, 0)))
        self.band.show_message(
            self.tr("No link to the gateway, the QR code is valid"),
            tone=Tone.WARN,
            icon="wifi-off",
            detail=self.tr("Do not show a second QR code; the till checks by itself"),
            right=right,
            right_caption=self.tr("last answer"),
        )

    def _is_offline(self, view: PaymentView) -> bool:
        return view.is_offline and view.payment.state is PaymentState.OPEN

    def _progress(self, view: PaymentView, at: Moment) -> str:
        payment = view.payment
        started = payment.sent_at or payment.created_at
        gone = formats.duration(max(at.utc - started.timestamp(), 0))
        if payment.state is PaymentState.SENDING:
            if at.now - view.entered >= SLOW_AFTER:
                return self.tr(
                    "The gateway has not answered yet, the till still waits · {0}"
                ).format(gone)
            return self.tr("{0} so far").format(gone)
        join = "\n" if self._is_narrow else " · "
        if view.is_offline:
            return join.join((self.tr("{0} so far").format(gone), next_check_text(view, at)))
        checked = self.tr("not checked yet")
        if view.last_answer is not None:
            checked = self.tr("checked {0} s ago").format(int(max(at.now - view.last_answer, 0)))
        return join.join((checked, self.tr("{0} so far").format(gone)))

    def _countdown_title(self, view: PaymentView, at: Moment) -> str:
        left = seconds_left(view.payment, at)
        if left is not None and left <= 0:
            return self.tr("Over") if self._is_narrow else self.tr("The time is over, checking")
        return self.tr("Left") if self._is_narrow else self.tr("The QR code expires soon")

    # Where it goes

    def _fit(self) -> None:
        """Sizes follow from the room alone, never from what was shown before."""
        theme = current_theme()
        narrow, banded = self._is_narrow, not self.band.isHidden()
        left = theme.px(10 if narrow else 40)
        right = theme.px(10 if narrow else 32)
        top = theme.px(8 if narrow else 16 if banded else 20)
        self._layout.setContentsMargins(left, top, right, theme.px(10 if narrow else 18))
        self._layout.setSpacing(theme.px(4 if narrow else 10))
        gap = theme.px(14 if narrow else 44)
        self._columns.setSpacing(gap)
        one_line = narrow or banded or self.height() < theme.px(620)
        self._put_sum(one_line=one_line)
        self._words.setContentsMargins(0, 0 if one_line else theme.px(26), 0, 0)
        self._code.setSpacing(theme.px(4 if narrow else 10))
        self._words.setSpacing(theme.px(6))
        least = theme.px(_WORDS_LEAST_NARROW if narrow else _WORDS_LEAST)
        across = self.width() - left - right - gap - least
        down = self.height() - top - theme.px(10 if narrow else 18) - self._code.spacing()
        down -= (self.band.sizeHint().height() + self._layout.spacing()) if banded else 0
        down -= self._sum.sizeHint().height() + self._code.spacing()
        label = self._label.sizeHint().height() + self._code.spacing()
        side = min(theme.px(_QR_LARGEST), across, down)
        has_room = side <= down - label
        floor = self._floor_side()
        if not has_room and down - label >= floor:
            side, has_room = down - label, True
        self._label.setVisible(has_room)
        side = max(side, floor)
        self.qr.setFixedSize(side, side)
        self._label.setFixedWidth(side)
        taken = self._caption.sizeHint().width() + self._sum.spacing() if one_line else 0
        self.amount.setFixedWidth(min(self.amount.sizeHint().width(), max(side - taken, 1)))
        self.status.set_role(Role.TITLE if narrow else Role.STATUS)
        self.progress.set_role(Role.BODY if narrow else Role.PANEL_NOTE)
        self._advice.set_narrow(narrow)
        self._remark.set_narrow(narrow)

    def _floor_side(self) -> int:
        """The smallest box in which the code without its quiet zone is 320 px wide."""
        url = self._view.payment.payment_url if self._view else ""
        if not url:
            return FLOOR + _QR_FRAME
        modules = len(qr_matrix(url))
        return ceil(FLOOR / modules) * (modules + 2 * QUIET) + current_theme().px(_QR_FRAME)

    def _put_sum(self, *, one_line: bool) -> None:
        size = AmountSize.M if one_line else AmountSize.of(room_of(self), touch=False)
        if self._is_narrow:
            size = AmountSize.COMPACT
        self.amount.set_size(size)
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sum.setDirection(along if one_line else down)
        self._sum.setSpacing(current_theme().px(12 if one_line else 2))

    # When the code has been seen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.qr and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._note_painted)
        return super().eventFilter(watched, event)

    def _note_painted(self) -> None:
        if self._view is None or self.qr.state is not QrState.SHOWN or not self.qr.isVisible():
            return
        payment_id = self._view.payment.id
        if payment_id != self._painted:
            self._painted = payment_id
            self.qr_painted.emit(payment_id)


class _Remark(QWidget):
    """A quiet note with its icon."""

    def __init__(self, icon: str, *, name: str) -> None:
        super().__init__()
        self._icon = IconLabel(icon, px=22, colour="text-2")
        self._label = Label(role=Role.BODY, tone="2", wrap=True, name=name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._label, 1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setContentsMargins(0, theme.px(6), 0, 0)
        self._row.setSpacing(theme.px(14))

    def show_text(self, text: str) -> None:
        self._label.setText(text)

    def set_narrow(self, narrow: bool) -> None:
        self._icon.setVisible(not narrow)
        self._label.set_role(Role.SMALL if narrow else Role.BODY)


def seconds_left(payment: Payment, at: Moment) -> float | None:
    """Until the QR stops being payable; None when nobody knows."""
    if payment.expires_at is None:
        return None
    return payment.expires_at.timestamp() - at.utc
