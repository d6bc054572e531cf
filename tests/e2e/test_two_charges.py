"""A charge that takes its time, and a cashier who goes on with other customers meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cashier.sandbox.faults import Fault, PlannedFault
from tests.e2e.conftest import Launch
from tests.e2e.driver import Driver


def _slow(till: Driver, method: str, seconds: float) -> None:
    delay = PlannedFault(fault=Fault.DELAY, method=method, seconds=seconds)
    till.sandbox.gateway.faults.add(delay)


def _look_at_the_waiting_one(till: Driver, payment_id: str) -> None:
    """By the chip in the header."""
    till.until(lambda: till.sees("payment.chip"))
    till.window.header.chip.open()
    till.until(lambda: payment_id in till.qr())


def _one_waits_and_the_next_is_typed(till: Driver) -> str:
    """Returns the gateway's id of the payment that waits in the background."""
    till.enter_goods("Tea", "45")
    waiting = till.show_qr()
    till.press(Qt.Key.Key_F7)
    till.until(lambda: till.sees("sale.entry"))
    till.enter_goods("Bun", "30")
    return waiting


def test_a_second_receipt_gets_its_qr_while_the_first_is_still_being_charged(
    launch: type[Launch],
) -> None:
    till = launch.start()
    waiting = _one_waits_and_the_next_is_typed(till)
    _slow(till, "CreatePayment", 3)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: not till.sees("sale.entry"))
    _look_at_the_waiting_one(till, waiting)
    till.press(Qt.Key.Key_F7)
    till.until(lambda: till.sees("sale.entry"))
    till.enter_goods("Jam", "12")
    till.until(lambda: till.find("sale.pay", QWidget).isEnabled())
    till.press(Qt.Key.Key_F12)
    till.until(lambda: len(till.sandbox.gateway.payments()) == 3)
    jam = till.sandbox.gateway.payments()[-1]
    assert jam.amount == 1200
    till.until(lambda: jam.id in till.qr())


def test_a_receipt_taken_back_does_not_take_the_next_qr_off_the_screen(
    launch: type[Launch],
) -> None:
    till = launch.start()
    waiting = _one_waits_and_the_next_is_typed(till)
    till.show_qr()
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: till.sees("result.retry"))
    QTest.keyClick(QApplication.focusWidget() or till.window, Qt.Key.Key_Escape)
    till.window.header.chip.open()  # before the receipt is back
    till.until(lambda: waiting in till.qr())
    till.turn(0.5)
    assert waiting in till.qr()
    till.press(Qt.Key.Key_F7)
    till.until(lambda: "30.00" in till.text("sale.total"))
