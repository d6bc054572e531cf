"""SQLite as the journal needs it: durable, checked, and with errors that have names."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from cashier.domain.failure import CashierError, Failure
from cashier.journal.errors import RuleBrokenError

# EXTRA comes before WAL: only it syncs the folder when the rollback journal of the change to WAL
# is removed, without which a power cut could bring that journal back.
_PRAGMAS: tuple[tuple[str, int | str], ...] = (
    ("busy_timeout", 5000),
    ("synchronous", 3),
    ("journal_mode", "wal"),
    ("locking_mode", "normal"),
    ("foreign_keys", 1),
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("wal_autocheckpoint", 256),
    ("mmap_size", 0),
)

_HEADER = b"SQLite format 3\x00"


def open_writer(path: Path, *, busy: float) -> Connection:
    """The one writing connection; every transaction on it is BEGIN IMMEDIATE.

    It belongs to the calling thread. `busy` is in seconds. Raises CashierError(JOURNAL_FAULT)
    when SQLite does not take a PRAGMA, else what SQLite raises.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, timeout=busy)
        try:
            _set_pragmas(connection, busy)
        except BaseException:
            connection.close()
            raise
        return connection

    return _engine(connect, "BEGIN IMMEDIATE").connect()


def open_reader(path: Path, *, busy: float) -> Connection:
    """A connection that cannot write and never checkpoints. It belongs to the calling thread."""

    def connect() -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        return connection

    return _engine(connect, "BEGIN").connect()


def dispose(connection: Connection) -> None:
    """Close the connection for good, whatever state it is in."""
    connection.close()
    connection.engine.dispose()


def is_foreign(path: Path) -> bool:
    """Whether there is a file with something in it that SQLite did not begin."""
    with path.open("rb") as file:
        start = file.read(len(_HEADER))
    return bool(start) and start != _HEADER


def find_damage(connection: Connection, *, quick: bool) -> str:
    """What SQLite finds wrong with its file, "" when nothing."""
    check = "quick_check" if quick else "integrity_check"
    found = connection.exec_driver_sql(f"PRAGMA {check}(1)").scalar_one()
    return "" if found == "ok" else str(found)


SqliteTrouble = sqlite3.Error | DBAPIError
"""What the driver raises, with SQLAlchemy's wrapping or without."""


def is_full(error: SqliteTrouble) -> bool:
    """Whether the disk had no room."""
    return _code(error) == sqlite3.SQLITE_FULL


def is_broken(error: SqliteTrouble) -> bool:
    """Whether the file is not what SQLite once wrote."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_fault(error: SqliteTrouble) -> bool:
    """Whether the file or the disk can no longer be trusted."""
    return is_broken(error) or _code(error) in {
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PROTOCOL,
    }


def translate(error: SqliteTrouble) -> Exception:
    """The till's own name for what the database said; the error itself where it is a bug."""
    if isinstance(original(error), sqlite3.IntegrityError):
        return RuleBrokenError(str(original(error)))
    if _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return CashierError(Failure.JOURNAL_BUSY)
    if is_full(error):
        return CashierError(Failure.DISK_FULL)
    if is_fault(error):
        return CashierError(Failure.JOURNAL_FAULT, reason=str(original(error)))
    return error


def original(error: SqliteTrouble) -> BaseException | None:
    """The driver's own error."""
    return error.orig if isinstance(error, DBAPIError) else error


def own_folder(folder: Path) -> None:
    """Make the folder, its owner's alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _engine(connect: Callable[[], sqlite3.Connection], begin: str) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _set_pragmas(connection: sqlite3.Connection, busy: float) -> None:
    wanted = dict(_PRAGMAS) | {"busy_timeout": int(busy * 1000)}
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name} = {value}")
    for name, value in wanted.items():
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None and name == "mmap_size":  # a build that cannot map at all
            continue
        if row is None or row[0] != value:
            raise CashierError(Failure.JOURNAL_FAULT, pragma=name)


def _code(error: SqliteTrouble) -> int | None:
    """SQLite's primary result code; None when the trouble was not SQLite's."""
    code = getattr(original(error), "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None
