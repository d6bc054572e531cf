"""First start: the list of steps at the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded


@dataclass(frozen=True, slots=True)
class StepText:
    """A step's name and, if need be, when it is needed."""

    title: str
    note: str = ""


class StepList(QWidget):
    """Numbered steps: those before `current` are ticked, it is blue, the others are outlined."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = tuple(_StepRow(number + 1) for number in range(count))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for row in self._rows:
            self._layout.addWidget(row)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(20))

    def show_steps(self, texts: Sequence[StepText], *, current: int) -> None:
        """`current` counts from 0."""
        for number, (row, text) in enumerate(zip(self._rows, texts, strict=True)):
            row.show_step(text, is_done=number < current, is_current=number == current)


class _StepRow(QWidget):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._dot = _Dot(number)
        self._title = Label(role=Role.LEAD, name=f"first.step{number}", wrap=True)
        self._note = Label(role=Role.CAPTION, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._note)
        words.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._dot)
        self._layout.addLayout(words, 1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(16))
        self.setMinimumHeight(theme.px(44))

    def show_step(self, text: StepText, *, is_done: bool, is_current: bool) -> None:
        self._dot.show_state(is_done=is_done, is_current=is_current)
        self._title.setText(text.title)
        self._title.set_role(Role.STRONG if is_current else Role.LEAD)
        self._note.setText(text.note)
        self._note.setVisible(bool(text.note))


class _Dot(QWidget):
    _SIDE = 32

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._is_done = False
        self._is_current = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        side = theme.px(self._SIDE)
        self.setFixedSize(side, side)
        self.update()

    def show_state(self, *, is_done: bool, is_current: bool) -> None:
        self._is_done = is_done
        self._is_current = is_current
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        radius = rect.width() / 2
        if self._is_done:
            draw_rounded(painter, rect, radius=radius, fill=theme.color("ok-soft"))
            side = theme.px(18)
            spot = QRectF(0, 0, side, side)
            spot.moveCenter(rect.center())
            icons.paint_icon(painter, spot, "check", theme.color("ok-text"), stroke=3)
            return
        if self._is_current:
            draw_rounded(painter, rect, radius=radius, fill=theme.color("accent"))
        else:
            draw_rounded(
                painter,
                rect,
                radius=radius,
                fill=theme.color("surface"),
                border=theme.color("line-strong"),
                width=theme.px(2),
            )
        font = QFont(self.font())
        font.setPixelSize(theme.px(15))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.color("on-accent" if self._is_current else "text-2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class BrandMark(QWidget):
    """The program's mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        side = theme.px(44)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        draw_rounded(painter, self.rect(), radius=theme.px(10), fill=theme.color("text"))
        side = theme.px(28)
        spot = QRectF(0, 0, side, side)
        spot.moveCenter(QRectF(self.rect()).center())
        icons.paint_icon(painter, spot, "qr-code", theme.color("surface"))
