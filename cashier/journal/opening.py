"""From a path to a checked SQLite journal: recover, refuse, migrate, verify."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from cashier.domain.failure import CashierError, Failure
from cashier.journal import copies, upgrade
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.check import check_record
from cashier.journal.copies import Reason
from cashier.journal.entry import Opened, begin, check_anchor, damaged, resume
from cashier.journal.errors import BrokenChainError
from cashier.journal.schema import HEAD, tills
from cashier.journal.space import Limits
from cashier.journal.sqlite import (
    dispose,
    find_damage,
    is_broken,
    is_foreign,
    open_writer,
    original,
    translate,
)
from cashier.journal.till import Till
from cashier.journal.writing import Surroundings

_SMALL = 8 * 1024 * 1024
"""Bytes: a file up to this size is looked through at every start, it takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Revisions:
    """What the program's schema is, and where the steps to it are."""

    head: str = HEAD
    scripts: Path = upgrade.MIGRATIONS


CURRENT = Revisions()


def open_journal(
    path: Path,
    *,
    till: str,
    around: Surroundings,
    anchor: Anchor | None,
    busy: float,
    revisions: Revisions = CURRENT,
) -> Opened:
    """Open or make the journal on the calling thread. Raises CashierError as `Journal.open`."""
    known = anchor.read() if anchor else None
    _refuse_strangers(path, known)
    try:
        connection = open_writer(path, busy=busy)
        try:
            _bring_up(connection, path, known, revisions, around)
            return _verify(connection, path, till, around, known)
        except BaseException:
            dispose(connection)
            raise
    except (sqlite3.Error, DBAPIError) as error:
        raise _named(error, path) from error
    except BrokenChainError as error:
        raise CashierError(
            Failure.JOURNAL_DAMAGED, path=str(path), reason=error.reason, seq=error.seq
        ) from error


def _refuse_strangers(path: Path, known: Head | None) -> None:
    """Never make a new journal where an old one has been, nor open what is none."""
    if path.exists() and path.stat().st_size > 0:
        if is_foreign(path):
            raise damaged(str(path), "header")
        return
    log = path.with_name(f"{path.name}-wal")
    if (known is not None and known.seq > 0) or (log.exists() and log.stat().st_size > 0):
        raise damaged(str(path), "missing")


def _bring_up(
    connection: Connection,
    path: Path,
    known: Head | None,
    revisions: Revisions,
    around: Surroundings,
) -> None:
    """A new journal where there is none; an older one to the newest schema."""
    with connection.begin():
        version = upgrade.version(connection)
        if version is None:
            if known is not None and known.seq > 0:
                raise damaged(str(path), "missing")
            upgrade.create(connection)
    if version is not None and version > revisions.head:
        raise CashierError(Failure.JOURNAL_NEWER, path=str(path), version=version)
    if version is not None and version < revisions.head:
        _migrate(connection, path, revisions, around)


def _verify(
    connection: Connection, path: Path, till: str, around: Surroundings, known: Head | None
) -> Opened:
    with connection.begin():
        row = connection.execute(select(tills)).first()
        if row is None:
            return begin(connection, till, around)
        found = Till(row.id, row.name)
        mark = Head(row.verified_seq, row.verified_hash) if row.ended_clean else None
        _check_file(connection, path, is_clean=row.ended_clean)
        head = check_record(connection, found.id, after=mark)
        check_anchor(connection, found, head, known, where=str(path))
        return resume(connection, found, till, around, is_clean=row.ended_clean)


def _migrate(
    connection: Connection, path: Path, revisions: Revisions, around: Surroundings
) -> None:
    """Check, copy, check the copy, then migrate: a failure leaves the old schema in place."""
    with connection.begin():
        _check_file(connection, path, is_clean=False)
        head = check_record(connection, _only_till(connection))
    copy = copies.back_up(
        path,
        connection,
        reason=Reason.UPDATE,
        at=around.clock.utc(),
        known=head,
        limits=Limits(room=0),
    )
    try:
        upgrade.migrate(connection, scripts=revisions.scripts)
    except SQLAlchemyError as error:
        raise CashierError(
            Failure.JOURNAL_FAULT, reason="migration", path=str(path), backup=str(copy.path)
        ) from error


def _only_till(connection: Connection) -> str:
    return str(connection.execute(select(tills.c.id)).scalar_one())


def _check_file(connection: Connection, path: Path, *, is_clean: bool) -> None:
    if is_clean and path.stat().st_size > _SMALL:
        return
    damage = find_damage(connection, quick=is_clean)
    if damage:
        raise damaged(str(path), damage)


def _named(error: sqlite3.Error | DBAPIError, path: Path) -> Exception:
    """SQLite's trouble at start: a broken file is damage, the rest as everywhere."""
    if is_broken(error):
        return damaged(str(path), str(original(error)))
    return translate(error)
