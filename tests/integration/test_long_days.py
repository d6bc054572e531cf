"""What is read and how often, and what a long day leaves behind (rows G15, W2, W10)."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.domain.terminal import NewTerminal
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.services.health import Link
from tests.journal_samples import bring_to
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

BUSY = CashierError(Failure.JOURNAL_BUSY)
NEW = NewTerminal(name="Касса 3", alias="1:3")


# What is read, and when


async def test_a_qr_shown_again_and_again_does_not_put_its_reads_off(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        for _ in range(10):
            shown = await bench.till.sales.qr_shown(view.payment.id)
            await bench.till.sales.look_away()
            await bench.pass_time(1)
        assert bench.calls("GetPayment") >= 3
        first_time = (await bench.payment(view.payment.id)).url_shown_at
        assert first_time is not None
        assert first_time == shown.payment.url_shown_at
        assert (first_time - view.payment.created_at).total_seconds() < 1


async def test_reads_that_say_nothing_new_are_not_written_down(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.pass_time(5)
        writes, reads = bench.runner.writes, bench.calls("GetPayment")
        await bench.pass_time(20)
        assert bench.calls("GetPayment") - reads >= 7
        assert bench.runner.writes == writes
        sandbox.gateway.start(view.payment.payment_id)
        await bench.pass_time(10)
        assert bench.runner.writes == writes + 1


async def test_the_payment_on_screen_is_read_before_the_many_in_the_background(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.set_lifetime(None)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        views = [await bench.charge((f"Товар {n}", "10.00", "1")) for n in range(20)]
        mine = views[-1].payment.id
        await bench.till.sales.qr_shown(mine)
        await bench.pass_time(12)
        watched = bench.view.find(mine)
        assert watched is not None
        assert 5 <= watched.checks <= 8
        await bench.till.sales.look_away()
        await bench.pass_time(12)
        away = bench.view.find(mine)
        assert away is not None
        assert away.checks - watched.checks <= 4


async def test_the_payment_on_screen_has_a_place_while_the_background_is_slow(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        for number in range(3):
            await bench.charge((f"Товар {number}", "10.00", "1"))
        await bench.pass_time(1)
        mine = await bench.charge(("Мой", "10.00", "1"))
        await bench.till.sales.qr_shown(mine.payment.id)
        bench.fault("GetPayment", Fault.DELAY, seconds=5, times=3)
        clock.is_busy = lambda: False  # time goes on although the gateway is slow
        await bench.pass_time(1.9)
        await bench.until_called("GetPayment", 3)
        await bench.pass_time(0.6)
        with anyio.fail_after(3):
            await bench.until_called("GetPayment", 4)


async def test_a_read_that_waited_while_somebody_checked_is_left_out(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        for number in range(10):
            await bench.charge((f"Товар {number}", "10.00", "1"))
        await bench.pass_time(2.5)
        waiting = [view.payment.id for view in bench.view.payments if not view.checks]
        assert waiting
        await bench.till.sales.check(waiting[0])
        await bench.pass_time(1.55)
        views = [bench.till.watch.view(payment_id) for payment_id in waiting]
        assert [view.checks for view in views] == [1] * len(waiting)


async def test_p3_what_was_found_by_its_order_is_read_by_its_id_at_once(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        view = await bench.charge()
        sandbox.gateway.pay(sandbox.gateway.payments()[0].id)
        await bench.pass_time(1.3)
        assert await bench.state(view.payment.id) is PaymentState.PAID


async def test_reads_are_spread_a_little(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        views = [await bench.charge((f"Товар {n}", "10.00", "1")) for n in range(5)]
        waits = {round(view.next_check or 0, 3) for view in views}
        assert len(waits) == 5
        assert all(1.6 <= wait <= 2.4 for wait in waits)


async def test_w2_a_gateway_in_trouble_is_asked_less_and_less(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("GetPayment", Fault.STATUS_500, times=1000)
        await bench.pass_time(120)
        assert 10 <= bench.calls("GetPayment") <= 35
        shown = bench.view.find(view.payment.id)
        assert shown is not None
        assert shown.is_offline
        assert shown.payment.state is PaymentState.OPEN


async def test_g16_a_link_that_is_back_is_used_at_once(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        views = [await bench.charge((f"Товар {n}", "10.00", "1")) for n in range(3)]
        sandbox.stop()
        await bench.pass_time(180)
        assert bench.link() is Link.LOST
        sandbox.start()
        for view in views:
            sandbox.gateway.pay(view.payment.payment_id)
        await bench.till.terminals.check(bench.till.terminals.known[0].key)
        assert bench.link() is Link.CONNECTED
        await bench.pass_time(0.7)
        states = {await bench.state(view.payment.id) for view in views}
        assert states == {PaymentState.PAID}


async def test_w10_a_payment_that_is_not_found_either_way_is_watched_on(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("GetPayment", Fault.ERROR, value=7, times=100)
        bench.fault("GetPaymentByOrder", Fault.ERROR, value=7, times=100)
        await bench.pass_time(50)
        by_id, by_order = bench.calls("GetPayment"), bench.calls("GetPaymentByOrder")
        assert by_id >= 10
        assert by_id - by_order in (0, 1)
        assert await bench.state(view.payment.id) is PaymentState.OPEN
        sandbox.gateway.faults.clear()
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(10)
        assert await bench.state(view.payment.id) is PaymentState.PAID


# A long day


async def test_what_is_over_and_seen_is_no_longer_held(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        paid = await bench.charge()
        sandbox.gateway.pay(paid.payment.payment_id)
        bench.fault("CreatePayment", Fault.ERROR, value=3)
        refused = await bench.charge(("Хлеб", "64.50", "1"))
        await bench.pass_time(3)
        assert bench.till.watch.is_followed(paid.payment.id)
        await bench.till.sales.result_seen(paid.payment.id)
        await bench.till.sales.back_to_receipt(refused.payment.id)
        await bench.pass_time(1)
        assert not bench.till.watch.is_followed(paid.payment.id)
        assert not bench.till.watch.is_followed(refused.payment.id)


async def test_a_dead_payment_is_dropped_after_its_days_and_proved_dead_again_for_a_new_qr(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.till.sales.cancel(view.payment.id)
        draft = await bench.till.sales.back_to_receipt(view.payment.id)
        assert bench.till.watch.is_followed(view.payment.id)
        before = bench.calls("GetPayment")
    clock.set_wall(ahead=80 * 3600)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(10)
        assert not bench.till.watch.is_followed(view.payment.id)
        assert bench.calls("GetPayment") == before + 1  # the start asks about it once
        again = await bench.do(bench.till.sales.charge(draft.id))
        assert (again.payment.state, again.payment.attempt) == (PaymentState.OPEN, 2)
        assert bench.calls("GetPayment") == before + 2


async def test_w4_money_found_by_the_proof_for_a_new_qr_becomes_a_task_however_late_it_is(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.till.sales.cancel(view.payment.id)
        draft = await bench.till.sales.back_to_receipt(view.payment.id)
    clock.set_wall(ahead=80 * 3600)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(1)
        sandbox.gateway.pay(view.payment.payment_id)
        with pytest.raises(CashierError) as caught:
            await bench.do(bench.till.sales.charge(draft.id))
        assert caught.value.failure is Failure.STILL_PAYABLE
        await bench.pass_time(1)
        assert [task.payment.id for task in bench.view.tasks] == [view.payment.id]
        assert bench.calls("CreatePayment") == 1


async def test_live_payments_never_queue_behind_the_many_that_were_given_up(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        for _ in range(30):
            await bench.journal.write(bring_to(PaymentState.FAILED))
        live = await bench.charge()
        sandbox.gateway.pay(live.payment.payment_id)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(0.1)
        assert await bench.state(live.payment.id) is PaymentState.PAID
        later = await bench.charge(("Хлеб", "64.50", "1"))
        sandbox.gateway.pay(later.payment.payment_id)
        await bench.pass_time(4)
        assert await bench.state(later.payment.id) is PaymentState.PAID


async def test_g15_tasks_and_results_are_there_again_after_weeks(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.set_lifetime(None)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        late = await bench.charge()
        await bench.till.sales.cancel(late.payment.id)
        draft = await bench.till.sales.back_to_receipt(late.payment.id)
        await bench.till.receipts.park(draft.id)
        sandbox.gateway.pay(late.payment.payment_id)
        await bench.pass_time(75)
        await bench.till.sales.result_seen(late.payment.id)
        strange = await bench.charge(("Хлеб", "64.50", "1"))
        bench.fault("GetPayment", Fault.WRONG_AMOUNT, times=1000)
        bench.fault("ClosePayment", Fault.ERROR, value=11, times=1000)
        await bench.pass_time(3)
        assert await bench.state(strange.payment.id) is PaymentState.QUARANTINE
        bench.fault("CreatePayment", Fault.ERROR, value=3)
        refused = await bench.charge(("Кофе", "190.00", "1"))
        assert refused.payment.state is PaymentState.REFUSED
    clock.set_wall(ahead=20 * 86400)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(1)
        tasks = [task.payment.id for task in bench.view.tasks]
        assert tasks == [late.payment.id, strange.payment.id]
        shown = [view.payment.id for view in bench.view.payments]
        assert refused.payment.id in shown


async def test_a_payment_taken_up_again_is_read_as_often_as_its_age_says(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.set_lifetime(None)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.charge()
    clock.set_wall(ahead=3600)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(60)
        assert 4 <= bench.calls("GetPayment") <= 6
