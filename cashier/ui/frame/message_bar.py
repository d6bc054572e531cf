"""The message bar: one line above the page, there until it is read."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.domain.failure import CashierError
from cashier.ui import texts
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.tone import Tone


class MessageBar(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.band = Band(name="message.bar")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.band)
        self.hide()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), 0)

    def show_problem(self, error: CashierError) -> None:
        """What happened, what it means for the money, and what to do."""
        self.show_message(texts.failure_text(error), tone=Tone.BAD)

    def show_message(self, text: str, *, tone: Tone = Tone.WARN) -> None:
        """Say something in place of what was said before."""
        self.band.show_message(text, tone=tone)
        close = Button(self.tr("Close"), name="message.close", size=Size.SM)
        close.clicked.connect(self.clear)
        self.band.add_button(close)
        self.show()

    def clear(self) -> None:
        """It was read, or is obsolete."""
        self.band.clear()
        self.hide()
