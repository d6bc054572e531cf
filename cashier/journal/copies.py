"""Verified copies of a journal's file, kept in a folder beside it.

A copy is made by SQLite's online backup, checked as a whole, and only then given its name: what has
a name of a copy was good when it was made. It holds no key, for there is none in a journal.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from cashier.domain.failure import CashierError, Failure
from cashier.journal import upgrade
from cashier.journal.chain import Head
from cashier.journal.check import check_record
from cashier.journal.errors import BrokenChainError
from cashier.journal.reader import Reader
from cashier.journal.schema import HEAD, events, payments, tills
from cashier.journal.space import Limits, free_bytes
from cashier.journal.sqlite import dispose, find_damage, is_foreign, open_reader, own_folder
from cashier.journal.text import moment
from cashier.journal.till import Till
from cashier.whole_file import sync_file, sync_folder

T = TypeVar("T")

KEPT = 7
_FOLDER = "backups"
_NAME = re.compile(r"journal-(\d{5,})-(\d{8}T\d{6}Z)-(\d+)-([a-z]+)\.db")
_TIME = "%Y%m%dT%H%M%SZ"
_PARTIAL = "journal.partial"
_STEPS = 1_000
"""SQLite's instructions between two looks at whether to stop."""


class Reason(Enum):
    """Why a copy was made."""

    DAILY = "daily"
    SHIFT = "shift"
    ASKED = "asked"
    UPDATE = "update"
    """Before the schema was brought up."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was verified when it was made. `seq`: how many events it holds; `size` in bytes.

    `serial` counts copies, so that no change of the clock makes an old one the newest.
    """

    path: Path
    serial: int
    taken_at: datetime
    seq: int
    reason: Reason
    size: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What a copy holds. `at` is the time of its newest event."""

    till: Till
    head: Head
    at: datetime
    payments: int
    schema: str


def copies_of(journal: Path) -> tuple[Copy, ...]:
    """The copies of the journal at that path, the newest first."""
    found = []
    with suppress(OSError):
        for path in _folder(journal).iterdir():
            copy = _copy(path)
            if copy is not None:
                found.append(copy)
    return tuple(sorted(found, key=lambda one: one.serial, reverse=True))


def back_up(
    journal: Path,
    source: Connection,
    *,
    reason: Reason,
    at: datetime,
    known: Head,
    limits: Limits | None = None,
    probe: Callable[[Path], int] = free_bytes,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Copy:
    """Copy the journal at that path through `source`, a connection to it, and check the copy.

    It has to hold the event `known`. Seven are kept, fewer where room is short: then the oldest go,
    never the newest. Raises CashierError(COPY_FAILED, reason): "room", "damaged", "stopped" or the
    system's words; the copies before it are still there, those given up for room excepted.
    """
    folder = _folder(journal)
    partial = folder / _PARTIAL
    try:
        own_folder(folder)
        _make_room(journal, (limits or Limits()).room, probe)
        _remove(partial)
        write_copy(source, partial)
        head = verify_copy(partial, holding=known, is_stopped=is_stopped).head
        serial = max((one.serial for one in copies_of(journal)), default=0) + 1
        name = f"journal-{serial:05}-{at.astimezone(UTC):{_TIME}}-{head.seq}-{reason.value}.db"
        kept = partial.replace(folder / name)
        sync_folder(folder)
    except CashierError as error:
        _drop(partial)
        if error.failure is Failure.COPY_DAMAGED:
            told = "stopped" if is_stopped() else "damaged"
            raise CashierError(Failure.COPY_FAILED, reason=told) from error
        raise
    except (OSError, sqlite3.Error, DBAPIError) as error:
        _drop(partial)
        raise CashierError(Failure.COPY_FAILED, reason=_words(error)) from error
    for old in copies_of(journal)[KEPT:]:
        _drop(old.path)
    made = _copy(kept)
    if made is None:
        raise CashierError(Failure.COPY_FAILED, reason="gone")
    return made


def write_copy(source: Connection, target: Path) -> None:
    """SQLite's online backup into the new file `target`, its owner's alone, safe on the disk."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    raw = cast("sqlite3.Connection", source.connection.driver_connection)
    with closing(sqlite3.connect(target)) as copy:
        # Nobody reads the file before it is whole, so that one sync at its end will do; the log of
        # the journal grows for as long as this takes, which is a third of what it was.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        raw.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    sync_file(target)


