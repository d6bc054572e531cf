"""The sections of the window."""

from __future__ import annotations

from enum import Enum, auto


class Section(Enum):
    """The sections, in their order; Ctrl+1 is the first."""

    SALE = auto()
    PAYMENTS = auto()
    REFUND = auto()
    SHIFT = auto()
    TERMINALS = auto()
    SETTINGS = auto()
