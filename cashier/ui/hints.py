"""A key and what it does, as the footer and the list of all keys show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """`key` as printed on the keycap, e.g. "F4"; `text` translated; `action` for touch."""

    key: str
    text: str
    action: Callable[[], None] | None = None
