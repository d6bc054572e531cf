"""Shifts: X at any time, Z closes, and the reconciliation that no list of the gateway offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency
from cashier.domain.payment import Payment, PaymentState, standing
from cashier.domain.refund import Refund
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.shift import Shift
from cashier.domain.shift_report import LONGEST, ShiftReport, report
from cashier.domain.staff import Right
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Mismatch, Ok, Refused
from cashier.gateway.requests import Expected, ExpectedRefund
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services.staff import Approval, Staff
from cashier.services.traffic import Priority, Traffic

_OPEN = (PaymentState.PREPARED, PaymentState.SENDING, PaymentState.OPEN, PaymentState.CLOSING)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the gateway says otherwise; `told` is its word, "" when it has no answer."""

    number: str
    known: str
    told: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reconciliation is."""

    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every payment and refund of the shift, asked again."""

    payments: int
    refunds: int
    unanswered: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands in the way of the Z report."""

    parked: int
    open: int

    @property
    def is_ready(self) -> bool:
        return self.parked == 0 and self.open == 0


class Shifts:
    """Use cases over this till's shifts. All raise CashierError."""

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        staff: Staff,
    ) -> None:
        self._journal = journal
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic
        self._staff = staff

    async def open(self) -> Shift:
        """Open a shift by hand; the first sale does it otherwise."""
        actor = self._staff.require(Right.SELL)
        return await self._journal.write(lambda ledger: ledger.ensure_shift(), actor=actor.id)

    async def x_report(self, currency: Currency = Currency.RUB) -> ShiftReport:
        """The open shift so far. Raises NO_SHIFT."""
        self._staff.require(Right.X_REPORT)
        return await self._journal.read(lambda reader: _report(reader, currency))

    async def readiness(self) -> Readiness:
        """What has to be decided before the shift can be closed."""
        return await self._journal.read(_readiness)

    def is_too_long(self, shift: Shift) -> bool:
        """Whether the shift has been open for more than a day."""
        return (self._clock.utc() - shift.opened_at).total_seconds() > LONGEST

    async def close(
        self,
        currency: Currency = Currency.RUB,
        *,
        hand_over: bool = False,
        approval: Approval | None = None,
    ) -> ShiftReport:
        """The Z report. Unknown, mismatched and late payments are printed and carried over.

        `hand_over`: a senior takes open payments over into the next shift. Raises NO_SHIFT,
        SHIFT_NOT_READY(parked, open).
        """
        actor = self._staff.require(Right.Z_REPORT, approval)

        def change(ledger: Ledger) -> ShiftReport:
            ready = _readiness(ledger)
            if ready.parked or (ready.open and not hand_over):
                raise CashierError(Failure.SHIFT_NOT_READY, parked=ready.parked, open=ready.open)
            made = _report(ledger, currency)
            facts = {
                "paid": made.whole.paid,
                "sold": made.whole.sold.minor,
                "refunded": made.whole.refunded.minor,
                "currency": currency.value,
                "carried": [one.id for one in made.carried_payments],
                "handed_over": ready.open,
                "approver": actor.approver,
            }
            ledger.close_shift(made.shift.id, facts=facts, by=actor.id)
            return made

        return await self._journal.write(change, actor=actor.id)

    async def reconcile(
        self, report_progress: Callable[[Progress], None], approval: Approval | None = None
    ) -> Reconciliation:
        """Ask the gateway for every payment and refund of the open shift once more.

        Nothing is changed: a difference is listed, the watch takes in what is new by itself.
        """
        self._staff.require(Right.RECONCILE, approval)
        payments, refunds = await self._journal.read(_of_shift)
        asked_payments = [one for one in payments if one.payment_id]
        asked_refunds = [one for one in refunds if one.refund_id]
        whole = len(asked_payments) + len(asked_refunds)
        differences: list[Difference] = []
        unanswered = done = 0
        for payment in asked_payments:
            found = await self._ask_payment(payment)
            unanswered += found is None
            differences += found or ()
            done += 1
            report_progress(Progress(done, whole))
        gateway_ids = {one.id: one.payment_id for one in payments}
        for refund in asked_refunds:
            found = await self._ask_refund(refund, gateway_ids.get(refund.payment_id, ""))
            unanswered += found is None
            differences += found or ()
            done += 1
            report_progress(Progress(done, whole))
        return Reconciliation(
            len(asked_payments), len(asked_refunds), unanswered, tuple(differences)
        )

    async def _ask_payment(self, payment: Payment) -> tuple[Difference, ...] | None:
        """What differs; None when the gateway gave no usable answer."""
        expect = Expected(order_id=payment.order_id, amount=payment.amount)
        async with self._traffic.call(Priority.BACKGROUND):
            outcome = await self._gateway.get_payment(payment.payment_id, expect=expect)
        known = payment.state.value
        match outcome:
            case Ok(info):
                if standing(info.status) is standing(payment.status):
                    return ()
                return (Difference(payment.receipt_number, known, info.status),)
            case Mismatch(info, fields):
                return (Difference(payment.receipt_number, known, info.status, fields),)
            case Refused(code, _, _) if code != 0:
                return (Difference(payment.receipt_number, known, f"error {code}"),)
            case _:
                return None

    async def _ask_refund(
        self, refund: Refund, gateway_payment: str
    ) -> tuple[Difference, ...] | None:
        expect = ExpectedRefund(payment_id=gateway_payment, amount=refund.amount)
        async with self._traffic.call(Priority.BACKGROUND):
            outcome = await self._gateway.get_refund(refund.refund_id, expect=expect)
        known = refund.state.value
        match outcome:
            case Ok(info):
                if standing(info.status) is standing(refund.status):
                    return ()
                return (Difference(refund.tag, known, info.status),)
            case Mismatch(info, fields):
                return (Difference(refund.tag, known, info.status, fields),)
            case Refused(code, _, _) if code != 0:
                return (Difference(refund.tag, known, f"error {code}"),)
            case _:
                return None


def _shift(reader: Reader) -> Shift:
    shift = reader.open_shift()
    if shift is None:
        raise CashierError(Failure.NO_SHIFT)
    return shift


def _of_shift(reader: Reader) -> tuple[list[Payment], list[Refund]]:
    shift = _shift(reader)
    return reader.shift_payments(shift.id), reader.shift_refunds(shift.id)


def _report(reader: Reader, currency: Currency) -> ShiftReport:
    payments, refunds = _of_shift(reader)
    return report(_shift(reader), payments, refunds, currency=currency)


def _readiness(reader: Reader) -> Readiness:
    parked = len(reader.receipts({ReceiptState.PARKED}))
    return Readiness(parked=parked, open=len(reader.payments(_OPEN)))