def verify_copy(
    path: Path, *, holding: Head | None = None, is_stopped: Callable[[], bool] = lambda: False
) -> Verified:
    """Check the file, its chain and its rows as a whole; nothing of it is changed.

    `holding`: an event that has to be there. Raises CashierError: COPY_DAMAGED(path, reason),
    JOURNAL_NEWER(path, version).
    """
    try:
        if not path.is_file() or path.stat().st_size == 0 or is_foreign(path):
            raise _damaged(path, "missing")
        reader = open_reader(path, busy=1)
        try:
            stop_when(reader, is_stopped)
            with reader.begin():
                return _look(reader, path, holding or Head())
        finally:
            dispose(reader)
    except BrokenChainError as error:
        raise CashierError(
            Failure.COPY_DAMAGED, path=str(path), reason=error.reason, seq=error.seq
        ) from error
    except (OSError, sqlite3.Error, DBAPIError) as error:
        raise _damaged(path, _words(error)) from error


def stop_when(reader: Connection, is_stopped: Callable[[], bool]) -> None:
    """Break off what this connection to a file is asked as soon as that is so."""
    raw = cast("sqlite3.Connection", reader.connection.driver_connection)
    raw.set_progress_handler(lambda: int(is_stopped()), _STEPS)


def read_copy(path: Path, query: Callable[[Reader], T]) -> T:
    """Ask a verified copy. Raises CashierError(COPY_DAMAGED)."""
    try:
        connection = open_reader(path, busy=1)
        try:
            with connection.begin():
                row = connection.execute(select(tills.c.id, tills.c.name)).one()
                return query(Reader(connection, Till(row.id, row.name)))
        finally:
            dispose(connection)
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        raise _damaged(path, str(error)) from error


def _look(reader: Connection, path: Path, holding: Head) -> Verified:
    damage = find_damage(reader, quick=False)
    if damage:
        raise _damaged(path, damage)
    try:
        version = upgrade.version(reader)
    except CashierError as error:
        raise _damaged(path, "foreign") from error
    if version is None:
        raise _damaged(path, "missing")
    if version > HEAD:
        raise CashierError(Failure.JOURNAL_NEWER, path=str(path), version=version)
    row = reader.execute(select(tills.c.id, tills.c.name)).first()
    if row is None:
        raise _damaged(path, "missing")
    head = check_record(reader, row.id)
    known = select(events.c.seq, events.c.hash, events.c.utc).where(events.c.till_id == row.id)
    if holding.seq > 0:
        found = reader.execute(known.where(events.c.seq == holding.seq)).first()
        if found is None or found.hash != holding.hash:
            raise _damaged(path, "behind")
    newest = reader.execute(known.where(events.c.seq == head.seq)).one()
    return Verified(
        till=Till(row.id, row.name),
        head=head,
        at=moment(newest.utc),
        payments=int(reader.execute(select(func.count()).select_from(payments)).scalar_one()),
        schema=version,
    )


def _make_room(journal: Path, room: int, probe: Callable[[Path], int]) -> None:
    """Room for one more copy, with the till's own left free."""
    log = journal.with_name(f"{journal.name}-wal")
    needed = room + sum(one.stat().st_size for one in (journal, log) if one.exists())
    while probe(journal.parent) < needed:
        spare = copies_of(journal)[1:]
        if not spare:
            raise CashierError(Failure.COPY_FAILED, reason="room")
        _remove(spare[-1].path)


def _copy(path: Path) -> Copy | None:
    found = _NAME.fullmatch(path.name)
    if found is None or found[4] not in {one.value for one in Reason}:
        return None
    with suppress(OSError, ValueError):
        return Copy(
            path=path,
            serial=int(found[1]),
            taken_at=datetime.strptime(found[2], _TIME).replace(tzinfo=UTC),
            seq=int(found[3]),
            reason=Reason(found[4]),
            size=path.stat().st_size,
        )
    return None


def _folder(journal: Path) -> Path:
    return journal.parent / _FOLDER


def _remove(path: Path) -> None:
    for one in (path, path.with_name(f"{path.name}-journal"), path.with_name(f"{path.name}-wal")):
        one.unlink(missing_ok=True)


def _drop(path: Path) -> None:
    """Remove it if that can be; the next copy tries again."""
    with suppress(OSError):
        _remove(path)


def _words(error: OSError | sqlite3.Error | DBAPIError) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error.orig if isinstance(error, DBAPIError) else error)


def _damaged(path: Path, reason: str) -> CashierError:
    return CashierError(Failure.COPY_DAMAGED, path=str(path), reason=reason)
