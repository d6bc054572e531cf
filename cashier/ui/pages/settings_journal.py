"""Settings, section «Journal»: where it is, its copies, and the way back from one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.label import Label, Role


class JournalSection(SettingsSection):
    """`place` is the room of the widget that chooses between a file and a server."""

    needs_right = True

    def __init__(self, journal: Path, parent: QWidget | None = None) -> None:
        super().__init__("journal", parent)
        self._where_label = Label(role=Role.STRONG)
        self._where = Label(str(journal), name="settings.journal.path", wrap=True)
        self._where.allow_selection()
        self.place = QVBoxLayout()
        card = Card(name="settings.journal.card")
        card.body.addWidget(self._where_label)
        card.body.addWidget(self._where)
        card.body.addLayout(self.place)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_title(self.tr("Journal"))
        self._where_label.setText(self.tr("Where the journal is"))
