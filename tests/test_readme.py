"""README stays true: its commands, its tables, its files and its pictures."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import cashier
from cashier.__main__ import _parser as cashier_parser
from cashier.paths import Folders
from cashier.sandbox.__main__ import _parser as sandbox_parser
from cashier.sandbox.cards import CODE, GUIDE_CARD
from cashier.services import schedule
from cashier.ui.translation import Translation
from tests import readme
from tests.readme import ROOT

PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "cashier": cashier_parser,
    "cashier-sandbox": sandbox_parser,
}
BOOTSTRAP = "python3 installer/bootstrap.py"
LARGEST_PICTURE = 150_000


def commands() -> list[list[str]]:
    """Every command of the shell blocks, without the bootstrap before it."""
    blocks = re.findall(r"```sh\n(.*?)```", readme.text(), re.DOTALL)
    lines = (line.strip() for block in blocks for line in block.splitlines())
    return [shlex.split(line.removeprefix(BOOTSTRAP)) for line in lines if line]


def inline_commands() -> Iterator[list[str]]:
    """The commands that stand in a sentence."""
    for code in re.findall(r"`(cashier(?:-sandbox)? [^`]+)`", readme.text()):
        yield shlex.split(code)


def check(command: list[str]) -> None:
    """Fail when the command could not be started as it stands."""
    program, *arguments = command
    if program in PARSERS:
        PARSERS[program]().parse_args(arguments)
    elif program == "python":
        if arguments[0] == "-m":
            assert importlib.util.find_spec(arguments[1]) is not None, arguments
        else:
            assert (ROOT / arguments[0]).is_file(), arguments
    elif "/" in program:
        assert (ROOT / program).is_file(), program
    else:
        assert shutil.which(program, path=str(Path(sys.executable).parent)), program


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    translation = Translation(qapp, language="en")
    yield
    translation.retire()


def test_the_two_commands_of_the_first_minute_are_there() -> None:
    assert ["cashier", "--sandbox"] in commands()
    assert ["pytest"] in commands()
    assert (ROOT / BOOTSTRAP.split()[1]).is_file()


@pytest.mark.parametrize("command", [*commands(), *inline_commands()], ids=" ".join)
def test_a_command_can_be_started_as_it_stands(command: list[str]) -> None:
    check(command)


@pytest.mark.parametrize("wrong", ["cashier --nonsense", "python no/such.py", "no-such-program"])
def test_a_command_that_does_not_exist_would_be_found(wrong: str) -> None:
    with pytest.raises((SystemExit, AssertionError)):
        check(wrong.split())


@pytest.mark.parametrize("program", PARSERS)
def test_the_options_are_those_of_the_program(program: str) -> None:
    told = [re.findall(r"--[a-z-]+", row[0])[0] for row in readme.rows(program, readme.text())]
    offered = [one.option_strings[-1] for one in PARSERS[program]()._actions]
    assert told == [option for option in offered if option != "--help"]


@pytest.mark.usefixtures("english")
def test_the_states_of_a_payment_are_those_of_the_domain() -> None:
    assert readme.block("states", readme.text()) == readme.states(), "python -m tests.readme"


def test_the_files_are_where_the_till_keeps_them(tmp_path: Path) -> None:
    live, training = (Folders(tmp_path, training=is_on) for is_on in (False, True))
    kept = {live.settings, live.journal, live.logs, live.anchor, training.journal}
    kept |= {
        live.backups,
        training.backups,
        training.logs,
        training.anchor,
        training.sandbox_state,
        training.key_file,
    }
    told = {row[0].strip("`") for row in readme.rows("data", readme.text())}
    assert told == {path.relative_to(tmp_path).as_posix() for path in kept}


def test_the_test_card_is_the_one_that_succeeds() -> None:
    card = [GUIDE_CARD.grouped, GUIDE_CARD.expiry, GUIDE_CARD.cvc, CODE]
    assert " | ".join(f"`{one}`" for one in card) in readme.text()
    for one in card:
        assert readme.text().count(f"`{one}`") >= 2, "the Russian part has it too"


def test_late_money_is_watched_for_as_long_as_is_said() -> None:
    assert schedule._LATE[-1][0] == 3 * schedule.DAY
    assert "for three days more" in readme.text()
    assert schedule._ABANDONED[-1][0] == 7 * schedule.DAY
    assert "for a week" in readme.text()


def architecture() -> Iterator[Path]:
    """Every path that the picture of the folders names."""
    folder = ROOT
    for line in readme.block("architecture", readme.text()).strip("`\n").splitlines():
        if not line.startswith(" "):
            folder = ROOT / line.split()[0]
            yield folder
            continue
        names = line[2:].split("   ")[0] if ".py" in line else line.split()[0]
        yield from (folder / name for name in names.split())


def test_every_folder_of_the_architecture_exists() -> None:
    named = list(architecture())
    assert len(named) > 15
    assert [path for path in named if not path.exists()] == []


def test_every_part_of_the_program_is_in_the_architecture() -> None:
    parts = {
        path
        for path in (ROOT / "cashier").iterdir()
        if path.name not in ("__init__.py", "__pycache__", "py.typed")
    }
    assert parts - set(architecture()) == set()


def test_the_pictures_are_there_small_and_all_shown() -> None:
    shown = {ROOT / path for path in re.findall(r"!\[[^]]+\]\(([^)]+)\)", readme.text())}
    assert shown == set((ROOT / "resources/pictures").iterdir())
    for picture in shown:
        assert picture.stat().st_size < LARGEST_PICTURE, picture


def test_every_link_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", readme.text(), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
    links = re.findall(r"(?<!!)\[[^]]+\]\(([^)]+)\)", readme.text())
    assert len(links) > 5
    for link in links:
        if link.startswith("#"):
            assert link[1:] in anchors, link
        else:
            assert (ROOT / link).exists(), link


def test_the_changelog_begins_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert first is not None
    assert first[1] == cashier.__version__
