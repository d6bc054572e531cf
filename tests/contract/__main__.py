"""The long form: many requests to each call, made up from the guide's OpenAPI file.

python -m tests.contract                                 1,000 for each call and profile
python -m tests.contract --examples 5000 --profile spec
"""

from __future__ import annotations

import argparse
import logging
import sys
import time

from cashier.sandbox.values import Profile
from tests.contract.requests_made_up import CALLS, Run, run
from tests.simulation.fleet import Bar

PORTION = 100


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.contract",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__,
    )
    parser.add_argument("--examples", type=int, default=1000, help="for each call and profile")
    parser.add_argument("--profile", choices=[one.value for one in Profile], help="one of them")
    options = parser.parse_args()
    logging.disable()
    profiles = [Profile(options.profile)] if options.profile else list(Profile)
    portions = -(-options.examples // PORTION)
    whole, bad, began = Run(), 0, time.monotonic()
    bar = Bar(len(profiles) * len(CALLS) * portions)
    for profile in profiles:
        for call in CALLS:
            for number in range(portions):
                try:
                    whole.add(run(profile, call, PORTION, number))
                except BaseExceptionGroup as trouble:  # failed checks
                    bad += 1
                    told = "; ".join(str(one) for one in trouble.exceptions)
                    bar.say(f"WRONG {profile.value} {call} seed {number}: {told}")
                bar.step(bad)
    bar.end()
    by_status = ", ".join(f"{name} {count}" for name, count in sorted(whole.statuses.items()))
    sys.stdout.write(
        f"requests made up: {whole.requests} in {time.monotonic() - began:.0f} s:"
        f" {by_status}; wrong {bad}\n"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
