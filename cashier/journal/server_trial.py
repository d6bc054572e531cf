"""What a server says before a till trusts it with a journal: one step after the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from sqlalchemy import Connection, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Role
from cashier.journal import upgrade
from cashier.journal.postgresql import open_reader, open_writer, translate
from cashier.journal.schema import HEAD, people, tills
from cashier.journal.sqlite import dispose

_BUSY = 2.0


class ServerCheck(Enum):
    """The steps, in their order."""

    ANSWER = auto()
    VERSION = auto()
    KEEPS = auto()
    JOURNAL = auto()
    TILLS = auto()


@dataclass(frozen=True, slots=True)
class ServerReport:
    """How far it went: `failed` is the first step that did not go well, `failure` why.

    `schema` is "" for a database without any table yet, `tills` are the names in it.
    """

    version: str = ""
    schema: str = ""
    tills: tuple[str, ...] = ()
    failed: ServerCheck | None = None
    failure: CashierError | None = None


def try_server(url: str) -> ServerReport:
    """Ask the server at `url`; writes nothing. Blocks, at most some seconds."""
    try:
        connection = open_writer(make_url(url), busy=_BUSY)
    except ArgumentError:
        error = CashierError(Failure.FIELD_INVALID, field="journal_url", rule="url")
        return ServerReport(failed=ServerCheck.ANSWER, failure=error)
    except DBAPIError as error:
        return ServerReport(failed=ServerCheck.ANSWER, failure=_named(error))
    except CashierError as error:
        return ServerReport(failed=ServerCheck.KEEPS, failure=error)
    try:
        with connection.begin():
            return _look(connection)
    except DBAPIError as error:
        return ServerReport(failed=ServerCheck.VERSION, failure=_named(error))
    finally:
        dispose(connection)


def administrators(url: str) -> tuple[str, ...]:
    """Who may administrate in the journal at `url`; nobody where there is none yet. Blocks.

    Raises CashierError: JOURNAL_AWAY, JOURNAL_FAULT, FIELD_INVALID.
    """
    report = try_server(url)
    if report.failure is not None:
        raise report.failure
    if not report.schema:
        return ()
    try:
        connection = open_reader(make_url(url), busy=_BUSY)
        try:
            with connection.begin():
                query = select(people.c.name).where(
                    people.c.role == Role.ADMINISTRATOR.value, people.c.is_off.is_(False)
                )
                return tuple(connection.execute(query.order_by(people.c.name)).scalars())
        finally:
            dispose(connection)
    except DBAPIError as error:
        raise _named(error) from error


def _look(connection: Connection) -> ServerReport:
    version = str(connection.execute(text("SHOW server_version")).scalar_one()).partition(" ")[0]
    try:
        schema = upgrade.version(connection)
    except CashierError as error:
        return ServerReport(version, failed=ServerCheck.JOURNAL, failure=error)
    if schema is None:
        return ServerReport(version)
    if schema > HEAD:
        newer = CashierError(Failure.JOURNAL_NEWER, version=schema)
        return ServerReport(version, schema, failed=ServerCheck.JOURNAL, failure=newer)
    names = connection.execute(select(tills.c.name).order_by(tills.c.name)).scalars()
    return ServerReport(version, schema, tuple(names))


def _named(error: DBAPIError) -> CashierError:
    named = translate(error)
    if isinstance(named, CashierError):
        return named
    return CashierError(Failure.JOURNAL_FAULT, reason=type(error).__name__)
