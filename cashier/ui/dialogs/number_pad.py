"""Keys for fingers: digits, the decimal mark and a way to take the last one back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button

_KEY, _GAP = 72, 8
_ROWS = ("789", "456", "123", ",0<")


class NumberPad(QWidget):
    """Three by four. The edit keeps the focus: the keys take none."""

    typed = Signal(str)
    erased = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._keys: list[Button] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for row, signs in enumerate(_ROWS):
            for column, sign in enumerate(signs):
                self._layout.addWidget(self._made(name, sign), row, column)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(_GAP))
        for key in self._keys:
            key.setFixedHeight(theme.px(_KEY))

    def retranslate(self) -> None:
        self._erase.set_accessible(self.tr("Take back the last digit"))
        self._mark.set_accessible(self.tr("Decimal point"))

    def _made(self, name: str, sign: str) -> Button:
        if sign == "<":
            key = self._erase = Button("", name=f"{name}.erase", icon="delete")
            key.clicked.connect(self.erased)
        else:
            key = Button(sign, name=f"{name}.{'mark' if sign == ',' else sign}")
            key.clicked.connect(lambda: self.typed.emit(sign))
            if sign == ",":
                self._mark = key
        key.setFocusPolicy(key.focusPolicy().NoFocus)
        key.setAutoRepeat(sign == "<")
        self._keys.append(key)
        return key
