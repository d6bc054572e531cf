"""The people as the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QObject

from cashier.domain.staff import Person
from cashier.ui import formats
from cashier.ui.office_texts import role_text
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import Cell
from cashier.ui.widgets.cell_model import CellModel
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate


class StaffColumn(IntEnum):
    """From left to right."""

    NAME = 0
    ROLE = 1
    PIN = 2
    SEEN = 3
    STATE = 4


class StaffModel(CellModel):
    """`left_of`: for how many seconds somebody is still shut out. `here`: who is signed in."""

    columns = StaffColumn

    def __init__(
        self,
        *,
        left_of: Callable[[Person], float],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._left_of = left_of
        self._now = now
        self._here = ""
        self._is_narrow = False
        self._people: tuple[Person, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        return self._people

    def show_people(self, people: Sequence[Person], *, here: str) -> None:
        """Everybody, the highest role first, who is switched off at the end."""
        self.beginResetModel()
        self._here = here
        self._people = tuple(
            sorted(people, key=lambda one: (one.is_off, -one.role, one.name.casefold()))
        )
        self.endResetModel()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what there is no room for."""
        self._is_narrow = narrow
        self.repaint()

    def row_of(self, person_id: str) -> int:
        """The person's row, or -1."""
        return next((row for row, one in enumerate(self._people) if one.id == person_id), -1)

    def _count(self) -> int:
        return len(self._people)

    def _head(self, column: int) -> str:
        match StaffColumn(column):
            case StaffColumn.NAME:
                return translate("StaffModel", "Person")
            case StaffColumn.ROLE:
                return translate("StaffModel", "Role")
            case StaffColumn.PIN:
                return translate("StaffModel", "PIN")
            case StaffColumn.SEEN:
                return translate("StaffModel", "Last sign-in")
            case StaffColumn.STATE:
                return translate("StaffModel", "Sign-in")

    def _cell(self, row: int, column: int) -> Cell:
        person = self._people[row]
        ink = "text-3" if person.is_off else "text"
        match StaffColumn(column):
            case StaffColumn.NAME:
                return Cell(text=person.name, colour=ink, strong=not person.is_off)
            case StaffColumn.ROLE:
                return Cell(text=role_text(person.role), colour=ink, px=15)
            case StaffColumn.PIN:
                cell = self._pin_cell(person, ink)
                return replace(cell, unit="") if self._is_narrow else cell
            case StaffColumn.SEEN:
                return self._seen_cell(person, ink)
            case StaffColumn.STATE:
                return self._state_cell(person)

    def _pin_cell(self, person: Person, ink: str) -> Cell:
        if not person.pin_length:
            return Cell(text=translate("StaffModel", "none"), colour="text-3", px=15)
        text = self.tr("%n digits", "", person.pin_length)
        unit = ""
        if person.wrong_pins:
            tries = self.tr("%n wrong tries", "", person.wrong_pins)
            unit = f"· {tries}"
        elif person.pin_set_at is not None:
            day = formats.date(current_language(), person.pin_set_at.astimezone().date())
            unit = "· " + translate("StaffModel", "set {0}").format(day)
        return Cell(text=text, unit=unit, colour=ink, px=15)

    def _seen_cell(self, person: Person, ink: str) -> Cell:
        if person.last_seen_at is None:
            return Cell(text="—", colour="text-3", px=15)
        where = translate("StaffModel", "till {0}").format(person.last_seen_till)
        unit = f"· {where}" if person.last_seen_till else ""
        if person.id == self._here:
            return Cell(text=translate("StaffModel", "now"), unit=unit, colour=ink, px=15)
        text = _moment(person.last_seen_at.astimezone(), self._now().astimezone().date())
        return Cell(text=text, unit=unit, colour=ink, px=15)

    def _state_cell(self, person: Person) -> Cell:
        if person.is_off:
            return Cell(text=translate("StaffModel", "Off"), badge=Tone.MUTE, icon="ban")
        left = self._left_of(person)
        if left > 0:
            wait = formats.duration(left + 0.999)
            text = translate("StaffModel", "Shut, {0} left").format(wait)
            return Cell(text=text, badge=Tone.WARN, icon="user-lock")
        if not person.pin_length:
            return Cell(
                text=translate("StaffModel", "Needs a PIN"), badge=Tone.WARN, icon="user-lock"
            )
        return Cell(text=translate("StaffModel", "Open"), badge=Tone.OK, icon="circle-check")


def _moment(moment: datetime, today: date) -> str:
    at = formats.clock(moment)
    days = (today - moment.date()).days
    if days == 0:
        return translate("StaffModel", "today, {0}").format(at)
    if days == 1:
        return translate("StaffModel", "yesterday, {0}").format(at)
    return f"{formats.date(current_language(), moment.date())}, {at}"
