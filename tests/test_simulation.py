"""The simulation, in its short form: 200 seeds, one race, one seed twice, and the table of rows.

The long form is `python -m tests.simulation`; a seed that fails here is replayed by the command
that the failure names.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.simulation.__main__ import replay
from tests.simulation.fleet import run_all
from tests.simulation.matrix import LETTERS, MATRIX, times
from tests.simulation.planted import DESIGNS, run_planted
from tests.simulation.race import race
from tests.simulation.world import SHORT, simulate

ROOT = Path(__file__).parents[1]
SLICES = 8
"""So that two processes of pytest share the seeds."""

CAUGHT_AT: dict[str, int] = {}
"""A short seed that finds each bad design out."""


@pytest.mark.parametrize("part", range(SLICES))
def test_two_hundred_seeds_break_no_rule(part: int) -> None:
    seeds = range(part, 200, SLICES)
    met: Counter[str] = Counter()
    for verdict in run_all(seeds, SHORT, processes=1):
        assert verdict.violations == (), replay(verdict.seed, SHORT)
        met += verdict.met
    assert met["sent CreatePayment"] >= 50
    assert met["sent CreateRefund"] >= 20
    assert met["deaths"] >= 5


def test_one_seed_makes_one_journal_whatever_the_order_of_hashes() -> None:
    digests = {simulate(seed, SHORT).digest for seed in (5, 5)}
    code = "from tests.simulation.world import SHORT, simulate; print(simulate(5, SHORT).digest)"
    for order in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": order, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1


def test_presses_at_the_same_moment_never_send_twice_nor_refund_too_much() -> None:
    assert race(rounds=25) == []


@pytest.mark.parametrize("design", sorted(CAUGHT_AT))
def test_a_bad_design_is_caught(design: str) -> None:
    assert run_planted(design, CAUGHT_AT[design], SHORT).violations


def test_every_bad_design_but_the_rarest_is_tried_here() -> None:
    assert set(CAUGHT_AT) <= set(DESIGNS)
    assert len(CAUGHT_AT) >= 15


def test_the_table_has_every_row_of_the_failure_model() -> None:
    rows = [f"{letter}{number + 1}" for letter, count in LETTERS.items() for number in range(count)]
    assert list(MATRIX) == rows
    assert len(rows) == 101
    uncovered = [
        row
        for row, covered in MATRIX.items()
        if not covered.test and not covered.met and not covered.replaced
    ]
    assert uncovered == [row for row, covered in MATRIX.items() if covered.is_open]


def test_every_test_that_the_table_names_is_there_and_says_so() -> None:
    named = {covered.test for covered in MATRIX.values() if covered.test}
    there = {
        node.name
        for path in Path(__file__).parent.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert sorted(named - there) == []


def test_a_hundred_rough_worlds_meet_most_of_the_rows() -> None:
    assert times("P7", Counter({"sent CreatePayment": 3})) == 3
