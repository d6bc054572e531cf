"""Finding what is to be refunded, by whatever was typed or scanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cashier.clock import Clock
from cashier.domain.history import HistoryQuery, HistoryRow
from cashier.services.history import History
from cashier.services.refund_form import is_refundable

LIMIT = 20
_PERIOD = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` can be refunded; `is_known` says whether the journal has anything that fits."""

    text: str
    rows: tuple[HistoryRow, ...]
    is_known: bool


async def find(history: History, clock: Clock, text: str) -> Found:
    """Payments with money in them that fit `text`; one that fits it exactly stands alone.

    Raises CashierError as the history does.
    """
    now = clock.utc()
    query = HistoryQuery(since=now - _PERIOD, until=now + timedelta(days=1), text=text)
    page = await history.search(query, offset=0, limit=LIMIT)
    exact = tuple(row for row in page.rows if _is_exactly(row, text))
    rows = tuple(row for row in (exact or page.rows) if is_refundable(row.payment))
    return Found(text, rows, bool(page.rows))


def _is_exactly(row: HistoryRow, text: str) -> bool:
    payment = row.payment
    wanted = text.casefold()
    return wanted in (
        payment.receipt_number.casefold(),
        payment.order_id.casefold(),
        payment.payment_id.casefold(),
    )
