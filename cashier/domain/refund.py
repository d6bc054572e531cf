"""What the gateway says of a refund (SPEC 7.2.7, 7.2.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cashier.domain.money import Money

REASON_LIMIT = 200


@dataclass(frozen=True, slots=True)
class RefundInfo:
    """One refund as answered; every field but `id` and `status` may be missing.

    `bonuses` is signed, as the gateway sends it. Times aware, in UTC.
    """

    id: str
    status: str
    payment_id: str = ""
    amount: Money | None = None
    currency: str = ""
    reason: str = ""
    status_description: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    terminal_id: str = ""
    method: str = ""
    account: str = ""
    funds: Money | None = None
    bonuses: Money | None = None
