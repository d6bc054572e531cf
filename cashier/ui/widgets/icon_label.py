"""A line icon in the layout. The word beside it carries the meaning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded


class IconLabel(QWidget):
    """The icon `name` in the colour of a token, optionally on a disc: round without a `radius`."""

    def __init__(
        self,
        icon: str,
        *,
        px: int = 22,
        colour: str = "text-2",
        disc: int = 0,
        disc_colour: str = "",
        radius: int = 0,
        stroke: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._px = px
        self._colour = colour
        self._disc = disc
        self._disc_colour = disc_colour
        self._radius = radius
        self._stroke = stroke
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        side = theme.px(max(self._disc, self._px))
        self.setFixedSize(side, side)
        self.update()

    def show_icon(self, icon: str, *, colour: str = "", disc_colour: str = "") -> None:
        self._icon = icon
        self._colour = colour or self._colour
        self._disc_colour = disc_colour or self._disc_colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        if self._disc and self._disc_colour:
            fill = theme.color(self._disc_colour)
            radius = theme.px(self._radius) if self._radius else self.width() / 2
            draw_rounded(painter, self.rect(), radius=radius, fill=fill)
        side = theme.px(self._px)
        spot = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        if self._icon:
            colour = theme.color(self._colour if self.isEnabled() else "text-off")
            icons.paint_icon(painter, spot, self._icon, colour, stroke=self._stroke)
