"""Settings, section «About»: the version, where the data is, whose work is inside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier import __version__, paths
from cashier.ui.dialogs.licence import LicenceDialog
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.label import Label, Role

_WORKS = (
    ("fonts", "Inter", "SIL Open Font License 1.1"),
    ("icons", "Lucide", "ISC, MIT"),
)


def licence_text(work: str) -> str:
    """The licence that ships beside the fonts or the icons."""
    return (paths.resources() / work / "LICENSE").read_text(encoding="utf-8")


class AboutSection(SettingsSection):
    """The version, where the data lies, and the licences of what ships with the program."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("about", parent)
        self._folder = folder
        self._version = Label(role=Role.BODY_LARGE, name="settings.version")
        self._purpose = Label(tone="2", wrap=True)
        self._folder_label = Label(role=Role.STRONG)
        self._folder_text = Label(str(folder), name="settings.folder", wrap=True)
        self._folder_text.allow_selection()
        self._copy = Button("", name="settings.copy_folder", size=Size.SM, icon="copy")
        self._works_label = Label(role=Role.STRONG)
        self._buttons = {
            work: Button("", name=f"settings.licence.{work}", size=Size.SM) for work, _, _ in _WORKS
        }
        self._arrange()
        self._copy.clicked.connect(self._copy_folder)
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._folder_row = QHBoxLayout()
        self._folder_row.addWidget(self._folder_text, 1)
        self._folder_row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        card = Card(name="settings.about.card")
        for part in (self._version, self._purpose, self._folder_label):
            card.body.addWidget(part)
        card.body.addLayout(self._folder_row)
        works = Card(name="settings.about.works")
        works.body.addWidget(self._works_label)
        self._work_rows: list[QHBoxLayout] = []
        for work, name, licence in _WORKS:
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(name, role=Role.STRONG))
            words.addWidget(Label(licence, role=Role.SMALL, tone="2"))
            row.addLayout(words, 1)
            button = self._buttons[work]
            button.clicked.connect(
                lambda _=False, work=work, name=name: self._open_licence(work, name)
            )
            row.addWidget(button)
            works.body.addLayout(row)
            self._work_rows.append(row)
        self.body.addWidget(card)
        self.body.addWidget(works)
        self.body.addStretch(1)

    def restyle(self, theme: Theme) -> None:
        self._folder_row.setSpacing(theme.px(16))
        for row in self._work_rows:
            row.setSpacing(theme.px(16))

    def focus_first(self) -> None:
        self._copy.setFocus()

    def _open_licence(self, work: str, name: str) -> None:
        LicenceDialog(self.window(), name=name, text=licence_text(work)).open()

    def _copy_folder(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))

    def retranslate(self) -> None:
        self.set_title(self.tr("About"))
        self._version.setText(self.tr("Cashier, version {0}").format(__version__))
        self._purpose.setText(self.tr("A till that takes QR payments through Invoice."))
        self._folder_label.setText(self.tr("Data folder"))
        self._copy.setText(self.tr("Copy"))
        self._copy.set_accessible(self.tr("Copy the path of the data folder"))
        self._works_label.setText(self.tr("Fonts and icons"))
        for work, name, _ in _WORKS:
            self._buttons[work].setText(self.tr("Licence"))
            self._buttons[work].set_accessible(self.tr("Licence of {0}").format(name))
