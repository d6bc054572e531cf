"""Who is at the till, money given back, the end of the day: the whole application by its keys."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from cashier.services.training_staff import CASHIER_PIN, OTHER_PIN
from cashier.settings import BUILT_IN_GATEWAY
from tests.e2e.conftest import Launch
from tests.e2e.driver import DEAF_FOR, SECTION_KEYS, Driver
from tests.ui.refund_kit import MovedClock

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def sell(till: Driver, name: str = "Tea", price: str = "120.50") -> str:
    """One receipt, paid and looked at; returns the gateway's id of the payment."""
    till.enter_goods(name, price)
    payment_id = till.show_qr()
    till.sandbox.gateway.pay(payment_id)
    till.until(lambda: till.sees("result.title"))
    till.turn(DEAF_FOR + 0.2)
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.sees("sale.entry"))
    return payment_id


def give_pin(till: Driver, pin: str) -> None:
    """Digit by digit, at a person's pace, then Enter."""
    till.until(lambda: till.sees("pin.entry"))
    for digit in pin:
        till.turn(0.05)
        till.type(digit)
    till.turn(0.05)
    till.press(Qt.Key.Key_Return)


def open_refund(till: Driver) -> None:
    """F9 and the number of the first receipt: its lines."""
    till.press(Qt.Key.Key_F9)
    till.until(lambda: till.sees("refund.find"))
    till.type("1-001")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.sees("refund.lines"))


def choose_all(till: Driver) -> None:
    """The whole receipt, a reason, and a senior's PIN; F12 sends then."""
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_F2)
    till.type("Defect")
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_F12)
    give_pin(till, OTHER_PIN)
    till.until(lambda: not till.sees("pin.entry"))


def is_locked(till: Driver) -> bool:
    return till.sees("lock.title")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_receipt_is_refunded_with_the_keyboard_alone(launch: type[Launch], language: str) -> None:
    till = launch.start(language=language)
    paid = sell(till)
    open_refund(till)
    choose_all(till)
    assert till.sandbox.gateway.refunds.all() == ()
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("refund.status"))
    till.until(lambda: bool(till.sandbox.gateway.refunds.all()))
    [refund] = till.sandbox.gateway.refunds.all()
    assert (refund.payment_id, refund.amount) == (paid, 12050)
    till.until(lambda: till.text("refund.status") in ("Refunded", "Возвращён"))
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: till.sees("sale.entry"))


def test_ctrl_0_locks_and_the_owner_finds_the_receipt_again(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    till.press(Qt.Key.Key_0, CONTROL)
    till.until(lambda: is_locked(till))
    assert "120.50" in till.text("lock.receipt")
    till.press(Qt.Key.Key_F12)  # a key of the page below
    assert till.sandbox.gateway.payments() == ()
    give_pin(till, "0000")
    till.until(lambda: till.text("lock.error") != "")
    assert is_locked(till)
    give_pin(till, CASHIER_PIN)
    till.until(lambda: not is_locked(till))
    till.until(lambda: till.text("sale.total") == "120.50\xa0₽")


def test_another_person_begins_anew_and_the_first_ones_receipt_waits(
    launch: type[Launch],
) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    till.press(Qt.Key.Key_9, CONTROL)
    till.until(lambda: is_locked(till))
    till.turn(0.3)
    till.press(Qt.Key.Key_Down)
    give_pin(till, OTHER_PIN)
    till.until(lambda: not is_locked(till))
    assert till.text("header.person.first") == "Marina Orlova"
    till.until(lambda: till.text("sale.total") == "0.00\xa0₽")
    till.enter_goods("Bun", "45")
    till.press(Qt.Key.Key_9, CONTROL)
    till.until(lambda: is_locked(till))
    till.turn(0.3)
    till.press(Qt.Key.Key_Up)
    give_pin(till, CASHIER_PIN)
    till.until(lambda: till.text("sale.total") == "120.50\xa0₽")


def test_a_payment_is_followed_behind_the_lock(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till.press(Qt.Key.Key_0, CONTROL)
    till.until(lambda: is_locked(till))
    assert "Waits for payment" in till.text("lock.chip")
    assert payment_id not in till.qr()
    till.sandbox.gateway.pay(payment_id)
    till.until(lambda: "Paid" in till.text("lock.chip"))
    give_pin(till, CASHIER_PIN)
    till.until(lambda: till.sees("result.title"))
    assert till.text("result.title") == "Paid"


def test_what_the_administrator_owns_opens_by_a_pin_for_one_change(
    launch: type[Launch],
) -> None:
    till = launch.start()
    till.press(SECTION_KEYS[5], CONTROL)
    till.until(lambda: till.sees("settings.training.head"))
    till.press(Qt.Key.Key_Down)
    till.until(lambda: till.sees("settings.shut"))
    assert not till.sees("settings.till.title")
    till.press(Qt.Key.Key_F2)
    till.press(Qt.Key.Key_Space)
    give_pin(till, OTHER_PIN)
    till.until(lambda: till.sees("settings.till.title"))
    name = till.find("settings.till_name", QLineEdit)
    name.setFocus()
    till.type("Hall")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("settings.shut"))
    saved = json.loads((launch.folder / "settings.json").read_text(encoding="utf-8"))
    assert saved["till_name"] == "Hall"


def test_a_terminal_is_added_by_an_administrators_pin(launch: type[Launch]) -> None:
    till = launch.start()
    till.press(SECTION_KEYS[4], CONTROL)
    till.until(lambda: till.sees("terminals.table"))
    till.press(Qt.Key.Key_F4)
    till.until(lambda: till.sees("rename.name"))
    till.find("rename.name", QLineEdit).selectAll()
    till.type("Bar")
    till.press(Qt.Key.Key_F12)
    give_pin(till, OTHER_PIN)
    till.until(lambda: not till.sees("rename.name"))
    till.until(lambda: "Bar" in till.text("sale.terminal"))


def test_the_shift_is_closed_with_a_z_report(launch: type[Launch]) -> None:
    till = launch.start()
    sell(till)
    till.press(SECTION_KEYS[3], CONTROL)
    till.until(lambda: till.sees("shift.close"))
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("shift.closing.confirm"))
    till.press(Qt.Key.Key_F12)
    give_pin(till, OTHER_PIN)
    till.until(lambda: till.text("header.shift.first") == "No shift")


