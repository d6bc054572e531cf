"""Copies come by themselves, by the clock and after a shift, and never stop anything."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pytest
from anyio.lowlevel import checkpoint

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.quantity import ONE
from cashier.domain.refund import Refund, RefundedLine, RefundState
from cashier.domain.staff import Right, Role
from cashier.journal.anchor import Anchor
from cashier.journal.copies import KEPT, Copy, Reason
from cashier.journal.epochs import RESTORE, RESTORED
from cashier.journal.restoring import restore
from cashier.journal.writing import Surroundings
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.validation import RefundRequest
from cashier.services.backups import DAY, FIRST_AFTER, LOOKED_AT_EVERY, TRIED_AGAIN_AFTER
from cashier.wiring import new_id
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def sandbox(clock: VirtualClock) -> Iterator[SandboxServer]:
    with SandboxServer("live", clock=clock.utc) as server:
        yield server


@asynccontextmanager
async def open_copying(
    folder: Path, sandbox: SandboxServer, clock: VirtualClock
) -> AsyncIterator[Bench]:
    """A till whose copies are made, and nothing else by itself."""
    async with (
        open_bench(folder, sandbox, clock, is_running=False) as bench,
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(bench.till.backups.run)
        await checkpoint()
        yield bench
        tasks.cancel_scope.cancel()


def reasons(bench: Bench) -> list[Reason]:
    return [copy.reason for copy in bench.journal.copies()]


async def sell(bench: Bench) -> str:
    view = await bench.charge(("Чай", "100.00", "3"))
    bench.sandbox.gateway.pay(view.payment.payment_id)
    await bench.till.sales.check(view.payment.id)
    await bench.till.sales.result_seen(view.payment.id)
    return view.payment.id


async def test_the_first_copy_comes_a_minute_after_the_start_and_then_one_a_day(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_copying(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(FIRST_AFTER - 1)
        assert reasons(bench) == []
        await bench.pass_time(2)
        assert reasons(bench) == [Reason.DAILY]
        await sell(bench)
        await bench.pass_time(DAY - LOOKED_AT_EVERY - 5)
        assert reasons(bench) == [Reason.DAILY]
        await bench.pass_time(2 * LOOKED_AT_EVERY)
        assert reasons(bench) == [Reason.DAILY] * 2
        await bench.pass_time(2 * DAY)
        assert reasons(bench) == [Reason.DAILY] * 2, "nothing has happened since"


async def test_a_copy_comes_after_a_shift(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_copying(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(FIRST_AFTER + 1)
        await sell(bench)
        await bench.sign_in(Role.SENIOR)
        await bench.till.shifts.close()
        await bench.pass_time(1)
        assert reasons(bench) == [Reason.SHIFT, Reason.DAILY]


async def test_a_clock_that_was_wrong_does_not_keep_copies_away(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_copying(tmp_path, sandbox, clock) as bench:
        clock.set_wall(ahead=400 * DAY)
        await bench.pass_time(FIRST_AFTER + 1)
        clock.set_wall(ahead=-400 * DAY)
        await sell(bench)
        await bench.pass_time(LOOKED_AT_EVERY + 1)
        assert len(reasons(bench)) == 2


async def test_a_copy_that_fails_is_one_line_and_stops_nothing(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    in_the_way = tmp_path / "backups"
    in_the_way.write_text("no folder")
    async with open_copying(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(FIRST_AFTER + 1)
        view = await bench.until(lambda view: view.copy_trouble is not None)
        assert view.copy_trouble is not None
        assert view.copy_trouble.failure is Failure.COPY_FAILED
        await sell(bench)
        in_the_way.unlink()
        await bench.pass_time(TRIED_AGAIN_AFTER + LOOKED_AT_EVERY)
        await bench.until(lambda view: view.copy_trouble is None)
        assert reasons(bench) == [Reason.DAILY]


async def test_what_the_settings_show(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await bench.sign_in(Role.ADMINISTRATOR)
        made = [await bench.till.backups.make() for _ in range(KEPT + 1)]
        facts = await bench.till.backups.facts()
        assert facts.path == tmp_path / "journal.db"
        assert facts.copies == tuple(reversed(made[1:]))
        assert facts.size > 100_000
        assert (await bench.till.backups.check()).is_whole


# After a restore (row G12)


async def restored(folder: Path, sandbox: SandboxServer, clock: VirtualClock) -> str:
    """A till's folder that was put back from a copy; the payment in it."""
    async with open_bench(folder, sandbox, clock, is_running=False) as bench:
        paid = await sell(bench)
        copy = await bench.journal.back_up(Reason.ASKED)
    kept = folder.parent / "copy.db"
    shutil.copy(copy.path, kept)
    around = Surroundings(clock, new_id, lambda: None)
    anchor = Anchor(folder.parent / "anchor.json")
    restore(folder / "journal.db", kept, anchor=anchor, around=around, by="administrator")
    return paid


