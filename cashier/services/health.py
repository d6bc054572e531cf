"""What is known of the way to the gateway, from every exchange there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from cashier.clock import Clock
from cashier.domain.failure import Failure
from cashier.gateway.outcome import Contact

IDLE_CHECK = 60.0
RETRY_CHECK = 15.0
SILENT_AFTER = 150.0
MISSES_ALLOWED = 1
SKEW_ALLOWED = 120.0


class Link(Enum):
    """What the header says first."""

    NOT_YET = auto()
    CONNECTED = auto()
    MISSED = auto()
    LOST = auto()
    KEY_REFUSED = auto()


@dataclass(frozen=True, slots=True)
class HealthView:
    """`last_answer` and `since` on the monotonic clock; `latency` and `skew` in seconds.

    `skew` is the gateway's clock minus this till's, None while nobody knows.
    """

    link: Link
    since: float
    since_utc: datetime
    last_answer: float | None = None
    latency: float | None = None
    skew: float | None = None
    failure: Failure | None = None

    @property
    def is_clock_wrong(self) -> bool:
        return self.skew is not None and abs(self.skew) > SKEW_ALLOWED


class Health:
    """Collects contacts; whoever shows them asks for `view` after `changed` was called."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._misses = 0
        self._view = HealthView(Link.NOT_YET, clock.monotonic(), clock.utc())
        self.changed: Callable[[], None] = lambda: None

    @property
    def view(self) -> HealthView:
        return self._view

    @property
    def skew(self) -> float:
        """The best guess of the gateway's clock minus ours; 0 while unknown."""
        return self._view.skew or 0.0

    def note(self, contact: Contact) -> None:
        """Take in one exchange. Any readable answer, a refusal too, counts as being connected."""
        now = self._clock.monotonic()
        if contact.failure is Failure.KEY_REFUSED:
            self._misses = 0
            self._view = replace(
                self._view, link=Link.KEY_REFUSED, last_answer=now, failure=contact.failure
            )
        elif contact.failure is None:
            self._misses = 0
            self._view = replace(
                self._view,
                link=Link.CONNECTED,
                last_answer=now,
                latency=contact.latency,
                skew=self._view.skew if contact.skew is None else contact.skew,
                failure=None,
            )
        else:
            self._misses += 1
            self._view = replace(self._view, link=self._link(now), failure=contact.failure)
        self.changed()

    def _link(self, now: float) -> Link:
        last = self._view.last_answer
        if last is None:
            return Link.NOT_YET if self._misses <= MISSES_ALLOWED else Link.LOST
        if self._misses > MISSES_ALLOWED or now - last > SILENT_AFTER:
            return Link.LOST
        return Link.MISSED

    def idle_wait(self) -> float:
        """Seconds until the link should be checked if nothing else is going on."""
        if self._view.link in (Link.MISSED, Link.LOST):
            return RETRY_CHECK
        return IDLE_CHECK
