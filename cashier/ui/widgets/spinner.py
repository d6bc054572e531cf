"""Something is under way: an arc that turns once a second in twelve steps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme

STEPS = 12
_STEP_MS = 1000 // STEPS
_STROKE = 2.4


def paint_spinner(
    painter: QPainter, rect: QRectF, colour: QColor, step: int, *, stroke: float | None = None
) -> None:
    """The arc at one of its twelve steps; an hourglass where motion is not wanted."""
    if not current_theme().animated:
        icons.paint_icon(painter, rect, "hourglass", colour, stroke=stroke)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(rect.center())
    painter.rotate(360 / STEPS * (step % STEPS))
    painter.translate(-rect.center())
    icons.paint_icon(painter, rect, "loader-circle", colour, stroke=stroke or _STROKE)
    painter.restore()


class Turning(QTimer):
    """Counts the steps for a painter and repaints it, only while it is visible."""

    def __init__(self, painted: QWidget) -> None:
        super().__init__(painted)
        self._painted = painted
        self.step = 0
        self.setInterval(_STEP_MS)
        self.timeout.connect(self._advance)

    def turn(self, on: bool) -> None:
        """Turn while `on`, unless motion is not wanted."""
        if on and current_theme().animated:
            if not self.isActive():
                self.start()
        else:
            self.stop()

    def _advance(self) -> None:
        self.step = (self.step + 1) % STEPS
        if self._painted.isVisible():
            self._painted.update()


class Spinner(QWidget):
    """A decoration beside a text that says what is under way; it has no name of its own."""

    def __init__(
        self, *, px: int = 22, colour: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._px = px
        self._colour = colour
        self._turning = Turning(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedSize(QSize(theme.px(self._px), theme.px(self._px)))
        self._turning.turn(self.isVisible())
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turning.turn(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turning.turn(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = current_theme().color(self._colour)
        paint_spinner(QPainter(self), QRectF(self.rect()), colour, self._turning.step)
