from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Action, PaymentState
from cashier.ui.theme import ThemeController
from cashier.ui.widgets.focus_ring import FocusRing
from tests.ui.payment_kit import framed_page
from tests.ui.payment_stand import Stand, is_busy
from tests.ui.payment_views import SENT, URL, payment_view, till_view
from tests.ui.qr_reading import decoded, rendered

S = PaymentState


@pytest.fixture
def stand(qtbot: QtBot, themed: ThemeController) -> Iterator[Stand]:
    with framed_page() as (frame, notes, clock):
        yield Stand(qtbot, frame, notes, clock)


def test_counters_follow_the_clock(stand: Stand) -> None:
    stand.clock.seconds = 24
    stand.show(payment_view(last_answer=23.0))
    assert stand.text("payment.progress") == "checked 1 s ago · 0:24 so far"
    stand.pass_time(3)
    assert stand.text("payment.progress") == "checked 4 s ago · 0:27 so far"


def test_no_link_is_told_in_a_band_with_the_real_next_check(stand: Stand) -> None:
    stand.clock.seconds = 130
    stand.show(payment_view(misses=2, checks=4, last_answer=92.0, next_check=136.0))
    assert stand.text("payment.band.title") == "No link to the gateway, the QR code is valid"
    assert stand.text("payment.band.right") == "38 s ago"
    assert stand.text("payment.progress") == "2:10 so far · check no. 5 in 6 s"
    stand.pass_time(2)
    assert stand.text("payment.band.right") == "40 s ago"
    stand.show(payment_view(last_answer=132.0))
    assert not stand.has("payment.band")


def test_one_miss_is_no_news(stand: Stand) -> None:
    stand.show(payment_view(misses=1))
    assert not stand.has("payment.band")


def test_a_refused_cancel_says_that_the_customer_is_paying(stand: Stand) -> None:
    stand.show(payment_view(is_cancel_refused=True))
    assert stand.text("payment.band.title") == "The customer is already paying"


def test_expiry_card_appears_in_the_last_five_minutes(stand: Stand) -> None:
    stand.show(payment_view(expires_at=SENT + timedelta(seconds=301)))
    stand.page.tick()
    assert not stand.has("payment.expiry")
    stand.pass_time(2)
    assert stand.text("payment.expiry.left") == "4:59"


def test_expiry_asks_once_and_does_nothing_else(stand: Stand) -> None:
    view = payment_view(expires_at=SENT + timedelta(seconds=10))
    stand.show(view)
    stand.pass_time(9)
    assert stand.notes.names() == []
    for _ in range(4):
        stand.pass_time(1)
        stand.settle()
        stand.page.show_payment(view, till_view(view))
    assert stand.notes.names() == ["check"]
    assert decoded(rendered(stand.page)) == [URL]


def test_no_expiry_no_card(stand: Stand) -> None:
    stand.show(payment_view(expires_at=None))
    stand.pass_time(100_000)
    assert not stand.has("payment.expiry")
    assert stand.notes.names() == []


def test_f5_asks_the_gateway_and_is_busy_meanwhile(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_F5)
    assert stand.button("payment.check").is_busy
    stand.press(Qt.Key.Key_F5)
    stand.settle()
    assert stand.notes.names() == ["check"]
    assert not stand.button("payment.check").is_busy


def test_a_held_f5_asks_once(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_F5)
    stand.settle()
    held = QKeyEvent(
        QKeyEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "", True, 1
    )
    QApplication.sendEvent(QApplication.focusWidget() or stand.page, held)
    stand.settle()
    assert stand.notes.names() == ["check"]


def test_one_esc_arms_and_only_the_second_cancels(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_Escape)
    assert stand.button("payment.cancel").text() == "Press Esc once more"
    stand.settle()
    assert stand.notes.names() == []
    stand.clock.seconds += 2.9
    stand.press(Qt.Key.Key_Escape)
    stand.settle()
    assert stand.notes.names() == ["cancel"]


def test_a_second_esc_that_comes_too_late_arms_again(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_Escape)
    stand.pass_time(3.1)
    assert stand.button("payment.cancel").text() == "Cancel payment"
    stand.press(Qt.Key.Key_Escape)
    stand.settle()
    assert stand.notes.names() == []
    assert stand.button("payment.cancel").text() == "Press Esc once more"


def test_the_cancel_button_needs_two_clicks_too(stand: Stand) -> None:
    stand.show(payment_view())
    for expected in ([], ["cancel"]):
        QTest.mouseClick(stand.find("payment.cancel"), Qt.MouseButton.LeftButton)
        stand.settle()
        assert stand.notes.names() == expected


def test_cancel_while_the_bank_works_warns_first(stand: Stand) -> None:
    stand.show(payment_view(status="process"))
    stand.press(Qt.Key.Key_Escape)
    assert "already processing" in stand.text("payment.band.title")
    assert stand.notes.names() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F12])
@pytest.mark.parametrize("state", [S.SENDING, S.OPEN, S.CLOSING, S.UNKNOWN, S.QUARANTINE])
def test_enter_and_f12_are_dead_while_the_outcome_is_open(
    stand: Stand, state: PaymentState, key: Qt.Key
) -> None:
    stand.show(payment_view(state))
    with stand.qtbot.assertNotEmitted(stand.page.new_qr_requested):
        stand.press(key)
        stand.settle()
    assert stand.notes.names() == []


