"""The timeline of the details: a dot with an icon, a title, and a detail of up to two lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cashier.ui import icons
from cashier.ui.pages.history.story import Event
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded

_DOT, _TEXT_LEFT, _BELOW = 28, 40, 12


class _EventRow(QWidget):
    def __init__(self, event: Event, *, name: str, is_last: bool) -> None:
        super().__init__()
        self._event = event
        self._is_last = is_last
        self._title = Label(event.title, role=Role.STRONG, wrap=True, name=name)
        self._detail = Label(
            event.detail, role=Role.SMALL, tone="2", wrap=True, name=f"{name}.detail"
        )
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._detail)
        self._detail.setVisible(bool(event.detail))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        below = 0 if self._is_last else theme.px(_BELOW)
        self._layout.setContentsMargins(theme.px(_TEXT_LEFT), theme.px(3), 0, below)
        self._layout.setSpacing(theme.px(1))
        self.setMinimumHeight(theme.px(_DOT))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        dot = theme.px(_DOT)
        if not self._is_last:
            painter.setPen(QPen(theme.color("line"), theme.px(2)))
            painter.drawLine(dot // 2, dot, dot // 2, self.height())
        tone = self._event.tone
        spot = QRectF(0, 0, dot, dot)
        draw_rounded(painter, spot, radius=dot / 2, fill=theme.color(tone.soft))
        inner = theme.px(16)
        mark = QRectF(0, 0, inner, inner)
        mark.moveCenter(spot.center())
        icons.paint_icon(painter, mark, self._event.icon, theme.color(tone.text), stroke=2.2)


class EventList(QWidget):
    """Give it the events; it builds itself anew only when they differ from the last ones."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._events: tuple[Event, ...] = ()
        self._rows: list[_EventRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    @property
    def events(self) -> tuple[Event, ...]:
        return self._events

    def show_events(self, events: Sequence[Event]) -> None:
        wanted = tuple(events)
        if wanted == self._events:
            return
        self._events = wanted
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        name = self.objectName()
        self._rows = [
            _EventRow(event, name=f"{name}.{number}", is_last=number == len(wanted))
            for number, event in enumerate(wanted, start=1)
        ]
        for row in self._rows:
            self._layout.addWidget(row)
