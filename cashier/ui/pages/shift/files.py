"""Reports into files: asks where to, then writes a PDF or a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from anyio import to_thread
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.shift_report import ShiftReport
from cashier.services.export import Format, write_table
from cashier.ui.background import Background
from cashier.ui.pages.history.file_chooser import choose_file
from cashier.ui.pages.shift.cells import report_head, report_rows
from cashier.ui.pages.shift.sheet import report_sheet, report_title
from cashier.ui.printing import write_pdf

_Write = Callable[[ShiftReport, Path], None]


class ReportFiles(QObject):
    """`written` with the path of a new file; `failed` with a CashierError."""

    written = Signal(str)
    failed = Signal(object)

    def __init__(self, page: QWidget, *, background: Background, training: bool, shop: str) -> None:
        super().__init__(page)
        self._page = page
        self._background = background
        self._training = training
        self._shop = shop
        self._folder: Path | None = None
        self.people: dict[str, str] = {}

    def ask_pdf(self, report: ShiftReport) -> None:
        self._ask(report, self.tr("PDF (*.pdf)"), "pdf", self.write_pdf)

    def ask_xlsx(self, report: ShiftReport) -> None:
        self._ask(report, self.tr("Excel (*.xlsx)"), "xlsx", self.write_xlsx)

    def _ask(self, report: ShiftReport, words: str, suffix: str, write: _Write) -> None:
        choose_file(
            self._page.window(),
            partial(write, report),
            name=f"shift.file.{suffix}",
            suggested=report_title(report).replace(".", "").replace("\u00a0", " "),
            kinds={words: suffix},
            folder=self._folder,
        )

    def write_pdf(self, report: ShiftReport, path: Path) -> None:
        self._folder = path.parent
        sheet = report_sheet(report, self.people, training=self._training, shop=self._shop)
        try:
            write_pdf(path, sheet)
        except CashierError as error:
            self.failed.emit(error)
        else:
            self.written.emit(str(path))

    def write_xlsx(self, report: ShiftReport, path: Path) -> None:
        """In the background: a spreadsheet takes its time."""
        self._folder = path.parent
        head, rows = report_head(), list(report_rows(report, self.people))

        async def write() -> int:
            return await to_thread.run_sync(
                lambda: write_table(path, Format.XLSX, head, iter(rows))
            )

        self._background.start(
            write,
            done=lambda _: self.written.emit(str(path)),
            failed=self.failed.emit,
        )
