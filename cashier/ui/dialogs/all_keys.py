"""F1: every key of the page on screen, and those that work everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cashier.ui.hints import Hint
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.label import Label, Role


class AllKeysDialog(Dialog):
    """A list that Esc, Enter or F1 closes again."""

    covers_lock = True

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, name="keys", width=720)
        self._rows = QWidget()
        self._close = Button("", name="keys.close", kind=Kind.PRIMARY, keycap="Esc")
        self._close.clicked.connect(self.dismiss)
        self.body.addWidget(self._rows)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._close)
        self.escaped.connect(self.dismiss)
        self.on_key("F1", self.dismiss)
        self.on_key("Return", self.dismiss)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_title(self.tr("All keys"))
        self._close.setText(self.tr("Close"))

    def show_keys(self, hints: tuple[Hint, ...]) -> None:
        """Open with these keys, in two columns."""
        self._retranslate()
        old, self._rows = self._rows, QWidget()
        self.body.replaceWidget(old, self._rows)
        old.deleteLater()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        half = (len(hints) + 1) // 2
        for index, hint in enumerate(hints):
            column = 0 if index < half else 2
            row = index % half if half else 0
            left = Qt.AlignmentFlag.AlignLeft
            grid.addWidget(Keycap(hint.key, parent=self._rows), row, column, left)
            grid.addWidget(Label(hint.text, role=Role.BODY, wrap=True), row, column + 1)
        self.open(focus=self._close)
