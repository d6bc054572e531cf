"""What is measured on the way: memory, handles, threads, the log beside the journal, stalls.

Memory and handles are read from /proc, so that this is for Linux.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from tests.soak.idle import PERIOD

STALL = 0.1
"""Seconds: a person notices a window that stands still for longer."""
_SELF = Path("/proc/self")


@dataclass(frozen=True, slots=True)
class Moment:
    """This process at one moment, nothing being under way. `rss` in bytes."""

    sales: int
    rss: int
    handles: int
    threads: int


def moment(sales: int) -> Moment:
    """As it is now."""
    pages = int((_SELF / "statm").read_text(encoding="ascii").split()[1])
    return Moment(
        sales=sales,
        rss=pages * os.sysconf("SC_PAGE_SIZE"),
        handles=len(list((_SELF / "fd").iterdir())) - 1,  # one is this listing's own
        threads=len(list((_SELF / "task").iterdir())),
    )


@dataclass(frozen=True, slots=True)
class Late:
    """A wake-up that came `by` seconds too late, `at` on the monotonic clock."""

    at: float
    by: float

    def overlaps(self, other: Late) -> bool:
        return self.at - self.by < other.at and other.at - other.by < self.at


class Pulse(QObject):
    """A timer on the UI thread that notes when it came late, and how large the log has grown."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = log
        self._last = time.monotonic()
        self.stalls: list[Late] = []
        self.largest_log = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(PERIOD * 1000))
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.monotonic()
        late = now - self._last - PERIOD
        if late > STALL:
            self.stalls.append(Late(now, late))
        self._last = now
        self.largest_log = max(self.largest_log, size(self._log))


@contextmanager
def idle_process(file: Path) -> Iterator[None]:
    """The idle process runs meanwhile and writes into `file`."""
    with file.open("w", encoding="ascii") as out:
        process = subprocess.Popen([sys.executable, "-m", "tests.soak.idle"], stdout=out)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def machine_lates(file: Path) -> list[Late]:
    """What the idle process has written."""
    rows = [line.split() for line in file.read_text(encoding="ascii").splitlines()]
    return [Late(float(row[0]), float(row[1])) for row in rows if len(row) == 2]


def own(stalls: list[Late], machine: list[Late]) -> list[Late]:
    """The stalls that are still over the limit without what the machine did to everybody.

    From each is taken how late the idle process was at the same time.
    """
    found = []
    for stall in stalls:
        others = max((one.by for one in machine if one.overlaps(stall)), default=0.0)
        if stall.by - others > STALL:
            found.append(Late(stall.at, stall.by - others))
    return found


def size(file: Path) -> int:
    """In bytes; 0 where there is none."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
