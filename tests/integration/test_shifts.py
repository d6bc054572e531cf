"""Shifts over real sockets: what they come to, when they close, and what goes into the next."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.payment import PaymentState
from cashier.domain.quantity import ONE
from cashier.domain.refund import RefundState
from cashier.domain.shift_report import ShiftReport
from cashier.domain.staff import Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.services.shifts import Progress, Reconciliation
from cashier.services.training_staff import OTHER_PIN, start_training
from cashier.services.views import PaymentView
from tests.till_bench import QUICK_HASHER, Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

TEA = ("Чай", "100.00", "3")
COFFEE = ("Кофе", "50.50", "1")


async def begin(bench: Bench) -> None:
    """Four people, the cashier at the till."""
    await start_training(bench.till.staff, bench.journal, "ru", hasher=QUICK_HASHER)


async def sold(bench: Bench, *goods: tuple[str, str, str]) -> str:
    """A paid receipt; its payment's intent."""
    view = await bench.charge(*(goods or (TEA,)))
    return await pay(bench, view)


async def pay(bench: Bench, view: PaymentView) -> str:
    bench.sandbox.gateway.pay(view.payment.payment_id)
    await bench.do(bench.till.sales.check(view.payment.id))
    await bench.till.sales.result_seen(view.payment.id)
    return view.payment.id


async def refund(bench: Bench, payment_id: str, amount: str) -> str:
    view = await bench.till.refunds.refund_sum(
        payment_id, Money.of(amount), "Брак", approval=await bench.approve(Right.REFUND)
    )
    return view.refund.id


async def close(bench: Bench, *, hand_over: bool = False) -> ShiftReport:
    approval = await bench.approve(Right.Z_REPORT)
    return await bench.till.shifts.close(hand_over=hand_over, approval=approval)


async def refused(bench: Bench, **how: bool) -> CashierError:
    with pytest.raises(CashierError) as caught:
        await close(bench, **how)
    return caught.value


async def reconcile(bench: Bench) -> tuple[Reconciliation, list[Progress]]:
    seen: list[Progress] = []
    approval = await bench.approve(Right.RECONCILE)
    found = await bench.do(bench.till.shifts.reconcile(seen.append, approval=approval))
    return found, seen


