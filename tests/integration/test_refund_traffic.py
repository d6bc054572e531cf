"""Many refunds that wait for their bank never stand in a customer's way, and none is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.values import RefundMode
from tests.integration.two_tills import refund_sum, sold
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

MANY = 60
"""At five reads a second they take twelve seconds."""


async def many_pending(bench: Bench) -> list[str]:
    """Refunds that the bank has accepted and not executed."""
    bench.sandbox.gateway.refunds.set_mode(RefundMode(delayed=True, after=None))
    payment_id = await sold(bench)
    made = []
    for _ in range(MANY):
        await bench.pass_time(0.01)
        made.append((await refund_sum(bench, payment_id, "1.00")).refund.id)
    return made


async def test_a_payment_in_the_background_does_not_wait_for_all_refunds(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await many_pending(bench)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(5)
        assert await bench.state(view.payment.id) is PaymentState.PAID


async def test_the_refund_that_waits_longest_is_asked_about_first(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        refunds = await many_pending(bench)
    sandbox.gateway.refunds.finish(sandbox.gateway.refunds.all()[-1].id)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(MANY / 5 + 2)
        refund = await bench.journal.read(lambda reader: reader.refund(refunds[-1]))
        assert refund.state is RefundState.SUCCEEDED
        assert bench.calls("GetRefund") >= MANY
