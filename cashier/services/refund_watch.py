"""Following refunds that the gateway has accepted, until they are done or declined for sure."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from operator import itemgetter

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.refund import FOLLOWED_REFUNDS, RETURNED, Refund, RefundState
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Ok
from cashier.gateway.requests import ExpectedRefund
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services import refund_settle, schedule
from cashier.services.refund_views import RefundView
from cashier.services.traffic import Priority, Traffic
from cashier.services.watch import Watch

logger = logging.getLogger(__name__)

_SENDING = RefundState.SENDING.value
_UNDER_WAY = (RefundState.SENDING, RefundState.ACCEPTED, RefundState.FAIL_SEEN)
_WAITING = (RefundState.UNKNOWN, RefundState.PREPARED)
_SHOWN = _UNDER_WAY + _WAITING
LONGEST_SLEEP = 15.0
AT_ONCE = 5
"""Reads that may wait for their turn: a payment's read never queues behind more."""
DOUBT_AGAIN = 2.0
"""Seconds until the journal is told again what it could not take in."""


@dataclass(slots=True)
class _Entry:
    """Times are monotonic seconds: `entered` its state as far back as is known, `sent` never later.

    `denied`: when the gateway began to deny its number, None once it has agreed.
    `is_doubtful`: it may have left, and the journal could not be told so yet.
    """

    refund: Refund
    entered: float
    sent: float
    gateway_payment: str = ""
    due: float | None = None
    reads: int = 0
    misses: int = 0
    last_answer: float | None = None
    denied: float | None = None
    is_queued: bool = False
    is_reading: bool = False
    is_doubtful: bool = False
    lock: anyio.Lock = field(default_factory=anyio.Lock)

    @property
    def is_over(self) -> bool:
        """Whether nobody reads it, waits for it or has to decide about it any more."""
        is_held = self.is_queued or self.is_doubtful or self.lock.locked()
        return self.due is None and not is_held and self.refund.state not in _SHOWN


