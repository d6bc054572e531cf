"""The project's tests under Windows Python, through wine as far as it goes."""

from __future__ import annotations

from machines import Machine
from steps import ROOT, require, say, step

RUN = ("tests/unit", "tests/integration")

# What does not run there, and why: the only list of it. A test that asks the system itself, such as
# for the mode of a file, says so where it stands and is skipped on Windows.
LEFT_OUT = {
    "tests/integration/test_journal_postgresql.py": "its servers are Debian's PostgreSQL",
}


def run_tests(machine: Machine) -> None:
    """Install what the tests need and run them. Raises BuildError when one fails."""
    with step("the tests' packages, every hash checked"):
        machine.install("test")
    options = ["-n", "0", "-p", "no:cacheprovider", "--tb", "short", "--timeout", "180"]
    for path, reason in LEFT_OUT.items():
        require((ROOT / path.partition("::")[0]).exists(), f"{path} is not there")
        options += ["--deselect" if "::" in path else "--ignore", path]
        say(f"  left out: {path}: {reason}")
    env = {"PYTHONPATH": machine.path(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with step("the tests under Windows Python"):
        told = machine.python("-m", "pytest", *options, *RUN, env=env, cwd=ROOT, patience=5400)
        say(f"  {told.strip().splitlines()[-1]}")
