"""The soak in its short form: what it grows by and whether its books agree, not how quick it is.

The long form is `python -m tests.soak --sales 20000`.
"""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="memory and handles are read from /proc")
@pytest.mark.timeout(300)
def test_a_till_that_sells_and_sells_grows_no_further_and_its_books_agree() -> None:
    program = [sys.executable, "-m", "tests.soak", "--sales", "160", "--seconds", "40"]
    done = subprocess.run(
        [*program, "--any-machine"], capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "books: done" in done.stdout
