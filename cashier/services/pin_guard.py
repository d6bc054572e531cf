"""Checks PINs one at a time, counts the wrong ones, and keeps shut doors shut over a restart."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import WRONG_PINS, Person, lock_after
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services.lockouts import STORE_EVERY, Lockouts
from cashier.services.pin_hash import PinHasher

logger = logging.getLogger(__name__)

T = TypeVar("T")


class PinGuard:
    """`changed` is called when a door shuts or opens. PINs are neither kept nor logged."""

    def __init__(self, journal: Journal, clock: Clock, hasher: PinHasher) -> None:
        self._journal = journal
        self._clock = clock
        self._hasher = hasher
        self._lockouts = Lockouts(clock)
        self._one_at_a_time = anyio.Lock()
        self._shut = anyio.Event()
        self.changed: Callable[[], None] = _nothing

    async def run(self) -> None:
        """Count down what is shut and write it down at least every 5 s, until cancelled."""
        await self.people()
        while True:
            self._shut = anyio.Event()
            if not self._lockouts.is_any:
                await self._shut.wait()
            soonest = min(self._lockouts.left().values(), default=STORE_EVERY)
            await self._clock.wait(min(STORE_EVERY, soonest), self._shut)
            try:
                await self.store()
            except CashierError as error:  # a full disk must not open a door
                logger.warning("the time that is left is not stored: %s", error.failure.value)
                await self._clock.wait(STORE_EVERY)

    async def store(self) -> None:
        """Write down how long whoever is shut out still has to wait."""
        async with self._one_at_a_time:
            left = self._lockouts.left()
            if not left:
                return

            def change(ledger: Ledger) -> None:
                for person in ledger.people():
                    if person.id in left and person.lock_left > 0:
                        ledger.note_pins(
                            person.id, wrong=person.wrong_pins, lock_left=left[person.id]
                        )

            await self._journal.write(change)
            over = [person_id for person_id, seconds in left.items() if seconds <= 0]
            for person_id in over:
                self._lockouts.shut(person_id, 0)
        if over:
            self.changed()

    async def people(self) -> tuple[Person, ...]:
        """Everybody, with `lock_left` as it is now."""
        async with self._one_at_a_time:
            return await self._people()

    async def write_and_open(
        self, change: Callable[[Ledger], T], person_id: str, *, actor: str
    ) -> T:
        """Run a change after which that person's door is open, whatever was before."""
        async with self._one_at_a_time:
            result = await self._journal.write(change, actor=actor)
            self._lockouts.shut(person_id, 0)
            return result

    async def check(self, person_id: str, pin: str) -> Person:
        """The person whose PIN this is. A wrong try is on the disk before anybody hears of it.

        Takes as long for somebody who is not there, is switched off or has no PIN. Raises
        CashierError: PIN_WRONG(left), PIN_LOCKED(seconds).
        """
        with anyio.CancelScope(shield=True):
            async with self._one_at_a_time:
                person = await self._check(person_id, pin)
        return person

    async def _check(self, person_id: str, pin: str) -> Person:
        known = {one.id: one for one in await self._people()}
        person = known.get(person_id)
        if person is not None and person.lock_left > 0:
            raise CashierError(Failure.PIN_LOCKED, seconds=person.lock_left)
        hashed = ""
        if person is not None and person.may_sign_in:
            hashed = await self._journal.read(lambda reader: reader.pin_hash(person_id))
        is_right = await self._hasher.matches(hashed, pin)
        if person is None or not hashed:
            raise CashierError(Failure.PIN_WRONG, left=WRONG_PINS - 1)
        if not is_right or person.wrong_pins:
            await self._count(person.id, is_right=is_right)
        return person

    async def _count(self, person_id: str, *, is_right: bool) -> None:
        def count(ledger: Ledger) -> Person:
            # Another till may be counting the same person's tries.
            wrong = 0 if is_right else ledger.locked_person(person_id).wrong_pins + 1
            ledger.note_pins(person_id, wrong=wrong, lock_left=float(lock_after(wrong)))
            return ledger.person(person_id)

        person = await self._journal.write(count)
        wrong, shut_for = person.wrong_pins, float(lock_after(person.wrong_pins))
        if is_right:
            return
        self._lockouts.shut(person.id, shut_for, wrong=wrong)
        if not shut_for:
            raise CashierError(Failure.PIN_WRONG, left=WRONG_PINS - wrong)
        self._shut.set()
        self.changed()
        raise CashierError(Failure.PIN_LOCKED, seconds=shut_for)

    async def _people(self) -> tuple[Person, ...]:
        was_any = self._lockouts.is_any
        people = self._lockouts.take(await self._journal.read(lambda reader: reader.people()))
        if self._lockouts.is_any and not was_any:
            self._shut.set()
        return people


def _nothing() -> None:
    return None
