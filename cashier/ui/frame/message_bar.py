"""The message bar: one line above the content of the page, there until it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from cashier.domain.failure import CashierError
from cashier.services.views import PaymentView
from cashier.ui import texts
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.tone import Tone


class MessageBar(QWidget):
    """Takes no room while there is nothing to say.

    It stands in the room of the page on screen (`stand_in`), never over its side panel.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.band = Band(name="message.bar")
        self._about = ""
        self._room: QBoxLayout | None = None
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.band)
        self.hide()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        room = self._room
        if room is not None and room.contentsMargins().left():
            below = 0 if room.spacing() else theme.px(14)
            self._layout.setContentsMargins(0, 0, 0, below)
        else:
            self._layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), 0)

    def stand_in(self, room: QBoxLayout) -> None:
        """Stand first in `room` from now on. Where that has margins of its own, they are kept."""
        if room is not self._room:
            is_shown = not self.isHidden()
            self._room = room
            room.insertWidget(0, self)
            self.setVisible(is_shown)
        self.restyle(current_theme())

    def show_problem(self, error: CashierError) -> None:
        """What happened, what it means for the money, and what to do."""
        self.show_message(texts.failure_text(error), tone=Tone.BAD)

    def show_message(self, text: str, *, tone: Tone = Tone.WARN, about: str = "") -> None:
        """Say something in place of what was said before, maybe `about` a payment's id."""
        self._about = about
        self.band.show_message(text, tone=tone)
        close = Button(self.tr("Close"), name="message.close", size=Size.SM)
        close.clicked.connect(self.clear)
        self.band.add_button(close)
        self.show()

    def drop_unless_about(self, payments: Sequence[PaymentView]) -> None:
        """A message about a payment that is not among these is obsolete."""
        if self._about and all(one.payment.id != self._about for one in payments):
            self.clear()

    def clear(self) -> None:
        """It was read, or is obsolete."""
        self._about = ""
        self.band.clear()
        self.hide()