class RefundWatch:
    """Every refund of this till that is not settled, in memory; the journal is the truth."""

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        payments: Watch,
        chance: random.Random,
    ) -> None:
        self._journal = journal
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic
        self._payments = payments
        self._chance = chance
        self._entries: dict[str, _Entry] = {}
        self._wake = anyio.Event()
        self.changed: Callable[[], None] = lambda: None

    @property
    def is_reading(self) -> bool:
        return any(entry.is_reading for entry in self._entries.values())

    def views(self) -> tuple[RefundView, ...]:
        """Refunds that are under way, oldest first."""
        return self._sorted(_UNDER_WAY)

    def tasks(self) -> tuple[RefundView, ...]:
        """Refunds that wait for a person: unknown, never sent, or delayed for over a day."""
        waiting = self._sorted(_WAITING)
        delayed = tuple(view for view in self.views() if view.is_delayed)
        return (*waiting, *delayed)

    def follow(self, refund: Refund, *, sent: float | None = None) -> RefundView:
        """Follow `refund` from now on, or take in what a use case has done to it.

        `sent`: when it was sent, on the monotonic clock; None for now.
        """
        entry = self._entries.get(refund.id)
        if entry is None:
            # A minute between two reads of a failure counts in this run only.
            is_failing = refund.state is RefundState.FAIL_SEEN
            entered = self._clock.monotonic() if is_failing else self._since(refund.changed_at)
            entry = _Entry(refund, entered, self._clock.monotonic() if sent is None else sent)
            self._entries[refund.id] = entry
        else:
            self._replace(entry, refund)
        self._plan(entry)
        self._wake.set()
        self.changed()
        return self._view(entry)

    async def settle(self, refund: Refund) -> RefundView:
        """As `follow`; when the money is back for certain, its payment may be no task any more."""
        view = self.follow(refund)
        await self._tell_payment(refund)
        return view

    def versions(self) -> dict[str, int]:
        """What is followed, and which version of it."""
        return {entry.refund.id: entry.refund.version for entry in self._entries.values()}

    def hear_of(self, refund: Refund) -> None:
        """Take in what the journal holds and this till was not told; an older version is not."""
        entry = self._entries.get(refund.id)
        if entry is None or refund.version > entry.refund.version:
            self.follow(refund)

    def doubt(self, refund_id: str) -> None:
        """It may have left and the journal could not be told: do so as soon as it can."""
        entry = self._entries[refund_id]
        entry.is_doubtful = True
        self._plan(entry)
        self._wake.set()

    async def end_doubt(self, refund_id: str) -> None:
        """Tell the journal now what is in doubt, if anything. Raises what its `write` raises."""
        entry = self._entries.get(refund_id)
        if entry is not None:
            async with entry.lock:
                await self._doubt(entry)

    def sent_for(self, refund: Refund) -> float:
        """Seconds that have surely passed since it was sent, whatever the wall clock does.

        Of another till's refund only the wall clock is known.
        """
        entry = self._entries.get(refund.id)
        sent = entry.sent if entry else self._since(refund.sent_at or refund.changed_at)
        return self._clock.monotonic() - sent

    async def check(self, refund_id: str) -> RefundView:
        """Read the gateway now and take in what it says. Raises NOT_FOUND."""
        entry = self._entries.get(refund_id)
        if entry is None:
            self.follow(await self._journal.read(lambda reader: reader.refund(refund_id)))
            entry = self._entries[refund_id]
        if entry.refund.refund_id:
            await self._read(entry, Priority.SCREEN)
        return self._view(entry)

    def hurry(self) -> None:
        """Read everything that is followed at once."""
        for entry in self._entries.values():
            if entry.due is not None:
                entry.due = self._clock.monotonic()
        self._wake.set()

    async def run(self) -> None:
        """Follow until cancelled."""
        for entry in self._entries.values():
            entry.is_queued = False  # whatever a run that a bug has ended left behind
        async with anyio.create_task_group() as reads:
            while True:
                self._wake = anyio.Event()
                self._drop_what_is_over()
                now = self._clock.monotonic()
                for entry in self._to_read(now):
                    entry.is_queued = True
                    reads.start_soon(self._read_due, entry)
                await self._clock.wait(self._rest(now), self._wake)

    def _to_read(self, now: float) -> list[_Entry]:
        """What is due and not under way, a few at a time: who has waited longest comes first."""
        due = [
            (entry.due, entry)
            for entry in self._entries.values()
            if entry.due is not None and entry.due <= now and not entry.is_queued
        ]
        queued = sum(entry.is_queued for entry in self._entries.values())
        due.sort(key=itemgetter(0))
        return [entry for _, entry in due[: max(0, AT_ONCE - queued)]]

    def _rest(self, now: float) -> float:
        """Seconds until the next read. One that waits for a place is started by a change."""
        dues = (entry.due for entry in self._entries.values() if not entry.is_queued)
        later = (due - now for due in dues if due is not None and due > now)
        return min((LONGEST_SLEEP, *later))

    def _drop_what_is_over(self) -> None:
        for refund_id in [one.refund.id for one in self._entries.values() if one.is_over]:
            del self._entries[refund_id]

    async def _read_due(self, entry: _Entry) -> None:
        try:
            await self._traffic.space_out()
            await self._read(entry, Priority.BACKGROUND, only_if_due=True)
        except CashierError as error:
            logger.warning("refund %s cannot be followed: %s", entry.refund.id, error)
            self._plan(entry)
        except Exception:  # one refund's bug must not stop the watch over the others
            logger.exception("reading refund %s failed", entry.refund.id)
            self._plan(entry)
        finally:
            entry.is_queued = False
            self._wake.set()

    async def _read(self, entry: _Entry, priority: Priority, *, only_if_due: bool = False) -> None:
        """With `only_if_due`, a read that somebody else was quicker with is left out."""
        async with entry.lock:
            if only_if_due and (entry.due is None or entry.due > self._clock.monotonic()):
                return
            await self._doubt(entry)
            if entry.refund.state in FOLLOWED_REFUNDS and entry.refund.refund_id:
                try:
                    await self._ask(entry, priority)
                finally:
                    entry.is_reading = False
        self.changed()

    async def _ask(self, entry: _Entry, priority: Priority) -> None:
        refund = entry.refund
        if not entry.gateway_payment:
            payment = await self._journal.read(lambda reader: reader.payment(refund.payment_id))
            if payment.merchant_id != self._gateway.merchant_id:
                # Another merchant's keys would deny its number (row G28).
                entry.due = None
                return
            entry.gateway_payment = payment.payment_id
        expect = ExpectedRefund(payment_id=entry.gateway_payment, amount=refund.amount)
        async with self._traffic.call(priority, has_spaced_out=True):
            entry.is_reading = True
            outcome = await self._gateway.get_refund(refund.refund_id, expect=expect)
        entry.reads += 1
        is_denied = refund_settle.denies(outcome)
        if is_denied or isinstance(outcome, Ok):
            entry.misses = 0
            entry.last_answer = answered = self._clock.monotonic()
            began = answered if entry.denied is None else entry.denied
            entry.denied = began if is_denied else None
            change = partial(
                refund_settle.read,
                refund=refund,
                outcome=outcome,
                now=self._clock.utc(),
                seen_for=answered - entry.entered,
                denied_for=answered - began,
            )
            self._replace(entry, await self._journal.write(change))
            await self._tell_payment(entry.refund)
        else:
            entry.misses += 1
        self._plan(entry)

    async def _tell_payment(self, refund: Refund) -> None:
        if refund.state not in RETURNED:
            return
        try:
            payment = await self._journal.read(lambda reader: reader.payment(refund.payment_id))
        except CashierError as error:  # the journal knows; the screens will after a restart
            logger.warning("the payment of refund %s was not read: %s", refund.id, error)
            return
        self._payments.take_in(payment)

    async def _doubt(self, entry: _Entry) -> None:
        if not entry.is_doubtful:
            return
        doubt = partial(refund_settle.doubt, refund_id=entry.refund.id)
        doubted = await self._journal.write(doubt)
        entry.is_doubtful = False
        self._replace(entry, doubted)
        self._plan(entry)
        self.changed()

    def _replace(self, entry: _Entry, refund: Refund) -> None:
        if refund.state is not entry.refund.state:
            logger.info(
                "refund %s %s -> %s", refund.id, entry.refund.state.value, refund.state.value
            )
            entry.entered = self._clock.monotonic()
            entry.reads = entry.misses = 0
            if refund.state is RefundState.SENDING:
                entry.sent = entry.entered
        entry.refund = refund

    def _since(self, moment: datetime) -> float:
        """A moment of the wall clock on the monotonic one; never later than now."""
        age = (self._clock.utc() - moment).total_seconds()
        return self._clock.monotonic() - max(0.0, age)

    def _plan(self, entry: _Entry) -> None:
        now = self._clock.monotonic()
        if entry.is_doubtful:
            entry.due = now + DOUBT_AGAIN
            return
        wait = schedule.next_refund_wait(
            entry.refund.state, age=now - entry.entered, reads=entry.reads
        )
        if wait is None:
            entry.due = None
        elif entry.refund.state is RefundState.FAIL_SEEN:
            entry.due = now + wait  # never earlier: the second read counts after a minute only
        elif entry.denied is not None:
            # However old it is, or a wrong clock makes it: it soon stands still for a person.
            entry.due = now + schedule.jittered(min(wait, schedule.MINUTE), self._chance)
        else:
            entry.due = now + schedule.jittered(wait, self._chance)

    def _view(self, entry: _Entry) -> RefundView:
        age = (self._clock.utc() - entry.refund.created_at).total_seconds()
        pending = entry.refund.state in (RefundState.ACCEPTED, RefundState.FAIL_SEEN)
        return RefundView(
            refund=entry.refund,
            entered=entry.entered,
            checks=entry.reads,
            misses=entry.misses,
            last_answer=entry.last_answer,
            next_check=None if entry.is_queued or entry.is_reading else entry.due,
            is_delayed=pending and age > schedule.REFUND_DELAYED_AFTER,
        )

    def _sorted(self, states: tuple[RefundState, ...]) -> tuple[RefundView, ...]:
        found = [
            self._view(entry) for entry in self._entries.values() if entry.refund.state in states
        ]
        return tuple(sorted(found, key=lambda view: view.refund.created_at))


