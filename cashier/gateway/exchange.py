"""What came of sending one request: bytes and facts, not yet read."""

from __future__ import annotations

from dataclasses import dataclass, field

from cashier.domain.failure import Failure


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `failure` where it did not come whole; `body` holds what there is of it."""

    http_status: int
    date: str | None = None
    body: bytes = field(default=b"", repr=False)
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing came back. `is_unsent`: proved that not one byte of the request has left."""

    failure: Failure
    is_unsent: bool
    detail: str = ""
