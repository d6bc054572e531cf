"""The check against the gateway, from the shift's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cashier.domain.money import Money
from cashier.domain.payment import Payment
from cashier.domain.quantity import Quantity
from cashier.domain.staff import Role
from cashier.domain.terminal import NewTerminal
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.ui.theme import ThemeController
from tests.ui.history_stand import HistoryDay, history_day
from tests.ui.shift_stand import ShiftStand, shift_page


@pytest.fixture
def day(tmp_path: Path, themed: ThemeController) -> Iterator[HistoryDay]:
    with history_day(tmp_path) as made:
        made.background.call(made.till.terminals.prepare, NewTerminal(name="Зал", alias="1:2"))
        yield made


@pytest.fixture
def stand(day: HistoryDay) -> Iterator[ShiftStand]:
    with shift_page(day) as made:
        yield made


def charge(day: HistoryDay, *, is_paid: bool = True) -> Payment:
    """A receipt at the real gateway, paid or cancelled."""
    till = day.till

    async def work() -> Payment:
        saved = await till.receipts.draft()
        receipt = saved.receipt.add("Кофе", Money.of("100.00"), Quantity.of("1"))
        saved = await till.receipts.save(saved, receipt)
        view = await till.sales.charge(saved.id)
        if is_paid:
            day.server.gateway.pay(view.payment.payment_id)
            view = await till.sales.check(view.payment.id)
        else:
            view = await till.sales.cancel(view.payment.id)
        await till.sales.result_seen(view.payment.id)
        return view.payment

    return day.background.call(work)


def checked(stand: ShiftStand) -> None:
    stand.press(Qt.Key.Key_F5)
    stand.until(lambda: stand.page.side.card.result is not None)


def hold_up(day: HistoryDay) -> None:
    fault = PlannedFault(fault=Fault.DELAY_BEFORE, method="GetPayment", times=9, seconds=30.0)
    day.server.gateway.faults.add(fault)


def test_all_equal_is_green_and_counted(day: HistoryDay, stand: ShiftStand) -> None:
    charge(day)
    charge(day)
    day.sign_in(Role.MANAGER)
    stand.shown()
    checked(stand)
    assert stand.text("shift.reconcile.count") == "2 of 2"
    assert stand.text("shift.reconcile.status") == "differences: 0"
    assert stand.button("shift.close").isEnabled()


def test_a_cashier_needs_a_managers_pin(day: HistoryDay, stand: ShiftStand) -> None:
    charge(day)
    stand.shown()
    stand.press(Qt.Key.Key_F5)
    stand.give_pin(Role.MANAGER)
    stand.until(lambda: stand.page.side.card.result is not None)
    assert stand.text("shift.reconcile.count") == "1 of 1"


def test_without_the_pin_nothing_is_asked(day: HistoryDay, stand: ShiftStand) -> None:
    charge(day)
    stand.shown()
    before = day.server.gateway.call_count("GetPayment")
    stand.press(Qt.Key.Key_F5)
    stand.until(lambda: stand.has("pin.entry"))
    stand.press(Qt.Key.Key_Escape)
    assert day.server.gateway.call_count("GetPayment") == before
    assert not stand.page.side.card.is_running
    stand.press(Qt.Key.Key_F5)
    stand.until(lambda: stand.has("pin.entry"))


def test_a_difference_is_listed_and_the_z_report_then_needs_a_reason(
    day: HistoryDay, stand: ShiftStand
) -> None:
    charge(day)
    cancelled = charge(day, is_paid=False)
    day.server.gateway.pay(cancelled.payment_id)
    day.sign_in(Role.MANAGER)
    stand.shown()
    checked(stand)
    assert stand.text("shift.reconcile.status") == "differences: 1"
    stand.until(lambda: stand.has("shift.reconcile.difference.1"))
    assert stand.text("shift.reconcile.difference.1") == "1-002 · 100.00 ₽"
    detail = stand.text("shift.reconcile.difference.1.detail")
    assert detail == "here: Cancelled; the gateway says “successful”"
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))
    assert not stand.button("shift.closing.confirm").isEnabled()
    stand.type("calling the bank")
    assert stand.button("shift.closing.confirm").isEnabled()
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.dialog"))


def test_it_can_be_broken_off(day: HistoryDay, stand: ShiftStand) -> None:
    charge(day)
    charge(day)
    day.sign_in(Role.MANAGER)
    stand.shown()
    hold_up(day)
    stand.press(Qt.Key.Key_F5)
    stand.until(lambda: stand.has("shift.reconcile.cancel"))
    stand.until(lambda: stand.text("shift.reconcile.count") == "0 of 2")
    assert not stand.button("shift.close").isEnabled()
    QTest.mouseClick(stand.button("shift.reconcile.cancel"), Qt.MouseButton.LeftButton)
    assert stand.text("shift.reconcile.status") == "The check was broken off"
    assert stand.button("shift.close").isEnabled()
    assert stand.button("shift.reconcile").isEnabled()


def test_esc_breaks_it_off_too(day: HistoryDay, stand: ShiftStand) -> None:
    charge(day)
    day.sign_in(Role.MANAGER)
    stand.shown()
    hold_up(day)
    stand.press(Qt.Key.Key_F5)
    stand.until(lambda: stand.has("shift.reconcile.cancel"))
    stand.press(Qt.Key.Key_Escape)
    assert not stand.page.side.card.is_running


def test_silence_is_amber_and_said(day: HistoryDay, stand: ShiftStand) -> None:
    charge(day)
    day.sign_in(Role.MANAGER)
    stand.shown()
    fault = PlannedFault(fault=Fault.DROP_BEFORE, method="GetPayment", times=9)
    day.server.gateway.faults.add(fault)
    checked(stand)
    assert stand.text("shift.reconcile.count") == "0 of 1"
    assert "without an answer: 1" in stand.text("shift.reconcile.status")
