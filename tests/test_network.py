"""Every call cut at many of its bytes, in its short form (rows G4, G16, G21, G23, P3, R4).

The long form, every byte, is `python -m tests.network`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cashier.gateway.calls import Call
from tests.network import cuts, tls
from tests.network.cuts import Task
from tests.network.proxy import End
from tests.network.tls import TlsTask

STRIDE = 61
each_end = pytest.mark.parametrize("end", End, ids=lambda end: end.value)
each_call = pytest.mark.parametrize("call", Call, ids=lambda call: call.value)


@each_call
@each_end
def test_a_call_that_is_cut_anywhere_is_unknown_and_a_whole_answer_is_taken(
    call: Call, end: End
) -> None:
    start = 4 * list(Call).index(call) + list(End).index(end)
    tally = cuts.run(Task(call, end, stride=STRIDE, start=start))
    assert tally.problems == []
    assert tally.classes["Ok"] == 1 or end is End.RESET
    assert tally.classes["Unknown"] > 15
    assert set(tally.classes) <= {"Ok", "Unknown"}
    if call in (Call.CREATE_TERMINAL, Call.CREATE_PAYMENT, Call.CLOSE_PAYMENT):
        assert tally.lookups == tally.classes["Unknown"]


@each_call
def test_a_refusal_that_is_cut_anywhere_refuses_nothing(call: Call) -> None:
    tally = cuts.run(Task(call, End.CLOSE, is_refused=True, stride=STRIDE))
    assert tally.problems == []
    assert tally.classes["Refused"] == 1
    assert set(tally.classes) == {"Refused", "Unknown"}


@pytest.mark.parametrize("call", [Call.CREATE_PAYMENT, Call.GET_PAYMENT], ids=lambda one: one.value)
def test_g23_a_slow_line_is_waited_for_until_the_deadline(call: Call) -> None:
    tally = cuts.slowly(call)
    assert tally.problems == []
    assert tally.classes == {"Ok": len(cuts.PACES), "Unknown": 1, "NotSent": 1}


@each_end
def test_g16_a_handshake_that_is_cut_anywhere_has_sent_nothing(end: End) -> None:
    tally = tls.run(TlsTask(end, stride=101))
    assert tally.problems == []
    assert tally.classes["NotSent"] > 5
    assert tally.classes["Unknown"] > 5


def test_the_long_form_shares_its_work_among_processes() -> None:
    command = "-m tests.network --calls GetTerminal --every 400 --processes 2"
    done = subprocess.run(
        [sys.executable, *command.split()],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "wrong 0, in" in done.stdout
