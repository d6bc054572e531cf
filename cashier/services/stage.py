"""What a till that is being opened waits for."""

from __future__ import annotations

from enum import Enum, auto


class Stage(Enum):
    """In their order."""

    PROGRAM = auto()
    JOURNAL = auto()
    TILL = auto()
