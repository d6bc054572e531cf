"""An event loop whose time is virtual: when nothing can run, the next timer is due at once.

Everything on it is one thread and one order of events, so that one seed gives one history.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Stuck(RuntimeError):
    """Nothing can run and nothing is planned: somebody waits for what never comes."""


class _NoSelector(selectors.SelectSelector):
    """No file is ever ready; waiting for one is how the time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise Stuck
        if timeout > 0:
            self.now += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time()` begins at 0 and moves in jumps; seconds."""

    def __init__(self) -> None:
        self._virtual = _NoSelector()
        super().__init__(self._virtual)
        self._clock_resolution = 1e-7

    def time(self) -> float:
        return self._virtual.now


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end in a world of its own. Raises Stuck."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
