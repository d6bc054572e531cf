"""Writing what is shown into a file: what a row becomes, and the band with its progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from threading import Event

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from cashier.domain.failure import CashierError
from cashier.domain.history import HistoryQuery, HistoryRow
from cashier.services.approvals import Approval
from cashier.services.export import Cell, Format
from cashier.services.history import COUNT_CAP, ExportProgress, History
from cashier.ui import formats
from cashier.ui.background import Background, Job
from cashier.ui.pages.history.file_chooser import choose_file
from cashier.ui.pages.history.look import row_look
from cashier.ui.texts import failure_text, method_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.bar import Bar
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate


def export_head() -> tuple[str, ...]:
    """The first row of the file."""
    return (
        translate("HistoryExport", "Date"),
        translate("HistoryExport", "Time"),
        translate("HistoryExport", "Receipt"),
        translate("HistoryExport", "Attempt"),
        translate("HistoryExport", "Sum"),
        translate("HistoryExport", "Currency"),
        translate("HistoryExport", "Refunded"),
        translate("HistoryExport", "State"),
        translate("HistoryExport", "Method"),
        translate("HistoryExport", "Account"),
        translate("HistoryExport", "Terminal"),
        translate("HistoryExport", "Till"),
        translate("HistoryExport", "Cashier"),
        translate("HistoryExport", "Order number"),
        translate("HistoryExport", "Payment number"),
        translate("HistoryExport", "Gateway’s word"),
    )


def row_cells(language: str, people: dict[str, str]) -> Callable[[HistoryRow], Sequence[Cell]]:
    """Makes the cells of a row. Called on a worker thread: it touches no widget."""

    def cells(row: HistoryRow) -> Sequence[Cell]:
        payment = row.payment
        here: datetime = payment.created_at.astimezone()
        is_known = bool(payment.method or payment.account)
        return (
            formats.date(language, here.date()),
            formats.clock(here, seconds=True),
            payment.receipt_number,
            payment.attempt,
            Decimal(payment.amount.minor).scaleb(-2),
            payment.amount.currency.value,
            Decimal(row.refunded.minor).scaleb(-2),
            row_look(row).text,
            method_text(payment) if is_known else "",
            payment.account,
            payment.terminal_name,
            row.till,
            people.get(payment.cashier, ""),
            payment.order_id,
            payment.payment_id,
            payment.status,
        )

    return cells


class ExportBand(QFrame):
    """Asks for a file, shows how far it is, and stays until read. Hidden while nothing goes on."""

    def __init__(
        self, *, history: History, background: Background, folder: Path | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("history.export_band")
        self._history = history
        self._background = background
        self._folder = folder
        self._stop = Event()
        self._job: Job | None = None
        self._text = Label(role=Role.BODY_LARGE, wrap=True, name="history.export.status")
        self._bar = Bar()
        self._cancel = Button("", name="history.export.cancel", size=Size.SM)
        words = QVBoxLayout()
        words.addWidget(self._text)
        words.addWidget(self._bar)
        self._layout = QHBoxLayout(self)
        self._layout.addLayout(words, 1)
        self._layout.addWidget(self._cancel)
        self._cancel.clicked.connect(self._press)
        self.hide()
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(16))

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def choose_file(
        self, query: HistoryQuery, people: dict[str, str], approval: Approval | None, day: str
    ) -> None:
        """Ask where to, then write. The window stays usable meanwhile."""
        if self._job is not None:
            return
        choose_file(
            self.window(),
            lambda path: self.write(query, path, people=people, approval=approval),
            name="history.export.file",
            suggested=self.tr("payments {0}").format(day),
            kinds={
                self.tr("Excel (*.xlsx)"): "xlsx",
                self.tr("CSV for Excel (*.csv)"): "csv",
            },
            folder=self._folder,
        )

    def write(
        self,
        query: HistoryQuery,
        path: Path,
        *,
        people: dict[str, str],
        approval: Approval | None,
    ) -> None:
        """Begin to write; the end of the name says what."""
        wanted = Format.CSV if path.suffix.lower() == ".csv" else Format.XLSX
        head, cells = export_head(), row_cells(current_language(), people)
        self._stop = stop = Event()
        history = self._history

        async def export(report: Callable[[ExportProgress], None]) -> int:
            return await history.export(
                query,
                path,
                wanted,
                head=head,
                cells=cells,
                is_cancelled=stop.is_set,
                approval=approval,
                report=report,
            )

        self._text.set_tone(None)
        self._text.setText(self.tr("Writing {0}…").format(path.name))
        self._bar.show_share(0.0)
        self._bar.show()
        self.retranslate()
        self.show()
        self._folder = path.parent
        self._job = self._background.start(
            export,
            report=self._show_progress,
            done=lambda rows: self._finish(rows, path),
            failed=self._fail,
        )
        self.retranslate()

    def _show_progress(self, progress: ExportProgress) -> None:
        language = current_language()
        done = formats.count(language, progress.done)
        if progress.whole > COUNT_CAP:
            self._text.setText(self.tr("{0} rows written…").format(done))
            self._bar.show_share(1.0 - COUNT_CAP / max(progress.done, COUNT_CAP + 1))
            return
        whole = formats.count(language, progress.whole)
        self._text.setText(self.tr("{0} of {1} rows written…").format(done, whole))
        self._bar.show_share(progress.done / max(progress.whole, 1))

    def _finish(self, rows: int, path: Path) -> None:
        self._job = None
        self._bar.hide()
        if rows == 0:  # a cancel may have come too late: only the service knows
            self._text.setText(self.tr("The export is cancelled, no file was written"))
        else:
            self._text.set_tone(Tone.OK)
            text = self.tr("%n rows are in {0}", None, rows)
            self._text.setText(text.format(str(path)))
        self.retranslate()

    def _fail(self, error: CashierError) -> None:
        self._job = None
        self._bar.hide()
        self._text.set_tone(Tone.BAD)
        self._text.setText(failure_text(error))
        self.retranslate()

    def _press(self) -> None:
        if self._job is not None:
            self._stop.set()
        else:
            self.hide()

    def retranslate(self) -> None:
        self._cancel.setText(self.tr("Cancel") if self._job is not None else self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
