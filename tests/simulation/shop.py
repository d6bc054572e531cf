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

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Action, Payment, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.refund import NOT_EXECUTED_AFTER, Refund, RefundState
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Right
from cashier.journal.reader import Reader
from cashier.services.staff import Approval
from cashier.services.views import PaymentView
from tests.simulation import bank as the_bank
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
        self._desk = life.desk
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

        for made in self._bank.not_entered(self._life.number):
            await self._try("enter", partial(self._enter, made))

    async def refund_everything(self) -> None:
        """Give back all that is left of a few payments: the sum must come out exactly."""
        for payment in (await self._payments())[-1:]:
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
        approval = await self._allow(Right.DECIDE_PAYMENT)
        await self._till.decisions.take_as_unpaid(payment.id, "покупатель ушёл", approval=approval)

    # Refunds and decisions

    async def _manage(self) -> None:
        view = self._till.view()
        for task in view.tasks:
            if await self._decide(task):
                return
        for one in view.refund_tasks:
            refund = one.refund
            if refund.state is RefundState.PREPARED:
                if self._chance.random() < 0.6:
                    await self._send_again(refund)
                else:
                    await self._till.refunds.withdraw(refund.id)
                return
            if refund.state is RefundState.UNKNOWN and self._chance.random() < 0.3:
                await self._resolve(refund)
                return
        for made in self._bank.not_entered(self._life.number):
            await self._enter(made)
            return
        match self._chance.choices(
            ("refund", "adopt", "account", "guess", "nothing"), (80, 3, 4, 1, 12)
        )[0]:
            case "adopt":
                await self._adopt()
            case "guess":
                await self._guess()
            case "nothing":
                pass
            case what:
                paid = await self._payments()
                if not paid:
                    return
                payment = self._chance.choice(paid)
                await (self._refund(payment) if what == "refund" else self._account(payment))

    async def _send_again(self, refund: Refund) -> None:
        payment = await self._life.journal.read(lambda r: r.payment(refund.payment_id))
        if payment.payment_id in self._not_entered():
            return
        approval = await self._allow(_right_to_refund(payment))
        await self._till.refunds.send(refund.id, approval=approval)

    async def _decide(self, view: PaymentView) -> bool:
        payment, decisions = view.payment, self._till.decisions
        if self._chance.random() < 0.5:
            return False
        if payment.state is PaymentState.LATE_PAID:
            if self._chance.random() < 0.35:
                self._met["late money restores its sale"] += 1
                approval = await self._allow(Right.DECIDE_PAYMENT)
                await decisions.restore_sale(payment.id, "товар отдан", approval=approval)
            elif payment.payment_id not in self._not_entered():
                self._met["R27 late money goes back"] += 1
                await self._refund_whole(payment)
            return True
        if payment.status == "successful":
            approval = await self._allow(Right.DECIDE_MISMATCH)
            await decisions.accept_mismatch(payment.id, "сумма верна", approval=approval)
            return True
        return False

    async def _refund(self, payment: Payment) -> None:
        form = await self._till.refunds.open(payment.id)
        if not form.is_budget_known and self._chance.random() < 0.8:
            await self._declare(payment)
            return
        kinds = ("whole", "sum", "line", "twice", "one PIN twice", "no PIN", "too much")
        kind = self._chance.choice(kinds)
        left = form.left.minor
        match kind:
            case "whole":
                await self._refund_whole(payment)
            case "sum" if left > 0:
                amount = Money(self._chance.randint(1, left))
                await self._refund_sum(payment, amount, "часть")
            case "line":
                lines = [one for one in form.lines if one.left >= 1000]
                if lines:
                    line = self._chance.choice(lines)
                    await self._till.refunds.refund_lines(
                        payment.id,
                        {line.sold.line.id: Quantity(1000)},
                        "не подошло",
                        approval=await self._allow(Right.REFUND),
                    )
            case "twice" if left > 1:
                self._met["R1 refund pressed twice"] += 1
                amount = Money(left * 2 // 3 + 1)
                await self._both(*await self._refunds_at_once(payment, amount, 2))
            case "one PIN twice" if left > 2:
                self._met["one PIN for two refunds"] += 1
                third = Money(left // 3)
                allowed = await self._allow(_right_to_refund(payment))
                for _ in range(2):
                    await self._till.refunds.refund_sum(
                        payment.id, third, "дважды", approval=allowed
                    )
            case "no PIN" if left > 0:
                self._met["a refund without a PIN"] += 1
                await self._till.refunds.refund_sum(payment.id, Money(left), "сам")
            case "too much":
                self._met["R20 more than is left"] += 1
                await self._refund_sum(payment, Money(left + 1), "лишнее")
            case _:
                pass

    async def _refund_whole(self, payment: Payment) -> None:
        form = await self._till.refunds.open(payment.id)
        if form.left.minor > 0:
            await self._refund_sum(payment, form.left, "всё")

    async def _refunds_at_once(
        self, payment: Payment, amount: Money, times: int
    ) -> list[Callable[[], Awaitable[object]]]:
        """Presses with a PIN given for each before, so that they come at the same moment."""
        words = [await self._allow(_right_to_refund(payment)) for _ in range(times)]
        refund = self._till.refunds.refund_sum
        return [partial(refund, payment.id, amount, "спешка", approval=word) for word in words]

    async def _refund_sum(self, payment: Payment, amount: Money, reason: str) -> None:
        approval = await self._allow(_right_to_refund(payment))
        await self._till.refunds.refund_sum(payment.id, amount, reason, approval=approval)

    async def _resolve(self, refund: Refund) -> None:
        """The manager looks for the tag in the cabinet."""
        decisions = self._till.refund_decisions
        true = self._bank.find_refund(refund.tag)
        if true is not None and true.status != "fail":
            self._met["R24 found in the cabinet"] += 1
            approval = await self._allow(Right.RESOLVE_REFUND)
            await decisions.resolve_found(
                refund.id, true.id, "найден в кабинете", approval=approval
            )
            return
        waited = (self._life.utc() - (refund.sent_at or refund.changed_at)).total_seconds()
        if waited < NOT_EXECUTED_AFTER:
            self._met["R25 too early"] += 1
        else:
            self._met["R25 not executed"] += 1
        self._met["R24 found, and it had failed"] += true is not None
        approval = await self._allow(Right.RESOLVE_REFUND)
        await decisions.resolve_not_executed(
            refund.id, "в кабинете его нет, или он не прошёл", approval=approval
        )

    async def _payments(self) -> list[Payment]:
        """Those with money. What went back in the account is entered before anything else."""
        waiting = self._not_entered()

        def query(reader: Reader) -> list[Payment]:
            found = reader.payments(_HAS_MONEY)
            return [one for one in found if one.payment_id not in waiting]

        return await self._life.journal.read(query)

    def _not_entered(self) -> set[str]:
        """Payments of which the manager knows that money went back, and the till does not yet."""
        return {one.payment_id for one in self._bank.not_entered(self._life.number)}

    # What was done elsewhere

    async def _adopt(self) -> None:
        """A slip of another shop: the manager takes its payment in, and says what went back."""
        number = self._life.number
        sold = self._bank.sell_elsewhere(number)
        asked = self._chance.choice((sold.id, sold.order_id))
        approval = await self._allow(Right.ADOPT)
        taken = (await self._till.history.adopt(asked, approval=approval)).payment
        if asked not in (taken.payment_id, taken.order_id):
            self._life.oracle.fail(f"till {number} asked for {asked}, adopted {taken.order_id}")
        if self._chance.random() < 0.7:
            await self._declare(taken)

    async def _declare(self, payment: Payment) -> None:
        """As the gateway's account shows it at this moment."""
        true = self._bank.payments[payment.payment_id]
        approval = await self._allow(Right.ADOPT)
        await self._till.history.declare_refunded(
            payment.id, Money(true.refunded), "по кабинету", approval=approval
        )

    async def _account(self, payment: Payment) -> None:
        """A part goes back in the gateway's account, within what the till says is left."""
        form = await self._till.refunds.open(payment.id)
        if form.left.minor > 0 and form.is_budget_known:
            true = self._bank.payments[payment.payment_id]
            amount = self._chance.randint(1, form.left.minor)
            refund = self._bank.refund_in_account(true, amount, self._life.number)
            await self._enter(refund)

    async def _enter(self, refund: the_bank.Refund) -> None:
        """It counts at the till from now on."""
        payment = await self._life.journal.read(
            lambda reader: reader.payment_by_gateway_id(refund.payment_id)
        )
        assert payment is not None
        approval = await self._allow(Right.RECORD_EXTERNAL)
        try:
            await self._till.refund_decisions.record_external(
                payment.id, refund.id, approval=approval
            )
        except CashierError as error:
            if error.failure is not Failure.ALREADY_LINKED:
                raise
        self._met["R22 entered by its number"] += 1
        refund.is_entered = True

    # PINs

    async def _allow(self, right: Right) -> Approval:
        """The manager gives a PIN, at times a wrong one first."""
        if self._chance.random() < 0.05:
            await self._desk.mistype(right)
        return await self._desk.allow(right)

    async def _guess(self) -> None:
        """Somebody tries until the door is shut, and pulls the plug to have it opened again."""
        self._met["somebody guesses PINs"] += 1
        for _ in range(self._chance.randint(5, 7)):
            await self._desk.mistype(Right.REFUND)
        if self._chance.random() < 0.3:
            self._life.maybe_die("while a door is shut", times=100)
        await self._desk.allow(Right.REFUND)

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


def _right_to_refund(payment: Payment) -> Right:
    return Right.ADOPT if payment.is_adopted else Right.REFUND
