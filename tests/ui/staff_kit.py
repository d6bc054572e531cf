"""For the tests of sign-in and staff: real people, and keys at a person's pace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cashier.clock import SystemClock
from cashier.domain.staff import Person, Role
from cashier.journal.journal import Journal
from cashier.services.pin_hash import PinHasher
from cashier.services.staff import Staff
from cashier.ui.background import Background
from tests.till_bench import SMALL
from tests.virtual_clock import START

PINS = {
    Role.ADMINISTRATOR: "480917",
    Role.CASHIER: "4807",
    Role.SENIOR: "731905",
    Role.MANAGER: "620853",
}
NAMES = {
    Role.ADMINISTRATOR: "Белова Ирина",
    Role.CASHIER: "Смирнова Анна",
    Role.SENIOR: "Орлова Марина",
    Role.MANAGER: "Ким Олег",
}
WRONG = {4: "9053", 6: "905317"}


class HandClock(SystemClock):
    """Monotonic time that a test moves by hand, from any thread; waits are the machine's."""

    def __init__(self) -> None:
        self.now = 1000.0

    def utc(self) -> datetime:
        return START

    def monotonic(self) -> float:
        return self.now


@dataclass(slots=True)
class Office:
    """The staff of one till, and the bridge to it."""

    staff: Staff
    background: Background
    journal: Journal
    clock: HandClock

    def people(self) -> dict[Role, Person]:
        """One person of each role."""
        return {one.role: one for one in self.all()}

    def all(self) -> tuple[Person, ...]:
        return self.background.call(self.staff.people)

    def current(self) -> Person | None:
        return self.staff.current

    def hire(self) -> dict[Role, Person]:
        """Four people; the administrator is at the till."""

        async def make() -> None:
            await self.staff.make_administrator(NAMES[Role.ADMINISTRATOR], PINS[Role.ADMINISTRATOR])
            for role in (Role.CASHIER, Role.SENIOR, Role.MANAGER):
                await self.staff.add(NAMES[role], role=role, pin=PINS[role])

        self.background.call(make)
        return self.people()

    def sign_in(self, role: Role) -> Person:
        return self.background.call(self.staff.sign_in, self.people()[role].id, PINS[role])


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """Staff with a cheap hash on a journal of its own."""
    clock = HandClock()
    background = Background()
    journal = Journal.open(f"sqlite:///{folder / 'staff.db'}", till="2", clock=clock, limits=SMALL)
    staff = Staff(journal, clock, PinHasher(memory_kib=64, rounds=1))
    try:
        yield Office(staff, background, journal, clock)
    finally:
        background.close()
        journal.close()


def type_pin(clock: HandClock, widget: QWidget, pin: str, *, gap: float = 0.2) -> None:
    """Digits one after the other, `gap` seconds apart; 0.005 is a scanner."""
    for digit in pin:
        clock.now += gap
        QTest.keyClick(widget, Qt.Key(ord(digit)))


def press(clock: HandClock, widget: QWidget, key: Qt.Key, *, gap: float = 0.2) -> None:
    clock.now += gap
    QTest.keyClick(widget, key)
