"""The right side of the shift page: the check, what is left to do, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.services.shifts import Overview
from cashier.ui.pages.shift.checklist import Checklist
from cashier.ui.pages.shift.reconcile_card import ReconcileCard
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.fitted_scroll import scrolling
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role


class SidePanel(QWidget):
    """Buttons below stay in sight; what is above them scrolls where the window is low."""

    close_wanted = Signal()
    x_report_wanted = Signal()
    reconcile_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shift.side")
        self._overview: Overview | None = None
        self._is_closing = False
        self._is_narrow = False
        self.card = ReconcileCard()
        self.checklist = Checklist()
        self._median = Label(role=Role.SMALL, tone="2", wrap=True, name="shift.median")
        self._median_row = QWidget()
        self._why = Label(role=Role.SMALL, tone="warn", wrap=True, name="shift.close.why")
        self._close = Button(
            "",
            name="shift.close",
            kind=Kind.PRIMARY,
            size=Size.XL,
            keycap="F12",
            spread=True,
        )
        self._x_report = Button("", name="shift.x_report", keycap="F8", spread=True)
        self._reconcile = Button("", name="shift.reconcile", keycap="F5", spread=True)
        self._close.clicked.connect(self.close_wanted)
        self._x_report.clicked.connect(self.x_report_wanted)
        self._reconcile.clicked.connect(self.reconcile_wanted)
        self._arrange()
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        row = QHBoxLayout(self._median_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(IconLabel("clock", px=16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._median, 1)
        upper = QWidget()
        self._upper = QVBoxLayout(upper)
        self._upper.setContentsMargins(0, 0, 0, 0)
        self._upper.addWidget(self.card)
        self._upper.addWidget(self.checklist)
        self._upper.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._x_report, 1)
        self._buttons.addWidget(self._reconcile, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(scrolling(upper), 1)
        for part in (self._median_row, self._why, self._close):
            self._layout.addWidget(part)
        self._layout.addLayout(self._buttons)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        self._layout.setSpacing(theme.px(12))
        self._upper.setSpacing(theme.px(20))
        self._buttons.setSpacing(theme.px(10))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        theme = current_theme()
        self._is_narrow = narrow
        side = theme.px(16 if narrow else 24)
        self._layout.setContentsMargins(side, theme.px(16), side, theme.px(16))
        self._layout.setSpacing(theme.px(10 if narrow else 12))
        self._upper.setSpacing(theme.px(14 if narrow else 20))
        self.checklist.set_narrow(narrow)
        self._close.set_size(Size.LG if narrow else Size.XL)
        for button, key in ((self._x_report, "F8"), (self._reconcile, "F5")):
            button.set_size(Size.SM if narrow else Size.NORMAL)
            button.set_keycap(key)
        self.retranslate()

    def show_overview(self, overview: Overview | None) -> None:
        self._overview = overview
        if overview is not None:
            self.checklist.show_readiness(overview.readiness)
        self.retranslate()

    def show_closing(self, is_closing: bool) -> None:
        """While the Z report is being written nothing else can be pressed."""
        self._is_closing = is_closing
        self.retranslate()

    def retranslate(self) -> None:
        overview = self._overview
        self.card.retranslate()
        self.checklist.retranslate()
        self._close.setText(self.tr("Close the shift (Z)"))
        self._x_report.setText(self.tr("X report"))
        self._reconcile.setText(self.tr("Check"))
        self._reconcile.set_accessible(self.tr("Check against the gateway"))
        self._close.set_busy(self.tr("Closing the shift…") if self._is_closing else None)
        parked = overview.readiness.parked if overview is not None else 0
        is_free = overview is not None and not self._is_closing
        self._close.setEnabled(is_free and not parked and not self.card.is_running)
        self._x_report.setEnabled(is_free)
        self._reconcile.setEnabled(is_free and not self.card.is_running)
        why = ""
        if parked:
            why = self.tr("Decide on the parked receipts first")
        elif self.card.is_running:
            why = self.tr("The check against the gateway is under way")
        self._why.setText(why)
        self._why.setVisible(bool(why))
        wait = overview.report.median_wait if overview is not None else None
        self._median_row.setVisible(wait is not None and not self._is_narrow)
        if wait is not None:
            self._median.setText(self.tr("From QR to payment: median {0} s").format(wait))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), theme.color("line"))
