"""Moving the journal of a till that has been closed for it to a server."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import anyio.to_thread

from cashier.clock import Clock
from cashier.journal.moving import Moved, Progress, move
from cashier.services.restoration import AllowedMove


class Mover:
    """Lives on the network thread of a window that has no till.

    `switch` saves the server's address in the settings, durably.
    """

    def __init__(
        self, journal: Path, anchor: Path, clock: Clock, switch: Callable[[str], object]
    ) -> None:
        self._journal = journal
        self._anchor = anchor
        self._clock = clock
        self._switch = switch

    async def move(self, allowed: AllowedMove, tell: Callable[[Progress], None]) -> Moved:
        """Raises as `journal.moving.move`; once begun it runs to its end."""
        work = partial(
            move,
            self._journal,
            allowed.url,
            anchor=self._anchor,
            clock=self._clock,
            switch=self._switch,
            tell=tell,
        )
        with anyio.CancelScope(shield=True):
            moved = await anyio.to_thread.run_sync(work)
        return moved  # noqa: RET504  inside the scope mypy would miss a return
