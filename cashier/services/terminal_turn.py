"""Two tills that create a terminal of one alias: one after the other (row T2)."""

from __future__ import annotations

from datetime import timedelta

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.journal.journal import Journal

HELD = timedelta(seconds=60)
"""A till that dies with the turn keeps it no longer than this."""
ASK_AGAIN = 2.0
"""Seconds after which a till that waits for its turn asks for it again."""
TRIES = 35


class Turn:
    """The right to create a terminal of `alias`, while entered; at a journal of one till, at once.

    Raises CashierError(TERMINAL_OUTCOME_UNKNOWN) where another till holds it for over a minute.
    """

    def __init__(self, journal: Journal, clock: Clock, alias: str) -> None:
        self._journal = journal
        self._clock = clock
        self._alias = alias
        self._note = f"terminal_turn:{alias}"

    async def __aenter__(self) -> None:
        if self._journal.is_file:
            return
        for _ in range(TRIES):
            if await self._journal.write(
                lambda ledger: ledger.claim(self._note, until=self._clock.utc() + HELD)
            ):
                return
            await self._clock.wait(ASK_AGAIN)
        raise CashierError(Failure.TERMINAL_OUTCOME_UNKNOWN, alias=self._alias)

    async def __aexit__(self, *_: object) -> None:
        if not self._journal.is_file:
            await self._journal.write(lambda ledger: ledger.set_note(self._note, ""))
