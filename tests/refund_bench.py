"""What the tests of refunds begin with: a paid sale, and a refund of it."""

from __future__ import annotations

import pytest

from cashier.domain.failure import CashierError
from cashier.domain.money import Money
from cashier.domain.refund import RefundState
from cashier.domain.staff import Right
from cashier.services.refund_views import RefundView
from tests.till_bench import Bench

REASON = "Не подошёл товар"


async def sold(bench: Bench, *goods: tuple[str, str, str]) -> str:
    """A paid receipt; its payment's intent."""
    view = await bench.charge(*(goods or (("Чай", "100.00", "3"), ("Кофе", "50.50", "1"))))
    bench.sandbox.gateway.pay(view.payment.payment_id)
    await bench.till.sales.check(view.payment.id)
    return view.payment.id


async def refund_sum(bench: Bench, payment_id: str, amount: str) -> RefundView:
    approval = await bench.approve(Right.REFUND)
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
