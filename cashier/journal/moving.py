"""Moving a till's journal from its file to a server, whole and proved, or not at all.

A marker beside the file says that a move may be under way. It is written before the server's one
transaction and removed after the file has been renamed, so that a start which finds it asks the
server which of the two journals is the till's: never both.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.journal import transfer, upgrade
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.check import check_record
from cashier.journal.entry import check_anchor, damaged
from cashier.journal.errors import BrokenChainError
from cashier.journal.lock import JournalLock
from cashier.journal.postgresql import is_lost, open_writer, translate
from cashier.journal.postgresql_store import PostgresqlStore
from cashier.journal.schema import HEAD, tills
from cashier.journal.sqlite import dispose, find_damage
from cashier.journal.sqlite import open_writer as open_file
from cashier.journal.till import Till
from cashier.whole_file import replace_whole

_log = logging.getLogger(__name__)

_BUSY = 5.0
_ALL_OF_IT = 600_000
"""Milliseconds that the one transaction may rest between two statements, at most."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: the till, its newest event, how many rows of each table."""

    till: str
    head: Head
    rows: dict[str, int]
    kept: Path
    """Where the old file is now."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the till's rows are copied or, afterwards, compared."""

    is_comparing: bool
    done: int
    whole: int


Tell = Callable[[Progress], object]


@dataclass(frozen=True, slots=True)
class _Marker:
    url: str
    till_id: str
    seq: int
    hash: str


def marker_of(journal: Path) -> Path:
    """The file that says that `journal` may be on its way to a server."""
    return journal.with_name("journal.moving")


def move(
    journal: Path,
    url: str,
    *,
    anchor: Path,
    clock: Clock,
    switch: Callable[[str], object],
    tell: Tell = lambda _: None,
) -> Moved:
    """Copy every row to the server at `url`, prove it, and make that the till's journal.

    Somebody whose name another has on the server is called by the till's name too from then on.
    `switch` saves `url` in the settings, durably; `tell` hears how far it is. Rows move as they
    are, also those of open and unknown payments.

    Raises CashierError with the file still the till's journal: SECOND_INSTANCE while a till is
    running on it, JOURNAL_DAMAGED, JOURNAL_NEWER for a schema that is not this program's,
    TILL_NAME_TAKEN, JOURNAL_KNOWN when the server has this till already or one of its rows,
    JOURNAL_AWAY, JOURNAL_FAULT. After a JOURNAL_AWAY with `is_open` in its facts it is not known
    which of the two is the till's, until `finish` can ask.
    """
    lock = JournalLock(journal.with_suffix(".lock"))
    try:
        unfinished = _finish(journal, switch)
        if unfinished is not None:
            return unfinished
        file, till, head = _open_file(journal, anchor)
        try:
            marker = _Marker(url, till.id, head.seq, head.hash)
            replace_whole(marker_of(journal), json.dumps(asdict(marker)).encode())
            rows = _copy(file, till, head, url, journal, clock, tell)
        finally:
            dispose(file)
        kept = _settle(journal, url, switch)
        return Moved(till.name, head, rows, kept)
    finally:
        lock.release()


def finish(journal: Path, *, switch: Callable[[str], object]) -> Moved | None:
    """What a start does with a marker: the server says which journal is the till's.

    None where nothing was under way, or where nothing had come of it. Raises
    CashierError(JOURNAL_AWAY) while the server cannot be asked: nothing may be opened then, and
    SECOND_INSTANCE.
    """
    marker = _read_marker(journal)
    if marker is None:
        return None
    lock = JournalLock(journal.with_suffix(".lock"))
    try:
        return _finish(journal, switch)
    finally:
        lock.release()


def _finish(journal: Path, switch: Callable[[str], object]) -> Moved | None:
    marker = _read_marker(journal)
    if marker is None:
        return None
    if not _has_arrived(marker):
        _log.warning("a move of the journal had come to nothing: it stays in its file")
        marker_of(journal).unlink()
        return None
    _log.warning("a move of the journal had been done on the server: it is finished now")
    kept = _settle(journal, marker.url, switch)
    return Moved(marker.till_id, Head(marker.seq, marker.hash), {}, kept)


