"""Money that comes when a payment was taken for over: both ways out of it (rows W4, W6, P5, C8)."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Launch
from tests.e2e.driver import SECTION_KEYS
from tests.e2e.late_money import (
    ENDINGS,
    NOTHING,
    TEA,
    clear,
    close_shift,
    figures,
    give_back,
    history_status,
    open_task,
    pay_late,
    printed,
    restore,
)
from tests.e2e.test_office import CONTROL
from tests.ui.refund_kit import MovedClock


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.mark.parametrize("ending", ENDINGS)
def test_w4_w6_p5_c8_a_senior_restores_the_sale_that_was_paid_late(
    launch: type[Launch], clock: MovedClock, ending: str
) -> None:
    till = launch.start(clock=clock)
    payment_id = ENDINGS[ending](till)
    pay_late(till, clock, payment_id)
    restore(till)
    till.press(SECTION_KEYS[0], CONTROL)
    till.until(lambda: till.text("sale.total") == NOTHING)  # nobody can sell it a second time
    assert history_status(till) == "Paid after cancel"
    assert figures(till) == (TEA, NOTHING, TEA)
    report = close_shift(till)
    assert printed(report) == (1, 12050, 0, 0)
    assert report.carried_payments == ()


@pytest.mark.parametrize("ending", ENDINGS)
def test_w4_w6_p5_c8_a_senior_gives_late_money_back(
    launch: type[Launch], clock: MovedClock, ending: str
) -> None:
    till = launch.start(clock=clock)
    payment_id = ENDINGS[ending](till)
    clear(till)
    pay_late(till, clock, payment_id)
    open_task(till)
    give_back(till)
    [refund] = till.sandbox.gateway.refunds.all()
    assert (refund.payment_id, refund.amount) == (payment_id, 12050)
    assert figures(till) == (TEA, "−" + TEA, NOTHING)
    report = close_shift(till)
    assert printed(report) == (1, 12050, 1, 12050)
    assert report.carried_payments == ()
