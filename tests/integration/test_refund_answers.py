"""What the gateway says of a refund and what the till takes of it (rows R9-R19)."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from cashier.domain.money import Money
from cashier.domain.refund import RefundState
from cashier.domain.staff import Right, Role
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.values import RefundMode
from tests.refund_bench import REASON, refund_sum, sold, state
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

S = RefundState


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
            refund_id, made.id, REASON, approval=await bench.approve(Right.RESOLVE_REFUND)
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
            unknown, REASON, approval=await bench.approve(Right.RESOLVE_REFUND)
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


async def test_an_answer_that_names_no_payment_and_no_sum_ends_no_refund(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.RAW, text='{"id": "R1", "status": "successful"}')
        view = await refund_sum(bench, payment_id, "100")
        assert view.refund.state is S.ACCEPTED
