"""Adopting a payment of another journal, exporting what is shown, a copy on paper."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import anyio
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QTableView
from pytestqt.qtbot import QtBot

from cashier.domain.history import HistoryQuery
from cashier.domain.money import Money
from cashier.domain.payment import Payment
from cashier.domain.staff import Right, Role
from cashier.sandbox.validation import RefundRequest
from cashier.services.history import History
from cashier.ui.pages.history.copy_sheet import copy_sheet
from cashier.ui.pages.history.exporting import ExportBand
from cashier.ui.printing import Look, Sheet, SheetLine, pdf_bytes
from cashier.ui.theme import ThemeController
from cashier.ui.widgets.button import Button
from tests.ui.history_stand import OTHER_PIN, HistoryDay, Stand, history_day, history_page
from tests.ui.setup_kit import garbage_stays_here, type_text


@pytest.fixture
def day(qapp: object, tmp_path: Path) -> Iterator[HistoryDay]:
    with garbage_stays_here(), history_day(tmp_path) as made:
        yield made


@pytest.fixture
def stand(qtbot: QtBot, day: HistoryDay, themed: ThemeController) -> Iterator[Stand]:
    with history_page(day, training=True) as frame:
        yield Stand(qtbot, day, frame)


def approve(stand: Stand) -> None:
    stand.until(lambda: stand.has("pin.text"))
    for digit in OTHER_PIN:
        QTest.keyClicks(QApplication.focusWidget() or stand.page, digit)
        QTest.qWait(40)  # faster, it would be a scan
    stand.press(Qt.Key.Key_Return)


def choose_file(stand: Stand, path: Path, name: str) -> None:
    """What a person does in the system's window."""
    stand.until(lambda: stand.frame.findChild(QFileDialog, name) is not None)
    chooser = stand.frame.findChild(QFileDialog, name)
    assert chooser is not None
    assert not chooser.isModal()
    chooser.fileSelected.emit(str(path))
    chooser.close()


def test_a_manager_takes_in_a_payment_and_says_what_went_back_before(stand: Stand) -> None:
    order = stand.day.foreign_payment(98_000)
    stand.enter()
    stand.press(Qt.Key.Key_F6)
    type_text(stand.find("adopt.number"), order)
    stand.press(Qt.Key.Key_Return)
    approve(stand)
    stand.until(lambda: stand.has("declare.title"))
    type_text(stand.find("declare.amount"), "981")
    stand.press(Qt.Key.Key_F12)
    assert stand.text("declare.amount.note") == "More than was paid: 980.00\xa0₽"
    stand.find("declare.amount").setProperty("text", "180,50")
    type_text(stand.find("declare.reason"), "по кабинету")
    stand.press(Qt.Key.Key_F12)
    approve(stand)
    stand.until(lambda: not stand.has("declare.title"))
    stand.rest()
    assert stand.text("history.details.left") == "799.50\xa0₽"
    assert "history.refund" in stand.buttons()


def test_until_somebody_says_what_went_back_the_remainder_is_unknown(stand: Stand) -> None:
    stand.day.sign_in(Role.MANAGER)
    order = stand.day.foreign_payment(98_000)
    stand.enter()
    stand.press(Qt.Key.Key_F6)
    type_text(stand.find("adopt.number"), order)
    stand.press(Qt.Key.Key_Return)
    approve(stand)
    stand.until(lambda: stand.has("declare.title"))
    stand.press(Qt.Key.Key_Escape)
    stand.rest()
    assert stand.text("history.details.left") == "unknown"
    assert "history.refund" not in stand.buttons()
    stand.press(Qt.Key.Key_F12)
    assert stand.has("declare.title")


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        (False, "The payment is not paid, there is nothing to refund."),
        (None, "The gateway does not know such a payment"),
    ],
)
def test_what_cannot_be_taken_in_is_told_under_the_field(
    stand: Stand, paid: bool | None, said: str
) -> None:
    stand.day.sign_in(Role.MANAGER)
    order = "0" * 32 if paid is None else stand.day.foreign_payment(98_000, paid=paid)
    stand.enter()
    stand.press(Qt.Key.Key_F6)
    type_text(stand.find("adopt.number"), order)
    stand.press(Qt.Key.Key_F12)
    approve(stand)
    stand.until(lambda: stand.has("adopt.number.note"))
    assert stand.text("adopt.number.note") == said
    table = stand.page.findChild(QTableView, "history.table")
    assert table is not None
    assert table.model().rowCount() == 0


