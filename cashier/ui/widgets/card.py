"""A raised surface, and the thin line between parts."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded, rounded_path
from cashier.ui.widgets.tone import Tone

_EDGE = 6


class Card(QFrame):
    """A bordered box with a vertical `body` layout.

    `edge` draws a 6 px bar of that tone at the left; `tone` fills the card softly instead.
    """

    def __init__(
        self,
        *,
        name: str = "",
        padding: int = 20,
        spacing: int = 12,
        radius: int = 14,
        edge: Tone | None = None,
        tone: Tone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._padding = padding
        self._spacing = spacing
        self._radius = radius
        self._edge = edge
        self._tone = tone
        self.body = QVBoxLayout(self)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        pad = theme.px(self._padding)
        edge = theme.px(_EDGE) if self._edge else 0
        self.body.setContentsMargins(pad + edge, pad, pad, pad)
        self.body.setSpacing(theme.px(self._spacing))
        self.update()

    def set_tone(self, tone: Tone | None) -> None:
        self._tone = tone
        self.update()

    def set_edge(self, edge: Tone | None) -> None:
        self._edge = edge
        self.restyle(current_theme())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        radius = theme.px(self._radius)
        fill = theme.color(self._tone.soft if self._tone else "surface")
        border = theme.color(self._tone.line if self._tone else "line")
        draw_rounded(painter, self.rect(), radius=radius, fill=fill, border=border)
        if self._edge is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(rounded_path(self.rect(), radius))
        bar = QRect(0, 0, theme.px(_EDGE), self.height())
        solid = {Tone.WARN: "warn", Tone.MUTE: "line-strong", Tone.LATE: "bad"}
        painter.fillRect(bar, theme.color(solid.get(self._edge, str(self._edge))))


class Rule(QWidget):
    """A 1 px line, horizontal unless `upright`."""

    def __init__(
        self, *, upright: bool = False, length: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._upright = upright
        self._length = length
        across, along = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(across if upright else along, along if upright else across)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        if self._upright:
            self.setFixedWidth(1)
            if self._length:
                self.setFixedHeight(theme.px(self._length))
        else:
            self.setFixedHeight(1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().color("line"))
