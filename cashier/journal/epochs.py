"""A journal that was put back from a copy begins a new epoch, told by two kinds of events.

Refunds made after the copy are not in it, so that none begins until a manager has said that they
were looked up and entered (row G12).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cashier.journal import chain
from cashier.journal.schema import events
from cashier.journal.source import Source

RESTORE = "restore"
"""What these events are about, so that they are found without reading the others."""

RESTORED = "journal.restored"
CHECKED = "journal.checked"
RECONCILED = "journal.reconciled"

SHIFT_FLOOR = "shift_floor"
"""The note with the largest shift number that may have been given out after the copy; a till's id
follows."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """A restore that nobody has reconciled yet. Times are UTC.

    `copied_at`: the copy's newest event; what happened after it, the journal does not know.
    `is_checked`: the gateway has been asked about what is known, and answered.
    """

    at: datetime
    copied_at: datetime
    is_checked: bool


class EpochReader(Source):
    """Whether this journal goes on from a copy."""

    def restoration(self) -> Restoration | None:
        """The restore that waits for a manager; of any till that shares the journal."""
        query = (
            select(events)
            .where(events.c.subject == RESTORE)
            .order_by(events.c.till_id, events.c.seq)
        )
        waiting: dict[str, Restoration] = {}
        for row in self._connection.execute(query):
            event = chain.event_of(row)
            if event.kind == RESTORED:
                copied_at = datetime.fromisoformat(event.facts["copied_at"])
                waiting[event.till] = Restoration(event.utc, copied_at, is_checked=False)
            elif event.kind == RECONCILED:
                waiting.pop(event.till, None)
            elif event.kind == CHECKED and event.till in waiting:
                before = waiting[event.till]
                is_checked = event.facts["unanswered"] == 0
                waiting[event.till] = Restoration(before.at, before.copied_at, is_checked)
        return min(waiting.values(), key=lambda one: one.at, default=None)
