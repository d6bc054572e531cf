"""How much room the window has: the three widths that the pages are drawn for."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QWidget

from cashier.ui.theme import current_theme


class Room(Enum):
    """A window's width. The values are pixels at 100 %: the rail's, and the side panel's."""

    NARROW = (60, 320)
    NORMAL = (92, 384)
    WIDE = (104, 456)

    @property
    def rail(self) -> int:
        return self.value[0]

    @property
    def side(self) -> int:
        return self.value[1]


_NORMAL_FROM, _WIDE_FROM = 1280, 1800


def room_of(widget: QWidget) -> Room:
    """The room of the window that the widget is in."""
    theme, width = current_theme(), widget.window().width()
    if width < theme.px(_NORMAL_FROM):
        return Room.NARROW
    return Room.NORMAL if width < theme.px(_WIDE_FROM) else Room.WIDE
