"""What stands where the list of terminals does: the list, nothing yet, grey bars, or trouble."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cashier.domain.failure import CashierError
from cashier.ui.pages.terminal_list import TerminalList
from cashier.ui.texts import failure_text
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.empty_state import EmptyState, Skeleton
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class TerminalStates(QStackedWidget):
    """`again_wanted` by the button under trouble."""

    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = TerminalList()
        self._failure: CashierError | None = None
        self._empty = EmptyState(name="terminals.empty", icon="monitor-smartphone")
        self._error = EmptyState(name="terminals.error", icon="circle-alert", tone=Tone.BAD)
        self._again = self._error.add_button(
            Button("", name="terminals.again", size=Size.SM, keycap="F5")
        )
        self._loading_note = Label(tone="2", role=Role.SMALL, name="terminals.loading")
        self._blank = QWidget()
        self._loading, self._empty_card, self._error_card = Card(), Card(), Card()
        self._loading.body.addWidget(Skeleton())
        self._loading.body.addWidget(self._loading_note)
        self._loading.body.addStretch(1)
        self._empty_card.body.addWidget(self._empty)
        self._error_card.body.addWidget(self._error)
        for state in (self.list, self._loading, self._blank, self._empty_card, self._error_card):
            self.addWidget(state)
        self._again.clicked.connect(self.again_wanted)
        self.retranslate()

    def show_failure(self, error: CashierError) -> None:
        self._failure = error
        self.retranslate()
        self.setCurrentWidget(self._error_card)

    def show_loading(self, *, is_slow: bool) -> None:
        """Grey bars only when it takes long."""
        self.setCurrentWidget(self._loading if is_slow else self._blank)

    def show_list(self, *, is_empty: bool) -> None:
        self.setCurrentWidget(self._empty_card if is_empty else self.list)

    def retranslate(self) -> None:
        self._again.setText(self.tr("Try again"))
        self._empty.show_texts(
            self.tr("Add the first terminal"),
            self.tr("Type its alias above and press Enter, or create a new one with F10."),
        )
        self._loading_note.setText(self.tr("Loading the terminals…"))
        reason = failure_text(self._failure) if self._failure is not None else ""
        self._error.show_texts(self.tr("The list did not load"), reason)
        self.list.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
