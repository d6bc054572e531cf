"""What a shift came to: the figures of the X and the Z report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from cashier.domain.money import Currency, Money, total
from cashier.domain.payment import Decision, Payment, PaymentState, Standing, standing
from cashier.domain.refund import Refund, RefundState
from cashier.domain.shift import Shift

LONGEST = 24 * 3600
"""Seconds that a shift may be open."""

SOLD = frozenset({PaymentState.PAID, PaymentState.LATE_PAID})
GIVEN_BACK = frozenset({RefundState.SUCCEEDED, RefundState.ACCEPTED, RefundState.RESOLVED_EXECUTED})
CARRIED = frozenset({PaymentState.UNKNOWN, PaymentState.QUARANTINE, PaymentState.LATE_PAID})


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of the report: counts of payments, and sums in one currency."""

    key: str
    paid: int
    sold: Money
    declined: int
    cancelled: int
    unknown: int
    refunds: int
    refunded: Money

    @property
    def revenue(self) -> Money:
        """What stays after refunds."""
        return self.sold - self.refunded


@dataclass(frozen=True, slots=True)
class Hour:
    """Sales of one hour of the day, by the till's own clock."""

    hour: int
    sold: Money


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """The whole report. `carried`: payments and refunds that nobody has settled."""

    shift: Shift
    whole: Figures
    by_terminal: tuple[Figures, ...]
    by_cashier: tuple[Figures, ...]
    by_hour: tuple[Hour, ...]
    carried_payments: tuple[Payment, ...]
    carried_refunds: tuple[Refund, ...]

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
) -> ShiftReport:
    """Add a shift up, in one currency. `zone` is the till's, for the hours."""
    own = [one for one in payments if one.amount.currency is currency]
    back = [one for one in refunds if one.amount.currency is currency]
    by_id = {one.id: one for one in own}

    def grouped(key: Callable[[Payment], str]) -> tuple[Figures, ...]:
        rows: dict[str, list[Payment]] = defaultdict(list)
        gone: dict[str, list[Refund]] = defaultdict(list)
        for payment in own:
            rows[key(payment)].append(payment)
        for refund in back:
            refunded = by_id.get(refund.payment_id)
            gone[key(refunded) if refunded is not None else ""].append(refund)
        names = sorted({*rows, *gone})
        return tuple(_figures(name, rows[name], gone[name], currency) for name in names)

    return ShiftReport(
        shift=shift,
        whole=_figures("", own, back, currency),
        by_terminal=grouped(lambda payment: payment.terminal_name),
        by_cashier=grouped(lambda payment: payment.cashier),
        by_hour=_hours(own, currency, zone),
        carried_payments=tuple(one for one in own if _is_carried(one)),
        carried_refunds=tuple(one for one in back if one.state is RefundState.UNKNOWN),
    )


def _is_carried(payment: Payment) -> bool:
    return payment.state in CARRIED and payment.decision is None


def _counts_as_sold(payment: Payment) -> bool:
    return payment.state in SOLD or payment.decision is Decision.ACCEPTED


def _figures(
    key: str, payments: list[Payment], refunds: list[Refund], currency: Currency
) -> Figures:
    sold = [one for one in payments if _counts_as_sold(one)]
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
        unknown=sum(one.state is PaymentState.UNKNOWN for one in payments),
        refunds=len(back),
        refunded=total((one.amount for one in back), currency),
    )


def _hours(payments: list[Payment], currency: Currency, zone: tzinfo | None) -> tuple[Hour, ...]:
    sums: dict[int, int] = defaultdict(int)
    for payment in payments:
        if _counts_as_sold(payment):
            sums[_local(payment.created_at, zone).hour] += payment.amount.minor
    if not sums:
        return ()
    first, last = min(sums), max(sums)
    return tuple(Hour(hour, Money(sums.get(hour, 0), currency)) for hour in range(first, last + 1))


def _local(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.astimezone(zone)
