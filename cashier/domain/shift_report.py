"""What a shift came to: the figures of the X and the Z report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from cashier.domain.money import Currency, Money, total
from cashier.domain.payment import Decision, Payment, PaymentState, Standing, standing
from cashier.domain.refund import Refund, RefundState
from cashier.domain.shift import Shift

LONGEST = 24 * 3600
"""Seconds that a shift may be open."""

SOLD = frozenset({PaymentState.PAID, PaymentState.LATE_PAID})
GIVEN_BACK = frozenset({RefundState.SUCCEEDED, RefundState.ACCEPTED, RefundState.RESOLVED_EXECUTED})
OPEN = frozenset(
    {PaymentState.PREPARED, PaymentState.SENDING, PaymentState.OPEN, PaymentState.CLOSING}
)
"""Payments that a customer may be paying: cancelled or handed over before the shift ends."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of the report: counts of payments, and sums in one currency.

    `corrected`: refunds that an earlier report counted and that were not executed after all.
    """

    key: str
    paid: int
    sold: Money
    declined: int
    cancelled: int
    unknown: int
    refunds: int
    refunded: Money
    corrected: Money

    @property
    def given_back(self) -> Money:
        """Refunds less corrections; negative where an earlier report had more than was so."""
        return self.refunded - self.corrected

    @property
    def revenue(self) -> Money:
        """What stays after refunds."""
        return self.sold - self.given_back


@dataclass(frozen=True, slots=True)
class Hour:
    """Sales of one hour by the till's own clock; `start` has its zone."""

    start: datetime
    sold: Money


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """The whole report.

    `carried`: payments and refunds that nobody has settled, of earlier shifts too; `handed_over`:
    open payments that go on in the next shift. `corrected_refunds`: those of the corrections, in
    the state that took them back. `other_currencies`: what was taken besides, one row
    for each currency. `median_wait`: seconds from the QR on screen to the money. `mark`: the end
    of the journal's chain, "" where it was not asked for.
    """

    shift: Shift
    whole: Figures
    by_terminal: tuple[Figures, ...]
    by_cashier: tuple[Figures, ...]
    by_hour: tuple[Hour, ...]
    carried_payments: tuple[Payment, ...]
    carried_refunds: tuple[Refund, ...]
    handed_over: tuple[Payment, ...] = ()
    corrected_refunds: tuple[Refund, ...] = ()
    other_currencies: tuple[Figures, ...] = ()
    median_wait: int | None = None
    mark: str = ""

    @property
    def average(self) -> Money | None:
        """The average receipt, rounded down; None before the first sale."""
        if self.whole.paid == 0:
            return None
        return Money(self.whole.sold.minor // self.whole.paid, self.whole.sold.currency)


def report(
    shift: Shift,
    payments: Iterable[Payment],
    refunds: Iterable[Refund],
    *,
    currency: Currency,
    zone: tzinfo | None = None,
    refunded: Mapping[str, Payment] | None = None,
    corrected: Iterable[Refund] = (),
    unsettled: Iterable[Payment] = (),
    unknown_refunds: Iterable[Refund] = (),
) -> ShiftReport:
    """Add a shift up, in one currency. `zone` is the till's, for the hours.

    A refund counts for the terminal its payment was made at (`refunded`, where that was in another
    shift) and for whoever made the refund. `corrected`: refunds that an earlier report counted and
    that have come to nothing since; they are not among `refunds`. `unsettled` and
    `unknown_refunds` are what earlier shifts have left.
    """
    payments, refunds, corrected = tuple(payments), tuple(refunds), tuple(corrected)
    known = {**(refunded or {}), **{one.id: one for one in payments}}
    own = [one for one in payments if one.amount.currency is currency]
    back = [one for one in refunds if one.amount.currency is currency]
    undone = [one for one in corrected if one.amount.currency is currency]
    left = {one.id: one for one in (*unsettled, *payments)}.values()
    doubted = {one.id: one for one in (*unknown_refunds, *refunds)}.values()

    def terminal_of(refund: Refund) -> str:
        payment = known.get(refund.payment_id)
        return payment.terminal_name if payment is not None else ""

    def grouped(
        key: Callable[[Payment], str], refund_key: Callable[[Refund], str]
    ) -> tuple[Figures, ...]:
        rows: dict[str, list[Payment]] = defaultdict(list)
        gone: dict[str, list[Refund]] = defaultdict(list)
        came: dict[str, list[Refund]] = defaultdict(list)
        for payment in own:
            rows[key(payment)].append(payment)
        for refund in back:
            gone[refund_key(refund)].append(refund)
        for refund in undone:
            came[refund_key(refund)].append(refund)
        names = sorted({*rows, *gone, *came})
        made = (_figures(name, rows[name], gone[name], came[name], currency) for name in names)
        return tuple(one for one in made if _says_anything(one))

    return ShiftReport(
        shift=shift,
        whole=_figures("", own, back, undone, currency),
        by_terminal=grouped(lambda payment: payment.terminal_name, terminal_of),
        by_cashier=grouped(lambda payment: payment.cashier, lambda refund: refund.actor),
        by_hour=_hours(shift, own, currency, zone),
        carried_payments=tuple(one for one in left if one.needs_decision),
        carried_refunds=tuple(one for one in doubted if one.state is RefundState.UNKNOWN),
        handed_over=tuple(one for one in left if one.state in OPEN),
        corrected_refunds=corrected,
        other_currencies=_others(payments, refunds, corrected, currency),
        median_wait=_median_wait(own),
    )


def counts_as_sold(payment: Payment) -> bool:
    """Whether its money is in the shop, as far as anybody knows."""
    if payment.state is PaymentState.QUARANTINE and payment.decision is not Decision.ACCEPTED:
        return False
    return payment.has_money


def _says_anything(one: Figures) -> bool:
    counts = (one.paid, one.declined, one.cancelled, one.unknown, one.refunds)
    return any(counts) or bool(one.corrected)


def _others(
    payments: tuple[Payment, ...],
    refunds: tuple[Refund, ...],
    corrected: tuple[Refund, ...],
    currency: Currency,
) -> tuple[Figures, ...]:
    rows = []
    for other in Currency:
        own = [one for one in payments if one.amount.currency is other]
        back = [one for one in refunds if one.amount.currency is other]
        undone = [one for one in corrected if one.amount.currency is other]
        if other is not currency and (own or back or undone):
            rows.append(_figures(other.value, own, back, undone, other))
    return tuple(one for one in rows if _says_anything(one))


def _figures(
    key: str,
    payments: list[Payment],
    refunds: list[Refund],
    corrected: list[Refund],
    currency: Currency,
) -> Figures:
    sold = [one for one in payments if counts_as_sold(one)]
    back = [one for one in refunds if one.state in GIVEN_BACK]
    failed = [one for one in payments if one.state is PaymentState.FAILED]
    expired = [one for one in failed if standing(one.status) is Standing.EXPIRED]
    closed = [one for one in payments if one.state is PaymentState.CLOSED]
    return Figures(
        key=key,
        paid=len(sold),
        sold=total((one.amount for one in sold), currency),
        declined=len(failed) - len(expired),
        cancelled=len(closed) + len(expired),
        unknown=sum(_is_unknown(one) for one in payments),
        refunds=len(back),
        refunded=total((one.amount for one in back), currency),
        corrected=total((one.amount for one in corrected), currency),
    )


def _is_unknown(payment: Payment) -> bool:
    """Nobody knows what became of the money: a mismatch says so too until somebody decides."""
    if payment.state is PaymentState.UNKNOWN:
        return True
    return payment.state is PaymentState.QUARANTINE and payment.decision is None


def _hours(
    shift: Shift, payments: list[Payment], currency: Currency, zone: tzinfo | None
) -> tuple[Hour, ...]:
    """From the first hour with a sale to the last, in the order they came, midnight or not.

    What an earlier shift began counts from the opening on. Hours are counted in UTC, so that none
    is there twice when the clocks go back.
    """
    sums: dict[datetime, int] = defaultdict(int)
    for payment in payments:
        if counts_as_sold(payment):
            moment = max(payment.created_at, shift.opened_at).astimezone(zone)
            start = moment.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
            sums[start] += payment.amount.minor
    if not sums:
        return ()
    starts = [min(sums)]
    while starts[-1] < max(sums):
        starts.append(starts[-1] + timedelta(hours=1))
    if len(starts) > 2 * LONGEST // 3600:
        starts = sorted(sums)
    hours = (Hour(one.astimezone(zone), Money(sums[one], currency)) for one in starts)
    return tuple(hours)


def _median_wait(payments: list[Payment]) -> int | None:
    waits = sorted(
        int((one.changed_at - one.url_shown_at).total_seconds())
        for one in payments
        if one.state is PaymentState.PAID and one.url_shown_at is not None
    )
    waits = [one for one in waits if one >= 0]
    return waits[(len(waits) - 1) // 2] if waits else None
