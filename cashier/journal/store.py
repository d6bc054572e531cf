"""Where a journal is kept, as the journal sees it: a file of this till, or a server of all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.copies import Copy, Reason
from cashier.journal.entry import Opened
from cashier.journal.till import Till
from cashier.journal.writing import Surroundings


class Store(Protocol):
    """Connections belong to the thread that opened them. What opens raises CashierError."""

    @property
    def is_low(self) -> bool:
        """Whether there is too little room for new payments."""
        ...

    def require_room(self) -> None:
        """Raise CashierError(DISK_FULL) when there is no room for a new intent."""

    def open(self, till: str, around: Surroundings, anchor: Anchor | None) -> Opened:
        """The one writing connection, to a journal that was checked."""
        ...

    def open_reader(self) -> Connection:
        """A connection that cannot write."""
        ...

    def back_up(
        self, reason: Reason, at: datetime, known: Head, is_stopped: Callable[[], bool]
    ) -> Copy:
        """A verified copy. Raises CashierError: COPY_FAILED; NOT_ALLOWED on a server."""
        ...

    def reopen(self, till: Till, last: Head) -> Connection:
        """Another writing connection in place of a lost one; what came after `last` is checked."""
        ...

    def claim(self, connection: Connection, till: Till) -> None:
        """Begin a change: nobody else appends to the till's chain until it ends."""

    def may_try_again(self, error: DBAPIError) -> bool:
        """Whether a write that ended in `error` may be tried once more now."""
        ...

    def is_fault(self, error: DBAPIError) -> bool:
        """Whether what the store holds can no longer be trusted."""
        ...

    def is_lost(self, error: DBAPIError) -> bool:
        """Whether only the connection is gone."""
        ...

    def named(self, error: DBAPIError) -> Exception:
        """The till's own name for what the database said; the error itself where it is a bug."""
        ...

    def give_back(self, connection: Connection) -> None:
        """The till was ended; the connection is about to go."""

    def release(self) -> None:
        """Let others have it."""
