"""Time as the services see it: one seam, so that a test can hold it still."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import anyio


class Clock(Protocol):
    """Wall time for people, monotonic time for every decision."""

    def utc(self) -> datetime:
        """Wall time in UTC; may jump."""

    def monotonic(self) -> float:
        """Seconds since some point; never goes back."""

    async def wait(self, seconds: float, wake: anyio.Event | None = None) -> None:
        """Return after `seconds`, or at once when `wake` is set."""


class SystemClock:
    """The machine's clock."""

    def utc(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def wait(self, seconds: float, wake: anyio.Event | None = None) -> None:
        import anyio  # on the way to the window it would take longer than all else here

        if wake is None:
            await anyio.sleep(seconds)
            return
        with anyio.move_on_after(seconds):
            await wake.wait()
