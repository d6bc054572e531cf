"""A journal on a server that several tills share: each writes its own chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from cashier.domain.failure import CashierError, Failure
from cashier.journal import chain, upgrade
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.check import check_record
from cashier.journal.copies import Copy, Reason
from cashier.journal.entry import Opened, begin, check_anchor, damaged, resume
from cashier.journal.errors import BrokenChainError
from cashier.journal.postgresql import (
    is_beaten,
    is_fault,
    is_lost,
    open_reader,
    open_writer,
    place,
    translate,
)
from cashier.journal.schema import HEAD, events, tills
from cashier.journal.sqlite import dispose
from cashier.journal.text import clean
from cashier.journal.till import Till
from cashier.journal.writing import Surroundings

ONE_AT_A_TIME = 0x43415348
"""The advisory lock under which tables are made and tills begin; with a till, its own."""

_CLAIM = select(tills.c.id).where(tills.c.id == bindparam("till")).with_for_update()
_OWN = text("SELECT pg_try_advisory_lock(:space, hashtext(:till))")
_OWN_AGAIN = text("SELECT pg_advisory_lock(:space, hashtext(:till))")
_GIVE_BACK = text("SELECT pg_advisory_unlock_all()")
ALONE = text("SELECT pg_advisory_xact_lock(:space)")


class PostgresqlStore:
    """`url` begins with "postgresql+psycopg://"; `busy` in seconds.

    A till is found by the event that its anchor knows; without any anchor, by its name.
    """

    def __init__(self, url: str, *, busy: float) -> None:
        self._url = make_url(url)
        self._busy = busy
        self._place = place(self._url)

    @property
    def is_low(self) -> bool:
        """The server's disk is its own keeper's care."""
        return False

    def require_room(self) -> None:
        """A full disk shows itself at the first write, which is before anything is sent."""

    def open(self, till: str, around: Surroundings, anchor: Anchor | None) -> Opened:
        try:
            connection = open_writer(self._url, busy=self._busy)
            try:
                return self._take(connection, till, around, anchor)
            except BaseException:
                dispose(connection)
                raise
        except DBAPIError as error:
            raise translate(error) from error
        except BrokenChainError as error:
            raise CashierError(
                Failure.JOURNAL_DAMAGED, path=self._place, reason=error.reason, seq=error.seq
            ) from error

    def open_reader(self) -> Connection:
        try:
            return open_reader(self._url, busy=self._busy)
        except DBAPIError as error:
            raise translate(error) from error

    def back_up(
        self, reason: Reason, at: datetime, known: Head, is_stopped: Callable[[], bool]
    ) -> Copy:
        raise CashierError(Failure.NOT_ALLOWED, action="back_up", state="server")

    def reopen(self, till: Till, last: Head) -> Connection:
        """The lock is waited for: who has it is this till's lost connection, which the server may
        still be ending. Once it is ours, what that connection was doing is decided.
        """
        try:
            connection = open_writer(self._url, busy=self._busy)
            try:
                with connection.begin():
                    asked = {"space": ONE_AT_A_TIME, "till": till.id}
                    connection.execute(_OWN_AGAIN, asked)
                    chain.check(connection, till.id, after=last)
            except BaseException:
                dispose(connection)
                raise
        except DBAPIError as error:
            raise translate(error) from error
        except BrokenChainError as error:
            raise CashierError(
                Failure.JOURNAL_FAULT, path=self._place, reason=error.reason, seq=error.seq
            ) from error
        return connection

    def claim(self, connection: Connection, till: Till) -> None:
        connection.execute(_CLAIM, {"till": till.id}).scalar_one()

    def may_try_again(self, error: DBAPIError) -> bool:
        """Another till was first: the change is made on what that one has left."""
        return is_beaten(error)

    def is_fault(self, error: DBAPIError) -> bool:
        return is_fault(error)

    def is_lost(self, error: DBAPIError) -> bool:
        return is_lost(error)

    def named(self, error: DBAPIError) -> Exception:
        return translate(error)

    def give_back(self, connection: Connection) -> None:
        """At once: by itself the server lets go only when it has seen the connection's end."""
        with connection.begin():
            connection.execute(_GIVE_BACK)

    def release(self) -> None:
        """Nothing is left to be let go of."""

    def _take(
        self, connection: Connection, name: str, around: Surroundings, anchor: Anchor | None
    ) -> Opened:
        known = anchor.read() if anchor else None
        with connection.begin():
            connection.execute(ALONE, {"space": ONE_AT_A_TIME})
            self.bring_up(connection, known)
        with connection.begin():
            connection.execute(ALONE, {"space": ONE_AT_A_TIME})
            row = _find(connection, clean(name), known)
            if row is None:
                if known is not None and known.seq > 0:
                    raise damaged(self._place, "missing")
                opened = begin(connection, name, around)
                self._own(connection, opened.till.id)
                return opened
            if anchor is not None and (known is None or row.name != clean(name)):
                self._refuse_namesake(connection, clean(name))
            found = Till(row.id, row.name)
            self._own(connection, found.id)
            mark = Head(row.verified_seq, row.verified_hash) if row.ended_clean else None
            head = check_record(connection, found.id, after=mark)
            check_anchor(connection, found, head, known, where=self._place)
            return resume(connection, found, name, around, is_clean=row.ended_clean)

    def bring_up(self, connection: Connection, known: Head | None = None) -> None:
        """The schema as this program has it; made where there is none, unless one was `known`."""
        version = upgrade.version(connection)
        if version is None:
            if known is not None and known.seq > 0:
                raise damaged(self._place, "missing")
            upgrade.create(connection)
        elif version > HEAD:
            raise CashierError(Failure.JOURNAL_NEWER, path=self._place, version=version)
        elif version < HEAD:
            upgrade.run(connection)

    def _refuse_namesake(self, connection: Connection, name: str) -> None:
        """Only a till's own anchor tells it from another computer with the same name."""
        if connection.execute(select(tills.c.id).where(tills.c.name == name)).first() is not None:
            raise CashierError(Failure.TILL_NAME_TAKEN, name=name)

    def _own(self, connection: Connection, till_id: str) -> None:
        """One process a till. Raises CashierError(SECOND_INSTANCE)."""
        asked = {"space": ONE_AT_A_TIME, "till": till_id}
        if not connection.execute(_OWN, asked).scalar_one():
            raise CashierError(Failure.SECOND_INSTANCE, folder=self._place)


def _find(connection: Connection, name: str, known: Head | None) -> Row[Any] | None:
    """The till whose chain has the event that is known, so that it may be renamed; or by name."""
    if known is not None and known.seq > 0:
        query = (
            select(tills)
            .join(events, (events.c.till_id == tills.c.id) & (events.c.seq == known.seq))
            .where(events.c.hash == known.hash)
        )
        row = connection.execute(query).first()
        if row is not None:
            return row
    return connection.execute(select(tills).where(tills.c.name == name)).first()
