"""A disk that fails: one write or sync of the journal ends in an error, or in death."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import anyio

from tests.crashes import strace
from tests.crashes.kill import lost_commits, place, recover

KILLED = "killed"
NOT_MET = "not met"
FAULTS = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")
CALLS = ("pwrite64", "fdatasync")


@dataclass(frozen=True, slots=True)
class Failing:
    """The `when`-th of these calls fails so."""

    scenario: str
    call: str
    fault: str
    when: int

    def __str__(self) -> str:
        return f"{self.scenario}: {self.call} {self.when} {self.fault}"


def plan(scenario: str, *, stride: int, start: int = 0) -> Iterator[Failing]:
    """Every `stride`-th write and sync that the scenario itself makes, with each fault in turn."""
    strace.ensure()
    with place() as (folder, sandbox), tempfile.TemporaryDirectory() as logs:
        log = Path(logs) / "log"
        _, said = strace.run(folder, sandbox.base_url, scenario, log=log)
        whole = strace.counts(log, CALLS)
        begun = strace.before_ready(said)
        ops = strace.read_log(log, folder)
    first = _first_of_scenario(ops, begun)
    turn = start
    for call in CALLS:
        for when in range(first[call] + 1 + start % stride, whole[call] + 1, stride):
            yield Failing(scenario, call, FAULTS[turn % len(FAULTS)], when)
            turn += 1


def _first_of_scenario(ops: list[strace.Op], commits: int) -> dict[str, int]:
    """How many writes and syncs come before the scenario: the anchor follows every commit."""
    seen = dict.fromkeys(CALLS, 0)
    anchored = 0
    for op in ops:
        if op.file == "anchor" and op.kind == "write":
            anchored += 1
            if anchored > commits:
                break
        elif op.kind == "write":
            seen["pwrite64"] += 1
        elif op.kind == "sync":
            seen["fdatasync"] += 1
    return seen


def fail_and_recover(failing: Failing) -> tuple[str, list[str]]:
    """How the process ended under the fault, and everything that is wrong after the next start.

    NOT_MET when it was over before the call that should have failed.
    """
    with place() as (folder, sandbox), tempfile.TemporaryDirectory() as logs:
        log = Path(logs) / "log"
        told, said = strace.run(
            folder,
            sandbox.base_url,
            failing.scenario,
            log=log,
            inject=f"{failing.call}:{failing.fault}:when={failing.when}",
        )
        problems = lost_commits(folder / "journal.db", told)
        if "Traceback" in said:
            problems.append(f"the till ended by a bug: {said.strip().splitlines()[-1]}")
        problems += anyio.run(recover, folder, sandbox, failing.when % 2 == 0)
        is_met = "(INJECTED)" in log.read_text() or "+++ killed by SIGKILL +++" in log.read_text()
    ended = (told.ended or KILLED) if is_met else NOT_MET
    return ended, [f"{failing}: {one}" for one in problems]
