from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.payment import PaymentState
from cashier.domain.receipt import Discount, Receipt
from cashier.domain.saved_receipt import SavedReceipt
from cashier.services.health import Link
from cashier.ui.pages.panel_rows import ParkedRow
from cashier.ui.theme import ThemeController
from tests.ui.sale_stage import (
    LIMIT,
    TERMINAL,
    Stage,
    pause,
    payment,
    stage,
    static,
    view,
    wait_until,
)

pytestmark = pytest.mark.usefixtures("themed")

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def on(tmp_path: Path, themed: ThemeController) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        made.open()
        yield made


def pay_is_on(on: Stage) -> bool:
    return on.find("sale.pay").isEnabled()


def is_paying(on: Stage) -> bool:
    return on.page.panel.pay.is_busy


def reason(on: Stage) -> str:
    return on.page.panel.reason.text()


def test_f12_asks_for_a_payment_of_what_is_committed(on: Stage) -> None:
    on.add("Tea", "120")
    on.press(Key.Key_F12)
    assert on.page.panel.pay.is_busy
    assert not on.requested
    wait_until(lambda: bool(on.requested))
    saved = on.saved()
    assert on.requested == [saved.id]
    assert saved.receipt == on.receipt
    on.press(Key.Key_Delete)
    assert on.names == ["Tea"]


def test_a_held_f12_asks_once(on: Stage) -> None:
    on.add("Tea", "120")
    for repeat in (False, True, True):
        QTest.keyPress(on.focus, Key.Key_F12)
        event = QKeyEvent(
            QEvent.Type.KeyPress, Key.Key_F12, Qt.KeyboardModifier.NoModifier, "", repeat
        )
        QApplication.sendEvent(on.focus, event)
    wait_until(lambda: bool(on.requested))
    pause(50)
    assert len(on.requested) == 1


def test_the_page_types_on_when_the_charge_was_refused(on: Stage) -> None:
    on.add("Tea", "120")
    on.press(Key.Key_F12)
    wait_until(lambda: bool(on.requested))
    on.type("br")
    on.page.charge_ended(on.requested[0])
    on.settle()
    assert not on.page.panel.pay.is_busy
    assert on.names == ["Tea"]
    assert on.page.entry.line.text() == "br"
    on.page.entry.reset()
    on.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert on.names == []


def test_a_receipt_being_charged_stays_frozen_while_another_payment_is_looked_at(
    on: Stage,
) -> None:
    on.add("Tea", "120")
    on.press(Key.Key_F12)
    wait_until(lambda: bool(on.requested))
    on.page.load()  # as the window does for a payment that comes on screen
    pause(100)
    on.press(Key.Key_Delete)
    assert on.names == ["Tea"]
    assert is_paying(on)
    on.press(Key.Key_F12)
    pause(50)
    assert len(on.requested) == 1
    on.page.charge_ended(on.requested[0])
    on.settle()
    assert not is_paying(on)
    on.press(Key.Key_Delete)
    assert on.names == []


def test_the_end_of_another_charge_frees_no_receipt(on: Stage) -> None:
    on.add("Tea", "120")
    on.press(Key.Key_F12)
    wait_until(lambda: bool(on.requested))
    on.page.charge_ended("another receipt")
    pause(100)
    on.press(Key.Key_Delete)
    assert on.names == ["Tea"]
    assert on.page.panel.pay.is_busy


def test_f12_waits_for_a_line_that_is_half_typed(on: Stage) -> None:
    on.add("Tea", "120")
    on.type("brea")
    on.press(Key.Key_F12)
    assert not on.requested
    assert on.page.entry.error()
    assert on.page.entry.line.text() == "brea"


def test_f12_is_dark_and_says_why(on: Stage) -> None:
    assert not pay_is_on(on)
    assert reason(on)
    on.add("Tea", "0")
    assert not pay_is_on(on)
    on.add("Bread", "10")
    assert pay_is_on(on)
    assert reason(on) == ""
    trouble = replace(view(), trouble=CashierError(Failure.JOURNAL_FAULT))
    busy = view(payments=(payment(PaymentState.OPEN),), terminal=static())
    foreign = view(terminal=replace(TERMINAL, currency=Currency.USD))
    seen = set()
    for one in (
        view(terminal=None),
        view(link=Link.KEY_REFUSED),
        view(link=Link.LOST),
        trouble,
        busy,
        foreign,
    ):
        on.page.show_view(one)
        assert not pay_is_on(on)
        assert reason(on)
        seen.add(reason(on))
        on.press(Key.Key_F12)
    assert len(seen) == 6
    assert not on.requested
    on.page.show_view(view())
    assert pay_is_on(on)


