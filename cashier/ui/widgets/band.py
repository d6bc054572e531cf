"""A message in the layout: stays until read or obsolete, never floats."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.tone import Tone

_ICONS = {
    Tone.OK: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.BAD: "circle-alert",
    Tone.LATE: "circle-alert",
    Tone.ACCENT: "info",
    Tone.MUTE: "info",
    Tone.REFUND: "undo-2",
}


class Band(QFrame):
    """Icon, title, a second line, something at the right, buttons. Hidden while it has no text."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._tone = Tone.ACCENT
        self._icon = IconLabel("info", px=22)
        self._title = Label(wrap=True, name=f"{name}.title")
        self._detail = Label(wrap=True, name=f"{name}.detail")
        align = Qt.AlignmentFlag.AlignRight
        self._right_caption = Label(role=Role.SMALL, align=align)
        self._right = Label(role=Role.SMALL, align=align, name=f"{name}.right")
        self._buttons: list[Button] = []
        self._button_row = QHBoxLayout()
        self._layout = self._arrange()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()
        follow_theme(self.restyle)

    def _arrange(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addStretch(1)
        right.addWidget(self._right_caption)
        right.addWidget(self._right)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addLayout(right)
        layout.addLayout(self._button_row)
        return layout

    def restyle(self, theme: Theme) -> None:
        self.setMinimumHeight(theme.height("band"))
        pad = theme.px(5)
        self._layout.setContentsMargins(theme.px(18), pad, theme.px(18), pad)
        self._layout.setSpacing(theme.px(14))
        self._button_row.setSpacing(theme.px(8))
        self.update()

    def show_message(
        self,
        title: str,
        *,
        tone: Tone = Tone.ACCENT,
        detail: str = "",
        right: str = "",
        right_caption: str = "",
        icon: str = "",
    ) -> None:
        """Say it and show the band. The icon follows the tone unless one is named."""
        self._tone = tone
        self._icon.show_icon(icon or _ICONS[tone], colour=tone.text)
        solid = tone is Tone.LATE
        self._title.set_role(Role.STRONG if detail else Role.BODY_LARGE)
        self._title.set_tone("on-bad" if solid else None)
        self._detail.set_tone("on-bad" if solid else None)
        self._right.set_tone(tone)
        self._right_caption.set_tone(tone)
        self._right.set_role(Role.STRONG if right_caption else Role.SMALL)
        for label, text in (
            (self._title, title),
            (self._detail, detail),
            (self._right, right),
            (self._right_caption, right_caption),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.show()
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Take the message and its buttons away."""
        for button in self._buttons:
            self._button_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        self._title.setText("")
        self.hide()

    def add_button(self, button: Button) -> Button:
        """Put a small button at the right; the band owns it until `clear()`."""
        self._buttons.append(button)
        self._button_row.addWidget(button)
        return button

    def title(self) -> str:
        return self._title.text()

    def detail(self) -> str:
        return self._detail.text()

    @property
    def tone(self) -> Tone:
        return self._tone

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        draw_rounded(
            QPainter(self),
            self.rect(),
            radius=theme.px(12),
            fill=theme.color(self._tone.soft),
            border=theme.color(self._tone.line),
        )
