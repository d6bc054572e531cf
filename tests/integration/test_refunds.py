"""Giving money back over real sockets, whatever fails (rows R1-R29)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
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
from cashier.services.refund_views import RefundView
from cashier.services.staff import Approval
from cashier.settings import Settings
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

REASON = "Не подошёл товар"
S = RefundState


async def sold(bench: Bench, *goods: tuple[str, str, str]) -> str:
    """A paid receipt; its payment's intent."""
    view = await bench.charge(*(goods or (("Чай", "100.00", "3"), ("Кофе", "50.50", "1"))))
    bench.sandbox.gateway.pay(view.payment.payment_id)
    await bench.till.sales.check(view.payment.id)
    return view.payment.id


async def allow(bench: Bench, right: Right) -> Approval:
    return await bench.approve(right)


async def refund_sum(bench: Bench, payment_id: str, amount: str) -> RefundView:
    approval = await allow(bench, Right.REFUND)
    return await bench.till.refunds.refund_sum(
        payment_id, Money.of(amount), REASON, approval=approval
    )


async def failing(bench: Bench, payment_id: str, amount: str) -> CashierError:
    with pytest.raises(CashierError) as caught:
        await refund_sum(bench, payment_id, amount)
    return caught.value


def tasks(bench: Bench) -> int:
    """How many payments wait for a decision."""
    return len(bench.view.tasks)


async def state(bench: Bench, refund_id: str) -> RefundState:
    refund = await bench.journal.read(lambda reader: reader.refund(refund_id))
    return refund.state


