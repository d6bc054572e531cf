"""A price as a person types it."""

from __future__ import annotations

from cashier.domain.money import Currency, Money
from cashier.ui.formats import parse_decimal

LARGEST_PRICE = 99_999_999_999  # minor units, as the amount limit of the settings


def read_price(text: str, currency: Currency) -> Money | None:
    """The price in either language's writing, or None unless it is above zero, with at most two
    decimals and within a till's limit."""
    try:
        price = Money.of(parse_decimal(text), currency)
    except ValueError:
        return None
    return price if 0 < price.minor <= LARGEST_PRICE else None
