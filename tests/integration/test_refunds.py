"""Giving money back over real sockets: what is sent, once, by whom (rows R1-R8, R20, R26-R30)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.payment import Decision
from cashier.domain.quantity import ONE, Quantity
from cashier.domain.refund import RefundState
from cashier.domain.staff import Right, Role
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.validation import RefundRequest
from cashier.sandbox.values import RefundMode
from cashier.settings import Settings
from tests.refund_bench import REASON, failing, refund_sum, sold, state, tasks
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

S = RefundState


async def test_a_whole_receipt_line_by_line_goes_back(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        form = await bench.till.refunds.open(payment_id)
        assert form.left == Money.of("350.50")
        everything = {line.sold.line.id: Quantity(line.left) for line in form.lines}
        view = await bench.till.refunds.refund_lines(
            payment_id, everything, REASON, approval=await bench.approve(Right.REFUND)
        )
        assert view.refund.state is S.SUCCEEDED
        body = sandbox.gateway.last_body("CreateRefund") or b""
        assert "Не подошёл товар #".encode() in body
        assert view.refund.tag.encode() in body
        after = await bench.till.refunds.open(payment_id)
        assert after.left == Money.of("0")
        assert [line.left for line in after.lines] == [0, 0]


async def test_part_of_a_quantity_and_then_the_rest_take_the_kopecks_too(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench, ("Чай", "3.33", "3"))
        for _ in range(3):
            await bench.till.refunds.refund_lines(
                payment_id, {1: ONE}, REASON, approval=await bench.approve(Right.REFUND)
            )
        form = await bench.till.refunds.open(payment_id)
        assert form.left == Money.of("0")
        assert sum(one.amount.minor for one in form.refunds) == 999


async def test_r1_two_presses_make_one_refund(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        first = await bench.approve(Right.REFUND)
        failures: list[Failure] = []

        async def press() -> None:
            try:
                await bench.till.refunds.refund_sum(
                    payment_id, Money.of("350.50"), REASON, approval=first
                )
            except CashierError as error:
                failures.append(error.failure)

        async with anyio.create_task_group() as presses:
            presses.start_soon(press)
            presses.start_soon(press)
        assert len(failures) == 1
        assert bench.calls("CreateRefund") == 1


async def test_r3_what_never_left_is_sent_only_by_a_press(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        sandbox.stop()
        view = await refund_sum(bench, payment_id, "100")
        assert view.refund.state is S.PREPARED
        sandbox.start()
        await bench.pass_time(600)
        assert bench.calls("CreateRefund") == 0
        approval = await bench.approve(Right.REFUND)
        sent = await bench.till.refunds.send(view.refund.id, approval=approval)
        assert sent.refund.state is S.SUCCEEDED


async def test_r3_what_never_left_can_be_withdrawn_and_frees_the_sum(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        sandbox.stop()
        view = await refund_sum(bench, payment_id, "100")
        await bench.till.refunds.withdraw(view.refund.id)
        sandbox.start()
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("350.50")


@pytest.mark.parametrize(
    "fault", [Fault.DROP_AFTER, Fault.STATUS_500, Fault.HTML, Fault.CUT_BODY, Fault.EMPTY]
)
async def test_r4_r5_r6_without_a_clear_answer_it_is_unknown_and_never_sent_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", fault, execute=True)
        view = await refund_sum(bench, payment_id, "100")
        assert view.refund.state is S.UNKNOWN
        await bench.pass_time(3600)
        assert bench.calls("CreateRefund") == 1
        form = await bench.till.refunds.open(payment_id)
        assert form.left == Money.of("250.50")
        assert (await failing(bench, payment_id, "10")).failure is Failure.REFUND_UNSETTLED
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.send(
                view.refund.id, approval=await bench.approve(Right.REFUND)
            )
        assert caught.value.failure is Failure.NOT_ALLOWED
        assert [task.refund.id for task in bench.view.refund_tasks] == [view.refund.id]


async def test_r7_a_crash_while_sending_becomes_a_task_and_is_never_resumed(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        sandbox.stop()
        view = await refund_sum(bench, payment_id, "100")
        await bench.journal.write(
            lambda ledger: ledger.move_refund(ledger.refund(view.refund.id), S.SENDING)
        )
    sandbox.start()
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert await state(bench, view.refund.id) is S.UNKNOWN
        await bench.pass_time(600)
        assert bench.calls("CreateRefund") == 0
        assert len(bench.view.refund_tasks) == 1


@pytest.mark.parametrize(
    ("code", "text"), [(2, "сумма"), (7, "не найден"), (99, "[2, 51] Not sufficient funds")]
)
async def test_r8_a_sure_refusal_frees_the_sum(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, code: int, text: str
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.ERROR, value=code, text=text)
        view = await refund_sum(bench, payment_id, "100")
        assert (view.refund.state, view.refund.refusal_code) == (S.REFUSED, code)
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("350.50")
        assert (await refund_sum(bench, payment_id, "100")).refund.state is S.SUCCEEDED


@pytest.mark.parametrize(
    ("amount", "failure"),
    [
        ("350.51", Failure.REFUND_OVER_BUDGET),
        ("0", Failure.REFUND_NOTHING),
        ("-5", Failure.REFUND_NOTHING),
    ],
)
async def test_r20_what_cannot_go_back_is_refused_here(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, amount: str, failure: Failure
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        assert (await failing(bench, payment_id, amount)).failure is failure
        assert bench.calls("CreateRefund") == 0


async def test_r20_an_empty_or_too_long_reason_and_an_unpaid_payment_are_refused(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        for reason in ("   ", "я" * 191):
            with pytest.raises(CashierError) as caught:
                await bench.till.refunds.refund_sum(
                    payment_id,
                    Money.of("1"),
                    reason,
                    approval=await bench.approve(Right.REFUND),
                )
            assert caught.value.failure is Failure.FIELD_INVALID
        waiting = await bench.charge(("Сок", "10.00", "1"))
        assert (await failing(bench, waiting.payment.id, "1")).failure is Failure.NOT_PAID
        assert bench.calls("CreateRefund") == 0


async def test_r26_more_of_a_line_than_was_sold_is_refused(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.refund_lines(
                payment_id,
                {1: Quantity.of("3.001")},
                REASON,
                approval=await bench.approve(Right.REFUND),
            )
        assert caught.value.failure is Failure.REFUND_OVER_LINE
        assert bench.calls("CreateRefund") == 0


async def test_r27_late_money_is_refunded_the_same_way(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge(("Чай", "100.00", "1"))
        await bench.till.sales.cancel(view.payment.id)
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(70)
        assert tasks(bench) == 1
        back = await refund_sum(bench, view.payment.id, "60")
        assert back.refund.state is S.SUCCEEDED
        assert tasks(bench) == 1
        await refund_sum(bench, view.payment.id, "40")
        assert tasks(bench) == 0
        payment = await bench.payment(view.payment.id)
        assert payment.decision is Decision.REFUNDED
        assert (payment.decided_by, payment.decision_reason) == (back.refund.approver, REASON)


async def test_late_money_stays_a_task_until_its_way_back_is_certain(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge(("Чай", "100.00", "1"))
        await bench.till.sales.cancel(view.payment.id)
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(70)
        back = await refund_sum(bench, view.payment.id, "60")
        assert back.refund.state is S.ACCEPTED
        sandbox.gateway.refunds.set_mode(RefundMode())
        rest = await refund_sum(bench, view.payment.id, "40")
        assert rest.refund.state is S.SUCCEEDED
        assert tasks(bench) == 1
        sandbox.gateway.refunds.finish(back.refund.refund_id)
        await bench.till.refunds.check(back.refund.id)
        assert await state(bench, back.refund.id) is S.SUCCEEDED
        assert tasks(bench) == 0
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert tasks(bench) == 0


@pytest.mark.parametrize("is_ours", [True, False])
async def test_late_money_whose_way_back_was_found_in_the_cabinet_is_no_task_any_more(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, is_ours: bool
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge(("Чай", "100.00", "1"))
        payment_id = view.payment.id
        await bench.till.sales.cancel(payment_id)
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(70)
        decide = bench.till.refund_decisions
        if is_ours:
            bench.fault("CreateRefund", Fault.DROP_AFTER)
            unknown = await refund_sum(bench, payment_id, "100")
            assert tasks(bench) == 1
            number = sandbox.gateway.refunds.all()[-1].id
            proved = await bench.approve(Right.RESOLVE_REFUND)
            await decide.resolve_found(unknown.refund.id, number, "нашли", approval=proved)
        else:
            number = sandbox.gateway.refunds.create(
                RefundRequest(
                    payment_id=view.payment.payment_id,
                    amount=10000,
                    currency="RUB",
                    reason="В кабинете",
                )
            ).id
            proved = await bench.approve(Right.RECORD_EXTERNAL)
            await decide.record_external(payment_id, number, approval=proved)
        assert tasks(bench) == 0
        assert (await bench.payment(payment_id)).decision is Decision.REFUNDED


async def test_r28_a_second_refund_of_the_same_sum_is_lawful_and_differs_by_its_tag(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        first = await refund_sum(bench, payment_id, "100")
        assert first.refund.state is S.ACCEPTED
        second = await refund_sum(bench, payment_id, "100")
        assert second.refund.state is S.ACCEPTED
        assert first.refund.sent_reason != second.refund.sent_reason


async def test_r30_another_currency_is_refused(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.refund_sum(
                payment_id,
                Money(100, Currency.USD),
                REASON,
                approval=await bench.approve(Right.REFUND),
            )
        assert caught.value.failure is Failure.CURRENCY_MIXED


async def test_a_cashier_alone_refunds_nothing_and_one_approval_holds_for_one_refund(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.refund_sum(payment_id, Money.of("1"), REASON)
        assert caught.value.failure is Failure.RIGHT_MISSING
        approval = await bench.approve(Right.REFUND)
        await bench.till.refunds.refund_sum(payment_id, Money.of("1"), REASON, approval=approval)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.refund_sum(
                payment_id, Money.of("1"), REASON, approval=approval
            )
        assert caught.value.failure is Failure.RIGHT_MISSING
        assert bench.calls("CreateRefund") == 1


async def test_g28_a_pending_refund_is_open_and_another_merchant_is_never_asked_about_it(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.ADMINISTRATOR) as bench:
        payment_id = await sold(bench)
        sandbox.gateway.refunds.set_mode(RefundMode(delayed=True, succeeds=True, after=None))
        view = await refund_sum(bench, payment_id, "100")
        assert await bench.till.open_payments() == 1
        before = Settings(merchant_id="a" * 32)
        with pytest.raises(CashierError) as caught:
            await bench.till.configuration.allow(before, replace(before, merchant_id="b" * 32))
        assert caught.value.failure is Failure.OPEN_PAYMENTS
    with SandboxServer("live", clock=clock.utc, merchant_id="b" * 32) as other:
        async with open_bench(tmp_path, other, clock, merchant="b" * 32) as bench:
            await bench.pass_time(3600)
            refund = await bench.journal.read(lambda reader: reader.refund(view.refund.id))
            assert refund.state is S.ACCEPTED
            assert bench.calls("GetRefund") == 0
