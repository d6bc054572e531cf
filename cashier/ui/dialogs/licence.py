"""The text of a licence, to be read."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.dialog import Dialog


class LicenceDialog(Dialog):
    """Esc closes it."""

    def __init__(self, window: QWidget, *, name: str, text: str) -> None:
        super().__init__(window, name="licence", title=name, width=760)
        self._text = QPlainTextEdit(text)
        self._text.setObjectName("licence.text")
        self._text.setAccessibleName(name)
        self._text.setReadOnly(True)
        self._close = Button(self.tr("Close"), name="licence.close", keycap="Esc")
        self.body.addWidget(self._text)
        self.buttons.addWidget(self._close)
        self.buttons.addStretch(1)
        self._close.clicked.connect(self.remove)
        self.escaped.connect(self.remove)
        follow_theme(self.fit)

    def fit(self, theme: Theme) -> None:
        self._text.setMinimumHeight(theme.px(380))
