"""The long form: kills at every point, disks that fail, power cuts.

python -m tests.crashes              everything, one after the other
python -m tests.crashes --kills      every point of every scenario, kill -9
python -m tests.crashes --disk 20    every 20th write and sync fails: EIO, ENOSPC, death
python -m tests.crashes --power 4    the power fails before every 4th call, in each way
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterable

from tests.crashes import disk, kill, power
from tests.crashes.scenarios import SCENARIOS
from tests.simulation.fleet import Bar

DISK_STRIDE = 20
POWER_STRIDE = 4


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.crashes",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__,
    )
    parser.add_argument("--kills", action="store_true")
    parser.add_argument("--disk", type=int, nargs="?", const=DISK_STRIDE, metavar="STRIDE")
    parser.add_argument("--power", type=int, nargs="?", const=POWER_STRIDE, metavar="STRIDE")
    parser.add_argument("--only", default="", help="one scenario, by its name")
    options = parser.parse_args()
    logging.disable()  # what the tills say of their troubles is not the news here
    scenarios = [name for name in SCENARIOS if options.only in ("", name)]
    is_all = not (options.kills or options.disk or options.power)
    bad = 0
    if options.kills or is_all:
        bad += kills(scenarios)
    if options.disk or is_all:
        bad += disks(scenarios, options.disk or DISK_STRIDE)
    if options.power or is_all:
        bad += cuts(scenarios, options.power or POWER_STRIDE)
    return 1 if bad else 0


def kills(scenarios: Iterable[str]) -> int:
    """Every scenario once to its end, then killed at every point on the way there."""
    runs, bad, began = 0, 0, time.monotonic()
    where: Counter[str] = Counter()
    for scenario in scenarios:
        whole, problems = kill.kill_and_recover(scenario, 0)
        if whole.ended != "ended ":
            problems.append(f"{scenario} did not end well: {whole.ended or 'no word'}")
        bad += _tell(problems)
        bar = Bar(len(whole.points))
        for number in range(1, len(whole.points) + 1):
            told, problems = kill.kill_and_recover(scenario, number)
            runs += 1
            where[told.last_point] += 1
            bad += _tell(problems)
            bar.step(bad)
        bar.end()
        _say(f"{scenario}: killed at {len(whole.points)} points, {bad} bad so far")
    for name, times in sorted(where.items()):
        _say(f"  {times:4} {name}")
    _say(f"kills: {runs} in {time.monotonic() - began:.0f} s, {len(where)} kinds, {bad} bad")
    return bad


def disks(scenarios: Iterable[str], stride: int) -> int:
    """A write or a sync fails, or the process dies in it."""
    runs, bad, began = 0, 0, time.monotonic()
    ends: Counter[str] = Counter()
    for turn, scenario in enumerate(scenarios):
        planned = list(disk.plan(scenario, stride=stride, start=turn))
        bar = Bar(len(planned))
        for failing in planned:
            ended, problems = disk.fail_and_recover(failing)
            runs += 1
            ends[f"{failing.fault} {ended}"] += 1
            bad += _tell(problems)
            bar.step(bad)
        bar.end()
        _say(f"{scenario}: {len(planned)} faults, {bad} bad so far")
    for name, times in sorted(ends.items()):
        _say(f"  {times:4} {name}")
    _say(f"disk faults: {runs} in {time.monotonic() - began:.0f} s, {bad} bad")
    return bad


def cuts(scenarios: Iterable[str], stride: int) -> int:
    """The power fails everywhere."""
    whole, bad, began = power.Tally(), 0, time.monotonic()
    for turn, scenario in enumerate(scenarios):
        ops = power.record(scenario)
        tally = power.cut_everywhere(ops, stride=stride, variants=2, seed=turn)
        bad += _tell(tally.problems)
        whole = power.Tally(
            whole.cuts + tally.cuts,
            whole.acknowledged + tally.acknowledged,
            whole.lost + tally.lost,
            whole.refused + tally.refused,
        )
        _say(f"{scenario}: {tally.cuts} cuts before {len(ops)} calls, {tally.lost} lost")
    _say(
        f"power cuts: {whole.cuts} in {time.monotonic() - began:.0f} s, {whole.lost} lost of"
        f" {whole.acknowledged} acknowledged commits, {whole.refused} journals refused"
    )
    return bad


def _tell(problems: Iterable[str]) -> int:
    told = 0
    for problem in problems:
        told += 1
        _say(f"BAD {problem}")
    return told


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
