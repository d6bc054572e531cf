"""The four large figures of a shift: revenue, sales, refunds, the average receipt."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.domain.money import Money
from cashier.domain.shift_report import ShiftReport
from cashier.ui.pages.shift.words import taken_back
from cashier.ui.texts import money_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Card, Rule
from cashier.ui.widgets.label import Label, Role

_PX = 27
_LEAST = 13


class SumText(QWidget):
    """One sum on one line, made smaller until it fits: a sum is never cut."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._text = ""
        self._colour = "text"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(36))
        self.update()

    def show_text(self, text: str, *, colour: str = "text") -> None:
        self._text = text
        self._colour = colour
        self.setAccessibleName(text)
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(80), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setPen(theme.color(self._colour))
        painter.setFont(self._font(theme))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(self.rect()), int(flags), self._text)

    def _font(self, theme: Theme) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        for px in range(theme.px(_PX), theme.px(_LEAST) - 1, -1):
            font.setPixelSize(px)
            if QFontMetricsF(font).horizontalAdvance(self._text) <= self.width():
                break
        return font


class _Cell(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.caption = Label(role=Role.FIELD, tone="2", elide=True, name=f"shift.{name}.caption")
        self.value = SumText(name=f"shift.{name}")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.caption)
        self._layout.addWidget(self.value)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._fit(theme, narrow=False)

    def set_narrow(self, narrow: bool) -> None:
        self._fit(current_theme(), narrow=narrow)

    def _fit(self, theme: Theme, *, narrow: bool) -> None:
        above = theme.px(6 if narrow else 12)
        side = theme.px(12 if narrow else 18)
        self._layout.setContentsMargins(side, above, theme.px(8), above)
        self._layout.setSpacing(theme.px(2))


class FiguresCard(Card):
    """One row of four cells with lines between."""

    def __init__(self) -> None:
        super().__init__(name="shift.figures", padding=0, spacing=0)
        self._report: ShiftReport | None = None
        names = ("revenue", "sales", "refunds", "average")
        self._cells = {name: _Cell(name) for name in names}
        row = QHBoxLayout()
        row.setSpacing(0)
        for place, cell in enumerate(self._cells.values()):
            if place:
                row.addWidget(Rule(upright=True))
            row.addWidget(cell, 1)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        for cell in self._cells.values():
            cell.set_narrow(narrow)

    def show_report(self, report: ShiftReport) -> None:
        self._report = report
        self.retranslate()

    def retranslate(self) -> None:
        report = self._report
        if report is None:
            return
        whole = report.whole
        average = report.average
        none = Money(0, whole.sold.currency)
        back = taken_back(whole.given_back)
        shown = {
            "revenue": (self.tr("Revenue"), whole.revenue, "text"),
            "sales": (self.tr("Sales · {0}").format(whole.paid), whole.sold, "text"),
            "refunds": (
                self.tr("Refunds · {0}").format(whole.refunds),
                back,
                "refund-text" if whole.given_back else "text",
            ),
            "average": (
                self.tr("Average receipt"),
                none if average is None else average,
                "text" if average is not None else "text-3",
            ),
        }
        for name, (caption, amount, colour) in shown.items():
            cell = self._cells[name]
            cell.caption.setText(caption)
            is_dash = name == "average" and average is None
            cell.value.show_text("—" if is_dash else money_text(amount), colour=colour)
