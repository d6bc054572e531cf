"""Numbers, money, dates and times as a language writes them, and numbers read back."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from cashier.domain.money import MINOR_PER_MAJOR, Currency, Money
from cashier.domain.quantity import THOUSANDTHS, Quantity

NARROW_SPACE = "\u202f"
HARD_SPACE = "\u00a0"
MINUS = "\u2212"

CURRENCY_SIGNS = {Currency.RUB: "₽", Currency.USD: "$", Currency.EUR: "€"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habits:
    thousands: str
    decimal: str
    before_percent: str
    months: tuple[str, ...]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HABITS = {
    "ru": _Habits(thousands=NARROW_SPACE, decimal=",", before_percent=HARD_SPACE, months=()),
    "en": _Habits(thousands=",", decimal=".", before_percent="", months=_MONTHS),
}
LANGUAGES = tuple(_HABITS)


def money(language: str, amount: Money) -> str:
    """The sum with its currency sign: «1 234,50 ₽», "1,234.50 ₽"."""
    return f"{bare_money(language, amount)}{HARD_SPACE}{CURRENCY_SIGNS[amount.currency]}"


def bare_money(language: str, amount: Money) -> str:
    """The sum alone, always two decimals, for a column whose header names the currency."""
    whole, part = divmod(abs(amount.minor), MINOR_PER_MAJOR)
    sign = MINUS if amount.minor < 0 else ""
    return f"{sign}{_grouped(language, whole)}{_habits(language).decimal}{part:02d}"


def typed_money(language: str, amount: Money) -> str:
    """The sum as a person would type it into a field: no thousands separator, plain minus."""
    whole, part = divmod(abs(amount.minor), MINOR_PER_MAJOR)
    return f"{'-' if amount.minor < 0 else ''}{whole}{_habits(language).decimal}{part:02d}"


def quantity(language: str, amount: Quantity) -> str:
    """Whole pieces bare, parts always with three decimals: «2», «1,240»."""
    whole, part = divmod(amount.thousandths, THOUSANDTHS)
    number = _grouped(language, whole)
    return number if not part else f"{number}{_habits(language).decimal}{part:03d}"


def percent(language: str, value: Decimal | int) -> str:
    """A percentage without trailing zeros: «−10 %», "−10%"."""
    number = Decimal(value)
    digits = f"{abs(number):f}"
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    habits = _habits(language)
    sign = MINUS if number < 0 else ""
    tail = f"{habits.decimal}{part}" if part else ""
    return f"{sign}{_grouped(language, int(whole))}{tail}{habits.before_percent}%"


def count(language: str, number: int) -> str:
    """A whole number with its thousands grouped."""
    return f"{MINUS if number < 0 else ''}{_grouped(language, abs(number))}"


def date(language: str, day: dt.date) -> str:
    """The day with its year: «24.11.2026», "24 Nov 2026"."""
    months = _habits(language).months
    if not months:
        return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
    return f"{day.day}{HARD_SPACE}{months[day.month - 1]}{HARD_SPACE}{day.year:04d}"


def clock(moment: dt.time | dt.datetime, *, seconds: bool = False) -> str:
    """The time of day by the 24-hour clock: "14:32", with seconds "14:32:06"."""
    return f"{moment:%H:%M:%S}" if seconds else f"{moment:%H:%M}"


def date_time(language: str, moment: dt.datetime, *, seconds: bool = False) -> str:
    """Day and time of day: «24.11.2026 14:32», "24 Nov 2026 14:32"."""
    return f"{date(language, moment.date())} {clock(moment, seconds=seconds)}"


def duration(seconds: float) -> str:
    """A length of time in whole seconds, rounded down: "0:24", "12:05", "1:02:03".

    A negative length reads "0:00".
    """
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


_SPACES = re.compile(r"[ \u00a0\u202f\u2009]")
_NUMBER = re.compile(r"(?P<sign>[-+\u2212]?)\s*(?P<body>[0-9][0-9.,\s]*|[.,][0-9]+)", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<sep>[ .,])[0-9]{3})(?:(?P=sep)[0-9]{3})*", re.ASCII)
_LONGEST = 40


def parse_decimal(text: str) -> Decimal:
    """The number in `text` as either language would write it.

    `.` and `,` both work as the decimal sign; spaces of any kind, or the other sign, may group
    thousands. A single sign is decimal ("1,234" is 1.234). Raises ValueError for everything else,
    and wherever two readings are possible.
    """
    trimmed = _SPACES.sub(" ", text.strip())
    match = _NUMBER.fullmatch(trimmed) if len(trimmed) <= _LONGEST else None
    if match is None:
        raise ValueError(f"not a number: {text[:_LONGEST]!r}")
    whole, part = _split(match["body"])
    whole = _ungrouped(whole)
    if not (whole or part) or (part and not part.isdigit()):
        raise ValueError(f"not a number: {text!r}")
    sign = "-" if match["sign"] in ("-", MINUS) else ""
    return Decimal(f"{sign}{whole or '0'}.{part or '0'}" if part else f"{sign}{whole}")


def _split(body: str) -> tuple[str, str]:
    """The whole part, still grouped, and the decimals."""
    last = max(body.rfind("."), body.rfind(","))
    if last < 0:
        return body, ""
    mark = body[last]
    if body.count(mark) == 1:
        return body[:last], body[last + 1 :]
    if ("." in body and "," in body) or " " in body:
        raise ValueError(f"ambiguous number: {body!r}")
    return body, ""


def _ungrouped(whole: str) -> str:
    if not whole or whole.isdigit():
        return whole
    match = _GROUPED.fullmatch(whole)
    if match is None:
        raise ValueError(f"ambiguous number: {whole!r}")
    return whole.replace(match["sep"], "")


def _grouped(language: str, number: int) -> str:
    return f"{number:,}".replace(",", _habits(language).thousands)


def _habits(language: str) -> _Habits:
    try:
        return _HABITS[language]
    except KeyError:
        raise ValueError(f"no such language: {language}") from None
