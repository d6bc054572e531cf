"""What every stage of a payment has: room at the left of the receipt, and a heading with a disc."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.services.views import PaymentView
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


@dataclass(frozen=True, slots=True)
class Moment:
    """The two clocks at one point in time: monotonic seconds, and UTC as a timestamp."""

    now: float
    utc: float


class Stage(QWidget):
    """One way the page looks. It is made when it is needed and thrown away afterwards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # What was fitted into a large window must not keep it from becoming small again.
        self.setMinimumSize(1, 1)

    def show_payment(self, view: PaymentView, at: Moment) -> None:
        """Paint everything that depends on the payment."""
        raise NotImplementedError

    def tick(self, view: PaymentView, at: Moment) -> None:
        """Paint what depends on the time only."""

    def set_narrow(self, narrow: bool) -> None:
        """Less room: smaller type, tighter padding."""


class Heading(QWidget):
    """A disc with an icon; at its right a kicker, the outcome in large type, and a line below."""

    def __init__(self, *, is_dense: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_dense = is_dense
        self._disc = IconLabel("circle-x", px=44, disc=72, stroke=2.2)
        self.kicker = Label(role=Role.STRONG, name="result.word")
        self.title = Label(role=Role.OUTCOME, wrap=True, name="result.title")
        self.detail = Label(role=Role.TOTAL, wrap=True, name="result.detail")
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(self.kicker)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self._words = words
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(24))
        self._words.setSpacing(theme.px(4))

    def set_narrow(self, narrow: bool) -> None:
        small = Role.TITLE if self._is_dense else Role.STATUS
        self.title.set_role(small if narrow else Role.OUTCOME)
        self.detail.set_role(Role.BODY if narrow and self._is_dense else Role.TOTAL)
        self._row.setSpacing(current_theme().px(16 if narrow else 24))

    def show_outcome(self, *, icon: str, tone: Tone, kicker: str, title: str, detail: str) -> None:
        solid = tone is Tone.LATE
        ink = "on-bad" if solid else str(tone) if tone in (Tone.BAD, Tone.WARN) else tone.text
        self._disc.show_icon(icon, colour=ink, disc_colour=tone.soft)
        self.kicker.set_tone(Tone.BAD if solid else tone)
        self.kicker.setText(kicker)
        self.title.setText(title)
        self.detail.setText(detail)


class SayCard(Card):
    """What the cashier tells the customer, large enough to be read aloud."""

    def __init__(self, caption: str, *, edge: Tone, parent: QWidget | None = None) -> None:
        super().__init__(padding=24, spacing=8, edge=edge, parent=parent)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel("message-circle", px=20, colour="text-2"))
        head.addWidget(Label(caption, role=Role.BODY, tone="2"), 1)
        self.body.addLayout(head)
        self._quote = Label(role=Role.QUOTE, wrap=True, name="result.say")
        self.body.addWidget(self._quote)

    def say(self, text: str) -> None:
        """`text` without quotation marks; they are the language's own."""
        self._quote.setText(self.tr("“{0}.”").format(text.removesuffix(".")))

    def set_narrow(self, narrow: bool) -> None:
        self._quote.set_role(Role.PANEL_HEAD if narrow else Role.QUOTE)
        self._padding = 16 if narrow else 24
        self.restyle(current_theme())


def announce(widget: QWidget, text: str) -> None:
    """Tell a screen reader at once, wherever the focus is."""
    widget.setAccessibleName(text)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
