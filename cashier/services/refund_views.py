"""A refund as the screens see it."""

from __future__ import annotations

from dataclasses import dataclass

from cashier.domain.refund import Refund


@dataclass(frozen=True, slots=True)
class RefundView:
    """One refund and how it is being followed. Times on the monotonic clock.

    `is_delayed`: pending for over a day.
    """

    refund: Refund
    entered: float
    checks: int = 0
    misses: int = 0
    last_answer: float | None = None
    next_check: float | None = None
    is_delayed: bool = False
