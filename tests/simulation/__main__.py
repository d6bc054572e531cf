"""`python -m tests.simulation --seeds N [--first-seed S] [--processes P]`, or `--seed K`."""

from __future__ import annotations

import argparse
import sys

from tests.simulation.world import simulate


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    if options.seed is not None:
        outcome = simulate(options.seed)
        sys.stdout.write("\n".join([*outcome.story, *outcome.violations, ""]))
        return 1 if outcome.violations else 0
    failed = 0
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        outcome = simulate(seed)
        if outcome.violations:
            failed += 1
            sys.stdout.write(f"seed {seed}: {outcome.violations[0]}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
