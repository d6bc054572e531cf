"""The project's tests under Windows Python, through wine as far as it goes."""

from __future__ import annotations

from machines import Machine
from steps import ROOT, say, step

RUN = ("tests/unit", "tests/integration")

# Offscreen there are none of the things that Windows brings along for its own screen.
ON_ITS_SCREEN = ("tests/ui/test_theme.py", "-k", "typeface")
_SCREEN = """
import os, sys, pytest
os.environ["QT_QPA_PLATFORM"] = "windows"  # which wine would not hand down
sys.exit(pytest.main(sys.argv[1:]))
"""


def run_tests(machine: Machine) -> None:
    """Install what the tests need and run them. Raises BuildError when one fails."""
    with step("the tests' packages, every hash checked"):
        machine.install("test")
    options = ["-n", "0", "-p", "no:cacheprovider", "--tb", "short"]
    env = {"PYTHONPATH": machine.path(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with step("what needs Windows' own screen"):
        known = ("-o", "qt_log_ignore=DpiAwareness")  # wine is older than Qt would have it
        told = machine.python("-c", _SCREEN, *options, *known, *ON_ITS_SCREEN, env=env, cwd=ROOT)
        say(f"  {told.strip().splitlines()[-1]}")
    with step("the tests under Windows Python"):
        words = ("-m", "pytest", *options, "-p", "tests.windows", "--timeout", "300", *RUN)
        lines = machine.python(*words, env=env, cwd=ROOT, patience=7200).strip().splitlines()
        for line in [*(one for one in lines if one.startswith("left out")), lines[-1]]:
            say(f"  {line}")
