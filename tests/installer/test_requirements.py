"""What a release is made of is pinned, hashed, and what the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "installer" / "requirements"
FILES = sorted(FOLDER.glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED = {
    "program": PROJECT["dependencies"],
    "build": EXTRAS["build"],
    "test": [*PROJECT["dependencies"], *EXTRAS["dev"]],
}


def entries(file: Path) -> list[str]:
    """Each requirement with its hashes, on one line."""
    text = re.sub(r"\\\n\s*", "", file.read_text(encoding="utf-8"))
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pinned(file: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries(file):
        requirement = Requirement(entry.split("--hash")[0])
        (version,) = requirement.specifier
        found[canonicalize_name(requirement.name)] = version.version
    return found


def test_both_systems_have_a_file_for_every_purpose() -> None:
    names = {file.name for file in FILES}
    assert names >= {f"{what}-{where}.txt" for what in ASKED for where in ("linux", "windows")}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_version_is_pinned_with_its_hashes_and_no_registry_is_named(file: Path) -> None:
    assert entries(file)
    for entry in entries(file):
        assert re.fullmatch(
            r"[A-Za-z0-9._-]+(\[[a-z,-]+\])?==[^\s;]+( --hash=sha256:\w{64})+", entry
        )
    assert "://" not in file.read_text(encoding="utf-8")
    assert "--index" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("system", ["linux", "windows"])
@pytest.mark.parametrize("purpose", ASKED)
def test_the_pins_are_what_the_project_asks_for(purpose: str, system: str) -> None:
    """Run installer/requirements/update.py when this fails."""
    found = pinned(FOLDER / f"{purpose}-{system}.txt")
    for text in ASKED[purpose]:
        asked = Requirement(text)
        assert found[canonicalize_name(asked.name)] in asked.specifier, text


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_the_tests_run_with_what_the_program_is_made_of(system: str) -> None:
    program, test = (pinned(FOLDER / f"{what}-{system}.txt") for what in ("program", "test"))
    assert {name: test[name] for name in program} == program
