"""A till whose line is cut at any byte: a lost create is found, a lost refund is not sent again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.staff import Right
from cashier.sandbox.server import SandboxServer
from tests.network.proxy import Cut, End, FaultProxy, Side
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

FIRM_ENDS = [End.CLOSE, End.RESET, End.HALF]
"""Silence would have to be waited for."""
IN_ANSWER = [0, 250, 400]
IN_REQUEST = [1, 500]


@asynccontextmanager
async def cut_bench(
    folder: Path, sandbox: SandboxServer, clock: VirtualClock, call: str
) -> AsyncIterator[tuple[Bench, FaultProxy]]:
    """A till behind a proxy that will cut this call, once it is told where."""
    port = int(sandbox.root.rpartition(":")[2])
    async with FaultProxy(port, only=f"/{call} ".encode()) as proxy:
        base_url = f"http://127.0.0.1:{proxy.port}/api/v2"
        async with open_bench(folder, sandbox, clock, base_url=base_url) as bench:
            yield bench, proxy


async def paid(bench: Bench) -> str:
    view = await bench.charge(("Чай", "100.00", "3"))
    bench.sandbox.gateway.pay(view.payment.payment_id)
    await bench.till.sales.check(view.payment.id)
    return view.payment.id


async def test_p3_a_create_whose_answer_is_cut_is_found_by_its_order_id(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with cut_bench(tmp_path, sandbox, clock, "CreatePayment") as (bench, proxy):
        for place, at in enumerate(IN_ANSWER):
            proxy.cut = Cut(Side.ANSWER, at, FIRM_ENDS[place % 3])
            view = await bench.charge()
            assert view.payment.state is PaymentState.UNKNOWN
            await bench.pass_time(2)
            payment = await bench.payment(view.payment.id)
            assert payment.state is PaymentState.OPEN
            made = bench.sandbox.gateway.payment_by_order(payment.order_id)
            assert (payment.payment_id, payment.amount) == (made.id, Money(made.amount))
            assert bench.calls("CreatePayment") == place + 1
            await bench.do(bench.till.sales.cancel(payment.id))


async def test_p5_a_create_whose_request_is_cut_is_asked_for_and_never_sent_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with cut_bench(tmp_path, sandbox, clock, "CreatePayment") as (bench, proxy):
        proxy.cut = Cut(Side.REQUEST, 300, End.CLOSE)
        view = await bench.charge()
        assert view.payment.state is PaymentState.UNKNOWN
        await bench.pass_time(60)
        assert await bench.state(view.payment.id) is PaymentState.ABANDONED
        assert bench.calls("GetPaymentByOrder") >= 5
        assert bench.calls("CreatePayment") == 0
        assert sum(b"/CreatePayment " in flow.asked for flow in proxy.flows) == 1


@pytest.mark.parametrize("side", Side)
async def test_r4_a_refund_that_is_cut_is_unknown_and_never_sent_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, side: Side
) -> None:
    async with cut_bench(tmp_path, sandbox, clock, "CreateRefund") as (bench, proxy):
        places = IN_REQUEST if side is Side.REQUEST else IN_ANSWER
        for place, at in enumerate(places):
            proxy.cut = Cut(side, at, FIRM_ENDS[place % 3])
            view = await bench.till.refunds.refund_sum(
                await paid(bench), Money(1000), "Брак", approval=await bench.approve(Right.REFUND)
            )
            assert view.refund.state is RefundState.UNKNOWN
        await bench.pass_time(300)
        assert sum(b"/CreateRefund " in flow.asked for flow in proxy.flows) == len(places)
        done = len(bench.sandbox.gateway.refunds.all())
        assert done == (0 if side is Side.REQUEST else len(places))
        assert len(bench.view.refund_tasks) == len(places)
