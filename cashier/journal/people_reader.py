"""Questions about the people who work here. All tills of a journal share them."""

from __future__ import annotations

from sqlalchemy import select

from cashier.domain.staff import Person
from cashier.journal.records import person_of
from cashier.journal.schema import people
from cashier.journal.source import Source


class PeopleReader(Source):
    """Who there is, and what their PINs are checked against."""

    def people(self) -> list[Person]:
        """Everybody by name, those who are switched off last."""
        found = [person_of(row) for row in self._connection.execute(select(people))]
        return sorted(found, key=lambda one: (one.is_off, one.name.casefold(), one.id))

    def person(self, person_id: str) -> Person:
        """Raises CashierError(NOT_FOUND)."""
        return person_of(self._one(select(people).where(people.c.id == person_id)))

    def pin_hash(self, person_id: str) -> str:
        """What a PIN is checked against, "" while none is set. Raises CashierError(NOT_FOUND)."""
        query = select(people.c.pin_hash).where(people.c.id == person_id)
        return str(self._one(query).pin_hash)
