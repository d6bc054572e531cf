"""A process that does nothing but wake up: how late the machine alone makes somebody.

It writes one line for each wake-up that came late: the moment on the monotonic clock, which all
processes share, and by how many seconds.
"""

from __future__ import annotations

import sys
import time

PERIOD = 0.02
TOLD = 0.01


def main() -> None:
    """Until it is ended from outside."""
    last = time.monotonic()
    while True:
        time.sleep(PERIOD)
        now = time.monotonic()
        late = now - last - PERIOD
        if late > TOLD:
            sys.stdout.write(f"{now!r} {late!r}\n")
            sys.stdout.flush()
        last = now


if __name__ == "__main__":
    main()
