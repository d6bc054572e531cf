"""What a newcomer stumbled over in the real window, so that nobody does again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget

from cashier.domain.failure import CashierError, Failure
from cashier.ui.widgets.keycap import Keycap
from tests.e2e.conftest import Launch
from tests.e2e.driver import SECTION_KEYS, Driver

CONTROL = Qt.KeyboardModifier.ControlModifier


def _box(till: Driver, name: str) -> tuple[int, int]:
    """Left and right edge in the window."""
    widget = till.find(name, QWidget)
    left = widget.mapTo(till.window, widget.rect().topLeft()).x()
    return left, left + widget.width()


def test_a_message_stands_over_the_content_and_never_over_the_side_panel(
    launch: type[Launch],
) -> None:
    till = launch.start()
    panel = till.find("sale", QWidget).findChild(QWidget, "side")
    assert isinstance(panel, QWidget)
    for key in (*SECTION_KEYS, Qt.Key.Key_1):
        till.press(key, CONTROL)
        till.window.message.show_problem(CashierError(Failure.NO_LINK))
        till.turn(0.05)
        assert till.sees("message.bar")
        bar = till.find("message.bar", QWidget)
        assert till.window.rect().contains(bar.mapTo(till.window, bar.rect().bottomRight()))
    entry = _box(till, "sale.entry")
    assert _box(till, "message.bar")[1] <= panel.mapTo(till.window, panel.rect().topLeft()).x() - 16
    assert abs(_box(till, "message.bar")[0] - entry[0]) < 60
    top = panel.mapTo(till.window, panel.rect().topLeft()).y()
    header = till.find("header", QWidget)
    assert top == header.mapTo(till.window, header.rect().bottomLeft()).y() + 1


def test_f1_lists_every_key_of_the_page_once(launch: type[Launch]) -> None:
    till = launch.start()
    till.press(Qt.Key.Key_F1)
    dialog = till.find("keys", QWidget)
    caps = [cap.text() for cap in dialog.findChildren(Keycap) if cap.parent() is not None]
    for key in ("F2", "F4", "Shift+F4", "F6", "Shift+F6", "F7", "Shift+F7", "F10", "F12", "Del"):
        assert caps.count(key) == 1, key
    for key in ("3 *", "Ctrl+Z", "Ctrl+Del", "Num + −", "Shift+F12", "Ctrl+1", "Ctrl+8"):
        assert caps.count(key) == 1, key


def test_the_list_of_all_keys_fits_the_smallest_window(launch: type[Launch]) -> None:
    till = launch.start(language="ru", width=1024, height=640)
    till.press(Qt.Key.Key_F1)
    dialog = till.find("keys", QWidget)
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.width() >= label.minimumSizeHint().width(), label.text()
    assert till.window.rect().contains(dialog.mapTo(till.window, dialog.rect().bottomRight()))


def test_what_was_said_of_a_waiting_payment_goes_when_it_ends(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till = launch.start()
    till.until(lambda: till.sees("message.bar"))
    till.sandbox.gateway.decline(payment_id, (2, 51))
    till.until(lambda: till.sees("result.retry"))
    assert not till.sees("message.bar")


@pytest.mark.qt_log_ignore("does not support")  # a menu, offscreen
def test_of_two_waiting_payments_enter_brings_the_first_one_back(launch: type[Launch]) -> None:
    till = launch.start()
    for name in ("Tea", "Cake"):
        till.enter_goods(name, "120.50")
        till.show_qr()
        till.press(Qt.Key.Key_F7)
        till.until(lambda: till.sees("sale.grid"))
    assert till.text("payment.chip") == "Waiting for payment: 2"
    till.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    till.until(lambda: till.sees("payment.qr"))


def test_a_payment_paid_in_the_background_is_ended_with_enter(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till.press(Qt.Key.Key_F7)
    till.until(lambda: till.sees("sale.grid"))
    till.sandbox.gateway.pay(payment_id)
    till.until(lambda: till.text("payment.chip").startswith("Paid"))
    till.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    till.until(lambda: till.sees("result.new_sale"))
    till.turn(0.7)
    till.press(Qt.Key.Key_Return)
    till.until(lambda: not till.sees("result.new_sale"))
    assert not till.sees("payment.chip")


def test_training_is_written_above_the_green_screen(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    till.sandbox.gateway.pay(till.show_qr())
    till.until(lambda: till.sees("result.title"))
    band, paid = till.find("training", QWidget), till.find("paid", QWidget)
    assert paid.geometry().top() == band.height()
    assert paid.geometry().bottom() == till.window.rect().bottom()


def test_a_new_terminal_is_asked_for_again_and_again(launch: type[Launch]) -> None:
    till = launch.start()
    till.press(Qt.Key.Key_5, CONTROL)
    till.until(lambda: till.sees("terminals.table"))
    for number in range(4):
        till.press(Qt.Key.Key_F10)
        till.until(lambda: till.sees("new_terminal.title"))
        till.type(f"{number}")
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        assert focus.text() == f"{number}"
        till.press(Qt.Key.Key_Tab)
        till.press(Qt.Key.Key_Escape)
        till.press(Qt.Key.Key_Escape)
        till.until(lambda: not till.sees("new_terminal.title"))
        till.turn(0.4)
