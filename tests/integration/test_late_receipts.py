"""The receipt of money that came late: its goods stay known, and it can be sold again (row C8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.payment import Decision, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.staff import Right, Role
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.services.views import PaymentView
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

BUN = Receipt(Currency.RUB).add("Булочка", Money.of("64.50"), Quantity.of("1"))


async def declined(bench: Bench) -> tuple[PaymentView, SavedReceipt]:
    """A payment that the bank declined, and its receipt back in the grid."""
    view = await bench.charge()
    bench.sandbox.gateway.decline(view.payment.payment_id)
    await bench.pass_time(3)
    return view, await bench.till.sales.back_to_receipt(view.payment.id)


async def pay_late(bench: Bench, view: PaymentView) -> None:
    bench.sandbox.gateway.pay(view.payment.payment_id)
    await bench.pass_time(75)
    assert await bench.state(view.payment.id) is PaymentState.LATE_PAID


async def give_back(bench: Bench, view: PaymentView) -> None:
    approval = await bench.approve(Right.REFUND)
    await bench.till.refunds.refund_sum(
        view.payment.id, view.payment.amount, "поздно", approval=approval
    )
    await bench.pass_time(5)
    assert (await bench.payment(view.payment.id)).decision is Decision.REFUNDED


async def restore(bench: Bench, view: PaymentView) -> None:
    approval = await bench.approve(Right.DECIDE_PAYMENT)
    await bench.till.decisions.restore_sale(view.payment.id, "забрал товар", approval=approval)


async def test_what_was_charged_stays_known_when_its_receipt_is_cleared(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        view, back = await declined(bench)
        empty = await bench.till.receipts.save(back, Receipt(Currency.RUB))
        assert (empty.id == back.id, empty.number, empty.state) == (False, "", ReceiptState.DRAFT)
        await pay_late(bench, view)
        form = await bench.till.refunds.open(view.payment.id)
        assert [one.sold.line.name for one in form.lines] == ["Сок яблочный, 1 л"]
        await restore(bench, view)
        receipt = await bench.journal.read(lambda reader: reader.receipt(back.id))
        assert receipt.state is ReceiptState.SETTLED
        assert receipt.receipt.amount == view.payment.amount


async def test_the_next_customers_goods_are_a_receipt_of_their_own_after_a_clear(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        view, back = await declined(bench)
        empty = await bench.till.receipts.save(back, Receipt(Currency.RUB))
        await bench.till.receipts.save(empty, BUN)
        await pay_late(bench, view)
        again = await bench.do(bench.till.sales.charge(empty.id))
        assert (again.payment.state, again.payment.receipt_number) == (PaymentState.OPEN, "1-002")


async def test_a_receipt_that_was_changed_since_gives_no_lines_to_its_late_payment(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        view, back = await declined(bench)
        await bench.till.receipts.save(back, BUN)
        await pay_late(bench, view)
        form = await bench.till.refunds.open(view.payment.id)
        assert form.lines == ()
        assert form.left == view.payment.amount
        with pytest.raises(CashierError) as caught:
            await restore(bench, view)
        assert caught.value.failure is Failure.STILL_PAYABLE


async def test_p5_money_of_a_payment_that_was_taken_as_unpaid_is_a_task_all_the_same(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        bench.fault("GetPaymentByOrder", Fault.DROP_BEFORE, times=4)
        view = await bench.charge()
        approval = await bench.approve(Right.DECIDE_PAYMENT)
        await bench.till.decisions.take_as_unpaid(
            view.payment.id, "QR не показан", approval=approval
        )
        sandbox.gateway.pay(sandbox.gateway.payments()[0].id)
        await bench.pass_time(600)
        assert await bench.state(view.payment.id) is PaymentState.LATE_PAID
        assert [task.payment.id for task in bench.view.tasks] == [view.payment.id]
        assert (await bench.till.shifts.readiness()).carried == 1
        await restore(bench, view)
        await bench.pass_time(1)
        assert bench.view.tasks == ()


async def test_a_receipt_whose_late_money_went_back_can_be_paid_anew_and_not_before(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.SENIOR) as bench:
        view, back = await declined(bench)
        await pay_late(bench, view)
        with pytest.raises(CashierError) as caught:
            await bench.do(bench.till.sales.charge(back.id))
        assert caught.value.failure is Failure.STILL_PAYABLE
        await give_back(bench, view)
        again = await bench.do(bench.till.sales.charge(back.id))
        assert (again.payment.state, again.payment.attempt) == (PaymentState.OPEN, 2)
        sandbox.gateway.pay(again.payment.payment_id)
        await bench.pass_time(4)
        assert await bench.state(again.payment.id) is PaymentState.PAID
