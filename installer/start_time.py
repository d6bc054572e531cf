"""How long the frozen till takes to its window, against a bare window frozen by the same tools.

    python installer/build.py --start [TURNS]

Both start turn about on a screen of their own (Xvfb), whose pixels this process reads from the
file where Xvfb keeps them. What counts is what a person sees: the time from the start of the
process until the middle of its window is painted. The till tells in its log when it is ready
to take goods. Every turn ends its program before the next begins; the first turn is not counted.
"""

from __future__ import annotations

import json
import mmap
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from machines import Native, install_missing
from steps import INSTALLER, BuildError, require, say, step

GOAL = 1.5
SCREEN = (1366, 768)
MIDDLE = (512, 320)
"""A place in the middle of both windows, which stand at the upper left: nobody manages them."""
PATIENCE = 30.0
"""Seconds for one program to show its window, and to be ready."""

READY = "ready to take goods"
"""What the till says in its log."""

_LOOK_AGAIN = 0.001


def compare_starts(machine: Native, folder: Path, turns: int) -> None:
    """Freeze the bare window, start both `turns` times and say how they compare."""
    require(machine.system == "linux", "the start is measured where Xvfb is")
    install_missing({"xvfb": "Xvfb"})
    bare = _freeze_bare(machine)
    first: dict[str, list[float]] = {"bare": [], "till": []}
    ready: list[float] = []
    with (
        step(f"both started {turns} times"),
        tempfile.TemporaryDirectory() as data,
        _screen() as it,
    ):
        for turn in range(turns + 1):
            shown = it.start([bare])
            till, is_ready = it.start_till(folder / "cashier", Path(data))
            if turn:  # the first reads the files into memory and makes the journal
                first["bare"].append(shown)
                first["till"].append(till)
                ready.append(is_ready)
    a, b = median(first["bare"]), median(first["till"])
    for name, times in (*first.items(), ("till ready", ready)):
        told = " ".join(f"{one:.2f}" for one in sorted(times))
        say(f"  {name:10} {median(times):.3f} s   ({told})")
    say(f"  the till's window: {b / a:.2f} x the bare one (goal {GOAL})")
    say(f"  ready to take goods: {median(ready) / a:.2f} x the bare window")


def _freeze_bare(machine: Native) -> Path:
    work, dist = machine.work / "bare", machine.work / "bare-dist"
    options = (
        "--noconfirm",
        "--log-level",
        "ERROR",
        "--strip",
        "--optimize",
        "2",
        "--name",
        "bare",
    )
    where = ("--distpath", dist, "--workpath", work, "--specpath", work)
    path = {"PYTHONPATH": machine.path(machine.work / "tools"), "PYTHONDONTWRITEBYTECODE": "1"}
    work.mkdir(parents=True, exist_ok=True)
    with step("a bare window, frozen"):
        machine.python("-m", "PyInstaller", *options, *where, INSTALLER / "bare.py", env=path)
    return dist / "bare" / "bare"


class _Screen:
    """An empty screen whose middle is watched."""

    def __init__(self, number: str, frame: mmap.mmap) -> None:
        self._env = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        self._frame = frame
        wide, tall = SCREEN
        self._middle = len(frame) - 4 * (wide * (tall - MIDDLE[1]) - MIDDLE[0])
        self._empty = self._pixel()

    def start(self, command: list[str | Path]) -> float:
        """Start a program, end it once it has painted; the seconds between start and paint."""
        with self._started(command) as begun:
            return self._painted(begun)

    def start_till(self, program: Path, data: Path) -> tuple[float, float]:
        """The seconds to the till's first window in training, and until it takes goods."""
        log = data / "training" / "logs" / "cashier.log"
        known = log.stat().st_size if log.exists() else 0
        wall = datetime.now(UTC)
        with self._started([program, "--sandbox", "--data-dir", data]) as begun:
            painted = self._painted(begun)
            end = begun + PATIENCE
            while time.monotonic() < end:
                for line in log.read_text("utf-8")[known:].splitlines() if log.exists() else ():
                    told = json.loads(line)
                    if told["text"].startswith(READY):
                        return painted, (
                            datetime.fromisoformat(told["time"]) - wall
                        ).total_seconds()
                time.sleep(0.02)
        raise BuildError("the till was never ready")

    def _painted(self, begun: float) -> float:
        while self._pixel() == self._empty:
            require(time.monotonic() < begun + PATIENCE, "no window was painted")
            time.sleep(_LOOK_AGAIN)
        return time.monotonic() - begun

    @contextmanager
    def _started(self, command: list[str | Path]) -> Iterator[float]:
        begun = time.monotonic()
        with subprocess.Popen(
            [str(word) for word in command], env={**os.environ, **self._env}
        ) as one:
            try:
                yield begun
            finally:
                one.kill()
        while self._pixel() != self._empty:
            time.sleep(_LOOK_AGAIN)

    def _pixel(self) -> bytes:
        return self._frame[self._middle : self._middle + 4]


@contextmanager
def _screen() -> Iterator[_Screen]:
    with tempfile.TemporaryDirectory() as folder:
        wanted = [
            "-screen",
            "0",
            f"{SCREEN[0]}x{SCREEN[1]}x24",
            "-fbdir",
            folder,
            "-displayfd",
            "1",
        ]
        with subprocess.Popen(
            ["Xvfb", *wanted, "-nolisten", "tcp"], stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                assert server.stdout is not None  # noqa: S101
                number = server.stdout.readline().strip()
                require(number, "Xvfb did not start")
                with (Path(folder) / "Xvfb_screen0").open("rb") as file:
                    frame = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                    yield _Screen(number, frame)
            finally:
                server.terminate()
