"""A receipt as JSON: explicit, versioned, integers only.

The lines are kept as one value because they are read, saved and undone as one value; what SQL
needs of a receipt (sum, currency, state, number) has columns of its own.
"""

from __future__ import annotations

import json
from typing import Any

from cashier.domain.money import Currency, Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Discount, Line, Receipt
from cashier.journal.text import canonical

FORMAT = 1


def write_receipt(receipt: Receipt) -> str:
    """The receipt as it was entered, with each line's final sum as the gateway is told it."""
    return canonical(
        {
            "format": FORMAT,
            "currency": receipt.currency,
            "next_line": receipt.next_line,
            "discount": _write_discount(receipt.discount),
            "lines": [
                {
                    "id": priced.line.id,
                    "name": priced.line.name,
                    "price": priced.line.price.minor,
                    "thousandths": priced.line.quantity.thousandths,
                    "discount": _write_discount(priced.line.discount),
                    "result": priced.result.minor,
                }
                for priced in receipt.priced
            ],
        }
    )


def read_receipt(content: str) -> Receipt:
    """The receipt that `write_receipt` wrote. ValueError for another format."""
    data = json.loads(content)
    if data["format"] != FORMAT:
        raise ValueError(f"receipt format {data['format']}")
    currency = Currency(data["currency"])
    return Receipt(
        currency=currency,
        lines=tuple(_read_line(line, currency) for line in data["lines"]),
        discount=_read_discount(data["discount"], currency),
        next_line=data["next_line"],
    )


def _read_line(data: dict[str, Any], currency: Currency) -> Line:
    return Line(
        id=data["id"],
        name=data["name"],
        price=Money(data["price"], currency),
        quantity=Quantity(data["thousandths"]),
        discount=_read_discount(data["discount"], currency),
    )


def _write_discount(discount: Discount | None) -> dict[str, int | None] | None:
    if discount is None:
        return None
    if discount.amount is not None:
        return {"amount": discount.amount.minor}
    return {"percent": discount.percent}


def _read_discount(data: dict[str, int] | None, currency: Currency) -> Discount | None:
    if data is None:
        return None
    if "percent" in data:
        return Discount(percent=data["percent"])
    return Discount(amount=Money(data["amount"], currency))