def test_a_silent_gateway_is_told_and_what_was_typed_stays(stand: Stand) -> None:
    stand.day.sign_in(Role.MANAGER)
    stand.enter()
    stand.day.server.stop()
    stand.press(Qt.Key.Key_F6)
    type_text(stand.find("adopt.number"), "42")
    stand.press(Qt.Key.Key_F12)
    approve(stand)
    stand.until(lambda: stand.has("adopt.message.title"))
    assert stand.find("adopt.number").property("text") == "42"
    stand.day.server.start()


def test_a_cashier_exports_with_a_managers_pin(stand: Stand, tmp_path: Path) -> None:
    stand.day.payment("640.00", "14:29", method="card", account="220012******4417")
    paid = stand.day.payment("3095.67", "11:47")
    stand.day.refund(paid, "419.80")
    stand.enter()
    stand.press(Qt.Key.Key_F10)
    approve(stand)
    file = tmp_path / "payments.csv"
    choose_file(stand, file, "history.export.file")
    stand.until(lambda: "2 rows" in stand.text("history.export.status"))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        table = list(csv.DictReader(lines, delimiter=";"))
    assert [line["Receipt"] for line in table] == ["1-001", "1-002"]
    assert [line["Sum"] for line in table] == ["640,00", "3095,67"]
    assert table[1]["Refunded"] == "419,80"
    assert table[1]["State"] == "Partly refunded"
    assert table[0]["Cashier"] == "Смирнова Анна"


def test_only_what_the_filters_leave_is_exported(stand: Stand, tmp_path: Path) -> None:
    stand.day.payment("640.00", "14:29")
    stand.day.payment("3095.67", "11:47")
    stand.day.sign_in(Role.MANAGER)
    stand.enter()
    type_text(stand.find("history.search"), "640")
    stand.press(Qt.Key.Key_Return)
    stand.rest()
    stand.press(Qt.Key.Key_F10)
    choose_file(stand, tmp_path / "some.xlsx", "history.export.file")
    stand.until(lambda: "1 row" in stand.text("history.export.status"))


class SlowExport:
    """Stands in for the history: an export that ends once it is cancelled, written or not."""

    def __init__(self, written: int) -> None:
        self._written = written

    async def export(self, *_: object, is_cancelled: Callable[[], bool], **__: object) -> int:
        while not is_cancelled():  # noqa: ASYNC110  only this flag is given
            await anyio.sleep(0.001)
        return self._written


