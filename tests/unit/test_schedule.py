"""The figures of the schedules, summed over a payment's whole life."""

from __future__ import annotations

import random

import pytest

from cashier.domain.payment import PaymentState
from cashier.services import schedule

HOUR = 3600.0


def reads_until(state: PaymentState, end: float) -> tuple[int, float]:
    """How many reads there are before `end`, and when the last one is."""
    age, reads = 0.0, 0
    while age < end:
        wait = schedule.next_wait(state, age=age, reads=reads)
        if wait is None:
            break
        age += wait
        reads += 1
    return reads, age


def test_an_open_payment_is_read_for_ever() -> None:
    assert schedule.next_wait(PaymentState.OPEN, age=0, reads=0) == 2
    assert schedule.next_wait(PaymentState.OPEN, age=61, reads=0) == 3
    assert schedule.next_wait(PaymentState.OPEN, age=181, reads=0) == 5
    assert schedule.next_wait(PaymentState.OPEN, age=10 * 24 * HOUR, reads=9_999) == 15


def test_an_unknown_payment_is_looked_up_after_1_2_4_8_15_seconds() -> None:
    waits = [schedule.next_wait(PaymentState.UNKNOWN, age=0, reads=n) for n in range(6)]
    assert waits == [1, 2, 4, 8, 15, 15]


def test_a_closing_payment_is_read_after_1_2_4_8_16_30_seconds_then_each_minute() -> None:
    waits = [schedule.next_wait(PaymentState.CLOSING, age=0, reads=n) for n in range(8)]
    assert waits == [1, 2, 4, 8, 16, 30, 60, 60]


@pytest.mark.parametrize("state", [PaymentState.FAILED, PaymentState.CLOSED])
def test_a_dead_payment_is_watched_for_72_hours(state: PaymentState) -> None:
    reads, last = reads_until(state, 1000 * HOUR)
    assert 72 * HOUR <= last <= 73 * HOUR
    assert reads == 10 + 10 + 72 - 1
    assert schedule.next_wait(state, age=72 * HOUR, reads=0) is None


def test_an_abandoned_payment_is_watched_for_seven_days() -> None:
    _, last = reads_until(PaymentState.ABANDONED, 1000 * HOUR)
    assert 7 * 24 * HOUR <= last <= 8 * 24 * HOUR


@pytest.mark.parametrize(
    "state",
    [
        PaymentState.PAID,
        PaymentState.LATE_PAID,
        PaymentState.REFUSED,
        PaymentState.WITHDRAWN,
        PaymentState.PREPARED,
        PaymentState.SENDING,
    ],
)
def test_what_is_certain_is_not_read(state: PaymentState) -> None:
    assert schedule.next_wait(state, age=0, reads=0) is None


def test_errors_are_retried_within_15_seconds_spread_over_the_whole_range() -> None:
    chance = random.Random(1)  # noqa: S311
    waits = [schedule.after_error(errors, chance) for errors in range(1, 400)]
    assert max(waits) <= 15
    assert min(waits) < 1.5
    assert max(waits[10:]) > 12
    assert all(wait <= 2.0 for wait in (schedule.after_error(1, chance) for _ in range(50)))


def test_jitter_stays_within_a_fifth() -> None:
    chance = random.Random(1)  # noqa: S311
    waits = [schedule.jittered(10, chance) for _ in range(500)]
    assert 8 <= min(waits) < 8.3
    assert 11.7 < max(waits) <= 12
