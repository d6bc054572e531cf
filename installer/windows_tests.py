"""The project's tests under Windows Python, through wine as far as it goes."""

from __future__ import annotations

from machines import Machine
from steps import ROOT, require, say, step

RUN = ("tests/unit", "tests/integration")

# Offscreen there are none of the things that Windows brings along for its own screen.
ON_ITS_SCREEN = ("tests/ui/test_theme.py", "-k", "typeface")
_SCREEN = """
import os, sys, pytest
os.environ["QT_QPA_PLATFORM"] = "windows"  # which wine would not hand down
sys.exit(pytest.main(sys.argv[1:]))
"""

# What does not run there, and why: the only list of it. A test that asks the system itself, such as
# for the mode of a file, says so where it stands and is skipped on Windows.
LEFT_OUT = {
    "tests/integration/test_journal_postgresql.py": "its servers are Debian's PostgreSQL",
}


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
    for path, reason in LEFT_OUT.items():
        require((ROOT / path.partition("::")[0]).exists(), f"{path} is not there")
        options += ["--deselect" if "::" in path else "--ignore", path]
        say(f"  left out: {path}: {reason}")
    with step("the tests under Windows Python"):
        words = ("-m", "pytest", *options, "--timeout", "300", *RUN)
        told = machine.python(*words, env=env, cwd=ROOT, patience=7200)
        say(f"  {told.strip().splitlines()[-1]}")
