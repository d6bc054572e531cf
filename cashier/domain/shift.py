"""A shift of one till: from its first sale to its Z report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """Times are UTC. `last_receipt` is the counter of the newest numbered receipt, 0 at first.

    `closed_by` is a person's id.
    """

    id: str
    till: str
    number: int
    opened_at: datetime
    closed_at: datetime | None = None
    last_receipt: int = 0
    closed_by: str = ""


def receipt_number(shift: int, counter: int) -> str:
    """The number people read and print: "187-058"."""
    return f"{shift}-{counter:03d}"
