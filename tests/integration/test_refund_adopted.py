"""Refunds of payments, and refunds, that another hand made (rows R21, R22)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.refund import RefundState
from cashier.domain.staff import Right, Role
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from tests.refund_bench import REASON, sold
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

S = RefundState


async def test_r21_a_foreign_payment_is_adopted_and_refunded_only_after_a_manager_spoke(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path / "a", sandbox, clock) as other:
        await sold(other)
        foreign = sandbox.gateway.payments()[-1]
    async with open_bench(tmp_path / "b", sandbox, clock) as bench:
        found = await bench.till.history.adopt(
            foreign.order_id or "", approval=await bench.approve(Right.ADOPT)
        )
        assert found.payment.is_adopted
        payment_id = found.payment.id
        approval = await bench.approve(Right.ADOPT)
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.refund_sum(
                payment_id, Money.of("10"), REASON, approval=approval
            )
        assert caught.value.failure is Failure.BUDGET_UNKNOWN
        await bench.till.history.declare_refunded(
            payment_id, Money.of("300"), "По кабинету", approval=await bench.approve(Right.ADOPT)
        )
        form = await bench.till.refunds.open(payment_id)
        assert (form.left, form.is_budget_known) == (Money.of("50.50"), True)
        sandbox.stop()
        unsent = await bench.till.refunds.refund_sum(
            payment_id, Money.of("50.50"), REASON, approval=await bench.approve(Right.ADOPT)
        )
        sandbox.start()
        with pytest.raises(CashierError) as caught:
            await bench.till.refunds.send(
                unsent.refund.id, approval=await bench.approve(Right.REFUND)
            )
        assert caught.value.facts["role"] is Role.MANAGER
        sent = await bench.till.refunds.send(
            unsent.refund.id, approval=await bench.approve(Right.ADOPT)
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
            await bench.till.history.adopt(order, approval=await bench.approve(Right.ADOPT))
        found = await bench.till.history.adopt(order, approval=await bench.approve(Right.ADOPT))
        assert found.payment.amount == Money.of("350.50")


async def test_an_adopted_payment_of_which_nothing_went_back_is_refunded_whole(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path / "a", sandbox, clock) as other:
        await sold(other)
        foreign = sandbox.gateway.payments()[-1]
    async with open_bench(tmp_path / "b", sandbox, clock) as bench:
        found = await bench.till.history.adopt(
            foreign.order_id or "", approval=await bench.approve(Right.ADOPT)
        )
        payment_id = found.payment.id
        await bench.till.history.declare_refunded(
            payment_id, Money(0), "По кабинету", approval=await bench.approve(Right.ADOPT)
        )
        view = await bench.till.refunds.refund_sum(
            payment_id, Money.of("350.50"), REASON, approval=await bench.approve(Right.ADOPT)
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
                order, approval=await cabinet.approve(Right.ADOPT)
            )
            await cabinet.till.history.declare_refunded(
                found.payment.id,
                Money(0),
                "ничего",
                approval=await cabinet.approve(Right.ADOPT),
            )
            made = await cabinet.till.refunds.refund_sum(
                found.payment.id,
                Money.of("70"),
                REASON,
                approval=await cabinet.approve(Right.ADOPT),
            )
        clock.is_busy = lambda: bench.till.is_busy
        number = made.refund.refund_id
        approval = await bench.approve(Right.RECORD_EXTERNAL)
        await bench.till.refund_decisions.record_external(payment_id, number, approval=approval)
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("280.50")
        with pytest.raises(CashierError) as caught:
            await bench.till.refund_decisions.record_external(
                payment_id, number, approval=await bench.approve(Right.RECORD_EXTERNAL)
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
        approval = await bench.approve(Right.ADOPT)
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
                payment_id, "R1", approval=await bench.approve(Right.RECORD_EXTERNAL)
            )
        assert caught.value.failure is Failure.PROOF_DIFFERS
        assert caught.value.facts["fields"] == (field,)
        assert (await bench.till.refunds.open(payment_id)).left == Money.of("350.50")
