"""Late money of a receipt that was paid twice, of a closed till, of an earlier shift (W4, C8)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.e2e.conftest import Launch
from tests.e2e.driver import DEAF_FOR, SECTION_KEYS
from tests.e2e.late_money import (
    TEA,
    cancel,
    clear,
    close_shift,
    decline,
    figures,
    give_back,
    has_task,
    history_status,
    open_task,
    pay_late,
    printed,
    restore,
)
from tests.e2e.test_office import CONTROL, sell
from tests.ui.refund_kit import MovedClock


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


def test_c8_a_receipt_that_was_paid_by_another_qr_offers_the_refund_alone(
    launch: type[Launch], clock: MovedClock
) -> None:
    till = launch.start(clock=clock)
    first = cancel(till)
    second = till.show_qr()
    till.sandbox.gateway.pay(second)
    till.until(lambda: till.sees("result.title"))
    till.turn(DEAF_FOR + 0.2)
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.sees("sale.entry"))
    pay_late(till, clock, first)
    open_task(till)
    assert not till.sees("decide.restore")
    give_back(till)
    [refund] = till.sandbox.gateway.refunds.all()
    assert (refund.payment_id, refund.amount) == (first, 12050)
    assert figures(till) == ("241.00\xa0₽", "−" + TEA, TEA)
    assert printed(close_shift(till)) == (2, 24100, 1, 12050)


def test_c8_money_that_came_while_the_till_was_closed_is_a_task_at_the_next_start(
    launch: type[Launch], clock: MovedClock
) -> None:
    till = launch.start(clock=clock)
    payment_id = cancel(till)
    launch.stop()
    clock.ahead += 8 * 3600
    till = launch.start(clock=clock)
    till.sandbox.gateway.pay(payment_id)
    launch.stop()
    till = launch.start(clock=clock)
    till.until(lambda: has_task(till))
    restore(till)
    assert history_status(till) == "Paid after cancel"


def test_w4_late_money_of_an_earlier_shift_counts_in_the_one_it_came_in(
    launch: type[Launch], clock: MovedClock
) -> None:
    till = launch.start(clock=clock)
    payment_id = decline(till)
    clear(till)
    assert printed(close_shift(till)) == (0, 0, 0, 0)
    clock.ahead += 600
    till.press(SECTION_KEYS[0], CONTROL)
    sell(till, "Bun", "45.00")
    pay_late(till, clock, payment_id, every=400)
    assert printed(close_shift(till)) == (2, 16550, 0, 0)
    till.press(SECTION_KEYS[0], CONTROL)
    open_task(till)
    give_back(till)
    till.press(SECTION_KEYS[0], CONTROL)
    till.until(lambda: till.sees("sale.entry"))
    assert printed(close_shift(till)) == (0, 0, 1, 12050)
