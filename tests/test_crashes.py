"""Deaths, failing disks and power cuts, in their short form (rows G1-G9).

The long form, every point and every call, is `python -m tests.crashes`.
"""

from __future__ import annotations

import sys

import pytest

from tests.crashes.disk import FAULTS, KILLED, Failing, fail_and_recover
from tests.crashes.kill import kill_and_recover
from tests.crashes.power import cut_everywhere, record
from tests.crashes.scenarios import SCENARIOS

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")

KILLS = (
    ("paid", 5),
    ("paid", 9),
    ("cancelled", 24),
    ("lines_go_back", 36),
    ("two_sums_go_back", 42),
    ("the_answer_to_a_refund_is_lost", 40),
)
"""A scenario and the point at which its process dies."""


def test_the_scenarios_are_a_dozen() -> None:
    assert len(SCENARIOS) == 12


@pytest.mark.parametrize(("scenario", "point"), KILLS)
def test_g1_g6_r7_killed_at_a_point_the_next_start_agrees_with_the_gateway(
    scenario: str, point: int
) -> None:
    told, problems = kill_and_recover(scenario, point)
    assert problems == []
    assert len(told.points) == point
    assert told.ended == ""


def test_a_scenario_that_nobody_kills_comes_to_its_end() -> None:
    told, problems = kill_and_recover("two_sums_go_back", 0)
    assert problems == []
    assert told.ended == "ended "


@on_linux
@pytest.mark.parametrize("fault", FAULTS)
def test_g8_g9_a_write_that_fails_loses_nothing_and_sends_nothing_twice(fault: str) -> None:
    ended, problems = fail_and_recover(Failing("lines_go_back", "fdatasync", fault, 20))
    assert problems == []
    assert ended == (KILLED if fault == "signal=SIGKILL" else "ended journal_fault")


@on_linux
def test_g7_no_power_cut_loses_an_acknowledged_commit() -> None:
    ops = record("cancelled")
    tally = cut_everywhere(ops, stride=23)
    assert tally.problems == ()
    assert tally.cuts > 80
    assert tally.acknowledged > 500
    # The same disk without the log's syncs would lose some: the cuts do cut.
    unsynced = [op for op in ops if (op.kind, op.file) != ("sync", "journal.db-wal")]
    assert cut_everywhere(unsynced, stride=97).lost > 0
