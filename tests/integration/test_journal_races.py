"""Many refund one payment at once, and never give back more than was paid."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import pytest

from cashier.clock import SystemClock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.refund import RefundState, left_to_refund
from cashier.journal.journal import Journal
from tests.integration.postgres_server import PostgresServer
from tests.journal_samples import open_journal
from tests.refund_child import refund_over_and_over
from tests.refund_samples import paid

pytestmark = pytest.mark.anyio

ALLOWED = 300
"""Refunds of 1.00 that the payment has room for."""


async def sold(journal: Journal) -> str:
    """The intent of a paid payment that has room for so many."""
    return (await journal.write(lambda ledger: paid(ledger, ALLOWED * 100))).id


async def spent(journal: Journal, payment_id: str) -> tuple[int, int]:
    """How many refunds there are, and what is left in minor units."""
    payment = await journal.read(lambda reader: reader.payment(payment_id))
    refunds = await journal.read(lambda reader: reader.refunds_of(payment_id))
    assert {one.state for one in refunds} == {RefundState.ACCEPTED}
    return len(refunds), left_to_refund(payment.amount, refunds).minor


def test_r2_two_tills_refund_one_payment_a_thousand_times_and_never_exceed_it(
    postgres: PostgresServer,
) -> None:
    url = postgres.database()
    journal = Journal.open(url, till="1", clock=SystemClock())
    payment_id = anyio.run(sold, journal)
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.refund_child", url, till, payment_id, "500"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for till in ("2", "3")
    ]
    try:
        said = [child.communicate()[0].split() for child in children]
    finally:
        for child in children:
            child.kill()
    assert [child.returncode for child in children] == [0, 0]
    made = [int(one[0]) for one in said]
    over = [int(one[1]) for one in said]
    assert (sum(made), sum(over)) == (ALLOWED, 1000 - ALLOWED)
    assert min(made) > 0, "both tills had their turn"
    assert anyio.run(spent, journal, payment_id) == (ALLOWED, 0)
    journal.close()


def test_r2_threads_refund_one_payment_a_thousand_times_and_never_exceed_it(
    tmp_path: Path,
) -> None:
    journal = open_journal(tmp_path / "live", clock=SystemClock())
    payment_id = anyio.run(sold, journal)

    def work(_: int) -> Counter[str]:
        return anyio.run(refund_over_and_over, journal, payment_id, 250)

    with ThreadPoolExecutor(4) as threads:
        outcomes = sum(threads.map(work, range(4)), Counter[str]())
    assert outcomes["made"] == ALLOWED
    assert outcomes[Failure.REFUND_OVER_BUDGET.value] == 1000 - ALLOWED
    assert anyio.run(spent, journal, payment_id) == (ALLOWED, 0)
    journal.close()


def test_g13_a_second_owner_of_a_journals_file_is_turned_away(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    payment_id = anyio.run(sold, journal)
    url = f"sqlite:///{journal.path}"
    child = subprocess.run(
        [sys.executable, "-m", "tests.refund_child", url, "2", payment_id, "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode != 0
    assert Failure.SECOND_INSTANCE.value in child.stderr
    journal.close()


async def test_g13_one_till_of_a_shared_journal_is_one_process(postgres: PostgresServer) -> None:
    url = postgres.database()
    journal = Journal.open(url, till="1", clock=SystemClock())
    with pytest.raises(CashierError) as caught:
        Journal.open(url, till="1", clock=SystemClock())
    assert caught.value.failure is Failure.SECOND_INSTANCE
    other = Journal.open(url, till="2", clock=SystemClock())
    assert await other.read(lambda reader: reader.tills()) == ["1", "2"]
    journal.close()
    Journal.open(url, till="1", clock=SystemClock()).close()
    other.close()
