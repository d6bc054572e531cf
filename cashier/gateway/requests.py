"""What each call is given, as values. `wire_write` checks them before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from cashier.domain.money import Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import PricedLine
from cashier.domain.terminal import TerminalType

PLAIN_PAYMENT = 1  # SPEC 7.2.3 trtype; 2 holds money that nothing here could capture, 4 recurs


class TypeSpelling(Enum):
    """How a terminal's type is written. The guide and the service's own clients differ."""

    GUIDE = "guide"
    CLIENTS = "clients"

    def word(self, terminal_type: TerminalType) -> str:
        """`static`, or `statical`."""
        return terminal_type.value + ("al" if self is TypeSpelling.CLIENTS else "")


GUIDE = TypeSpelling.GUIDE
CLIENTS = TypeSpelling.CLIENTS


@dataclass(frozen=True, slots=True)
class NewPayment:
    """One CreatePayment (SPEC 7.2.3). `order_id`: exactly 32 lower-case hex digits.

    The results of `lines` add up to `amount`. Empty strings are not sent.
    """

    order_id: str
    amount: Money
    description: str
    terminal_id: str
    lines: tuple[PricedLine, ...]
    custom: dict[str, str] = field(default_factory=dict)
    success_url: str = ""
    fail_url: str = ""
    payment_method: str = ""
    trtype: int = PLAIN_PAYMENT


@dataclass(frozen=True, slots=True)
class RefundLine:
    """One position that is given back; its discount is what `result` leaves of the price."""

    name: str
    price: Money
    quantity: Quantity
    result: Money


@dataclass(frozen=True, slots=True)
class NewRefund:
    """One CreateRefund (SPEC 7.2.7). The results of `lines` add up to `amount`."""

    payment_id: str
    amount: Money
    reason: str
    lines: tuple[RefundLine, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known of the payment that is asked for; "" and None are not compared."""

    payment_id: str = ""
    order_id: str = ""
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class ExpectedRefund:
    """What is known of the refund that is asked for; "" and None are not compared."""

    payment_id: str = ""
    amount: Money | None = None
