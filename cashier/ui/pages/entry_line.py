"""What a typed line means: a quantity, a name, a price, a code. Nothing of the screen is here.

Both `.` and `,` are the decimal mark wherever a number is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from cashier.domain.money import Currency, Money
from cashier.domain.quantity import MAX_QUANTITY, Quantity
from cashier.domain.receipt import NAME_LIMIT, PERCENT_PARTS, Discount
from cashier.ui.formats import parse_decimal

SUM_LIMIT = 100_000_000
"""Minor units: the greatest price or discount that is taken from a field."""
CODE_LENGTH = 8
"""Digits alone, this many or more, are a barcode and never a price or a name."""

_TIMES = re.compile(r"\s*(?P<number>[-+]?[0-9.,\s]*[0-9][0-9.,\s]*)[*×](?P<rest>.*)", re.DOTALL)
_PRICED = re.compile(
    r"(?P<name>.*\S)\s+(?P<price>[0-9]+(?:[.,][0-9]{1,2})?)\s*(?:₽|р\.?|руб\.?|\$|€)?\s*",
    re.DOTALL | re.IGNORECASE,
)
_BARE = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
_SIGN = re.compile(r"\s*(?:₽|р\.?|руб\.?|\$|€)\s*$", re.IGNORECASE)


class Wrong(Enum):
    """Why something typed was not taken; the words for it are in `entry_words`."""

    NOT_A_NUMBER = auto()
    NEGATIVE = auto()
    ZERO = auto()
    DECIMALS_OF_MONEY = auto()
    DECIMALS_OF_QUANTITY = auto()
    DECIMALS_OF_PERCENT = auto()
    PRICE_TOO_LARGE = auto()
    QUANTITY_TOO_LARGE = auto()
    PERCENT_TOO_LARGE = auto()
    NAME_TOO_LONG = auto()
    TOO_MANY_LINES = auto()
    SUM_TOO_LARGE = auto()
    UNFINISHED = auto()
    SCANNED = auto()


class EntryError(ValueError):
    """What was typed cannot be taken as it is."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.name)
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Typed:
    """A line read: `name` and `price` where a price ends it, else `price` is None."""

    name: str
    price: Money | None = None


def is_code(text: str) -> bool:
    """Whether the text can only be a barcode."""
    trimmed = text.strip()
    return len(trimmed) >= CODE_LENGTH and trimmed.isascii() and trimmed.isdigit()


def split_quantity(text: str) -> tuple[str, str] | None:
    """The number and what follows of «3 * сок»; None when no `*` ends a leading number."""
    match = _TIMES.fullmatch(text)
    return (match["number"].strip(), match["rest"].lstrip()) if match else None


def read_line(text: str, currency: Currency) -> Typed:
    """«сок 89,90» as a name and its price; a bare number has an empty name; else all is name."""
    trimmed = " ".join(text.split())
    if is_code(trimmed):
        return Typed(trimmed)
    try:
        if _BARE.fullmatch(trimmed):
            return Typed("", read_price(trimmed, currency))
        match = _PRICED.fullmatch(trimmed)
        if match and not is_code(match["price"]):
            return Typed(match["name"], read_price(match["price"], currency))
    except EntryError:
        return Typed(trimmed)
    return Typed(trimmed)


def read_name(text: str) -> str:
    """A new goods' name: spaces tidied, a capital put to a name typed all in small letters."""
    name = " ".join(text.split())
    if len(name) > NAME_LIMIT:
        raise EntryError(Wrong.NAME_TOO_LONG)
    return name[:1].upper() + name[1:] if name == name.lower() else name


def read_price(text: str, currency: Currency, limit: int = SUM_LIMIT) -> Money:
    """A price of 0 or more, at most `limit` minor units. Raises EntryError."""
    number = _number(_SIGN.sub("", text))
    if number != number.quantize(Decimal("0.01")):
        raise EntryError(Wrong.DECIMALS_OF_MONEY)
    if number * 100 > limit:
        raise EntryError(Wrong.PRICE_TOO_LARGE)
    return Money.of(number, currency)


def read_quantity(text: str) -> Quantity:
    """More than 0, up to three decimals. Raises EntryError."""
    number = _number(text)
    if number == 0:
        raise EntryError(Wrong.ZERO)
    if number != number.quantize(Decimal("0.001")):
        raise EntryError(Wrong.DECIMALS_OF_QUANTITY)
    if number > MAX_QUANTITY:
        raise EntryError(Wrong.QUANTITY_TOO_LARGE)
    return Quantity.of(number)


def read_percent(text: str) -> Discount | None:
    """Up to 100 with two decimals, with or without «%»; None for nothing or 0 takes it away."""
    bare = text.strip().removesuffix("%").strip()
    if not bare:
        return None
    number = _number(bare)
    if number > 100:
        raise EntryError(Wrong.PERCENT_TOO_LARGE)
    parts = number * PERCENT_PARTS
    if parts != parts.to_integral_value():
        raise EntryError(Wrong.DECIMALS_OF_PERCENT)
    return Discount(percent=int(parts)) if parts else None


def read_discount_sum(text: str, currency: Currency) -> Discount | None:
    """A sum taken off; None for nothing or 0 takes the discount away."""
    if not text.strip():
        return None
    amount = read_price(text, currency)
    return Discount(amount=amount) if amount else None


def _number(text: str) -> Decimal:
    trimmed = text.strip()
    if is_code(trimmed) or (len(trimmed) > 1 and trimmed[0] == "0" and trimmed.isdigit()):
        raise EntryError(Wrong.NOT_A_NUMBER)
    try:
        number = parse_decimal(trimmed)
    except ValueError:
        raise EntryError(Wrong.NOT_A_NUMBER) from None
    if number < 0:
        raise EntryError(Wrong.NEGATIVE)
    if number.adjusted() > 12 or number.adjusted() < -12:
        raise EntryError(Wrong.NOT_A_NUMBER)
    return number
