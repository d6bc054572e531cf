"""What a journal came to, read when nobody writes it any more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cashier.journal.verify import verify

_SOLD = "SELECT count(*), coalesce(sum(amount), 0) FROM payments WHERE state = 'PAID'"
_GIVEN_BACK = "SELECT count(*), coalesce(sum(amount), 0) FROM refunds WHERE state = 'SUCCEEDED'"


@dataclass(frozen=True, slots=True)
class Books:
    """Counts and sums in minor units."""

    sold: tuple[int, int]
    given_back: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.sold[0]}/{self.sold[1]} and {self.given_back[0]}/{self.given_back[1]}"


def till_books(journal: Path, anchor: Path) -> tuple[Books, list[str]]:
    """The journal's, and everything that its own check finds wrong."""
    report = verify(f"sqlite:///{journal}", anchor)
    problems = [f"journal: {one}" for one in report.problems]
    with closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as connection:
        sold = connection.execute(_SOLD).fetchone()
        given_back = connection.execute(_GIVEN_BACK).fetchone()
    return Books(tuple(sold), tuple(given_back)), problems
