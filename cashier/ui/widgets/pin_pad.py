"""The keys of a PIN, for fingers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button, Size

_PLACES = {
    "1": (0, 0),
    "2": (0, 1),
    "3": (0, 2),
    "4": (1, 0),
    "5": (1, 1),
    "6": (1, 2),
    "7": (2, 0),
    "8": (2, 1),
    "9": (2, 2),
    "0": (3, 1),
}


class _PinKey(Button):
    """A large digit."""

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        font = QFont(self.font())
        font.setPixelSize(theme.px(26))
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)


class PinPad(QWidget):
    """Three by four. The keys take no focus: it stays where the digits go."""

    typed = Signal(str)
    erased = Signal()

    def __init__(self, *, name: str = "pin", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = False
        self._keys: list[Button] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for digit, (row, column) in _PLACES.items():
            key = _PinKey(digit, name=f"{name}.{digit}")
            key.clicked.connect(lambda _=False, typed=digit: self.typed.emit(typed))
            self._put(key, row, column)
        self._erase = Button("", name=f"{name}.erase", icon="delete", size=Size.XL)
        self._erase.clicked.connect(self.erased)
        self._put(self._erase, 3, 2)
        for column in range(3):
            self._layout.setColumnStretch(column, 1)
        self.retranslate()
        follow_theme(self.restyle)

    def _put(self, key: Button, row: int, column: int) -> None:
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keys.append(key)
        self._layout.addWidget(key, row, column)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(8 if self._low else 10))
        height = theme.px(52) if self._low else theme.height("pin-key")
        for key in self._keys:
            key.setFixedHeight(height)

    def set_low(self, low: bool) -> None:
        """Lower keys, for a window in which the high ones do not fit."""
        self._low = low
        self.restyle(current_theme())

    def set_enabled(self, enabled: bool) -> None:
        for key in self._keys:
            key.setEnabled(enabled)

    def retranslate(self) -> None:
        self._erase.set_accessible(QCoreApplication.translate("PinPad", "Take back the last digit"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
