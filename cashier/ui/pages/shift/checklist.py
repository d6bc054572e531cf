"""What has to be seen to before a shift ends, line by line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.services.shift_figures import Readiness
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role


class _Line(QWidget):
    def __init__(self, name: str, *, has_button: bool = False) -> None:
        super().__init__()
        self._icon = IconLabel("circle-check", px=22)
        self.title = Label(role=Role.ROW, wrap=True, name=name)
        self.detail = Label(role=Role.SMALL, tone="2", wrap=True, name=f"{name}.detail")
        self.button: Button | None = None
        self._words = QVBoxLayout()
        self._words.addWidget(self.title)
        self._words.addWidget(self.detail)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(self._words, 1)
        if has_button:
            self.button = Button("", name=f"{name}.open", size=Size.SM)
            self._layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(12))
        self._words.setSpacing(0)

    def show_words(self, title: str, detail: str = "", *, is_fine: bool) -> None:
        icon, colour = ("circle-check", "ok-text") if is_fine else ("circle-alert", "warn-text")
        self._icon.show_icon(icon, colour=colour)
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        if self.button is not None:
            self.button.setVisible(not is_fine)


class Checklist(QWidget):
    """`parked_requested`: the receipts that were put aside shall be shown."""

    parked_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._readiness = Readiness(parked=0, open=0)
        self._head = Label(role=Role.STRONG, name="shift.checklist")
        self._open = _Line("shift.checklist.open")
        self._refunds = _Line("shift.checklist.refunds")
        self._parked = _Line("shift.checklist.parked", has_button=True)
        self._tasks = _Line("shift.checklist.tasks")
        self._layout = QVBoxLayout(self)
        for part in (self._head, self._open, self._refunds, self._parked, self._tasks):
            self._layout.addWidget(part)
        if self._parked.button is not None:
            self._parked.button.clicked.connect(self.parked_requested)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(14))

    def set_narrow(self, narrow: bool) -> None:
        self._layout.setSpacing(current_theme().px(8 if narrow else 14))

    def show_readiness(self, readiness: Readiness) -> None:
        self._readiness = readiness
        self.retranslate()

    def focus_parked(self) -> None:
        """Put the focus on the button that shows the parked receipts."""
        if self._parked.button is not None:
            self._parked.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        ready = self._readiness
        self._head.setText(self.tr("Before the shift is closed"))
        if self._parked.button is not None:
            self._parked.button.setText(self.tr("Open"))
            self._parked.button.set_accessible(self.tr("Open the parked receipts"))
        if ready.open:
            self._open.show_words(
                self.tr("Open payments: {0}").format(ready.open),
                self.tr("Cancel them, or hand them over when closing"),
                is_fine=False,
            )
        else:
            self._open.show_words(self.tr("No open payments"), is_fine=True)
        self._show_refunds(ready)
        if ready.parked:
            self._parked.show_words(
                self.tr("Parked receipts: {0}").format(ready.parked),
                self.tr("Open or delete them"),
                is_fine=False,
            )
        else:
            self._parked.show_words(self.tr("No parked receipts"), is_fine=True)
        self._tasks.setVisible(bool(ready.carried))
        self._tasks.show_words(
            self.tr("Payments to be decided: {0}").format(ready.carried),
            self.tr("They are printed and carried over"),
            is_fine=False,
        )

    def _show_refunds(self, ready: Readiness) -> None:
        if ready.unknown_refunds:
            self._refunds.show_words(
                self.tr("Unknown refunds: {0}").format(ready.unknown_refunds),
                self.tr("They are printed and carried over"),
                is_fine=False,
            )
        elif ready.pending_refunds:
            self._refunds.show_words(
                self.tr("Refunds pending: {0}").format(ready.pending_refunds),
                self.tr("The till goes on asking the gateway"),
                is_fine=False,
            )
        else:
            self._refunds.show_words(self.tr("Refunds confirmed by the gateway"), is_fine=True)
