"""What the frame asks of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from cashier.ui.hints import Hint

if TYPE_CHECKING:
    from cashier.services.views import TillView


class Page(QWidget):
    """One page of the window; only one is on screen at a time."""

    footer_changed = Signal()
    problem_raised = Signal(object)
    """A CashierError for the message bar."""

    message_room: QBoxLayout
    """Where the frame's message stands."""

    def show_view(self, view: TillView) -> None:
        """Take in the till's view, on screen or not."""
        raise NotImplementedError

    def entered(self) -> None:
        """It came on screen."""

    def left(self) -> None:
        """It is on screen no more."""

    def focus_main(self) -> None:
        """F2: put the focus where most is typed."""

    def footer(self) -> tuple[Hint, ...]:
        return ()

    def footer_note(self) -> str:
        """What the footer says at its right."""
        return ""
