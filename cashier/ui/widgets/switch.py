"""An on-off switch and a tick box."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded


class _Toggle(QAbstractButton):
    """What a switch and a tick box share: a mark, a gap, words."""

    _MARK = (24, 24)
    _GAP = 12

    def __init__(
        self, text: str, *, name: str, accessible: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._accessible = accessible
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme.px(15))
        self.setFont(font)
        self.setProperty("ring-radius", theme.px(8))
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(self._accessible or text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        width, height = theme.px(self._MARK[0]), theme.px(self._MARK[1])
        if self.text():
            width += theme.px(self._GAP) + QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(width + 1, max(height, theme.px(32)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _paint_words(self, painter: QPainter, left: int) -> None:
        theme = current_theme()
        painter.setFont(self.font())
        painter.setPen(theme.color("text" if self.isEnabled() else "text-off"))
        room = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())


class Switch(_Toggle):
    """Takes effect at once. The words stand right of the track, or left with `words_first`."""

    _MARK = (52, 30)

    def __init__(
        self,
        text: str,
        *,
        name: str,
        accessible: str = "",
        words_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._words_first = words_first
        super().__init__(text, name=name, accessible=accessible, parent=parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        width, height = theme.px(self._MARK[0]), theme.px(self._MARK[1])
        left = self.width() - width if self._words_first else 0
        track = QRect(left, (self.height() - height) // 2, width, height)
        fill = "accent" if self.isChecked() else "line-strong"
        painter = QPainter(self)
        colour = theme.color(fill if self.isEnabled() else "line")
        draw_rounded(painter, track, radius=height / 2, fill=colour)
        inset = theme.px(3)
        knob = height - 2 * inset
        knob_left = track.right() + 1 - inset - knob if self.isChecked() else left + inset
        spot = QRect(knob_left, track.top() + inset, knob, knob)
        draw_rounded(painter, spot, radius=knob / 2, fill=theme.color("on-accent"))
        self._paint_words(painter, 0 if self._words_first else width + theme.px(self._GAP))


class CheckBox(_Toggle):
    """A tick box with words at its right."""

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(self._MARK[0])
        box = QRect(0, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        on = self.isChecked()
        fill = theme.color("accent" if on else "surface")
        border = theme.color("accent" if on else "line-strong")
        if not self.isEnabled():
            fill, border = theme.color("surface-2"), theme.color("line")
        draw_rounded(painter, box, radius=theme.px(6), fill=fill, border=border, width=theme.px(2))
        if on:
            ink = theme.color("on-accent" if self.isEnabled() else "text-off")
            inset = theme.px(4)
            mark = QRectF(box).adjusted(inset, inset, -inset, -inset)
            icons.paint_icon(painter, mark, "check", ink, stroke=3)
        self._paint_words(painter, side + theme.px(self._GAP))
