"""The frozen folder: pinned packages, what goes with them, PyInstaller, a look at the result."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from machines import Machine
from steps import INSTALLER, ROOT, megabytes, require, say, step

MOST_MEGABYTES = {"linux": 175, "windows": 90}
"""MB of 1,000,000 bytes. Linux carries its own ICU and system libraries."""

# What a till cannot do without and only misses at run time, and what no build may carry.
NEEDED = (
    "resources/fonts/Inter_400Regular.ttf",
    "resources/translations/cashier_ru.qm",
    "resources/translations/cashier_en.qm",
    "resources/sounds/paid.wav",
    "resources/sandbox/layout.html",
    "resources/training/goods.json",
    "resources/libraries/LICENSES.txt",
    "resources/libraries/cashier.cdx.json",
    "cashier/journal/migrations/env.py",
    "qtbase_ru.qm",
    "offscreen",
)
FORBIDDEN = ("opengl32sw", "QtQml", "Qt6Qml", "icuuc.dll", "bcryptprimitives.dll", "wine", ".env")


def version() -> str:
    """The program's version."""
    source = (ROOT / "cashier" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', source, re.MULTILINE)
    require(found, "cashier has no version")
    assert found is not None  # noqa: S101
    return found[1]


def program(folder: Path, name: str, system: str) -> Path:
    """A program of the frozen folder."""
    return folder / (f"{name}.exe" if system == "windows" else name)


def console(folder: Path, system: str) -> Path:
    """The program that prints: on Windows the twin, elsewhere the program itself."""
    return folder / ("cashier.com" if system == "windows" else "cashier")


def freeze(machine: Machine, dist: Path) -> Path:
    """Make the frozen folder in `dist`. Raises BuildError."""
    tools, notices = machine.work / "tools", machine.work / "notices"
    for old in (tools, notices, machine.work / "pyinstaller"):
        shutil.rmtree(old, ignore_errors=True)
    with step("the pinned packages, every hash checked"):
        machine.install("program")
        machine.install("build", tools)
    path = {"PYTHONPATH": machine.path(tools), "PYTHONDONTWRITEBYTECODE": "1"}
    with step("licences and the list of parts"):
        known = (machine.packages, machine.python_licence, notices, machine.system, version())
        say("  " + machine.python(INSTALLER / "notices.py", *known, env=path).strip())
    with step("PyInstaller"):
        options = ("--noconfirm", "--log-level", "ERROR", "--distpath", dist)
        where = (*options, "--workpath", machine.work / "pyinstaller")
        spec = INSTALLER / "cashier.spec"
        env = {**path, "CASHIER_NOTICES": machine.path(notices)}
        machine.python("-m", "PyInstaller", *where, spec, env=env)
    folder = dist / "cashier"
    look_through(folder, machine.system)
    return folder


def look_through(folder: Path, system: str) -> None:
    """Whether the folder holds what it must, nothing else, and is small. Raises BuildError."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    missing = [part for part in NEEDED if not any(part in name for name in names)]
    require(not missing, f"missing in the frozen folder: {', '.join(missing)}")
    wrong = [name for name in names if any(part in name for part in FORBIDDEN)]
    require(not wrong, f"not wanted in the frozen folder: {', '.join(wrong)}")
    size = megabytes(folder)
    say(f"  {folder.name}: {size:.1f} MB in {len(names)} files")
    require(size <= MOST_MEGABYTES[system], f"the goal is {MOST_MEGABYTES[system]} MB")


def self_test(machine: Machine, folder: Path) -> None:
    """Sell once with the frozen program. Raises BuildError."""
    with step("self-test of the frozen program"):
        told = machine.run(console(folder, machine.system), "--self-test")
        require("self-test: passed" in told, told)
        for language in ("ru", "en"):
            require(f"no texts for language {language}" not in told, told)
