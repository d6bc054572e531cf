"""How a call to the journal is run: on a thread of its own, or at once in a simulation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from typing import Protocol, TypeVar

import anyio
from anyio.lowlevel import checkpoint_if_cancelled

T = TypeVar("T")


class Lane(Enum):
    """Each has its own connection, which never leaves its thread; copying takes its time."""

    WRITE = "journal-write"
    READ = "journal-read"
    COPY = "journal-copy"


class Runner(Protocol):
    """Calls of one lane run one after another, in the order they came, on one thread."""

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        """Run `work` to its end, whatever is cancelled meanwhile."""
        ...

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        """The same, blocking: for opening and closing."""
        ...

    def close(self) -> None:
        """Finish what was handed over, then end."""


class ThreadRunner:
    """One thread a lane."""

    def __init__(self) -> None:
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane.value) for lane in Lane
        }

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        """From any asyncio loop. A cancellation waits until the work is done.

        Cancelled by a scope of anyio, it still returns the result; by asyncio itself, it raises.
        """
        await checkpoint_if_cancelled()
        future = self._lanes[lane].submit(work)
        with anyio.CancelScope(shield=True):
            await _finish(future)
        return future.result()

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return self._lanes[lane].submit(work).result()

    def close(self) -> None:
        for executor in self._lanes.values():
            executor.shutdown()


class InlineRunner:
    """Runs everything at once on the caller's thread: one order of events for one seed."""

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        await checkpoint_if_cancelled()
        return work()

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return work()

    def close(self) -> None:
        pass


async def _finish(future: Future[T]) -> None:
    """Wait for its end; a cancellation by asyncio itself is raised after it."""
    waiter = asyncio.wrap_future(future)
    cancelled: asyncio.CancelledError | None = None
    while not waiter.done():
        try:
            # Waiting does not cancel what it waits for, unlike awaiting it.
            await asyncio.wait([waiter])
        except asyncio.CancelledError as error:
            cancelled = error
    waiter.exception()
    if cancelled is not None:
        raise cancelled
