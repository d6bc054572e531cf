"""What every section of the settings can do, and the rows it is laid out in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.domain.staff import Person
from cashier.settings import Settings
from cashier.ui.hints import Hint
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.label import Label, Role


class SettingsSection(QWidget):
    """Shows settings, says what is typed, and marks what is wrong. Saves nothing itself.

    `edited` after every change by hand. `values` has the fields of `Settings` that stand here, as
    they are typed: what cannot be read stays text and so differs from what is saved.
    """

    edited = Signal()
    hints_changed = Signal()
    scan_dropped = Signal()
    has_bar = True
    """Whether its changes wait for the bar's F12."""
    needs_right = False
    """Whether only somebody with Right.SETTINGS may see and change it."""
    person: Person | None = None
    """Who is at the till now."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"settings.{name}")
        self._title = Label(role=Role.TITLE, name=f"settings.{name}.title")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._title)
        follow_theme(self.space)

    def space(self, theme: Theme) -> None:
        self.body.setSpacing(theme.px(16))

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def title(self) -> str:
        return self._title.text()

    def show_settings(self, settings: Settings) -> None:
        """Fill every field with what is saved, and forget errors."""

    def values(self) -> dict[str, object]:
        return {}

    def check(self) -> dict[str, str]:
        """What is wrong, as sentences by field."""
        return {}

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        """Mark the fields that are here, the first with the focus; False where none is."""
        return False

    def set_narrow(self, narrow: bool) -> None:
        """In a small window the drop-down names the section already."""
        self._title.setVisible(not narrow)

    def hints(self) -> tuple[Hint, ...]:
        """The keys that work here only."""
        return ()

    def note(self) -> str:
        """What the footer says at its right."""
        return ""

    def entered(self) -> None:
        """It is on screen."""

    def left(self) -> None:
        """It is on screen no more."""

    def focus_first(self) -> None:
        """Put the focus on the first field."""

    def retranslate(self) -> None:
        """All texts again."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
