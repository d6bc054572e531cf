"""The four people that training has ready, with PINs that everybody may know."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from cashier.domain.staff import Person, Role
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services.pin_hash import PinHasher
from cashier.services.staff import Staff

CASHIER_PIN = "1234"
OTHER_PIN = "123456"

_NAMES = {
    "ru": ("Смирнова Анна", "Орлова Марина", "Ким Олег", "Белова Ирина"),
    "en": ("Anna Smirnova", "Marina Orlova", "Oleg Kim", "Irina Belova"),
}


@dataclass(frozen=True, slots=True)
class TrainingPerson:
    """Somebody to practise as. The PIN is no secret: the lock screen says it."""

    name: str
    role: Role
    pin: str


def training_staff(language: str) -> tuple[TrainingPerson, ...]:
    """One person of each role, from the cashier up."""
    return tuple(
        TrainingPerson(name, role, CASHIER_PIN if role is Role.CASHIER else OTHER_PIN)
        for name, role in zip(_NAMES[language], Role, strict=True)
    )


async def start_training(
    staff: Staff, journal: Journal, language: str, *, hasher: PinHasher | None = None
) -> Person:
    """Make the four where there is nobody, and put the cashier at the till without a PIN.

    For a training journal only. Raises CashierError as the journal does.
    """
    people = await staff.people()
    if not people:
        await _make(journal, language, hasher or PinHasher())
        people = await staff.people()
    usable = [one for one in people if one.may_sign_in] or list(people)
    return await staff.sign_in_without_pin(min(usable, key=lambda one: one.role).id)


async def _make(journal: Journal, language: str, hasher: PinHasher) -> None:
    made = []
    for one in training_staff(language):
        person = Person(id=uuid.uuid4().hex, name=one.name, role=one.role)
        made.append((person, await hasher.hash(one.pin), len(one.pin)))

    def change(ledger: Ledger) -> None:
        if ledger.people():
            return
        for person, hashed, length in made:
            ledger.save_person(person)
            ledger.set_pin(person.id, hashed=hashed, length=length)

    await journal.write(change)
