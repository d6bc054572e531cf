"""What only the journal can run into. Expected trouble is a CashierError, as everywhere."""

from __future__ import annotations


class ConflictError(Exception):
    """Another write moved the row first: read it again and decide anew. Nothing was written."""


class RuleBrokenError(Exception):
    """A bug: a rule of the schema would have been broken. Nothing was written."""


class BrokenChainError(Exception):
    """The record does not agree with itself. `seq` is the first event that is wrong."""

    def __init__(self, reason: str, *, seq: int) -> None:
        super().__init__(f"{reason} at event {seq}")
        self.reason = reason
        self.seq = seq
