"""Who works at a till of the simulation, how they give their PINs, and what must hold of that.

A manager mistypes now and then, and somebody who has no business there guesses until the door
shuts. `Doors` follows that by itself; `Words` counts every approval against what was done by it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import FIRST_LOCK, LONGEST_LOCK, WRONG_PINS, Person, Right, Role
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services.pin_hash import PinHasher
from cashier.services.staff import Approval, Staff

CASHIER_PIN = "4071"
MANAGER_PIN = "480917"
WRONG_PIN = "735918"
ADMINISTRATOR_PIN = "240681"
_PINS = {
    Role.CASHIER: CASHIER_PIN,
    Role.MANAGER: MANAGER_PIN,
    Role.ADMINISTRATOR: ADMINISTRATOR_PIN,
}


class PlainHasher(PinHasher):
    """No thread and no work: on the virtual loop a check takes a moment of virtual time."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]]) -> None:
        super().__init__()
        self._sleep = sleep

    async def hash(self, pin: str) -> str:
        return f"plain {pin}"

    async def matches(self, hashed: str, pin: str) -> bool:
        await self._sleep(0.03)
        return hashed == f"plain {pin}"


async def hire(journal: Journal, number: int, new_id: Callable[[], str]) -> None:
    """A cashier, a manager and an administrator, able to sign in."""

    def change(ledger: Ledger) -> None:
        for role, pin in _PINS.items():
            person = Person(new_id(), f"{role.name} {number}", role)
            ledger.save_person(person)
            ledger.set_pin(person.id, hashed=f"plain {pin}", length=len(pin))

    await journal.write(change)


class Doors:
    """PINs at one till, seen from outside. Seconds are those for which the till has run."""

    def __init__(self, fail: Callable[[str], None]) -> None:
        self._fail = fail
        self._wrong = 0
        self._shut_until = 0.0

    def passed(self, now: float) -> None:
        """A right PIN was taken."""
        if now < self._shut_until - 0.001:
            self._fail(f"a PIN opened a door that is shut for {self._shut_until - now:.1f} s more")
        self._wrong = 0

    def refused(self, error: CashierError, now: float) -> None:
        """A wrong PIN was refused. One given while the door is shut is not looked at.

        A door may stay shut a little longer than it was told: a death forgets the last seconds.
        """
        over = self._wrong + 1 - WRONG_PINS
        shut_for = min(LONGEST_LOCK, FIRST_LOCK << over) if over >= 0 else 0
        seconds = error.facts.get("seconds")
        is_still_shut = isinstance(seconds, float) and seconds < shut_for
        if now < self._shut_until or is_still_shut:
            return
        self._wrong += 1
        if not shut_for:
            return
        if error.failure is not Failure.PIN_LOCKED:
            self._fail(f"{self._wrong} wrong PINs in a row shut no door")
        self._shut_until = now + shut_for

    def lost(self) -> None:
        """Something failed over a right PIN: nobody knows whether it was counted."""
        self._wrong = 0


@dataclass(slots=True)
class Desk:
    """The people of one run of a till: who sits there, and the manager who comes when called."""

    staff: Staff
    doors: Doors
    ran: Callable[[], float]
    met: Counter[str]
    fail: Callable[[str], None]

    async def sit_down(self, chance: random.Random) -> None:
        """Mostly the cashier; the manager too, unless that door is shut."""
        people = {one.role: one for one in await self.staff.people()}
        if chance.random() < 0.3:
            try:
                await self.staff.sign_in(people[Role.MANAGER].id, MANAGER_PIN)
            except CashierError as error:
                if error.failure is not Failure.PIN_LOCKED:
                    raise
            else:
                self.doors.passed(self.ran())
                return
        await self.staff.sign_in(people[Role.CASHIER].id, CASHIER_PIN)

    async def allow(self, right: Right) -> Approval:
        """The manager gives the PIN. Raises CashierError where the door is shut."""
        manager = await self._find(Role.MANAGER)
        try:
            approval = await self.staff.approve(manager.id, MANAGER_PIN, right)
        except CashierError as error:
            if error.failure is not Failure.PIN_LOCKED:
                self.doors.lost()
            raise
        except BaseException:
            self.doors.lost()
            raise
        self.doors.passed(self.ran())
        self.met["PIN given"] += 1
        return approval

    async def allow_terminal(self) -> Approval:
        """The administrator is there on the first day."""
        person = await self._find(Role.ADMINISTRATOR)
        return await self.staff.approve(person.id, ADMINISTRATOR_PIN, Right.TERMINALS)

    async def mistype(self, right: Right) -> None:
        """A PIN that is nobody's."""
        manager = await self._find(Role.MANAGER)
        try:
            await self.staff.approve(manager.id, WRONG_PIN, right)
        except CashierError as error:
            if error.failure in (Failure.PIN_WRONG, Failure.PIN_LOCKED):
                self.met[f"refusal {error.failure.value}"] += 1
                self.doors.refused(error, self.ran())
        else:
            self.fail("a wrong PIN allowed something")

    async def _find(self, role: Role) -> Person:
        return next(one for one in await self.staff.people() if one.role is role)


_DECIDED = {
    "TAKEN_AS_UNPAID": Right.DECIDE_PAYMENT,
    "RESTORED": Right.DECIDE_PAYMENT,
    "ACCEPTED": Right.DECIDE_MISMATCH,
}


class Words:
    """The approvals of one journal that nothing has been done by yet, by its events alone."""

    def __init__(self) -> None:
        self._left: Counter[str] = Counter()

    def event(
        self, kind: str, facts: dict[str, Any], *, is_adopted: bool, is_sent_again: bool
    ) -> str:
        """Count one event; says what was done without anybody's word, or ""."""
        if kind == "person.approved":
            self._left[facts["right"]] += 1
            return ""
        right = _right_of(kind, facts, is_adopted=is_adopted, is_sent_again=is_sent_again)
        if right is None:
            return ""
        self._left[right.name.lower()] -= 1
        if self._left[right.name.lower()] >= 0:
            return ""
        return f"{kind} by nobody's PIN for {right.name}"


def _right_of(
    kind: str, facts: dict[str, Any], *, is_adopted: bool, is_sent_again: bool
) -> Right | None:
    refund = Right.ADOPT if is_adopted else Right.REFUND
    match kind:
        case "payment.added":
            return Right.ADOPT if facts["is_adopted"] else None
        case "payment.decided":
            return Right.ADOPT if is_adopted else _DECIDED.get(facts["decision"])
        case "refund.added" if not facts["is_external"]:
            return refund
        case "refund.added" if not facts["is_by_sum"]:
            return Right.RECORD_EXTERNAL
        case "refund.moved" if is_sent_again:
            return refund
        case "refund.moved" if facts["to"].startswith("RESOLVED"):
            return Right.RESOLVE_REFUND
        case _:
            return None
