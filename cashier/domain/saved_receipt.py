"""A receipt as the journal holds it, from the first typed line on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cashier.domain.money import Money
from cashier.domain.receipt import Receipt


class ReceiptState(Enum):
    """DRAFT is the one being typed (one a till), PARKED waits for its cashier, FROZEN has been
    charged and not decided yet, SETTLED is paid, DROPPED was cleared away."""

    DRAFT = "DRAFT"
    PARKED = "PARKED"
    FROZEN = "FROZEN"
    SETTLED = "SETTLED"
    DROPPED = "DROPPED"


@dataclass(frozen=True, slots=True)
class SavedReceipt:
    """`number` is "" until the first attempt; it stays the same for later ones. Times are UTC.

    `cashier` is the person whose receipt it is.
    """

    id: str
    till: str
    state: ReceiptState
    receipt: Receipt
    created_at: datetime
    changed_at: datetime
    number: str = ""
    shift_id: str = ""
    cashier: str = ""

    @property
    def is_at_till(self) -> bool:
        """Whether money for its newest attempt completes the sale rather than arriving late."""
        return self.state is ReceiptState.FROZEN


@dataclass(frozen=True, slots=True)
class KnownGoods:
    """Something sold before: a suggestion for the entry line."""

    name: str
    price: Money
    sold_at: datetime
