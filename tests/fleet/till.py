"""The tills of one process: each sells, and now and then refunds what another has sold."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import anyio
import httpx

from cashier.clock import SystemClock
from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError, Failure
from cashier.domain.history import HistoryQuery
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.quantity import ONE
from cashier.domain.staff import Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.journal.runner import Lane, ThreadRunner
from cashier.sandbox.values import DEMO_API_KEY, DEMO_MERCHANT_ID
from cashier.services.health import Health
from cashier.services.till import Till, build
from cashier.services.training_staff import OTHER_PIN
from tests.till_bench import put_at_till

T = TypeVar("T")

REFUND_EVERY = 20
"""One refund of another till's sale after so many sales."""

_BEATEN = (Failure.REFUND_UNSETTLED, Failure.REFUND_OVER_BUDGET, Failure.JOURNAL_BUSY)
"""What a till may be told when another is just refunding the same payment."""


@dataclass(slots=True)
class Sold:
    """What the tills of a process have seen. Times in seconds."""

    paid: int = 0
    refunded: int = 0
    beaten: int = 0
    commits: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class TimedRunner(ThreadRunner):
    """Notes how long each writing transaction took, its commit included."""

    def __init__(self, commits: list[float]) -> None:
        super().__init__()
        self._commits = commits

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        def timed() -> T:
            began = time.perf_counter()
            try:
                return work()
            finally:
                self._commits.append(time.perf_counter() - began)

        return await super().run(lane, timed if lane is Lane.WRITE else work)


def run_tills(url: str, base_url: str, names: tuple[str, ...], sales: int) -> Sold:
    """Every till of `names` sells `sales` receipts, all at once."""
    sold = Sold()
    anyio.run(_all, url, base_url, names, sales, sold)
    return sold


async def _all(url: str, base_url: str, names: tuple[str, ...], sales: int, sold: Sold) -> None:
    async with httpx.AsyncClient(timeout=60) as payer, anyio.create_task_group() as tasks:
        for name in names:
            tasks.start_soon(_one, url, base_url, name, sales, sold, payer)


async def _one(
    url: str, base_url: str, name: str, sales: int, sold: Sold, payer: httpx.AsyncClient
) -> None:
    async with _till(url, base_url, name, sold) as till, anyio.create_task_group() as tasks:
        tasks.start_soon(till.run)
        chance = random.Random(name)  # noqa: S311  which sale goes back
        for number in range(1, sales + 1):
            try:
                await _sell(till, payer, base_url, f"{number % 97 + 1}.{number % 100:02}", sold)
                if number % REFUND_EVERY == 0:
                    await _refund(till, name, chance, sold)
            except CashierError as error:
                sold.problems.append(f"till {name}, sale {number}: {error}")
        tasks.cancel_scope.cancel()


@asynccontextmanager
async def _till(url: str, base_url: str, name: str, sold: Sold) -> AsyncIterator[Till]:
    clock = SystemClock()
    runner = TimedRunner(sold.commits)
    opened = await anyio.to_thread.run_sync(
        lambda: Journal.open(url, till=name, clock=clock, runner=runner)
    )
    health = Health(clock)
    gateway = Gateway(
        base_url=base_url,
        merchant_id=DEMO_MERCHANT_ID,
        api_key=ApiKey(DEMO_API_KEY),
        clock=clock,
        observe=health.note,
    )
    try:
        till = build(
            journal=opened,
            gateway=gateway,
            clock=clock,
            health=health,
            chance=random.Random(name),  # noqa: S311  spreads the polling
            new_id=lambda: uuid.uuid4().hex,
            name=name,
            limit=100_000_000,
        )
        await till.start()
        await put_at_till(till.staff, opened, Role.ADMINISTRATOR)
        made = await till.terminals.create(NewTerminal(name=f"Касса {name}", alias=f"1:{name}"))
        await till.terminals.choose(made.key)
        yield till
    finally:
        await gateway.aclose()
        await anyio.to_thread.run_sync(opened.close)


async def _sell(
    till: Till, payer: httpx.AsyncClient, base_url: str, price: str, sold: Sold
) -> None:
    saved = await till.receipts.draft()
    receipt = saved.receipt.add("Чай", Money.of(price), ONE)
    saved = await till.receipts.save(saved, receipt)
    view = await till.sales.charge(saved.id)
    root = base_url.partition("/api/")[0]
    answer = await payer.post(f"{root}/control/payments/{view.payment.payment_id}/pay", json={})
    answer.raise_for_status()
    while view.payment.state is not PaymentState.PAID:
        view = await till.sales.check(view.payment.id)
    await till.sales.result_seen(view.payment.id)
    sold.paid += 1


async def _refund(till: Till, name: str, chance: random.Random, sold: Sold) -> None:
    """Part of a sale that another till made in the last minutes."""
    now = SystemClock().utc()
    query = HistoryQuery(since=now - timedelta(hours=1), until=now + timedelta(hours=1))
    page = await till.history.search(query, offset=0, limit=50)
    others = [
        row.payment
        for row in page.rows
        if row.till != name and row.payment.state is PaymentState.PAID
    ]
    if not others:
        return
    payment = chance.choice(others)
    boss = max(await till.staff.people(), key=lambda one: one.role)
    approval = await till.staff.approve(boss.id, OTHER_PIN, Right.REFUND)
    try:
        await till.refunds.open(payment.id)
        await till.refunds.refund_sum(payment.id, Money.of("1"), "Возврат", approval=approval)
        sold.refunded += 1
    except CashierError as error:
        if error.failure not in _BEATEN:
            raise
        sold.beaten += 1
