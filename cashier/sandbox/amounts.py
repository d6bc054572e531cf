"""Money on the wire: decimal numbers of major units, integers of minor units inside."""

from __future__ import annotations

from decimal import Decimal

LARGEST = 99_999_999_999
"""The largest sum, in minor units, that the gateway takes."""

_LARGEST_EXPONENT = 20
"""Far beyond any sum, and small enough to reckon with."""

_SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€"}
_NO_BREAK = "\u00a0"


def minor_units(value: Decimal) -> int | None:
    """The sum in minor units; None when it has more than two decimals or is out of range."""
    if value.is_zero():
        return 0
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return None
    scaled = value * 100
    whole = int(scaled)
    return whole if whole == scaled and abs(whole) <= LARGEST else None


def wire_number(minor: int) -> int | Decimal:
    """The sum as the JSON number of an answer: 1500, 99.9, 0.01."""
    if minor % 100 == 0:
        return minor // 100
    return (Decimal(minor) / 100).normalize()


def shown(minor: int, currency: str, *, russian: bool) -> str:
    """The sum as the payment page writes it."""
    whole, cents = divmod(abs(minor), 100)
    sign = _SIGNS.get(currency, currency)
    minus = "−" if minor < 0 else ""
    if russian:
        return f"{minus}{whole:,}".replace(",", _NO_BREAK) + f",{cents:02d}{_NO_BREAK}{sign}"
    return f"{minus}{sign}{whole:,}.{cents:02d}"


def shown_quantity(value: Decimal, *, russian: bool) -> str:
    """A quantity without trailing zeros."""
    text = format(value.normalize(), "f")
    return text.replace(".", ",") if russian else text