async def test_a_whole_receipt_line_by_line_goes_back(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        form = await bench.till.refunds.open(payment_id)
        assert form.left == Money.of("350.50")
        everything = {line.sold.line.id: Quantity(line.left) for line in form.lines}
        view = await bench.till.refunds.refund_lines(
            payment_id, everything, REASON, approval=await allow(bench, Right.REFUND)
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
                payment_id, {1: ONE}, REASON, approval=await allow(bench, Right.REFUND)
            )
        form = await bench.till.refunds.open(payment_id)
        assert form.left == Money.of("0")
        assert sum(one.amount.minor for one in form.refunds) == 999


async def test_r1_two_presses_make_one_refund(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        first = await allow(bench, Right.REFUND)
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
        approval = await allow(bench, Right.REFUND)
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
            await bench.till.refunds.send(view.refund.id, approval=await allow(bench, Right.REFUND))
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
    "text",
    ["[3, -21] Duplicate transaction", "[2, 95] Reconcile error", "[2, 96] System malfunction"],
)
async def test_r9_r10_a_doubtful_refusal_is_unknown(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, text: str
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.ERROR, value=99, text=text)
        assert (await refund_sum(bench, payment_id, "100")).refund.state is S.UNKNOWN


@pytest.mark.parametrize("fault", [Fault.WRONG_ORDER, Fault.WRONG_AMOUNT, Fault.WRONG_CURRENCY])
async def test_r11_r12_an_answer_about_something_else_is_unknown_and_links_nothing(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", fault)
        view = await refund_sum(bench, payment_id, "100")
        assert (view.refund.state, view.refund.refund_id) == (S.UNKNOWN, "")
        assert view.refund.mismatch
        held = view.refund.held
        assert held >= Money.of("100")
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("350.50") - held


async def test_r13_one_number_of_the_gateway_counts_once(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        first = await refund_sum(bench, payment_id, "100")
        bench.fault("CreateRefund", Fault.WRONG_ID, value=first.refund.refund_id)
        second = await refund_sum(bench, payment_id, "50")
        assert (second.refund.state, second.refund.refund_id) == (S.UNKNOWN, "")


async def test_r11_r13_a_number_that_the_gateway_denies_for_five_minutes_is_let_go_of(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    """CreateRefund told a number that nobody knows: a person finds the true one."""
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.WRONG_ID)
        refund_id = (await refund_sum(bench, payment_id, "100")).refund.id
        await bench.pass_time(4 * 60)
        assert await state(bench, refund_id) is S.ACCEPTED
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("250.50")
        await bench.pass_time(3 * 60)
        refund = await bench.journal.read(lambda reader: reader.refund(refund_id))
        assert (refund.state, refund.refund_id, refund.mismatch) == (S.UNKNOWN, "", ("id",))
        assert [task.refund.id for task in bench.view.refund_tasks] == [refund_id]
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("250.50")
        (made,) = sandbox.gateway.refunds.all()
        sandbox.gateway.refunds.finish(made.id, succeeds=True)
        found = await bench.till.refund_decisions.resolve_found(
            refund_id, made.id, REASON, approval=await allow(bench, Right.RESOLVE_REFUND)
        )
        assert (found.refund.state, found.refund.refund_id) == (S.RESOLVED_EXECUTED, made.id)


async def test_r11_g14_a_denied_number_is_let_go_of_though_a_clock_makes_its_refund_hours_old(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.WRONG_ID)
        refund_id = (await refund_sum(bench, payment_id, "100")).refund.id
    clock.set_wall(ahead=2 * 3600)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(8 * 60)
        assert await state(bench, refund_id) is S.UNKNOWN


@pytest.mark.parametrize("fault", [Fault.WRONG_ORDER, Fault.WRONG_AMOUNT])
async def test_r11_a_number_that_is_another_refunds_is_let_go_of(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await refund_sum(bench, await sold(bench), "100")
        bench.fault("GetRefund", fault, times=100)
        await bench.pass_time(7 * 60)
        assert await state(bench, view.refund.id) is S.UNKNOWN


async def test_r11_a_denied_number_waits_while_another_refund_is_unknown(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    """One refund of a payment at a time may be unknown."""
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.WRONG_ID)
        denied = (await refund_sum(bench, payment_id, "100")).refund.id
        bench.fault("CreateRefund", Fault.DROP_BEFORE)
        unknown = (await refund_sum(bench, payment_id, "50")).refund.id
        await bench.pass_time(31 * 60)
        assert await state(bench, denied) is S.ACCEPTED
        await bench.till.refund_decisions.resolve_not_executed(
            unknown, REASON, approval=await allow(bench, Right.RESOLVE_REFUND)
        )
        await bench.till.refunds.check(denied)
        assert await state(bench, denied) is S.UNKNOWN


async def test_r19_a_number_that_was_denied_and_is_told_again_stays(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    """A read that agrees, or a silence, is no part of five minutes of denials."""
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await refund_sum(bench, await sold(bench), "100")
        for _ in range(3):
            bench.fault("GetRefund", Fault.WRONG_ORDER, times=3)
            await bench.pass_time(4 * 60)
            await bench.till.refunds.check(view.refund.id)
        assert await state(bench, view.refund.id) is S.ACCEPTED
        bench.fault("GetRefund", Fault.WRONG_ORDER)
        await bench.till.refunds.check(view.refund.id)
        bench.fault("GetRefund", Fault.STATUS_500, times=100)
        await bench.pass_time(20 * 60)
        assert await state(bench, view.refund.id) is S.ACCEPTED


async def test_r14_accepted_is_money_on_the_way_and_followed_until_it_is_done(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        view = await refund_sum(bench, payment_id, "100")
        assert view.refund.state is S.ACCEPTED
        assert [one.refund.id for one in bench.view.refunds] == [view.refund.id]
        sandbox.gateway.refunds.finish(view.refund.refund_id, succeeds=True)
        await bench.pass_time(5)
        assert await state(bench, view.refund.id) is S.SUCCEEDED


async def test_a_person_who_asks_about_a_refund_waits_for_no_background_turn(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    """After a start all are due at once, five reads a second: the clock stands still here."""
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        sent = [(await refund_sum(bench, await sold(bench), "100")).refund for _ in range(4)]
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await clock.settle()
        for refund in sent:
            sandbox.gateway.refunds.finish(refund.refund_id, succeeds=True)
            with anyio.fail_after(5):
                view = await bench.till.refunds.check(refund.id)
            assert view.refund.state is S.SUCCEEDED
        await bench.pass_time(10)
        assert bench.calls("GetRefund") == 1 + 4


async def test_r15_after_a_day_it_is_a_task_and_never_failed_by_age(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await refund_sum(bench, await sold(bench), "100")
    clock.set_wall(ahead=25 * 3600)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(1)
        assert await state(bench, view.refund.id) is S.ACCEPTED
        assert [task.refund.id for task in bench.view.refund_tasks] == [view.refund.id]


async def test_r16_a_failure_is_believed_after_two_reads_a_minute_apart(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        view = await refund_sum(bench, payment_id, "100")
        sandbox.gateway.refunds.finish(view.refund.refund_id, succeeds=False)
        await bench.pass_time(5)
        assert await state(bench, view.refund.id) is S.FAIL_SEEN
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("250.50")
        await bench.pass_time(62)
        assert await state(bench, view.refund.id) is S.FAILED
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("350.50")


@pytest.mark.parametrize("ahead", [-3600, 3600], ids=["back", "ahead"])
async def test_r16_g14_the_minute_between_two_reads_is_no_matter_of_the_wall_clock(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, ahead: int
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        view = await refund_sum(bench, payment_id, "100")
        sandbox.gateway.refunds.finish(view.refund.refund_id, succeeds=False)
        await bench.pass_time(5)
        clock.set_wall(ahead=ahead)
        await bench.till.refunds.check(view.refund.id)
        assert await state(bench, view.refund.id) is S.FAIL_SEEN
        await bench.pass_time(62)
        assert await state(bench, view.refund.id) is S.FAILED


async def test_r17_success_after_a_failure_is_taken_in_and_may_overdraw_the_budget(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        view = await refund_sum(bench, payment_id, "350.50")
        bench.fault("GetRefund", Fault.UNKNOWN_STATUS, value="error", times=3)
        await bench.pass_time(70)
        assert await state(bench, view.refund.id) is S.FAILED
        sandbox.gateway.refunds.finish(view.refund.refund_id, succeeds=True)
        await bench.pass_time(400)
        assert await state(bench, view.refund.id) is S.SUCCEEDED
        events = await bench.journal.read(lambda reader: reader.events(view.refund.id))
        assert "refund.late_success" in [event.kind for event in events]


async def test_r18_done_stays_done(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await refund_sum(bench, await sold(bench), "100")
        bench.fault("GetRefund", Fault.UNKNOWN_STATUS, value="error", times=5)
        await bench.till.refunds.check(view.refund.id)
        assert await state(bench, view.refund.id) is S.SUCCEEDED


async def test_r19_an_answer_about_another_refund_is_thrown_away(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await refund_sum(bench, await sold(bench), "100")
        sandbox.gateway.refunds.finish(view.refund.refund_id, succeeds=True)
        bench.fault("GetRefund", Fault.WRONG_ID)
        await bench.till.refunds.check(view.refund.id)
        assert await state(bench, view.refund.id) is S.ACCEPTED
        await bench.till.refunds.check(view.refund.id)
        assert await state(bench, view.refund.id) is S.SUCCEEDED


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
                    approval=await allow(bench, Right.REFUND),
                )
            assert caught.value.failure is Failure.FIELD_INVALID
        waiting = await bench.charge(("Сок", "10.00", "1"))
        assert (await failing(bench, waiting.payment.id, "1")).failure is Failure.NOT_PAID
        assert bench.calls("CreateRefund") == 0


async def test_r21_a_foreign_payment_is_adopted_and_refunded_only_after_a_manager_spoke(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path / "a", sandbox, clock) as other:
        await sold(other)
        foreign = sandbox.gateway.payments()[-1]
    async with open_bench(tmp_path / "b", sandbox, clock) as bench:
        found = await bench.till.history.adopt(
            foreign.order_id or "", approval=await allow(bench, Right.ADOPT)
        )
        assert found.payment.is_adopted
        payment_id = found.payment.id
        approval = await allow(bench, Right.ADOPT)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.refund_sum(
                payment_id, Money.of("10"), REASON, approval=approval
            )
        assert caught.value.failure is Failure.BUDGET_UNKNOWN
        await bench.till.history.declare_refunded(
            payment_id, Money.of("300"), "По кабинету", approval=await allow(bench, Right.ADOPT)
        )
        form = await bench.till.refunds.open(payment_id)
        assert (form.left, form.is_budget_known) == (Money.of("50.50"), True)
        sandbox.stop()
        unsent = await bench.till.refunds.refund_sum(
            payment_id, Money.of("50.50"), REASON, approval=await allow(bench, Right.ADOPT)
        )
        sandbox.start()
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.send(
                unsent.refund.id, approval=await allow(bench, Right.REFUND)
            )
        assert caught.value.facts["role"] is Role.MANAGER
        sent = await bench.till.refunds.send(
            unsent.refund.id, approval=await allow(bench, Right.ADOPT)
        )
        assert sent.refund.state is S.SUCCEEDED


@pytest.mark.parametrize("fault", [Fault.WRONG_AMOUNT, Fault.WRONG_ID, Fault.WRONG_CURRENCY])
@pytest.mark.parametrize("call", ["GetPaymentByOrder", "GetPayment"])
async def test_r21_two_answers_must_agree_before_a_payment_is_adopted(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault, call: str
) -> None:
    """One strange answer would make a budget of a sum that was never paid."""
    async with open_bench(tmp_path / "a", sandbox, clock) as other:
        await sold(other)
        order = sandbox.gateway.payments()[-1].order_id or ""
    async with open_bench(tmp_path / "b", sandbox, clock) as bench:
        bench.fault(call, fault)
        with pytest.raises(CashierError):
            await bench.till.history.adopt(order, approval=await allow(bench, Right.ADOPT))
        found = await bench.till.history.adopt(order, approval=await allow(bench, Right.ADOPT))
        assert found.payment.amount == Money.of("350.50")


async def test_an_adopted_payment_of_which_nothing_went_back_is_refunded_whole(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path / "a", sandbox, clock) as other:
        await sold(other)
        foreign = sandbox.gateway.payments()[-1]
    async with open_bench(tmp_path / "b", sandbox, clock) as bench:
        found = await bench.till.history.adopt(
            foreign.order_id or "", approval=await allow(bench, Right.ADOPT)
        )
        payment_id = found.payment.id
        await bench.till.history.declare_refunded(
            payment_id, Money(0), "По кабинету", approval=await allow(bench, Right.ADOPT)
        )
        view = await bench.till.refunds.refund_sum(
            payment_id, Money.of("350.50"), REASON, approval=await allow(bench, Right.ADOPT)
        )
        assert view.refund.state is S.SUCCEEDED


async def test_r22_a_refund_made_in_the_cabinet_lowers_the_budget(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path / "a", sandbox, clock) as bench:
        payment_id = await sold(bench)
        async with open_bench(tmp_path / "b", sandbox, clock) as cabinet:
            order = (await bench.payment(payment_id)).order_id
            found = await cabinet.till.history.adopt(
                order, approval=await allow(cabinet, Right.ADOPT)
            )
            await cabinet.till.history.declare_refunded(
                found.payment.id,
                Money(0),
                "ничего",
                approval=await allow(cabinet, Right.ADOPT),
            )
            made = await cabinet.till.refunds.refund_sum(
                found.payment.id,
                Money.of("70"),
                REASON,
                approval=await allow(cabinet, Right.ADOPT),
            )
        clock.is_busy = lambda: bench.till.is_busy
        number = made.refund.refund_id
        approval = await allow(bench, Right.RECORD_EXTERNAL)
        await bench.till.refund_decisions.record_external(payment_id, number, approval=approval)
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("280.50")
        with pytest.raises(CashierError) as caught:
            await bench.till.refund_decisions.record_external(
                payment_id, number, approval=await allow(bench, Right.RECORD_EXTERNAL)
            )
        assert caught.value.failure is Failure.ALREADY_LINKED


@pytest.mark.parametrize(
    ("currency", "failure"),
    [("KZT", Failure.UNREADABLE_ANSWER), ("RUB", None), ("", None), ("USD", None)],
)
async def test_r21_a_payment_in_a_currency_that_the_till_does_not_know_is_not_adopted(
    tmp_path: Path,
    sandbox: SandboxServer,
    clock: VirtualClock,
    currency: str,
    failure: Failure | None,
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        order = {"id": "77", "amount": 5000, "currency": currency}
        answer = json.dumps({"id": "k" * 32, "status": "successful", "order": order})
        bench.fault("GetPaymentByOrder", Fault.RAW, text=answer, execute=False)
        bench.fault("GetPayment", Fault.RAW, text=answer, execute=False)
        approval = await allow(bench, Right.ADOPT)
        if failure is None:
            found = await bench.till.history.adopt("77", approval=approval)
            assert found.payment.amount == Money.of(5000, Currency(currency or "RUB"))
            return
        with pytest.raises(CashierError) as caught:
            await bench.till.history.adopt("77", approval=approval)
        assert caught.value.failure is failure


@pytest.mark.parametrize(
    ("amount", "currency", "field"),
    [
        (-50, "RUB", "amount"),
        (0, "RUB", "amount"),
        (50, "USD", "currency"),
        (50, "KZT", "currency"),
    ],
)
async def test_r22_a_refund_of_the_cabinet_in_another_currency_or_of_no_sum_is_not_counted(
    tmp_path: Path,
    sandbox: SandboxServer,
    clock: VirtualClock,
    amount: int,
    currency: str,
    field: str,
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        number = (await bench.payment(payment_id)).payment_id
        given = {"amount": amount, "currency": currency}
        told = {"id": "R1", "status": "successful", "payment_id": number, "refund": given}
        bench.fault("GetRefund", Fault.RAW, text=json.dumps(told), execute=False)
        with pytest.raises(CashierError) as caught:
            await bench.till.refund_decisions.record_external(
                payment_id, "R1", approval=await allow(bench, Right.RECORD_EXTERNAL)
            )
        assert caught.value.failure is Failure.PROOF_DIFFERS
        assert caught.value.facts["fields"] == (field,)
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("350.50")


async def test_r24_an_unknown_refund_is_found_by_its_number_and_proved(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        other = await refund_sum(bench, payment_id, "10")
        bench.fault("CreateRefund", Fault.DROP_AFTER)
        unknown = await refund_sum(bench, payment_id, "100")
        for wrong in (other.refund.refund_id, "R-no-such-number"):
            with pytest.raises(CashierError) as caught:
                await bench.till.refund_decisions.resolve_found(
                    unknown.refund.id,
                    wrong,
                    "нашли в кабинете",
                    approval=await allow(bench, Right.RESOLVE_REFUND),
                )
            assert caught.value.failure in (Failure.PROOF_DIFFERS, Failure.ALREADY_LINKED)
        number = sandbox.gateway.refunds.all()[-1].id
        found = await bench.till.refund_decisions.resolve_found(
            unknown.refund.id,
            number,
            "нашли в кабинете",
            approval=await allow(bench, Right.RESOLVE_REFUND),
        )
        assert (found.refund.state, found.refund.refund_id) == (S.RESOLVED_EXECUTED, number)
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("240.50")


@pytest.mark.parametrize("has_failed", [True, False])
async def test_r24_a_number_proves_a_return_only_when_the_gateway_says_it_is_done(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, has_failed: bool
) -> None:
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True))
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.DROP_AFTER)
        unknown = (await refund_sum(bench, payment_id, "100")).refund
        number = sandbox.gateway.refunds.all()[-1].id
        if has_failed:
            sandbox.gateway.refunds.finish(number, succeeds=False)
        decide = bench.till.refund_decisions
        with pytest.raises(CashierError) as caught:
            await decide.resolve_found(
                unknown.id, number, REASON, approval=await allow(bench, Right.RESOLVE_REFUND)
            )
        assert caught.value.failure is Failure.REFUND_NOT_DONE
        assert caught.value.facts["has_failed"] is has_failed
        assert await state(bench, unknown.id) is S.UNKNOWN
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("250.50")
        if has_failed:
            await bench.pass_time(30 * 60)
            await decide.resolve_not_executed(
                unknown.id, REASON, approval=await allow(bench, Right.RESOLVE_REFUND)
            )
            assert (await bench.till.refunds.open(payment_id)).left == Money.of("350.50")
        else:
            sandbox.gateway.refunds.finish(number)
            found = await decide.resolve_found(
                unknown.id, number, REASON, approval=await allow(bench, Right.RESOLVE_REFUND)
            )
            assert found.refund.state is S.RESOLVED_EXECUTED


async def test_r25_not_executed_may_be_said_after_half_an_hour_only(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.DROP_BEFORE)
        unknown = await refund_sum(bench, payment_id, "100")
        with pytest.raises(CashierError) as caught:
            await bench.till.refund_decisions.resolve_not_executed(
                unknown.refund.id, "нет", approval=await allow(bench, Right.RESOLVE_REFUND)
            )
        assert caught.value.failure is Failure.TOO_EARLY
        await bench.pass_time(30 * 60)
        resolved = await bench.till.refund_decisions.resolve_not_executed(
            unknown.refund.id, "нет", approval=await allow(bench, Right.RESOLVE_REFUND)
        )
        assert resolved.refund.state is S.RESOLVED_NOT_EXECUTED
        again = await refund_sum(bench, payment_id, "100")
        assert again.refund.state is S.SUCCEEDED
        assert again.refund.tag != unknown.refund.tag


async def test_r23_a_decision_needs_a_right_and_a_reason_and_stands_in_the_chain(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.DROP_BEFORE)
        refund_id = (await refund_sum(bench, payment_id, "100")).refund.id
        await bench.pass_time(30 * 60)
        decide = bench.till.refund_decisions.resolve_not_executed
        with pytest.raises(CashierError) as caught:
            await decide(refund_id, "нет в кабинете")
        assert caught.value.failure is Failure.RIGHT_MISSING
        allowed = await allow(bench, Right.RESOLVE_REFUND)
        with pytest.raises(CashierError) as caught:
            await decide(refund_id, "  ", approval=allowed)
        assert caught.value.failure is Failure.FIELD_INVALID
        kept = await bench.journal.read(lambda reader: reader.refund(refund_id))
        assert kept.state is S.UNKNOWN
        allowed = await allow(bench, Right.RESOLVE_REFUND)
        await decide(refund_id, "нет в кабинете", approval=allowed)
        last = (await bench.journal.read(lambda reader: reader.events(refund_id)))[-1]
        assert last.facts["resolution"] == "нет в кабинете"
        assert last.facts["approver"] == allowed.approver.id
        assert last.actor == bench.till.staff.last


@pytest.mark.parametrize("ahead", [-3600, 3600], ids=["back", "ahead"])
async def test_r25_g14_the_half_hour_is_no_matter_of_the_wall_clock(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, ahead: int
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.DROP_BEFORE)
        unknown = await refund_sum(bench, payment_id, "100")
        clock.set_wall(ahead=ahead)
        with pytest.raises(CashierError) as caught:
            await bench.till.refund_decisions.resolve_not_executed(
                unknown.refund.id, "нет", approval=await allow(bench, Right.RESOLVE_REFUND)
            )
        assert caught.value.failure is Failure.TOO_EARLY
        assert caught.value.facts["seconds"] == pytest.approx(30 * 60)
        await bench.pass_time(30 * 60)
        resolved = await bench.till.refund_decisions.resolve_not_executed(
            unknown.refund.id, "нет", approval=await allow(bench, Right.RESOLVE_REFUND)
        )
        assert resolved.refund.state is S.RESOLVED_NOT_EXECUTED


@pytest.mark.parametrize("ahead", [-3600, 3600], ids=["back", "ahead"])
async def test_r25_g14_the_half_hour_goes_on_over_a_restart_with_another_wall_clock(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, ahead: int
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreateRefund", Fault.DROP_BEFORE)
        unknown = (await refund_sum(bench, await sold(bench), "100")).refund.id
        await bench.pass_time(10 * 60)
    clock.set_wall(ahead=ahead)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        decide = bench.till.refund_decisions.resolve_not_executed
        with pytest.raises(CashierError) as caught:
            await decide(unknown, "нет", approval=await allow(bench, Right.RESOLVE_REFUND))
        assert caught.value.failure is Failure.TOO_EARLY
        assert caught.value.facts["seconds"] == pytest.approx(20 * 60)
        await bench.pass_time(20 * 60)
        approval = await allow(bench, Right.RESOLVE_REFUND)
        assert (await decide(unknown, "нет", approval=approval)).refund.state is (
            S.RESOLVED_NOT_EXECUTED
        )


async def test_r25_after_the_computer_was_off_the_half_hour_is_its_own(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    """How long it was off, only the wall clock says, and that may be wrong."""
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreateRefund", Fault.DROP_BEFORE)
        unknown = (await refund_sum(bench, await sold(bench), "100")).refund.id
        await bench.pass_time(60)
    morning = VirtualClock(clock.utc() + timedelta(hours=12))
    async with open_bench(tmp_path, sandbox, morning) as bench:
        decide = bench.till.refund_decisions.resolve_not_executed
        with pytest.raises(CashierError) as caught:
            await decide(unknown, "нет", approval=await allow(bench, Right.RESOLVE_REFUND))
        assert caught.value.failure is Failure.TOO_EARLY
        await bench.pass_time(30 * 60)
        approval = await allow(bench, Right.RESOLVE_REFUND)
        assert (await decide(unknown, "нет", approval=approval)).refund.state is (
            S.RESOLVED_NOT_EXECUTED
        )


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
                approval=await allow(bench, Right.REFUND),
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
            proved = await allow(bench, Right.RESOLVE_REFUND)
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
            proved = await allow(bench, Right.RECORD_EXTERNAL)
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
                approval=await allow(bench, Right.REFUND),
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
        approval = await allow(bench, Right.REFUND)
        await bench.till.refunds.refund_sum(payment_id, Money.of("1"), REASON, approval=approval)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.refund_sum(
                payment_id, Money.of("1"), REASON, approval=approval
            )
        assert caught.value.failure is Failure.RIGHT_MISSING
        assert bench.calls("CreateRefund") == 1


async def test_an_answer_that_names_no_payment_and_no_sum_ends_no_refund(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.RAW, text='{"id": "R1", "status": "successful"}')
        view = await refund_sum(bench, payment_id, "100")
        assert view.refund.state is S.ACCEPTED


async def test_r24_a_number_that_names_no_payment_and_no_sum_proves_nothing(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.MANAGER) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.DROP_BEFORE)
        view = await refund_sum(bench, payment_id, "100")
        assert view.refund.state is S.UNKNOWN
        told = {"id": "R9", "status": "successful", "reason": f"#{view.refund.tag}"}
        bench.fault("GetRefund", Fault.RAW, execute=False, text=json.dumps(told))
        approval = await allow(bench, Right.RESOLVE_REFUND)
        with pytest.raises(CashierError) as caught:
            await bench.till.refund_decisions.resolve_found(
                view.refund.id, "R9", REASON, approval=approval
            )
        assert caught.value.failure is Failure.PROOF_DIFFERS


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
