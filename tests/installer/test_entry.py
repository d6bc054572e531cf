"""Where the frozen program begins, run as a script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cashier

ROOT = Path(__file__).resolve().parents[2]
ENTRY = ROOT / "installer" / "entry.py"


def run(*arguments: str, silent: bool = False) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ENTRY), *arguments]
    if silent:  # a window program of Windows has no standard outputs at all
        command = ["sh", "-c", 'exec "$0" "$@" >&- 2>&-', *command]
    return subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )


def test_it_is_the_till() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"cashier {cashier.__version__}\n")


def test_the_word_sandbox_makes_it_the_gateway() -> None:
    done = run("sandbox", "--port", "nonsense")
    assert done.returncode == 2
    assert done.stderr.startswith("cashier-sandbox: ")


def test_without_outputs_it_ends_as_it_should(tmp_path: Path) -> None:
    assert run("--version", silent=True).returncode == 0
    assert run("--nonsense", silent=True).returncode == 2
    (tmp_path / "settings.json").write_text("{", encoding="utf-8")
    assert run("--data-dir", str(tmp_path), silent=True).returncode == 1
