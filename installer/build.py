"""Makes the program that is installed, and proves it.

    python installer/build.py            the frozen program of this system, and its self-test; on
                                         Windows also Setup.exe, installed, upgraded and removed
    python installer/build.py --windows  all of that for Windows on Linux by wine: a test build
                              --tests    and the tests under that system's Python
                              --start    how long the start takes, against a bare window (Linux)

Everything comes from pinned packages whose hashes are checked. What is made lies in `dist`, what
it took to make it in `build`. Releases are made on Windows.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from freeze import freeze, self_test
from machines import IS_WINDOWS, Machine, Native, Wine
from pictures import take
from proof import prove
from setup_program import Signer, release, self_signed
from start_time import compare_starts
from steps import ROOT, BuildError, require, say
from windows_tests import run_tests


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build.py", description="Build Cashier and prove it.")
    parser.add_argument("--windows", action="store_true", help="build for Windows, through wine")
    parser.add_argument("--tests", action="store_true", help="run the tests too, when it is made")
    parser.add_argument("--start", type=int, nargs="?", const=7, metavar="TURNS", help="time it")
    parser.add_argument("--pictures", action="store_true", help="renew README's, with --windows")
    parser.add_argument("--folder", type=Path, default=ROOT, help="where build and dist are made")
    parser.add_argument("--certificate", type=Path, help="sign with this certificate (PEM) ...")
    parser.add_argument("--key", type=Path, help="... and its key")
    parser.add_argument("--timestamp", default="", metavar="URL", help="the service for the time")
    return parser.parse_args()


def signer(given: argparse.Namespace, machine: Machine) -> Signer | None:
    """Who signs: the given certificate; without one, a test build proves signing with its own."""
    require((given.certificate is None) == (given.key is None), "a certificate needs its key")
    if given.certificate is not None:
        return Signer(given.certificate.resolve(), given.key.resolve(), given.timestamp)
    return self_signed(machine.work) if isinstance(machine, Wine) else None


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
        if machine.system == "windows":
            who = signer(given, machine)
            setup = release(folder, dist, signer=who)
            prove(machine, folder, setup, who)
            if given.pictures and isinstance(machine, Wine):
                take(machine, setup)
        if given.start and isinstance(machine, Native):
            compare_starts(machine, folder, given.start)
        if given.tests:
            run_tests(machine)
    finally:
        machine.close()
    say(f"built: {folder}")
    if machine.system == "windows":
        where = "under wine" if through_wine else "on Windows"
        today = datetime.now(UTC).date().isoformat()
        say(f"built, installed, sold, upgraded and removed {where} on {today}")
    if through_wine:
        say("not tried on real Windows")


if __name__ == "__main__":
    try:
        build(arguments())
    except BuildError as error:
        print(f"build: FAILED: {error}", file=sys.stderr, flush=True)
        sys.exit(1)
