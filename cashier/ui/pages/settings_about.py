"""Settings, section «About»: the version, where the data is, whose work is inside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
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


@dataclass(frozen=True, slots=True)
class Work:
    """What others made: its name in our code, its own name, its licence and where that stands."""

    key: str
    name: str
    licence: str
    file: Path


def works(resources: Path) -> tuple[Work, ...]:
    """Whose work is inside; the libraries where they are, which is in the installed program."""
    inside = (
        Work("fonts", "Inter", "SIL Open Font License 1.1", resources / "fonts" / "LICENSE"),
        Work("icons", "Lucide", "ISC, MIT", resources / "icons" / "LICENSE"),
        Work(
            "libraries",
            "Qt, Python, SQLAlchemy …",
            "LGPL 3, PSF, MIT, BSD …",
            resources / "libraries" / "LICENSES.txt",
        ),
    )
    return tuple(work for work in inside if work.file.is_file())


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
        self._works = works(paths.resources())
        self._buttons = {
            work: Button("", name=f"settings.licence.{work.key}", size=Size.SM)
            for work in self._works
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
        for work in self._works:
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(work.name, role=Role.STRONG))
            words.addWidget(Label(work.licence, role=Role.SMALL, tone="2"))
            row.addLayout(words, 1)
            button = self._buttons[work]
            button.clicked.connect(partial(self._open_licence, work))
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

    def _open_licence(self, work: Work) -> None:
        text = work.file.read_text(encoding="utf-8")
        LicenceDialog(self.window(), name=work.name, text=text).open()

    def _copy_folder(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))

    def retranslate(self) -> None:
        self.set_title(self.tr("About"))
        self._version.setText(self.tr("Cashier, version {0}").format(__version__))
        self._purpose.setText(self.tr("A till that takes QR payments through Invoice."))
        self._folder_label.setText(self.tr("Data folder"))
        self._copy.setText(self.tr("Copy"))
        self._copy.set_accessible(self.tr("Copy the path of the data folder"))
        self._works_label.setText(self.tr("The work of others"))
        for work, button in self._buttons.items():
            button.setText(self.tr("Licence"))
            button.set_accessible(self.tr("Licence of {0}").format(work.name))
