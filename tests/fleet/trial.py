"""One trial: a server, a gateway, tills over several processes, and the count afterwards."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import anyio
import psycopg

from cashier.clock import SystemClock
from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.journal.journal import Journal
from cashier.journal.verify import verify
from cashier.sandbox.server import SandboxServer
from cashier.services.staff import Staff
from cashier.services.training_staff import start_training
from tests.fleet.till import Sold, run_tills
from tests.integration.postgres_server import PostgresServer
from tests.till_bench import QUICK_HASHER


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was sold and found. Times in seconds."""

    paid: int
    refunded: int
    beaten: int
    commits: tuple[float, ...]
    seconds: float
    server: str
    problems: tuple[str, ...]

    def quantile(self, part: float) -> float:
        """Of the writing transactions, in milliseconds."""
        ordered = sorted(self.commits)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1000


def run_trial(server: PostgresServer, *, tills: int, sales: int, processes: int) -> Outcome:
    """`processes` of 0: all tills on threads of this process."""
    url = server.database()
    with SandboxServer("live") as gateway:
        _make_staff(url)
        names = [str(number) for number in range(1, tills + 1)]
        parts = max(1, processes)
        work = partial(run_tills, url, gateway.base_url, sales=sales)
        shares = [tuple(names[part::parts]) for part in range(parts)]
        spawn = multiprocessing.get_context("spawn")
        began = time.monotonic()
        with ProcessPoolExecutor(parts, spawn) if processes else ThreadPoolExecutor(1) as pool:
            done = list(pool.map(work, shares))
        seconds = time.monotonic() - began
        problems = [text for sold in done for text in sold.problems]
        problems += list(_audit(url, gateway, done, wanted=tills * sales))
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        version = str(connection.execute("SHOW server_version").fetchone()[0])  # type: ignore[index]  # one row
    return Outcome(
        paid=sum(sold.paid for sold in done),
        refunded=sum(sold.refunded for sold in done),
        beaten=sum(sold.beaten for sold in done),
        commits=tuple(took for sold in done for took in sold.commits),
        seconds=seconds,
        server=version.partition(" ")[0],
        problems=tuple(problems),
    )


def _make_staff(url: str) -> None:
    clock = SystemClock()
    office = Journal.open(url, till="office", clock=clock)
    try:
        staff = Staff(office, clock, new_id=lambda: "")
        anyio.run(partial(start_training, hasher=QUICK_HASHER), staff, office, "ru")
    finally:
        office.close()


def _audit(url: str, gateway: SandboxServer, done: list[Sold], *, wanted: int) -> Iterator[str]:
    """Journal and gateway hold the same money, and every chain is whole."""
    report = verify(url)
    yield from (f"journal: {problem}" for problem in report.problems)
    theirs = {one.order_id: one for one in gateway.gateway.payments()}
    returned: dict[str, int] = {}
    for refund in gateway.gateway.refunds.all():
        returned[refund.payment_id] = returned.get(refund.payment_id, 0) + refund.amount
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        ours = connection.execute(
            "SELECT order_id, payment_id, amount, state FROM payments"
        ).fetchall()
        refunds = connection.execute(
            "SELECT p.payment_id, sum(r.amount), bool_and(r.state = %s) FROM refunds r"
            " JOIN payments p ON p.id = r.payment_id GROUP BY p.payment_id",
            (RefundState.SUCCEEDED.value,),
        ).fetchall()
    paid = [row for row in ours if row[3] == PaymentState.PAID.value]
    if len(paid) != wanted or len(ours) != wanted or len(theirs) != wanted:
        yield f"wanted {wanted}, paid {len(paid)} of {len(ours)}, at the gateway {len(theirs)}"
    for order_id, payment_id, amount, _ in ours:
        there = theirs.get(order_id)
        if there is None or (there.id, there.amount) != (payment_id, amount):
            yield f"order {order_id} is not the same at the gateway"
    if {row[0]: int(row[1]) for row in refunds} != returned or not all(row[2] for row in refunds):
        yield "what went back is not the same at the gateway"
    counted = sum(sold.refunded for sold in done)
    if counted != len(gateway.gateway.refunds.all()):
        yield f"{counted} refunds were seen, {len(gateway.gateway.refunds.all())} were made"
