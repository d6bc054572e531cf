"""The receipt: lines, discounts, and sums that agree to the kopeck.

Rounding is half up per line, before the receipt's own discount is spread (by largest remainder),
so that the sum of every line's result is the order's amount. SPEC 7.2.3, fields 4.1-4.5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cashier.domain.money import MAX_MINOR, Currency, Money, half_up, spread, total
from cashier.domain.quantity import ONE, Quantity

NAME_LIMIT = 128
LINES_LIMIT = 500
LINE_MAX_MINOR = MAX_MINOR // LINES_LIMIT  # so that a full receipt still adds up
PERCENT_PARTS = 100  # a percent is stored in hundredths: 12.5 % is 1250


@dataclass(frozen=True, slots=True)
class Discount:
    """Either a share in hundredths of a percent (1250 = 12.5 %) or a fixed sum, never both."""

    percent: int | None = None
    amount: Money | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("a discount is a percent or a sum")
        if self.percent is not None and not 0 < self.percent <= 100 * PERCENT_PARTS:
            raise ValueError("percent out of range")
        if self.amount is not None and self.amount.minor <= 0:
            raise ValueError("a discount takes something off")

    def of(self, base: Money) -> Money:
        """What it takes off `base`; never more than `base`."""
        if self.amount is not None:
            return min(self.amount, base)
        share = Decimal(base.minor * (self.percent or 0)) / (100 * PERCENT_PARTS)
        return Money(half_up(share), base.currency)


@dataclass(frozen=True, slots=True)
class Line:
    """One position as it was entered. `id` is unique within its receipt and never changes.

    Its sums are computed once: a long receipt is added up after every key.
    """

    id: int
    name: str
    price: Money
    quantity: Quantity = ONE
    discount: Discount | None = None
    gross: Money = field(init=False, repr=False, compare=False)
    """Price times quantity, rounded half up."""
    own_discount: Money = field(init=False, repr=False, compare=False)
    """What the line's own discount takes off."""
    net: Money = field(init=False, repr=False, compare=False)
    """Gross less the line's own discount, before the receipt's."""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a line has a name")
        if len(self.name) > NAME_LIMIT:
            raise ValueError("name too long")
        if self.price.minor < 0:
            raise ValueError("a price is not negative")
        exact = Decimal(self.price.minor * self.quantity.thousandths) / 1000
        gross = Money(half_up(exact), self.price.currency)
        if gross.minor > LINE_MAX_MINOR:
            raise ValueError("sum out of range")
        off = self.discount.of(gross) if self.discount else Money(0, gross.currency)
        object.__setattr__(self, "gross", gross)
        object.__setattr__(self, "own_discount", off)
        object.__setattr__(self, "net", gross - off)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its final sum: `result` is what the gateway's resultPrice carries."""

    line: Line
    gross: Money
    result: Money

    @property
    def discount(self) -> Money:
        """Everything taken off this line, the receipt's share included."""
        return self.gross - self.result

    @property
    def percent(self) -> int | None:
        """The line's percent, where it alone gives the result; else None."""
        own = self.line.discount
        if own is None or own.percent is None or self.line.net != self.result:
            return None
        return own.percent


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is being sold. Every change makes a new receipt; undo is keeping the old one."""

    currency: Currency = Currency.RUB
    lines: tuple[Line, ...] = ()
    discount: Discount | None = None
    next_line: int = 1

    @property
    def gross(self) -> Money:
        return total((line.gross for line in self.lines), self.currency)

    @property
    def line_discounts(self) -> Money:
        return total((line.own_discount for line in self.lines), self.currency)

    @property
    def net(self) -> Money:
        """The sum of the lines after their own discounts."""
        return self.gross - self.line_discounts

    @property
    def receipt_discount(self) -> Money:
        """What the discount on the whole receipt takes off."""
        return self.discount.of(self.net) if self.discount else Money(0, self.currency)

    @property
    def amount(self) -> Money:
        """What the customer pays; equals the sum of `priced` results."""
        return self.net - self.receipt_discount

    @property
    def priced(self) -> tuple[PricedLine, ...]:
        shares = spread(self.receipt_discount.minor, [line.net.minor for line in self.lines])
        return tuple(
            PricedLine(line, line.gross, line.net - Money(share, self.currency))
            for line, share in zip(self.lines, shares, strict=True)
        )

    def line(self, line_id: int) -> Line:
        """The line with that id. Raises KeyError when there is none."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise KeyError(line_id)

    def add(self, name: str, price: Money, quantity: Quantity = ONE) -> Receipt:
        """With one more line at the end. Raises ValueError for what a line cannot be."""
        self._check_currency(price)
        if len(self.lines) >= LINES_LIMIT:
            raise ValueError("too many lines")
        line = Line(self.next_line, name.strip(), price, quantity)
        return replace(self, lines=(*self.lines, line), next_line=self.next_line + 1)

    def with_quantity(self, line_id: int, quantity: Quantity) -> Receipt:
        return self._change(line_id, lambda line: replace(line, quantity=quantity))

    def with_price(self, line_id: int, price: Money) -> Receipt:
        self._check_currency(price)
        return self._change(line_id, lambda line: replace(line, price=price))

    def with_name(self, line_id: int, name: str) -> Receipt:
        return self._change(line_id, lambda line: replace(line, name=name.strip()))

    def with_line_discount(self, line_id: int, discount: Discount | None) -> Receipt:
        self._check_currency(discount.amount if discount else None)
        return self._change(line_id, lambda line: replace(line, discount=discount))

    def with_discount(self, discount: Discount | None) -> Receipt:
        self._check_currency(discount.amount if discount else None)
        return replace(self, discount=discount)

    def without(self, line_id: int) -> Receipt:
        self.line(line_id)
        return replace(self, lines=tuple(line for line in self.lines if line.id != line_id))

    def _check_currency(self, money: Money | None) -> None:
        if money is not None and money.currency is not self.currency:
            raise ValueError("currency of the receipt")

    def _change(self, line_id: int, change: Callable[[Line], Line]) -> Receipt:
        self.line(line_id)
        lines = tuple(change(line) if line.id == line_id else line for line in self.lines)
        return replace(self, lines=lines)
