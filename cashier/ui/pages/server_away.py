"""The window of a till whose journal's server cannot be had: why, and one more try."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.domain.failure import CashierError, Failure
from cashier.settings import RANGES
from cashier.ui.frame.layout import centre, least_size
from cashier.ui.pages.first_start_form import grow
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.focus_ring import FocusRing
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shortcut import shortcut

_WIDTH = 720


class ServerAwayWindow(QWidget):
    """F5 or Enter tries `again`; Esc closes the program (`given_up`). Nothing is sold meanwhile.

    Where the journal has another till of this number, a new one is typed here (`renumbered`): the
    settings are behind the journal that does not open.
    """

    again = Signal()
    renumbered = Signal(int)
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
        self._number = Field(name="away.number", limit=3)
        if not self._wants_number:
            self._number.hide()
        self._close = Button("", name="away.close", size=Size.LG, keycap="Esc")
        self._again = Button(
            "", name="away.again", kind=Kind.PRIMARY, size=Size.LG, keycap="F5", spread=True
        )
        if self._wants_number:
            self._again.set_keycap("Enter")
        self._arrange()
        self._close.clicked.connect(self.given_up)
        self._again.clicked.connect(self.ask)
        for keys, pressed in (("F5", self.ask), ("Esc", self.given_up.emit)):
            shortcut(self, keys, pressed)
        self._number.submitted.connect(self.ask)
        self._number.edited.connect(lambda: self._number.set_error(""))
        self.retranslate()
        self.ring = FocusRing(self)
        (self._number if self._wants_number else self._again).setFocus()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._card = Card(name="away.card", padding=24)
        for part in (self._title, self._text, self._reason, grow(self._number)):
            self._card.body.addWidget(part)
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
        if self._is_asking:
            return
        number = self._typed_number() if self._wants_number else None
        if self._wants_number and number is None:
            low, high = RANGES["till_number"]
            self._number.set_error(
                self.tr("A whole number from {0} to {1}, and not {2}").format(
                    low, high, self._error.facts.get("name", "")
                )
            )
            return
        self._is_asking = True
        self._number.set_enabled(False)
        self._again.set_busy(self.tr("Asking…"))
        if number is None:
            self.again.emit()
        else:
            self.renumbered.emit(number)

    def show_failure(self, error: CashierError) -> None:
        """The number could not be saved."""
        self._is_asking = False
        self._again.set_busy(None)
        self._number.set_enabled(True)
        self._number.set_error(failure_text(error))
        self._number.setFocus()

    @property
    def _wants_number(self) -> bool:
        return self._error.failure is Failure.TILL_NAME_TAKEN

    def _typed_number(self) -> int | None:
        text = self._number.text().strip()
        low, high = RANGES["till_number"]
        is_number = text.isascii() and text.isdigit() and low <= int(text) <= high
        is_taken = is_number and str(int(text)) == self._error.facts.get("name")
        return int(text) if is_number and not is_taken else None

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Cashier"))
        self._title.setText(self.tr("The journal cannot be opened"))
        self._text.setText(failure_text(self._error))
        self._reason.setText(str(self._error.facts.get("reason", "")))
        self._reason.setVisible(bool(self._reason.text()))
        self._close.setText(self.tr("Close the program"))
        self._number.set_label(self.tr("Number of this till"))
        self._again.setText(
            self.tr("Open with this number") if self._wants_number else self.tr("Try again")
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
