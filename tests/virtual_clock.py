"""A clock that a test moves by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import anyio
from anyio.lowlevel import checkpoint

START = datetime(2026, 11, 24, 11, 32, 0, tzinfo=UTC)


class VirtualClock:
    """Time stands still until `advance`. Use from one event loop only."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._now = 0.0
        self._jump = timedelta()
        self._sleepers: list[tuple[float, int, anyio.Event]] = []
        self._turn = 0
        self.is_busy: Callable[[], bool] = lambda: False
        """Whether something that time must wait for is under way (a call over a real socket)."""

    def utc(self) -> datetime:
        return self._start + timedelta(seconds=self._now) + self._jump

    def monotonic(self) -> float:
        return self._now

    def set_wall(self, *, ahead: float) -> None:
        """Move the wall clock only, as sleep or a wrong hand does."""
        self._jump += timedelta(seconds=ahead)

    async def wait(self, seconds: float, wake: anyio.Event | None = None) -> None:
        if seconds <= 0:
            await checkpoint()
            return
        rung = anyio.Event()
        self._turn += 1
        sleeper = (self._now + seconds, self._turn, rung)
        self._sleepers.append(sleeper)
        try:
            if wake is None:
                await rung.wait()
                return
            async with anyio.create_task_group() as both:
                both.start_soon(_first, rung, both.cancel_scope)
                both.start_soon(_first, wake, both.cancel_scope)
        finally:
            if sleeper in self._sleepers:
                self._sleepers.remove(sleeper)

    async def advance(self, seconds: float) -> None:
        """Move on, waking every sleeper at its own moment and letting it work in between."""
        end = self._now + seconds
        await self.settle()
        while True:
            due = [sleeper for sleeper in self._sleepers if sleeper[0] <= end]
            if not due:
                break
            moment, _, rung = min(due, key=lambda sleeper: sleeper[:2])
            self._now = max(self._now, moment)
            rung.set()
            self._sleepers = [one for one in self._sleepers if one[2] is not rung]
            await self.settle()
        self._now = end
        await self.settle()

    async def settle(self) -> None:
        """Let everything that can run, run: loop turns, and real sockets and threads behind it."""
        with anyio.fail_after(30):
            while True:
                for _ in range(20):
                    await checkpoint()
                if not self.is_busy():
                    return
                await anyio.sleep(0.001)


async def _first(event: anyio.Event, scope: anyio.CancelScope) -> None:
    await event.wait()
    scope.cancel()
