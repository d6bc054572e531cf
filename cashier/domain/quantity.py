"""Quantities of goods: up to three decimals, so that a scale's grams fit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

THOUSANDTHS = 1000
MAX_QUANTITY = 100_000


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A positive number of pieces, kilograms or metres, in thousandths."""

    thousandths: int = THOUSANDTHS

    def __post_init__(self) -> None:
        if type(self.thousandths) is not int:
            raise TypeError("thousandths are an int")
        if not 0 < self.thousandths <= MAX_QUANTITY * THOUSANDTHS:
            raise ValueError("quantity out of range")

    @classmethod
    def of(cls, number: Decimal | int | str) -> Quantity:
        """The quantity written as a number, e.g. "0.486". ValueError beyond three decimals."""
        try:
            value = Decimal(number)
        except InvalidOperation:
            raise ValueError(f"not a number: {number}") from None
        if not value.is_finite() or abs(value.adjusted()) > 9:
            raise ValueError(f"not a quantity: {number}")
        numerator, denominator = value.as_integer_ratio()
        thousandths, rest = divmod(numerator * THOUSANDTHS, denominator)
        if rest:
            raise ValueError(f"more than three decimals: {number}")
        return cls(thousandths)

    @property
    def is_whole(self) -> bool:
        return self.thousandths % THOUSANDTHS == 0

    @property
    def number(self) -> Decimal:
        return Decimal(self.thousandths) / THOUSANDTHS

    def __str__(self) -> str:
        """With a point and no trailing zeros, as the gateway writes it: "2", "0.486"."""
        whole, part = divmod(self.thousandths, THOUSANDTHS)
        return f"{whole}.{part:03d}".rstrip("0").rstrip(".")


ONE = Quantity()