def test_a_sum_over_the_limit_cannot_be_paid(on: Stage) -> None:
    on.add("Tea", "1000000")
    assert pay_is_on(on)
    on.press(Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
    assert on.receipt.amount.minor > LIMIT
    assert not pay_is_on(on)


def test_a_dynamic_terminal_takes_another_receipt_while_one_waits(on: Stage) -> None:
    on.add("Tea", "120")
    on.page.show_view(view(payments=(payment(PaymentState.OPEN),)))
    assert pay_is_on(on)
    assert on.find("sale.waiting").isVisible()
    back: list[bool] = []
    on.page.return_to_payment_requested.connect(lambda: back.append(True))
    QTest.mouseClick(on.find("sale.return_to_payment"), Qt.MouseButton.LeftButton)
    assert back
    on.page.show_view(view())
    assert not on.find("sale.waiting").isVisible()


def test_late_money_is_said_above_everything(on: Stage) -> None:
    late = payment(PaymentState.LATE_PAID, number="187-053", amount="1524")
    on.page.show_view(view(tasks=(late, late)))
    band = on.page.standing.tasks
    assert band.isVisible()
    assert "187-053" in band.title()
    assert "1,524.00" in band.title()
    on.page.show_view(view())
    assert not band.isVisible()


def test_the_draft_comes_back_at_the_next_start(tmp_path: Path) -> None:
    with stage(tmp_path) as first:
        first.open()
        first.add("Tea", "120")
        first.page.draft.change(first.receipt.with_discount(Discount(percent=300)))
        typed = first.receipt
        first.page.flush()
    with stage(tmp_path) as second:
        second.open()
        assert second.receipt == typed
        assert second.total == "116.40\u00a0₽"
        assert second.page.grid.chosen_row() == 0


def test_closing_loses_none_of_many_quick_changes(tmp_path: Path) -> None:
    with stage(tmp_path) as first:
        first.open()
        for number in range(30):
            first.page.draft.change(first.receipt.add(f"Goods {number}", Money.of(1)))
        first.page.flush()
    with stage(tmp_path) as second:
        second.open()
        assert len(second.names) == 30


def test_what_is_being_saved_when_the_till_locks_is_on_the_lock_too(on: Stage) -> None:
    on.add("Tea", "120")
    assert not on.page.draft.saver.is_settled
    on.page.flush()
    assert on.page.draft.saved is not None
    assert [line.name for line in on.page.draft.saved.receipt.lines] == ["Tea"]


def test_saves_go_out_in_order_and_only_the_newest_waits(on: Stage) -> None:
    saved: list[int] = []
    save = on.till.receipts.save

    async def noting(draft: SavedReceipt, receipt: Receipt) -> SavedReceipt:
        saved.append(len(receipt.lines))
        return await save(draft, receipt)

    on.page.draft.saver._receipts = type("Noting", (), {"save": staticmethod(noting)})()
    for number in range(20):
        on.page.draft.change(on.receipt.add(f"Goods {number}", Money.of(1)))
    on.settle()
    assert saved[-1] == 20
    assert saved == sorted(saved)
    assert len(saved) < 20
    assert len(on.saved().receipt.lines) == 20


def test_trouble_with_saving_is_told_and_the_next_change_saves_all(on: Stage) -> None:
    saver = on.page.draft.saver
    save = on.till.receipts.save
    failing = [True]

    async def shaky(draft: SavedReceipt, receipt: Receipt) -> SavedReceipt:
        if failing[0]:
            raise CashierError(Failure.JOURNAL_BUSY)
        return await save(draft, receipt)

    saver._receipts = type("Shaky", (), {"save": staticmethod(shaky)})()
    on.add("Tea", "120")
    wait_until(lambda: bool(on.problems))
    on.press(Key.Key_F12)
    wait_until(lambda: not on.page.panel.pay.is_busy)
    assert not on.requested
    failing[0] = False
    on.add("Bread", "10")
    on.settle()
    assert len(on.saved().receipt.lines) == 2


def test_a_draft_that_could_not_be_read_at_first_is_read_at_the_next_word_of_the_till(
    tmp_path: Path,
) -> None:
    with stage(tmp_path) as on:
        failing = [True]
        receipts = on.till.receipts

        async def shaky(currency: Currency) -> SavedReceipt:
            if failing[0]:
                raise CashierError(Failure.JOURNAL_BUSY)
            return await receipts.draft(currency)

        on.page.draft._receipts = type(
            "Shaky", (), {"draft": staticmethod(shaky), "parked": receipts.parked}
        )()
        on.window.show()
        on.window.activateWindow()
        wait_until(on.window.isActiveWindow)
        on.page.show_view(view())
        on.page.load()
        on.page.entered()
        wait_until(lambda: bool(on.problems))
        failing[0] = False
        on.page.show_view(view(link=Link.LOST))
        on.settle()
        on.add("Tea", "120")
        assert on.names == ["Tea"]


def test_a_receipt_is_parked_and_taken_up_again(on: Stage) -> None:
    on.add("Tea", "120")
    on.press(Key.Key_F7)
    on.settle()
    assert on.names == []
    wait_until(lambda: bool(on.window.findChildren(ParkedRow)))
    on.add("Bread", "10")
    row = on.window.findChildren(ParkedRow)[0]
    assert "120.00" in row.accessibleName()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    on.settle()
    assert on.names == ["Tea"]
    wait_until(lambda: "10.00" in on.window.findChildren(ParkedRow)[-1].accessibleName())


def test_parked_receipts_are_chosen_with_the_keyboard(on: Stage) -> None:
    for name in ("Tea", "Bread", "Milk"):
        on.add(name, "10")
        on.press(Key.Key_F7)
        on.settle()
    wait_until(lambda: on.page.panel.parked.isVisible() and len(on.page._parked) == 3)
    on.press(Key.Key_F7, Shift)
    on.press(Key.Key_Down)
    on.press(Key.Key_Return)
    on.settle()
    assert on.names == ["Bread"]
    assert on.page.entry.line.hasFocus()


def test_keys_typed_while_a_receipt_is_parked_go_into_the_next_one(on: Stage) -> None:
    on.add("Tea", "120")
    on.press(Key.Key_F7)
    on.type("bread")
    assert on.page.entry.line.text() == ""
    on.settle()
    assert on.page.entry.line.text() == "bread"


def test_an_empty_receipt_takes_the_terminals_currency(on: Stage) -> None:
    on.page.show_view(view(terminal=replace(TERMINAL, currency=Currency.EUR)))
    on.add("Tea", "12.50")
    assert on.receipt.currency is Currency.EUR
    assert on.total == "12.50\u00a0€"
    assert pay_is_on(on)


def test_a_receipt_that_was_charged_before_keeps_its_number(on: Stage) -> None:
    on.add("Tea", "120")
    on.settle()
    assert "187-058" in on.page.panel.number.text()

    async def number() -> None:
        journal = on.till._journal
        await journal.write(lambda ledger: ledger.number_receipt(on.page.draft.id))

    on.background.call(number)
    on.page.load()
    on.settle()
    assert "1-001" in on.page.panel.number.text()


def test_fingers_get_buttons_and_a_pad(on: Stage, themed: ThemeController) -> None:
    on.add("Tea", "120")
    assert not on.find("sale.tools.quantity").isVisible()
    themed.choose(touch=True)
    pause(20)
    for name in ("quantity", "discount", "remove", "price", "undo"):
        assert on.find(f"sale.tools.{name}").height() >= 64
    QTest.mouseClick(on.find("sale.tools.quantity"), Qt.MouseButton.LeftButton)
    for key in ("1", "2", "erase"):
        QTest.mouseClick(on.find(f"sale.number.pad.{key}"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(on.find("sale.number.percent"), Qt.MouseButton.LeftButton)
    for key in ("1", "0", "mark", "5"):
        QTest.mouseClick(on.find(f"sale.number.pad.{key}"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(on.find("sale.number.apply"), Qt.MouseButton.LeftButton)
    assert on.receipt.lines[0].discount == Discount(percent=1050)
    QTest.mouseClick(on.find("sale.tools.undo"), Qt.MouseButton.LeftButton)
    assert on.receipt.lines[0].discount is None


def test_everything_that_can_be_used_has_a_name(on: Stage, themed: ThemeController) -> None:
    on.add("Tea", "120")
    on.press(Key.Key_F7)
    on.settle()
    on.add("Bread", "10")
    on.scan("4600000104126")
    wait_until(lambda: bool(on.page.passing.unknown_code))
    late = payment(PaymentState.LATE_PAID)
    on.page.show_view(view(tasks=(late,), link=Link.LOST))
    themed.choose(touch=True)
    on.page.edits.ask_quantity()
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QAbstractItemView)
        for widget in on.window.findChildren(kind)
        if not is_inner(widget) and not (widget.objectName() and widget.accessibleName())
    ]
    assert nameless == []


def is_inner(widget: QWidget) -> bool:
    """Qt's own parts: the corner of a table, the extension of an edit."""
    return widget.objectName().startswith("qt_") or type(widget).__name__ in (
        "QTableCornerButton",
        "QAbstractButton",
    )


def test_the_footer_shows_the_keys_of_the_moment(on: Stage) -> None:
    assert [hint.key for hint in on.page.footer()] == ["F2", "F4", "F6", "Del", "F9"]
    on.page.show_view(view(payments=(payment(PaymentState.OPEN),)))
    assert [hint.key for hint in on.page.footer()] == ["F4", "F6", "Shift+F12"]
    assert on.page.footer_note()
