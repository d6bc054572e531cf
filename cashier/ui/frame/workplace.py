"""All of the window but its lock and its opening: the rail, the header, the pages, the footer."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.ui.frame.footer import Footer
from cashier.ui.frame.header import Header
from cashier.ui.frame.page_stack import PageStack
from cashier.ui.frame.rail import Rail
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.room import room_of

TICK_MS = 1000


class Workplace(QWidget):
    """The rail at the left, the rest in a column beside it. `fit` when the window has another size.

    From the outside in, and before the pages are there: a widget that moves to another parent is
    styled again with everything in it.
    """

    def __init__(self, parent: QWidget, *, clock: Clock, training: bool) -> None:
        super().__init__(parent)
        self.setObjectName("workplace")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail()
        row.addWidget(self.rail)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        row.addLayout(beside, 1)
        self.header = Header(clock=clock, training=training)
        self.stack = PageStack()
        self.footer = Footer()
        beside.addWidget(self.header)
        beside.addWidget(self.stack, 1)
        beside.addWidget(self.footer)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.header.tick)
        self._timer.start()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.rail.set_room(room_of(self))
        self.header.restyle(theme)
        self.header.tick()

    def fit(self) -> None:
        """The window has another size."""
        self.restyle(current_theme())
