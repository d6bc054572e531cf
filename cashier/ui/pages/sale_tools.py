"""The five buttons under the grid for fingers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button


class SaleTools(QWidget):
    """Quantity, discount, remove, price, undo. Shown in touch mode only."""

    quantity_asked = Signal()
    discount_asked = Signal()
    remove_asked = Signal()
    price_asked = Signal()
    undo_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity = Button("", name="sale.tools.quantity")
        self._discount = Button("", name="sale.tools.discount")
        self._remove = Button("", name="sale.tools.remove")
        self._price = Button("", name="sale.tools.price")
        self._undo = Button("", name="sale.tools.undo")
        self._icons = {
            self._quantity: "calculator",
            self._discount: "percent",
            self._remove: "trash-2",
            self._price: "tag",
            self._undo: "undo-2",
        }
        self.setMinimumWidth(1)  # its room decides, not its words
        self._layout = QHBoxLayout(self)
        for button, asked in (
            (self._quantity, self.quantity_asked),
            (self._discount, self.discount_asked),
            (self._remove, self.remove_asked),
            (self._price, self.price_asked),
            (self._undo, self.undo_asked),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(asked)
            self._layout.addWidget(button, 1)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, theme.px(12), 0, 0)
        self._layout.setSpacing(theme.px(10))
        self.setVisible(theme.touch)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Without icons where the words need their room."""
        for button, icon in self._icons.items():
            button.set_icon(icon)
        gaps = self._layout.spacing() * (len(self._icons) - 1)
        wanted = gaps + sum(button.sizeHint().width() for button in self._icons)
        if wanted > self.width():
            for button in self._icons:
                button.set_icon("")

    def show_possible(self, *, has_line: bool, can_undo: bool) -> None:
        for button in (self._quantity, self._discount, self._remove, self._price):
            button.setEnabled(has_line)
        self._undo.setEnabled(can_undo)

    def retranslate(self) -> None:
        self._quantity.setText(self.tr("Qty"))
        self._discount.setText(self.tr("Discount"))
        self._remove.setText(self.tr("Remove"))
        self._price.setText(self.tr("Price"))
        self._undo.setText(self.tr("Undo"))
        self._fit()
