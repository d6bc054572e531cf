"""Power cuts: what a disk may hold when the current fails, rebuilt from a record, and opened again.

What was written after the last sync of its file may be there, or not, or in parts of 512 bytes, in
any order; a file that was made or removed may still be what it was until its folder is synced.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cashier.clock import SystemClock
from cashier.domain.failure import CashierError
from cashier.journal.journal import Journal
from cashier.journal.runner import InlineRunner
from tests.crashes.kill import place
from tests.crashes.strace import Op, ensure, read_log, run
from tests.till_bench import SMALL

SECTOR = 512
WAYS = ("dropped", "kept", "torn", "reordered")


@dataclass(slots=True)
class Disk:
    """Files as far as they are safe, and what has come since. Times do not matter, only order."""

    safe: dict[str, bytes] = field(default_factory=dict)
    late: list[Op] = field(default_factory=list)
    """Not safe yet, the oldest first."""

    names: set[str] = field(default_factory=set)
    """The files that the program sees."""

    def take(self, op: Op) -> None:
        if op.kind == "create" and op.file in self.names:
            return  # opened again
        if op.kind == "create":
            self.names.add(op.file)
        if op.kind == "unlink":
            self.names.discard(op.file)
        if op.kind != "sync":
            self.late.append(op)
            return
        for one in [one for one in self.late if self._is_made_safe(one, op.file)]:
            self.late.remove(one)
            _apply(self.safe, one)

    def _is_made_safe(self, late: Op, synced: str) -> bool:
        if synced == ".":
            return late.kind in ("create", "unlink") and late.file != "anchor"
        return late.file == synced and late.kind in ("write", "cut")

    def cut(self, way: str, chance: random.Random) -> dict[str, bytes]:
        """The files after a power cut at this moment."""
        files = dict(self.safe)
        late = list(self.late)
        if way == "dropped":
            late = []
        elif way != "kept":
            late = [op for op in late if chance.random() < 0.6]
        if way == "reordered":
            chance.shuffle(late)
        for op in late:
            _apply(files, _torn(op, chance) if way == "torn" else op)
        # What was written to a file whose name is not there is nowhere.
        there = set(files) & self._named(late)
        return {name: data for name, data in files.items() if name in there}

    def _named(self, late: Sequence[Op]) -> set[str]:
        names = set(self.safe_names)
        for op in late:
            if op.kind == "create":
                names.add(op.file)
            elif op.kind == "unlink":
                names.discard(op.file)
        return names

    @property
    def safe_names(self) -> set[str]:
        """Files whose names are safe."""
        unsafe = {op.file for op in self.late if op.kind == "create"}
        return {name for name in self.safe if name not in unsafe}


def _apply(files: dict[str, bytes], op: Op) -> None:
    known = bytearray(files.get(op.file, b""))
    match op.kind:
        case "create":
            files.setdefault(op.file, b"")
        case "unlink":
            files.pop(op.file, None)
        case "cut":
            files[op.file] = bytes(known[: op.offset]).ljust(op.offset, b"\0")
        case "write":
            if len(known) < op.offset:
                known += bytes(op.offset - len(known))
            known[op.offset : op.offset + len(op.data)] = op.data
            files[op.file] = bytes(known)
        case _:
            pass


def _torn(op: Op, chance: random.Random) -> Op:
    """Some of its sectors only: up to a place, as a disk writes them."""
    if op.kind != "write" or len(op.data) <= SECTOR or chance.random() < 0.5:
        return op
    kept = SECTOR * chance.randint(0, len(op.data) // SECTOR)
    return Op(op.kind, op.file, op.offset, op.data[:kept])


@dataclass(frozen=True, slots=True)
class Tally:
    """`lost` are acknowledged commits that were gone; `refused` journals that would not open."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    refused: int = 0
    problems: tuple[str, ...] = ()


def record(scenario: str) -> list[Op]:
    """Every write and sync of a scenario's process."""
    ensure()
    with place() as (folder, sandbox), tempfile.TemporaryDirectory() as logs:
        log = Path(logs) / "log"
        run(folder, sandbox.base_url, scenario, log=log)
        return read_log(log, folder)


def moments(ops: Sequence[Op], *, stride: int, start: int) -> Iterator[tuple[int, Disk, str]]:
    """A disk before every `stride`-th call, and the newest anchor that was written before it."""
    disk = Disk()
    anchor = ""
    for number, op in enumerate(ops):
        if number % stride == start % stride:
            yield number, disk, anchor
        disk.take(op)
        if op.file == "anchor" and op.kind == "write":
            anchor = op.data.decode()


def cut_everywhere(
    ops: Sequence[Op], *, stride: int = 1, variants: int = 1, seed: int = 0
) -> Tally:
    """Cut the power before every `stride`-th call, in every way, and open what is left."""
    chance = random.Random(seed)  # noqa: S311
    tally = Tally()
    top = Path(tempfile.mkdtemp(prefix="cashier-power-", dir=_memory()))
    try:
        for number, disk, anchor in moments(ops, stride=stride, start=seed):
            for way in WAYS:
                times = variants if way in ("torn", "reordered") else 1
                for _ in range(times):
                    files = disk.cut(way, chance)
                    tally = _add(tally, f"{way} at {number}", files, anchor, top / "live")
    finally:
        shutil.rmtree(top, ignore_errors=True)
    return tally


def _add(tally: Tally, name: str, files: dict[str, bytes], anchor: str, folder: Path) -> Tally:
    head: dict[str, Any] = json.loads(anchor) if anchor else {"seq": 0, "hash": ""}
    seq, known = int(head["seq"]), str(head["hash"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file, data in files.items():
        place_of = folder.parent / "live.anchor" if file == "anchor" else folder / file
        place_of.write_bytes(data)
    if "anchor" not in files:
        (folder.parent / "live.anchor").unlink(missing_ok=True)
    refused, lost = _open(folder, seq, known)
    problems = [f"{name}: {refused}"] if refused else []
    problems += [f"{name}: commit {seq} is lost"] if lost else []
    return Tally(
        cuts=tally.cuts + 1,
        acknowledged=tally.acknowledged + seq,
        lost=tally.lost + lost,
        refused=tally.refused + bool(refused),
        problems=(*tally.problems, *problems)[:20],
    )


def _open(folder: Path, seq: int, known: str) -> tuple[str, int]:
    """Why it would not open, and whether the newest acknowledged commit is gone."""
    try:
        journal = Journal.open(
            f"sqlite:///{folder}/journal.db",
            till="2",
            clock=SystemClock(),
            runner=InlineRunner(),
            anchor=folder.parent / "live.anchor",
            limits=SMALL,
        )
    except CashierError as error:
        return str(error), int(seq > 0)
    journal.close()
    connection = sqlite3.connect(folder / "journal.db")
    found = connection.execute("SELECT hash FROM events WHERE seq = ?", (seq,)).fetchone()
    connection.close()
    return "", int(seq > 0 and (found is None or found[0] != known))


def _memory() -> str | None:
    shared = Path("/dev/shm")  # noqa: S108
    return str(shared) if shared.is_dir() else None
