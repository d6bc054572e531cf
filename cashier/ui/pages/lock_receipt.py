"""The receipt that was being typed when the till was locked, and for whom it is kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Person
from cashier.ui import formats
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label


class KeptReceipt(QWidget):
    """Hidden while there is none, or an empty one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: SavedReceipt | None = None
        self._owner: Person | None = None
        self._text = Label(tone="2", wrap=True, name="lock.receipt")
        self._row = QHBoxLayout()
        self._row.addWidget(IconLabel("shopping-cart", px=22), 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Rule())
        self._column.addLayout(self._row)
        self.hide()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(14))
        self._column.setContentsMargins(0, theme.px(12), 0, 0)
        self._column.setSpacing(theme.px(16))

    def show_receipt(self, saved: SavedReceipt | None, owner: Person | None) -> None:
        """`owner` is who typed it; None where nobody knows."""
        self._saved = saved if saved is not None and saved.receipt.lines else None
        self._owner = owner
        self.retranslate()

    def retranslate(self) -> None:
        saved = self._saved
        self.setVisible(saved is not None)
        if saved is None:
            return
        amount = formats.money(current_language(), saved.receipt.amount)
        lines = self.tr("%n items", "", len(saved.receipt.lines))
        text = self.tr("A receipt is kept: {0}, {1}.").format(lines, amount)
        if self._owner is not None:
            text = f"{text} " + self.tr(
                "It opens when {0} signs in; for anybody else it waits among the parked."
            ).format(self._owner.name)
        self._text.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
