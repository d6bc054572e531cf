"""The steps of a payment, one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.spinner import Turning, paint_spinner

_DOT, _TEXT_LEFT, _PITCH = 28, 42, 62


class StepState(Enum):
    DONE = "done"
    CURRENT = "current"
    FUTURE = "future"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `detail` is a time or a short remark."""

    title: str
    detail: str = ""
    state: StepState = StepState.FUTURE


class _StepRow(QWidget):
    def __init__(self, step: Step, *, name: str, is_last: bool, below: StepState | None) -> None:
        super().__init__()
        self._step = step
        self._is_last = is_last
        self._below = below
        self._turning = Turning(self)
        future = step.state is StepState.FUTURE
        self.title = Label(
            step.title,
            role=Role.ROW if future else Role.STRONG,
            tone="3" if future else None,
            elide=True,
            name=name,
        )
        self.detail = Label(
            step.detail, role=Role.SMALL, tone="2", elide=True, name=f"{name}.detail"
        )
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.detail)
        # Only now that it has a parent: without one it would come up as a window for a moment.
        self.detail.setVisible(bool(step.detail))
        self._layout.addStretch(1)
        self._turning.turn(step.state is StepState.CURRENT)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        top = theme.px(4)
        self._layout.setContentsMargins(theme.px(_TEXT_LEFT), top, 0, 0)
        self._layout.setSpacing(theme.px(3))
        self.setFixedHeight(theme.px(_DOT if self._is_last and not self._step.detail else _PITCH))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        dot = theme.px(_DOT)
        if not self._is_last:
            reached = self._below is not StepState.FUTURE
            pen = QPen(theme.color("ok-text" if reached else "line"), theme.px(2))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(dot // 2, dot, dot // 2, self.height())
        self._paint_dot(painter, QRectF(0, 0, dot, dot), theme)

    def _paint_dot(self, painter: QPainter, spot: QRectF, theme: Theme) -> None:
        inner = theme.px(18)
        mark = QRectF(0, 0, inner, inner)
        mark.moveCenter(spot.center())
        match self._step.state:
            case StepState.DONE:
                draw_rounded(painter, spot, radius=spot.width() / 2, fill=theme.color("ok-soft"))
                icons.paint_icon(painter, mark, "check", theme.color("ok-text"), stroke=2.6)
            case StepState.FAILED:
                draw_rounded(painter, spot, radius=spot.width() / 2, fill=theme.color("bad-soft"))
                icons.paint_icon(painter, mark, "x", theme.color("bad-text"), stroke=2.6)
            case StepState.CURRENT:
                draw_rounded(painter, spot, radius=spot.width() / 2, fill=theme.color("accent"))
                white: QColor = theme.color("on-accent")
                paint_spinner(painter, mark, white, self._turning.step, stroke=2.6)
            case StepState.FUTURE:
                draw_rounded(
                    painter,
                    spot,
                    radius=spot.width() / 2,
                    fill=theme.color("surface"),
                    border=theme.color("line-strong"),
                    width=theme.px(2),
                )


class Timeline(QWidget):
    """Give it the steps; it repaints only when they differ from the last ones."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._steps: tuple[Step, ...] = ()
        self._rows: list[_StepRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def steps(self) -> tuple[Step, ...]:
        return self._steps

    def show_steps(self, steps: Sequence[Step]) -> None:
        wanted = tuple(steps)
        if wanted == self._steps:
            return
        same_shape = [step.state for step in wanted] == [step.state for step in self._steps]
        same_shape = same_shape and all(
            bool(new.detail) == bool(old.detail)
            for new, old in zip(wanted, self._steps, strict=False)
        )
        self._steps = wanted
        if same_shape:
            for row, step in zip(self._rows, wanted, strict=True):
                row.title.setText(step.title)
                row.detail.setText(step.detail)
            return
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [
            _StepRow(
                step,
                name=f"{self.objectName()}.{number}",
                is_last=number == len(wanted),
                below=wanted[number].state if number < len(wanted) else None,
            )
            for number, step in enumerate(wanted, start=1)
        ]
        for row in self._rows:
            self._layout.addWidget(row)
