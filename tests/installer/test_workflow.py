"""What the workflow calls is there, with the options that it gives."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = (ROOT / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
BUILDS = re.findall(r"installer/build\.py(.*)", WORKFLOW)


def parse(options: list[str]) -> subprocess.CompletedProcess[bytes]:
    code = "import build; build.arguments()"
    command = [sys.executable, "-c", code, *options]
    return subprocess.run(
        command, cwd=ROOT / "installer", capture_output=True, check=False, timeout=50
    )


def test_it_says_first_that_it_has_not_run_yet() -> None:
    assert WORKFLOW.splitlines()[0].startswith("# This workflow has not run yet")


@pytest.mark.parametrize("options", [*BUILDS, " --certificate c.crt --key c.key"])
def test_the_build_takes_the_options(options: str) -> None:
    words = [word for word in shlex.split(options) if not word.startswith("$")]
    done = parse(words)
    assert done.returncode == 0, done.stderr


def test_an_option_that_does_not_exist_would_be_found() -> None:
    assert len(BUILDS) == 2
    assert parse(["--nonsense"]).returncode == 2


def test_every_file_that_it_names_is_there() -> None:
    named = re.findall(r"(?<![\w/])(installer/[\w/]+\.py|\.ci/run)", WORKFLOW)
    assert len(set(named)) == 3
    for name in named:
        assert (ROOT / name).is_file(), name
    for system in ("linux", "windows"):
        for purpose in ("program", "build"):
            assert (ROOT / f"installer/requirements/{purpose}-{system}.txt").is_file()
