"""Makes the program that is installed, and proves it.

    python installer/build.py            the frozen program of this system, with its self-test; on
                                         Windows also Setup.exe, installed, upgraded and removed
    python installer/build.py --windows  all of that for Windows on Linux, through wine: a test build

Everything comes from pinned packages whose hashes are checked. What is made lies in `dist`, what
it took to make it in `build`. Releases are made on Windows.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from freeze import freeze, self_test
from machines import IS_WINDOWS, Machine, Native, Wine
from steps import ROOT, BuildError, say


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build.py", description="Build Cashier and prove it.")
    parser.add_argument("--windows", action="store_true", help="build for Windows, through wine")
    parser.add_argument("--folder", type=Path, default=ROOT, help="where build and dist are made")
    return parser.parse_args()


def build(given: argparse.Namespace) -> None:
    """Raises BuildError."""
    through_wine = given.windows and not IS_WINDOWS
    name = "windows" if through_wine or IS_WINDOWS else "linux"
    work, dist = given.folder.resolve() / "build" / name, given.folder.resolve() / "dist" / name
    machine: Machine = Wine(work) if through_wine else Native(work)
    work.mkdir(parents=True, exist_ok=True)
    try:
        machine.prepare()
        folder = freeze(machine, dist)
        self_test(machine, folder)
    finally:
        if isinstance(machine, Wine):
            machine.close()
    say(f"built: {folder}")


if __name__ == "__main__":
    try:
        build(arguments())
    except BuildError as error:
        print(f"build: FAILED: {error}", file=sys.stderr, flush=True)
        sys.exit(1)
