"""The way back for an administrator who forgot the PIN: by the rights over the machine."""

from __future__ import annotations

from dataclasses import replace

from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Person, Role
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader

RESET_NOTE = "administrator_reset"


async def reset_administrator(
    journal: Journal, *, name: str = "", is_elevated: bool, by: str
) -> Person:
    """Empty an administrator's PIN, and record it. The next start asks for a new one.

    `name` chooses among several. `is_elevated`: this runs with the rights of the operating
    system's administrator, whose account is `by` (see `cashier.elevation`). Raises CashierError:
    NOT_ALLOWED without these rights, NOT_FOUND(count) where not exactly one is meant.
    """
    if not is_elevated:
        raise CashierError(Failure.NOT_ALLOWED, action="reset_administrator", state="not_elevated")

    def change(ledger: Ledger) -> Person:
        wanted = " ".join(name.split()).casefold()
        found = [
            one
            for one in ledger.people()
            if one.role is Role.ADMINISTRATOR and wanted in ("", one.name.casefold())
        ]
        found = [one for one in found if not one.is_off] or found
        if len(found) != 1:
            raise CashierError(Failure.NOT_FOUND, count=len(found))
        person = replace(found[0], is_off=False)
        ledger.save_person(person)
        ledger.set_pin(person.id, hashed="", length=0)
        ledger.note_pins(person.id, wrong=0, lock_left=0.0)
        ledger.set_note(RESET_NOTE, person.id)
        ledger.record("person.pin_reset", person.id, {"by": by})
        return ledger.person(person.id)

    return await journal.write(change)


def reset_one(reader: Reader) -> str:
    """The id of the administrator who has to choose a new PIN, or ""."""
    return reader.note(RESET_NOTE) or ""