async def test_after_a_restore_the_first_copy_does_not_wait_for_a_day(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    folder = tmp_path / "live"
    async with open_bench(folder, sandbox, clock, is_running=False) as bench:
        old = await bench.journal.back_up(Reason.ASKED)
        for _ in range(3):
            await sell(bench)
        await bench.journal.back_up(Reason.ASKED)
    around = Surroundings(clock, new_id, lambda: None)
    anchor = Anchor(tmp_path / "anchor.json")
    restore(folder / "journal.db", old.path, anchor=anchor, around=around, by="administrator")
    async with open_copying(folder, sandbox, clock) as bench:
        await bench.pass_time(FIRST_AFTER + 1)
        assert reasons(bench) == [Reason.DAILY, Reason.ASKED, Reason.ASKED]


async def refused(bench: Bench, failure: Failure, reason: str = "by the account") -> None:
    approval = await bench.approve(Right.RECONCILE_RESTORE)
    with pytest.raises(CashierError) as caught:
        await bench.till.restoring.reconcile(reason, approval=approval)
    assert caught.value.failure is failure


async def test_g12_refunds_wait_until_the_gateway_was_asked_and_a_manager_confirms(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    folder = tmp_path / "live"
    paid = await restored(folder, sandbox, clock)
    async with open_bench(folder, sandbox, clock, is_running=False, role=Role.MANAGER) as bench:
        assert (await bench.until(lambda view: view.restoration is not None)).restoration
        form = await bench.till.refunds.open(paid)
        assert form.waits

        async def refund() -> None:
            approval = await bench.approve(Right.REFUND)
            await bench.till.refunds.refund_sum(paid, Money.of("1"), "Брак", approval=approval)

        with pytest.raises(CashierError) as caught:
            await refund()
        assert caught.value.failure is Failure.REFUNDS_WAIT
        assert bench.calls("CreateRefund") == 0

        await refused(bench, Failure.GATEWAY_NOT_ASKED)
        bench.fault("GetPayment", Fault.STATUS_500)
        silent = await bench.do(bench.till.restoring.check(lambda _: None))
        assert silent.unanswered == 1
        await refused(bench, Failure.GATEWAY_NOT_ASKED)
        asked = await bench.do(bench.till.restoring.check(lambda _: None))
        assert (asked.payments, asked.unanswered, asked.differences) == (1, 0, ())
        await refused(bench, Failure.FIELD_INVALID, reason=" ")
        with pytest.raises(CashierError) as caught:
            await bench.till.restoring.reconcile("by the account")
        assert caught.value.failure is Failure.RIGHT_MISSING, "the PIN is asked each time"
        approval = await bench.approve(Right.RECONCILE_RESTORE)
        await bench.till.restoring.reconcile("by the account", approval=approval)
        await bench.until(lambda view: view.restoration is None)
        await refund()
        assert bench.calls("CreateRefund") == 1


async def test_g12_a_refund_made_after_the_copy_is_entered_by_its_number_alone(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    folder = tmp_path / "live"
    paid = await restored(folder, sandbox, clock)
    [made] = sandbox.gateway.payments()
    number = sandbox.gateway.refunds.create(
        RefundRequest(payment_id=made.id, amount=10000, currency="RUB", reason="В кабинете")
    ).id
    async with open_bench(folder, sandbox, clock, is_running=False, role=Role.MANAGER) as bench:
        approval = await bench.approve(Right.RECORD_EXTERNAL)
        view = await bench.till.refund_decisions.enter_external(number, approval=approval)
        assert view.refund.payment_id == paid
        form = await bench.till.refunds.open(paid)
        assert form.left == Money.of("200.00")


async def test_g12_a_refund_prepared_before_another_tills_restore_is_not_sent(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False, role=Role.MANAGER) as bench:
        paid = await sell(bench)
        now, one = clock.utc(), Money.of("1")
        lines = (RefundedLine(0, "Возврат", one, ONE, one),)
        refund = Refund(new_id(), paid, RefundState.PREPARED, one, lines, "Брак", now, now)
        await bench.journal.write(lambda ledger: ledger.add_refund(refund))
        facts = {"copied_at": now}
        await bench.journal.write(lambda ledger: ledger.record(RESTORED, RESTORE, facts))
        approval = await bench.approve(Right.REFUND)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.send(refund.id, approval=approval)
        assert caught.value.failure is Failure.REFUNDS_WAIT
        assert bench.calls("CreateRefund") == 0


async def test_a_restore_is_not_allowed_while_a_payment_is_open(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(
        tmp_path, sandbox, clock, is_running=False, role=Role.ADMINISTRATOR
    ) as bench:
        copy: Copy = await bench.till.backups.make()
        await bench.charge()
        approval = await bench.approve(Right.RESTORE)
        with pytest.raises(CashierError) as caught:
            await bench.till.restoring.allow(copy.path, approval=approval)
        assert caught.value.failure is Failure.OPEN_PAYMENTS
        for view in bench.view.payable:
            await bench.do(bench.till.sales.cancel(view.payment.id))
        await bench.pass_time(60)
