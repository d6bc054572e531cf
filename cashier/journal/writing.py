"""What every change to the journal stands on: its clock, its record, and compare and set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from cashier.clock import Clock
from cashier.journal import chain
from cashier.journal.reader import Reader
from cashier.journal.till import Till


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a ledger needs besides its connection. `require_room` raises CashierError(DISK_FULL)."""

    clock: Clock
    new_id: Callable[[], str]
    require_room: Callable[[], None]


class Writing(Reader):
    """A writing transaction and the events it appends."""

    def __init__(
        self, connection: Connection, till: Till, *, around: Surroundings, actor: str = ""
    ) -> None:
        super().__init__(connection, till)
        self._around = around
        self._actor = actor
        self.appended: chain.Head | None = None
        """The newest event of this transaction."""

    def record(self, kind: str, subject: str, facts: dict[str, Any]) -> chain.Head:
        """Append an event to this till's chain. Returns its place there."""
        self.appended = chain.append(
            self._connection,
            self._till.id,
            last=self.appended or self.head(),
            kind=kind,
            subject=subject,
            facts=facts,
            utc=self._now(),
            mono=self._around.clock.monotonic(),
            actor=self._actor,
        )
        return self.appended

    def _now(self) -> datetime:
        return self._around.clock.utc()


def breaks(error: IntegrityError, rule: tuple[str, str]) -> bool:
    """Whether `rule` was broken: its name (PostgreSQL), or how SQLite's message ends."""
    name, ending = rule
    text = str(error.orig)
    return name in text or text.endswith(ending)
