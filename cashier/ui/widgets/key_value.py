"""A name at the left and its value at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class KeyValue(QWidget):
    """One 40 px row, `compact` 29 px; `keycap` stands after the name. Long values are cut."""

    def __init__(
        self,
        key: str,
        value: str = "",
        *,
        name: str,
        keycap: str = "",
        compact: bool = False,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._compact = compact
        self._key = Label(key, role=Role.FIELD if compact else Role.ROW, tone="2")
        self._value = Label(
            value,
            role=Role.ROW_STRONG if strong else Role.ROW,
            align=Qt.AlignmentFlag.AlignRight,
            elide=True,
            name=name,
        )
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._key)
        if keycap:
            self._layout.addWidget(Keycap(keycap))
        self._layout.addWidget(self._value, 1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(8))
        self.setFixedHeight(theme.px(29 if self._compact else 40))

    def set_key(self, text: str) -> None:
        self._key.setText(text)

    def set_value(self, text: str, *, tone: Tone | str | None = None) -> None:
        self._value.setText(text)
        self._value.set_tone(tone)

    def value(self) -> str:
        return self._value.text()

    def allow_copy(self) -> None:
        """Let the value be marked and copied."""
        self._value.allow_selection()
