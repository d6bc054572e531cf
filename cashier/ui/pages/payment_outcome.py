"""The stage for a payment that ended without money, or with money nobody may simply take."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.services.views import PaymentView
from cashier.ui.pages.outcome_texts import Outcome, outcome_of
from cashier.ui.pages.payment_stage import Heading, Moment, SayCard, Stage
from cashier.ui.texts import word_icon, word_text, word_tone
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

_FACTS = 5
_STEPS = 4


class OutcomeStage(Stage):
    """Declined, expired, cancelled, refused, not created, withdrawn, not sent, mismatch, late."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self._heading = Heading()
        self._say = SayCard(self.tr("Tell the customer"), edge=Tone.ACCENT)
        self._steps_card = Card(padding=20, spacing=8, edge=Tone.LATE)
        self._steps = [
            Label(role=Role.BODY_LARGE, wrap=True, name=f"result.step.{number}")
            for number in range(1, _STEPS + 1)
        ]
        for step in self._steps:
            self._steps_card.body.addWidget(step)
        self._facts = [_FactView(number) for number in range(1, _FACTS + 1)]
        self._gateway = Label(role=Role.SMALL, tone="2", wrap=True, name="result.gateway")
        self._note_icon = IconLabel("shield-check", px=18, colour="text-2")
        self._note = Label(role=Role.SMALL, tone="2", wrap=True, name="result.note")
        self._arrange()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        facts = QHBoxLayout()
        for fact in self._facts:
            facts.addWidget(fact)
        facts.addStretch(1)
        self._facts_row = facts
        note = QHBoxLayout()
        note.addWidget(self._note_icon, 0, Qt.AlignmentFlag.AlignVCenter)
        note.addWidget(self._note, 1)
        self._note_row = note
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self._steps_card)
        self._layout.addWidget(self._say)
        self._layout.addLayout(facts)
        self._layout.addWidget(self._gateway)
        self._layout.addStretch(1)
        self._layout.addLayout(note)

    def restyle(self, theme: Theme) -> None:
        left = theme.px(20 if self._is_narrow else 48)
        right = theme.px(16 if self._is_narrow else 56)
        self._layout.setContentsMargins(
            left, theme.px(20 if self._is_narrow else 40), right, theme.px(20)
        )
        self._layout.setSpacing(theme.px(16 if self._is_narrow else 28))
        self._facts_row.setSpacing(theme.px(24 if self._is_narrow else 48))
        self._note_row.setSpacing(theme.px(10))

    def set_narrow(self, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self._heading.set_narrow(narrow)
        self._say.set_narrow(narrow)
        self.restyle(current_theme())

    def show_payment(self, view: PaymentView, at: Moment) -> None:
        word = view.payment.word
        outcome = outcome_of(view)
        tone = word_tone(word)
        self._heading.show_outcome(
            icon=_plain_icon(word_icon(word)),
            tone=tone,
            kicker=outcome.kicker or word_text(word),
            title=outcome.title,
            detail=outcome.detail,
        )
        self._say.setVisible(bool(outcome.say))
        self._say.say(outcome.say)
        self._show_steps(outcome, tone)
        for number, fact in enumerate(self._facts):
            told = outcome.facts[number] if number < len(outcome.facts) else None
            fact.show_fact(told)
        self._gateway.setText(outcome.gateway)
        self._gateway.setVisible(bool(outcome.gateway))
        self._note.setText(outcome.note)
        self._note.setVisible(bool(outcome.note))
        self._note_icon.setVisible(bool(outcome.note))

    def _show_steps(self, outcome: Outcome, tone: Tone) -> None:
        self._steps_card.set_edge(tone)
        self._steps_card.setVisible(bool(outcome.steps))
        for number, label in enumerate(self._steps):
            text = outcome.steps[number] if number < len(outcome.steps) else ""
            label.setText(text)
            label.setVisible(bool(text))


class _FactView(QWidget):
    """A caption and its value below."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._caption = Label(role=Role.SMALL, tone="2")
        self._value = Label(role=Role.STRONG, name=f"result.fact.{number}")
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


def _plain_icon(icon: str) -> str:
    """On a disc an icon needs no circle of its own."""
    return {"circle-x": "x"}.get(icon, icon)
