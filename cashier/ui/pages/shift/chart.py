"""Sales by the hour as bars, each with its sum above and its hour below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cashier.domain.money import MINOR_PER_MAJOR, Money
from cashier.domain.shift_report import Hour
from cashier.ui import formats
from cashier.ui.texts import money_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.label import Label, Role

_THOUSANDS_FROM = 1000 * MINOR_PER_MAJOR
_GAP, _WIDEST, _LABEL = 14, 96, 22
_MOST = 30


@dataclass(frozen=True, slots=True)
class _Bar:
    hour: str
    value: str
    share: float


class HoursChart(QWidget):
    """Painted; its accessible name says every sum."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._bars: list[_Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setMinimumHeight(theme.px(92))
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(400), theme.px(180))

    def show_hours(self, hours: tuple[Hour, ...], *, in_thousands: bool) -> None:
        """The last thirty hours where there are more."""
        shown = hours[-_MOST:]
        most = max((one.sold.minor for one in shown), default=0)
        self._bars = [
            _Bar(
                hour=f"{one.start:%H}",
                value=_value(one.sold, in_thousands=in_thousands),
                share=one.sold.minor / most if most > 0 else 0.0,
            )
            for one in shown
        ]
        said = (f"{one.start:%H}:00 {money_text(one.sold)}" for one in shown)
        self.setAccessibleName("; ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = theme.px(_GAP if len(self._bars) <= 14 else 6)
        pitch = min((self.width() + gap) / len(self._bars), theme.px(_WIDEST) + gap)
        label = theme.px(_LABEL)
        room = self.height() - 2 * label
        font = QFont(self.font())
        font.setPixelSize(theme.px(14 if pitch >= theme.px(44) else 11))
        painter.setFont(font)
        for place, bar in enumerate(self._bars):
            left = place * pitch
            height = max(room * bar.share, theme.px(2) if bar.share else 1)
            spot = QRectF(left, label + room - height, pitch - gap, height)
            painter.fillPath(_rounded_top(spot, theme.px(4)), theme.color("chart"))
            wide = spot.adjusted(-gap / 2, 0, gap / 2, 0)
            centre = int(Qt.AlignmentFlag.AlignCenter)
            painter.setPen(theme.color("text-2"))
            above = QRectF(wide.left(), spot.top() - label, wide.width(), label)
            painter.drawText(above, centre, bar.value)
            painter.setPen(theme.color("text-3"))
            below = QRectF(wide.left(), self.height() - label + theme.px(3), wide.width(), label)
            painter.drawText(below, centre, bar.hour)


def _rounded_top(spot: QRectF, radius: float) -> QPainterPath:
    radius = min(radius, spot.height())
    path = QPainterPath()
    path.addRoundedRect(spot.adjusted(0, 0, 0, radius), radius, radius)
    base = QPainterPath()
    base.addRect(spot)
    return path.intersected(base)


def _value(amount: Money, *, in_thousands: bool) -> str:
    if amount.minor == 0:
        return "0"
    scale = _THOUSANDS_FROM // 10 if in_thousands else MINOR_PER_MAJOR
    rounded = (abs(amount.minor) + scale // 2) // scale
    if not in_thousands:
        return formats.count(current_language(), rounded)
    whole, tenth = divmod(rounded, 10)
    sign = formats.typed_money(current_language(), Money(0))[1]
    return f"{formats.count(current_language(), whole)}{sign}{tenth}"


class HoursCard(Card):
    """The chart with its heading and what its numbers mean."""

    def __init__(self) -> None:
        super().__init__(name="shift.hours.card", padding=16, spacing=6)
        self._hours: tuple[Hour, ...] = ()
        self._sign = "₽"
        self._title = Label(role=Role.STRONG, name="shift.hours.title")
        self._unit = Label(
            role=Role.SMALL, tone="2", name="shift.hours.unit", align=Qt.AlignmentFlag.AlignRight
        )
        self._none = Label(role=Role.BODY, tone="3", wrap=True, name="shift.hours.none")
        self._chart = HoursChart(name="shift.hours")
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._unit, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._none)
        self.body.addWidget(self._chart, 1)
        self.retranslate()

    def show_hours(self, hours: tuple[Hour, ...]) -> None:
        self._hours = hours
        if hours:
            self._sign = formats.CURRENCY_SIGNS[hours[0].sold.currency]
        self.retranslate()

    def retranslate(self) -> None:
        in_thousands = max((one.sold.minor for one in self._hours), default=0) >= _THOUSANDS_FROM
        self._title.setText(self.tr("Sales by the hour"))
        if in_thousands:
            unit = self.tr("thousand {0}, start of the hour").format(self._sign)
        else:
            unit = self.tr("{0}, start of the hour").format(self._sign)
        self._unit.setText(unit if self._hours else "")
        self._none.setText(self.tr("No sales in this shift yet"))
        self._none.setVisible(not self._hours)
        self._chart.show_hours(self._hours, in_thousands=in_thousands)
