"""What stands first in the page on screen, above its content and never over its side panel."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme


class AbovePage(QWidget):
    """Takes no room while it is hidden, as it is at first. What it shows goes into `column`."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._room: QBoxLayout | None = None
        self.column = QVBoxLayout(self)
        self.hide()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        room = self._room
        if room is not None and room.contentsMargins().left():
            below = 0 if room.spacing() else theme.px(14)
            self.column.setContentsMargins(0, 0, 0, below)
        else:
            self.column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), 0)
        self.column.setSpacing(theme.px(8))

    def stand_in(self, room: QBoxLayout) -> None:
        """Stand first in `room` from now on. Where that has margins of its own, they are kept."""
        if room is not self._room:
            is_shown = not self.isHidden()
            self._room = room
            room.insertWidget(0, self)
            self.setVisible(is_shown)
        self.restyle(current_theme())
