"""Which till a journal's handle writes for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Till:
    """`id` is the journal's own and stays when the shop renames the till."""

    id: str
    name: str
