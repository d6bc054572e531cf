"""A virtual terminal of the gateway (SPEC 7.2.1, 7.2.2) and what this till remembers of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cashier.domain.money import Currency, Money

NAME_LIMIT = 50
ALIAS_LIMIT = 50
DESCRIPTION_LIMIT = 200


class TerminalType(Enum):
    """The guide's words. A static terminal has one printed QR that opens the waiting bill."""

    DYNAMIC = "dynamic"
    STATIC = "static"

    @classmethod
    def read(cls, text: str) -> TerminalType | None:
        """Either spelling (`dynamic`, `dynamical`); None for a word nobody knows."""
        return {
            "dynamic": cls.DYNAMIC,
            "dynamical": cls.DYNAMIC,
            "static": cls.STATIC,
            "statical": cls.STATIC,
        }.get(text.strip().lower())


@dataclass(frozen=True, slots=True)
class NewTerminal:
    """What CreateTerminal is given, every field of SPEC 7.2.1."""

    name: str
    alias: str
    description: str = ""
    type: TerminalType = TerminalType.DYNAMIC
    logo: str = ""
    default_price: Money | None = None
    can_comments: bool | None = None


@dataclass(frozen=True, slots=True)
class TerminalInfo:
    """What the gateway says of a terminal. Only `id` is certain to be there."""

    id: str
    name: str = ""
    alias: str = ""
    description: str = ""
    link: str = ""
    type: TerminalType | None = None
    type_word: str = ""
    default_price: Money | None = None
    can_comments: bool | None = None


class TerminalState(Enum):
    """What the last check found."""

    WORKING = "WORKING"
    NOT_FOUND = "NOT_FOUND"
    UNCHECKED = "UNCHECKED"


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal this till remembers. `currency` and `own_name` are the till's, not the gateway's.

    `key` is how the journal knows it; `checked_at` is UTC, `latency` seconds.
    """

    key: int
    info: TerminalInfo
    currency: Currency = Currency.RUB
    own_name: str = ""
    is_default: bool = False
    state: TerminalState = TerminalState.UNCHECKED
    checked_at: datetime | None = None
    latency: float | None = None

    @property
    def name(self) -> str:
        """What this till calls it."""
        return self.own_name or self.info.name or self.info.alias or self.info.id

    @property
    def is_static(self) -> bool:
        return self.info.type is TerminalType.STATIC
