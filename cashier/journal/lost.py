"""The numbers that may have been given out after a copy was made, so that none is given twice."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from cashier.journal import chain
from cashier.journal.chain import Head
from cashier.journal.copies import Verified
from cashier.journal.schema import shifts
from cashier.journal.sqlite import dispose, is_foreign, open_reader

UNKNOWN_GAP = 1000
"""How far the numbers go on where nothing tells how many were given out."""

_EVENTS_A_NUMBER = 2
"""A shift has at least two events, its opening and its end; so has a numbered receipt."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The largest shift number, and of the copy's open shift the largest receipt's.

    `events`: how many events came after the copy; None where nothing tells.
    """

    shift: int
    receipt: int
    events: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """How far one file had come."""

    seq: int
    shift: int
    receipt: int


def numbers_given_out(
    journal: Path, copy_path: Path, copy: Verified, *, known: Head | None
) -> Numbers:
    """What may have been given out, by the journal as it is now, as far as it can be read.

    Where it cannot, or is older than the event `known` from its anchor, the events that are missing
    say how many numbers there can have been at most.
    """
    shift_id, then = _in_copy(copy_path, copy)
    now = _in_journal(journal, copy, shift_id)
    best = now if now is not None and now.seq >= then.seq else then
    if known is not None and known.seq > 0:
        events = max(known.seq, best.seq) - then.seq
        gap = max(known.seq - best.seq, 0)
    elif now is not None:
        events, gap = best.seq - then.seq, 0
    else:
        return Numbers(then.shift + UNKNOWN_GAP, then.receipt + UNKNOWN_GAP, None)
    more = -(-gap // _EVENTS_A_NUMBER)
    return Numbers(best.shift + more, best.receipt + more, events)


def _in_copy(path: Path, copy: Verified) -> tuple[str, _Found]:
    """The id of its open shift, if there is one, and how far it had come."""
    reader = open_reader(path, busy=1)
    try:
        with reader.begin():
            is_open = select(shifts.c.id).where(
                shifts.c.till_id == copy.till.id, shifts.c.closed_at.is_(None)
            )
            shift_id = str(reader.execute(is_open).scalar_one_or_none() or "")
            return shift_id, _look(reader, copy.till.id, shift_id)
    finally:
        dispose(reader)


def _in_journal(path: Path, copy: Verified, shift_id: str) -> _Found | None:
    """None where it cannot be read, or is another till's."""
    try:
        if not path.exists() or path.stat().st_size == 0 or is_foreign(path):
            return None
        reader = open_reader(path, busy=1)
        try:
            with reader.begin():
                found = _look(reader, copy.till.id, shift_id)
        finally:
            dispose(reader)
    except (OSError, sqlite3.Error, DBAPIError):
        return None
    return found if found.seq > 0 else None


def _look(connection: Connection, till_id: str, shift_id: str) -> _Found:
    largest = select(func.max(shifts.c.number)).where(shifts.c.till_id == till_id)
    receipt = select(shifts.c.last_receipt).where(shifts.c.id == shift_id)
    return _Found(
        chain.head(connection, till_id).seq,
        int(connection.execute(largest).scalar_one() or 0),
        int(connection.execute(receipt).scalar_one_or_none() or 0),
    )
