"""The long form: every byte of every call is cut, in every way.

python -m tests.network                                  everything
python -m tests.network --calls CreatePayment,GetRefund  these calls
python -m tests.network --every 7 --processes 2          every seventh byte, on two cores
python -m tests.network --answers 20000                  hostile answers instead of cuts
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from cashier.gateway.calls import Call
from tests.network import answers, cuts, tls
from tests.network.cuts import Tally, Task
from tests.network.jobs import run_all
from tests.network.proxy import End
from tests.network.tls import TlsTask
from tests.simulation.fleet import Bar

TLS = "TLS"
PORTION = 500
NAMES = (TLS, *(call.value for call in Call))


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.network",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__,
    )
    parser.add_argument("--calls", default=",".join(NAMES), help=f"some of {', '.join(NAMES)}")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth byte")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--answers", type=int, metavar="N", help="so many hostile answers instead")
    options = parser.parse_args()
    if options.answers:
        return _answers(options.answers, options.processes)
    chosen = options.calls.split(",")
    if unknown := set(chosen) - set(NAMES):
        parser.error(f"no such call: {', '.join(sorted(unknown))}")
    by_name = {name: list(_jobs(name, options.every)) for name in NAMES if name in chosen}
    jobs = [job for some in by_name.values() for job in some]
    whole, began, bar = Tally(), time.monotonic(), Bar(len(jobs))
    tallies = run_all(jobs, options.processes)
    for name, some in by_name.items():
        part = Tally()
        for tally in islice(tallies, len(some)):
            part.add(tally)
            for problem in tally.problems:
                bar.say(f"WRONG {problem}")
            bar.step(len(whole.problems) + len(part.problems))
        bar.say(f"{name}: {_figures(part)}")
        whole.add(part)
    bar.end()
    sys.stdout.write(
        f"cuts and slow lines: {_figures(whole)}, in {time.monotonic() - began:.0f} s\n"
    )
    return 1 if whole.problems else 0


def _figures(tally: Tally) -> str:
    classes = ", ".join(f"{name} {count}" for name, count in sorted(tally.classes.items()))
    return (
        f"{tally.cuts}: {classes}; {tally.lookups} look-ups of what was lost;"
        f" wrong {len(tally.problems)}"
    )


def _answers(wanted: int, processes: int) -> int:
    """Portions of hostile answers, each with a seed of its own."""
    portions = -(-wanted // PORTION)
    whole, began, bar = answers.Run(), time.monotonic(), Bar(portions)
    for one in run_all(
        [partial(answers.run, PORTION, seed) for seed in range(portions)], processes
    ):
        whole.add(one)
        bar.step(0)
    bar.end()
    classes = ", ".join(f"{name} {count}" for name, count in sorted(whole.classes.items()))
    sys.stdout.write(
        f"hostile answers: {whole.examples} in {time.monotonic() - began:.0f} s: {classes};"
        f" slowest {whole.slowest * 1000:.0f} ms; wrong 0\n"  # a wrong one has ended the run
    )
    return 0


def _jobs(name: str, every: int) -> Iterator[Callable[[], Tally]]:
    for end in End:
        if name == TLS:
            yield partial(tls.run, TlsTask(end, every))
        else:
            yield partial(cuts.run, Task(Call(name), end, stride=every))
            yield partial(cuts.run, Task(Call(name), end, is_refused=True, stride=every))
    if name != TLS:
        yield partial(cuts.slowly, Call(name))


if __name__ == "__main__":
    sys.exit(main())
