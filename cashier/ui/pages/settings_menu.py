"""The sections of the settings, as a list at the left or, in a small window, as a drop-down."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded

_WIDTH = 228
_ICONS = {
    "gateway": "key",
    "till": "store",
    "look": "languages",
    "staff": "users",
    "journal": "database",
    "diagnostics": "activity",
    "about": "info",
}


class SectionTile(QAbstractButton):
    """Icon and name; filled while its section is on screen."""

    def __init__(self, *, name: str, icon: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._icon = icon
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ring-inset", True)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(56 if theme.touch else 48))
        self.setProperty("ring-radius", theme.px(10))
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setShortcut("")
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(_WIDTH - 20), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        on = self.isChecked()
        painter = QPainter(self)
        if on or self.underMouse():
            fill = theme.color("accent-soft" if on else "surface-2")
            draw_rounded(painter, self.rect(), radius=theme.px(10), fill=fill)
        ink = theme.color("accent-text" if on else "text-2")
        side, left = theme.px(22), theme.px(14)
        spot = QRectF(left, (self.height() - side) / 2, side, side)
        icons.paint_icon(painter, spot, self._icon, ink)
        font = QFont(self.font())
        font.setPixelSize(theme.px(15))
        font.setWeight(QFont.Weight.DemiBold if on else QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(ink)
        left += side + theme.px(12)
        room = QRect(left, 0, self.width() - left - theme.px(8), self.height())
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


def section_tile(section: str) -> SectionTile:
    """The tile of a section by its object name; training stands where the gateway does."""
    name = section.removeprefix("settings.").replace("training", "gateway")
    return SectionTile(name=f"settings.section.{name}", icon=_ICONS[name])


class SectionMenu(QFrame):
    """`chosen` with the number of the section. ↑ ↓ move, as among radio buttons."""

    chosen = Signal(int)

    def __init__(self, tiles: tuple[SectionTile, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "menu")
        self._tiles = tiles
        self._layout = QVBoxLayout(self)
        for number, tile in enumerate(tiles):
            self._layout.addWidget(tile)
            tile.toggled.connect(partial(self._take_toggle, number))
        self._layout.addStretch(1)
        follow_theme(self.restyle)

    def _take_toggle(self, number: int, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(number)

    def restyle(self, theme: Theme) -> None:
        self.setFixedWidth(theme.px(_WIDTH))
        pad = theme.px(10)
        self._layout.setContentsMargins(pad, theme.px(14), pad, pad)
        self._layout.setSpacing(theme.px(2))

    def show_section(self, number: int) -> None:
        self._tiles[number].setChecked(True)

    def focus_current(self) -> None:
        for tile in self._tiles:
            if tile.isChecked():
                tile.setFocus(Qt.FocusReason.OtherFocusReason)
