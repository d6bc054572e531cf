"""A rush: several people press at the same moment on one till, over and over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from cashier.domain.failure import CashierError
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from tests.simulation.fleet import Verdict
from tests.simulation.shop import Shop
from tests.simulation.world import Size, simulate

RUSH = Size(tills=(1,), sales=(2, 2), seconds=(25, 40), faults=(0.02, 0.1), deaths=(0.0,))


class Rush(Shop):
    """Everything that can be done is done at once, in an order that the seed draws."""

    async def _serve(self) -> None:
        for view in self._till.view().payments:
            await self._show(view)
        await self._press(await self._everything())

    async def _manage(self) -> None:
        await self._press(await self._everything())

    async def _everything(self) -> list[Callable[[], Awaitable[object]]]:
        doings: list[Callable[[], Awaitable[object]]] = []
        if self.sales_left > 0:
            doings.append(self._new_sale)
        for view in self._till.view().payments:
            doings += [doing for _, doing in self._doings_with(view)] * 2
            doings.append(partial(self._charge, view.receipt.id))
        for payment in await self._payments():
            if payment.state is PaymentState.PAID:
                share = Money(payment.amount.minor * 2 // 3 + 1)
                doings += await self._refunds_at_once(payment, share, 3)
                doings.append(partial(self._refund_whole, payment))
        return doings

    async def _press(self, doings: list[Callable[[], Awaitable[object]]]) -> None:
        self._chance.shuffle(doings)

        async def after(wait: float, doing: Callable[[], Awaitable[object]]) -> None:
            await self._life.sleep(wait)
            try:
                await doing()
            except CashierError as error:
                self._met[f"refusal {error.failure.value}"] += 1

        waits = (0.0, 0.0, 0.02, 0.3)
        pressed = [partial(after, self._chance.choice(waits), doing) for doing in doings[:8]]
        await self._both(*pressed)


def race(rounds: int, first: int = 0) -> list[Verdict]:
    """The rounds that broke a rule."""
    bad = []
    for seed in range(first, first + rounds):
        outcome = simulate(seed, RUSH, people=Rush)
        if outcome.violations:
            verdict = Verdict(seed, outcome.digest, tuple(outcome.violations[:3]), outcome.met)
            bad.append(verdict)
    return bad
