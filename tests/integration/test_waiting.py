"""Following a payment whatever happens meanwhile (rows G14, G15, G22, W1-W14)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState, Word
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Role
from cashier.domain.terminal import NewTerminal, TerminalType
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.services.health import Link
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]


async def test_polling_slows_down_as_the_schedule_says(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.set_lifetime(None)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.charge()
        counts = []
        for seconds in (60, 120, 720):
            before = bench.calls("GetPayment")
            await bench.pass_time(seconds)
            counts.append(bench.calls("GetPayment") - before)
        assert 25 <= counts[0] <= 36
        assert 33 <= counts[1] <= 48
        assert 120 <= counts[2] <= 175


async def test_g14_a_wrong_clock_is_noticed_and_expires_nothing(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        real = clock.utc
        sandbox.gateway.clock = lambda: real().replace(year=2030)
        await bench.pass_time(3)
        assert bench.view.health.is_clock_wrong
        assert await bench.state(view.payment.id) is not PaymentState.CLOSED


async def test_g14_a_bill_that_never_expires_is_paid_like_any_other_though_the_clock_is_ahead(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        real = clock.utc
        sandbox.gateway.clock = lambda: real() - timedelta(seconds=5)
        payment = (await bench.charge()).payment
        answer = {
            "id": payment.payment_id,
            "status": "successful",
            "order": {"id": payment.order_id, "amount": 139.90, "currency": "RUB"},
            "expire_date": "9999-12-31T23:59:59.9999999Z",
        }
        bench.fault("GetPayment", Fault.RAW, times=9, text=json.dumps(answer))
        await bench.pass_time(5)
        assert await bench.state(payment.id) is PaymentState.PAID


async def test_g15_a_wake_from_sleep_asks_at_once(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.till.sales.cancel(view.payment.id)
        sandbox.gateway.pay(view.payment.payment_id)
        clock.set_wall(ahead=3600)
        await bench.pass_time(5.1)
        assert await bench.state(view.payment.id) is PaymentState.LATE_PAID


async def test_g22_an_unknown_status_is_still_waiting_and_leaves_a_trace(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("GetPayment", Fault.UNKNOWN_STATUS, value="frozen")
        await bench.pass_time(2.5)
        payment = await bench.payment(view.payment.id)
        assert payment.state is PaymentState.OPEN
        assert payment.status == "frozen"
        assert payment.word is Word.WAITING
        kinds = [e.kind for e in await bench.journal.read(lambda r: r.events(payment.id))]
        assert "unknown_status" in kinds


async def test_w2_polls_that_fail_for_minutes_end_nothing(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.stop()
        await bench.pass_time(240)
        offline = bench.view.find(view.payment.id)
        assert offline is not None
        assert offline.payment.state is PaymentState.OPEN
        assert offline.is_offline
        assert bench.link() is Link.LOST
        sandbox.start()
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(16)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        assert bench.link() is Link.CONNECTED


async def test_w3_w4_paid_around_the_expiry_is_never_missed(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.set_lifetime(60)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        assert view.payment.expires_at is not None
        await bench.pass_time(59)
        assert await bench.state(view.payment.id) is PaymentState.OPEN
        await bench.pass_time(5)
        expired = await bench.payment(view.payment.id)
        assert (expired.state, expired.word) == (PaymentState.FAILED, Word.EXPIRED)
        await bench.till.sales.back_to_receipt(view.payment.id)
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(75)
        assert await bench.state(view.payment.id) is PaymentState.LATE_PAID


async def test_w4_money_long_after_a_failure_is_found(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.decline(view.payment.payment_id, (2, 51))
        await bench.pass_time(3)
        assert await bench.state(view.payment.id) is PaymentState.FAILED
        await bench.till.sales.back_to_receipt(view.payment.id)
        await bench.pass_time(1800)
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(361)
        assert await bench.state(view.payment.id) is PaymentState.LATE_PAID


async def test_w5_paid_stays_paid_whatever_the_gateway_says_later(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.decline(view.payment.payment_id)
        await bench.pass_time(3)
        bench.fault("GetPayment", Fault.UNKNOWN_STATUS, value="init", times=2)
        await bench.pass_time(130)
        payment = await bench.payment(view.payment.id)
        assert payment.state is PaymentState.FAILED
        events = await bench.journal.read(lambda reader: reader.events(payment.id))
        assert "regression" in [event.kind for event in events]


@pytest.mark.parametrize("state", [PaymentState.FAILED, PaymentState.CLOSED])
async def test_w5_what_is_dead_is_never_opened_again_by_an_answer(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, state: PaymentState
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment = (await bench.charge()).payment
        if state is PaymentState.FAILED:
            sandbox.gateway.decline(payment.payment_id)
            await bench.pass_time(3)
        else:
            await bench.till.sales.cancel(payment.id)
        assert await bench.state(payment.id) is state
        bench.fault("GetPayment", Fault.UNKNOWN_STATUS, value="init", times=2)
        await bench.pass_time(130)
        events = await bench.journal.read(lambda reader: reader.events(payment.id))
        assert "regression" in [event.kind for event in events]
        moves = [event.facts["to"] for event in events if event.kind == "payment.moved"]
        assert moves.count(PaymentState.OPEN.value) == 1
        assert moves[-1] == state.value


async def test_w6_failed_then_paid_completes_the_sale_while_it_is_at_the_till(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.decline(view.payment.payment_id)
        await bench.pass_time(3)
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(75)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        receipt = await bench.journal.read(lambda reader: reader.receipt(view.receipt.id))
        assert receipt.state is ReceiptState.SETTLED


async def test_w6_failed_then_paid_is_late_once_a_new_qr_is_out(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await bench.charge()
        sandbox.gateway.decline(first.payment.payment_id)
        await bench.pass_time(3)
        second = await bench.do(bench.till.sales.charge(first.receipt.id))
        assert second.payment.attempt == 2
        assert [view.payment.attempt for view in bench.view.payments] == [2]
        sandbox.gateway.pay(first.payment.payment_id)
        await bench.pass_time(75)
        assert await bench.state(first.payment.id) is PaymentState.LATE_PAID
        assert await bench.state(second.payment.id) is PaymentState.OPEN


async def test_w6_a_new_qr_is_refused_when_the_old_one_turns_out_paid(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await bench.charge()
        sandbox.gateway.decline(first.payment.payment_id)
        await bench.pass_time(3)
        sandbox.gateway.pay(first.payment.payment_id)
        with pytest.raises(CashierError) as caught:
            await bench.do(bench.till.sales.charge(first.receipt.id))
        assert caught.value.failure is Failure.STILL_PAYABLE
        assert await bench.state(first.payment.id) is PaymentState.PAID
        assert bench.calls("CreatePayment") == 1


async def test_a_new_qr_is_refused_while_the_old_one_cannot_be_asked_about(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await bench.charge()
        sandbox.gateway.decline(first.payment.payment_id)
        await bench.pass_time(3)
        sandbox.stop()
        with pytest.raises(CashierError) as caught:
            await bench.do(bench.till.sales.charge(first.receipt.id))
        assert caught.value.failure is Failure.NO_LINK
        sandbox.start()
        second = await bench.do(bench.till.sales.charge(first.receipt.id))
        assert second.payment.state is PaymentState.OPEN


@pytest.mark.parametrize("fault", [Fault.WRONG_ID, Fault.WRONG_ORDER])
async def test_w7_an_answer_about_another_payment_is_thrown_away(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.pay(view.payment.payment_id)
        bench.fault("GetPayment", fault)
        await bench.pass_time(2.4)
        assert await bench.state(view.payment.id) is PaymentState.OPEN
        await bench.pass_time(3)
        assert await bench.state(view.payment.id) is PaymentState.PAID


@pytest.mark.parametrize("fault", [Fault.WRONG_AMOUNT, Fault.WRONG_CURRENCY])
async def test_w8_success_with_another_sum_is_quarantined(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.pay(view.payment.payment_id)
        bench.fault("GetPayment", fault, times=3)
        await bench.pass_time(3)
        payment = await bench.payment(view.payment.id)
        assert payment.state is PaymentState.QUARANTINE
        assert payment.status == "successful"


async def test_w10_a_known_id_that_is_not_found_is_looked_up_by_its_order(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("GetPayment", Fault.ERROR, value=7)
        await bench.pass_time(6)
        assert bench.calls("GetPaymentByOrder") == 1
        assert await bench.state(view.payment.id) is PaymentState.OPEN
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(4)
        assert await bench.state(view.payment.id) is PaymentState.PAID


async def test_w12_several_receipts_wait_at_once_and_are_never_mixed(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        views = [await bench.charge((f"Товар {n}", f"{n}0.00", "1")) for n in (1, 2, 3)]
        assert [view.payment.receipt_number for view in views] == ["1-001", "1-002", "1-003"]
        assert len({view.payment.payment_url for view in views}) == 3
        assert len(bench.view.payments) == 3
        sandbox.gateway.pay(views[1].payment.payment_id)
        await bench.pass_time(4)
        states = [await bench.state(view.payment.id) for view in views]
        assert states == [PaymentState.OPEN, PaymentState.PAID, PaymentState.OPEN]


async def test_w12_a_static_terminal_takes_one_live_payment(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        new = NewTerminal(name="Стойка", alias="1:21", type=TerminalType.STATIC)
        terminal = await bench.till.terminals.create(new)
        assert terminal.is_static
        first = await bench.charge()
        second = await bench.type_receipt(("Хлеб", "64.50", "1"))
        with pytest.raises(CashierError) as caught:
            await bench.till.sales.charge(second.id)
        assert caught.value.failure is Failure.TERMINAL_BUSY
        assert caught.value.facts["receipt"] == first.payment.receipt_number
        await bench.till.sales.cancel(first.payment.id)
        assert (await bench.till.sales.charge(second.id)).payment.state is PaymentState.OPEN


async def test_w12_a_bill_that_cannot_be_closed_keeps_its_static_terminal_busy(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        new = NewTerminal(name="Стойка", alias="1:21", type=TerminalType.STATIC)
        await bench.till.terminals.create(new)
        bench.fault("CreatePayment", Fault.WRONG_AMOUNT)
        bench.fault("ClosePayment", Fault.ERROR, value=11)
        first = await bench.charge()
        assert first.payment.state is PaymentState.QUARANTINE
        second = await bench.type_receipt(("Хлеб", "64.50", "1"))
        with pytest.raises(CashierError) as caught:
            await bench.till.sales.charge(second.id)
        assert caught.value.failure is Failure.TERMINAL_BUSY
        await bench.pass_time(70)
        assert await bench.state(first.payment.id) is PaymentState.CLOSED
        assert (await bench.till.sales.charge(second.id)).payment.state is PaymentState.OPEN


async def test_w14_funds_and_bonuses_are_kept_as_answered(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge(("Кофе", "1500.00", "1"))
        sandbox.gateway.pay(view.payment.payment_id, bonuses=30000)
        await bench.pass_time(3)
        payment = await bench.payment(view.payment.id)
        assert payment.amount.minor == 150000
        assert payment.funds is not None
        assert payment.bonuses is not None
        assert (payment.funds.minor, payment.bonuses.minor) == (120000, -30000)


async def test_check_now_asks_at_once_but_at_most_once_a_second(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        view = await bench.charge()
        await bench.till.sales.check(view.payment.id)
        assert bench.calls("GetPayment") == 1
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.sales.check, view.payment.id)
            await clock.advance(0.9)
            assert bench.calls("GetPayment") == 1
            await clock.advance(0.2)
        assert bench.calls("GetPayment") == 2


async def test_background_watching_stays_under_five_reads_a_second(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.set_lifetime(None)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        for number in range(25):
            await bench.charge((f"Товар {number}", "10.00", "1"))
        await bench.pass_time(10)
        before = bench.calls("GetPayment")
        await bench.pass_time(10)
        assert 35 <= bench.calls("GetPayment") - before <= 51


async def test_w4_money_that_came_while_the_till_was_off_for_long_is_seen_at_the_start(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment = (await bench.charge(("Кофе", "100.00", "1"))).payment
        await bench.do(bench.till.sales.cancel(payment.id))
        assert await bench.state(payment.id) is PaymentState.CLOSED
    clock.set_wall(ahead=4 * 86400)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        told = {
            "id": payment.payment_id,
            "status": "successful",
            "order": {"id": payment.order_id, "amount": 100, "currency": "RUB"},
        }
        bench.fault("GetPayment", Fault.DROP_BEFORE, times=2)
        bench.fault("GetPayment", Fault.RAW, execute=False, text=json.dumps(told), times=5)
        await bench.pass_time(300)
        assert await bench.state(payment.id) is PaymentState.LATE_PAID


async def test_what_was_given_up_long_ago_is_asked_about_once_a_start(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment = (await bench.charge(("Кофе", "100.00", "1"))).payment
        await bench.do(bench.till.sales.cancel(payment.id))
        asked = bench.calls("GetPayment")
    clock.set_wall(ahead=4 * 86400)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(3600)
        assert bench.calls("GetPayment") == asked + 1
