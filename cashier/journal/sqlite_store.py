"""A journal in a file of this till: one process, one writing connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from cashier.domain.failure import CashierError, Failure
from cashier.journal import copies, opening, restoring
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.copies import Copy, Reason
from cashier.journal.entry import Opened
from cashier.journal.lock import JournalLock
from cashier.journal.space import Limits, Space
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

_log = logging.getLogger(__name__)


class SqliteStore:
    """Made with the lock taken. Raises CashierError: SECOND_INSTANCE, FOLDER_UNWRITABLE."""

    def __init__(self, path: Path, *, limits: Limits, probe: Callable[[Path], int]) -> None:
        self.path = path
        self._busy = limits.busy
        self._limits = limits
        self._probe = probe
        self._space = Space(path.parent, limits=limits, probe=probe)
        self._file = (0, 0)
        try:
            own_folder(path.parent)
            self._lock = JournalLock(path.with_suffix(".lock"))
        except OSError as error:
            raise CashierError(
                Failure.FOLDER_UNWRITABLE, folder=str(path.parent), reason=error.strerror
            ) from error

    @property
    def is_low(self) -> bool:
        return self._space.is_low

    def require_room(self) -> None:
        try:
            is_ours = _file_of(self.path) == self._file
        except OSError:
            is_ours = False
        if not is_ours:  # what is written now goes into a file that nobody finds again
            raise CashierError(Failure.JOURNAL_FAULT, reason="the file is gone or another")
        self._space.require()

    def open(self, till: str, around: Surroundings, anchor: Anchor | None) -> Opened:
        try:
            restoring.finish(self.path, anchor)
        except OSError as error:
            raise CashierError(Failure.JOURNAL_FAULT, reason=str(error)) from error
        opened = opening.open_journal(
            self.path, till=till, around=around, anchor=anchor, busy=self._busy
        )
        self._file = _file_of(self.path)
        try:
            self._space.keep_reserve()
        except OSError as error:
            _log.warning("no reserve beside the journal: %s", error)
        return opened

    def open_reader(self) -> Connection:
        return open_reader(self.path, busy=self._busy)

    def back_up(
        self, reason: Reason, at: datetime, known: Head, is_stopped: Callable[[], bool]
    ) -> Copy:
        source = self.open_reader()
        try:
            return copies.back_up(
                self.path,
                source,
                reason=reason,
                at=at,
                known=known,
                limits=self._limits,
                probe=self._probe,
                is_stopped=is_stopped,
            )
        finally:
            dispose(source)

    def reopen(self, till: Till, last: Head) -> Connection:
        """A file is never lost but at fault, and then not used again."""
        raise CashierError(Failure.JOURNAL_FAULT, reason="given up")

    def claim(self, connection: Connection, till: Till) -> None:
        """BEGIN IMMEDIATE has done it."""

    def may_try_again(self, error: DBAPIError) -> bool:
        if not is_full(error) or not self._space.spend_reserve():
            return False
        _log.warning("the disk is full: the reserve is spent")
        return True

    def is_fault(self, error: DBAPIError) -> bool:
        return is_fault(error)

    def is_lost(self, error: DBAPIError) -> bool:
        return False

    def named(self, error: DBAPIError) -> Exception:
        return self._space.full() if is_full(error) else translate(error)

    def give_back(self, connection: Connection) -> None:
        """Nothing: the lock is a file's, and `release` lets it go."""

    def release(self) -> None:
        self._lock.release()


def _file_of(path: Path) -> tuple[int, int]:
    """What tells a file apart from every other, whatever its name."""
    found = path.stat()
    return found.st_dev, found.st_ino
