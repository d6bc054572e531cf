"""First start, step 1: the language, and whether this is training or real money."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.ui.formats import LANGUAGES
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.choice import Choice
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role

_NAMES = {"ru": "Русский", "en": "English"}


class ModeStep(QWidget):
    """Picture 10a. The language applies at once (`language_chosen`); training is preselected."""

    language_chosen = Signal(str)
    mode_chosen = Signal()

    def __init__(self, *, needs_administrator: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needs_administrator = needs_administrator
        self._title = Label(role=Role.PAGE_TITLE, name="first.mode.title", wrap=True)
        self._lead = Label(role=Role.LEAD, wrap=True)
        self._language_label = Label(role=Role.STRONG)
        self._language_hint = Label(role=Role.SMALL, tone="3")
        self._mode_label = Label(role=Role.STRONG)
        self._languages = {
            code: Choice(_NAMES[code], name=f"first.language.{code}") for code in LANGUAGES
        }
        self._training = Choice("", name="first.mode.training", icon="graduation-cap", large=True)
        self._live = Choice("", name="first.mode.live", icon="store", large=True)
        self._note_icon = IconLabel("info", px=20, colour="text-3")
        self._note = Label(wrap=True, tone="2", name="first.mode.note")
        self._arrange()
        self._training.setChecked(True)
        self._live.toggled.connect(self._take_mode)
        for code, choice in self._languages.items():
            _centre(choice)
            choice.setChecked(code == current_language())
            choice.clicked.connect(lambda _=False, code=code: self.language_chosen.emit(code))
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        language_head = QHBoxLayout()
        language_head.addWidget(self._language_label)
        language_head.addWidget(self._language_hint)
        language_head.addStretch(1)
        self._language_row = _row(*self._languages.values())
        self._mode_row = _row(self._training, self._live)
        note = QHBoxLayout()
        note.addWidget(self._note_icon)
        note.addWidget(self._note, 1)
        self._heads = (language_head, note)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._lead)
        self._layout.addSpacing(1)
        self._layout.addLayout(language_head)
        languages = QHBoxLayout()
        languages.addWidget(self._language_row)
        languages.addStretch(1)
        self._layout.addLayout(languages)
        self._layout.addSpacing(1)
        self._layout.addWidget(self._mode_label)
        self._layout.addWidget(self._mode_row)
        self._layout.addLayout(note)
        self._layout.addStretch(1)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(12))
        for at in (2, 5):
            item = self._layout.itemAt(at)
            gap = item.spacerItem() if item is not None else None
            if gap is not None:
                gap.changeSize(0, theme.px(10))
        for head in self._heads:
            head.setSpacing(theme.px(12))
        for row, gap_px in ((self._language_row, 12), (self._mode_row, 16)):
            inner = row.layout()
            if inner is not None:
                inner.setSpacing(theme.px(gap_px))
        for choice in self._languages.values():
            choice.setMinimumWidth(theme.px(200))

    @property
    def is_live(self) -> bool:
        return self._live.isChecked()

    def choose_live(self) -> None:
        """As if the person had chosen the real mode."""
        self._live.setChecked(True)

    def focus_first(self) -> None:
        chosen = self._live if self.is_live else self._training
        chosen.setFocus()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Setting up the till"))
        self._lead.setText(
            self.tr("Training starts at once. Real payments take two more steps, about 3 minutes.")
            if self._needs_administrator
            else self.tr(
                "Training starts at once. Real payments take one more step, 2 minutes or so."
            )
        )
        self._language_label.setText(self.tr("Language"))
        self._language_hint.setText("Language" if current_language() == "ru" else "Язык")
        self._mode_label.setText(self.tr("Mode"))
        self._training.show_texts(
            self.tr("Training"),
            self.tr(
                "No keys and no money. A gateway inside the program answers by itself: "
                "paid, declined, no link.\n"
                "Staff, a terminal and goods are ready. Every screen is marked."
            ),
        )
        self._live.show_texts(
            self.tr("Real payments"),
            self.tr(
                "Real money: cards and SBP.\n"
                "You need the Merchant ID and the API key from your Invoice account."
            ),
        )
        self._note.setText(self.tr("Training and real receipts are kept apart and never mixed."))
        for code, choice in self._languages.items():
            choice.setChecked(code == current_language())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _take_mode(self) -> None:
        self.mode_chosen.emit()


def _row(*choices: QWidget) -> QWidget:
    """The choices side by side, with a parent of their own, so that they exclude each other."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for choice in choices:
        layout.addWidget(choice, 1)
    return row


def _centre(choice: Choice) -> None:
    """A title without details stands in the middle of its card."""
    layout = choice.layout()
    if isinstance(layout, QVBoxLayout):
        layout.insertStretch(0, 1)
