"""The window of a till whose journal's server cannot be had: why, and one more try."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.domain.failure import CashierError
from cashier.ui.frame.layout import centre, least_size
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.focus_ring import FocusRing
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shortcut import shortcut

_WIDTH = 720


class ServerAwayWindow(QWidget):
    """F5 or Enter tries `again`; Esc closes the program (`given_up`). Nothing is sold meanwhile."""

    again = Signal()
    given_up = Signal()

    def __init__(self, error: CashierError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("away")
        self._error = error
        self._is_asking = False
        self._title = Label(role=Role.PAGE_TITLE, wrap=True, name="away.title")
        self._text = Label(role=Role.LEAD, wrap=True, name="away.text")
        self._reason = Label(role=Role.SMALL, tone="2", wrap=True, name="away.reason")
        self._reason.allow_selection()
        self._close = Button("", name="away.close", size=Size.LG, keycap="Esc")
        self._again = Button(
            "", name="away.again", kind=Kind.PRIMARY, size=Size.LG, keycap="F5", spread=True
        )
        self._arrange()
        self._close.clicked.connect(self.given_up)
        self._again.clicked.connect(self.ask)
        for keys, pressed in (("F5", self.ask), ("Esc", self.given_up.emit)):
            shortcut(self, keys, pressed)
        self.retranslate()
        self.ring = FocusRing(self)
        self._again.setFocus()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._card = Card(name="away.card", padding=24)
        for label in (self._title, self._text, self._reason):
            self._card.body.addWidget(label)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._close)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._again)
        self._card.body.addLayout(self._buttons)
        centre(self, self._card)

    def restyle(self, theme: Theme) -> None:
        self.setMinimumSize(least_size(self, theme))
        self._card.setMaximumWidth(theme.px(_WIDTH))
        self._card.body.setSpacing(theme.px(14))

    def ask(self) -> None:
        """One try at a time; the answer is another window, or this one anew."""
        if not self._is_asking:
            self._is_asking = True
            self._again.set_busy(self.tr("Asking…"))
            self.again.emit()

    def retranslate(self) -> None:
        self.setWindowTitle("Cashier")
        self._title.setText(self.tr("The journal cannot be opened"))
        self._text.setText(failure_text(self._error))
        self._reason.setText(str(self._error.facts.get("reason", "")))
        self._reason.setVisible(bool(self._reason.text()))
        self._close.setText(self.tr("Close the program"))
        self._again.setText(self.tr("Try again"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
