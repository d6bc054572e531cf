"""Copies of the journal: once a day, after a shift's end, when somebody asks; and their check.

What goes wrong is told in one line and stops nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Right
from cashier.journal.copies import Copy, Reason
from cashier.journal.journal import Journal
from cashier.journal.verify import Report
from cashier.services.staff import Approval, Staff

logger = logging.getLogger(__name__)

FIRST_AFTER = 60.0
"""Seconds after the start: selling comes first."""
LOOKED_AT_EVERY = 600.0
TRIED_AGAIN_AFTER = 3600.0
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Checked:
    """What the last check of this run of the program found, and when it ended."""

    at: datetime
    report: Report


@dataclass(frozen=True, slots=True)
class JournalFacts:
    """Where the journal is. `path` is None on a server, whose own backups are the shop's care.

    `size` in bytes, with what is in the log beside the file; `copies` the newest first.
    """

    path: Path | None
    size: int
    copies: tuple[Copy, ...]
    checked: Checked | None = None


class Backups:
    """Use cases over copies. All raise CashierError.

    `trouble`: why the last copy that was due was not made; `changed` when that is another one, or
    a copy was made.
    """

    def __init__(self, *, journal: Journal, clock: Clock, staff: Staff) -> None:
        self._journal = journal
        self._clock = clock
        self._staff = staff
        self._wake = anyio.Event()
        self._has_shift_ended = False
        self._next_try = 0.0
        self._making = anyio.Lock()
        self._checked: Checked | None = None
        self.trouble: CashierError | None = None
        self.changed: Callable[[], None] = _nothing

    def shift_ended(self) -> None:
        """Make a copy now, behind everything else."""
        self._has_shift_ended = True
        self._wake.set()

    async def run(self) -> None:
        """Make every copy that is due, until cancelled."""
        if not self._journal.is_file:
            await anyio.sleep_forever()
        await self._clock.wait(FIRST_AFTER, self._wake)
        while True:
            reason = await self._due()
            if reason is not None:
                await self._make_due(reason)
            self._wake = anyio.Event()
            if self._has_shift_ended:  # while the copy before was being made
                continue
            await self._clock.wait(LOOKED_AT_EVERY, self._wake)

    async def facts(self) -> JournalFacts:
        """What the settings show."""
        if not self._journal.is_file:
            return JournalFacts(None, 0, (), self._checked)
        path = self._journal.path
        parts = (path, path.with_name(f"{path.name}-wal"))
        size = sum(one.stat().st_size for one in parts if one.exists())
        return JournalFacts(path, size, self._journal.copies(), self._checked)

    async def make(self, *, approval: Approval | None = None) -> Copy:
        """A copy now. Raises RIGHT_MISSING, COPY_FAILED(reason); NOT_ALLOWED on a server."""
        await self._staff.require(Right.SETTINGS, approval)
        copy = await self._make(Reason.ASKED)
        self._tell(None)
        return copy

    async def check(self, *, approval: Approval | None = None) -> Report:
        """Everything that is wrong with the journal as it is. Raises RIGHT_MISSING."""
        await self._staff.require(Right.SETTINGS, approval)
        report = await self._journal.check()
        self._checked = Checked(self._clock.utc(), report)
        return report

    async def _due(self) -> Reason | None:
        if self._has_shift_ended:
            self._has_shift_ended = False
            return Reason.SHIFT
        if self._clock.monotonic() < self._next_try:
            return None
        newest = next(iter(self._journal.copies()), None)
        if newest is None:
            return Reason.DAILY
        head = await self._journal.read(lambda reader: reader.head())
        age = (self._clock.utc() - newest.taken_at).total_seconds()
        if 0 <= age < DAY and head.seq >= newest.seq:  # else it is of before a restore
            return None
        return Reason.DAILY if head.seq != newest.seq else None

    async def _make_due(self, reason: Reason) -> None:
        try:
            await self._make(reason)
        except CashierError as error:
            logger.warning("no copy of the journal was made: %s", error)
            self._next_try = self._clock.monotonic() + TRIED_AGAIN_AFTER
            self._tell(error if error.failure is Failure.COPY_FAILED else None)
        else:
            self._tell(None)

    async def _make(self, reason: Reason) -> Copy:
        async with self._making:
            copy = await self._journal.back_up(reason)
        logger.info("a copy of the journal was made and checked: %d events", copy.seq)
        return copy

    def _tell(self, trouble: CashierError | None) -> None:
        self.trouble = trouble
        self.changed()


def _nothing() -> None:
    return None
