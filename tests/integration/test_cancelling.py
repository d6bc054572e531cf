"""Cancelling is asked for, then proved (rows C1-C8)."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]


async def test_c1_c7_a_cancel_without_a_link_is_sent_when_there_is_one(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.stop()
        closing = await bench.do(bench.till.sales.cancel(view.payment.id))
        assert closing.payment.state is PaymentState.CLOSING
        assert not closing.is_cancel_sent
        await bench.pass_time(120)
        assert await bench.state(view.payment.id) is PaymentState.CLOSING
        with pytest.raises(CashierError) as caught:
            await bench.do(bench.till.sales.charge(view.receipt.id))
        assert caught.value.failure is Failure.RECEIPT_HAS_PAYMENT
        sandbox.start()
        await bench.pass_time(130)
        assert await bench.state(view.payment.id) is PaymentState.CLOSED
        assert bench.calls("ClosePayment") == 1


async def test_c2_a_cancel_without_an_answer_is_closed_only_by_a_read(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("ClosePayment", Fault.DROP_BEFORE)
        closing = await bench.do(bench.till.sales.cancel(view.payment.id))
        assert closing.payment.state is PaymentState.CLOSING
        await bench.pass_time(10)
        assert await bench.state(view.payment.id) is PaymentState.CLOSED


async def test_c2_three_closes_are_sent_at_most_and_reading_goes_on(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.set_lifetime(None)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("ClosePayment", Fault.DROP_BEFORE, times=50)
        await bench.do(bench.till.sales.cancel(view.payment.id))
        await bench.pass_time(600)
        assert await bench.state(view.payment.id) is PaymentState.CLOSING
        assert bench.calls("ClosePayment") == 3
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(61)
        assert await bench.state(view.payment.id) is PaymentState.PAID


async def test_c3_an_answer_that_says_closed_is_not_believed(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("ClosePayment", Fault.UNKNOWN_STATUS, value="closed", execute=False)
        bench.fault("GetPayment", Fault.DROP_AFTER)
        closing = await bench.do(bench.till.sales.cancel(view.payment.id))
        assert closing.payment.state is PaymentState.CLOSING


async def test_c4_a_payer_who_has_begun_keeps_the_payment_open(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.start(view.payment.payment_id)
        refused = await bench.till.sales.cancel(view.payment.id)
        assert refused.payment.state is PaymentState.OPEN
        assert refused.is_cancel_refused
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(3)
        assert await bench.state(view.payment.id) is PaymentState.PAID


async def test_c5_a_close_of_a_paid_payment_ends_paid(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.pay(view.payment.payment_id)
        ended = await bench.till.sales.cancel(view.payment.id)
        assert ended.payment.state is PaymentState.PAID


async def test_c6_a_close_of_a_failed_payment_ends_failed(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.decline(view.payment.payment_id)
        ended = await bench.till.sales.cancel(view.payment.id)
        assert ended.payment.state is PaymentState.FAILED


async def test_c9_no_new_qr_while_the_old_one_is_being_cancelled(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("ClosePayment", Fault.DROP_BEFORE, times=9)
        await bench.do(bench.till.sales.cancel(view.payment.id))
        with pytest.raises(CashierError) as caught:
            await bench.till.sales.charge(view.receipt.id)
        assert caught.value.failure is Failure.RECEIPT_HAS_PAYMENT


async def test_a_cancel_goes_on_when_the_screen_that_asked_is_gone(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("ClosePayment", Fault.DELAY, seconds=0.2)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.sales.cancel, view.payment.id)
            await bench.until(lambda till: till.payments[0].payment.state is PaymentState.CLOSING)
            tasks.cancel_scope.cancel()
        await bench.until(lambda till: till.payments[0].payment.state is PaymentState.CLOSED)


async def test_a_cancel_of_what_is_over_is_refused(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.till.sales.cancel(view.payment.id)
        with pytest.raises(CashierError) as caught:
            await bench.till.sales.cancel(view.payment.id)
        assert caught.value.failure is Failure.NOT_ALLOWED
        assert bench.calls("ClosePayment") == 1
