"""What became of the refund, in the place of its form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.payment import Payment
from cashier.services.refund_views import RefundView
from cashier.ui.office_texts import refund_word_text
from cashier.ui.pages.refund.outcomes import facts, told
from cashier.ui.pages.refund.panel import refund_tone
from cashier.ui.pages.refund.texts import refund_icon
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

_STEPS = 4
_FACTS = 8
_LONG = 20
_PLAIN = {"circle-x": "x", "circle-question-mark": "hourglass"}
"""On a disc an icon needs no circle of its own."""


class RefundStage(QWidget):
    """The disc and the word, what is known, what to tell the customer, and the ids."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(1, 1)
        self._is_compact = False
        self._disc = IconLabel("circle-x", px=44, disc=72, stroke=2.2)
        self.word = Label(role=Role.STRONG, name="refund.outcome.word")
        self.title = Label(role=Role.OUTCOME, wrap=True, name="refund.outcome.title")
        self.detail = Label(role=Role.LEAD, wrap=True, name="refund.outcome.detail")
        self._steps_card = Card(padding=20, spacing=8, edge=Tone.WARN)
        self._steps = [
            Label(role=Role.BODY_LARGE, wrap=True, name=f"refund.outcome.step.{number}")
            for number in range(1, _STEPS + 1)
        ]
        for step in self._steps:
            self._steps_card.body.addWidget(step)
        self._say_card = Card(padding=20, spacing=6, edge=Tone.ACCENT)
        self._say_head = Label(role=Role.BODY, tone="2")
        self.say = Label(role=Role.PANEL_HEAD, wrap=True, name="refund.outcome.say")
        self._say_card.body.addWidget(self._say_head)
        self._say_card.body.addWidget(self.say)
        self._facts = [_Fact(number, self) for number in range(1, _FACTS + 1)]
        self._gateway = Label(role=Role.SMALL, tone="2", wrap=True, name="refund.outcome.gateway")
        self._arrange()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.addWidget(self.word)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self._words = words
        head = self._head = QHBoxLayout()
        head.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._grid = QGridLayout()
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        self._layout.addWidget(self._steps_card)
        self._layout.addWidget(self._say_card)
        self._layout.addLayout(self._grid)
        self._layout.addWidget(self._gateway)
        self._layout.addStretch(1)

    def restyle(self, theme: Theme) -> None:
        small = self._is_compact
        side, top = theme.px(8 if small else 28), theme.px(8 if small else 20)
        self._layout.setContentsMargins(side, top, side, 0)
        self._layout.setSpacing(theme.px(14 if small else 20))
        self._head.setSpacing(theme.px(16 if small else 24))
        self._words.setSpacing(theme.px(4))
        self._grid.setHorizontalSpacing(theme.px(24 if small else 40))
        self._grid.setVerticalSpacing(theme.px(10))

    def set_compact(self, compact: bool) -> None:
        if compact == self._is_compact:
            return
        self._is_compact = compact
        self.title.set_role(Role.TITLE if compact else Role.OUTCOME)
        self.detail.set_role(Role.BODY if compact else Role.LEAD)
        for step in self._steps:
            step.set_role(Role.BODY if compact else Role.BODY_LARGE)
        self.restyle(current_theme())

    def show_refund(self, view: RefundView, payment: Payment, number: str) -> None:
        """Everything that depends on the refund."""
        refund = view.refund
        texts, tone = told(view, payment), refund_tone(refund)
        icon = refund_icon(refund.word)
        ink = str(tone) if tone in (Tone.BAD, Tone.WARN) else tone.text
        self._disc.show_icon(_PLAIN.get(icon, icon), colour=ink, disc_colour=tone.soft)
        self.word.set_tone(tone)
        self.word.setText(refund_word_text(refund.word))
        self.title.setText(texts.title)
        self.detail.setText(texts.detail)
        self._steps_card.set_edge(tone if tone is not Tone.MUTE else Tone.ACCENT)
        self._steps_card.setVisible(bool(texts.steps))
        for number_, label in enumerate(self._steps):
            text = texts.steps[number_] if number_ < len(texts.steps) else ""
            label.setText(text)
            label.setVisible(bool(text))
        self._say_head.setText(self.tr("Tell the customer"))
        self.say.setText(self.tr("“{0}.”").format(texts.say.removesuffix(".")))
        self._say_card.setVisible(bool(texts.say))
        self._gateway.setText(texts.gateway)
        self._gateway.setVisible(bool(texts.gateway))
        self._show_facts(facts(refund, payment, number))

    def _show_facts(self, known: tuple[tuple[str, str], ...]) -> None:
        """Side by side; a long number has a row of its own, so that all of it is seen."""
        across = 3 if self._is_compact else 4
        row = column = 0
        for number, one in enumerate(self._facts):
            self._grid.removeWidget(one)
            fact = known[number] if number < len(known) else None
            one.show_fact(fact)
            if fact is None:
                continue
            span = across if len(fact[1]) > _LONG else 1
            if column + span > across:
                row, column = row + 1, 0
            self._grid.addWidget(one, row, column, 1, span)
            column += span
        self._grid.setColumnStretch(across, 1)


class _Fact(QWidget):
    """A caption and its value below; the value can be marked and copied."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)  # shown without one, it would be a window for a moment
        self._caption = Label(role=Role.SMALL, tone="2")
        self._value = Label(role=Role.STRONG, name=f"refund.fact.{number}")
        self._value.allow_selection()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._caption)
        layout.addWidget(self._value)

    def show_fact(self, fact: tuple[str, str] | None) -> None:
        self.setVisible(fact is not None)
        caption, value = fact or ("", "")
        self._caption.setText(caption)
        self._value.setText(value)
