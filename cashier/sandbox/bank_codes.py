"""The declines of SPEC 9.2, from the sandbox's own table."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass

from cashier.paths import resources
from cashier.sandbox.values import BankCode


@dataclass(frozen=True, slots=True)
class BankDecline:
    """A code with the guide's English title and our Russian one."""

    code: BankCode
    title: str
    title_ru: str

    @property
    def description(self) -> str:
        """How it stands in `status_description`."""
        return f"[{self.code[0]}, {self.code[1]}] {self.title}"


@functools.cache
def bank_declines() -> dict[BankCode, BankDecline]:
    """All 24, in the order of the guide."""
    rows = json.loads((resources() / "sandbox" / "bank_codes.json").read_text("utf-8"))
    return {
        (row["code"][0], row["code"][1]): BankDecline(
            (row["code"][0], row["code"][1]), row["title"], row["title_ru"]
        )
        for row in rows
    }


def description_of(code: BankCode) -> str:
    """The text of `status_description` for a code, listed or not."""
    known = bank_declines().get(code)
    return known.description if known else f"[{code[0]}, {code[1]}] Unknown reason"
