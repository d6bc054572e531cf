"""People and their PINs, written to the journal. A PIN itself never comes here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Person, Role
from cashier.journal.goods import fold
from cashier.journal.records import columns
from cashier.journal.schema import people
from cashier.journal.text import clean
from cashier.journal.writing import Writing, breaks

_NAME_INDEX = ("uq_people_folded", "failed: people.folded")


class PeopleLedger(Writing):
    """Each change with its event; only the time that is left of a lock has none."""

    def save_person(self, person: Person) -> Person:
        """Insert somebody new ("" as id gets one) or change name, role and whether they are off.

        PINs and visits are written by their own methods. Raises CashierError: NAME_TAKEN for a
        name that another has but for its case, LAST_ADMINISTRATOR when nobody would be left who
        may administrate.
        """
        admins = self._administrators()
        known = select(people.c.id).where(people.c.id == person.id)
        is_new = self._connection.execute(known).first() is None
        if not is_new and admins == [person.id] and not _administrates(person):
            raise CashierError(Failure.LAST_ADMINISTRATOR)
        person = replace(person, id=person.id or self._around.new_id())
        self._check_name(person)
        facts = {"name": clean(person.name), "role": person.role.value, "is_off": person.is_off}
        row = facts | {"folded": fold(clean(person.name))}
        try:
            if is_new:
                empty = {
                    "id": person.id,
                    "pin_hash": "",
                    "pin_length": 0,
                    "wrong_pins": 0,
                    "lock_left": 0,
                    "last_seen_till": "",
                }
                self._connection.execute(insert(people), row | empty)
            else:
                self._set(person.id, row)
        except IntegrityError as error:
            if not breaks(error, _NAME_INDEX):
                raise
            raise CashierError(Failure.NAME_TAKEN, name=person.name) from error
        self.record("person.added" if is_new else "person.changed", person.id, facts)
        return self.person(person.id)

    def locked_person(self, person_id: str) -> Person:
        """Somebody whom no other till changes until this transaction ends. Raises NOT_FOUND."""
        query = select(people.c.id).where(people.c.id == person_id).with_for_update()
        self._connection.execute(query)
        return self.person(person_id)

    def set_pin(self, person_id: str, *, hashed: str, length: int) -> None:
        """What a PIN is checked against from now on, "" for none; the record has its fingerprint.

        Raises CashierError(NOT_FOUND).
        """
        self.person(person_id)
        set_at = self._now() if hashed else None
        row = columns({"pin_hash": hashed, "pin_length": length, "pin_set_at": set_at})
        self._set(person_id, row)
        self.record("person.pin_set", person_id, {"length": length, "sha256": _print_of(hashed)})

    def note_pins(self, person_id: str, *, wrong: int, lock_left: float) -> None:
        """How many wrong PINs there were in a row, and for how many seconds the door is shut.

        Raises CashierError(NOT_FOUND).
        """
        before = self.person(person_id)
        left = max(0, round(lock_left * 1000))
        self._set(person_id, {"wrong_pins": wrong, "lock_left": left})
        if wrong != before.wrong_pins:
            self.record("person.pins", person_id, {"wrong": wrong, "lock_ms": left})

    def note_sign_in(self, person_id: str) -> None:
        """Somebody began to work at this till. Raises CashierError(NOT_FOUND)."""
        self.person(person_id)
        seen = {"last_seen_at": self._now(), "last_seen_till": self._till.name}
        self._set(person_id, columns(seen))
        self.record("person.signed_in", person_id, {"till": self._till.name})

    def _administrators(self) -> list[str]:
        """Those who may administrate, locked, so that no two tills take away the last two."""
        query = select(people.c.id).where(
            people.c.role == Role.ADMINISTRATOR.value, people.c.is_off.is_(False)
        )
        query = query.order_by(people.c.id).with_for_update()
        return list(self._connection.execute(query).scalars())

    def _check_name(self, person: Person) -> None:
        same = select(people.c.id).where(people.c.folded == fold(clean(person.name)))
        taken = self._connection.execute(same).scalar_one_or_none()
        if taken is not None and taken != person.id:
            raise CashierError(Failure.NAME_TAKEN, name=person.name)

    def _set(self, person_id: str, row: Mapping[str, object]) -> None:
        self._connection.execute(update(people).where(people.c.id == person_id).values(row))


def _administrates(person: Person) -> bool:
    return person.role is Role.ADMINISTRATOR and not person.is_off


def _print_of(hashed: str) -> str:
    return hashlib.sha256(clean(hashed).encode()).hexdigest()
