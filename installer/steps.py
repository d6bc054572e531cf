"""How the build runs commands, says what it does, and ends at the first trouble."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLER = ROOT / "installer"
REQUIREMENTS = INSTALLER / "requirements"
PATIENCE = 900.0
"""Seconds that a command may take."""

_start = time.monotonic()


class BuildError(Exception):
    """What went wrong, in a line or with the output of the command."""


def say(text: str) -> None:
    """A line for who watches the build, with the seconds since its start."""
    print(f"{time.monotonic() - _start:6.0f} s  {text}", flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is done now, and when it is over how long it took."""
    say(name)
    begun = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - begun:.1f} s")


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    given: str = "",
    expect: int | None = 0,
    cwd: Path | None = None,
    patience: float = PATIENCE,
) -> str:
    """Run a command and return what it said on both outputs.

    Its outputs are pipes, which Windows programs under wine need. Raises BuildError when it ends
    otherwise than with `expect` (None: any way), or takes longer than `patience` seconds.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            input=given.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            timeout=patience,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"{words[0]}: {error}") from error
    said = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
    if expect is not None and done.returncode != expect:
        shown = " ".join(words)
        raise BuildError(f"{shown}\nended with {done.returncode}, not {expect}:\n{said[-8000:]}")
    return said


def require(holds: object, otherwise: str) -> None:
    """Raise BuildError with this text unless it holds."""
    if not holds:
        raise BuildError(otherwise)


def megabytes(path: Path) -> float:
    """The size of a file, or of all files of a folder, in MB of 1,000,000 bytes."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files if not one.is_symlink()) / 1_000_000
