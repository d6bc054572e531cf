"""What the header may say of the link, from every exchange there was."""

from __future__ import annotations

import pytest

from cashier.domain.failure import Failure
from cashier.gateway.outcome import Contact
from cashier.services.health import IDLE_CHECK, RETRY_CHECK, Health, Link
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


class Line:
    """A health and the exchanges it hears of."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.health = Health(self.clock)

    def answer(self, *, skew: float | None = 0.5, latency: float = 0.1) -> Link:
        self.health.note(Contact(self.clock.utc(), None, latency, skew))
        return self.health.view.link

    def silence(self, failure: Failure = Failure.NO_LINK) -> Link:
        self.health.note(Contact(self.clock.utc(), failure))
        return self.health.view.link

    def failure(self) -> Failure | None:
        return self.health.view.failure


def test_nothing_is_known_before_the_first_exchange() -> None:
    line = Line()
    assert line.health.view.link is Link.NOT_YET
    assert line.health.view.last_answer is None
    assert line.health.skew == 0
    assert not line.health.view.is_clock_wrong


def test_one_miss_is_said_as_one_miss_and_two_as_a_lost_link() -> None:
    line = Line()
    assert line.answer() is Link.CONNECTED
    assert line.silence() is Link.MISSED
    assert line.failure() is Failure.NO_LINK
    assert line.silence(Failure.TIMED_OUT) is Link.LOST
    assert line.failure() is Failure.TIMED_OUT
    assert line.answer() is Link.CONNECTED
    assert line.failure() is None
    assert line.silence() is Link.MISSED


def test_a_link_that_never_was_there_is_lost_after_the_second_try() -> None:
    line = Line()
    assert line.silence() is Link.NOT_YET
    assert line.silence() is Link.LOST


@pytest.mark.parametrize(("silent", "link"), [(150, Link.MISSED), (151, Link.LOST)])
async def test_a_miss_after_a_long_silence_is_a_lost_link(silent: float, link: Link) -> None:
    line = Line()
    line.answer()
    await line.clock.advance(silent)
    assert line.silence() is link


def test_a_refused_key_is_an_answer_that_says_so_until_another_comes() -> None:
    line = Line()
    line.silence()
    line.silence()
    assert line.silence(Failure.KEY_REFUSED) is Link.KEY_REFUSED
    assert line.health.view.last_answer == line.clock.monotonic()
    assert line.answer() is Link.CONNECTED
    line.silence(Failure.KEY_REFUSED)
    assert line.silence() is Link.MISSED


@pytest.mark.parametrize(
    ("skew", "is_wrong"), [(120, False), (121, True), (-120, False), (-121, True)]
)
def test_the_clock_is_wrong_beyond_two_minutes_either_way(skew: float, is_wrong: bool) -> None:
    line = Line()
    line.answer(skew=skew)
    assert line.health.view.is_clock_wrong is is_wrong
    assert line.health.skew == skew


def test_an_answer_without_a_date_keeps_the_last_known_skew() -> None:
    line = Line()
    line.answer(skew=300)
    line.answer(skew=None, latency=0.25)
    assert (line.health.view.skew, line.health.view.latency) == (300, 0.25)
    line.silence()
    assert line.health.view.skew == 300


def test_a_lost_link_is_tried_sooner_than_a_quiet_one() -> None:
    line = Line()
    assert line.health.idle_wait() == IDLE_CHECK
    line.answer()
    assert line.health.idle_wait() == IDLE_CHECK
    line.silence()
    assert line.health.idle_wait() == RETRY_CHECK
    line.silence()
    assert line.health.idle_wait() == RETRY_CHECK


def test_every_exchange_is_told_to_whoever_shows_it() -> None:
    line = Line()
    told: list[Link] = []
    line.health.changed = lambda: told.append(line.health.view.link)
    line.answer()
    line.silence()
    assert told == [Link.CONNECTED, Link.MISSED]