@pytest.mark.parametrize("state", [S.SENDING, S.CLOSING, S.UNKNOWN, S.QUARANTINE])
def test_esc_is_dead_where_nothing_can_be_cancelled(stand: Stand, state: PaymentState) -> None:
    stand.show(payment_view(state))
    stand.press(Qt.Key.Key_Escape)
    stand.press(Qt.Key.Key_Escape)
    stand.settle()
    assert stand.notes.names() == []


@pytest.mark.parametrize("state", list(PaymentState))
def test_f7_leaves_for_the_background_only_where_the_table_says(
    stand: Stand, state: PaymentState
) -> None:
    view = payment_view(state)
    stand.show(view)
    left: list[bool] = []
    stand.page.background_requested.connect(lambda: left.append(True))
    stand.press(Qt.Key.Key_F7)
    assert bool(left) is (view.payment.allows(Action.BACKGROUND) and state is not S.PAID)


@pytest.mark.parametrize("state", [S.FAILED, S.CLOSED, S.ABANDONED])
def test_f12_asks_for_a_new_code_once(stand: Stand, state: PaymentState) -> None:
    view = payment_view(state)
    stand.show(view)
    asked: list[str] = []
    stand.page.new_qr_requested.connect(asked.append)
    stand.press(Qt.Key.Key_F12)
    stand.press(Qt.Key.Key_F12)
    assert asked == [view.payment.receipt_id]
    retry = stand.button("result.retry")
    assert is_busy(retry)
    assert retry.accessibleName() == "Checking the earlier payment…"
    assert not stand.button("payment.back").isEnabled()
    stand.page.retry_ended()
    assert not is_busy(retry)
    stand.press(Qt.Key.Key_F12)
    assert len(asked) == 2


@pytest.mark.parametrize("state", [S.FAILED, S.CLOSED, S.ABANDONED, S.REFUSED, S.WITHDRAWN])
def test_enter_is_dead_on_outcomes(stand: Stand, state: PaymentState) -> None:
    stand.show(payment_view(state))
    with stand.qtbot.assertNotEmitted(stand.page.new_qr_requested):
        stand.press(Qt.Key.Key_Return)
        stand.settle()
    assert stand.notes.names() == []


@pytest.mark.parametrize("state", [S.FAILED, S.CLOSED, S.ABANDONED, S.REFUSED, S.WITHDRAWN])
def test_esc_takes_the_receipt_back(stand: Stand, state: PaymentState) -> None:
    stand.show(payment_view(state))
    with stand.qtbot.waitSignal(stand.page.receipt_taken_back, timeout=2000) as taken:
        stand.press(Qt.Key.Key_Escape)
    assert stand.notes.names() == ["back_to_receipt"]
    assert taken.args[0].number == "187-058"


def test_what_was_not_sent_is_sent_again_by_f12(stand: Stand) -> None:
    stand.show(payment_view(S.PREPARED, payment_url=""))
    stand.press(Qt.Key.Key_F12)
    assert stand.button("payment.send").is_busy
    stand.settle()
    assert stand.notes.names() == ["send"]


def test_what_was_not_sent_is_withdrawn_before_the_receipt_comes_back(stand: Stand) -> None:
    stand.show(payment_view(S.PREPARED, payment_url=""))
    with stand.qtbot.waitSignal(stand.page.receipt_taken_back, timeout=2000):
        stand.press(Qt.Key.Key_Escape)
    assert stand.notes.names() == ["withdraw", "back_to_receipt"]


def test_trouble_of_a_use_case_is_raised_and_frees_the_button(stand: Stand) -> None:
    stand.show(payment_view())
    stand.settle()
    stand.notes.trouble = CashierError(Failure.JOURNAL_BUSY)
    with stand.qtbot.waitSignal(stand.page.problem_raised, timeout=2000) as raised:
        stand.press(Qt.Key.Key_F5)
    assert raised.args[0].failure is Failure.JOURNAL_BUSY
    assert not stand.button("payment.check").is_busy


def test_the_page_itself_is_no_stop_of_tab_and_wears_no_ring(stand: Stand) -> None:
    ring = FocusRing(stand.frame)
    stand.show(payment_view())
    keyboard = stand.frame.windowHandle()
    QTest.keyClick(keyboard, Qt.Key.Key_A)
    assert not ring.isVisible()
    seen = []
    for _ in range(4):
        QTest.keyClick(keyboard, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert ring.isVisible()
        seen.append(focus.objectName())
    assert seen == ["payment.check", "payment.cancel", "payment.check", "payment.cancel"]


def test_the_keyboard_stays_on_the_page_when_the_button_in_focus_goes(stand: Stand) -> None:
    stand.show(payment_view(S.CLOSED))
    stand.button("result.retry").setFocus()
    stand.press(Qt.Key.Key_F12)
    focus = QApplication.focusWidget()
    assert focus is stand.page or (focus is not None and stand.page.isAncestorOf(focus))
    stand.show(payment_view(S.UNKNOWN))
    focus = QApplication.focusWidget()
    assert focus is stand.page or (focus is not None and stand.page.isAncestorOf(focus))


def test_the_sum_above_a_large_qr_is_not_green_which_means_paid(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_F11)
    amount = stand.find("payment.qr_large.amount")
    picture = amount.grab().toImage()
    inks = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(0, picture.height(), 3)
    }
    assert "#12151a" in inks
    assert "#084c2d" not in inks