async def test_every_kind_of_outcome_has_its_place_in_the_report(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        first = await sold(bench)
        await sold(bench, COFFEE)
        declined = await bench.charge(COFFEE)
        sandbox.gateway.decline(declined.payment.payment_id)
        await bench.do(bench.till.sales.check(declined.payment.id))
        expired = await bench.charge(TEA)
        sandbox.gateway.expire(expired.payment.payment_id)
        await bench.do(bench.till.sales.check(expired.payment.id))
        cancelled = await bench.charge(TEA)
        await bench.do(bench.till.sales.cancel(cancelled.payment.id))
        await refund(bench, first, "120.25")
        made = await bench.till.shifts.x_report()
        assert (made.whole.paid, made.whole.declined, made.whole.cancelled) == (2, 1, 2)
        assert made.whole.sold == Money.of("350.50")
        assert (made.whole.refunds, made.whole.refunded) == (1, Money.of("120.25"))
        assert made.whole.revenue == Money.of("230.25")
        assert made.average == Money.of("175.25")
        assert made.whole.unknown == 0


async def test_terminals_stand_apart_and_a_refund_goes_to_the_payments_terminal(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        first = await sold(bench)
        allowed = await bench.approve(Right.TERMINALS)
        other = await bench.till.terminals.create(
            NewTerminal(name="Кофейня", alias="1:3"), approval=allowed
        )
        await bench.till.terminals.choose(other.key)
        await sold(bench, COFFEE)
        await refund(bench, first, "10.00")
        rows = {one.key: one for one in (await bench.till.shifts.x_report()).by_terminal}
        assert set(rows) == {"Касса 2 · Зал", "Кофейня"}
        assert rows["Касса 2 · Зал"].revenue == Money.of("290.00")
        assert (rows["Кофейня"].sold, rows["Кофейня"].refunds) == (Money.of("50.50"), 0)


async def test_sales_are_added_up_by_the_hour(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        await sold(bench)
        clock.set_wall(ahead=2 * 3600)
        await sold(bench, COFFEE)
        hours = (await bench.till.shifts.x_report()).by_hour
        assert [one.sold for one in hours] == [Money.of("300"), Money.of("0"), Money.of("50.50")]
        assert (hours[2].start - hours[0].start).total_seconds() == 7200


async def test_without_a_shift_there_is_no_report_and_nothing_to_close(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        with pytest.raises(CashierError) as caught:
            await bench.till.shifts.x_report()
        assert caught.value.failure is Failure.NO_SHIFT
        assert (await refused(bench)).failure is Failure.NO_SHIFT
        opened = await bench.till.shifts.open()
        assert opened.number == 1
        assert (await bench.till.shifts.open()).id == opened.id
        assert (await bench.till.shifts.x_report()).whole.paid == 0


async def test_a_shift_is_too_long_after_a_day(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        shift = await bench.till.shifts.open()
        clock.set_wall(ahead=24 * 3600 - 1)
        assert not bench.till.shifts.is_too_long(shift)
        clock.set_wall(ahead=2)
        assert bench.till.shifts.is_too_long(shift)


async def test_a_parked_receipt_keeps_the_shift_open_and_spends_no_approval(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        await sold(bench)
        saved = await bench.type_receipt(COFFEE)
        await bench.till.receipts.park(saved.id)
        approval = await bench.approve(Right.Z_REPORT)
        with pytest.raises(CashierError) as caught:
            await bench.till.shifts.close(hand_over=True, approval=approval)
        assert caught.value.failure is Failure.SHIFT_NOT_READY
        assert caught.value.facts == {"parked": 1, "open": 0}
        await bench.till.receipts.take_up(saved.id)
        made = await bench.till.shifts.close(approval=approval)
        assert made.shift.closed_at is not None


async def test_an_open_payment_is_cancelled_or_handed_over_first(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        view = await bench.charge(TEA)
        error = await refused(bench)
        assert (error.failure, error.facts["open"]) == (Failure.SHIFT_NOT_READY, 1)
        made = await close(bench, hand_over=True)
        assert [one.id for one in made.handed_over] == [view.payment.id]
        assert made.whole.paid == 0


async def test_a_payment_handed_over_counts_in_the_next_shift_and_only_there(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        await sold(bench, COFFEE)
        view = await bench.charge(TEA)
        first = await close(bench, hand_over=True)
        assert first.whole.sold == Money.of("50.50")
        await pay(bench, view)
        await bench.till.shifts.open()
        second = await bench.till.shifts.x_report()
        assert (second.whole.paid, second.whole.sold) == (1, Money.of("300"))
        assert [one.sold for one in second.by_hour] == [Money.of("300")]
        await close(bench)
        await bench.till.shifts.open()
        assert (await bench.till.shifts.x_report()).whole.paid == 0


async def test_money_counts_in_the_next_shift_though_the_clock_was_turned_back(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        view = await bench.charge(TEA)
        await close(bench, hand_over=True)
        clock.set_wall(ahead=-1800)
        await pay(bench, view)
        await bench.till.shifts.open()
        assert (await bench.till.shifts.x_report()).whole.sold == Money.of("300")


async def test_a_payment_after_z_belongs_to_the_next_shift(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        await sold(bench)
        first = await close(bench)
        view = await bench.charge(COFFEE)
        await pay(bench, view)
        second = await bench.till.shifts.x_report()
        assert (first.shift.number, second.shift.number) == (1, 2)
        assert view.payment.receipt_number == "2-001"
        assert second.whole.sold == Money.of("50.50")


async def test_unknown_and_late_money_is_printed_and_carried_until_it_is_settled(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        doubted = await bench.charge(TEA)
        assert await bench.state(doubted.payment.id) is PaymentState.UNKNOWN
        late = await bench.charge(COFFEE)
        await bench.do(bench.till.sales.cancel(late.payment.id))
        sandbox.gateway.pay(late.payment.payment_id)
        await bench.do(bench.till.sales.check(late.payment.id))
        assert await bench.state(late.payment.id) is PaymentState.LATE_PAID
        first = await close(bench)
        carried = {one.id: one.state for one in first.carried_payments}
        assert carried == {
            doubted.payment.id: PaymentState.UNKNOWN,
            late.payment.id: PaymentState.LATE_PAID,
        }
        assert (first.whole.unknown, first.whole.sold) == (1, Money.of("50.50"))
        await bench.till.shifts.open()
        second = await bench.till.shifts.x_report()
        assert {one.id for one in second.carried_payments} == set(carried)
        assert second.whole.paid == 0
        ready = await bench.till.shifts.readiness()
        assert (ready.carried, ready.is_ready) == (2, True)


async def test_an_unknown_payment_that_was_paid_counts_when_that_is_known(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        view = await bench.charge(TEA)
        await close(bench)
        order = bench.sandbox.gateway.payment_by_order(view.payment.order_id)
        sandbox.gateway.pay(order.id)
        await bench.do(bench.till.sales.check(view.payment.id))
        if await bench.state(view.payment.id) is not PaymentState.PAID:
            await bench.do(bench.till.sales.check(view.payment.id))
        await bench.till.shifts.open()
        made = await bench.till.shifts.x_report()
        assert (made.whole.sold, made.carried_payments) == (Money.of("300"), ())


async def test_an_unknown_refund_is_carried_and_counts_when_it_is_found(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.DROP_AFTER)
        refund_id = await refund(bench, payment_id, "100.00")
        first = await close(bench)
        assert [one.id for one in first.carried_refunds] == [refund_id]
        assert first.whole.refunds == 0
        doubted = await bench.journal.read(lambda reader: reader.refund(refund_id))
        assert doubted.state is RefundState.UNKNOWN
        number = next(iter(sandbox.gateway.refunds.all())).id
        await bench.till.refund_decisions.resolve_found(
            refund_id, number, "В кабинете", approval=await bench.approve(Right.RESOLVE_REFUND)
        )
        await bench.till.shifts.open()
        second = await bench.till.shifts.x_report()
        assert (second.whole.refunds, second.whole.refunded) == (1, Money.of("100"))
        assert second.by_terminal[0].key == "Касса 2 · Зал"


async def test_a_refund_of_yesterdays_payment_stands_under_its_terminal(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        payment_id = await sold(bench)
        await close(bench)
        await bench.till.refunds.refund_lines(
            payment_id, {1: ONE}, "Брак", approval=await bench.approve(Right.REFUND)
        )
        made = await bench.till.shifts.x_report()
        assert [(one.key, one.refunds) for one in made.by_terminal] == [("Касса 2 · Зал", 1)]
        assert made.whole.revenue == Money.of("-100.00")
        assert [one.key for one in made.by_cashier] == [bench.till.staff.last]


async def test_a_z_report_can_be_printed_again_as_it_was(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        payment_id = await sold(bench)
        view = await bench.charge(COFFEE)
        made = await close(bench, hand_over=True)
        head = await bench.journal.read(lambda reader: reader.head().hash)
        assert made.mark == head[-8:]
        await pay(bench, view)
        await refund(bench, payment_id, "10.00")
        (again,) = await bench.till.shifts.past()
        assert again.whole == made.whole
        assert again.by_terminal == made.by_terminal
        assert again.by_hour == made.by_hour
        assert (again.mark, again.shift) == (made.mark, made.shift)
        assert [(one.id, one.state) for one in again.handed_over] == [
            (view.payment.id, PaymentState.OPEN)
        ]


async def test_money_of_another_currency_is_not_lost(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        await sold(bench)
        made = await bench.till.shifts.x_report(Currency.EUR)
        assert made.whole.sold == Money(0, Currency.EUR)
        assert [(one.key, one.sold) for one in made.other_currencies] == [("RUB", Money.of("300"))]


# Reconciliation


async def test_reconciliation_asks_for_every_payment_and_refund_and_finds_all_equal(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        payment_id = await sold(bench)
        await sold(bench, COFFEE)
        cancelled = await bench.charge(COFFEE)
        await bench.do(bench.till.sales.cancel(cancelled.payment.id))
        await refund(bench, payment_id, "10.00")
        before = bench.calls("GetPayment"), bench.calls("GetRefund")
        found, seen = await reconcile(bench)
        assert (found.payments, found.refunds, found.differences) == (3, 1, ())
        assert found.is_clean
        assert bench.calls("GetPayment") - before[0] == 3
        assert bench.calls("GetRefund") - before[1] == 1
        assert seen[0] == Progress(0, 4)
        assert seen[-1] == Progress(4, 4)


async def test_reconciliation_names_what_the_gateway_says_otherwise(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        await sold(bench)
        view = await bench.charge(COFFEE)
        await bench.do(bench.till.sales.cancel(view.payment.id))
        sandbox.gateway.pay(view.payment.payment_id)
        found, _ = await reconcile(bench)
        (difference,) = found.differences
        assert difference.number == view.payment.receipt_number
        assert difference.known is PaymentState.CLOSED
        assert (difference.told, difference.amount) == ("successful", Money.of("50.50"))
        assert await bench.state(view.payment.id) is PaymentState.CLOSED


async def test_reconciliation_looks_by_order_for_what_the_gateway_never_named(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        view = await bench.charge(TEA)
        order = sandbox.gateway.payment_by_order(view.payment.order_id)
        sandbox.gateway.pay(order.id)
        found, _ = await reconcile(bench)
        assert [(one.known, one.told) for one in found.differences] == [
            (PaymentState.UNKNOWN, "successful")
        ]


async def test_reconciliation_lists_an_unknown_refund_which_nobody_can_ask_about(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        payment_id = await sold(bench)
        bench.fault("CreateRefund", Fault.DROP_AFTER)
        refund_id = await refund(bench, payment_id, "100.00")
        found, _ = await reconcile(bench)
        (difference,) = found.differences
        assert difference.number == refund_id[:8].upper()
        assert (difference.known, difference.told) == (RefundState.UNKNOWN, "")


async def test_a_silent_gateway_ends_the_reconciliation_early(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        for _ in range(5):
            await sold(bench, COFFEE)
        bench.fault("GetPayment", Fault.DROP_BEFORE, times=50)
        before = bench.calls("GetPayment")
        found, _ = await reconcile(bench)
        assert found.unanswered == 5
        assert not found.is_clean
        assert bench.calls("GetPayment") - before <= 3


async def test_a_reconciliation_can_be_given_up(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await begin(bench)
        for _ in range(3):
            await sold(bench, COFFEE)
        approval = await bench.approve(Right.RECONCILE)
        seen: list[Progress] = []
        async with anyio.create_task_group() as tasks:

            async def run() -> None:
                await bench.till.shifts.reconcile(seen.append, approval=approval)

            tasks.start_soon(run)
            await bench.until_called("GetPayment", bench.calls("GetPayment") + 1)
            tasks.cancel_scope.cancel()
        assert len(seen) < 4
        kinds = await bench.journal.read(lambda reader: {one.kind for one in reader.events()})
        assert "shift.reconciled" not in kinds


# Rights


@pytest.mark.parametrize(
    ("role", "may_close", "may_reconcile"),
    [
        (Role.CASHIER, False, False),
        (Role.SENIOR, True, False),
        (Role.MANAGER, True, True),
        (Role.ADMINISTRATOR, True, True),
    ],
)
async def test_rights_are_asked_for_by_the_service(
    tmp_path: Path,
    sandbox: SandboxServer,
    clock: VirtualClock,
    role: Role,
    may_close: bool,
    may_reconcile: bool,
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        if role is not Role.CASHIER:
            person = next(one for one in await bench.till.staff.people() if one.role is role)
            await bench.till.staff.sign_in(person.id, OTHER_PIN)
        await bench.till.shifts.open()
        assert (await bench.till.shifts.x_report()).whole.paid == 0
        outcome = await attempt(bench.till.shifts.reconcile(lambda _: None))
        assert outcome is (None if may_reconcile else Failure.RIGHT_MISSING)
        outcome = await attempt(bench.till.shifts.close())
        assert outcome is (None if may_close else Failure.RIGHT_MISSING)


async def attempt(use_case: object) -> Failure | None:
    try:
        await use_case  # type: ignore[misc]  # any of the use cases
    except CashierError as error:
        return error.failure
    return None


async def test_nobody_at_the_till_sees_no_report(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await begin(bench)
        await bench.till.shifts.open()
        await bench.till.staff.lock()
        assert await attempt(bench.till.shifts.x_report()) is Failure.RIGHT_MISSING
        assert await attempt(bench.till.shifts.past()) is Failure.RIGHT_MISSING
