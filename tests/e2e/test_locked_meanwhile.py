"""The till locks while a person is in the middle of something."""

from __future__ import annotations

from PySide6.QtCore import Qt

from cashier.services.training_staff import CASHIER_PIN
from cashier.ui.dialogs.licence import LicenceDialog
from cashier.ui.dialogs.pin import PinDialog
from tests.e2e.conftest import Launch
from tests.e2e.driver import SECTION_KEYS, Driver
from tests.e2e.test_office import CONTROL, is_locked


def _lock_and_come_back(till: Driver) -> None:
    """As after two minutes without a key, whatever is on screen."""
    till.window.locking.lock()
    till.until(lambda: is_locked(till))
    _sign_in(till)


def _sign_in(till: Driver) -> None:
    till.until(lambda: till.text("lock.name") != "")
    for digit in CASHIER_PIN:
        till.turn(0.05)
        till.type(digit)
    till.turn(0.05)
    till.press(Qt.Key.Key_Return)
    till.until(lambda: not is_locked(till))


def _asks_for_a_pin(till: Driver) -> bool:
    return any(one.is_open for one in till.window.findChildren(PinDialog))


def test_a_pin_is_asked_for_again_after_the_lock_took_the_question_away(
    launch: type[Launch],
) -> None:
    till = launch.start()
    till.press(SECTION_KEYS[4], CONTROL)
    till.until(lambda: till.sees("terminals.entry"))
    till.type("9:9")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: _asks_for_a_pin(till))
    _lock_and_come_back(till)
    assert not _asks_for_a_pin(till)
    till.until(lambda: till.sees("terminals.entry"))
    till.press(Qt.Key.Key_F3)
    till.press(Qt.Key.Key_Return)
    till.until(lambda: _asks_for_a_pin(till))


def test_what_opens_after_the_lock_has_come_stays_below_it(launch: type[Launch]) -> None:
    till = launch.start()
    till.window.locking.lock()
    till.until(lambda: is_locked(till))
    late = LicenceDialog(till.window, name="Late", text="")
    late.open()
    assert not till.sees("licence")
    focus = till.window.focusWidget()
    assert focus is not None
    assert focus.objectName() == "pin.entry"
    till.press(Qt.Key.Key_F1)
    till.until(lambda: till.sees("keys.close"))
    till.press(Qt.Key.Key_Escape)
    _sign_in(till)
    late.open()
    assert till.sees("licence")
    late.dismiss()
