"""«Оплачено» over the whole window: the one screen that is green."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.payment import Payment
from cashier.ui.pages.payment_stage import announce
from cashier.ui.pages.payment_timeline import clock_text
from cashier.ui.pages.window_cover import WindowCover
from cashier.ui.texts import method_text, money_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.amount import Amount, AmountSize
from cashier.ui.widgets.bar import Bar
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role

DEAF_FOR = 0.6
_TICK_MS = 100
_ENDING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_QUIET_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class PaidStage(WindowCover):
    """`finished` once: Enter, Esc, the button, or `auto_return` seconds (0: never by itself).

    Enter and Esc do nothing for the first 600 ms: they were meant for what was there before.
    """

    finished = Signal()

    def __init__(
        self, window: QWidget, payment: Payment, *, clock: Clock, auto_return: int
    ) -> None:
        super().__init__(window)
        self.setObjectName("paid")
        self.setProperty("surface", "stage")
        self._payment = payment
        self._clock = clock
        self._opened = clock.monotonic()
        self._auto_return = auto_return
        self._is_over = False
        self._make()
        self._arrange()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        if auto_return:
            self._timer.start()
        follow_theme(self.restyle)
        self.retranslate()

    @property
    def payment_id(self) -> str:
        return self._payment.id

    def _make(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        self._disc = IconLabel(
            "check", px=100, colour="stage-ok", disc=148, disc_colour="on-stage", stroke=3.0
        )
        self._word = Label(role=Role.WORD, tone="stage", align=centre, name="result.title")
        self._amount = Amount(
            name="result.amount", size=AmountSize.XL, colour="on-stage", align=centre
        )
        self._captions = [Label(role=Role.BODY_LARGE, tone="stage-2") for _ in range(4)]
        self._values = [
            Label(role=Role.VALUE_LARGE, tone="stage", name=f"result.fact.{number}")
            for number in range(1, 5)
        ]
        self._bar = Bar(height=6, fill="on-stage-2", track="stage-ok-2", square=True)
        self.new_sale = Button(
            "", name="result.new_sale", kind=Kind.STAGE, size=Size.XL, keycap="Enter", spread=True
        )
        self.new_sale.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.new_sale.clicked.connect(self.finish)
        right = Qt.AlignmentFlag.AlignRight
        self._detail = Label(role=Role.STRONG, tone="stage", align=right, name="result.detail")
        self._hint = Label(role=Role.BODY_LARGE, tone="stage-2", align=right, name="result.hint")

    def _arrange(self) -> None:
        self._facts = QHBoxLayout()
        self._facts.addStretch(1)
        for caption, value in zip(self._captions, self._values, strict=True):
            pair = QVBoxLayout()
            pair.setSpacing(2)
            pair.addWidget(caption)
            pair.addWidget(value)
            self._facts.addLayout(pair)
        self._facts.addStretch(1)
        self._body = QVBoxLayout()
        self._body.addStretch(3)
        self._body.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignHCenter)
        self._body.addWidget(self._word)
        self._body.addWidget(self._amount)
        self._body.addLayout(self._facts)
        self._body.addStretch(4)
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self._detail)
        words.addWidget(self._hint)
        words.addStretch(1)
        bottom = QWidget()
        bottom.setProperty("surface", "stage-bar")
        bottom.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bottom = QHBoxLayout(bottom)
        self._bottom.addWidget(self.new_sale)
        self._bottom.addStretch(1)
        self._bottom.addLayout(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._body, 1)
        layout.addWidget(self._bar)
        layout.addWidget(bottom)

    def restyle(self, theme: Theme) -> None:
        low = self.height() < theme.px(700)
        edge = theme.px(32)
        self._body.setContentsMargins(edge, 0, edge, 0)
        self._body.setSpacing(theme.px(10 if low else 20))
        self._facts.setSpacing(theme.px(36 if self.width() < theme.px(1200) else 56))
        self._bottom.setContentsMargins(
            edge, theme.px(14 if low else 22), edge, theme.px(14 if low else 22)
        )
        self.new_sale.setFixedWidth(theme.px(340))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())

    def retranslate(self) -> None:
        """All texts again."""
        payment = self._payment
        self._word.setText(self.tr("Paid"))
        self._amount.show_money(current_language(), payment.amount)
        facts = (
            (self.tr("Time"), clock_text(payment.changed_at)),
            (self.tr("Receipt"), payment.receipt_number),
            (self.tr("Method"), method_text(payment)),
            (self.tr("Terminal"), payment.terminal_name),
        )
        for caption, value, fact in zip(self._captions, self._values, facts, strict=True):
            caption.setText(fact[0])
            value.setText(fact[1])
        self.new_sale.setText(self.tr("New receipt"))
        self.tick()

    def announce(self) -> None:
        """Say it to a screen reader."""
        announce(self, f"{self.tr('Paid')}, {money_text(self._payment.amount)}")

    def tick(self) -> None:
        """Count down to the new receipt."""
        if self._is_over:
            return
        gone = self._clock.monotonic() - self._opened
        left = self._auto_return - gone
        if not self._auto_return:
            self._bar.show_share(0)
            self._detail.setText(self.tr("The next receipt waits for you"))
            self._hint.setText("")
            return
        if left <= 0:
            self.finish()
            return
        self._bar.show_share(left / self._auto_return)
        self._detail.setText(self.tr("New receipt in {0} s").format(ceil(left)))
        self._hint.setText(self.tr("any key or tap stops the clock"))

    def stay(self) -> None:
        """Do not go by itself any more."""
        self._timer.stop()
        self._auto_return = 0
        self.tick()

    def finish(self) -> None:
        """Go on to the next receipt."""
        if self._is_over:
            return
        self._is_over = True
        self._timer.stop()
        self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() in _ENDING_KEYS:
            is_deaf = self._clock.monotonic() - self._opened < DEAF_FOR
            if not is_deaf and not event.isAutoRepeat():
                self.finish()
        elif event.key() not in _QUIET_KEYS:
            self.stay()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.stay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
