"""PySide6 must not lose references: 6.12.0 on Linux dies of it under Python 3.11."""

from __future__ import annotations

import subprocess
import sys

VOID_CALLS = """
from PySide6.QtCore import QObject
for _ in range(50_000):
    QObject().setObjectName("x")
"""


def test_fifty_thousand_void_calls_lose_no_reference_to_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", VOID_CALLS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
