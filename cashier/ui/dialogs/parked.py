"""The receipts that were put aside, to choose one from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cashier.domain.saved_receipt import SavedReceipt
from cashier.ui.pages.panel_rows import ParkedRow
from cashier.ui.theme import current_theme
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.dialog import Dialog

_ROWS_SEEN = 7


class ParkedDialog(Dialog):
    """↑ ↓ choose, Enter or a click takes the receipt up, Esc leaves. Removes itself."""

    chosen = Signal(str)
    """The id of a receipt."""

    def __init__(self, window: QWidget, *, parked: Sequence[SavedReceipt]) -> None:
        super().__init__(window, name="sale.parked", width=520)
        self.set_title(self.tr("Parked receipts"))
        theme = current_theme()
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, theme.px(4), 0)
        rows.setSpacing(theme.px(8))
        self._rows = [ParkedRow(one, name=f"sale.parked.{one.id}") for one in parked]
        for row in self._rows:
            row.chosen.connect(self._choose)
            row.installEventFilter(self)
            rows.addWidget(row)
        rows.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        seen = min(len(self._rows), _ROWS_SEEN)
        self._area.setFixedHeight(seen * (theme.px(46) + theme.px(8)))
        self.body.addWidget(self._area)
        leave = Button(self.tr("Close"), name="sale.parked.close", keycap="Esc")
        leave.clicked.connect(self.remove)
        self.buttons.addStretch(1)
        self.buttons.addWidget(leave)
        self.escaped.connect(self.remove)

    def begin(self) -> None:
        self.open(focus=self._rows[0] if self._rows else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
                if isinstance(watched, ParkedRow):
                    watched.click()
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        now = next((at for at, row in enumerate(self._rows) if row.hasFocus()), 0)
        row = self._rows[min(max(now + step, 0), len(self._rows) - 1)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(row)

    def _choose(self, receipt_id: str) -> None:
        self.remove()
        self.chosen.emit(receipt_id)
