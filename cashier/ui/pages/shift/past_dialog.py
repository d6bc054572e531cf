"""The shifts that are over, to print the report of one again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from cashier.domain.shift_report import ShiftReport
from cashier.ui.pages.shift.words import moment_text, shift_text
from cashier.ui.texts import money_text
from cashier.ui.theme import current_theme
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.label import Label, Role


class PastDialog(Dialog):
    """↑ ↓ choose, Enter or a click opens the report, Esc leaves. Removes itself."""

    chosen = Signal(object)
    """A ShiftReport."""

    def __init__(self, window: QWidget, *, reports: Sequence[ShiftReport]) -> None:
        super().__init__(window, name="shift.past", width=640)
        self._reports = tuple(reports)
        self._rows: list[Button] = []
        rows = QVBoxLayout()
        rows.setSpacing(current_theme().px(8))
        for one in self._reports:
            row = Button("", name=f"shift.past.{one.shift.number}", spread=True)
            row.clicked.connect(lambda _=False, report=one: self._choose(report))
            row.installEventFilter(self)
            self._rows.append(row)
            rows.addWidget(row)
        self._none = Label(role=Role.BODY, tone="2", wrap=True, name="shift.past.none")
        self._none.setVisible(not self._reports)
        self.body.addWidget(self._none)
        self.body.addLayout(rows)
        self._leave = Button("", name="shift.past.close", kind=Kind.SECONDARY, keycap="Esc")
        self._leave.clicked.connect(self.remove)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._leave)
        self.escaped.connect(self.remove)
        self.retranslate()

    def begin(self) -> None:
        self.open(focus=self._rows[0] if self._rows else self._leave)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if isinstance(watched, QAbstractButton) and not event.isAutoRepeat():
                    watched.click()
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        now = next((at for at, row in enumerate(self._rows) if row.hasFocus()), 0)
        row = self._rows[min(max(now + step, 0), len(self._rows) - 1)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._bring_into_sight(row)

    def _choose(self, report: ShiftReport) -> None:
        self.remove()
        self.chosen.emit(report)

    def retranslate(self) -> None:
        self.set_title(self.tr("Earlier shifts"))
        self._none.setText(self.tr("No shift of this till has been closed yet"))
        self._leave.setText(self.tr("Close"))
        for row, one in zip(self._rows, self._reports, strict=True):
            closed = one.shift.closed_at
            when = moment_text(closed) if closed is not None else ""
            revenue = money_text(one.whole.revenue)
            row.setText(
                self.tr("{0} · closed {1} · {2}").format(
                    shift_text(one.shift.number), when, revenue
                )
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
