"""What the shared journal holds that this till has not heard of.

Other tills refund its payments, decide about them and change who may do what; and a commit of its
own may exist whose answer it never got, because the server was away (row G26). The journal is asked
every two seconds for what has another version than this till remembers, and for what of its own it
does not follow.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.payment import LIVE, Payment
from cashier.domain.refund import FOLLOWED_REFUNDS, Refund, RefundState
from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Person
from cashier.domain.terminal import Terminal
from cashier.journal.journal import Journal
from cashier.journal.reader import Reader
from cashier.services.refund_watch import RefundWatch
from cashier.services.staff import Staff
from cashier.services.terminals import Terminals
from cashier.services.watch import Watch

logger = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between two looks."""

_OPEN_REFUNDS = FOLLOWED_REFUNDS | {RefundState.PREPARED, RefundState.UNKNOWN}


@dataclass(frozen=True, slots=True)
class _Found:
    payments: tuple[tuple[Payment, SavedReceipt], ...]
    refunds: tuple[Refund, ...]
    terminals: tuple[Terminal, ...]
    people: tuple[Person, ...]


class News:
    """Run only where tills share a journal: nobody else writes to a file of this till.

    `trouble`: why the last look failed, until one goes well.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        clock: Clock,
        payments: Watch,
        refunds: RefundWatch,
        terminals: Terminals,
        staff: Staff,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._payments = payments
        self._refunds = refunds
        self._terminals = terminals
        self._staff = staff
        self.trouble: CashierError | None = None
        self.changed: Callable[[], None] = lambda: None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self._clock.wait(EVERY)
            await self.look()

    async def look(self) -> None:
        """Take in what is new, once. A server that is away is `trouble`, not an error."""
        before = self.trouble
        payments, refunds = self._payments.versions(), self._refunds.versions()
        try:
            found = await self._journal.read(lambda reader: _find(reader, payments, refunds))
        except CashierError as error:
            self.trouble = error
            if before is None:
                logger.warning("the shared journal is away: %s", error)
                self.changed()
            return
        self.trouble = None
        self._staff.hear_of(found.people)
        for payment, receipt in found.payments:
            self._payments.hear_of(payment, receipt)
        for refund in found.refunds:
            self._refunds.hear_of(refund)
        if found.terminals != self._terminals.known:
            await self._terminals.load()
        if before is not None:
            logger.info("the shared journal is back")
            self._payments.journal_is_back()
            self.changed()


def _find(reader: Reader, payments: Mapping[str, int], refunds: Mapping[str, int]) -> _Found:
    moved = {one.id: one for one in reader.moved_payments(payments)}
    moved |= {one.id: one for one in reader.payments(LIVE) if one.id not in payments}
    told = {one.id: one for one in reader.moved_refunds(refunds)}
    told |= {one.id: one for one in reader.refunds(_OPEN_REFUNDS) if one.id not in refunds}
    return _Found(
        tuple((payment, reader.receipt(payment.receipt_id)) for payment in moved.values()),
        tuple(told.values()),
        tuple(reader.terminals()),
        tuple(reader.people()),
    )
