"""One person's word for one action of another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Person, Right, role_for

LASTS = 5 * 60.0
"""Seconds for which an approval waits to be used."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody with the right has given a PIN for one action. Spent by the service that acts."""

    id: str
    right: Right
    approver: Person


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id` is who is signed in; `approver` who had the right: the same, or another."""

    id: str
    approver: str
    person: Person


class Approver(Protocol):
    """Knows people, and whose PIN allows what: the staff, or a copy's that is to be put back."""

    async def people(self) -> tuple[Person, ...]:
        """Everybody."""

    async def approve(self, person_id: str, pin: str, right: Right) -> Approval:
        """Allow one action. Raises CashierError: RIGHT_MISSING, PIN_WRONG, PIN_LOCKED."""


class Approvals:
    """The approvals that nobody has used yet."""

    def __init__(self, clock: Clock, new_id: Callable[[], str]) -> None:
        self._clock = clock
        self._new_id = new_id
        self._given: dict[str, tuple[Approval, float]] = {}

    def give(self, right: Right, approver: Person) -> Approval:
        """A new one, good for one action within five minutes."""
        approval = Approval(id=self._new_id(), right=right, approver=approver)
        self._given[approval.id] = (approval, self._clock.monotonic())
        return approval

    def spend(self, approval: Approval, right: Right) -> Person:
        """Whoever gave it. It is gone afterwards, whatever for.

        Raises CashierError(RIGHT_MISSING) for a second use, another right, one that has grown
        old, or one that was never given here.
        """
        given, at = self._given.pop(approval.id, (None, 0.0))
        is_fresh = self._clock.monotonic() - at <= LASTS
        if given is None or given != approval or given.right is not right or not is_fresh:
            raise CashierError(Failure.RIGHT_MISSING, right=right, role=role_for(right))
        return given.approver

    def drop_of(self, person_id: str) -> None:
        """Forget what this person gave: who they are, and what they may do, has changed."""
        self._given = {
            one: kept for one, kept in self._given.items() if kept[0].approver.id != person_id
        }

    def drop(self) -> None:
        """Forget all: another person is at the till, or nobody."""
        self._given.clear()
