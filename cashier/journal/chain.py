"""The hash-chained record of events: appending to it, reading it, checking it.

One chain per till. An event's hash is SHA-256 over the previous hash and every stored value of
the event, so that no byte of it can change, and no event can go, unnoticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, bindparam, insert, select

from cashier.journal.errors import BrokenChainError
from cashier.journal.schema import events
from cashier.journal.text import canonical, clean, moment, stamp

GENESIS = "0" * 64
"""The hash before the first event."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest event of a chain; seq 0 before the first."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `utc` may jump, `mono` is milliseconds of this run's clock."""

    seq: int
    till: str
    kind: str
    subject: str
    facts: dict[str, Any]
    utc: datetime
    mono: int
    actor: str
    prev_hash: str
    hash: str


_BATCH = 500
"""Events that are in memory at once while a chain is checked."""

# Built once: making a statement costs more than running it.
_HEAD = (
    select(events.c.seq, events.c.hash)
    .where(events.c.till_id == bindparam("till"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
_APPEND = insert(events)


def head(connection: Connection, till_id: str) -> Head:
    """The newest event of that till."""
    row = connection.execute(_HEAD, {"till": till_id}).first()
    return Head(row.seq, row.hash) if row else Head()


def append(
    connection: Connection,
    till_id: str,
    *,
    last: Head,
    kind: str,
    subject: str,
    facts: dict[str, Any],
    utc: datetime,
    mono: float,
    actor: str,
) -> Head:
    """Add an event after `last`, the head of the till's chain. `mono` in seconds."""
    row = {
        "till_id": till_id,
        "seq": last.seq + 1,
        "kind": kind,
        "subject": clean(subject),
        "data": canonical(facts),
        "utc": stamp(utc),
        "mono": int(mono * 1000),
        "actor": clean(actor),
        "prev_hash": last.hash,
    }
    row["hash"] = digest(row)
    connection.execute(_APPEND, row)
    return Head(last.seq + 1, str(row["hash"]))


def digest(row: Mapping[str, Any] | RowMapping) -> str:
    """The hash of an event from its stored values, the previous hash among them."""
    names = ("till_id", "seq", "kind", "subject", "data", "utc", "mono", "actor")
    body = canonical([row[name] for name in names])
    return hashlib.sha256(row["prev_hash"].encode() + body.encode()).hexdigest()


def check(connection: Connection, till_id: str, *, after: Head | None = None) -> Head:
    """Check every event after `after`, which is taken as good; its own place is checked too.

    Returns the head. Raises BrokenChainError for a changed, missing or foreign event.
    """
    last = Head()
    if after is not None and after.seq > 0:
        _check_mark(connection, till_id, after)
        last = after
    with closing(walk(connection, till_id, after=last)) as walked:
        for row, wrong in walked:
            if wrong:
                raise BrokenChainError(wrong, seq=last.seq + 1 if wrong == "gap" else row["seq"])
            last = Head(row["seq"], row["hash"])
    return last


def walk(connection: Connection, till_id: str, *, after: Head) -> Generator[tuple[RowMapping, str]]:
    """Every event after `after`, and what is wrong with it: "", "gap", "link" or "hash"."""
    last = after
    query = (
        select(events)
        .where(events.c.till_id == till_id, events.c.seq > last.seq)
        .order_by(events.c.seq)
        .execution_options(yield_per=_BATCH)
    )
    with connection.execute(query) as result:
        for row in result.mappings():
            yield row, "gap" if row["seq"] != last.seq + 1 else _wrong(row, last.hash)
            last = Head(row["seq"], row["hash"])


def _check_mark(connection: Connection, till_id: str, mark: Head) -> None:
    query = select(events).where(events.c.till_id == till_id, events.c.seq == mark.seq)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise BrokenChainError("cut", seq=mark.seq)
    if row["hash"] != mark.hash:
        raise BrokenChainError("hash", seq=mark.seq)
    wrong = _wrong(row, row["prev_hash"])
    if wrong:
        raise BrokenChainError(wrong, seq=mark.seq)


def _wrong(row: RowMapping, prev_hash: str) -> str:
    if row["prev_hash"] != prev_hash:
        return "link"
    return "hash" if row["hash"] != digest(row) else ""


def event_of(row: Row[Any]) -> Event:
    return Event(
        seq=row.seq,
        till=row.till_id,
        kind=row.kind,
        subject=row.subject,
        facts=json.loads(row.data),
        utc=moment(row.utc),
        mono=row.mono,
        actor=row.actor,
        prev_hash=row.prev_hash,
        hash=row.hash,
    )
