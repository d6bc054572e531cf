"""Settings, section «Gateway and keys» while the gateway is the one inside the program."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role


class TrainingSection(SettingsSection):
    """Says that there is nothing to set, and leads to real payments (`live_wanted`)."""

    live_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("gateway", parent)
        self._icon = IconLabel("graduation-cap", px=30)
        self._head = Label(role=Role.PANEL_HEAD, name="settings.training.head", wrap=True)
        self._text = Label(tone="2", wrap=True, name="settings.training.text", role=Role.BODY_LARGE)
        self._live = Button("", name="settings.go_live", size=Size.LG, icon="store")
        card = Card(name="settings.training", padding=24)
        words = QVBoxLayout()
        words.addWidget(self._head)
        words.addWidget(self._text)
        row = QHBoxLayout()
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        card.body.addLayout(row)
        card.body.addWidget(self._live, 0, Qt.AlignmentFlag.AlignLeft)
        self._row, self._words = row, words
        self.body.addWidget(card)
        self.body.addStretch(1)
        self._live.clicked.connect(self.live_wanted)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(16))
        self._words.setSpacing(theme.px(8))

    def focus_first(self) -> None:
        self._live.setFocus()

    def retranslate(self) -> None:
        self.set_title(self.tr("Gateway and keys"))
        self._head.setText(self.tr("This is the training gateway"))
        self._text.setText(
            self.tr(
                "It runs inside the program, has keys of its own and moves no money. "
                "Nothing has to be set here.\n"
                "For real payments you need the Merchant ID and the API key from your Invoice "
                "account. Training receipts stay apart and are not lost."
            )
        )
        self._live.setText(self.tr("Go over to real payments"))
