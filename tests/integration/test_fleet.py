"""The short form of `python -m tests.fleet`: several tills sell and refund at once."""

from __future__ import annotations

from tests.fleet.trial import run_trial
from tests.integration.postgres_server import PostgresServer


def test_tills_that_sell_at_once_lose_and_double_nothing(postgres: PostgresServer) -> None:
    outcome = run_trial(postgres, tills=4, sales=20, processes=0)
    assert outcome.problems == ()
    assert outcome.paid == 80
    assert outcome.refunded + outcome.beaten == 4
    assert outcome.refunded > 0
