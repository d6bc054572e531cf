"""What people decide about refunds of unknown end (rows R23-R25)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
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
                    approval=await bench.approve(Right.RESOLVE_REFUND),
                )
            assert caught.value.failure in (Failure.PROOF_DIFFERS, Failure.ALREADY_LINKED)
        number = sandbox.gateway.refunds.all()[-1].id
        found = await bench.till.refund_decisions.resolve_found(
            unknown.refund.id,
            number,
            "нашли в кабинете",
            approval=await bench.approve(Right.RESOLVE_REFUND),
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
                unknown.id, number, REASON, approval=await bench.approve(Right.RESOLVE_REFUND)
            )
        assert caught.value.failure is Failure.REFUND_NOT_DONE
        assert caught.value.facts["has_failed"] is has_failed
        assert await state(bench, unknown.id) is S.UNKNOWN
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("250.50")
        if has_failed:
            await bench.pass_time(30 * 60)
            await decide.resolve_not_executed(
                unknown.id, REASON, approval=await bench.approve(Right.RESOLVE_REFUND)
            )
            assert (await bench.till.refunds.open(payment_id)).left == Money.of("350.50")
        else:
            sandbox.gateway.refunds.finish(number)
            found = await decide.resolve_found(
                unknown.id, number, REASON, approval=await bench.approve(Right.RESOLVE_REFUND)
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
                unknown.refund.id, "нет", approval=await bench.approve(Right.RESOLVE_REFUND)
            )
        assert caught.value.failure is Failure.TOO_EARLY
        await bench.pass_time(30 * 60)
        resolved = await bench.till.refund_decisions.resolve_not_executed(
            unknown.refund.id, "нет", approval=await bench.approve(Right.RESOLVE_REFUND)
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
        allowed = await bench.approve(Right.RESOLVE_REFUND)
        with pytest.raises(CashierError) as caught:
            await decide(refund_id, "  ", approval=allowed)
        assert caught.value.failure is Failure.FIELD_INVALID
        kept = await bench.journal.read(lambda reader: reader.refund(refund_id))
        assert kept.state is S.UNKNOWN
        allowed = await bench.approve(Right.RESOLVE_REFUND)
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
                unknown.refund.id, "нет", approval=await bench.approve(Right.RESOLVE_REFUND)
            )
        assert caught.value.failure is Failure.TOO_EARLY
        assert caught.value.facts["seconds"] == pytest.approx(30 * 60)
        await bench.pass_time(30 * 60)
        resolved = await bench.till.refund_decisions.resolve_not_executed(
            unknown.refund.id, "нет", approval=await bench.approve(Right.RESOLVE_REFUND)
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
            await decide(unknown, "нет", approval=await bench.approve(Right.RESOLVE_REFUND))
        assert caught.value.failure is Failure.TOO_EARLY
        assert caught.value.facts["seconds"] == pytest.approx(20 * 60)
        await bench.pass_time(20 * 60)
        approval = await bench.approve(Right.RESOLVE_REFUND)
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
            await decide(unknown, "нет", approval=await bench.approve(Right.RESOLVE_REFUND))
        assert caught.value.failure is Failure.TOO_EARLY
        await bench.pass_time(30 * 60)
        approval = await bench.approve(Right.RESOLVE_REFUND)
        assert (await decide(unknown, "нет", approval=approval)).refund.state is (
            S.RESOLVED_NOT_EXECUTED
        )


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
        approval = await bench.approve(Right.RESOLVE_REFUND)
        with pytest.raises(CashierError) as caught:
            await bench.till.refund_decisions.resolve_found(
                view.refund.id, "R9", REASON, approval=approval
            )
        assert caught.value.failure is Failure.PROOF_DIFFERS
