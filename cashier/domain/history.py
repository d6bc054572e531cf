"""What the history is asked, and one row of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Payments made from `since` on and before `until`; what is empty does not filter.

    `text` finds a receipt number, an order, payment or refund id by its beginning, a sum typed
    with a point or a comma, a card's last four digits, and goods by the beginnings of the words
    of their names. `till` is a till's name, `cashier` a person's id. `needs_decision`: only what
    a senior or a manager has to decide.
    """

    since: datetime
    until: datetime
    text: str = ""
    states: frozenset[PaymentState] = frozenset()
    terminal_id: str = ""
    till: str = ""
    cashier: str = ""
    needs_decision: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One payment of the list. `refunded` is what has gone back for sure, without what may have."""

    payment: Payment
    till: str
    refunded: Money
    has_pending_refund: bool = False
    has_unknown_refund: bool = False
