"""Checking a whole journal beside a running till: everything that is wrong, each by its name."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from cashier.domain.failure import CashierError, Failure
from cashier.journal import chain, replay, upgrade
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.check import kept_answers
from cashier.journal.copies import stop_when
from cashier.journal.schema import HEAD, events, tills
from cashier.journal.sqlite import dispose, find_damage, is_foreign, open_reader
from cashier.journal.till import Till

_LIMIT = 100
"""So many problems are told; who has more needs the backup, not the list."""

_BUSY = 5.0
_FILE = "sqlite:///"


class Wrong(Enum):
    """What can be wrong."""

    FILE = "file"
    """SQLite finds its own file damaged; `detail` is what it says."""
    CUT = "cut"
    """The chain ends before the event that the anchor knows: its tail is gone."""
    OTHER = "other"
    """The chain has another event in the place that the anchor knows."""
    GAP = "gap"
    """Events before this one are gone."""
    LINK = "link"
    """This event does not follow the one before it: that one was changed and hashed anew."""
    HASH = "hash"
    """A byte of this event was changed."""
    ANSWER = "answer"
    """The raw answer that this event tells of is gone or was changed."""
    ROW = "row"
    """A payment, refund, receipt or person is not what its events say, in `fields`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`seq` and `kind` name the event of `till`'s chain; `subject` what it is about, if known.

    A problem of a row has its noun ("payment") as `kind`, its id as `subject` and no `seq`.
    """

    wrong: Wrong
    till: str = ""
    seq: int = 0
    kind: str = ""
    subject: str = ""
    fields: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TillHead:
    """Where a till's chain ends."""

    till: str
    head: Head


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and everything that is wrong, up to a hundred."""

    heads: tuple[TillHead, ...]
    payments: int
    refunds: int
    problems: tuple[Problem, ...]

    @property
    def events(self) -> int:
        return sum(one.head.seq for one in self.heads)

    @property
    def is_whole(self) -> bool:
        return not self.problems


def verify(
    url: str, anchor: Path | None = None, *, is_stopped: Callable[[], bool] = lambda: False
) -> Report:
    """Check the chain, the answers' fingerprints, every row against its events, and the anchor.

    Reads through a connection that cannot write, so that a till may be running. As soon as
    `is_stopped` what is read of a file breaks off, and the report is worth nothing. Raises
    CashierError: JOURNAL_DAMAGED where there is no journal to read, JOURNAL_NEWER, JOURNAL_BUSY,
    JOURNAL_FAULT.
    """
    # Read first: the till that is running only ever goes on from there.
    known = Anchor(anchor).read() if anchor else None
    try:
        connection = open_to_read(url, is_stopped=is_stopped)
        try:
            return look(connection, known)
        finally:
            dispose(connection)
    except (sqlite3.Error, DBAPIError) as error:
        if not url.startswith(_FILE) and isinstance(error, DBAPIError):
            from cashier.journal.postgresql import translate

            raise translate(error) from error
        return Report((), 0, 0, (Problem(Wrong.FILE, detail=str(error)),))


def open_to_read(url: str, *, is_stopped: Callable[[], bool]) -> Connection:
    """A connection to a journal that cannot write; whoever opens it disposes of it.

    Raises CashierError: JOURNAL_DAMAGED where there is no journal's file, and as the server's
    connection does; sqlite3.Error.
    """
    if not url.startswith(_FILE):
        from cashier.journal.postgresql_store import PostgresqlStore

        return PostgresqlStore(url, busy=_BUSY).open_reader()
    path = Path(url.removeprefix(_FILE))
    if not path.exists() or path.stat().st_size == 0 or is_foreign(path):
        raise CashierError(Failure.JOURNAL_DAMAGED, path=str(path), reason="missing")
    connection = open_reader(path, busy=_BUSY)
    stop_when(connection, is_stopped)
    return connection


def look(connection: Connection, known: Head | None) -> Report:
    """Check what this connection reads. Raises CashierError as `verify`, and DBAPIError."""
    with connection.begin():
        version = upgrade.version(connection)
        if version is None:
            raise CashierError(Failure.JOURNAL_DAMAGED, reason="missing")
        if version > HEAD:
            raise CashierError(Failure.JOURNAL_NEWER, version=version)
        found = tuple(islice(_problems(connection, known), _LIMIT))
        return Report(
            heads=tuple(
                TillHead(till.name, chain.head(connection, till.id)) for till in _tills(connection)
            ),
            payments=replay.count(connection, replay.PAYMENTS),
            refunds=replay.count(connection, replay.REFUNDS),
            problems=found,
        )


def _problems(connection: Connection, known: Head | None) -> Iterator[Problem]:
    if connection.dialect.name == "sqlite":
        damage = find_damage(connection, quick=False)
        if damage:
            yield Problem(Wrong.FILE, detail=damage)
    every_till = _tills(connection)
    yield from _beside_anchor(connection, every_till, known)
    for till in every_till:
        for row, wrong in chain.walk(connection, till.id, after=Head()):
            if wrong:
                about = {"kind": row["kind"], "subject": row["subject"]}
                yield Problem(Wrong(wrong), till=till.name, seq=row["seq"], **about)
        yield from _answers(connection, till)
    for told in (replay.PAYMENTS, replay.REFUNDS, replay.RECEIPTS, replay.PEOPLE):
        for one in replay.strayed(connection, told):
            yield Problem(Wrong.ROW, kind=one.noun, subject=one.id, fields=one.fields)


def _beside_anchor(
    connection: Connection, every_till: list[Till], known: Head | None
) -> Iterator[Problem]:
    """Whether some till's chain has the event that the anchor knows."""
    if known is None or known.seq == 0:
        return
    query = select(events.c.till_id, events.c.hash).where(events.c.seq == known.seq)
    found = {row.till_id: row.hash for row in connection.execute(query)}
    if known.hash in found.values():
        return
    name = every_till[0].name if len(every_till) == 1 else ""
    wrong = Wrong.OTHER if found else Wrong.CUT
    last = max((chain.head(connection, till.id).seq for till in every_till), default=0)
    seq = known.seq if found else last + 1
    yield Problem(wrong, till=name, seq=seq, detail=f"{seq}-{known.seq}")


def _answers(connection: Connection, till: Till) -> Iterator[Problem]:
    for seq, subject, told, body in kept_answers(connection, till.id, 0):
        if body is None or hashlib.sha256(body).hexdigest() != told["sha256"]:
            yield Problem(
                Wrong.ANSWER, till=till.name, seq=seq, kind="answer.kept", subject=subject
            )


def _tills(connection: Connection) -> list[Till]:
    query = select(tills.c.id, tills.c.name).order_by(tills.c.name)
    return [Till(row.id, row.name) for row in connection.execute(query)]
