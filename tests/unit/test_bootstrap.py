"""The bootstrap as a person uses it, on an environment that is made already."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "installer" / "bootstrap.py"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in programs are shell scripts")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is set up, with programs that tell what they were told."""
    folder = tmp_path / "a till"
    scripts = folder / ".venv" / "bin"
    scripts.mkdir(parents=True)
    (folder / "installer").mkdir()
    shutil.copy(SOURCE, folder / "installer")
    requirements = b"[project]\n"
    (folder / "pyproject.toml").write_bytes(requirements)
    (scripts / "python").symlink_to(sys.executable)
    stamp = f"{folder}\n{hashlib.sha256(requirements).hexdigest()}"
    (folder / ".venv" / "bootstrap.stamp").write_text(stamp, encoding="utf-8")
    for name in ("till", "ruff"):
        program = scripts / name
        program.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$@"\nexit 7\n', encoding="ascii")
        program.chmod(0o755)
    return folder


def bootstrap(
    project: Path, *arguments: str, cwd: Path | None = None, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, str(project / "installer" / "bootstrap.py"), *arguments],
        capture_output=True,
        text=True,
        cwd=cwd or project,
        check=False,
        env={**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"},
    )


def test_arguments_and_exit_code_pass_through_from_any_folder(
    project: Path, tmp_path: Path
) -> None:
    done = bootstrap(project, "till", "--sandbox", "two words", "", "*", cwd=tmp_path)
    assert done.returncode == 7
    assert done.stdout.split("\n")[:-1] == [str(tmp_path), "--sandbox", "two words", "", "*"]
    assert done.stderr == ""


def test_a_developers_tool_runs_in_the_projects_folder(project: Path, tmp_path: Path) -> None:
    done = bootstrap(project, "ruff", "check", cwd=tmp_path)
    assert done.stdout.splitlines() == [str(project), "check"]


def test_nothing_given_sets_up_and_ends_well(project: Path) -> None:
    done = bootstrap(project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("program", ["nonsense", "../bin/till", "/bin/sh"])
def test_a_program_that_is_not_there_is_one_clear_line(project: Path, program: str) -> None:
    done = bootstrap(project, program)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"bootstrap: there is no program called '{program}' in {project / '.venv' / 'bin'}"
    ]


def test_changed_requirements_are_installed_again_and_a_failure_is_said(project: Path) -> None:
    (project / "pyproject.toml").write_bytes(b"[project]\nname = 'x'\n")
    done = bootstrap(project, "till")
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert lines[0] == "bootstrap: Installing Cashier and what it needs ..."
    assert lines[-1].startswith("bootstrap: Installing Cashier and what it needs failed (exit code")
    assert done.stdout == ""


def test_an_environment_that_was_moved_is_made_again(project: Path) -> None:
    moved = project.with_name("moved")
    project.rename(moved)
    command = [sys.executable, str(moved / "installer" / "bootstrap.py"), "till"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stderr is not None
        first = running.stderr.readline()
        os.killpg(running.pid, signal.SIGKILL)  # to make one takes many seconds
    assert first == "bootstrap: Making .venv ...\n"


def test_an_old_python_is_told_so_in_one_line() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    start = source.split("import ctypes", maxsplit=1)[0]
    old = "import sys; sys.version_info = (3, 6, 9); sys.version = '3.6.9 (default)'\n"
    done = subprocess.run(
        [sys.executable, "-c", old + start], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "Cashier needs Python 3.11 or newer; this one is 3.6.9\n"


def test_only_the_standard_library_is_needed() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
    }
    assert imported <= sys.stdlib_module_names


def test_no_package_index_is_named() -> None:
    for path in (SOURCE, ROOT / "pyproject.toml", ROOT / ".ci" / "run"):
        assert re.findall(r"https?://", path.read_text(encoding="utf-8")) == [], path