async def recover_refunds(journal: Journal, watch: RefundWatch, clock: Clock) -> None:
    """Take up every refund that is not settled. One in SENDING becomes UNKNOWN (row R7)."""

    def doubt(ledger: Ledger) -> None:
        for refund in ledger.refunds({RefundState.SENDING}):
            refund_settle.doubt(ledger, refund.id)

    await journal.write(doubt)
    open_states = FOLLOWED_REFUNDS | {RefundState.PREPARED, RefundState.UNKNOWN}

    def unsettled(reader: Reader) -> list[tuple[Refund, float]]:
        found = reader.refunds(open_states)
        return [(one, _sent(reader, one, now=clock.monotonic())) for one in found]

    for refund, sent in await journal.read(unsettled):
        watch.follow(refund, sent=sent)
    watch.hurry()


def _sent(reader: Reader, refund: Refund, *, now: float) -> float:
    """When it was sent, on the machine's monotonic clock, which goes on over a restart.

    One that shows more than it does now has begun anew since: the sending was before its zero.
    """
    if refund.state is not RefundState.UNKNOWN:
        return now
    events = reader.events(refund.id)
    moments = [one.mono / 1000 for one in events if one.facts.get("to") == _SENDING]
    return moments[-1] if moments and moments[-1] <= now else 0.0
