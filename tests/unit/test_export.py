"""Exports open in a spreadsheet as tables, never as programs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.services.export import Cell, Format, harmless, write_table

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://x","y")',
    "|calc",
    "%0A=1",
    "\x01=1+1",
    "\x1d=HYPERLINK(1)",
    "\x0b@x",
    "\x1f\x02+1",
]
ROWS: list[list[Cell]] = [
    ["1-001", Decimal("1234.50"), "Сок «Добрый»; 1 л", 2],
    ["1-002", Decimal("0.05"), 'кавычка " и\nстрока', 1],
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_a_quote(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["Сок", "1,50", " =1", "а=б", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_csv_has_a_bom_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    file = tmp_path / "платежи.csv"
    assert write_table(file, Format.CSV, ["Чек", "Сумма", "Товар", "Кол-во"], iter(ROWS)) == 2
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(data.decode("utf-8-sig").splitlines(True), delimiter=";"))
    assert read[1] == ["1-001", "1234,50", "Сок «Добрый»; 1 л", "2"]
    assert read[2][2].startswith('кавычка " и')


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_holds_no_formula(tmp_path: Path, text: str) -> None:
    file = tmp_path / "out.xlsx"
    write_table(file, Format.XLSX, ["=1+1", "Сумма"], iter([[text, Decimal("10.50")]]))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "n"]
    assert cells[3].value == 10.5


def test_a_cancelled_export_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("old")
    seen: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(100):
            seen.append(number)
            yield [number]

    assert write_table(file, Format.CSV, ["n"], rows(), is_cancelled=lambda: len(seen) > 3) == 0
    assert file.read_text() == "old"
    assert len(seen) < 10
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(CashierError) as caught:
        write_table(blocked / "out.csv", Format.CSV, ["n"], iter([]))
    assert caught.value.failure is Failure.FOLDER_UNWRITABLE
