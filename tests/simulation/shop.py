"""The people at one till: a cashier who sells, and a manager who refunds and decides.

They do what the screens allow, at moments drawn from the seed, and also what nobody should:
press twice, cancel what is being paid, retry at once.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from cashier.domain.failure import CashierError
from cashier.domain.money import Money
from cashier.domain.payment import Action, Decision, Payment, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.refund import NOT_EXECUTED_AFTER, Refund, RefundState
from cashier.domain.saved_receipt import ReceiptState
from cashier.journal.reader import Reader
from cashier.services.views import PaymentView
from tests.simulation.bank import Bank
from tests.simulation.life import Dead, Life

T = TypeVar("T")
_OVER = (PaymentState.FAILED, PaymentState.CLOSED, PaymentState.ABANDONED, PaymentState.REFUSED)
_HAS_MONEY = (PaymentState.PAID, PaymentState.LATE_PAID)


class Shop:
    """Works one run of a till. `is_open`: whether new sales are begun."""

    def __init__(self, life: Life, bank: Bank, chance: random.Random, *, sales: int) -> None:
        self._life = life
        self._till = life.till
        self._bank = bank
        self._chance = chance
        self._met = life.met
        self.sales_left = sales
        self.is_open = True

    async def sell(self) -> None:
        """The cashier, until the shop closes."""
        while self.is_open:
            await self._life.sleep(self._chance.uniform(0.2, 6))
            await self._try("serve", self._serve)

    async def manage(self) -> None:
        """The manager, until the shop closes."""
        while self.is_open:
            await self._life.sleep(self._chance.uniform(0.5, 5))
            await self._try("manage", self._manage)

    async def clear_desk(self) -> None:
        """What people still have to do once the gateway is well again: nothing may be left."""
        for view in list(self._till.view().payments):
            match view.payment.state:
                case PaymentState.PREPARED:
                    await self._try("withdraw", partial(self._withdraw, view))
                case _:
                    pass
        for refund in list(self._till.view().refund_tasks):
            match refund.refund.state:
                case RefundState.PREPARED:
                    await self._try(
                        "withdraw refund",
                        partial(self._till.refunds.withdraw, refund.refund.id),
                    )
                case RefundState.UNKNOWN:
                    await self._try("resolve", partial(self._resolve, refund.refund))
                case _:
                    pass

    async def refund_everything(self) -> None:
        """Give back all that is left of a few payments: the sum must come out exactly."""
        paid = [one for one in await self._payments() if one.state in _HAS_MONEY]
        for payment in paid[-1:]:
            await self._try("refund all", partial(self._refund_whole, payment))

    # Selling

    async def _serve(self) -> None:
        for view in self._till.view().payments:
            await self._show(view)
        doings: list[tuple[int, Callable[[], Awaitable[object]]]] = []
        if self.sales_left > 0:
            doings.append((12, self._new_sale))
        for view in self._till.view().payments:
            doings += self._doings_with(view)
        if not doings:
            return
        weights = [weight for weight, _ in doings]
        doing = self._chance.choices([one for _, one in doings], weights)[0]
        await doing()

    def _doings_with(self, view: PaymentView) -> list[tuple[int, Callable[[], Awaitable[object]]]]:
        payment, sales = view.payment, self._till.sales
        doings: list[tuple[int, Callable[[], Awaitable[object]]]] = []
        if payment.allows(Action.CANCEL):
            doings.append((1, lambda: sales.cancel(payment.id)))
        if payment.allows(Action.CHECK):
            doings.append((2, lambda: sales.check(payment.id)))
        if payment.allows(Action.SEND):
            doings.append((6, lambda: sales.send(payment.id)))
            doings.append((2, lambda: self._withdraw(view)))
        if payment.state is PaymentState.UNKNOWN and view.checks > 2:
            doings.append((3, lambda: self._take_as_unpaid(payment)))
        if payment.state in _OVER and view.receipt.state is ReceiptState.FROZEN:
            doings.append((8, lambda: self._again(view)))
            doings.append((2, lambda: sales.back_to_receipt(payment.id)))
        if payment.state is PaymentState.PAID and not payment.is_result_seen:
            doings.append((6, lambda: sales.result_seen(payment.id)))
        return doings

    async def _new_sale(self) -> None:
        self.sales_left -= 1
        receipts = self._till.receipts
        parked = await receipts.parked()
        if parked and self._chance.random() < 0.5:
            saved = await receipts.take_up(parked[0].id)
        else:
            saved = await receipts.draft()
        if not saved.receipt.lines:
            receipt = saved.receipt
            for number in range(self._chance.randint(1, 3)):
                price = Money(self._chance.randint(100, 50_000))
                quantity = Quantity.of(str(self._chance.choice((1, 1, 2, 3))))
                receipt = receipt.add(f"Товар {number}", price, quantity)
            saved = await receipts.save(saved, receipt)
        if self._chance.random() < 0.1:
            self._met["receipt parked"] += 1
            await receipts.park(saved.id)
            return
        await self._charge(saved.id)

    async def _again(self, view: PaymentView) -> None:
        self._met["another attempt"] += 1
        await self._charge(view.receipt.id)

    async def _charge(self, receipt_id: str) -> None:
        sales = self._till.sales
        if self._chance.random() < 0.15:
            self._met["P1 pressed twice"] += 1
            await self._both(lambda: sales.charge(receipt_id), lambda: sales.charge(receipt_id))
        else:
            await self._show(await sales.charge(receipt_id))
        for view in self._till.view().payments:
            await self._show(view)

    async def _show(self, view: PaymentView) -> None:
        """The QR comes on screen, and a customer takes out a phone."""
        payment = view.payment
        if payment.state is not PaymentState.OPEN or not payment.payment_url:
            return
        if payment.url_shown_at is None:
            await self._till.sales.qr_shown(payment.id)
        number = payment.payment_url.rpartition("/")[2]
        if number in self._bank.payments:
            self._bank.show(self._bank.payments[number].order_id)

    async def _withdraw(self, view: PaymentView) -> None:
        await self._till.sales.withdraw(view.payment.id)

    async def _take_as_unpaid(self, payment: Payment) -> None:
        self._met["senior takes an unknown one as unpaid"] += 1
        await self._till.decisions.take_as_unpaid(payment.id, "покупатель ушёл")

    # Refunds and decisions

    async def _manage(self) -> None:
        view = self._till.view()
        for task in view.tasks:
            if await self._decide(task):
                return
        for one in view.refund_tasks:
            refund = one.refund
            if refund.state is RefundState.PREPARED:
                again = self._chance.random() < 0.6
                refunds = self._till.refunds
                await (refunds.send(refund.id) if again else refunds.withdraw(refund.id))
                return
            if refund.state is RefundState.UNKNOWN and self._chance.random() < 0.3:
                await self._resolve(refund)
                return
        paid = [one for one in await self._payments() if one.state in _HAS_MONEY]
        if paid and self._chance.random() < 0.7:
            await self._refund(self._chance.choice(paid))

    async def _decide(self, view: PaymentView) -> bool:
        payment, decisions = view.payment, self._till.decisions
        if self._chance.random() < 0.5:
            return False
        if payment.state is PaymentState.LATE_PAID:
            if self._chance.random() < 0.5:
                self._met["late money restores its sale"] += 1
                await decisions.restore_sale(payment.id, "товар отдан")
            else:
                self._met["R27 late money goes back"] += 1
                await self._refund_whole(payment)
            return True
        if payment.status == "successful":
            await decisions.accept_mismatch(payment.id, "сумма верна")
            return True
        return False

    async def _refund(self, payment: Payment) -> None:
        refunds = self._till.refunds
        form = await refunds.open(payment.id)
        kind = self._chance.choice(("whole", "sum", "line", "twice", "too much"))
        left = form.left.minor
        match kind:
            case "whole":
                await self._refund_whole(payment)
            case "sum" if left > 0:
                amount = Money(self._chance.randint(1, left))
                await refunds.refund_sum(payment.id, amount, "часть")
            case "line":
                lines = [one for one in form.lines if one.left >= 1000]
                if lines:
                    line = self._chance.choice(lines)
                    await refunds.refund_lines(
                        payment.id, {line.sold.line.id: Quantity(1000)}, "не подошло"
                    )
            case "twice" if left > 1:
                self._met["R1 refund pressed twice"] += 1
                amount = Money(left * 2 // 3 + 1)
                await self._both(
                    lambda: refunds.refund_sum(payment.id, amount, "дважды"),
                    lambda: refunds.refund_sum(payment.id, amount, "дважды"),
                )
            case "too much":
                self._met["R20 more than is left"] += 1
                await refunds.refund_sum(payment.id, Money(left + 1), "лишнее")
            case _:
                pass

    async def _refund_whole(self, payment: Payment) -> None:
        form = await self._till.refunds.open(payment.id)
        if form.left.minor > 0:
            await self._till.refunds.refund_sum(payment.id, form.left, "всё")

    async def _resolve(self, refund: Refund) -> None:
        """The manager looks for the tag in the cabinet."""
        decisions = self._till.refund_decisions
        true = self._bank.find_refund(refund.tag)
        if true is not None and true.status != "fail":
            self._met["R24 found in the cabinet"] += 1
            await decisions.resolve_found(refund.id, true.id, "найден в кабинете")
            return
        waited = (self._life.utc() - (refund.sent_at or refund.changed_at)).total_seconds()
        if waited < NOT_EXECUTED_AFTER:
            self._met["R25 too early"] += 1
        else:
            self._met["R25 not executed"] += 1
        self._met["R24 found, and it had failed"] += true is not None
        await decisions.resolve_not_executed(refund.id, "в кабинете его нет, или он не прошёл")

    async def _payments(self) -> list[Payment]:
        def query(reader: Reader) -> list[Payment]:
            found = reader.payments(frozenset(PaymentState))
            return [one for one in found if one.decision is not Decision.TAKEN_AS_UNPAID]

        return await self._life.journal.read(query)

    # Every doing

    async def _both(self, *doings: Callable[[], Awaitable[object]]) -> None:
        await asyncio.gather(*(self._try("pressed twice", doing) for doing in doings))

    async def _try(self, what: str, doing: Callable[[], Awaitable[object]]) -> None:
        """A refusal is told on the screen and counted here; anything else is a bug."""
        self._life.check()
        try:
            await doing()
            self._life.look()
        except CashierError as error:
            self._met[f"refusal {error.failure.value}"] += 1
        except (Dead, asyncio.CancelledError):
            raise
        except Exception as error:  # noqa: BLE001  whatever it is, it is what we look for
            self._life.oracle.fail(f"till {self._life.number} {what}: {error!r}")
