"""A payment of this till that the till has lost sight of is never taken in as another's (R21)."""

from __future__ import annotations

from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.domain.staff import Right, Role
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]


async def lost(bench: Bench) -> tuple[str, str]:
    """A paid payment whose number this till was never told: its intent, and its number."""
    bench.fault("CreatePayment", Fault.DROP_AFTER)
    view = await bench.charge()
    assert view.payment.state is PaymentState.UNKNOWN
    made = bench.sandbox.gateway.payment_by_order(view.payment.order_id)
    bench.sandbox.gateway.pay(made.id)
    await bench.sign_in(Role.MANAGER)
    return view.payment.id, made.id


async def test_its_own_payment_is_shown_and_asked_about_instead(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        intent, number = await lost(bench)
        found = await bench.till.history.adopt(number, approval=await bench.approve(Right.ADOPT))
        assert (found.payment.id, found.payment.is_adopted) == (intent, False)
        for _ in range(2):
            await bench.do(bench.till.sales.check(intent))
        assert await bench.state(intent) is PaymentState.PAID


async def test_an_answer_that_names_no_order_takes_nothing_in(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        intent, number = await lost(bench)
        bench.fault("GetPayment", Fault.WITHOUT, times=9, value="order.id")
        with pytest.raises(CashierError) as caught:
            await bench.till.history.adopt(number, approval=await bench.approve(Right.ADOPT))
        assert caught.value.failure is Failure.UNREADABLE_ANSWER
        bench.sandbox.gateway.faults.clear()
        for _ in range(2):
            await bench.do(bench.till.sales.check(intent))
        assert await bench.state(intent) is PaymentState.PAID
