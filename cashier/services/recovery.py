"""What a start does with what the last run left (reliability: open and unknown payments first)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from cashier.clock import Clock
from cashier.domain.payment import DEAD_WATCHED, LIVE, Payment, PaymentState
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services import settle
from cashier.services.watch import Watch

logger = logging.getLogger(__name__)

WATCHED_FOR = timedelta(days=31)
"""How far back what was given up is read once more: the till may have been off for weeks."""


async def recover(journal: Journal, watch: Watch, clock: Clock) -> tuple[Payment, ...]:
    """Take up every payment that is not over. Returns them, oldest first.

    A payment found in SENDING may have left or not: it becomes UNKNOWN and is looked up (rows
    G3-G5, never sent again). The gateway is asked behind the first screen, not before it.
    """
    await journal.write(_doubt_what_was_being_sent)
    since = clock.utc() - WATCHED_FOR
    found = await journal.read(lambda reader: _unfinished(reader, since))
    for payment, receipt in found:
        watch.follow(payment, receipt)
    watch.hurry()
    if found:
        logger.info("%d payments taken up again", len(found))
    return tuple(payment for payment, _ in found)


def _doubt_what_was_being_sent(ledger: Ledger) -> None:
    for payment in ledger.payments({PaymentState.SENDING}):
        settle.doubt(ledger, payment.id)


def _unfinished(reader: Reader, since: datetime) -> list[tuple[Payment, SavedReceipt]]:
    found = {payment.id: payment for payment in [*reader.payments(LIVE), *reader.undecided()]}
    for payment in reader.payments(DEAD_WATCHED, since=since):
        found[payment.id] = payment
    for payment in reader.unseen():
        if payment.state in (PaymentState.PAID, PaymentState.LATE_PAID):
            found[payment.id] = payment
    for frozen in reader.receipts({ReceiptState.FROZEN}):
        newest = reader.attempts(frozen.id)[-1]
        found[newest.id] = newest
    oldest_first = sorted(found.values(), key=lambda payment: payment.created_at)
    return [(payment, reader.receipt(payment.receipt_id)) for payment in oldest_first]
