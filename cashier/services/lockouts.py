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
    wrong: int  # the wrong PINs that shut it


class Lockouts:
    """What is left of each, by the monotonic clock; the journal is told by `Staff`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shut: dict[str, _Shut] = {}

    def take(self, people: Iterable[Person]) -> tuple[Person, ...]:
        """The people as they are now: what the journal says, less the time since."""
        return tuple(replace(one, lock_left=self._take(one)) for one in people)

    def shut(self, person_id: str, seconds: float, *, wrong: int = 0) -> None:
        """Begin to count down after so many wrong PINs; 0 seconds open."""
        if seconds > 0:
            self._shut[person_id] = _Shut(seconds, self._clock.monotonic(), wrong)
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
        if known is not None and person.lock_left > 0 and known.wrong == person.wrong_pins:
            return self._left(known)
        # Not known here, opened since, or shut anew at another till.
        self.shut(person.id, person.lock_left, wrong=person.wrong_pins)
        return max(0.0, person.lock_left)

    def _left(self, shut: _Shut) -> float:
        return max(0.0, shut.left - (self._clock.monotonic() - shut.at))