def test_a_till_without_people_makes_its_administrator_first(
    launch: type[Launch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASHIER_MERCHANT_ID", "0123456789abcdef0123456789abcdef")
    monkeypatch.setenv("CASHIER_API_KEY", "secret")
    till = launch.start(sandbox=False, base_url="https://api.invoice.su/api/v2")
    till.until(lambda: is_locked(till))
    till.until(lambda: till.sees("lock.first.name"))
    till.find("lock.first.name", QLineEdit).setFocus()
    till.type("Irina Belova")
    till.press(Qt.Key.Key_Return)
    for _ in range(2):
        for digit in "240681":
            till.turn(0.05)
            till.type(digit)
        till.press(Qt.Key.Key_Tab)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: not is_locked(till))
    assert till.text("header.person.first") == "Irina Belova"
    assert QApplication.focusWidget() is till.find("sale.entry", QLineEdit)
    till = launch.start(sandbox=False, base_url="https://api.invoice.su/api/v2")
    assert is_locked(till)
    give_pin(till, "240681")
    till.until(lambda: not is_locked(till))


def test_training_is_never_asked_who_it_is(launch: type[Launch]) -> None:
    till = launch.start(sandbox=False, base_url=BUILT_IN_GATEWAY)
    assert not is_locked(till)
    assert till.text("header.person.second") == "cashier"


def test_a_senior_frees_the_receipt_of_a_payment_that_stays_unknown(
    launch: type[Launch],
) -> None:
    till = launch.start()
    till.sandbox.gateway.faults.plan("CreatePayment", "drop_after")
    for call in ("GetPaymentByOrder", "GetPayment"):
        till.sandbox.gateway.faults.plan(call, "drop_before", times=1000)
    till.enter_goods("Tea", "120.50")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.text("result.word") == "Outcome unknown, checking")
    till.press(Qt.Key.Key_F5, SHIFT)
    till.until(lambda: till.sees("decide.unpaid"))
    till.press(Qt.Key.Key_Space)
    till.find("decide.reason", QLineEdit).setFocus()
    till.type("no QR was shown")
    till.press(Qt.Key.Key_F12)
    give_pin(till, OTHER_PIN)
    till.until(lambda: till.sees("result.retry"))


def test_two_minutes_without_a_key_lock_but_never_over_a_live_qr_or_a_refund(
    launch: type[Launch],
) -> None:
    clock = MovedClock()
    till = launch.start(clock=clock)
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    clock.ahead += 121
    till.turn(1.2)
    assert not is_locked(till)
    till.sandbox.gateway.pay(payment_id)
    till.until(lambda: till.sees("result.title"))
    till.turn(DEAF_FOR + 0.2)
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.sees("sale.entry"))
    open_refund(till)
    clock.ahead += 121
    till.turn(1.2)
    assert not is_locked(till)
    till.press(SECTION_KEYS[0], CONTROL)
    clock.ahead += 110
    till.turn(1.2)
    assert not is_locked(till)
    clock.ahead += 15
    till.until(lambda: is_locked(till))
    assert "2 minutes without a key" in till.text("lock.why.second")


def test_a_refund_without_an_answer_becomes_a_task_that_leads_to_its_decision(
    launch: type[Launch],
) -> None:
    till = launch.start()
    sell(till)
    till.sandbox.gateway.faults.plan("CreateRefund", "drop_after")
    open_refund(till)
    choose_all(till)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: "decision: 1" in till.text("rail.payments"))
    till.press(SECTION_KEYS[0], CONTROL)
    till.until(lambda: till.sees("sale.tasks.decide"))
    till.find("sale.tasks.decide", QPushButton).click()
    till.until(lambda: till.text("history.details.title") == "Refund of receipt 1-001")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("unknown_refund.tag"))
    assert len(till.sandbox.gateway.refunds.all()) == 1
