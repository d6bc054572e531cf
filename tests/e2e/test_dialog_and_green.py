"""The green screen comes while a dialog lies over the payment."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.e2e.conftest import Launch
from tests.e2e.driver import DEAF_FOR


def test_enter_ends_the_green_screen_that_came_over_the_list_of_keys(
    launch: type[Launch],
) -> None:
    till = launch.start()
    till.enter_goods("Tea", "45")
    payment_id = till.show_qr()
    till.press(Qt.Key.Key_F1)
    till.until(lambda: till.sees("keys.title"))
    till.sandbox.gateway.pay(payment_id)
    till.until(lambda: till.sees("result.title"))
    till.turn(DEAF_FOR + 0.2)
    till.press(Qt.Key.Key_Return)
    till.turn(0.2)
    assert not till.sees("result.title")
    till.press(Qt.Key.Key_Escape)  # the list was below, and has the keys again
    till.turn(0.2)
    assert not till.sees("keys.title")
    assert till.sees("sale.entry")
    till.type("Bun")
    assert till.find("sale.entry", QLineEdit).text() == "Bun"
