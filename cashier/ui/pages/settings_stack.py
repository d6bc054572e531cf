"""The sections of the settings, one at a time, each in a room that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cashier.ui.pages.settings_door import SettingsDoor
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.theme import Theme
from cashier.ui.widgets.fitted_scroll import scrolling


class SettingsStack(QStackedWidget):
    """Shows a section, or the door before it."""

    def __init__(self, sections: Sequence[SettingsSection], door: SettingsDoor) -> None:
        super().__init__()
        self._door = door
        self._rooms: list[QVBoxLayout] = []
        self._areas: list[QScrollArea] = []
        for section in sections:
            room = QWidget()
            inner = QVBoxLayout(room)
            inner.addWidget(section)
            self._rooms.append(inner)
            self._areas.append(scrolling(room))
            self.addWidget(self._areas[-1])
        self.addWidget(door)

    def space(self, theme: Theme, *, side: int) -> None:
        """`side` in pixels of the screen."""
        for room in self._rooms:
            room.setContentsMargins(side, theme.px(16), side, theme.px(16))

    def show_section(self, number: int, *, is_open: bool) -> None:
        self.setCurrentWidget(self._areas[number] if is_open else self._door)
