"""The durable record of one kind of money: opened once, written by one connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.journal import chain
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.copies import Copy, Reason, Verified, copies_of, stop_when, verify_copy
from cashier.journal.entry import mark_end
from cashier.journal.errors import ConflictError
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.journal.runner import Lane, Runner, ThreadRunner
from cashier.journal.space import Limits, free_bytes
from cashier.journal.sqlite import dispose
from cashier.journal.sqlite_store import SqliteStore
from cashier.journal.store import Store
from cashier.journal.till import Till
from cashier.journal.writing import Surroundings

if TYPE_CHECKING:
    from cashier.journal.verify import Report

T = TypeVar("T")

_log = logging.getLogger(__name__)
_FILE = "sqlite:///"
_SERVER = "postgresql+psycopg://"


def _new_id() -> str:
    return uuid4().hex


class Journal:
    """Made by `open`. `faulted` is True once what is stored could no longer be trusted."""

    def __init__(
        self,
        store: Store,
        *,
        runner: Runner,
        anchor: Anchor | None,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self.faulted = False
        self._store = store
        self._runner = runner
        self._anchor = anchor
        self._around = Surroundings(clock=clock, new_id=new_id, require_room=store.require_room)
        self._till = Till("", "")
        self._last = Head()
        self._writer: Connection | None = None
        self._reader: Connection | None = None
        self._is_committing = self._is_closed = False

    @classmethod
    def open(
        cls,
        url: str,
        *,
        till: str,
        clock: Clock,
        new_id: Callable[[], str] = _new_id,
        runner: Runner | None = None,
        anchor: Path | None = None,
        limits: Limits | None = None,
        free_space: Callable[[Path], int] = free_bytes,
    ) -> Journal:
        """Open the journal at `url`, making it where there is none.

        "sqlite:///" and a path is this till's own file; "postgresql+psycopg://" a server that
        several tills share. Blocks until it is checked. `till` is the till's name; `anchor` a file
        that remembers the newest event elsewhere. Raises CashierError: SECOND_INSTANCE,
        JOURNAL_DAMAGED (it is left as it is), JOURNAL_NEWER, JOURNAL_BUSY, JOURNAL_FAULT,
        DISK_FULL, FOLDER_UNWRITABLE.
        """
        journal = cls(
            _store_at(url, limits or Limits(), free_space),
            runner=runner or ThreadRunner(),
            anchor=Anchor(anchor) if anchor else None,
            clock=clock,
            new_id=new_id,
        )
        try:
            journal._runner.call(Lane.WRITE, lambda: journal._start(till))
            journal._runner.call(Lane.READ, journal._start_reading)
        except BaseException:
            journal._end()
            raise
        return journal

    @property
    def free_space_low(self) -> bool:
        """Whether there is too little room on the disk for new payments."""
        return self._store.is_low

    @property
    def is_file(self) -> bool:
        """Whether it is a file of this till, and not on a server."""
        return isinstance(self._store, SqliteStore)

    @property
    def path(self) -> Path:
        """The file. ValueError for a journal on a server."""
        if not isinstance(self._store, SqliteStore):
            raise ValueError("a journal on a server")
        return self._store.path

    def copies(self) -> tuple[Copy, ...]:
        """The verified copies, the newest first; none of a journal on a server."""
        return copies_of(self._store.path) if isinstance(self._store, SqliteStore) else ()

    async def write(self, change: Callable[[Ledger], T], *, actor: str = "") -> T:
        """Run `change` in one transaction, and return once it is safe on the disk.

        Any exception undoes all of it. `change` does nothing but use its ledger: it may run a
        second time, when the disk is full in the space of the reserve, or when another till was
        first, on what that one has left. A cancellation waits for the end. `actor` is who did it,
        for the record. Raises CashierError: JOURNAL_BUSY, JOURNAL_FAULT, DISK_FULL, and
        JOURNAL_AWAY, after which a server may have committed it or not, as reading will show once
        it is back; ConflictError and RuleBrokenError as the ledger has them.
        """
        self._require_open()
        return await self._runner.run(Lane.WRITE, lambda: self._write(change, actor))

    async def read(self, query: Callable[[Reader], T]) -> T:
        """Run `query` on one moment of the journal, beside any writing."""
        self._require_open()
        return await self._runner.run(Lane.READ, lambda: self._read(query))

    async def back_up(self, reason: Reason) -> Copy:
        """A copy beside the file, checked as a whole, while everything else goes on.

        Raises CashierError: COPY_FAILED(reason), NOT_ALLOWED for a journal on a server.
        """
        self._require_open()
        return await self._runner.run(Lane.COPY, lambda: self._back_up(reason))

    async def verify_copy(self, file: Path) -> Verified:
        """Check a copy as a whole. Raises CashierError: COPY_DAMAGED, JOURNAL_NEWER."""
        return await self._runner.run(
            Lane.COPY, lambda: verify_copy(file, is_stopped=lambda: self._is_closed)
        )

    async def check(self) -> Report:
        """Everything that is wrong with it, as `verify.verify` has it, while all else goes on."""
        self._require_open()
        return await self._runner.run(Lane.COPY, self._check)

    def close(self) -> None:
        """Mark a clean end and let go of the file. Does nothing the second time."""
        if not self._is_closed:
            self._end()

    def _start(self, till: str) -> None:
        opened = self._store.open(till, self._around, self._anchor)
        self._writer, self._till = opened.connection, opened.till
        self._remember(opened.head)

    def _start_reading(self) -> None:
        self._reader = self._store.open_reader()

    def _write(self, change: Callable[[Ledger], T], actor: str) -> T:
        try:
            return self._transact(change, actor)
        except ConflictError:
            if self.is_file:
                raise
        except DBAPIError as error:
            # What was lost before its commit was never written: a new connection may do it.
            is_unwritten = self._store.is_lost(error) and not self._is_committing
            self._give_up(error)
            if not is_unwritten and not self._store.may_try_again(error):
                raise self._store.named(error) from error
        try:
            return self._transact(change, actor)
        except DBAPIError as error:
            self._give_up(error)
            raise self._store.named(error) from error

    def _transact(self, change: Callable[[Ledger], T], actor: str) -> T:
        if self.faulted:
            raise CashierError(Failure.JOURNAL_FAULT, reason="given up")
        if self._writer is None:
            self._writer = self._store.reopen(self._till, self._last)
        ledger: Ledger | None = None
        self._is_committing = False
        try:
            with self._writer.begin():
                self._store.claim(self._writer, self._till)
                ledger = Ledger(self._writer, self._till, around=self._around, actor=actor)
                result = change(ledger)
                self._is_committing = True
        except DBAPIError as error:
            if ledger is None or not self._has_committed(ledger.appended, error):
                raise
        if ledger.appended is not None:
            self._remember(ledger.appended)
        return result

    def _has_committed(self, newest: Head | None, error: DBAPIError) -> bool:
        """Whether a commit whose answer was lost exists: its newest event is in the chain or not.

        False as well while the server cannot be asked, or where nothing tells.
        """
        if newest is None or not self._is_committing or not self._store.is_lost(error):
            return False
        self._give_up(error)
        try:
            self._writer = self._store.reopen(self._till, self._last)
            with self._writer.begin():
                return chain.head(self._writer, self._till.id) == newest
        except (CashierError, DBAPIError) as again:
            _log.warning("a commit is in doubt: %s", again)
            return False

    def _read(self, query: Callable[[Reader], T]) -> T:
        if self._reader is None:
            raise CashierError(Failure.JOURNAL_FAULT, reason="closed")
        try:
            return self._ask(self._reader, query)
        except DBAPIError as error:
            if not self._store.is_lost(error):
                raise self._store.named(error) from error
        try:  # the connection is made anew
            return self._ask(self._reader, query)
        except DBAPIError as error:
            raise self._store.named(error) from error

    def _ask(self, connection: Connection, query: Callable[[Reader], T]) -> T:
        with connection.begin():
            return query(Reader(connection, self._till))

    def _back_up(self, reason: Reason) -> Copy:
        now = self._around.clock.utc()
        return self._store.back_up(reason, now, self._last, lambda: self._is_closed)

    def _check(self) -> Report:
        from cashier.journal.verify import look

        known = self._last
        try:
            reader = self._store.open_reader()
            try:
                if self.is_file:
                    stop_when(reader, lambda: self._is_closed)
                return look(reader, known)
            finally:
                dispose(reader)
        except DBAPIError as error:
            raise self._store.named(error) from error

    def _require_open(self) -> None:
        if self._is_closed:
            raise CashierError(Failure.JOURNAL_FAULT, reason="closed")

    def _remember(self, head: Head) -> None:
        self._last = head
        if self._anchor is not None:
            self._anchor.write(head)

    def _give_up(self, error: DBAPIError) -> None:
        """After a fault the store is never written again: what it holds is not known."""
        if self._writer is None:
            return
        if self._store.is_fault(error):
            _log.error("the journal is at fault: %s", error.orig)
            self.faulted = True
        elif self._store.is_lost(error):
            _log.warning("the journal's connection is lost: %s", error.orig)
        else:
            return
        writer, self._writer = self._writer, None
        _let_go(writer)

    def _end(self) -> None:
        self._is_closed = True
        self._runner.call(Lane.READ, self._end_reading)
        self._runner.call(Lane.WRITE, self._end_writing)
        self._runner.close()
        self._store.release()

    def _end_reading(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            _let_go(reader)

    def _end_writing(self) -> None:
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            mark_end(writer, self._till)
            self._store.give_back(writer)
        except DBAPIError as error:
            _log.warning("the journal's clean end could not be marked: %s", error.orig)
        _let_go(writer)


def _store_at(url: str, limits: Limits, free_space: Callable[[Path], int]) -> Store:
    if url.startswith(_FILE):
        return SqliteStore(Path(url.removeprefix(_FILE)), limits=limits, probe=free_space)
    if url.startswith(_SERVER):
        # Loaded only where there is a server: it takes longer than opening a file.
        from cashier.journal.postgresql_store import PostgresqlStore

        return PostgresqlStore(url, busy=limits.busy)
    raise ValueError(f"not a journal's address: {url.partition(':')[0]}")


def _let_go(connection: Connection) -> None:
    try:
        dispose(connection)
    except DBAPIError as error:
        _log.warning("the journal's connection would not close: %s", error.orig)
