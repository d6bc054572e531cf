"""Who may already administrate in a journal that tills share, before this till has joined it."""

from __future__ import annotations

import anyio.to_thread

from cashier.journal.server_trial import administrators


async def administrators_at(url: str) -> tuple[str, ...]:
    """Their names; nobody in an empty database. Raises as `server_trial.administrators`."""
    return await anyio.to_thread.run_sync(administrators, url)
