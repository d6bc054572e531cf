"""Many tills at once on one PostgreSQL: python -m tests.fleet --tills 20 --sales 200

It makes a server and a gateway of its own, and ends with what was sold, what a commit took, and
every difference between the journal and the gateway.
"""

from __future__ import annotations

import argparse
import sys

from tests.fleet.trial import run_trial
from tests.integration.postgres_server import postgres_server


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fleet", description=__doc__)
    parser.add_argument("--tills", type=int, default=20)
    parser.add_argument("--sales", type=int, default=200, help="of each till")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    with postgres_server() as server:
        outcome = run_trial(
            server, tills=options.tills, sales=options.sales, processes=options.processes
        )
    for problem in outcome.problems[:20]:
        print(f"  {problem}")  # noqa: T201 -- a program that talks to its terminal
    print(  # noqa: T201
        f"{options.tills} tills x {options.sales} sales on PostgreSQL {outcome.server}:"
        f" {outcome.paid} paid, {outcome.refunded} refunds from other tills"
        f" ({outcome.beaten} times another was first), {outcome.seconds:.0f} s;"
        f" {len(outcome.commits)} transactions, p50 {outcome.quantile(0.5):.1f} ms,"
        f" p99 {outcome.quantile(0.99):.1f} ms; {len(outcome.problems)} problems"
    )
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
