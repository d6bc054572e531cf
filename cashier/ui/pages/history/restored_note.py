"""Beside the card of a restored journal: what blocks refunds, and the way to end it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.journal.epochs import Restoration
from cashier.ui.journal_texts import restoration_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.label import Label, Role


class RestoredNote(QWidget):
    """`wanted` when its button is pressed."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Restoration | None = None
        self._title = Label(role=Role.PANEL_HEAD, wrap=True, name="history.restored.title")
        self._text = Label(role=Role.BODY, tone="2", wrap=True, name="history.restored.text")
        self._go = Button(
            "",
            name="history.reconcile",
            kind=Kind.PRIMARY,
            size=Size.LG,
            icon="shield-check",
            keycap="F12",
            spread=True,
        )
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._text)
        self._layout.addStretch(1)
        self._layout.addWidget(self._go)
        self._go.clicked.connect(self.wanted)
        self.hide()
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(12))

    def show_waiting(self, waiting: Restoration | None) -> None:
        """None hides it."""
        self._waiting = waiting
        self.setVisible(waiting is not None)
        if waiting is not None:
            self._title.setText(restoration_text(waiting))

    def retranslate(self) -> None:
        self._text.setText(
            self.tr(
                "Refunds made after the copy are not in this journal. Ask the gateway, look them "
                "up in the Invoice account, and confirm it with a manager’s PIN."
            )
        )
        self._go.setText(self.tr("Reconcile"))
        self.show_waiting(self._waiting)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
