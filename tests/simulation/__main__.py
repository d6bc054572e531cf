"""Runs the simulation: many seeds, one seed with its story, one seed over and over, bad designs.

python -m tests.simulation --seeds 1000 --processes 2
python -m tests.simulation --seed 293
python -m tests.simulation --seed 7 --repeats 100
python -m tests.simulation --planted
python -m tests.simulation --planted --tests
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.simulation import matrix, named, planted
from tests.simulation.fleet import Bar, Verdict, run_all
from tests.simulation.world import SIZES, Size, simulate


def main() -> int:
    options = _options()
    size = SIZES[options.world]
    if options.planted and options.tests:
        return named.run_tests(options.processes, only=options.only)
    if options.planted:
        return planted.hunt(options.seeds or 400, options.processes, only=options.only)
    if options.seed is not None and options.repeats:
        return _repeat(options.seed, options.repeats, size, options.processes)
    if options.seed is not None:
        return _replay(options.seed, size, options.only)
    return _many(options.first_seed, options.seeds or 200, size, options.processes)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulation",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__,
    )
    parser.add_argument("--seeds", type=int, help="how many (200; 400 for each bad design)")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--world", choices=SIZES, default="long", help="pytest runs short ones")
    parser.add_argument("--seed", type=int, help="replay one seed and tell its story")
    parser.add_argument("--repeats", type=int, help="with --seed: is it the same each time?")
    parser.add_argument("--planted", action="store_true", help="are the bad designs caught?")
    parser.add_argument("--tests", action="store_true", help="with --planted: by their own tests?")
    parser.add_argument("--only", default="", help="one bad design, by its name")
    return parser.parse_args()


def _many(first: int, count: int, size: Size, processes: int) -> int:
    """Every seed of a range; a bar on the way, the figures at the end."""
    met: Counter[str] = Counter()
    failed: list[Verdict] = []
    started = time.monotonic()
    bar = Bar(count)
    for verdict in run_all(range(first, first + count), size, processes):
        met += verdict.met
        if verdict.violations:
            failed.append(verdict)
            bar.say(f"seed {verdict.seed}: {verdict.violations[0]}\n  {replay(verdict.seed, size)}")
        bar.step(len(failed))
    bar.end()
    seconds = time.monotonic() - started
    for line in matrix.lines(met):
        _say(line)
    _say(
        f"seeds {first}-{first + count - 1}: {met['sent CreatePayment']} payments sent,"
        f" {met['sent CreateRefund']} refunds sent, {met['refund SENDING UNKNOWN']} of unknown"
        f" outcome, {met['deaths']} deaths, {met['commits']} commits,"
        f" {met['steps']} checks, {len(failed)} seeds with violations,"
        f" {count / seconds:.1f} seeds/s"
    )
    return 1 if failed else 0


def _replay(seed: int, size: Size, design: str) -> int:
    """One seed, step by step."""
    outcome = planted.run_planted(design, seed, size) if design else simulate(seed, size)
    for line in outcome.story:
        _say(line)
    _say(f"seed {seed}: digest {outcome.digest}")
    for line in outcome.violations:
        _say(f"VIOLATED: {line}")
    return 1 if outcome.violations else 0


def _repeat(seed: int, times: int, size: Size, processes: int) -> int:
    """One seed, one journal, byte for byte."""
    bar = Bar(times)
    digests: Counter[str] = Counter()
    for verdict in run_all([seed] * times, size, processes):
        digests[verdict.digest] += 1
        bar.step(len(digests) - 1)
    bar.end()
    _say(f"seed {seed}: {max(digests.values())} of {times} runs have the same journals")
    return 0 if len(digests) == 1 else 1


def replay(seed: int, size: Size) -> str:
    """The command that runs one seed again."""
    world = next(name for name, known in SIZES.items() if known is size)
    return f"python -m tests.simulation --seed {seed} --world {world}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
