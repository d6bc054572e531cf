"""Doors that wrong PINs have shut: how long they stay so, counted while the till runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cashier.clock import Clock
from cashier.domain.staff import Person

STORE_EVERY = 5.0
"""Seconds after which the time that is left is written down again: a kill gains no more."""


@dataclass(frozen=True, slots=True)
class _Shut:
    left: float
    at: float  # monotonic


class Lockouts:
    """What is left of each, by the monotonic clock; the journal is told by `Staff`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shut: dict[str, _Shut] = {}

    def take(self, people: Iterable[Person]) -> tuple[Person, ...]:
        """The people as they are now: what the journal says, less the time since."""
        return tuple(replace(one, lock_left=self._take(one)) for one in people)

    def shut(self, person_id: str, seconds: float) -> None:
        """Begin to count down; 0 opens."""
        if seconds > 0:
            self._shut[person_id] = _Shut(seconds, self._clock.monotonic())
        else:
            self._shut.pop(person_id, None)

    @property
    def is_any(self) -> bool:
        return bool(self._shut)

    def left(self) -> dict[str, float]:
        """Seconds left by person, 0 for those that have just run out."""
        return {person_id: self._left(one) for person_id, one in self._shut.items()}

    def _take(self, person: Person) -> float:
        known = self._shut.get(person.id)
        if known is None or person.lock_left <= 0:
            self.shut(person.id, person.lock_left)
            return max(0.0, person.lock_left)
        left = self._left(known)
        if person.lock_left > left + 2 * STORE_EVERY:  # shut anew at another till
            self.shut(person.id, person.lock_left)
            return person.lock_left
        return left

    def _left(self, shut: _Shut) -> float:
        return max(0.0, shut.left - (self._clock.monotonic() - shut.at))
