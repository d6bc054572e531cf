"""A till's process under strace: its writes and syncs recorded, or made to fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.crashes import child
from tests.crashes.kill import LONGEST, Told, listen

ROOT = Path(__file__).parents[2]
_CALLS = "openat,pwrite64,write,fdatasync,fsync,ftruncate,unlink"
_LINE = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<told>.*)\) += (?P<result>-?\d+)")
_BEGUN = re.compile(r"^(\d+) +(\w+\(.*?)(?:,? ?)<unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(?:, )?(.*)$")
_BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})*)>")


@dataclass(frozen=True, slots=True)
class Op:
    """One call of the system that succeeded. `kind`: create, write, cut, sync or unlink."""

    kind: str
    file: str
    offset: int = 0
    data: bytes = b""


def ensure() -> None:
    """Install strace where it is missing and may be installed. Raises RuntimeError."""
    if shutil.which("strace"):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "-q", "strace"], check=True)
    if not shutil.which("strace"):
        raise RuntimeError("strace is missing: apt-get install strace")


def run(
    folder: Path, base_url: str, scenario: str, *, log: Path, inject: str = ""
) -> tuple[Told, str]:
    """Run a scenario under strace, perhaps with a fault; what it said, and all of it.

    Only what touches the journal's files and its anchor is traced, and counts for `inject`.
    """
    journal = folder / "journal.db"
    watched = [folder, journal, f"{journal}-wal", f"{journal}-journal", _anchor(folder)]
    command: list[str] = ["strace", "-f", "-y", "-xx", "-s", "70000"]
    if "signal=" not in inject:
        command.append("--seccomp-bpf")  # quicker, but then strace delivers no signal
    command += ["-o", str(log), "-e", f"trace={_CALLS}"]
    for path in watched:
        command += ["-P", str(path)]
    if inject:
        command += ["-e", f"inject={inject}"]
    command += [sys.executable, "-m", "tests.crashes.child", str(folder), base_url, scenario]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=2 * LONGEST,
        check=False,
    )
    lines = done.stdout.splitlines()
    return listen(lines), done.stdout + done.stderr


def before_ready(said: str) -> int:
    """How many commits there were before the scenario began."""
    lines = said.splitlines()
    ready = lines.index(child.READY) if child.READY in lines else len(lines)
    return sum(line.startswith("commit ") for line in lines[:ready])


def counts(log: Path, names: Sequence[str]) -> Counter[str]:
    """How often each of these calls was made."""
    found: Counter[str] = Counter()
    for line in log.read_text().splitlines():
        for name in names:
            found[name] += f" {name}(" in line
    return found


def read_log(log: Path, folder: Path) -> list[Op]:
    """The calls in their order. Files by their names in `folder`; the anchor is "anchor"."""
    ops = []
    for line in _whole_lines(log.read_text().splitlines()):
        found = _LINE.match(line)
        if found is None or int(found["result"]) < 0:
            continue
        op = _op(found["name"], found["told"], int(found["result"]), folder)
        if op is not None:
            ops.append(op)
    return ops


def _whole_lines(lines: Sequence[str]) -> list[str]:
    """A call that another thread's came into is two lines: put together where it ended."""
    begun: dict[str, str] = {}
    whole = []
    for line in lines:
        start, end = _BEGUN.match(line), _RESUMED.match(line)
        if start:
            begun[start[1]] = start[2]
        elif end and end[1] in begun:
            first = begun.pop(end[1])
            joint = "" if end[2].startswith(")") or first.endswith("(") else ", "
            whole.append(f"{end[1]} {first}{joint}{end[2]}")
        else:
            whole.append(line)
    return whole


def _op(name: str, told: str, result: int, folder: Path) -> Op | None:
    texts = [_unhex(text) for text in _BYTES.findall(told)]
    match name:
        case "openat":
            is_new = "O_CREAT" in told
            path = texts[0].decode()
            return Op("create", _name(path, folder)) if is_new else None
        case "unlink":
            return Op("unlink", _name(texts[0].decode(), folder))
        case _:
            pass
    found = _FILE.match(told)
    if found is None:
        return None
    file = _name(_unhex(found[1]).decode(), folder)
    match name:
        case "pwrite64":
            offset = int(told.rpartition(",")[2])
            return Op("write", file, offset, texts[0][:result])
        case "write":
            return Op("write", file, 0, texts[0][:result])
        case "ftruncate":
            return Op("cut", file, int(told.rpartition(",")[2]))
        case _:
            return Op("sync", file)


def _unhex(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _name(path: str, folder: Path) -> str:
    if path == str(folder):
        return "."
    return "anchor" if path == str(_anchor(folder)) else Path(path).name


def _anchor(folder: Path) -> Path:
    return folder.parent / f"{folder.name}.anchor"
