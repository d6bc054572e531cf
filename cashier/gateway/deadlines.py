"""How long each call may take (reliability rules, 3.5), in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """`connect`, `write` and `read` bound one step each, `total` all of them together."""

    connect: float
    write: float
    read: float
    total: float


@dataclass(frozen=True, slots=True)
class Deadlines:
    """A limit for each kind of call. A refund waits longest: that is cheaper than not knowing."""

    reading: Limit = Limit(5, 5, 8, 12)
    create_terminal: Limit = Limit(5, 5, 15, 20)
    create_payment: Limit = Limit(5, 10, 20, 30)
    close_payment: Limit = Limit(5, 5, 15, 20)
    create_refund: Limit = Limit(5, 10, 75, 90)


DEADLINES = Deadlines()
