"""Two things meet, and what is refused then (rows C4, P7, P13, T1, W4)."""

from __future__ import annotations

import json
from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Decision, Payment, PaymentState
from cashier.domain.quantity import ONE
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.journal.verify import verify
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.services.health import Link
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

BUSY = CashierError(Failure.JOURNAL_BUSY)
NEW = NewTerminal(name="Касса 3", alias="1:3")


async def failing(bench: Bench, receipt_id: str) -> Failure:
    with pytest.raises(CashierError) as caught:
        await bench.do(bench.till.sales.charge(receipt_id))
    return caught.value.failure


# Two things meet


async def test_a_payment_looked_at_while_it_is_being_created_is_not_lost(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        bench.fault("CreatePayment", Fault.DELAY, seconds=0.3)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.sales.charge, saved.id)
            view = await bench.until(
                lambda till: (
                    bool(till.payments) and till.payments[0].payment.state is PaymentState.SENDING
                )
            )
            await bench.till.sales.qr_shown(view.payments[0].payment.id)
        assert bench.view.payments[0].payment.state is PaymentState.OPEN


async def test_c4_money_that_a_read_has_found_meanwhile_is_not_undone_by_the_cancel(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        view = await bench.charge()
        sandbox.gateway.pay(view.payment.payment_id)
        hold = bench.runner.hold_write(done=True)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.sales.cancel, view.payment.id)
            await hold.reached.wait()
            await bench.till.sales.check(view.payment.id)
            assert await bench.state(view.payment.id) is PaymentState.PAID
            hold.let_go.set()
        assert bench.view.payments[0].payment.state is PaymentState.PAID
        assert bench.calls("ClosePayment") == 0


@pytest.mark.parametrize("has_begun", [False, True])
async def test_a_cancel_during_a_read_sends_one_close(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, has_begun: bool
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        view = await bench.charge()
        if has_begun:
            sandbox.gateway.start(view.payment.payment_id)
        bench.fault("GetPayment", Fault.DELAY, seconds=0.3)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.sales.check, view.payment.id)
            await bench.until_called("GetPayment", 1)
            await bench.till.sales.cancel(view.payment.id)
        assert bench.calls("ClosePayment") == 1
        ended = PaymentState.OPEN if has_begun else PaymentState.CLOSED
        assert await bench.state(view.payment.id) is ended


