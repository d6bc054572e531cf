"""«Сверка со шлюзом»: not yet, under way, all equal, or the list of what differs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.failure import CashierError
from cashier.services.reconciling import Difference, Progress, Reconciliation
from cashier.ui import formats
from cashier.ui.pages.shift.words import difference_text, difference_title
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.bar import Bar
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class _DifferenceRow(QWidget):
    def __init__(self, one: Difference, *, number: int) -> None:
        super().__init__()
        name = f"shift.reconcile.difference.{number}"
        title = Label(difference_title(one), role=Role.STRONG, wrap=True, name=name)
        detail = Label(difference_text(one), role=Role.SMALL, wrap=True, name=f"{name}.detail")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(detail)


class ReconcileCard(Card):
    """Shows one state at a time. `cancel_wanted` while it is under way."""

    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(name="shift.reconcile.card", padding=18, spacing=6)
        self._progress: Progress | None = None
        self._result: Reconciliation | None = None
        self._failure: CashierError | None = None
        self._is_cancelled = False
        self._icon = IconLabel("refresh-cw", px=22)
        self._title = Label(role=Role.STRONG, wrap=True, name="shift.reconcile.title")
        self._count = Label(role=Role.TITLE, name="shift.reconcile.count")
        self._status = Label(role=Role.ROW, wrap=True, name="shift.reconcile.status")
        self._detail = Label(
            role=Role.SMALL, tone="2", wrap=True, name="shift.reconcile.detail", paragraph_gap=2
        )
        self._bar = Bar()
        self._cancel = Button("", name="shift.reconcile.cancel", size=Size.SM)
        self._cancel.clicked.connect(self.cancel_wanted)
        self._rows: list[_DifferenceRow] = []
        self._list = QVBoxLayout()
        self._arrange()
        self.retranslate()
        follow_theme(self._restyle_rows)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        self._head = head
        self.body.addLayout(head)
        for part in (self._count, self._status, self._bar, self._detail):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        self.body.addWidget(self._cancel)

    def _restyle_rows(self, theme: Theme) -> None:
        self._head.setSpacing(theme.px(10))
        self._list.setSpacing(theme.px(8))

    @property
    def result(self) -> Reconciliation | None:
        """The last one that came to its end."""
        return self._result

    @property
    def is_running(self) -> bool:
        return self._progress is not None

    def clear(self) -> None:
        """Nothing has been reconciled in this shift."""
        self._progress = self._result = self._failure = None
        self._is_cancelled = False
        self.retranslate()

    def show_progress(self, progress: Progress) -> None:
        self._progress = progress
        self._failure = None
        self._is_cancelled = False
        self.retranslate()

    def show_cancelled(self) -> None:
        self._progress = self._result = None
        self._is_cancelled = True
        self.retranslate()

    def show_result(self, result: Reconciliation) -> None:
        self._progress = None
        self._result = result
        self.retranslate()

    def show_failure(self, error: CashierError) -> None:
        self._progress = self._result = None
        self._failure = error
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Check against the gateway"))
        self._cancel.setText(self.tr("Cancel"))
        self._bar.setVisible(self.is_running)
        self._cancel.setVisible(self.is_running)
        self._show_differences(())
        if self._progress is not None:
            self._paint_progress(self._progress)
        elif self._result is not None:
            self._paint_result(self._result)
        elif self._failure is not None:
            self._paint(Tone.WARN, "triangle-alert", status=failure_text(self._failure))
        elif self._is_cancelled:
            self._paint(None, "refresh-cw", status=self.tr("The check was broken off"))
        else:
            self._paint(
                None,
                "refresh-cw",
                detail=self.tr("Asks the gateway about every payment and refund of the shift"),
            )

    def _paint(
        self, tone: Tone | None, icon: str, *, count: str = "", status: str = "", detail: str = ""
    ) -> None:
        self.set_tone(tone)
        self._icon.show_icon(icon, colour=tone.text if tone else "text-2")
        self._title.set_tone(tone)
        for label, text in ((self._count, count), (self._status, status), (self._detail, detail)):
            label.setText(text)
            label.setVisible(bool(text))

    def _paint_progress(self, progress: Progress) -> None:
        count = self.tr("{0} of {1}").format(progress.done, progress.whole)
        self._bar.show_share(progress.done / max(progress.whole, 1))
        self._paint(None, "refresh-cw", count=count, status=self.tr("Asking the gateway…"))

    def _paint_result(self, result: Reconciliation) -> None:
        whole = result.payments + result.refunds
        at = formats.clock(result.at.astimezone(), seconds=True)
        payments = self.tr("%n payment(s)", None, result.payments)
        refunds = self.tr("%n refund(s)", None, result.refunds)
        asked = self.tr("{0} and {1}").format(payments, refunds)
        detail = f"{asked}\n" + self.tr("checked at {0}").format(at)
        count = self.tr("{0} of {1}").format(
            formats.count(current_language(), whole - result.unanswered),
            formats.count(current_language(), whole),
        )
        status = self.tr("differences: {0}").format(len(result.differences))
        if result.differences:
            tone, icon = Tone.BAD, "circle-alert"
        elif result.unanswered:
            tone, icon = Tone.WARN, "triangle-alert"
        else:
            tone, icon = Tone.OK, "circle-check"
        if result.unanswered:
            silent = self.tr("without an answer: {0}").format(result.unanswered)
            status = f"{status}, {silent}"
        self._paint(tone, icon, count=count, status=status, detail=detail)
        self._show_differences(result.differences)

    def _show_differences(self, differences: tuple[Difference, ...]) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_DifferenceRow(one, number=at) for at, one in enumerate(differences, 1)]
        for row in self._rows:
            self._list.addWidget(row)
