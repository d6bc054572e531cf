"""What a start does with what the last run left (rows G1-G6, W1, W9)."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.saved_receipt import ReceiptState
from cashier.journal.ledger import Ledger
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]


async def leave_in(bench: Bench, state: PaymentState) -> Payment:
    """A payment as a crash would leave it in the journal: prepared, or about to be sent."""
    bench.sandbox.stop()
    saved = await bench.type_receipt()
    view = await bench.do(bench.till.sales.charge(saved.id))
    bench.sandbox.start()
    if state is PaymentState.PREPARED:
        return view.payment

    def send(ledger: Ledger) -> Payment:
        return ledger.move(ledger.payment(view.payment.id), PaymentState.SENDING)

    return await bench.journal.write(send)


async def test_g1_a_receipt_being_typed_is_there_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        typed = await bench.type_receipt(("Кофе", "1290.00", "2"))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        draft = await bench.till.receipts.draft()
        assert (draft.id, draft.receipt) == (typed.id, typed.receipt)
        assert bench.view.payments == ()


async def test_g2_a_payment_that_never_left_is_offered_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment = await leave_in(bench, PaymentState.PREPARED)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert [view.payment.state for view in bench.view.payments] == [PaymentState.PREPARED]
        await bench.pass_time(120)
        assert bench.calls("CreatePayment") == 0
        sent = await bench.till.sales.send(payment.id)
        assert sent.payment.state is PaymentState.OPEN
        assert sent.payment.order_id == payment.order_id


async def test_g3_g4_what_was_being_sent_is_looked_up_and_never_sent_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment = await leave_in(bench, PaymentState.SENDING)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert await bench.state(payment.id) is PaymentState.UNKNOWN
        await bench.pass_time(50)
        assert await bench.state(payment.id) is PaymentState.ABANDONED
        assert bench.calls("CreatePayment") == 0


async def test_g5_an_answer_that_was_not_committed_is_found_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        view = await bench.charge()
        assert view.payment.state is PaymentState.UNKNOWN
    sandbox.gateway.pay(sandbox.gateway.payments()[0].id)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(5)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        assert bench.calls("CreatePayment") == 1


async def test_g6_w9_a_paid_result_nobody_saw_is_shown_at_the_start_until_it_is_seen(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(3)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert [one.payment.state for one in bench.view.payments] == [PaymentState.PAID]
        await bench.till.sales.result_seen(view.payment.id)
        assert bench.view.payments == ()
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert bench.view.payments == ()


async def test_w1_a_payment_under_way_is_asked_about_first(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
    sandbox.gateway.pay(view.payment.payment_id)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert [one.payment.id for one in bench.view.payments] == [view.payment.id]
        await bench.pass_time(0.5)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        receipt = await bench.journal.read(lambda reader: reader.receipt(view.receipt.id))
        assert receipt.state is ReceiptState.SETTLED


async def test_w1_a_cancel_under_way_goes_on(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.stop()
        await bench.do(bench.till.sales.cancel(view.payment.id))
    sandbox.start()
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(5)
        assert await bench.state(view.payment.id) is PaymentState.CLOSED


async def test_late_money_is_found_at_the_start(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.till.sales.cancel(view.payment.id)
        await bench.till.sales.back_to_receipt(view.payment.id)
    sandbox.gateway.pay(view.payment.payment_id)
    clock.set_wall(ahead=20 * 3600)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(1)
        assert [task.payment.id for task in bench.view.tasks] == [view.payment.id]
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert [task.payment.id for task in bench.view.tasks] == [view.payment.id]


async def test_a_start_without_a_link_opens_the_till_at_once(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
    sandbox.stop()
    with anyio.fail_after(5):
        async with open_bench(tmp_path, sandbox, clock) as bench:
            assert [one.payment.id for one in bench.view.payments] == [view.payment.id]


async def test_parked_receipts_and_the_draft_survive_and_change_places(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await bench.type_receipt(("Сок", "139.90", "1"))
        await bench.till.receipts.park(first.id)
        second = await bench.type_receipt(("Хлеб", "64.50", "1"))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert [one.id for one in await bench.till.receipts.parked()] == [first.id]
        taken = await bench.till.receipts.take_up(first.id)
        assert taken.state is ReceiptState.DRAFT
        assert [one.id for one in await bench.till.receipts.parked()] == [second.id]


async def test_a_late_save_of_a_parked_receipt_keeps_it_parked_and_what_was_typed(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge(("Сок", "139.90", "1"))
        await bench.till.sales.cancel(view.payment.id)
        typed = await bench.type_receipt(("Хлеб", "64.50", "1"))
        await bench.till.sales.back_to_receipt(view.payment.id)
        more = typed.receipt.add("Чай", Money.of("10"))
        late = await bench.till.receipts.save(typed, more)
        assert late.state is ReceiptState.PARKED
        assert [one.receipt for one in await bench.till.receipts.parked()] == [more]


async def test_a_charged_receipt_cannot_be_changed_by_a_late_save(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        typed = await bench.type_receipt(("Хлеб", "64.50", "1"))
        await bench.till.sales.charge(typed.id)
        with pytest.raises(CashierError) as caught:
            await bench.till.receipts.save(typed, typed.receipt.add("Чай", Money.of("10")))
        assert caught.value.failure is Failure.NOT_ALLOWED
