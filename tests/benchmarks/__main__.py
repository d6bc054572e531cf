"""How quick the till feels, against a bare window of PySide6 in the same run: no assertion here.

`python -m tests.benchmarks [RUNS]` starts a bare window and the till in training RUNS times each
(5 by default), turn about, and after every second run types on a till of its own. Every figure is
a median, told in milliseconds and as a ratio to the bare window's start, which takes the machine
and what else it is doing out of the comparison.

start      from the start of the process to the first window painted, its entry ready for keys
start CPU  what the process has computed until then, on all its threads
letter     from a key to the entry painted again, on a receipt of 3 and of 490 lines
enter      from Enter to the new line painted in the grid
qr         from F12 to the QR painted, through the journal and the gateway inside the program
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from statistics import median

RUNS = 5


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    figures: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="cashier-benchmark-") as folder:
        _run("tests.benchmarks.till", folder)  # makes the journal and the bytecode
        for number in range(runs):
            _show(f"run {number + 1} of {runs}")
            _take(figures, "bare ", _run("tests.benchmarks.bare"))
            _take(figures, "", _run("tests.benchmarks.till", folder))
            if number % 2:  # leaves a payment behind, which would be the next start's first page
                keys = _run("tests.benchmarks.till", f"{folder}/{number}", "--keys")
                _take(figures, "", [told for told in keys if not told[0].startswith("start")])
    _show("")
    measure = median(figures["bare start"])
    sys.stdout.write(f"{'':12} {'ms':>8} {'bare starts':>12}\n")
    for name, seconds in figures.items():
        middle = median(seconds)
        sys.stdout.write(f"{name:12} {middle * 1000:8.1f} {middle / measure:12.3f}\n")


def _run(program: str, *arguments: str) -> list[tuple[str, float]]:
    """What one process measured. Its start is told as a moment, and counted from here."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    told = [line.rpartition(" ") for line in done.stdout.splitlines()]
    return [(what, float(at) - (begun if what == "start" else 0)) for what, _, at in told]


def _take(figures: dict[str, list[float]], prefix: str, told: list[tuple[str, float]]) -> None:
    for what, seconds in told:
        figures[prefix + what].append(seconds)


def _show(progress: str) -> None:
    sys.stderr.write(f"\r{progress:40}\r")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
