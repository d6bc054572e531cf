"""Who is at the till, who may do what, and the people themselves.

Every other service asks `require` first: a right is checked here, never in a widget.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Person, Right, Role, pin_digits, role_for
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services.administrator_reset import RESET_NOTE, reset_administrator, reset_one
from cashier.services.approvals import Actor, Approval, Approvals
from cashier.services.pin_guard import PinGuard
from cashier.services.pin_hash import PinHasher
from cashier.services.staff_rules import check_pin, checked_name, keep_an_administrator

__all__ = ["Actor", "Approval", "Staff", "reset_administrator"]


class Staff:
    """Lives on the network thread. PINs are never kept, logged, or put into an exception.

    `changed` is called when `current` or the list of people is another one.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        hasher: PinHasher | None = None,
        *,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self._journal = journal
        self._hasher = hasher or PinHasher()
        self._new_id = new_id
        self._approvals = Approvals(clock, new_id)
        self._guard = PinGuard(journal, clock, self._hasher)
        self._guard.changed = self._note_change
        self.current: Person | None = None
        self.last: str = ""
        self.changed: Callable[[], None] = _nothing

    async def run(self) -> None:
        """Count down for whoever is shut out, until cancelled."""
        await self._guard.run()

    # Who is at the till

    async def people(self) -> tuple[Person, ...]:
        """Everybody, also who is switched off; `lock_left` as it is now."""
        return await self._guard.people()

    async def sign_in(self, person_id: str, pin: str) -> Person:
        """Let somebody sell. Raises CashierError: PIN_WRONG(left), PIN_LOCKED(seconds)."""
        person = await self._guard.check(person_id, pin)
        return await self._let_in(person.id)

    async def sign_in_without_pin(self, person_id: str) -> Person:
        """For training only: its cashier is at the till from the start."""
        return await self._let_in(person_id)

    async def lock(self) -> None:
        """Nobody is at the till any more; `last` remembers who was. Approvals end."""
        before, self.current = self.current, None
        self._approvals.drop()
        if before is not None:
            self.last = before.id
            self.changed()
            await self._journal.write(
                lambda ledger: ledger.record("person.locked", before.id, {}), actor=before.id
            )

    async def sign_out(self) -> None:
        """As `lock`, and nobody is remembered: for another cashier to take over."""
        await self.lock()
        self.last = ""

    async def approve(self, person_id: str, pin: str, right: Right) -> Approval:
        """Allow one action on whoever's screen. Nobody signs in by it.

        Raises CashierError: RIGHT_MISSING (the approver has no such right; the PIN is not looked
        at), PIN_WRONG(left), PIN_LOCKED(seconds).
        """
        known = next((one for one in await self.people() if one.id == person_id), None)
        if known is not None and not known.may(right):
            raise CashierError(Failure.RIGHT_MISSING, right=right, role=role_for(right))
        person = await self._guard.check(person_id, pin)
        actor = self.current.id if self.current else person.id
        facts = {"right": right.name.lower()}
        await self._journal.write(
            lambda ledger: ledger.record("person.approved", person.id, facts), actor=actor
        )
        return self._approvals.give(right, person)

    def spend(self, approval: Approval, right: Right | None = None) -> Person:
        """Use an approval up; a second use or another right raises CashierError(RIGHT_MISSING)."""
        return self._approvals.spend(approval, right or approval.right)

    async def require(self, right: Right, approval: Approval | None = None) -> Actor:
        """Who acts, if they may: by their own right, or by an approval, which is spent.

        A right over money needs the approval even from whoever has it (`domain.staff.needs_pin`).
        Where tills share the journal, what it says of both people at this moment is what counts.
        Raises CashierError(RIGHT_MISSING, right, role), and what a read of the journal raises.
        """
        approver: Person | None = None
        if self.current is not None and approval is not None:
            approver = self._approvals.spend(approval, right)
        if not self._journal.is_file:
            people = await self._journal.read(lambda reader: reader.people())
            self.hear_of(people)
            if approver is not None and not _is_as_was(approver, people):
                approver = None
        current = self.current
        if current is not None and approver is not None:
            return Actor(id=current.id, approver=approver.id, person=current)
        if current is None or approval is not None or not current.may_at_once(right):
            raise CashierError(Failure.RIGHT_MISSING, right=right, role=role_for(right))
        return Actor(id=current.id, approver=current.id, person=current)

    def hear_of(self, people: Iterable[Person]) -> None:
        """Take in who whoever is at the till has become: another till may have changed that.

        Who is switched off is signed out.
        """
        current = self.current
        now = next((one for one in people if current and one.id == current.id), None)
        if current is None or now is None or _standing(now) == _standing(current):
            return
        self.current = None if now.is_off else now
        if now.is_off:
            self._approvals.drop()
        self.changed()

    # The people. All need Right.STAFF.

    async def add(
        self, name: str, *, role: Role, pin: str, approval: Approval | None = None
    ) -> Person:
        """Somebody new, able to sign in at once.

        Raises CashierError: RIGHT_MISSING, FIELD_INVALID (name or pin), NAME_TAKEN, PIN_WEAK.
        """
        check_pin(pin, role)
        text = checked_name(name, await self.people())
        actor = await self.require(Right.STAFF, approval)
        person = Person(id=self._new_id(), name=text, role=role)
        return await self._save(person, actor.id, pin=pin)

    async def change(
        self,
        person_id: str,
        *,
        name: str,
        role: Role,
        pin: str = "",
        approval: Approval | None = None,
    ) -> Person:
        """Another name or role; `pin` is needed where the old one is too short for the role.

        Raises CashierError as `add` does, LAST_ADMINISTRATOR, NOT_FOUND.
        """
        person = await self._find(person_id)
        shortest, _ = pin_digits(role)
        if pin or (not person.is_off and person.pin_length < shortest):
            check_pin(pin, role)
        others = [one for one in await self.people() if one.id != person_id]
        changed = replace(person, name=checked_name(name, others), role=role)
        keep_an_administrator([*others, changed])
        actor = await self.require(Right.STAFF, approval)
        return await self._save(changed, actor.id, pin=pin)

    async def set_pin(
        self, person_id: str, *, pin: str, approval: Approval | None = None
    ) -> Person:
        """A new PIN, typed by its owner; it opens a shut door and a switched-off person too.

        Raises CashierError: RIGHT_MISSING, FIELD_INVALID, PIN_WEAK, NOT_FOUND.
        """
        person = await self._find(person_id)
        check_pin(pin, person.role)
        actor = await self.require(Right.STAFF, approval)
        return await self._save(replace(person, is_off=False), actor.id, pin=pin)

    async def open_sign_in(self, person_id: str, *, approval: Approval | None = None) -> Person:
        """Let somebody try again at once. Raises CashierError: RIGHT_MISSING, NOT_FOUND."""
        await self._find(person_id)
        actor = await self.require(Right.STAFF, approval)
        await self._guard.write_and_open(
            lambda ledger: ledger.note_pins(person_id, wrong=0, lock_left=0.0),
            person_id,
            actor=actor.id,
        )
        self.changed()
        return await self._find(person_id)

    async def switch_off(self, person_id: str, *, approval: Approval | None = None) -> Person:
        """Nobody signs in by that name any more, and its PIN is gone; receipts keep the name.

        Raises CashierError: RIGHT_MISSING, LAST_ADMINISTRATOR, NOT_FOUND.
        """
        people = await self.people()
        person = await self._find(person_id)
        keep_an_administrator([one for one in people if one.id != person_id])
        actor = await self.require(Right.STAFF, approval)
        return await self._save(replace(person, is_off=True), actor.id)

    # Where there is nobody to ask

    async def make_administrator(self, name: str, pin: str) -> Person:
        """The first person of all, signed in at once.

        Raises CashierError: NOT_ALLOWED once there is anybody, FIELD_INVALID, PIN_WEAK.
        """
        if await self.people():
            raise CashierError(Failure.NOT_ALLOWED, action="make_administrator")
        check_pin(pin, Role.ADMINISTRATOR)
        person = Person(id=self._new_id(), name=checked_name(name, ()), role=Role.ADMINISTRATOR)
        await self._save(person, person.id, pin=pin, is_first=True)
        return await self._let_in(person.id)

    async def was_reset(self) -> str:
        """The id of the administrator whose PIN `reset_administrator` has emptied, or ""."""
        return await self._journal.read(reset_one)

    async def renew_administrator(self, person_id: str, pin: str) -> Person:
        """After a reset: the new PIN of that administrator, who is signed in by it.

        Raises CashierError: NOT_ALLOWED for anybody else, FIELD_INVALID, PIN_WEAK.
        """
        if not person_id or await self.was_reset() != person_id:
            raise CashierError(Failure.NOT_ALLOWED, action="renew_administrator")
        person = await self._find(person_id)
        check_pin(pin, person.role)
        await self._save(person, person.id, pin=pin)
        return await self._let_in(person.id)

    # Inside

    def _note_change(self) -> None:
        self.changed()

    async def _find(self, person_id: str) -> Person:
        found = next((one for one in await self.people() if one.id == person_id), None)
        if found is None:
            raise CashierError(Failure.NOT_FOUND)
        return found

    async def _let_in(self, person_id: str) -> Person:
        await self._journal.write(lambda ledger: ledger.note_sign_in(person_id), actor=person_id)
        self._approvals.drop()
        self.current = await self._find(person_id)
        self.last = person_id
        self.changed()
        return self.current

    async def _save(
        self, person: Person, actor: str, *, pin: str = "", is_first: bool = False
    ) -> Person:
        """Write somebody down, with a new PIN if there is one; the rules hold in one transaction.

        A new PIN opens the door; who is switched off has none.
        """
        hashed = await self._hasher.hash(pin) if pin else ""

        def change(ledger: Ledger) -> None:
            others = [one for one in ledger.people() if one.id != person.id]
            if is_first and others:
                raise CashierError(Failure.NOT_ALLOWED, action="make_administrator")
            checked_name(person.name, others)
            ledger.save_person(person)
            if pin or person.is_off:
                ledger.set_pin(person.id, hashed=hashed, length=len(pin))
                ledger.note_pins(person.id, wrong=0, lock_left=0.0)
            keep_an_administrator(ledger.people())
            if pin and ledger.note(RESET_NOTE) == person.id:
                ledger.set_note(RESET_NOTE, "")

        if pin or person.is_off:
            await self._guard.write_and_open(change, person.id, actor=actor)
        else:
            await self._journal.write(change, actor=actor)
        self._approvals.drop_of(person.id)
        saved = await self._find(person.id)
        if self.current is not None and self.current.id == saved.id:
            self.current = None if saved.is_off else saved
        self.changed()
        return saved


def _standing(person: Person) -> tuple[object, ...]:
    return person.name, person.role, person.is_off, person.pin_set_at


def _is_as_was(person: Person, people: Iterable[Person]) -> bool:
    return any(one.id == person.id and _standing(one) == _standing(person) for one in people)


def _nothing() -> None:
    return None
