"""What the list is narrowed by, and the question it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto

from cashier.domain.history import HistoryQuery
from cashier.domain.money import Money
from cashier.domain.payment import LIVE, PaymentState

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_WHOLE_ID = re.compile(r"[0-9a-fA-F]{32}")


class Period(Enum):
    """Counted in days of this till's own time zone."""

    TODAY = auto()
    YESTERDAY = auto()
    WEEK = auto()
    MONTH = auto()
    ALL = auto()
    OWN = auto()


class Status(Enum):
    """Groups of states that somebody looks for."""

    ANY = auto()
    TASKS = auto()
    WAITING = auto()
    PAID = auto()
    DECLINED = auto()
    CANCELLED = auto()
    UNKNOWN = auto()
    LATE = auto()
    MISMATCH = auto()


_S = PaymentState
_STATES: dict[Status, frozenset[PaymentState]] = {
    Status.ANY: frozenset(),
    Status.TASKS: frozenset(),
    Status.WAITING: LIVE - {_S.UNKNOWN},
    Status.PAID: frozenset({_S.PAID, _S.LATE_PAID}),
    Status.DECLINED: frozenset({_S.FAILED, _S.REFUSED}),
    Status.CANCELLED: frozenset({_S.CLOSED, _S.ABANDONED, _S.WITHDRAWN}),
    Status.UNKNOWN: frozenset({_S.UNKNOWN}),
    Status.LATE: frozenset({_S.LATE_PAID}),
    Status.MISMATCH: frozenset({_S.QUARANTINE}),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """`own` are the first and the last day of an OWN period. A sum and a text exclude each other,
    because the journal looks for one thing at a time."""

    period: Period = Period.TODAY
    own: tuple[date, date] | None = None
    status: Status = Status.ANY
    terminal_id: str = ""
    till: str = ""
    cashier: str = ""
    amount: Money | None = None
    text: str = ""

    @property
    def is_whole_id(self) -> bool:
        """Whether a whole order, payment or refund id was typed or scanned."""
        return is_whole_id(self.text)

    def query(self, now: datetime) -> HistoryQuery:
        """The question; a whole id is looked for in all days, whatever else is set."""
        if self.is_whole_id:
            since, until = _days(Period.ALL, None, now)
            return HistoryQuery(since=since, until=until, text=self.text.strip().lower())
        since, until = _days(self.period, self.own, now)
        return HistoryQuery(
            since=since,
            until=until,
            text=_typed(self.amount) if self.amount is not None else self.text.strip(),
            states=_STATES[self.status],
            terminal_id=self.terminal_id,
            till=self.till,
            cashier=self.cashier,
            needs_decision=self.status is Status.TASKS,
        )


def is_whole_id(text: str) -> bool:
    """Thirty-two hexadecimal digits: an order, payment or refund id, scanned or pasted."""
    return _WHOLE_ID.fullmatch(text.strip()) is not None


def _typed(amount: Money) -> str:
    whole, part = divmod(amount.minor, 100)
    return f"{whole}.{part:02d}"


def _days(
    period: Period, own: tuple[date, date] | None, now: datetime
) -> tuple[datetime, datetime]:
    """From the first midnight on, before the last one, in UTC."""
    today = now.astimezone().date()
    match period:
        case Period.TODAY:
            first = last = today
        case Period.YESTERDAY:
            first = last = today - timedelta(days=1)
        case Period.WEEK:
            first, last = today - timedelta(days=6), today
        case Period.MONTH:
            first, last = today - timedelta(days=29), today
        case Period.OWN if own is not None:
            first, last = own
        case _:
            return _BEGINNING, _midnight(today + timedelta(days=2))
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone().astimezone(UTC)


def is_of_one_day(period: Period) -> bool:
    """Whether every row is of the same day, so that the day need not be said."""
    return period in (Period.TODAY,)
