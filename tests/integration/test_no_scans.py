"""What a cashier waits for asks the journal by its indexes, however many years are in it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from cashier.domain.money import Money
from cashier.domain.refund import RefundState
from cashier.domain.staff import Right
from cashier.sandbox.server import SandboxServer
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

_GROWS = ("payments", "refunds", "receipts", "events", "answers", "p")
"""Tables with a row for each sale, or more; `p` is what the check at the start calls its own."""
_SCAN = re.compile(rf"SCAN ({'|'.join(_GROWS)})\b")


@contextmanager
def _heard() -> Iterator[set[str]]:
    """Every statement that SQLAlchemy gives to a database meanwhile."""
    statements: set[str] = set()

    def hear(*given: Any) -> None:
        statements.add(given[2])

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def _scans(journal: Path, statements: set[str]) -> list[str]:
    """Those that go through a whole table that grows."""
    found = []
    with closing(sqlite3.connect(journal)) as connection:
        for statement in sorted(statements):
            if not statement.lstrip().startswith(("SELECT", "UPDATE", "INSERT")):
                continue
            values = dict.fromkeys(re.findall(r":(\w+)", statement), "x")
            marks = statement.count("?")
            plan = connection.execute(
                f"EXPLAIN QUERY PLAN {statement}", values or ["x"] * marks
            ).fetchall()
            found += [f"{row[3]}: {statement}" for row in plan if _SCAN.search(row[3])]
    return found


async def _work(bench: Bench, sandbox: SandboxServer) -> None:
    """A sale, a part of it given back, looked at, and the shift's report."""
    till = bench.till
    view = await bench.charge()
    sandbox.gateway.pay(view.payment.payment_id)
    await bench.pass_time(3)
    await till.sales.result_seen(view.payment.id)
    approval = await bench.approve(Right.REFUND)
    refund = await till.refunds.refund_sum(
        view.payment.id, Money.of("10"), "Брак", approval=approval
    )
    assert refund.refund.state is RefundState.SUCCEEDED
    await till.history.details(view.payment.id)
    await till.receipts.suggestions("ча")
    await till.receipts.parked()
    await till.shifts.overview()


async def test_no_statement_of_a_start_a_sale_a_refund_or_a_report_reads_a_whole_table(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        journal = bench.journal.path
        await _work(bench, sandbox)
    with _heard() as statements:
        async with open_bench(tmp_path, sandbox, clock) as bench:
            await _work(bench, sandbox)
    assert len(statements) > 50
    assert _scans(journal, statements) == []
