"""What import-linter cannot say: rules of this project, read off its own source."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import cashier

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cashier"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py"))
MAX_LINES = 400
MAY_PRINT = {
    "__main__.py",
    "commands.py",
    "journal_commands.py",
    "sandbox/__main__.py",
    "self_test.py",
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file, with the last part of the name that is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def offenders(
    is_offence: Callable[[str, ast.Call], bool], paths: list[Path] = SOURCES
) -> list[str]:
    return [
        f"{name_of(path)}:{call.lineno} {name}"
        for path in paths
        for name, call in calls(path)
        if is_offence(name, call)
    ]


def test_the_rules_read_the_whole_package() -> None:
    assert {"domain/money.py", "settings.py"} <= {name_of(path) for path in SOURCES}


def test_labels_are_made_by_the_factory_that_shows_plain_text() -> None:
    rich = {"QLabel", "QMessageBox", "QErrorMessage", "QTextBrowser", "QToolTip"}
    outside = [path for path in SOURCES if not name_of(path).startswith("ui/widgets/")]
    assert offenders(lambda name, _: name in rich, outside) == []


def test_message_boxes_are_never_shown_by_their_static_functions() -> None:
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\bQMessageBox\.(about|critical|information|question|warning)\(", source
        )


def test_links_out_of_data_are_never_opened() -> None:
    assert offenders(lambda name, _: name in ("setOpenExternalLinks", "setOpenLinks")) == []


# A migration is one step: written once, never grown and never read page by page.
WRITTEN_ONCE = "journal/migrations/versions/"
GROWING = [path for path in SOURCES if not name_of(path).startswith(WRITTEN_ONCE)]


@pytest.mark.parametrize("path", GROWING, ids=name_of)
def test_a_file_fits_a_few_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_nothing_sleeps_and_nothing_turns_the_event_loop_by_hand() -> None:
    def is_offence(name: str, call: ast.Call) -> bool:
        if name == "sleep":
            return isinstance(call.func, ast.Name) or ast.unparse(call.func) == "time.sleep"
        if name in ("exec", "exec_"):
            # The application's own loop is the one that may run.
            return not re.fullmatch(r"(Q?[Aa]pp(lication)?)\.exec", ast.unparse(call.func))
        return name == "processEvents"

    # The self-test is a person at the window, not a part of it.
    assert offenders(is_offence, [path for path in SOURCES if path.name != "self_test.py"]) == []


def test_only_programs_print() -> None:
    silent = [path for path in SOURCES if name_of(path) not in MAY_PRINT]
    assert offenders(lambda name, _: name == "print", silent) == []


def test_money_never_meets_a_float() -> None:
    domain = [path for path in SOURCES if name_of(path).startswith("domain/")]
    assert offenders(lambda name, _: name == "float", domain) == []
    for path in domain:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path


def test_the_changelog_tells_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(cashier.__version__)}\b", changelog, re.MULTILINE)
