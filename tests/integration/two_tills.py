"""Two whole tills on one server, at one gateway, by one clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from cashier.domain.money import Money
from cashier.domain.staff import Right, Role
from cashier.sandbox.server import SandboxServer
from cashier.services.refund_views import RefundView
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

REASON = "Не подошёл товар"


@asynccontextmanager
async def two_tills(
    folder: Path, sandbox: SandboxServer, clock: VirtualClock, *, urls: tuple[str, str]
) -> AsyncIterator[tuple[Bench, Bench]]:
    """Till 1 with a cashier and till 2 with a manager; each reaches the server by its own url."""
    first, second = urls
    async with (
        open_bench(folder, sandbox, clock, journal_url=first, name="1") as one,
        open_bench(
            folder, sandbox, clock, journal_url=second, name="2", role=Role.MANAGER, terminal="1:1"
        ) as two,
    ):
        both = (one, two)
        clock.is_busy = lambda: any(
            bench.till.is_busy or bench.runner.under_way > 0 for bench in both
        )
        yield both


async def sold(bench: Bench, *goods: tuple[str, str, str]) -> str:
    """A paid receipt; its payment's intent."""
    view = await bench.charge(*(goods or (("Чай", "100.00", "1"),)))
    bench.sandbox.gateway.pay(view.payment.payment_id)
    await bench.till.sales.check(view.payment.id)
    return view.payment.id


async def late_money(bench: Bench) -> str:
    """A payment that was cancelled, and paid all the same; its intent."""
    view = await bench.charge(("Чай", "100.00", "1"))
    await bench.till.sales.cancel(view.payment.id)
    bench.sandbox.gateway.pay(view.payment.payment_id)
    await bench.pass_time(70)
    return view.payment.id


async def refund_sum(bench: Bench, payment_id: str, amount: str) -> RefundView:
    approval = await bench.approve(Right.REFUND)
    return await bench.till.refunds.refund_sum(
        payment_id, Money.of(amount), REASON, approval=approval
    )
