"""The project's tests under Windows Python, through wine as far as it goes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import parse

from machines import Machine
from steps import ROOT, BuildError, require, say, step

PARTS = ("unit", "integration", "ui")
PATIENCE = 3600.0
"""Seconds that a part of the tests may take."""

# One test has two minutes. A process that hangs is ended then and replaced, and the others go on;
# where whole files are dealt out, pytest-xdist would wait for ever after the end of a process.
TWO = ("-n", "2", "--dist", "load", "--max-worker-restart", "100")
OPTIONS = (*TWO, "--timeout", "120", "-p", "tests.windows")

# Offscreen there are none of the things that Windows brings along for its own screen.
ON_ITS_SCREEN = ("tests/ui/test_theme.py", "-k", "typeface")
_SCREEN = """
import os, sys, pytest
os.environ["QT_QPA_PLATFORM"] = "windows"  # which wine would not hand down
sys.exit(pytest.main(sys.argv[1:]))
"""


class Results:
    """What became of the tests, part by part."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.left_out: Counter[str] = Counter()
        self.run = 0

    def read(self, report: Path) -> None:
        """Add a part's report, as pytest writes it for JUnit."""
        for case in parse(report).iter("testcase"):  # noqa: S314  written here
            skipped = case.find("skipped")
            if skipped is not None:
                self.left_out[skipped.get("message", "")] += 1
            else:
                self.run += 1
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed.append(f"{case.get('classname')}::{case.get('name')}")

    def __str__(self) -> str:
        passed, left_out = self.run - len(self.failed), self.left_out.total()
        return f"{passed} passed, {len(self.failed)} failed, {left_out} left out"


def run_tests(machine: Machine) -> None:
    """Install what the tests need and run them all. Raises BuildError when one failed."""
    with step("the tests' packages, every hash checked"):
        machine.install("test")
    options = ["-p", "no:cacheprovider", "--tb", "short"]
    env = {"PYTHONPATH": machine.path(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with step("what needs Windows' own screen"):
        known = ("-n", "0", "-o", "qt_log_ignore=DpiAwareness")  # wine is older than Qt would like
        told = machine.python("-c", _SCREEN, *options, *known, *ON_ITS_SCREEN, env=env, cwd=ROOT)
        say(f"  {told.strip().splitlines()[-1]}")
    results, unfinished = Results(), []
    for part in PARTS:
        report = machine.work / f"tests-{part}.xml"
        report.unlink(missing_ok=True)
        words = ("-m", "pytest", *options, *OPTIONS, "--junitxml", report, f"tests/{part}")
        with step(f"the tests under Windows Python: {part}"):
            try:
                machine.python(*words, env=env, cwd=ROOT, patience=PATIENCE)
            except BuildError as error:
                say(f"  {error}")
            if report.exists():
                results.read(report)
                say(f"  until here {results}")
            else:
                unfinished.append(part)
    for reason, count in results.left_out.most_common():
        say(f"  left out: {count}, {reason}")
    for name in results.failed:
        say(f"  failed: {name}")
    say(f"the tests under Windows Python: {results}")
    require(not unfinished, f"tests without a result: {', '.join(unfinished)}")
    require(not results.failed, f"{len(results.failed)} tests failed")
