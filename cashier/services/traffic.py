"""At most four calls at once, money first, and background reading held back."""

from __future__ import annotations

import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

import anyio

from cashier.clock import Clock

CALLS_AT_ONCE = 4
BACKGROUND_SPACING = 0.2


class Priority(IntEnum):
    """Who goes first when calls queue up."""

    MONEY = 0
    SCREEN = 1
    BACKGROUND = 2


class Traffic:
    """A gate before the gateway. Background calls leave one place free and keep to 5 a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._busy = 0
        self._queue: list[tuple[int, int, anyio.Event]] = []
        self._turn = 0
        self._next_background = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether a call is under way or queued."""
        return self._busy > 0 or bool(self._queue)

    @asynccontextmanager
    async def call(
        self, priority: Priority, *, has_spaced_out: bool = False
    ) -> AsyncIterator[None]:
        """Hold a place while the body makes one call.

        `has_spaced_out`: the caller has been in `space_out` itself, before it took its own locks.
        """
        if priority is Priority.BACKGROUND and not has_spaced_out:
            await self.space_out()
        await self._enter(priority)
        try:
            yield
        finally:
            self._leave()

    async def space_out(self) -> None:
        """Wait for the turn of one background call. Hold no lock meanwhile: it may take long."""
        now = self._clock.monotonic()
        start = max(now, self._next_background)
        self._next_background = start + BACKGROUND_SPACING
        if start > now:
            await self._clock.wait(start - now)

    async def _enter(self, priority: Priority) -> None:
        if self._has_room(priority) and not self._queue:
            self._busy += 1
            return
        turn = anyio.Event()
        self._turn += 1
        entry = (int(priority), self._turn, turn)
        heapq.heappush(self._queue, entry)
        self._admit()
        try:
            await turn.wait()
        except BaseException:
            if turn.is_set():
                self._leave()
            else:
                self._queue.remove(entry)
                heapq.heapify(self._queue)
            raise

    def _leave(self) -> None:
        self._busy -= 1
        self._admit()

    def _admit(self) -> None:
        while self._queue and self._has_room(Priority(self._queue[0][0])):
            _, _, turn = heapq.heappop(self._queue)
            self._busy += 1
            turn.set()

    def _has_room(self, priority: Priority) -> bool:
        places = CALLS_AT_ONCE - 1 if priority is Priority.BACKGROUND else CALLS_AT_ONCE
        return self._busy < places