def _read_marker(journal: Path) -> _Marker | None:
    try:
        return _Marker(**json.loads(marker_of(journal).read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise damaged(str(marker_of(journal)), "marker") from error


def _has_arrived(marker: _Marker) -> bool:
    """Whether the server has the till with the event that was its newest when it moved."""
    try:
        connection = open_writer(make_url(marker.url), busy=_BUSY)
        try:
            with connection.begin():
                # Whoever was moving it may still be at it: wait until that is decided.
                transfer.alone(connection)
                if upgrade.version(connection) is None:
                    return False
                query = select(tills.c.id).where(tills.c.id == marker.till_id)
                return connection.execute(query).first() is not None
        finally:
            dispose(connection)
    except DBAPIError as error:
        raise translate(error) from error


def _settle(journal: Path, url: str, switch: Callable[[str], object]) -> Path:
    """The server has it: first the settings say so, then the old file is put out of the way."""
    switch(url)
    kept = journal.with_name("journal-moved.db")
    number = 1
    while kept.exists() and journal.exists():
        number += 1
        kept = journal.with_name(f"journal-moved-{number}.db")
    if journal.exists():
        journal.rename(kept)
        kept.chmod(0o400)
    marker_of(journal).unlink()
    return kept


def _open_file(journal: Path, anchor: Path) -> tuple[Connection, Till, Head]:
    """The file, found whole. Raises JOURNAL_DAMAGED, JOURNAL_NEWER."""
    if not journal.exists():
        raise damaged(str(journal), "missing")
    connection = open_file(journal, busy=_BUSY)
    try:
        with connection.begin():
            return connection, *_check(connection, journal, anchor)
    except BrokenChainError as error:
        dispose(connection)
        raise CashierError(
            Failure.JOURNAL_DAMAGED, path=str(journal), reason=error.reason, seq=error.seq
        ) from error
    except BaseException:
        dispose(connection)
        raise


def _check(connection: Connection, journal: Path, anchor: Path) -> tuple[Till, Head]:
    version = upgrade.version(connection)
    if version != HEAD:
        raise CashierError(Failure.JOURNAL_NEWER, path=str(journal), version=version)
    damage = find_damage(connection, quick=False)
    if damage:
        raise damaged(str(journal), damage)
    till = _only_till(connection)
    head = check_record(connection, till.id)
    check_anchor(connection, till, head, Anchor(anchor).read(), where=str(journal))
    return till, head


def _only_till(connection: Connection) -> Till:
    row = connection.execute(select(tills.c.id, tills.c.name)).one()
    return Till(row.id, row.name)


def _counting(file: Connection, tell: Tell, *, is_comparing: bool) -> transfer.Passed:
    whole, done = transfer.size(file), 0

    def passed(more: int) -> None:
        nonlocal done
        done += more
        tell(Progress(is_comparing, done, whole))

    passed(0)
    return passed


def _copy(
    file: Connection, till: Till, head: Head, url: str, journal: Path, clock: Clock, tell: Tell
) -> dict[str, int]:
    """One transaction on the server: every row, then the proof. Undone by anything that differs."""
    is_committing = False
    try:
        server = open_writer(make_url(url), busy=_BUSY)
        try:
            with server.begin(), file.begin():
                server.execute(
                    text(f"SET LOCAL idle_in_transaction_session_timeout = {_ALL_OF_IT}")
                )
                transfer.alone(server)
                PostgresqlStore(url, busy=_BUSY).bring_up(server)
                transfer.refuse_known(server, till)
                rows = transfer.copy(file, server, _counting(file, tell, is_comparing=False))
                transfer.compare(file, server, till, _counting(file, tell, is_comparing=True))
                if check_record(server, till.id) != head:
                    raise CashierError(Failure.JOURNAL_FAULT, reason="the head differs")
                transfer.rename_namesakes(server, till, clock)
                is_committing = True
        finally:
            dispose(server)
    except DBAPIError as error:
        if is_committing and is_lost(error):
            raise CashierError(Failure.JOURNAL_AWAY, is_open=True) from error
        marker_of(journal).unlink()
        raise transfer.named(error) from error
    except BrokenChainError as error:
        marker_of(journal).unlink()
        raise CashierError(Failure.JOURNAL_FAULT, reason=error.reason, seq=error.seq) from error
    except CashierError:
        marker_of(journal).unlink()
        raise
    return rows
