"""The shift's page with real services: what it shows, and what its keys do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from cashier.domain.failure import Failure
from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.shift import Shift
from cashier.domain.staff import Role
from cashier.ui.theme import ThemeController
from cashier.ui.widgets.switch import CheckBox
from tests.journal_samples import draft
from tests.ui.history_stand import NOW, HistoryDay, history_day
from tests.ui.names import nameless
from tests.ui.shift_stand import TERMINALS, ShiftStand, busy_day, shift_page


@pytest.fixture
def day(tmp_path: Path, themed: ThemeController) -> Iterator[HistoryDay]:
    with history_day(tmp_path) as made:
        yield made


@pytest.fixture
def stand(day: HistoryDay) -> Iterator[ShiftStand]:
    with shift_page(day) as made:
        yield made


def open_shift(day: HistoryDay) -> Shift | None:
    async def read() -> Shift | None:
        return await day.journal.read(lambda reader: reader.open_shift())

    return day.background.call(read)


def closing_facts(day: HistoryDay) -> dict[str, object]:
    async def read() -> dict[str, object]:
        events = await day.journal.read(lambda reader: reader.events())
        return next(one.facts for one in events if one.kind == "shift.closed")

    facts = day.background.call(read)["facts"]
    assert isinstance(facts, dict)
    return facts


def park(day: HistoryDay) -> None:
    parked = draft("Кофе", state=ReceiptState.PARKED)
    day.write(lambda ledger: ledger.save_receipt(parked))


def confirm(stand: ShiftStand) -> None:
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))
    stand.press(Qt.Key.Key_F12)


# What it shows


def test_the_figures_of_the_shift_are_shown(day: HistoryDay, stand: ShiftStand) -> None:
    busy_day(day)
    stand.shown()
    assert stand.text("shift.title") == "Shift no. 1"
    assert stand.text("shift.sales.caption") == "Sales · 4"
    assert stand.text("shift.sales") == "73,892.05 ₽"
    assert stand.text("shift.refunds") == "−2,128.80 ₽"
    assert stand.text("shift.revenue") == "71,763.25 ₽"
    assert stand.text("shift.average") == "18,473.01 ₽"


def test_the_table_has_a_row_for_each_terminal_and_their_sum(
    day: HistoryDay, stand: ShiftStand
) -> None:
    busy_day(day)
    stand.shown()
    table = stand.page.content.report._table.view
    model = table.model()
    rows = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert {row[0] for row in rows} == {*TERMINALS, "Total"}
    assert rows[-1][1:6] == ["4", "73,892.05", "1", "1", "0"]
    assert rows[-1][7] == "71,763.25"


def test_the_chart_says_its_hours_to_a_screen_reader(day: HistoryDay, stand: ShiftStand) -> None:
    day.payment("100.00", "09:40")
    stand.shown()
    said = stand.find("shift.hours").accessibleName().replace("\u00a0", " ")
    assert said.endswith(":00 100.00 ₽")
    assert stand.text("shift.hours.unit") == "₽, start of the hour"


def test_a_new_shift_has_no_sales_and_says_so(day: HistoryDay, stand: ShiftStand) -> None:
    day.background.call(day.till.shifts.open)
    stand.shown()
    assert stand.text("shift.average") == "—"
    assert stand.text("shift.hours.none") == "No sales in this shift yet"


def test_the_page_follows_what_happens(day: HistoryDay, stand: ShiftStand) -> None:
    day.payment("100.00", "09:40")
    stand.shown()
    day.payment("50.00", "09:50")
    stand.refresh()
    stand.until(lambda: stand.text("shift.sales") == "150.00 ₽")


def test_after_a_day_a_band_warns(day: HistoryDay, stand: ShiftStand) -> None:
    day.payment("100.00", "09:40")
    stand.shown()
    assert not stand.has("shift.too_long")
    day.clock.now = NOW + timedelta(hours=24)
    stand.page.entered()
    stand.until(lambda: stand.has("shift.too_long"))


def test_everything_has_a_name(day: HistoryDay, stand: ShiftStand) -> None:
    busy_day(day)
    stand.shown()
    assert nameless(stand.frame) == []
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))
    assert nameless(stand.frame) == []
    for name in ("shift.report", "shift.close"):
        assert stand.frame.findChild(type(stand.find(name)), name) is not None
        assert stand.find(name).accessibleName()


# Closed


def test_a_closed_shift_is_opened_with_f12(day: HistoryDay, stand: ShiftStand) -> None:
    stand.enter()
    stand.until(lambda: stand.has("shift.open"))
    assert stand.text("shift.empty.title") == "The shift is closed"
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.title"))
    assert open_shift(day) is not None


def test_no_key_does_anything_without_a_shift(day: HistoryDay, stand: ShiftStand) -> None:
    stand.enter()
    stand.until(lambda: stand.has("shift.open"))
    stand.press(Qt.Key.Key_F8)
    stand.press(Qt.Key.Key_F5)
    assert not stand.has("shift.dialog")
    assert not stand.has("pin.entry")
    assert stand.problems == []


# X and Z


def test_f8_shows_the_x_report_and_closes_nothing(day: HistoryDay, stand: ShiftStand) -> None:
    busy_day(day)
    stand.shown()
    stand.press(Qt.Key.Key_F8)
    stand.until(lambda: stand.has("shift.dialog"))
    lines = stand.dialog_lines()
    assert "X report. Shift no. 1" in lines
    assert "Sales: 4" in lines
    assert "71,763.25 ₽" in lines
    assert any("Смирнова Анна" in line for line in lines)
    stand.press(Qt.Key.Key_Escape)
    assert not stand.has("shift.dialog")
    assert open_shift(day) is not None


def test_a_cashier_closes_the_shift_with_a_seniors_pin(day: HistoryDay, stand: ShiftStand) -> None:
    busy_day(day)
    stand.shown()
    confirm(stand)
    stand.give_pin(Role.SENIOR)
    stand.until(lambda: stand.has("shift.dialog"))
    assert open_shift(day) is None
    assert stand.has("shift.open")
    lines = stand.dialog_lines()
    assert "Z report. Shift no. 1" in lines
    marks = [line for line in lines if line.startswith("Record of the till ends with")]
    (report,) = day.background.call(day.till.shifts.past)
    assert marks == [f"Record of the till ends with {report.mark}"]
    assert len(report.mark) == 8
    assert closing_facts(day)["approver"] == day.people[Role.SENIOR].id


def test_a_senior_needs_no_pin(day: HistoryDay, stand: ShiftStand) -> None:
    busy_day(day)
    day.sign_in(Role.SENIOR)
    stand.shown()
    confirm(stand)
    stand.until(lambda: stand.has("shift.dialog"))
    assert not stand.has("pin.entry")
    assert open_shift(day) is None


@pytest.mark.parametrize("step", ["question", "pin"])
def test_esc_leaves_the_shift_open(day: HistoryDay, stand: ShiftStand, step: str) -> None:
    busy_day(day)
    stand.shown()
    if step == "pin":
        confirm(stand)
        stand.until(lambda: stand.has("pin.entry"))
    else:
        stand.press(Qt.Key.Key_F12)
        stand.until(lambda: stand.has("shift.closing"))
    stand.press(Qt.Key.Key_Escape)
    assert open_shift(day) is not None
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))


def test_enter_never_closes_a_shift(day: HistoryDay, stand: ShiftStand) -> None:
    day.payment("100.00", "09:40")
    day.sign_in(Role.SENIOR)
    stand.shown()
    stand.press(Qt.Key.Key_Return)
    assert not stand.has("shift.closing")
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))
    stand.press(Qt.Key.Key_Return)
    assert open_shift(day) is not None
    assert stand.has("shift.closing")


def test_parked_receipts_keep_the_button_off_and_lead_to_them(
    day: HistoryDay, stand: ShiftStand
) -> None:
    day.payment("100.00", "09:40")
    park(day)
    stand.shown()
    assert not stand.button("shift.close").isEnabled()
    assert stand.text("shift.close.why") == "Decide on the parked receipts first"
    stand.press(Qt.Key.Key_F12)
    assert not stand.has("shift.closing")
    assert stand.button("shift.checklist.parked.open").hasFocus()
    stand.press(Qt.Key.Key_Space)
    assert stand.parked == [True]


def test_open_payments_are_handed_over_only_when_that_is_said(
    day: HistoryDay, stand: ShiftStand
) -> None:
    day.payment("310.00", "14:50", state=PaymentState.OPEN)
    day.sign_in(Role.SENIOR)
    stand.shown()
    assert stand.text("shift.checklist.open") == "Open payments: 1"
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))
    assert not stand.button("shift.closing.confirm").isEnabled()
    stand.press(Qt.Key.Key_F12)
    assert open_shift(day) is not None
    box = stand.find("shift.closing.hand_over")
    assert isinstance(box, CheckBox)
    assert box.hasFocus()
    stand.press(Qt.Key.Key_Space)
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.dialog"))
    assert open_shift(day) is None
    assert "Open payments, handed over" in stand.dialog_lines()


def test_what_is_not_settled_is_listed_before_closing_and_printed(
    day: HistoryDay, stand: ShiftStand
) -> None:
    sale = day.payment("100.00", "09:40")
    day.payment("1182.50", "09:50", state=PaymentState.UNKNOWN)
    day.payment("640.00", "10:00", state=PaymentState.LATE_PAID)
    doubted = day.refund(sale, "40.00", state=RefundState.UNKNOWN)
    day.sign_in(Role.SENIOR)
    stand.shown()
    assert stand.text("shift.checklist.tasks") == "Payments to be decided: 2"
    assert stand.text("shift.checklist.refunds") == "Unknown refunds: 1"
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))
    listed = stand.text("shift.closing.carried")
    assert "1-002 · Outcome unknown · 1,182.50 ₽" in listed
    assert "1-003 · Paid after cancel · 640.00 ₽" in listed
    assert f"refund #{doubted.tag} · Outcome unknown · 40.00 ₽" in listed
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.dialog"))
    lines = stand.dialog_lines()
    assert "1-002 · Outcome unknown" in lines
    assert f"refund #{doubted.tag} · Outcome unknown" in lines


def test_something_that_opens_meanwhile_stops_the_closing(
    day: HistoryDay, stand: ShiftStand
) -> None:
    day.payment("100.00", "09:40")
    day.sign_in(Role.SENIOR)
    stand.shown()
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))
    park(day)
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: bool(stand.problems))
    assert stand.problems[0].failure is Failure.SHIFT_NOT_READY
    assert open_shift(day) is not None
    stand.until(lambda: not stand.button("shift.close").isEnabled())


# Earlier shifts and files


def test_the_report_of_an_earlier_shift_comes_back_by_f3(
    day: HistoryDay, stand: ShiftStand
) -> None:
    busy_day(day)
    day.sign_in(Role.SENIOR)
    day.background.call(day.till.shifts.close)
    stand.enter()
    stand.until(lambda: stand.has("shift.open"))
    stand.press(Qt.Key.Key_F3)
    stand.until(lambda: stand.has("shift.past"))
    assert "71,763.25 ₽" in stand.text("shift.past.1")
    stand.press(Qt.Key.Key_Return)
    stand.until(lambda: stand.has("shift.dialog"))
    assert "Z report. Shift no. 1" in stand.dialog_lines()


def test_the_report_is_written_as_a_pdf(day: HistoryDay, stand: ShiftStand, tmp_path: Path) -> None:
    busy_day(day)
    stand.shown()
    report = day.background.call(day.till.shifts.x_report)
    stand.page.files.write_pdf(report, tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
    assert str(tmp_path / "x.pdf") in stand.text("shift.message.title")


def test_the_report_is_written_for_excel(
    day: HistoryDay, stand: ShiftStand, tmp_path: Path
) -> None:
    import zipfile

    busy_day(day)
    stand.shown()
    report = day.background.call(day.till.shifts.x_report)
    file = tmp_path / "x.xlsx"
    stand.page.files.write_xlsx(report, file)
    stand.until(lambda: stand.has("shift.message"))
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "73892.05" in sheet
    assert "71763.25" in sheet
    assert TERMINALS[0] in sheet
    assert "Смирнова Анна" in sheet


def test_a_file_that_cannot_be_written_is_a_clear_line(
    day: HistoryDay, stand: ShiftStand, tmp_path: Path
) -> None:
    busy_day(day)
    stand.shown()
    report = day.background.call(day.till.shifts.x_report)
    stand.page.files.write_pdf(report, tmp_path / "nowhere" / "x.pdf")
    assert [one.failure for one in stand.problems] == [Failure.FOLDER_UNWRITABLE]


def test_a_training_report_says_what_it_is(day: HistoryDay) -> None:
    day.payment("100.00", "09:40")
    with shift_page(day, training=True) as stand:
        stand.shown()
        stand.press(Qt.Key.Key_F8)
        stand.until(lambda: stand.has("shift.dialog"))
        assert "TRAINING. No money was taken" in stand.dialog_lines()


def test_nothing_is_typed_on_this_page(day: HistoryDay, stand: ShiftStand) -> None:
    day.payment("100.00", "09:40")
    stand.shown()
    assert stand.page.findChildren(QLineEdit) == []
    assert stand.page.hasFocus()
