"""The rail of sections at the left. It shows only what works."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from cashier.ui.frame.section import Section
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.nav_tile import NavTile
from cashier.ui.widgets.room import Room

_ICONS = {
    Section.SALE: "shopping-cart",
    Section.PAYMENTS: "list",
    Section.REFUND: "undo-2",
    Section.SHIFT: "clock",
    Section.TERMINALS: "monitor-smartphone",
    Section.SETTINGS: "settings",
}


def section_text(section: Section) -> str:
    """The section's name in the language on screen."""
    match section:
        case Section.SALE:
            return QCoreApplication.translate("Rail", "Sale")
        case Section.PAYMENTS:
            return QCoreApplication.translate("Rail", "Payments")
        case Section.REFUND:
            return QCoreApplication.translate("Rail", "Refund")
        case Section.SHIFT:
            return QCoreApplication.translate("Rail", "Shift")
        case Section.TERMINALS:
            return QCoreApplication.translate("Rail", "Terminals")
        case Section.SETTINGS:
            return QCoreApplication.translate("Rail", "Settings")


class Rail(QFrame):
    """Emits `chosen` with the section that a person picked, and `lock_wanted`."""

    chosen = Signal(object)
    lock_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._room = Room.NORMAL
        self._tasks = 0
        self._mark = IconLabel(
            "qr-code", px=20, colour="canvas", disc=36, disc_colour="text", radius=10
        )
        self._tiles: dict[Section, NavTile] = {}
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for section in Section:
            tile = NavTile(
                section_text(section),
                name=f"rail.{section.name.lower()}",
                icon=_ICONS[section],
            )
            tile.clicked.connect(lambda _=False, picked=section: self.chosen.emit(picked))
            self._group.addButton(tile)
            self._tiles[section] = tile
            self._layout.addWidget(tile)
        self._layout.addStretch(1)
        self._lock = NavTile("", name="rail.lock", icon="lock")
        self._lock.setCheckable(False)
        self._lock.clicked.connect(self.lock_wanted)
        self._layout.addWidget(self._lock)
        self.retranslate()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.show_section(Section.SALE)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        wide = 100 if theme.touch and self._room is Room.NORMAL else self._room.rail
        self.setFixedWidth(theme.px(wide))
        side = theme.px(6)
        self._layout.setContentsMargins(side, theme.px(14), side, theme.px(8))
        self._layout.setSpacing(theme.px(4))

    def set_room(self, room: Room) -> None:
        """Icons only where there is little."""
        if room is not self._room:
            self._room = room
            for tile in (*self._tiles.values(), self._lock):
                tile.set_compact(room is Room.NARROW)
            self.restyle(current_theme())

    @property
    def section(self) -> Section:
        """The section that is marked."""
        return next(one for one, tile in self._tiles.items() if tile.isChecked())

    def show_section(self, section: Section) -> None:
        """Mark the section that is on screen."""
        self._tiles[section].setChecked(True)

    def show_tasks(self, count: int) -> None:
        """How many payments and refunds wait for somebody's decision."""
        self._tasks = count
        text = self.tr("Payments that need a decision: {0}").format(count) if count else ""
        self._tiles[Section.PAYMENTS].set_count(count, accessible=text)

    def retranslate(self) -> None:
        for section, tile in self._tiles.items():
            tile.setText(section_text(section))
        self._lock.setText(self.tr("Lock"))
        self.show_tasks(self._tasks)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
