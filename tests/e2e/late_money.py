"""What is done with money that comes late, by keys alone: how a payment ends, and both ways out.

The bank pays through the gateway inside the program; the till's clock is moved on to the next look
of the schedule.
"""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cashier.domain.shift_report import ShiftReport
from cashier.services.training_staff import OTHER_PIN
from tests.e2e.driver import SECTION_KEYS, Driver
from tests.e2e.test_office import CONTROL, SHIFT, give_pin
from tests.ui.refund_kit import MovedClock

NOTHING = "0.00\xa0₽"
TEA = "120.50\xa0₽"
FIRST_LOOK = 75
"""Seconds after which a payment given up has been asked about at least once."""


# The four ways in which a payment ends without money


def decline(till: Driver) -> str:
    """A receipt whose payment the bank declines; it is back in the grid."""
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till.sandbox.gateway.decline(payment_id)
    till.until(lambda: till.sees("result.retry"))
    back_to_receipt(till)
    return payment_id


def cancel(till: Driver) -> str:
    """The same, cancelled by the cashier."""
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: till.sees("result.retry"))
    back_to_receipt(till)
    return payment_id


def expire(till: Driver) -> str:
    """The same, and nobody paid in time."""
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till.sandbox.gateway.expire(payment_id)
    till.until(lambda: till.sees("result.retry"))
    back_to_receipt(till)
    return payment_id


def give_up(till: Driver) -> str:
    """Nobody knows whether it was made, and a senior takes it as unpaid."""
    gateway = till.sandbox.gateway
    gateway.faults.plan("CreatePayment", "drop_after")
    for call in ("GetPaymentByOrder", "GetPayment"):
        gateway.faults.plan(call, "drop_before", times=1000)
    till.enter_goods("Tea", "120.50")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.text("result.word") == "Outcome unknown, checking")
    till.press(Qt.Key.Key_F5, SHIFT)
    take_way(till, "decide.unpaid")
    say_why(till, "no QR was shown")
    till.until(lambda: till.sees("result.retry"))
    back_to_receipt(till)
    gateway.faults.clear()
    return gateway.payments()[-1].id


def back_to_receipt(till: Driver) -> None:
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: till.sees("sale.entry") and till.text("sale.total") == TEA)


def clear(till: Driver) -> None:
    """The customer has gone: the next receipt is empty."""
    till.press(Qt.Key.Key_Delete, CONTROL)
    till.until(lambda: till.text("sale.total") == NOTHING)


# What the senior does


def pay_late(
    till: Driver, clock: MovedClock, payment_id: str, *, every: float = FIRST_LOOK
) -> None:
    """The money comes; the till finds it at its next look, or at the one after it."""
    till.sandbox.gateway.pay(payment_id)
    for _ in range(6):
        clock.ahead += every
        till.press(Qt.Key.Key_F2)  # somebody is there: the till does not lock
        end = time.monotonic() + 7
        while time.monotonic() < end:
            till.turn(0.1)
            if has_task(till):
                return
    raise AssertionError("the money was not found")


def has_task(till: Driver) -> bool:
    return "decision: 1" in till.text("rail.payments")


def tab_to(till: Driver, name: str) -> None:
    """With the Tab key, as far as it takes."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None and focus.objectName() == name:
            return
        till.press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {name}")


def open_task(till: Driver) -> None:
    """From the red band on the sale to the question."""
    assert "Paid after cancel: 120.50\xa0₽" in till.text("sale.tasks.title")
    tab_to(till, "sale.tasks.decide")
    till.press(Qt.Key.Key_Space)
    till.until(lambda: till.text("history.details.status") == "Paid after cancel")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("decide.title"))


def take_way(till: Driver, name: str) -> None:
    """The choices are one stop of the Tab key; the arrows go from one to the next."""
    till.until(lambda: till.sees(name))
    tab_to(till, "decide.keep")
    till.press(Qt.Key.Key_Backtab, SHIFT)
    for _ in range(3):
        focus = QApplication.focusWidget()
        if focus is not None and focus.objectName() == name:
            till.press(Qt.Key.Key_Space)
            return
        till.press(Qt.Key.Key_Down)
    raise AssertionError(f"no key leads to {name}")


def say_why(till: Driver, reason: str) -> None:
    """The reason, F12, and a senior's PIN."""
    tab_to(till, "decide.reason")
    till.type(reason)
    till.press(Qt.Key.Key_F12)
    give_pin(till, OTHER_PIN)


def restore(till: Driver) -> None:
    """Way 1: the goods are handed over."""
    open_task(till)
    take_way(till, "decide.restore")
    say_why(till, "the customer came back")
    till.until(lambda: not till.sees("decide.title"))
    till.until(lambda: "decision" not in till.text("rail.payments"))


def give_back(till: Driver) -> None:
    """Way 2: the refund page, all that is left, a reason, a PIN, F12."""
    take_way(till, "decide.give_back")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("refund.lines"))
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_F2)
    till.type("came late")
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_F12)
    give_pin(till, OTHER_PIN)
    till.until(lambda: not till.sees("pin.entry"))
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.text("refund.status") == "Refunded")
    till.until(lambda: "decision" not in till.text("rail.payments"))
    till.press(Qt.Key.Key_Escape)


# What it all came to


def figures(till: Driver) -> tuple[str, str, str]:
    """Sales, refunds and revenue of the shift on screen."""
    till.press(SECTION_KEYS[3], CONTROL)
    till.until(lambda: till.sees("shift.close"))
    till.turn(0.5)
    return tuple(till.text(f"shift.{one}") for one in ("sales", "refunds", "revenue"))  # type: ignore[return-value]


def history_status(till: Driver) -> str:
    """How the newest payment stands in the history."""
    till.press(SECTION_KEYS[1], CONTROL)
    till.until(lambda: till.sees("history.done.title"))
    till.press(Qt.Key.Key_Escape)  # from what has to be decided to all of them
    till.until(lambda: till.sees("history.details.status"))
    return till.text("history.details.status")


def close_shift(till: Driver) -> ShiftReport:
    """F12, F12, PIN; what was printed."""
    till.press(SECTION_KEYS[3], CONTROL)
    till.until(lambda: till.sees("shift.close"))
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("shift.closing.confirm"))
    till.press(Qt.Key.Key_F12)
    give_pin(till, OTHER_PIN)
    till.until(lambda: till.text("header.shift.first") == "No shift")
    app = till.app
    assert app.background is not None
    assert app.till is not None
    till.until(lambda: till.sees("shift.dialog.close"))
    till.press(Qt.Key.Key_Escape)
    newest: ShiftReport = app.background.call(app.till.shifts.past)[0]
    return newest


def printed(report: ShiftReport) -> tuple[int, int, int, int]:
    """Sales and refunds of a Z report: how many, and kopecks."""
    whole = report.whole
    return whole.paid, whole.sold.minor, whole.refunds, whole.refunded.minor


ENDINGS = {"declined": decline, "cancelled": cancel, "expired": expire, "given up": give_up}