@pytest.mark.parametrize(
    ("written", "words"), [(0, "cancelled, no file was written"), (30, "30 rows are in")]
)
def test_a_cancelled_export_says_whether_there_is_a_file(
    stand: Stand, tmp_path: Path, written: int, words: str
) -> None:
    band = ExportBand(history=cast(History, SlowExport(written)), background=stand.day.background)
    stand.qtbot.addWidget(band)
    query = HistoryQuery(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    band.write(query, tmp_path / "all.csv", people={}, approval=None)
    cancel = band.findChild(Button, "history.export.cancel")
    status = band.findChild(QLabel, "history.export.status")
    assert cancel is not None
    assert status is not None
    cancel.click()
    stand.until(lambda: words in status.text())
    cancel.click()
    assert band.isHidden()


def test_an_export_that_cannot_be_written_says_why(stand: Stand, tmp_path: Path) -> None:
    stand.day.payment("640.00", "14:29")
    stand.day.sign_in(Role.MANAGER)
    stand.enter()
    stand.press(Qt.Key.Key_F10)
    choose_file(stand, tmp_path / "missing" / "all.csv", "history.export.file")
    stand.until(lambda: "cannot be written" in stand.text("history.export.status"))


def test_f8_writes_a_copy_that_says_what_it_is_not(stand: Stand, tmp_path: Path) -> None:
    paid = stand.day.payment("640.00", "14:29", names=("Сыр «Российский» 50 %", "Пакет-майка"))
    stand.enter()
    stand.press(Qt.Key.Key_F8)
    file = tmp_path / "copy.pdf"
    choose_file(stand, file, "history.copy_file")
    stand.until(file.exists)
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in stand.text("history.message.title")
    details = stand.day.background.call(stand.day.till.history.details, paid.id)
    sheet = copy_sheet(details, training=True)
    assert sheet.notes == (
        "Copy of a receipt. This is not a fiscal receipt",
        "TRAINING. No money was taken",
    )
    texts = [line.left for line in sheet.lines]
    assert "Сыр «Российский» 50 %" in texts
    assert SheetLine(Look.TOTAL, "Total", "640.00\xa0₽") in sheet.lines
    assert any(paid.order_id in text for text in texts)
    assert copy_sheet(details, training=False).notes == sheet.notes[:1]


def test_a_long_sheet_goes_on_on_further_pages(qapp: object) -> None:
    lines = tuple(SheetLine(Look.LINE, f"Товар {number}", "1,00") for number in range(200))
    short = pdf_bytes(Sheet("A", ("note",), lines[:3]))
    long = pdf_bytes(Sheet("A", ("note",), lines))
    assert short.count(b"/Type /Page\n") == 1
    assert long.count(b"/Type /Page\n") > 2


def take_in(stand: Stand, minor: int) -> Payment:
    """A paid payment of the gateway, in this journal, of which nothing went back yet."""
    order = stand.day.foreign_payment(minor)

    async def adopt() -> Payment:
        staff, history = stand.day.till.staff, stand.day.till.history
        manager = stand.day.people[Role.MANAGER].id
        word = await staff.approve(manager, OTHER_PIN, Right.ADOPT)
        taken = await history.adopt(order, approval=word)
        word = await staff.approve(manager, OTHER_PIN, Right.ADOPT)
        await history.declare_refunded(taken.payment.id, Money(0), "ничего", approval=word)
        return taken.payment

    return stand.day.background.call(adopt)


def refund_in_account(stand: Stand, payment: Payment, minor: int) -> str:
    """As a manager does it in the browser; its number."""
    request = RefundRequest(
        payment_id=payment.payment_id, amount=minor, currency="RUB", reason="в кабинете"
    )
    return stand.day.server.gateway.refunds.create(request).id


def test_a_refund_made_in_the_account_counts_once_it_is_entered(stand: Stand) -> None:
    payment = take_in(stand, 98_000)
    number = refund_in_account(stand, payment, 18_050)
    stand.enter()
    stand.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    stand.until(lambda: stand.has("external_refund.title"))
    stand.press(Qt.Key.Key_F12)
    assert stand.text("external_refund.number.note") == "Type the refund’s number from the account"
    type_text(stand.find("external_refund.number"), number)
    stand.press(Qt.Key.Key_Return)
    approve(stand)
    stand.until(lambda: not stand.has("external_refund.title"))
    stand.rest()
    stand.until(lambda: stand.text("history.details.left") == "799.50\xa0₽")


@pytest.mark.parametrize(
    ("is_known", "said"),
    [
        (True, "This number belongs to another refund. Nothing was recorded."),
        (False, "The gateway does not confirm this number. Nothing was recorded."),
    ],
)
def test_a_number_that_proves_nothing_is_refused_and_what_was_typed_stays(
    stand: Stand, is_known: bool, said: str
) -> None:
    other = take_in(stand, 98_000)
    number = refund_in_account(stand, other, 18_050) if is_known else "R123"
    payment = take_in(stand, 50_000)
    stand.enter()
    stand.page.show_payment(payment.id)
    stand.until(lambda: stand.text("history.details.left") == "500.00\xa0₽")
    stand.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    stand.until(lambda: stand.has("external_refund.title"))
    type_text(stand.find("external_refund.number"), number)
    stand.press(Qt.Key.Key_F12)
    approve(stand)
    stand.until(lambda: stand.has("external_refund.message.title"))
    assert stand.text("external_refund.message.title") == said
    assert stand.find("external_refund.number").property("text") == number
    stand.press(Qt.Key.Key_Escape)
    stand.rest()
    assert "history.refund" in stand.buttons()
