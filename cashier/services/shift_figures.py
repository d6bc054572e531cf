"""Reading a shift out of the journal: what belongs to it, what it has to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

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
_BACK = timedelta(hours=1)
"""How far the wall clock may have been turned back since the last Z report."""
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


def shift_contents(reader: Reader, shift: Shift) -> tuple[list[Payment], list[Refund]]:
    """The payments and refunds that count in the open `shift`.

    They are those made in it, and those of earlier shifts whose money came, or went back, only
    after the last Z report: no report has had them yet.
    """
    payments = reader.shift_payments(shift.id)
    refunds = reader.shift_refunds(shift.id)
    before = next((one for one in reader.shifts(2) if one.id != shift.id), None)
    if before is None or before.closed_at is None:
        return payments, refunds
    end = closing(reader, before).seq
    since = before.closed_at - _BACK

    def is_later(subject: str, is_it: Callable[[Event], bool]) -> bool:
        first = next((one for one in reader.events(subject) if is_it(one)), None)
        return first is not None and first.seq > end

    mine = {one.id for one in payments} | {one.id for one in refunds}
    came = [*reader.payments(SOLD, since=since), *reader.accepted(after=end)]
    payments += [
        one
        for one in came
        if one.id not in mine and not one.is_adopted and is_later(one.id, _brings_money)
    ]
    went = reader.refunds(GIVEN_BACK, since=since)
    refunds += [one for one in went if one.id not in mine and is_later(one.id, _gives_back)]
    return payments, refunds


def shift_report(reader: Reader, currency: Currency) -> ShiftReport:
    """The open shift as it stands. Raises CashierError(NO_SHIFT)."""
    shift = open_shift(reader)
    payments, refunds = shift_contents(reader, shift)
    own = {one.id for one in payments}
    others = {one.payment_id for one in refunds} - own
    return report(
        shift,
        payments,
        refunds,
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


def _brings_money(event: Event) -> bool:
    if event.kind == "payment.moved":
        return event.facts.get("to") in _SETTLED_SALES
    return event.kind == "payment.decided" and event.facts["decision"] == Decision.ACCEPTED.value


def _gives_back(event: Event) -> bool:
    return event.kind.startswith("refund.") and event.facts.get("to") in _SETTLED_REFUNDS
