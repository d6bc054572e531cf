"""The whole application on the built-in gateway, by the keyboard alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.e2e.conftest import Launch
from tests.e2e.driver import DEAF_FOR, SECTION_KEYS, Driver


@pytest.mark.parametrize(("language", "word"), [("ru", "Оплачено"), ("en", "Paid")])
def test_three_goods_are_sold_with_the_keyboard_alone(
    launch: type[Launch], language: str, word: str
) -> None:
    till = launch.start(language=language)
    till.enter_goods("Чай", "120,50")
    till.enter_goods("3 * Булка", "45")
    till.enter_goods("Сыр", "364.01")
    payment_id = till.show_qr()
    payment = till.sandbox.gateway.payment(payment_id)
    assert payment.amount == 12050 + 3 * 4500 + 36401
    assert till.qr() == f"{till.sandbox.root}/P{payment_id}"
    till.sandbox.gateway.pay(payment_id, "sbp")
    till.until(lambda: till.sees("result.title"))
    assert till.text("result.title") == word
    till.turn(DEAF_FOR + 0.1)
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.sees("sale.entry") and not till.sees("result.title"))
    till.enter_goods("Сок", "10")
    assert till.text("sale.number").endswith("1-002")


def test_a_decline_says_what_happened_and_a_new_qr_is_one_key_away(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    first = till.show_qr()
    till.sandbox.gateway.decline(first, (2, 51))
    till.until(lambda: till.sees("result.retry"))
    assert "money" in till.text("result.title").lower()
    till.press(Qt.Key.Key_Return)
    assert len(till.sandbox.gateway.payments()) == 1
    till.press(Qt.Key.Key_F12)
    till.until(lambda: len(till.sandbox.gateway.payments()) == 2)
    second = till.sandbox.gateway.payments()[-1].id
    till.until(lambda: second in till.qr())
    till.sandbox.gateway.pay(second)
    till.until(lambda: till.sees("result.new_sale"))


def test_esc_twice_cancels_and_once_does_not(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till.press(Qt.Key.Key_Escape)
    till.turn(3.2)
    assert till.sandbox.gateway.call_count("ClosePayment") == 0
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: till.sandbox.gateway.payment(payment_id).status.value == "closed")
    till.until(lambda: till.sees("result.retry"))
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: till.sees("sale.grid"))
    till.until(lambda: till.find("sale.pay", QWidget).isEnabled())
    assert "120.50" in till.text("sale.total")


def test_looking_away_keeps_the_payment_and_the_next_receipt_gets_its_own_qr(
    launch: type[Launch],
) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    first = till.show_qr()
    till.press(Qt.Key.Key_F7)
    till.until(lambda: till.sees("payment.chip") and till.sees("sale.grid"))
    till.enter_goods("Cake", "310")
    second = till.show_qr()
    assert first != second
    till.press(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    till.until(lambda: till.sees("terminals.table"))
    till.sandbox.gateway.pay(first)
    till.sandbox.gateway.pay(second)
    till.until(lambda: "2" in till.text("payment.chip"))
    assert till.sandbox.gateway.call_count("ClosePayment") == 0


def test_shift_f12_brings_the_waiting_payment_back(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till.press(Qt.Key.Key_F7)
    till.until(lambda: till.sees("payment.chip"))
    till.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    till.until(lambda: till.sees("payment.qr"))
    till.until(lambda: payment_id in till.qr())


def test_a_receipt_being_typed_is_there_after_a_restart(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    till = launch.start()
    till.until(lambda: "120.50" in till.text("sale.total"))


def test_closing_with_a_live_qr_asks_once_and_enter_does_not_close(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    till.show_qr()
    till.window.close()
    till.until(lambda: till.sees("closing"))
    till.press(Qt.Key.Key_Return)
    assert till.sees("closing") or till.window.isVisible()
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: not till.sees("closing"))
    assert till.window.isVisible()
    till.window.close()
    till.until(lambda: till.sees("closing"))
    till.press(Qt.Key.Key_F12)
    till.until(lambda: not till.window.isVisible())


def test_the_end_of_the_session_asks_nothing(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    till.show_qr()
    till.window.close_unasked()
    assert not till.window.isVisible()
    assert not till.sees("closing")


def test_a_payment_under_way_is_on_screen_again_after_a_restart(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    payment_id = till.show_qr()
    till = launch.start()
    till.until(lambda: till.sees("payment.qr"))
    till.until(lambda: payment_id in till.qr())
    assert till.sees("message.bar")
    till.sandbox.gateway.pay(payment_id)
    till.until(lambda: till.sees("result.new_sale"))


def test_training_cannot_be_mistaken_on_any_screen(launch: type[Launch]) -> None:
    till = launch.start()
    for key in SECTION_KEYS:
        till.press(key, Qt.KeyboardModifier.ControlModifier)
        assert till.sees("training")
    till.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    till.enter_goods("Tea", "120.50")
    till.show_qr()
    assert till.sees("training")
    assert till.sees("payment.open_page")


def test_every_control_has_a_name_and_every_state_text_an_object_name(
    launch: type[Launch],
) -> None:
    from tests.ui.names import nameless

    till = launch.start()
    till.enter_goods("Tea", "120.50")
    till.show_qr()
    for key in SECTION_KEYS:
        till.press(key, Qt.KeyboardModifier.ControlModifier)
        assert nameless(till.window) == []


@pytest.mark.parametrize(
    ("window", "rail", "side"), [(1024, 60, 320), (1366, 92, 384), (1920, 104, 456)]
)
def test_rail_and_side_panel_take_what_the_window_has(
    launch: type[Launch], window: int, rail: int, side: int
) -> None:
    till = launch.start(width=window)
    assert till.find("rail", QWidget).width() == rail
    assert side_panel(till) == side
    till.enter_goods("Tea", "120.50")
    till.show_qr()
    assert side_panel(till) == side
    till.window.resize(1366, 768)
    till.until(lambda: till.find("rail", QWidget).width() == 92)
    assert side_panel(till) == 384


@pytest.mark.parametrize("width", [1024, 1280, 1366])
def test_the_chip_of_a_large_sum_covers_nothing(launch: type[Launch], width: int) -> None:
    till = launch.start(width=width, language="ru")
    till.enter_goods("Шуба", "999999,99")
    till.show_qr()
    till.press(Qt.Key.Key_F7)
    till.until(lambda: till.sees("payment.chip") and till.sees("sale.grid"))
    till.turn(1.1)
    header = till.find("header", QWidget)
    parts = [
        one
        for one in header.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if one.isVisible()
    ]
    covered = [
        (one.objectName(), other.objectName())
        for one, other in combinations(parts, 2)
        if one.geometry().intersects(other.geometry())
    ]
    assert covered == []
    assert header.rect().contains(till.find("header.clock", QWidget).geometry())


def side_panel(till: Driver) -> int:
    """The width of the panel that is seen beside the content."""
    [panel] = [one for one in till.window.findChildren(QWidget, "side") if one.isVisible()]
    return panel.width()
