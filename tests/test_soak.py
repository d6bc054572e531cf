"""The soak in its short form: what it grows by and whether its books agree, not how quick it is.

The long forms are `python -m tests.soak --sales 20000` and `python -m tests.soak.large`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cashier.journal.verify import verify
from tests.soak.past import fill


@pytest.mark.skipif(sys.platform != "linux", reason="memory and handles are read from /proc")
@pytest.mark.timeout(300)
def test_a_till_that_sells_and_sells_grows_no_further_and_its_books_agree() -> None:
    program = [sys.executable, "-m", "tests.soak", "--sales", "160", "--seconds", "40"]
    done = subprocess.run(
        [*program, "--any-machine"], capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "books: done" in done.stdout


def test_years_put_into_a_journal_are_what_the_till_would_have_written(tmp_path: Path) -> None:
    journal, anchor = tmp_path / "journal.db", tmp_path / "anchor" / "till.anchor"
    filled = fill(journal, anchor, 1_500)
    report = verify(f"sqlite:///{journal}", anchor)
    assert report.problems == ()
    assert (report.payments, report.events) == (1_500, filled.events)
