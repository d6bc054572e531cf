"""Every row of the failure model that this till promises has a test that says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROWS = {
    # the machine, the journal, the way to the gateway
    "G": (*range(1, 9), 11, 12, *range(13, 26), 28),
    "T": range(1, 5),  # terminals
    "P": range(1, 14),  # creating a payment
    "W": (*range(1, 11), 12, 14),  # waiting for it
    "C": range(1, 9),  # cancelling it
    "R": range(1, 31),  # giving money back
}
"""Letter and numbers of the rows, as the tests' names and docstrings have them."""

TESTS = Path(__file__).parent


def _tests(folder: Path) -> Iterator[tuple[str, str]]:
    """Each test's name, and all that is said of it: the name and the docstring."""
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (
                node.name.startswith("test_")
            ):
                yield node.name, f"{node.name}\n{ast.get_docstring(node) or ''}"


def rows_named(text: str) -> set[str]:
    """The rows in a name (`test_g3_g4_…`) or in a sentence ("Rows G3-G5, W1.")."""
    named = set()
    for letter, first, last in re.findall(
        r"(?<![A-Za-z0-9])([GTPWCR])(\d+)(?:-[GTPWCR]?(\d+))?(?![A-Za-z0-9])",
        text.replace("_", " ").upper(),
    ):
        named |= {f"{letter}{number}" for number in range(int(first), int(last or first) + 1)}
    return named


def test_every_row_of_the_failure_model_is_named_by_a_test() -> None:
    named = {row for _, said in _tests(TESTS) for row in rows_named(said)}
    wanted = {f"{letter}{number}" for letter, numbers in ROWS.items() for number in numbers}
    assert len(wanted) == 24 + 4 + 13 + 12 + 8 + 30
    assert sorted(wanted - named) == []


def test_rows_are_read_out_of_names_and_sentences() -> None:
    assert rows_named("test_g3_g4_what_was_being_sent") == {"G3", "G4"}
    assert rows_named("Rows C1-C3 and W9 (SPEC 7.2.3).") == {"C1", "C2", "C3", "W9"}
    assert rows_named("test_p256_curve_of_gw1_and_p1x") == {"P256"}
