"""The amber card that says how long the QR still lives."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cashier.ui import formats
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.bar import Bar
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.tone import Tone

SHOWN_FROM_S = 300
URGENT_FROM_S = 30


class Countdown(QFrame):
    """Hidden until five minutes are left; the bar is the share of them, red in the last 30 s."""

    def __init__(self, text: str = "", *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = Label(text, role=Role.STRONG, tone=Tone.WARN, elide=True)
        self._left = Label(
            role=Role.PANEL_HEAD,
            tone=Tone.WARN,
            align=Qt.AlignmentFlag.AlignRight,
            name=f"{name}.left",
        )
        self._bar = Bar(fill="warn", track="surface", border="warn-line")
        self._row = QHBoxLayout()
        self._row.addWidget(IconLabel("hourglass", px=20, colour="warn-text"))
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self._left)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._row)
        self._layout.addWidget(self._bar)
        self.hide()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(theme.px(17), theme.px(13), theme.px(17), theme.px(15))
        self._layout.setSpacing(theme.px(10))
        self._row.setSpacing(theme.px(10))
        self.update()

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def show_left(self, seconds: float | None) -> None:
        """Seconds to the deadline; None when it is not known."""
        if seconds is None or seconds > SHOWN_FROM_S:
            self.hide()
            return
        urgent = seconds <= URGENT_FROM_S
        self._left.setText(formats.duration(seconds))
        self._bar.set_colours(
            fill="bad" if urgent else "warn", border="bad" if urgent else "warn-line"
        )
        self._bar.show_share(seconds / SHOWN_FROM_S)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        draw_rounded(
            QPainter(self),
            self.rect(),
            radius=theme.px(12),
            fill=theme.color("warn-soft"),
            border=theme.color("warn-line"),
        )
