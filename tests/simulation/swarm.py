"""Rare rows made likely: each seed of the rare world favours a few faults, deaths and late moves.

What favours nothing draws nothing, so that the seeds of the other worlds stay what they were.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

FAULTS_SHARE = 0.4
"""How many of the exchanges of a favoured call meet one of its faults."""


@dataclass(frozen=True, slots=True)
class Favour:
    """What a seed meets more often.

    `faults`: by call, those of `wire.FAULTS`. `deaths`: how the place of a death begins, and how
    many times likelier it is there. `late`: refunds fail and come true after all, and what was
    closed is paid.
    """

    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deaths: Mapping[str, int] = field(default_factory=dict)
    is_late: bool = False

    def dies_here(self, where: str) -> int:
        """How many times likelier a death is at this place."""
        return next((times for place, times in self.deaths.items() if where.startswith(place)), 1)

    def __or__(self, other: Favour) -> Favour:
        return Favour(
            {
                call: (*self.faults.get(call, ()), *other.faults.get(call, ()))
                for call in sorted({*self.faults, *other.faults})
            },
            {**self.deaths, **other.deaths},
            self.is_late or other.is_late,
        )


NONE = Favour()
THEMES = (
    Favour(
        faults={
            "CreatePayment": ("lost answer", "500 done", "html done"),
            "GetPaymentByOrder": ("not found",),
        }
    ),
    Favour(faults={"GetPayment": ("regression",)}),
    Favour(faults={"CreateRefund": ("lost", "lost answer", "late", "reset")}),
    Favour(faults={"CreateRefund": ("500", "500 done", "html", "html done", "no id")}),
    Favour(faults={"CreateRefund": ("refused", "refused", "unsure")}),
    Favour(faults={"CreateRefund": ("amount", "taken id")}),
    Favour(faults={"CreateRefund": ("foreign", "lost id")}),
    Favour(faults={"GetRefund": ("foreign", "regression", "fails once")}),
    Favour(deaths={"after payment.added": 60, "before the bytes of CreatePayment": 20}),
    Favour(deaths={"after the bytes of CreatePayment": 20, "after a result": 10}),
    Favour(deaths={"after the answer to CreatePayment": 80, "after answer.kept CreatePayment": 20}),
    Favour(deaths={"before the bytes of CreateRefund": 40, "after the bytes of CreateRefund": 40}),
    Favour(is_late=True),
    Favour(is_late=True),
)


def draw(chance: random.Random) -> Favour:
    """Three of the themes."""
    first, second, third = chance.sample(THEMES, 3)
    return first | second | third
