"""The durable record of one kind of money: opened once, written by one connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.journal import opening
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.ledger import Ledger
from cashier.journal.lock import JournalLock
from cashier.journal.reader import Reader
from cashier.journal.runner import Lane, Runner, ThreadRunner
from cashier.journal.space import Limits, Space, free_bytes
from cashier.journal.sqlite import (
    dispose,
    is_fault,
    is_full,
    open_reader,
    own_folder,
    translate,
)
from cashier.journal.till import Till
from cashier.journal.writing import Surroundings

T = TypeVar("T")

_log = logging.getLogger(__name__)
_SCHEME = "sqlite:///"


def _new_id() -> str:
    return uuid4().hex


class Journal:
    """Made by `open`. `faulted` is True once the file could no longer be trusted."""

    def __init__(
        self,
        *,
        path: Path,
        runner: Runner,
        lock: JournalLock,
        space: Space,
        anchor: Anchor | None,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self.path = path
        self.faulted = False
        self._runner = runner
        self._lock = lock
        self._space = space
        self._anchor = anchor
        self._around = Surroundings(clock=clock, new_id=new_id, require_room=space.require)
        self._till = Till("", "")
        self._writer: Connection | None = None
        self._reader: Connection | None = None
        self._is_closed = False

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
        """Open the journal at `url` ("sqlite:///" and a path), making it where there is none.

        Blocks until it is checked. `till` is the till's name; `anchor` a file in another folder.
        Raises CashierError: SECOND_INSTANCE, JOURNAL_DAMAGED (the file is left as it is),
        JOURNAL_NEWER, JOURNAL_BUSY, JOURNAL_FAULT, DISK_FULL, FOLDER_UNWRITABLE.
        """
        if not url.startswith(_SCHEME):
            raise ValueError(f"not a journal's address: {url}")
        path = Path(url.removeprefix(_SCHEME))
        limits = limits or Limits()
        try:
            own_folder(path.parent)
            lock = JournalLock(path.with_suffix(".lock"))
        except OSError as error:
            raise CashierError(
                Failure.FOLDER_UNWRITABLE, folder=str(path.parent), reason=error.strerror
            ) from error
        journal = cls(
            path=path,
            runner=runner or ThreadRunner(),
            lock=lock,
            space=Space(path.parent, limits=limits, probe=free_space),
            anchor=Anchor(anchor) if anchor else None,
            clock=clock,
            new_id=new_id,
        )
        try:
            journal._runner.call(Lane.WRITE, lambda: journal._start(till, limits.busy))
            journal._runner.call(Lane.READ, lambda: journal._start_reading(limits.busy))
        except BaseException:
            journal._end()
            raise
        return journal

    @property
    def free_space_low(self) -> bool:
        """Whether there is too little room on the disk for new payments."""
        return self._space.is_low

    async def write(self, change: Callable[[Ledger], T], *, actor: str = "") -> T:
        """Run `change` in one transaction, and return once it is safe on the disk.

        Any exception undoes all of it. `change` does nothing but use its ledger: when the disk
        is full it may run a second time, in the space of the reserve. A cancellation waits for
        the end. `actor` is who did it, for the record. Raises CashierError: JOURNAL_BUSY,
        JOURNAL_FAULT, DISK_FULL; ConflictError and RuleBrokenError as the ledger has them.
        """
        self._require_open()
        return await self._runner.run(Lane.WRITE, lambda: self._write(change, actor))

    async def read(self, query: Callable[[Reader], T]) -> T:
        """Run `query` on one moment of the journal, beside any writing."""
        self._require_open()
        return await self._runner.run(Lane.READ, lambda: self._read(query))

    def close(self) -> None:
        """Mark a clean end and let go of the file. Does nothing the second time."""
        if not self._is_closed:
            self._end()

    def _start(self, till: str, busy: float) -> None:
        opened = opening.open_journal(
            self.path, till=till, around=self._around, anchor=self._anchor, busy=busy
        )
        self._writer, self._till = opened.connection, opened.till
        self._remember(opened.head)
        try:
            self._space.keep_reserve()
        except OSError as error:
            _log.warning("no reserve beside the journal: %s", error)

    def _start_reading(self, busy: float) -> None:
        self._reader = open_reader(self.path, busy=busy)

    def _write(self, change: Callable[[Ledger], T], actor: str) -> T:
        try:
            return self._transact(change, actor)
        except DBAPIError as error:
            if not is_full(error):
                self._give_up(error)
                raise translate(error) from error
            if not self._space.spend_reserve():
                raise self._space.full() from error
        _log.warning("the disk is full: the reserve is spent")
        try:
            return self._transact(change, actor)
        except DBAPIError as error:
            self._give_up(error)
            raise (self._space.full() if is_full(error) else translate(error)) from error

    def _transact(self, change: Callable[[Ledger], T], actor: str) -> T:
        if self._writer is None:
            raise CashierError(Failure.JOURNAL_FAULT, reason="given up")
        with self._writer.begin():
            ledger = Ledger(self._writer, self._till, around=self._around, actor=actor)
            result = change(ledger)
        if ledger.appended is not None:
            self._remember(ledger.appended)
        return result

    def _read(self, query: Callable[[Reader], T]) -> T:
        if self._reader is None:
            raise CashierError(Failure.JOURNAL_FAULT, reason="closed")
        try:
            with self._reader.begin():
                return query(Reader(self._reader, self._till))
        except DBAPIError as error:
            raise translate(error) from error

    def _require_open(self) -> None:
        if self._is_closed:
            raise CashierError(Failure.JOURNAL_FAULT, reason="closed")

    def _remember(self, head: Head) -> None:
        if self._anchor is not None:
            self._anchor.write(head)

    def _give_up(self, error: DBAPIError) -> None:
        """After an I/O error the handle is never used again: what it holds is not known."""
        if is_fault(error) and self._writer is not None:
            _log.error("the journal is at fault: %s", error.orig)
            self.faulted = True
            writer, self._writer = self._writer, None
            _let_go(writer)

    def _end(self) -> None:
        self._is_closed = True
        self._runner.call(Lane.READ, self._end_reading)
        self._runner.call(Lane.WRITE, self._end_writing)
        self._runner.close()
        self._lock.release()

    def _end_reading(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            _let_go(reader)

    def _end_writing(self) -> None:
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            opening.mark_end(writer, self._till)
        except DBAPIError as error:
            _log.warning("the journal's clean end could not be marked: %s", error.orig)
        _let_go(writer)


def _let_go(connection: Connection) -> None:
    try:
        dispose(connection)
    except DBAPIError as error:
        _log.warning("the journal's connection would not close: %s", error.orig)
