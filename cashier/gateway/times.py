"""Dates in every form the gateway may use. A date never spoils an answer: None, at worst.

A year outside 2000-2100 is no date: some write "never" so, and arithmetic with it overflows.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

MOSCOW = timezone(timedelta(hours=3))
"""What a date without a zone means; Moscow has had one offset since 2014."""

_FORM = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?"
    r"\s*(?:([Zz])|(?:([+-])(\d\d):?(\d\d)?))?",
    re.ASCII,
)
_MILLISECONDS_FROM = 10**11
_YEARS = range(2000, 2101)


def read_time(value: object) -> datetime | None:
    """The moment in UTC that a field of an answer names, or None."""
    if isinstance(value, str):
        return _in_use(_of_text(value.strip()))
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return _in_use(_of_number(Decimal(value)))
    return None


def read_http_date(value: str | None) -> datetime | None:
    """The moment in UTC of an HTTP Date header, or None."""
    if not value:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return _in_use(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _in_use(moment: datetime | None) -> datetime | None:
    return moment if moment is not None and moment.year in _YEARS else None


def _of_text(text: str) -> datetime | None:
    match = _FORM.fullmatch(text)
    if match is None:
        return _of_number(Decimal(text)) if re.fullmatch(r"\d{10}|\d{13}", text, re.A) else None
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    micro = int((match[7] or "").ljust(6, "0")[:6])
    zone: timezone = MOSCOW
    try:
        if match[8]:
            zone = UTC
        elif match[9]:
            offset = timedelta(hours=int(match[10]), minutes=int(match[11] or 0))
            zone = timezone(offset if match[9] == "+" else -offset)
        moment = datetime(year, month, day, hour, minute, int(match[6] or 0), micro, zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _of_number(value: Decimal) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
