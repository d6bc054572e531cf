"""The simulation, in its short form: 200 seeds, a rush, one seed twice, and the table of rows.

The long form is `python -m tests.simulation`; a seed that fails here is replayed by the command
that the failure names.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.simulation.__main__ import replay
from tests.simulation.fleet import run_all
from tests.simulation.matrix import LETTERS, MATRIX, times
from tests.simulation.named import TESTS, places, try_test
from tests.simulation.planted import DESIGNS, run_planted
from tests.simulation.race import RUSH, Rush, race
from tests.simulation.world import RARE, ROUGH, SHORT, simulate

ROOT = Path(__file__).parents[1]
SEEDS, SLICES = 240, 8
"""So that two processes of pytest share the seeds."""

SOON = (
    "refunds are sent again on silence",
    "payments are sent again on silence",
    "a time-out is taken for a refusal",
    "a refund's time-out is taken for a refusal",
    "identity is not checked",
    "raw answers are not kept",
    "ClosePayment's answer is believed",
    "a cancel is local",
    "polling stops at expiry",
    "dead payments are not watched",
    "late money is no task",
    "a payment is sent before its commit",
    "a receipt has two payable attempts",
    "a start takes what was being sent for unsent",
    "a move is written without its event",
    "commits are not synced",
    "one answer is enough for an adoption",
    "of what is adopted nothing went back before",
    "a PIN is good for two actions",
    "wrong PINs are not counted",
)
"""Bad designs that rough worlds find out within a few seeds; the others need the long form."""


@pytest.mark.parametrize("part", range(SLICES))
def test_short_seeds_break_no_rule(part: int) -> None:
    met: Counter[str] = Counter()
    for verdict in run_all(range(part, SEEDS, SLICES), SHORT, processes=1):
        assert verdict.violations == (), replay(verdict.seed, SHORT)
        met += verdict.met
    assert met["sent CreatePayment"] >= 25
    assert met["sent CreateRefund"] >= 15
    assert met["deaths"] >= 1
    rows = [row for row, covered in MATRIX.items() if covered.met]
    assert sum(times(row, met) > 0 for row in rows) >= len(rows) // 3


def test_a_rare_seed_breaks_no_rule_and_meets_what_is_rare_elsewhere() -> None:
    met: Counter[str] = Counter()
    for verdict in run_all(range(6), RARE, processes=1):
        assert verdict.violations == (), replay(verdict.seed, RARE)
        met += verdict.met
    rare = ("W5", "C8", "G2", "G3", "G4", "R7", "R16", "R17", "R18", "R27")
    assert sum(times(row, met) for row in rare) >= 20  # 11 where nothing is favoured
    assert simulate(3, RARE).digest == simulate(3, RARE).digest


def test_one_seed_makes_one_journal_whatever_the_order_of_hashes() -> None:
    digests = {simulate(seed, ROUGH).digest for seed in (5, 5)}
    code = "from tests.simulation.world import ROUGH, simulate; print(simulate(5, ROUGH).digest)"
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
    assert race(rounds=20) == []


@pytest.mark.parametrize(
    "design", ["the budget is not locked", "a receipt has two payable attempts"]
)
def test_a_rush_finds_what_is_not_locked(design: str) -> None:
    assert any(simulate(seed, RUSH, DESIGNS[design], Rush).violations for seed in range(60))


@pytest.mark.parametrize("design", SOON)
def test_a_bad_design_is_found_out(design: str) -> None:
    assert any(run_planted(design, seed, ROUGH).violations for seed in range(60))


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


def test_every_test_that_the_tables_name_is_there() -> None:
    named = {covered.test for covered in MATRIX.values() if covered.test} | set(TESTS.values())
    assert sorted(named - set(places())) == []


def test_every_bad_design_has_an_ordinary_test_of_its_own() -> None:
    assert list(TESTS) == list(DESIGNS)


@pytest.mark.parametrize(
    "design", ["regressions are applied", "a move is written without its event"]
)
def test_the_ordinary_test_of_a_bad_design_fails_on_it(design: str) -> None:
    tried = try_test(design)
    assert tried.has_failed, tried.said
