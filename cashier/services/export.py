"""Tables for other programs: CSV that Russian Excel opens right, and XLSX.

A cell that a spreadsheet could take for a formula is made harmless: goods' names, reasons and the
gateway's words are other people's text.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from cashier.domain.failure import CashierError, Failure

Cell = str | int | Decimal
"""A number stays one; a text is made harmless."""

_LEADS = frozenset("=+-@\t\r\n\0|%＝＋－＠−")


class Format(Enum):
    """What can be written."""

    CSV = "csv"
    XLSX = "xlsx"


def harmless(text: str) -> str:
    """The text with a quote before it where a spreadsheet would read a formula."""
    cleaned = "".join(letter for letter in text if letter >= " " or letter == "\t")
    return "'" + cleaned if {text[:1], cleaned[:1]} & _LEADS else cleaned


class _Sheet(Protocol):
    def write(self, row: Sequence[Cell]) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class _Csv:
    """UTF-8 with a BOM, semicolons, decimal commas, RFC 4180 quoting."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";", lineterminator="\r\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, row: Sequence[Cell]) -> None:
        self._writer.writerow([_csv_cell(cell) for cell in row])


class _Xlsx:
    """One sheet, written row by row in constant memory."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._sheet = self._book.add_worksheet()
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._row = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()

    def write(self, row: Sequence[Cell]) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal):
                # The format itself holds doubles; two decimals survive that up to 10^13.
                self._sheet.write_number(self._row, column, float(cell), self._money)
            elif isinstance(cell, int):
                self._sheet.write_number(self._row, column, cell)
            else:
                self._sheet.write_string(self._row, column, harmless(cell))
        self._row += 1


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    return str(cell) if isinstance(cell, int) else harmless(cell)


def write_table(
    path: Path,
    wanted: Format,
    head: Sequence[str],
    rows: Iterator[Sequence[Cell]],
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Write the whole file, or none: beside it first, then in its place. Returns the rows.

    A cancelled export leaves what was there. Raises CashierError(FOLDER_UNWRITABLE). Blocks.
    """
    beside = path.with_name(f"{path.name}.part")
    count = 0
    try:
        sheet: _Sheet = _Csv(beside) if wanted is Format.CSV else _Xlsx(beside)
        with sheet:
            sheet.write(head)
            for row in rows:
                if is_cancelled():
                    break
                sheet.write(row)
                count += 1
        if is_cancelled():
            beside.unlink(missing_ok=True)
            return 0
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise CashierError(
            Failure.FOLDER_UNWRITABLE, folder=str(path.parent), reason=error.strerror
        ) from error
    return count
