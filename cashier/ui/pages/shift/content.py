"""The left side of the shift page: heading, figures, terminals, hours; or that no shift is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from cashier.domain.shift_report import ShiftReport
from cashier.ui.pages.shift.chart import HoursCard
from cashier.ui.pages.shift.figures import FiguresCard
from cashier.ui.pages.shift.table import TerminalTable
from cashier.ui.pages.shift.words import lasts_text, opened_text, shift_text
from cashier.ui.texts import money_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.empty_state import EmptyState, Skeleton
from cashier.ui.widgets.fitted_scroll import scrolling
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class ReportView(QWidget):
    """The report of the open shift. Its accessible name says the figures."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shift.report")
        self._report: ShiftReport | None = None
        self._title = Label(role=Role.TITLE, name="shift.title")
        self._since = Label(
            role=Role.FIELD,
            tone="2",
            elide=True,
            name="shift.since",
            align=Qt.AlignmentFlag.AlignRight,
        )
        self._too_long = Band(name="shift.too_long")
        self._others = Label(role=Role.SMALL, tone="2", wrap=True, name="shift.others")
        self._figures = FiguresCard()
        self._table = TerminalTable(accessible=self.tr("Shift by terminal"))
        self._hours = HoursCard()
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._since, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        for part in (self._too_long, self._figures, self._others, self._table):
            self._layout.addWidget(part)
        self._layout.addWidget(self._hours, 1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(14))

    def set_narrow(self, narrow: bool) -> None:
        self._layout.setSpacing(current_theme().px(10 if narrow else 14))
        self._figures.set_narrow(narrow)
        self._table.set_narrow(narrow)

    def show_report(self, report: ShiftReport) -> None:
        self._report = report
        self._figures.show_report(report)
        self._table.show_report(report)
        self._hours.show_hours(report.by_hour)
        self.retranslate()

    def show_age(self, seconds: float, *, is_too_long: bool) -> None:
        """How long the shift has been open; the band comes at 24 hours."""
        if self._report is None:
            return
        opened = opened_text(self._report.shift)
        self._since.setText(
            self.tr("{0} · open for {1} of 24 h").format(opened, lasts_text(seconds))
        )
        if is_too_long:
            self._too_long.show_message(
                self.tr("The shift has been open for more than 24 hours"),
                tone=Tone.BAD,
                detail=self.tr("Close it (F12): the next sale opens a new one"),
            )
        else:
            self._too_long.clear()

    def retranslate(self) -> None:
        report = self._report
        self._table.view.setAccessibleName(self.tr("Shift by terminal"))
        self._figures.retranslate()
        self._table.retranslate()
        self._hours.retranslate()
        if report is None:
            return
        self._title.setText(shift_text(report.shift.number))
        others = [
            self.tr("{0}: sales {1} · {2}, refunds {3} · {4}").format(
                one.key, one.paid, money_text(one.sold), one.refunds, money_text(one.given_back)
            )
            for one in report.other_currencies
        ]
        self._others.setText("\n".join(others))
        self._others.setVisible(bool(others))
        revenue = money_text(report.whole.revenue)
        said = self.tr("{0}, revenue {1}").format(shift_text(report.shift.number), revenue)
        self.setAccessibleName(said)


class Content(QWidget):
    """One of three: the report, a closed shift, what is being read."""

    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.report = ReportView()
        self._empty = EmptyState(name="shift.empty", icon="clock")
        self._open = self._empty.add_button(
            Button("", name="shift.open", kind=Kind.PRIMARY, size=Size.LG, keycap="F12")
        )
        self._open.clicked.connect(self.open_wanted)
        self._loading = QWidget()
        loading = QVBoxLayout(self._loading)
        loading.addWidget(Skeleton(rows=6))
        loading.addStretch(1)
        self._stack = QStackedLayout(self)
        for part in (scrolling(self.report), self._empty, self._loading):
            self._stack.addWidget(part)
        self.retranslate()
        self.show_loading()

    @property
    def is_empty(self) -> bool:
        return self._stack.currentIndex() == 1

    def show_report(self, report: ShiftReport) -> None:
        self.report.show_report(report)
        self._stack.setCurrentIndex(0)

    def show_closed(self) -> None:
        self._stack.setCurrentIndex(1)

    def show_loading(self) -> None:
        self._stack.setCurrentIndex(2)

    def show_opening(self, is_opening: bool) -> None:
        self._open.set_busy(self.tr("Opening the shift…") if is_opening else None)

    def focus_open(self) -> None:
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self._empty.show_texts(
            self.tr("The shift is closed"), self.tr("It opens with the first sale, or by hand")
        )
        self._open.setText(self.tr("Open the shift"))
        self.report.retranslate()
