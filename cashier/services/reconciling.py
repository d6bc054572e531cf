"""Asking the gateway for every payment and refund of a shift again, since it has no list of them.

Nothing is changed: a difference is listed; the watch takes in what is new by itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from cashier.clock import Clock
from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState, Standing, standing
from cashier.domain.refund import Refund, RefundState
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Mismatch, Ok, Refused
from cashier.gateway.requests import Expected, ExpectedRefund
from cashier.services.traffic import Priority, Traffic

SILENT_AT_MOST = 3
"""Calls in a row without an answer after which the rest is not asked."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the gateway says otherwise.

    `number`: the receipt's, or the refund's tag; `told`: the gateway's word, "error 3" for a
    refusal, "" for an unknown refund that it cannot be asked about. `fields`: what else differs.
    """

    number: str
    amount: Money
    known: PaymentState | RefundState
    told: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reconciliation is."""

    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How it ended. `unanswered`: those that the gateway said nothing usable of."""

    at: datetime
    payments: int
    refunds: int
    unanswered: int
    differences: tuple[Difference, ...]

    @property
    def is_clean(self) -> bool:
        return self.unanswered == 0 and not self.differences

    def facts(self) -> dict[str, object]:
        """As the journal's chain keeps it."""
        return {
            "payments": self.payments,
            "refunds": self.refunds,
            "unanswered": self.unanswered,
            "differences": [
                [one.number, one.amount, one.known, one.told] for one in self.differences
            ],
        }


class Reconciler:
    """Asks one after the other, behind everything that moves money."""

    def __init__(self, *, gateway: Gateway, clock: Clock, traffic: Traffic) -> None:
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic

    async def run(
        self,
        payments: Sequence[Payment],
        refunds: Sequence[tuple[Refund, Payment]],
        report_progress: Callable[[Progress], None],
    ) -> Reconciliation:
        """Stops asking when the gateway has gone silent."""
        asked = [one for one in payments if one.sent_at is not None]
        whole = len(asked) + len(refunds)
        questions: list[Callable[[], Awaitable[tuple[Difference, ...] | None]]] = [
            *(partial(self._ask_payment, one) for one in asked),
            *(partial(self._ask_refund, one) for one in refunds),
        ]
        differences: list[Difference] = []
        silent = unanswered = 0
        for done, ask in enumerate(questions):
            report_progress(Progress(done, whole))
            found = await ask() if silent < SILENT_AT_MOST else None
            silent = silent + 1 if found is None else 0
            unanswered += found is None
            differences += found or ()
        report_progress(Progress(whole, whole))
        return Reconciliation(
            at=self._clock.utc(),
            payments=len(asked),
            refunds=len(refunds),
            unanswered=unanswered,
            differences=tuple(differences),
        )

    async def _ask_payment(self, payment: Payment) -> tuple[Difference, ...] | None:
        """What differs; None when the gateway gave no usable answer."""
        if not payment.payment_id:
            return await self._ask_order(payment)
        expect = Expected(order_id=payment.order_id, amount=payment.amount)
        async with self._traffic.call(Priority.BACKGROUND):
            outcome = await self._gateway.get_payment(payment.payment_id, expect=expect)
        match outcome:
            case Ok(info):
                same = standing(info.status) is standing(payment.status)
                return () if same else (_differs(payment, info.status),)
            case Mismatch(info, fields):
                return (_differs(payment, info.status, fields),)
            case Refused(code, _, _) if code != 0:
                return (_differs(payment, f"error {code}"),)
            case _:
                return None

    async def _ask_order(self, payment: Payment) -> tuple[Difference, ...] | None:
        """A payment that the gateway never named: it must not have taken money for it."""
        expect = Expected(order_id=payment.order_id, amount=payment.amount)
        async with self._traffic.call(Priority.BACKGROUND):
            outcome = await self._gateway.get_payment_by_order(payment.order_id, expect=expect)
        match outcome:
            case Ok(info):
                is_paid = standing(info.status) is Standing.PAID
                return (_differs(payment, info.status),) if is_paid else ()
            case Mismatch(info, fields):
                return (_differs(payment, info.status, fields),)
            case Refused(code, _, _) if code != 0:
                return ()
            case _:
                return None

    async def _ask_refund(self, about: tuple[Refund, Payment]) -> tuple[Difference, ...] | None:
        refund, payment = about
        if not refund.refund_id:
            is_doubted = refund.state is RefundState.UNKNOWN
            return (_refund_differs(refund, ""),) if is_doubted else ()
        expect = ExpectedRefund(payment_id=payment.payment_id, amount=refund.amount)
        async with self._traffic.call(Priority.BACKGROUND):
            outcome = await self._gateway.get_refund(refund.refund_id, expect=expect)
        match outcome:
            case Ok(info):
                same = standing(info.status) is standing(refund.status)
                return () if same else (_refund_differs(refund, info.status),)
            case Mismatch(info, fields):
                return (_refund_differs(refund, info.status, fields),)
            case Refused(code, _, _) if code != 0:
                return (_refund_differs(refund, f"error {code}"),)
            case _:
                return None


def _differs(payment: Payment, told: str, fields: tuple[str, ...] = ()) -> Difference:
    return Difference(payment.receipt_number, payment.amount, payment.state, told, fields)


def _refund_differs(refund: Refund, told: str, fields: tuple[str, ...] = ()) -> Difference:
    return Difference(refund.tag, refund.amount, refund.state, told, fields)
