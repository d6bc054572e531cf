"""All Z reports together come to what the shop has: nothing is in two, nothing is in none."""

from __future__ import annotations

from pathlib import Path

import pytest

from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.shift_report import ShiftReport
from cashier.domain.staff import Right, Role
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.values import RefundMode
from tests.integration.postgres_server import PostgresServer
from tests.integration.two_tills import refund_sum, sold, two_tills
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

DAY = 86_400.0


async def close(bench: Bench) -> ShiftReport:
    await bench.till.shifts.open()
    approval = await bench.approve(Right.Z_REPORT)
    return await bench.till.shifts.close(hand_over=True, approval=approval)


async def refunded(bench: Bench, refund_id: str) -> RefundState:
    return (await bench.journal.read(lambda reader: reader.refund(refund_id))).state


async def declined(bench: Bench, refund_id: str) -> None:
    """The bank declines a refund that it had accepted, and both reads say so."""
    known = await bench.journal.read(lambda reader: reader.refund(refund_id))
    bench.sandbox.gateway.refunds.finish(known.refund_id, succeeds=False)
    await bench.till.refunds.check(refund_id)
    await bench.pass_time(61)
    await bench.till.refunds.check(refund_id)
    assert await refunded(bench, refund_id) is RefundState.FAILED


@pytest.fixture
def pending(sandbox: SandboxServer) -> None:
    """The bank takes its time over each refund."""
    sandbox.gateway.refunds.set_mode(RefundMode(delayed=True, after=None))


