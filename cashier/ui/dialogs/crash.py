"""What a person sees when the program itself is at fault."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cashier.logs import hide_secrets
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.label import Label, Role


class CrashDialog(Dialog):
    """Says that the journal is whole, and gives the error to copy. Never shows a traceback."""

    covers_lock = True

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, name="crash", width=640)
        self._text = Label(role=Role.LEAD, wrap=True, name="crash.text")
        self._detail = Label(role=Role.SMALL, tone="3", wrap=True, name="crash.detail")
        self._copy = Button("", name="crash.copy")
        self._close = Button("", name="crash.close", kind=Kind.PRIMARY, keycap="Esc")
        self.body.addWidget(self._text)
        self.body.addWidget(self._detail)
        self._copy.clicked.connect(self._copied)
        self._close.clicked.connect(self.dismiss)
        self.buttons.addWidget(self._copy)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._close)
        self.escaped.connect(self.dismiss)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_title(self.tr("The program made a mistake"))
        self._copy.setText(self.tr("Copy"))
        self._close.setText(self.tr("Close"))

    def show_error(self, error: BaseException) -> None:
        """Open for this error; a second one while it is open only adds itself to the log."""
        if self.is_open:
            return
        self._retranslate()
        self._text.setText(
            self.tr(
                "The journal is whole: no payment is lost. Payments under way are still followed. "
                "If a payment was on screen, check it (F5) before showing another QR. "
                "Tell support what is written below; the log has the rest."
            )
        )
        self._detail.setText(hide_secrets(f"{type(error).__name__}: {error}")[:300])
        self.open(focus=self._close)

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self._detail.text())
