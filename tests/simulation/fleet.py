"""Many seeds over several processes, and a bar that says how far they are."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.simulation.world import Size, simulate

COLLECT_EVERY = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is kept of a seed's outcome when there are many."""

    seed: int
    digest: str
    violations: tuple[str, ...]
    met: Counter[str]


def run_all(seeds: Iterable[int], size: Size, processes: int) -> Iterator[Verdict]:
    """Run every seed; the verdicts come as they are ready."""
    work = partial(_verdict, size=size)
    if processes <= 1:
        yield from map(work, seeds)
        return
    # Fresh interpreters: each has its own order of hashes, which must not matter.
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap_unordered(work, seeds, chunksize=4)


def _verdict(seed: int, *, size: Size) -> Verdict:
    was_on = gc.isenabled()
    gc.disable()  # a collection in the middle of a seed costs more than the memory it frees
    outcome = simulate(seed, size)
    _runs[0] += 1
    if _runs[0] % COLLECT_EVERY == 0:
        gc.collect()
    if was_on:
        gc.enable()
    return Verdict(seed, outcome.digest, tuple(outcome.violations[:3]), outcome.met)


_runs = [0]


class Bar:
    """Written to the terminal at most four times a second; nothing where there is none."""

    def __init__(self, whole: int) -> None:
        self._whole = whole
        self._done = 0
        self._started = self._shown = time.monotonic()
        self._is_terminal = sys.stderr.isatty()

    def step(self, bad: int) -> None:
        """One more is done; `bad` so far."""
        self._done += 1
        now = time.monotonic()
        if now - self._shown < (0.25 if self._is_terminal else 30):
            return
        self._shown = now
        rate = self._done / (now - self._started)
        left = (self._whole - self._done) / rate
        filled = 30 * self._done // self._whole
        text = (
            f"[{'#' * filled}{'.' * (30 - filled)}] {self._done}/{self._whole}"
            f" {rate:.1f}/s, {left:.0f} s left, {bad} bad"
        )
        sys.stderr.write(f"\r{text}" if self._is_terminal else f"{text}\n")
        sys.stderr.flush()

    def say(self, text: str) -> None:
        """Something worth a line of its own."""
        sys.stderr.write(f"\r{text}\n" if self._is_terminal else f"{text}\n")

    def end(self) -> None:
        if self._is_terminal:
            sys.stderr.write("\n")