async def test_two_checks_at_once_are_still_a_second_apart(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        view = await bench.charge()
        async with anyio.create_task_group() as tasks:
            for _ in range(3):
                tasks.start_soon(bench.till.sales.check, view.payment.id)
            counts = []
            for _ in range(3):
                await clock.advance(0.9)
                counts.append(bench.calls("GetPayment"))
            await clock.advance(5)
        assert counts == [1, 2, 3] or counts == [1, 1, 2]
        assert bench.calls("GetPayment") == 3


async def test_p2_a_withdrawal_waits_for_the_sends_that_are_under_way(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        sandbox.stop()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.sales.charge, saved.id)
            view = await bench.until(lambda till: bool(till.payments))
            await bench.pass_time(0.5)
            tasks.start_soon(bench.till.sales.withdraw, view.payments[0].payment.id)
            await bench.pass_time(5)
        payment = await bench.payment(view.payments[0].payment.id)
        assert payment.state is PaymentState.WITHDRAWN
        events = await bench.journal.read(lambda reader: reader.events(payment.id))
        assert [event.facts.get("to") for event in events].count("SENDING") == 3


async def test_w4_money_that_comes_between_the_proof_and_the_new_qr_stops_the_new_qr(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        first = await bench.charge()
        sandbox.gateway.decline(first.payment.payment_id)
        await bench.till.sales.check(first.payment.id)
        draft = await bench.till.sales.back_to_receipt(first.payment.id)
        await bench.pass_time(2)
        hold = bench.runner.hold_write()
        refused: list[Failure] = []

        async def press() -> None:
            with pytest.raises(CashierError) as caught:
                await bench.till.sales.charge(draft.id)
            refused.append(caught.value.failure)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(press)
            await hold.reached.wait()
            sandbox.gateway.pay(first.payment.payment_id)
            await bench.do(bench.till.sales.check(first.payment.id))
            assert await bench.state(first.payment.id) is PaymentState.LATE_PAID
            hold.let_go.set()
        assert refused == [Failure.STILL_PAYABLE]
        assert bench.calls("CreatePayment") == 1


async def test_p13_a_receipt_emptied_before_its_intent_is_written_is_not_charged(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        hold = bench.runner.hold_write()
        refused: list[Failure] = []

        async def press() -> None:
            with pytest.raises(CashierError) as caught:
                await bench.till.sales.charge(saved.id)
            refused.append(caught.value.failure)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(press)
            await hold.reached.wait()
            await bench.till.receipts.save(saved, Receipt())
            hold.let_go.set()
        assert refused == [Failure.RECEIPT_EMPTY]
        assert bench.calls("CreatePayment") == 0


async def test_p7_once_found_a_payment_is_read_by_its_own_id_alone(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    """Row P7: one order id is sent once, and asked for no more once its payment is known."""
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        view = await bench.charge()
        await bench.pass_time(30)
        found = await bench.payment(view.payment.id)
        assert found.state is PaymentState.OPEN
        assert bench.calls("CreatePayment") == 1
        assert bench.calls("GetPaymentByOrder") == 1
        assert bench.calls("GetPayment") > 10
        assert [made.order_id for made in sandbox.gateway.payments()] == [found.order_id]


# What is refused


async def test_a_new_qr_needs_a_word_that_the_old_one_is_dead(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        first = await bench.charge()
        sandbox.gateway.decline(first.payment.payment_id)
        await bench.till.sales.check(first.payment.id)
        bench.fault("GetPayment", Fault.UNKNOWN_STATUS, value="init")
        assert await failing(bench, first.receipt.id) is Failure.STILL_PAYABLE
        bench.fault("GetPayment", Fault.ERROR, value=7)
        assert await failing(bench, first.receipt.id) is Failure.STILL_PAYABLE
        assert bench.calls("CreatePayment") == 1


async def test_what_a_payments_state_does_not_allow_is_refused(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sales = bench.till.sales
        for use_case in (sales.withdraw, sales.send, sales.back_to_receipt):
            with pytest.raises(CashierError) as caught:
                await use_case(view.payment.id)
            assert caught.value.failure is Failure.NOT_ALLOWED
        assert bench.calls("CreatePayment") == 1


async def test_p13_a_receipt_that_is_over_is_not_charged_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        paid = await bench.charge()
        sandbox.gateway.pay(paid.payment.payment_id)
        await bench.pass_time(3)
        assert await failing(bench, paid.receipt.id) is Failure.NOT_ALLOWED
        dropped = await bench.type_receipt(("Хлеб", "64.50", "1"))
        await bench.journal.write(
            lambda ledger: ledger.move_receipt(dropped.id, ReceiptState.DROPPED)
        )
        assert await failing(bench, dropped.id) is Failure.NOT_ALLOWED


async def test_p13_exactly_the_limit_is_paid_and_what_is_sent_says_where_from(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge(("Слиток", "1000000.00", "1"))
        assert view.payment.state is PaymentState.OPEN
        assert view.payment.amount == Money(100_000_000)
        sent = (bench.sandbox.gateway.last_body("CreatePayment") or b"").decode()
        assert "Чек 1-001, касса 2" in sent
        assert view.payment.tag in sent
        assert view.payment.order_id in sent


async def test_g17_a_refused_key_stops_what_was_not_sent_too(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.ADMINISTRATOR) as bench:
        saved = await bench.type_receipt()
        sandbox.stop()
        waiting = await bench.do(bench.till.sales.charge(saved.id))
        assert waiting.payment.state is PaymentState.PREPARED
        sandbox.start()
        sandbox.gateway.api_key = "f" * 32
        with pytest.raises(CashierError):
            await bench.till.terminals.add("1:2")
        with pytest.raises(CashierError) as caught:
            await bench.till.sales.send(waiting.payment.id)
        assert caught.value.failure is Failure.KEY_REFUSED
        assert bench.calls("CreatePayment") == 0
        assert await bench.state(waiting.payment.id) is PaymentState.PREPARED


async def test_a_send_goes_on_when_the_screen_that_asked_is_gone(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        sandbox.stop()
        waiting = await bench.do(bench.till.sales.charge(saved.id))
        sandbox.start()
        hold = bench.runner.hold_write()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.sales.send, waiting.payment.id)
            await hold.reached.wait()
            tasks.cancel_scope.cancel()
            hold.let_go.set()
        assert await bench.state(waiting.payment.id) is PaymentState.OPEN


# Receipts put aside


async def test_taking_a_receipt_back_parks_what_is_being_typed_unless_it_is_empty(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.till.sales.cancel(view.payment.id)
        typed = await bench.type_receipt(("Хлеб", "64.50", "1"))
        back = await bench.till.sales.back_to_receipt(view.payment.id)
        assert back.state is ReceiptState.DRAFT
        assert [one.id for one in await bench.till.receipts.parked()] == [typed.id]
        with pytest.raises(CashierError) as caught:
            await bench.till.receipts.take_up(back.id)
        assert caught.value.failure is Failure.NOT_ALLOWED
        await bench.till.receipts.save(back, Receipt())
        with pytest.raises(CashierError) as caught:
            await bench.till.receipts.park(back.id)
        assert caught.value.failure is Failure.NOT_ALLOWED  # cleared: its payment has it still
        assert (await bench.till.receipts.take_up(typed.id)).receipt == typed.receipt
        assert await bench.till.receipts.parked() == []


# Terminals


async def test_t1_two_presses_create_one_terminal(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        async with anyio.create_task_group() as presses:
            presses.start_soon(bench.till.terminals.create, NEW)
            presses.start_soon(bench.till.terminals.create, NEW)
        assert bench.calls("CreateTerminal") == 1
        assert len(bench.till.terminals.known) == 1
        kept = await bench.journal.read(lambda reader: reader.answers(""))
        assert [answer.call for answer in kept] == ["CreateTerminal"]


async def test_t1_a_terminal_is_remembered_though_the_screen_that_asked_is_gone(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        bench.fault("CreateTerminal", Fault.DELAY, seconds=0.3)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.terminals.create, NEW)
            await bench.until_called("CreateTerminal", 1)
            tasks.cancel_scope.cancel()
        assert [terminal.info.alias for terminal in bench.till.terminals.known] == ["1:3"]


@pytest.mark.parametrize(
    ("value", "text", "execute"),
    [(422, "type: unknown", True), (5, "нет прав", False)],
    ids=["it was made all the same", "the refusal is about something else"],
)
async def test_the_other_spelling_is_not_sent_when_it_cannot_help(
    tmp_path: Path,
    sandbox: SandboxServer,
    clock: VirtualClock,
    value: int,
    text: str,
    execute: bool,
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        bench.fault("CreateTerminal", Fault.ERROR, value=value, text=text, execute=execute)
        with pytest.raises(CashierError) as caught:
            await bench.till.terminals.create(NEW)
        assert caught.value.failure is Failure.REFUSED
        assert bench.calls("CreateTerminal") == 1


async def test_a_name_given_while_the_gateway_is_asked_is_not_lost(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.ADMINISTRATOR) as bench:
        terminals = bench.till.terminals
        key = terminals.known[0].key
        before = bench.calls("GetTerminal")
        bench.fault("GetTerminal", Fault.DELAY, seconds=0.3)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(terminals.check, key)
            await bench.until_called("GetTerminal", before + 1)
            await terminals.rename(key, "Кофейня")
        assert terminals.known[0].name == "Кофейня"


async def test_a_lost_link_is_tried_every_quarter_of_a_minute_at_rest(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        sandbox.stop()
        await bench.pass_time(180)
        assert bench.link() is Link.LOST
        sandbox.start()
        await bench.pass_time(16)
        assert bench.link() is Link.CONNECTED


async def test_late_money_of_a_payment_taken_as_unpaid_is_a_task_and_restores_the_sale(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        bench.fault("GetPaymentByOrder", Fault.STATUS_500, times=6)
        payment = (await bench.charge()).payment
        await bench.pass_time(5)
        decisions = bench.till.decisions
        await decisions.take_as_unpaid(
            payment.id, "ушёл", approval=await bench.approve(Right.DECIDE_PAYMENT)
        )
        sandbox.gateway.pay(sandbox.gateway.payments()[0].id)
        await bench.pass_time(400)
        assert await bench.state(payment.id) is PaymentState.LATE_PAID
        assert [task.payment.id for task in bench.view.tasks] == [payment.id]
        assert (await bench.till.shifts.readiness()).carried == 1
        view = await decisions.restore_sale(
            payment.id, "вернулся", approval=await bench.approve(Right.DECIDE_PAYMENT)
        )
        assert view.receipt.state is ReceiptState.SETTLED
        assert view.payment.decision is Decision.RESTORED
        events = await bench.journal.read(lambda r: r.events(payment.id))
        decided = [one.facts["decision"] for one in events if one.kind == "payment.decided"]
        assert decided == ["TAKEN_AS_UNPAID", "RESTORED"]
    assert not verify(f"sqlite:///{tmp_path}/journal.db").problems


async def test_a_mismatch_accepted_with_its_money_stays_accepted_when_a_read_agrees(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.MANAGER) as bench:
        payment = (await bench.charge()).payment
        sandbox.gateway.pay(payment.payment_id)
        bench.fault("GetPayment", Fault.WRONG_AMOUNT)
        await bench.do(bench.till.sales.check(payment.id))
        assert await bench.state(payment.id) is PaymentState.QUARANTINE
        await bench.till.decisions.accept_mismatch(
            payment.id, "сумма верна", approval=await bench.approve(Right.DECIDE_MISMATCH)
        )
        await bench.pass_time(120)
        known = await bench.payment(payment.id)
        assert (known.state, known.decision) == (PaymentState.LATE_PAID, Decision.ACCEPTED)
        assert bench.view.tasks == ()


async def late(bench: Bench, *, amount: int = 100) -> Payment:
    """A cancelled payment of a coffee for 100.00, of which `amount` comes all the same."""
    payment = (await bench.charge(("Кофе", "100.00", "1"))).payment
    await bench.do(bench.till.sales.cancel(payment.id))
    order = {"id": payment.order_id, "amount": amount, "currency": "RUB"}
    answer = {"id": payment.payment_id, "status": "successful", "order": order}
    bench.fault("GetPayment", Fault.RAW, times=1000, execute=False, text=json.dumps(answer))
    return payment


async def test_late_money_of_another_sum_restores_no_sale(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        payment = await late(bench, amount=10)
        await bench.pass_time(120)
        assert await bench.state(payment.id) is PaymentState.LATE_PAID
        approval = await bench.approve(Right.DECIDE_PAYMENT)
        with pytest.raises(CashierError) as caught:
            await bench.till.decisions.restore_sale(payment.id, "отдан", approval=approval)
        assert caught.value.failure is Failure.STILL_PAYABLE
        assert (await bench.payment(payment.id)).decision is None


async def test_a_mismatch_that_nobody_has_paid_is_not_accepted_and_no_sale(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.MANAGER) as bench:
        bench.fault("CreatePayment", Fault.WRONG_AMOUNT)
        bench.fault("ClosePayment", Fault.ERROR, value=11, times=10)
        payment = (await bench.charge()).payment
        accept = bench.till.decisions.accept_mismatch
        approval = await bench.approve(Right.DECIDE_MISMATCH)
        with pytest.raises(CashierError) as caught:
            await accept(payment.id, "сумма верна", approval=approval)
        assert caught.value.failure is Failure.NOT_ALLOWED
        assert [task.payment.id for task in bench.view.tasks] == [payment.id]
        assert (await bench.till.shifts.x_report()).whole.paid == 0


async def test_late_money_of_a_receipt_that_was_typed_anew_restores_nothing_and_knows_no_lines(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        payment = await late(bench)
        back = await bench.till.sales.back_to_receipt(payment.id)
        other = back.receipt.without(1).add("Носки", Money.of("100"))
        await bench.till.receipts.save(back, other)
        await bench.pass_time(120)
        assert await bench.state(payment.id) is PaymentState.LATE_PAID
        approval = await bench.approve(Right.DECIDE_PAYMENT)
        with pytest.raises(CashierError) as caught:
            await bench.till.decisions.restore_sale(payment.id, "отдан", approval=approval)
        assert caught.value.failure is Failure.STILL_PAYABLE
        form = await bench.till.refunds.open(payment.id)
        assert (form.lines, form.left) == ((), Money.of("100"))


async def test_a_receipt_taken_back_and_left_as_it_was_is_restored_and_refunded_by_its_lines(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        payment = await late(bench)
        await bench.till.sales.back_to_receipt(payment.id)
        await bench.pass_time(120)
        approval = await bench.approve(Right.DECIDE_PAYMENT)
        view = await bench.till.decisions.restore_sale(payment.id, "отдан", approval=approval)
        assert view.receipt.state is ReceiptState.SETTLED
        form = await bench.till.refunds.open(payment.id)
        assert [line.sold.line.name for line in form.lines] == ["Кофе"]


async def test_each_payment_of_a_receipt_typed_anew_in_between_knows_its_own_lines_or_none(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        first = (await bench.charge(("Кофе", "100.00", "1"))).payment
        await bench.do(bench.till.sales.cancel(first.id))
        back = await bench.till.sales.back_to_receipt(first.id)
        other = back.receipt.without(1).add("Чай", Money.of("60"))
        await bench.till.receipts.save(back, other)
        second = (await bench.do(bench.till.sales.charge(back.id))).payment
        sandbox.gateway.pay(second.payment_id)
        await bench.do(bench.till.sales.check(second.id))
        order = {"id": first.order_id, "amount": 100, "currency": "RUB"}
        answer = {"id": first.payment_id, "status": "successful", "order": order}
        bench.fault("GetPayment", Fault.RAW, times=9, execute=False, text=json.dumps(answer))
        await bench.pass_time(120)
        assert await bench.state(first.id) is PaymentState.LATE_PAID
        own = (await bench.till.refunds.open(second.id)).lines
        assert [line.sold.line.name for line in own] == ["Чай"]
        assert (await bench.till.refunds.open(first.id)).lines == ()
        approval = await bench.approve(Right.REFUND)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.refund_lines(first.id, {2: ONE}, "брак", approval=approval)
        assert caught.value.failure is Failure.NOT_FOUND
