"""What every question to the journal stands on: one connection, one till."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select

from cashier.domain.failure import CashierError, Failure
from cashier.journal.till import Till


class Source:
    """A transaction on `connection`, for the till whose journal it is."""

    def __init__(self, connection: Connection, till: Till) -> None:
        self._connection = connection
        self._till = till

    def _one(self, query: Select[Any], values: Mapping[str, object] | None = None) -> Row[Any]:
        """The row. Raises CashierError(NOT_FOUND)."""
        row = self._connection.execute(query, values).first()
        if row is None:
            raise CashierError(Failure.NOT_FOUND)
        return row
