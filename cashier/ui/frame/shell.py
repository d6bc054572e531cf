"""The window before its till: the frame of the real one, which says what is waited for.

It is all that the way to the first picture imports; `tests/unit/test_start.py` guards that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from cashier.clock import Clock
from cashier.ui.frame.footer import Footer
from cashier.ui.frame.header import Header
from cashier.ui.frame.layout import lay_out, least_size
from cashier.ui.frame.opening_page import OpeningPage
from cashier.ui.frame.page_stack import PageStack
from cashier.ui.frame.rail import Rail
from cashier.ui.frame.training import TrainingBand
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.room import room_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TICK_MS = 1000
UNSEEN_MS = 500
"""A window that starts as an icon is never painted."""


class Shell(QMainWindow):
    """The rail and the header are dead until `furnished`; on the stack stands the opening page."""

    painted = Signal()
    """Once: a person sees the window, or after half a second nobody does."""

    def __init__(self, *, clock: Clock, training: bool) -> None:
        super().__init__()
        self.setObjectName("window")
        self._is_painted = False
        self.is_training = training
        self.rail = Rail()
        self.header = Header(clock=clock, training=training)
        self.footer = Footer()
        self.opening = OpeningPage()
        self._stack = PageStack()
        band: QWidget | None = TrainingBand() if training else None
        column = (self.header, self._stack, self.footer)
        self._room, self._workplace = lay_out(
            self, training=band, rail=self.rail, column=column, tall=self._stack
        )
        self._stack.take_in(self.opening)
        self.rail.setEnabled(False)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.header.tick)
        self._timer.start()
        QTimer.singleShot(UNSEEN_MS, self, self._see)
        follow_theme(self.restyle)
        self.retranslate()
        self.opening.focus_main()

    def furnished(self) -> None:
        """There is a till: the frame comes to life."""
        self.rail.setEnabled(True)

    def restyle(self, theme: Theme) -> None:
        self._fit()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Cashier"))

    def _fit(self) -> None:
        theme = current_theme()
        self.setMinimumSize(least_size(self, theme))
        self.rail.set_room(room_of(self))
        self.header.restyle(theme)
        self.header.tick()

    def _see(self) -> None:
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            QTimer.singleShot(0, self, self._see)  # what stands in the window is painted after it

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
