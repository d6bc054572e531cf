"""The stage for an outcome that nobody knows yet: what is known, what goes on, what not to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.payment import (
    Payment,
    PaymentState,
    Standing,
    is_known_status,
    standing,
    word,
)
from cashier.services.views import PaymentView
from cashier.ui.pages.payment_stage import Heading, Moment, SayCard, Stage
from cashier.ui.pages.payment_timeline import answer_time, clock_text
from cashier.ui.texts import quoted, word_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

SENIOR_AFTER = 600.0
_LINES = 4


class UnknownStage(Stage):
    """UNKNOWN, and a cancel that the gateway has not answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self._heading = Heading(is_dense=True)
        self._known = _Facts("file-text", name="unknown.known")
        self._doing = _Facts("refresh-cw", name="unknown.doing")
        self._never = _Facts("hand", name="unknown.never", tone=Tone.WARN)
        self._say = SayCard(self.tr("Tell the customer"), edge=Tone.WARN)
        self._cards = QHBoxLayout()
        for card in (self._known, self._doing, self._never):
            self._cards.addWidget(card, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._heading)
        self._layout.addLayout(self._cards)
        self._layout.addStretch(1)
        self._layout.addWidget(self._say)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        left = theme.px(16 if self._is_narrow else 48)
        right = theme.px(16 if self._is_narrow else 56)
        top = theme.px(16 if self._is_narrow else 40)
        self._layout.setContentsMargins(left, top, right, theme.px(14 if self._is_narrow else 24))
        self._layout.setSpacing(theme.px(12 if self._is_narrow else 28))
        self._cards.setSpacing(theme.px(8 if self._is_narrow else 16))

    def set_narrow(self, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self._heading.set_narrow(narrow)
        self._say.set_narrow(narrow)
        for card in (self._known, self._doing, self._never):
            card.set_narrow(narrow)
        self.restyle(current_theme())

    def show_payment(self, view: PaymentView, at: Moment) -> None:
        payment = view.payment
        self._heading.show_outcome(
            icon="hourglass",
            tone=Tone.WARN,
            kicker=self.tr("Outcome unknown, checking"),
            title=self._title(payment),
            detail=self._detail(view, at),
        )
        self._known.show_lines(self.tr("What is known"), self._what_is_known(view, at))
        self._never.show_lines(
            self.tr("What not to do"),
            (
                self.tr("Do not show a new QR code for this receipt."),
                self.tr("Do not hand over the goods without the screen “Paid”."),
                self.tr("The phone’s screen does not prove payment."),
            ),
        )
        self._say.say(self._what_to_say(payment))
        self.tick(view, at)

    def tick(self, view: PaymentView, at: Moment) -> None:
        self._heading.detail.setText(self._detail(view, at))
        self._doing.show_lines(
            self.tr("What the till does"),
            (
                self.tr("Asks the gateway about the order: attempt {0}.").format(view.checks + 1),
                self.tr("When an answer comes, it opens “Paid” or “Not paid” by itself."),
                self.tr("It does not forget, even if you go on or start the till again."),
            ),
        )

    def _title(self, payment: Payment) -> str:
        if payment.state is PaymentState.CLOSING:
            return self.tr("It is not clear yet whether the cancel worked")
        if payment.url_shown_at is None:
            return self.tr("It is not clear yet whether the payment was created")
        return self.tr("It is not clear yet whether it was paid")

    def _detail(self, view: PaymentView, at: Moment) -> str:
        text = self.tr("The link to the gateway broke off. The till finds out by itself.")
        if at.now - view.entered >= SENIOR_AFTER:
            return " ".join((text, self.tr("Call a senior.")))
        return text

    def _what_is_known(self, view: PaymentView, at: Moment) -> tuple[str, ...]:
        payment = view.payment
        lines = [self.tr("The payment was sent at {0}.").format(clock_text(payment.sent_at))]
        if payment.url_shown_at is None:
            lines.append(self.tr("The customer has not seen its QR code."))
        else:
            lines.append(
                self.tr("Its QR code was shown at {0}.").format(clock_text(payment.url_shown_at))
            )
        last = answer_time(view, at)
        if payment.status and last is not None:
            lines.append(
                self.tr("Last answer of the gateway: {0} at {1}.").format(
                    quoted(_status_word(payment)), clock_text(last)
                )
            )
        elif payment.refusal_text:
            lines.append(self.tr("The gateway said: {0}").format(quoted(payment.refusal_text)))
        else:
            lines.append(self.tr("The gateway has not said yet what became of it."))
        if view.misses:
            lines.append(self.tr("No answers since then."))
        return tuple(lines)

    def _what_to_say(self, payment: Payment) -> str:
        if payment.url_shown_at is None:
            return self.tr("One moment, please: the till is checking the payment.")
        return self.tr("We are waiting for the bank’s answer. You need not pay a second time.")


class _Facts(Card):
    """A small card: an icon, a title, a few sentences."""

    def __init__(self, icon: str, *, name: str, tone: Tone | None = None) -> None:
        super().__init__(name=name, padding=20, spacing=10)
        self._title = Label(role=Role.STRONG, tone=tone, wrap=True, name=f"{name}.title")
        self._lines = [
            Label(role=Role.BODY_LARGE, tone="2", wrap=True, name=f"{name}.{number}")
            for number in range(1, _LINES + 1)
        ]
        head = QHBoxLayout()
        head.setSpacing(12)
        colour = tone.text if tone else "text"
        head.addWidget(IconLabel(icon, px=22, colour=colour), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        for line in self._lines:
            self.body.addWidget(line)
        self.body.addStretch(1)

    def show_lines(self, title: str, lines: tuple[str, ...]) -> None:
        self._title.setText(title)
        for number, label in enumerate(self._lines):
            text = lines[number] if number < len(lines) else ""
            label.setText(text)
            label.setVisible(bool(text))

    def set_narrow(self, narrow: bool) -> None:
        for label in self._lines:
            label.set_role(Role.SMALL if narrow else Role.BODY_LARGE)
        self._padding = 12 if narrow else 20
        self.restyle(current_theme())


def _status_word(payment: Payment) -> str:
    """The gateway's last word in ours where it is one of ours."""
    if is_known_status(payment.status) and standing(payment.status) is Standing.OPEN:
        return word_text(word(PaymentState.OPEN, payment.status))
    return payment.status
