"""Money in minor units. A float never comes near it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum

MINOR_PER_MAJOR = 100
MAX_MINOR = 10**15


class Currency(Enum):
    """The currencies of SPEC 7.2.3; each has two decimals."""

    RUB = "RUB"
    USD = "USD"
    EUR = "EUR"


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """A sum of `minor` units (kopecks, cents) of one currency. May be negative."""

    minor: int
    currency: Currency = Currency.RUB

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are an int, not {type(self.minor).__name__}")
        if abs(self.minor) > MAX_MINOR:
            raise ValueError("sum out of range")

    @classmethod
    def of(cls, major: Decimal | int | str, currency: Currency = Currency.RUB) -> Money:
        """The sum written in major units, e.g. "1500.10".

        Raises ValueError for more than two decimals, NaN, infinity or a sum out of range.
        """
        try:
            value = Decimal(major)
        except InvalidOperation:
            raise ValueError(f"not a number: {major}") from None
        if value.is_zero():
            return cls(0, currency)
        if not value.is_finite() or abs(value.adjusted()) > 16:
            raise ValueError(f"not a sum of money: {major}")
        # Decimal's own multiplication would round a long tail of digits away.
        numerator, denominator = value.as_integer_ratio()
        minor, rest = divmod(numerator * MINOR_PER_MAJOR, denominator)
        if rest:
            raise ValueError(f"more than two decimals: {major}")
        return cls(minor, currency)

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.minor < other.minor

    def __le__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.minor <= other.minor

    def __gt__(self, other: Money) -> bool:
        return other < self

    def __ge__(self, other: Money) -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        """Major units with a point and two decimals, as the gateway writes them: "1500.10"."""
        sign = "-" if self.minor < 0 else ""
        whole, part = divmod(abs(self.minor), MINOR_PER_MAJOR)
        return f"{sign}{whole}.{part:02d}"

    def _same_currency(self, other: Money) -> None:
        if self.currency is not other.currency:
            raise _mixed(self.currency, other.currency)


def _mixed(one: Currency, other: Currency) -> ValueError:
    return ValueError(f"{one.value} and {other.value} do not mix")


def total(sums: Iterable[Money], currency: Currency) -> Money:
    """The sum of `sums`, zero of `currency` when there are none."""
    minor = 0
    for one in sums:
        if one.currency is not currency:
            raise _mixed(currency, one.currency)
        minor += one.minor
    return Money(minor, currency)


def half_up(value: Decimal) -> int:
    """The nearest integer, halves away from zero (as a cash register rounds)."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def spread(amount: int, weights: list[int]) -> list[int]:
    """Split `amount` in proportion to `weights` by largest remainder; the parts sum to `amount`.

    Both in minor units, non-negative. No part exceeds its weight while `amount` does not exceed
    their sum. Equal remainders go to the earlier part.
    """
    whole = sum(weights)
    if whole == 0:
        if amount:
            raise ValueError("nothing to spread over")
        return [0] * len(weights)
    parts = [amount * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in order[: amount - sum(parts)]:
        parts[i] += 1
    return parts
