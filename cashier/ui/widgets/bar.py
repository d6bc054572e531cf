"""A bar that fills from the left: time left, progress."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded, rounded_path


class Bar(QWidget):
    """`share` of the width in one token's colour on another's. A number beside it says the same."""

    def __init__(
        self,
        *,
        height: int = 8,
        fill: str = "accent",
        track: str = "surface-3",
        border: str = "",
        square: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._height = height
        self._fill = fill
        self._track = track
        self._border = border
        self._square = square
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(self._height))
        self.update()

    @property
    def share(self) -> float:
        return self._share

    def show_share(self, share: float) -> None:
        """Fill from 0 to 1; what lies outside is cut off."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def set_colours(self, *, fill: str, border: str = "") -> None:
        self._fill = fill
        self._border = border or self._border
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        radius = 0 if self._square else self.height() / 2
        draw_rounded(painter, self.rect(), radius=radius, fill=theme.color(self._track))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(rounded_path(self.rect(), radius))
        done = QRectF(0, 0, self.width() * self._share, self.height())
        painter.fillRect(done, theme.color(self._fill))
        painter.restore()
        if self._border:
            draw_rounded(painter, self.rect(), radius=radius, border=theme.color(self._border))
