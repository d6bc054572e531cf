"""PostgreSQL as the journal needs it: durable, checked, and with errors that have names."""

from __future__ import annotations

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from cashier.domain.failure import CashierError, Failure
from cashier.journal.errors import RuleBrokenError

_CONNECT = 5
"""Seconds for reaching the server."""

_IDLE = 60_000
"""Milliseconds after which the server ends the transaction of a till that hangs."""

_SILENCE = 10
"""Seconds after which either side gives up a connection of which it hears nothing."""

_WRITER = {"default_transaction_isolation": "read\\ committed"}
_READER = {
    "default_transaction_read_only": "on",
    "default_transaction_isolation": "repeatable\\ read",
}

_DURABLE = ("fsync", "full_page_writes")
"""What a commit needs to survive a power cut, besides being waited for."""

_WAITED_FOR = ("on", "remote_apply")
"""How a commit may be waited for; the second where copies have to agree, and is left as it is."""

_BEATEN = frozenset({"40001", "40P01", "23505"})
"""Serialisation failure, deadlock, a unique value taken: another till was first."""

_WAITED_TOO_LONG = frozenset({"55P03", "40001", "40P01"})
"""Lock not available, serialisation failure, deadlock: nothing was written."""

_UNREACHABLE = ("08", "57", "28", "3D", "53")
"""Connections that break, end, are refused, have no database, or find no room for one more."""

_FULL = "53100"

_WRONG_PASSWORD = "password authentication failed"  # noqa: S105  libpq has no code for it


def open_writer(url: URL, *, busy: float) -> Connection:
    """A writing connection. `busy`: seconds that it waits for a lock.

    Raises CashierError(JOURNAL_FAULT) when the server does not keep what it commits, else what
    SQLAlchemy raises.
    """
    connection = _connect(url, busy, _WRITER, role="read-write")
    try:
        with connection.begin():
            _check_durable(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(url: URL, *, busy: float) -> Connection:
    """A connection that cannot write; each transaction sees one moment."""
    return _connect(url, busy, _READER, role="primary")


def place(url: URL) -> str:
    """The address without what is secret in it."""
    return url.set(password=None).render_as_string(hide_password=False)


def translate(error: DBAPIError) -> Exception:
    """The till's own name for what the server said; the error itself where it is a bug."""
    state = _state(error)
    if isinstance(error, IntegrityError):
        return RuleBrokenError(str(error.orig).partition("\n")[0])
    if state in _WAITED_TOO_LONG:
        return CashierError(Failure.JOURNAL_BUSY)
    if state == _FULL:
        return CashierError(Failure.DISK_FULL)
    if is_lost(error):
        reason = str(error.orig).partition("\n")[0]
        wants_password = _WRONG_PASSWORD in str(error.orig) or _lacks_password(error)
        return CashierError(Failure.JOURNAL_AWAY, reason=reason, password=wants_password)
    if is_fault(error):
        return CashierError(Failure.JOURNAL_FAULT, reason=str(error.orig).partition("\n")[0])
    return error


def is_lost(error: DBAPIError) -> bool:
    """Whether the connection is gone, or could not be made."""
    state = _state(error)
    if state is None:
        return isinstance(error, OperationalError | InterfaceError)
    return error.connection_invalidated or state == "25P03" or state[:2] in _UNREACHABLE


def is_beaten(error: DBAPIError) -> bool:
    """Whether another till's change came in between, so that the same may go well now."""
    return _state(error) in _BEATEN


def is_fault(error: DBAPIError) -> bool:
    """Whether the server itself says that its data or its disk is broken."""
    state = _state(error)
    return state is not None and state[:2] in ("58", "XX")


def _check_durable(connection: Connection) -> None:
    for name in _DURABLE:
        if connection.execute(text(f"SHOW {name}")).scalar_one() != "on":
            raise CashierError(Failure.JOURNAL_FAULT, pragma=name)
    if connection.execute(text("SHOW synchronous_commit")).scalar_one() not in _WAITED_FOR:
        connection.execute(text("SET synchronous_commit = on"))


def _connect(url: URL, busy: float, settings: dict[str, str], *, role: str) -> Connection:
    given = settings | {
        "lock_timeout": str(int(busy * 1000)),
        "idle_in_transaction_session_timeout": str(_IDLE),
        "timezone": "UTC",
        # A server that does not notice that a till has gone would keep the till's lock for hours.
        "tcp_keepalives_idle": str(_SILENCE // 2),
        "tcp_keepalives_interval": "2",
        "tcp_keepalives_count": "3",
    }
    options = " ".join(f"-c {name}={value}" for name, value in given.items())
    arguments = {
        "options": options,
        "connect_timeout": _CONNECT,
        "application_name": "cashier",
        "keepalives_idle": _SILENCE // 2,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": _SILENCE * 1000,
        "target_session_attrs": role,  # never a copy that may be behind
    }
    return create_engine(url, poolclass=NullPool, connect_args=arguments).connect()


def _lacks_password(error: DBAPIError) -> bool:
    """Whether the server asked for a password and libpq had none."""
    connection = getattr(error.orig, "pgconn", None)
    return bool(getattr(connection, "needs_password", False))


def _state(error: DBAPIError) -> str | None:
    """The five characters of SQL's own code; None when the server did not get to say one."""
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None
