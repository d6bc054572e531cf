"""Reading a shift out of the journal: what belongs to it, what it has to decide."""

from __future__ import annotations

from dataclasses import dataclass

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency
from cashier.domain.payment import Decision, Payment
from cashier.domain.refund import Refund, RefundState
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.shift import Shift
from cashier.domain.shift_report import GIVEN_BACK, OPEN, SOLD, ShiftReport, report
from cashier.journal.chain import Event
from cashier.journal.reader import Reader

CLOSED = "shift.closed"
_SETTLED_SALES = {state.value for state in SOLD}
_SETTLED_REFUNDS = {state.value for state in GIVEN_BACK}
_ON_THE_WAY = frozenset(
    {RefundState.PREPARED, RefundState.SENDING, RefundState.ACCEPTED, RefundState.FAIL_SEEN}
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands in the way of the Z report, and what would be carried over by it."""

    parked: int
    open: int
    carried: int = 0
    unknown_refunds: int = 0
    pending_refunds: int = 0

    @property
    def is_ready(self) -> bool:
        return self.parked == 0 and self.open == 0


def open_shift(reader: Reader) -> Shift:
    """Raises CashierError(NO_SHIFT)."""
    shift = reader.open_shift()
    if shift is None:
        raise CashierError(Failure.NO_SHIFT)
    return shift


def readiness(reader: Reader) -> Readiness:
    """Counted over everything of this till, whichever shift it began in."""
    return Readiness(
        parked=len(reader.receipts({ReceiptState.PARKED})),
        open=len(reader.payments(OPEN)),
        carried=len(reader.undecided()),
        unknown_refunds=len(reader.refunds({RefundState.UNKNOWN})),
        pending_refunds=len(reader.refunds(_ON_THE_WAY)),
    )


@dataclass(frozen=True, slots=True)
class Contents:
    """What counts in a shift. `corrected`: refunds that an earlier report had, and that failed."""

    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]
    corrected: tuple[Refund, ...] = ()


def shift_contents(reader: Reader, shift: Shift) -> Contents:
    """What counts in the open `shift`.

    That is what was made in it, and what has changed its worth since the last Z report: money of
    earlier shifts that came, or went back, only now, and refunds that were counted and came to
    nothing. The order of the journal decides, never the clock, so that each counts exactly once.
    """
    payments = reader.shift_payments(shift.id)
    refunds = reader.shift_refunds(shift.id)
    corrected: list[Refund] = []
    before = next((one for one in reader.shifts(2) if one.id != shift.id), None)
    if before is not None and before.closed_at is not None:
        counted = _Counted(reader, closing(reader, before))
        gone_on = reader.payments_gone_on(shift.id, counted.ends)
        payments += [one for one in gone_on if not one.is_adopted and counted.is_new(one)]
        for refund in reader.refunds_gone_on(shift.id, counted.ends):
            if refund.state in GIVEN_BACK and not counted.had(refund):
                refunds.append(refund)
            elif refund.state not in GIVEN_BACK and counted.had(refund):
                corrected.append(refund)
    refunds = [one for one in refunds if not _was_before(one)]
    return Contents(tuple(payments), tuple(refunds), tuple(corrected))


def shift_report(reader: Reader, currency: Currency) -> ShiftReport:
    """The open shift as it stands. Raises CashierError(NO_SHIFT)."""
    shift = open_shift(reader)
    found = shift_contents(reader, shift)
    own = {one.id for one in found.payments}
    others = {one.payment_id for one in (*found.refunds, *found.corrected)} - own
    return report(
        shift,
        found.payments,
        found.refunds,
        corrected=found.corrected,
        currency=currency,
        refunded={one: reader.payment(one) for one in others},
        unsettled=[*reader.undecided(), *reader.payments(OPEN)],
        unknown_refunds=reader.refunds({RefundState.UNKNOWN}),
    )


def closing(reader: Reader, shift: Shift) -> Event:
    """The event that ended a closed shift. Raises CashierError(NOT_FOUND)."""
    for event in reader.events(shift.id):
        if event.kind == CLOSED:
            return event
    raise CashierError(Failure.NOT_FOUND)


class _Counted:
    """What the last Z report had already counted, as the record tells it.

    `ends`: where the chains of all tills ended then. A report of an earlier version did not keep
    those of other tills; what they wrote is told by the clock.
    """

    def __init__(self, reader: Reader, closed: Event) -> None:
        self._reader = reader
        self._closed = closed
        told: dict[str, int] = closed.facts["facts"].get("ends", {})
        self._told = {**told, closed.till: closed.seq}
        self.ends = {till: self._told.get(till, 0) for till in reader.ends()}

    def is_new(self, payment: Payment) -> bool:
        """Whether its money has come since."""
        brought = [one for one in self._reader.events(payment.id) if _brings_money(one)]
        return bool(brought) and not any(self._is_before(one) for one in brought)

    def had(self, refund: Refund) -> bool:
        """Whether it was counted as given back."""
        moves = [
            one
            for one in self._reader.events(refund.id)
            if "to" in one.facts and self._is_before(one)
        ]
        last = max(moves, key=lambda one: int(one.facts["version"]), default=None)
        return last is not None and last.facts["to"] in _SETTLED_REFUNDS

    def _is_before(self, event: Event) -> bool:
        end = self._told.get(event.till)
        return event.utc <= self._closed.utc if end is None else event.seq <= end


def _was_before(refund: Refund) -> bool:
    """It went back before its payment was taken in here, which no shift of this till has sold."""
    return refund.is_external and not refund.refund_id


def _brings_money(event: Event) -> bool:
    if event.kind == "payment.moved":
        return event.facts.get("to") in _SETTLED_SALES
    return event.kind == "payment.decided" and event.facts["decision"] == Decision.ACCEPTED.value