@pytest.mark.usefixtures("pending")
async def test_a_refund_that_fails_after_the_z_report_is_taken_back_by_the_next(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        payment_id = await sold(bench)
        refund_id = (await refund_sum(bench, payment_id, "40.00")).refund.id
        first = await close(bench)
        assert first.whole.revenue == Money.of("60")
        await declined(bench, refund_id)
        second = await close(bench)
        assert (second.whole.refunds, second.whole.refunded) == (0, Money.of("0"))
        assert second.whole.corrected == Money.of("40")
        assert second.whole.revenue == Money.of("40")
        assert [(one.id, one.state) for one in second.corrected_refunds] == [
            (refund_id, RefundState.FAILED)
        ]
        (terminal,) = second.by_terminal
        assert (terminal.key, terminal.corrected) == ("Касса 2 · Зал", Money.of("40"))
        assert [one.corrected for one in second.by_cashier] == [Money.of("40")]
        third = await close(bench)
        assert (third.whole.corrected, third.corrected_refunds) == (Money.of("0"), ())
        again, printed, _ = await bench.till.shifts.past()
        assert (again.whole, printed.whole) == (third.whole, second.whole)
        assert printed.corrected_refunds[0].id == refund_id


@pytest.mark.usefixtures("pending")
async def test_a_refund_that_goes_to_and_fro_over_four_shifts_counts_once_in_the_end(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        payment_id = await sold(bench)
        refund_id = (await refund_sum(bench, payment_id, "40.00")).refund.id
        reports = [await close(bench)]
        await declined(bench, refund_id)
        reports.append(await close(bench))
        known = await bench.journal.read(lambda reader: reader.refund(refund_id))
        sandbox.gateway.refunds.finish(known.refund_id)
        await bench.till.refunds.check(refund_id)
        assert await refunded(bench, refund_id) is RefundState.SUCCEEDED
        reports += [await close(bench), await close(bench)]
        revenues = [one.whole.revenue for one in reports]
        assert revenues == [Money.of(one) for one in ("60", "40", "-40", "0")]


@pytest.mark.usefixtures("pending")
async def test_a_refund_that_ends_well_in_the_next_shift_counts_in_the_first_alone(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        payment_id = await sold(bench)
        refund_id = (await refund_sum(bench, payment_id, "40.00")).refund.id
        reports = [await close(bench)]
        sandbox.gateway.refunds.finish(sandbox.gateway.refunds.all()[0].id)
        await bench.till.refunds.check(refund_id)
        assert await refunded(bench, refund_id) is RefundState.SUCCEEDED
        reports.append(await close(bench))
        assert [one.whole.revenue for one in reports] == [Money.of("60"), Money.of("0")]


async def test_late_money_that_somebody_decides_about_later_counts_when_it_came(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        view = await bench.charge(("Чай", "100.00", "1"))
        await bench.do(bench.till.sales.cancel(view.payment.id))
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.do(bench.till.sales.check(view.payment.id))
        assert await bench.state(view.payment.id) is PaymentState.LATE_PAID
        reports = [await close(bench)]
        await bench.till.decisions.restore_sale(
            view.payment.id, "Товар отдан", approval=await bench.approve(Right.DECIDE_PAYMENT)
        )
        reports.append(await close(bench))
        assert [one.whole.sold for one in reports] == [Money.of("100"), Money.of("0")]


@pytest.mark.usefixtures("pending")
async def test_a_refund_that_fails_in_the_shift_that_made_it_is_no_correction(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        payment_id = await sold(bench)
        refund_id = (await refund_sum(bench, payment_id, "40.00")).refund.id
        await declined(bench, refund_id)
        made = await close(bench)
        assert (made.whole.revenue, made.whole.corrected) == (Money.of("100"), Money.of("0"))


@pytest.mark.parametrize("back", [-2 * 3600.0, -30 * DAY, -4000 * DAY, 30 * DAY])
async def test_a_payment_that_was_handed_over_is_in_one_report_whatever_the_clock_does(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, back: float
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        view = await bench.charge(("Чай", "100.00", "1"))
        await close(bench)
        clock.set_wall(ahead=back)
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.till.sales.check(view.payment.id)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        sums = [(await close(bench)).whole.sold for _ in range(2)]
        assert sums == [Money.of("100"), Money.of("0")]


@pytest.mark.parametrize("back", [-30 * DAY, 30 * DAY])
async def test_a_refund_that_is_found_later_is_in_one_report_whatever_the_clock_does(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, back: float
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.DROP_AFTER)
        refund_id = (await refund_sum(bench, payment_id, "40.00")).refund.id
        reports = [await close(bench)]
        clock.set_wall(ahead=back)
        number = sandbox.gateway.refunds.all()[0].id
        await bench.till.refund_decisions.resolve_found(
            refund_id, number, "В кабинете", approval=await bench.approve(Right.RESOLVE_REFUND)
        )
        reports += [await close(bench), await close(bench)]
        assert [one.whole.refunded for one in reports] == [Money.of(x) for x in ("0", "40", "0")]


async def test_what_went_back_before_a_payment_was_taken_in_is_no_refund_of_this_shift(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    async with open_bench(other, sandbox, clock, is_running=False) as bench:
        order = (await bench.payment(await sold(bench))).order_id
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await bench.sign_in(Role.MANAGER)
        found = await bench.till.history.adopt(order, approval=await bench.approve(Right.ADOPT))
        await bench.till.history.declare_refunded(
            found.payment.id,
            Money.of("30"),
            "По кабинету",
            approval=await bench.approve(Right.ADOPT),
        )
        assert (await close(bench)).whole.revenue == Money.of("0")


@pytest.mark.parametrize("longer", [0, 1])
async def test_what_another_till_decides_is_in_one_report_of_the_till_that_sold(
    tmp_path: Path,
    sandbox: SandboxServer,
    clock: VirtualClock,
    postgres: PostgresServer,
    longer: int,
) -> None:
    """Each till has a record of its own, whose places say nothing of the other's."""
    url = postgres.database()
    async with two_tills(tmp_path, sandbox, clock, urls=(url, url)) as (one, two):
        await two.till.terminals.load()
        await two.till.terminals.choose(two.till.terminals.known[0].key)
        payment_id = await sold(one)
        for _ in range(4):
            await sold((one, two)[longer])
        one.fault("CreateRefund", Fault.DROP_AFTER)
        refund_id = (await refund_sum(one, payment_id, "40.00")).refund.id
        reports = [await close(one)]
        number = sandbox.gateway.refunds.all()[0].id
        clock.set_wall(ahead=-DAY)
        await two.till.refund_decisions.resolve_found(
            refund_id, number, "В кабинете", approval=await two.approve(Right.RESOLVE_REFUND)
        )
        reports += [await close(one), await close(one)]
        assert [made.whole.refunded for made in reports] == [
            Money.of(amount) for amount in ("0", "40", "0")
        ]
        assert (await close(two)).whole.refunded == Money.of("0")
