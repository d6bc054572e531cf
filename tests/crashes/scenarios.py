"""A dozen short days at a till, each through the real services."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from cashier.domain.failure import CashierError
from cashier.domain.money import Money
from cashier.domain.quantity import ONE, Quantity
from cashier.domain.staff import Right
from cashier.services.approvals import Approval
from cashier.services.refund_views import RefundView
from cashier.services.till import Till
from cashier.services.training_staff import OTHER_PIN
from cashier.services.views import PaymentView

REASON = "Не подошёл товар"


class Desk:
    """A till, and the hand that plays the payer at the gateway's control address."""

    def __init__(self, till: Till, control: str) -> None:
        self.till = till
        self._control = control

    async def ask(self, method: str, path: str, /, **body: Any) -> Any:
        """One call of the control API."""
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.request(method, f"{self._control}{path}", json=body)
        return answer.json()

    async def tell(self, path: str, /, **body: Any) -> Any:
        return await self.ask("POST", path, **body)

    async def sell(self) -> PaymentView:
        """A receipt of two lines, charged, its QR on the screen."""
        saved = await self.till.receipts.draft()
        receipt = saved.receipt.add("Чай", Money.of("100.00"), Quantity.of("2"))
        receipt = receipt.add("Кофе", Money.of("50.50"), ONE)
        saved = await self.till.receipts.save(saved, receipt)
        view = await self.till.sales.charge(saved.id)
        if view.payment.payment_url:
            await self.till.sales.qr_shown(view.payment.id)
        return view

    async def pay(self, view: PaymentView) -> None:
        await self.tell(f"/payments/{view.payment.payment_id}/pay")

    async def sold(self) -> PaymentView:
        """A receipt that is paid, and seen to be."""
        view = await self.sell()
        await self.pay(view)
        return await self.till.sales.check(view.payment.id)

    async def allowed(self, right: Right) -> Approval:
        """Whoever is at the till gives a PIN of their own."""
        boss = self.till.staff.current
        assert boss is not None
        return await self.till.staff.approve(boss.id, OTHER_PIN, right)

    async def give_back(self, view: PaymentView, amount: str) -> RefundView:
        """A part of what was paid goes back."""
        approval = await self.allowed(Right.REFUND)
        return await self.till.refunds.refund_sum(
            view.payment.id, Money.of(amount), REASON, approval=approval
        )


async def paid(desk: Desk) -> None:
    view = await desk.sold()
    await desk.till.sales.result_seen(view.payment.id)


async def cancelled(desk: Desk) -> None:
    view = await desk.sell()
    await desk.till.sales.cancel(view.payment.id)
    await desk.till.sales.back_to_receipt(view.payment.id)


async def declined_and_paid_with_a_new_qr(desk: Desk) -> None:
    view = await desk.sell()
    await desk.tell(f"/payments/{view.payment.payment_id}/decline")
    await desk.till.sales.check(view.payment.id)
    again = await desk.till.sales.charge(view.receipt.id)
    await desk.pay(again)
    await desk.till.sales.check(again.payment.id)


async def paid_while_it_is_cancelled(desk: Desk) -> None:
    view = await desk.sell()
    await desk.pay(view)
    await desk.till.sales.cancel(view.payment.id)


async def lines_go_back(desk: Desk) -> None:
    view = await desk.sold()
    form = await desk.till.refunds.open(view.payment.id)
    everything = {line.sold.line.id: Quantity(line.left) for line in form.lines}
    approval = await desk.allowed(Right.REFUND)
    await desk.till.refunds.refund_lines(view.payment.id, everything, REASON, approval=approval)


async def two_sums_go_back(desk: Desk) -> None:
    view = await desk.sold()
    for amount in ("100.00", "150.50"):
        await desk.give_back(view, amount)


async def a_refund_takes_its_time(desk: Desk) -> None:
    await desk.tell("/refunds/mode", mode="delayed")
    view = await desk.sold()
    refund = await desk.give_back(view, "10.00")
    await desk.tell(f"/refunds/{refund.refund.refund_id}/finish")
    await desk.till.refunds.check(refund.refund.id)


async def a_refund_is_refused_and_tried_again(desk: Desk) -> None:
    view = await desk.sold()
    await desk.tell("/faults", method="CreateRefund", fault="error", value=1, text="[2, 51]")
    for _ in range(2):
        await desk.give_back(view, "250.50")


async def the_answer_to_a_create_is_lost(desk: Desk) -> None:
    await desk.tell("/faults", method="CreatePayment", fault="drop_after")
    view = await desk.sell()
    found = await desk.till.sales.check(view.payment.id)
    await desk.pay(found)


async def the_answer_to_a_refund_is_lost(desk: Desk) -> None:
    view = await desk.sold()
    await desk.tell("/faults", method="CreateRefund", fault="drop_after")
    refund = await desk.give_back(view, "250.50")
    (made,) = await desk.ask("GET", "/refunds")
    await desk.till.refund_decisions.resolve_found(
        refund.refund.id, made["id"], REASON, approval=await desk.allowed(Right.RESOLVE_REFUND)
    )


async def money_comes_late_and_goes_back(desk: Desk) -> None:
    view = await desk.sell()
    await desk.tell(f"/payments/{view.payment.payment_id}/decline")
    await desk.till.sales.check(view.payment.id)
    await desk.till.sales.back_to_receipt(view.payment.id)
    await desk.pay(view)
    await desk.till.sales.check(view.payment.id)
    await desk.give_back(view, "250.50")


async def a_receipt_waits_and_the_shift_ends(desk: Desk) -> None:
    saved = await desk.till.receipts.draft()
    receipt = saved.receipt.add("Сок", Money.of("99.90"), ONE)
    saved = await desk.till.receipts.save(saved, receipt)
    await desk.till.receipts.park(saved.id)
    await desk.sold()
    await desk.till.receipts.take_up(saved.id)
    await desk.till.shifts.close()


SCENARIOS: dict[str, Callable[[Desk], Awaitable[None]]] = {
    run.__name__: run
    for run in (
        paid,
        cancelled,
        declined_and_paid_with_a_new_qr,
        paid_while_it_is_cancelled,
        lines_go_back,
        two_sums_go_back,
        a_refund_takes_its_time,
        a_refund_is_refused_and_tried_again,
        the_answer_to_a_create_is_lost,
        the_answer_to_a_refund_is_lost,
        money_comes_late_and_goes_back,
        a_receipt_waits_and_the_shift_ends,
    )
}


async def play(desk: Desk, name: str) -> str:
    """Run one to its end, or to what the till refuses; returns the failure, "" when all went."""
    try:
        await SCENARIOS[name](desk)
    except CashierError as error:
        return error.failure.value
    return ""
