"""The table of the security controls is whole, and every test that it names is there."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from tests.security.controls import CONTROLS

TESTS = Path(__file__).parents[1]


def names() -> Counter[str]:
    """Every test by its name, and how often the name is used."""
    found: Counter[str] = Counter()
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[node.name] += node.name.startswith("test_")
    return found


def test_all_thirty_controls_are_there() -> None:
    assert list(CONTROLS) == list(range(1, 31))


def test_every_test_that_a_control_names_is_there() -> None:
    there = names()
    named = [(number, one) for number, control in CONTROLS.items() for one in control.tests]
    assert [pair for pair in named if not there[pair[1]]] == []


def test_a_control_has_a_test_or_says_why_not() -> None:
    for number, control in CONTROLS.items():
        assert control.tests or len(control.replaced) > 40, number
        assert len(set(control.tests)) == len(control.tests), number
