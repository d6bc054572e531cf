"""How a call ended. Nothing above this package knows more of HTTP than is said here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from cashier.domain.failure import Failure

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer before anybody has read it; `body` is at most 64 KiB of what came."""

    call: str
    http_status: int
    body: bytes
    received_at: datetime


Keep = Callable[[RawAnswer], Awaitable[None]]
"""Commits a raw answer; awaited before the answer is parsed."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One exchange as the health line sees it.

    `latency` in seconds, None when nothing came back. `skew` is the gateway's HTTP Date minus this
    machine's UTC, in seconds, None without a date.
    """

    at: datetime
    failure: Failure | None
    latency: float | None = None
    skew: float | None = None


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """A well-formed answer whose identity matches. `skew` as in `Contact`."""

    value: T
    skew: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway said no, for sure: nothing has happened. `fields` are its `additions`."""

    code: int
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotSent:
    """Proved that not one byte of the request has left."""

    failure: Failure
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything else: it may have happened. `code` and `text` where an error was readable."""

    failure: Failure
    http_status: int | None = None
    code: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch(Generic[T]):
    """A well-formed answer about something else; `fields` are what differs ("amount", "id")."""

    value: T
    fields: tuple[str, ...]


Outcome = Ok[T] | Refused | NotSent | Unknown | Mismatch[T]
