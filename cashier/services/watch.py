"""Following payments until their money is certain, and for days after they were given up.

One loop reads the gateway by the schedule. It belongs to the till, not to a screen: looking away
never stops it, and a restart takes it up again from the journal.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import (
    DEAD_WATCHED,
    LIVE,
    Payment,
    PaymentInfo,
    PaymentState,
    Standing,
    standing,
)
from cashier.domain.saved_receipt import SavedReceipt
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Mismatch, NotSent, Ok, Outcome, RawAnswer, Refused, Unknown
from cashier.gateway.requests import Expected
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services import schedule, settle
from cashier.services.health import Health
from cashier.services.traffic import Priority, Traffic
from cashier.services.views import PaymentView, is_task, needs_a_look

logger = logging.getLogger(__name__)

LONGEST_SLEEP = 5.0
"""The loop looks at the clocks at least this often, so that a wake from sleep is noticed."""
CLOCK_JUMP = 5.0
NOT_FOUND = 7
CANNOT_CLOSE = 11
UNWANTED = (PaymentState.CLOSING, PaymentState.QUARANTINE)
FOLLOWED = (LIVE - {PaymentState.PREPARED, PaymentState.SENDING}) | DEAD_WATCHED


@dataclass(frozen=True, slots=True)
class Read:
    """What one read came to: a standing, "there is no such payment", or no answer at all."""

    standing: Standing | None = None
    is_not_found: bool = False
    failure: Failure | None = None


@dataclass(slots=True)
class _Entry:
    payment: Payment
    receipt: SavedReceipt
    is_newest: bool
    entered: float
    due: float | None = None
    reads: int = 0
    misses: int = 0
    not_found: int = 0
    closes: int = 0
    is_cancel_refused: bool = False
    by_order_next: bool = False
    last_answer: float | None = None
    last_read: float | None = None
    is_queued: bool = False
    is_reading: bool = False
    lock: anyio.Lock = field(default_factory=anyio.Lock)

    @property
    def view(self) -> PaymentView:
        return PaymentView(
            payment=self.payment,
            receipt=self.receipt,
            entered=self.entered,
            checks=self.reads,
            misses=self.misses,
            last_answer=self.last_answer,
            next_check=None if self.is_queued or self.is_reading else self.due,
            is_cancel_refused=self.is_cancel_refused,
            is_cancel_sent=self.closes > 0,
        )


class Watch:
    """Every payment that is not over, in memory; the journal is the truth behind it."""

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        health: Health,
        chance: random.Random,
    ) -> None:
        self._journal = journal
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic
        self._health = health
        self._chance = chance
        self._entries: dict[str, _Entry] = {}
        self._wake = anyio.Event()
        self._on_screen = ""
        self._offset = self._clock_offset()
        self.trouble: CashierError | None = None
        self.changed: Callable[[], None] = lambda: None

    # What the screens see

    def views(self) -> tuple[PaymentView, ...]:
        """Payments a cashier has to look at, oldest first."""
        shown = [
            entry.view
            for entry in self._entries.values()
            if needs_a_look(entry.payment, entry.receipt, is_newest=entry.is_newest)
        ]
        return tuple(sorted(shown, key=lambda view: view.payment.created_at))

    def tasks(self) -> tuple[PaymentView, ...]:
        """Payments that wait for a senior's decision, oldest first."""
        tasks = [entry.view for entry in self._entries.values() if is_task(entry.payment)]
        return tuple(sorted(tasks, key=lambda view: view.payment.created_at))

    def view(self, payment_id: str) -> PaymentView:
        """Raises CashierError(NOT_FOUND) for a payment that is not followed."""
        return self._entry(payment_id).view

    def look_at(self, payment_id: str) -> None:
        """Give this payment's reads the screen's priority; "" when none is on screen."""
        self._on_screen = payment_id

    # What the use cases tell it

    def follow(self, payment: Payment, receipt: SavedReceipt) -> PaymentView:
        """Follow `payment` from now on, or take in what a use case has done to it."""
        for other in self._entries.values():
            if other.payment.receipt_id == payment.receipt_id:
                other.receipt = receipt
                other.is_newest = other.payment.attempt >= payment.attempt
        entry = self._entries.get(payment.id)
        if entry is None:
            age = (self._clock.utc() - payment.changed_at).total_seconds()
            entered = self._clock.monotonic() - max(0.0, age)
            entry = _Entry(payment, receipt, is_newest=True, entered=entered)
            self._entries[payment.id] = entry
        else:
            self._replace(entry, payment)
            entry.receipt = receipt
        self._plan(entry)
        self.changed()
        return entry.view

    def receipt_changed(self, receipt: SavedReceipt) -> None:
        """Take in that a receipt has gone on (settled, taken back, dropped)."""
        self._refresh(receipt)
        self.changed()

    def forget(self, payment_id: str) -> None:
        """Stop showing and following a payment that is over."""
        self._entries.pop(payment_id, None)
        self.changed()

    async def check(self, payment_id: str, *, priority: Priority = Priority.SCREEN) -> Read:
        """Read the gateway now, at most once a second, and take in what it says."""
        entry = self._entry(payment_id)
        if entry.payment.state not in FOLLOWED:
            return Read()
        if entry.last_read is not None:
            rest = entry.last_read + schedule.CHECK_AT_MOST_EVERY - self._clock.monotonic()
            if rest > 0:
                await self._clock.wait(rest)
        return await self._read(entry, priority)

    async def close(self, payment_id: str) -> None:
        """Send ClosePayment and read the outcome once; the loop goes on reading (rows C1-C7)."""
        entry = self._entry(payment_id)
        async with entry.lock:
            await self._close(entry)
        if entry.payment.state in UNWANTED:
            await self._read(entry, Priority.MONEY)

    @property
    def is_reading(self) -> bool:
        """Whether any read is under way."""
        return any(entry.is_reading for entry in self._entries.values())

    def hurry(self) -> None:
        """Read everything that waits at once: the link is back, or the machine woke up."""
        now = self._clock.monotonic()
        for entry in self._entries.values():
            if entry.due is not None:
                entry.due = now
        self._wake.set()

    # The loop

    async def run(self) -> None:
        """Follow until cancelled."""
        async with anyio.create_task_group() as reads:
            while True:
                self._wake = anyio.Event()
                self._notice_sleep()
                now = self._clock.monotonic()
                soonest = now + LONGEST_SLEEP
                for entry in list(self._entries.values()):
                    if entry.due is None or entry.is_queued:
                        continue
                    if entry.due <= now:
                        entry.is_queued = True
                        reads.start_soon(self._read_due, entry)
                    else:
                        soonest = min(soonest, entry.due)
                await self._clock.wait(soonest - now, self._wake)

    def _notice_sleep(self) -> None:
        offset = self._clock_offset()
        if offset - self._offset > CLOCK_JUMP:
            logger.info("the machine slept or its clock jumped: asking at once")
            self.hurry()
        self._offset = offset

    def _clock_offset(self) -> float:
        return self._clock.utc().timestamp() - self._clock.monotonic()

    async def _read_due(self, entry: _Entry) -> None:
        is_on_screen = entry.payment.id == self._on_screen
        priority = Priority.SCREEN if is_on_screen else Priority.BACKGROUND
        try:
            await self._read(entry, priority)
        except CashierError as error:
            self.trouble = error
            self._plan_after_miss(entry)
            self.changed()
        except Exception:
            logger.exception("reading payment %s failed", entry.payment.id)
            self._plan_after_miss(entry)

    # One read

    async def _read(self, entry: _Entry, priority: Priority) -> Read:
        async with entry.lock:
            try:
                if entry.payment.state not in FOLLOWED:
                    return Read()
                async with self._traffic.call(priority):
                    entry.is_reading = True
                    outcome, raw = await self._ask(entry)
                return await self._take_in(entry, outcome, raw)
            finally:
                entry.is_queued = entry.is_reading = False
                entry.last_read = self._clock.monotonic()
                self._wake.set()

    async def _ask(self, entry: _Entry) -> tuple[Outcome[PaymentInfo], RawAnswer | None]:
        kept: list[RawAnswer] = []

        async def keep(raw: RawAnswer) -> None:
            kept.append(raw)

        payment = entry.payment
        expect = Expected(
            payment_id=payment.payment_id, order_id=payment.order_id, amount=payment.amount
        )
        if payment.payment_id and not entry.by_order_next:
            outcome = await self._gateway.get_payment(payment.payment_id, expect=expect, keep=keep)
        else:
            outcome = await self._gateway.get_payment_by_order(
                payment.order_id, expect=expect, keep=keep
            )
        return outcome, kept[-1] if kept else None

    async def _take_in(
        self, entry: _Entry, outcome: Outcome[PaymentInfo], raw: RawAnswer | None
    ) -> Read:
        now = self._clock.monotonic()
        entry.reads += 1
        match outcome:
            case Ok(info) | Mismatch(info, _):
                entry.misses = 0
                entry.last_answer = now
                entry.by_order_next = False
                was_known = bool(entry.payment.payment_id)
                await self._settle(entry, outcome, raw)
                self._plan(entry)
                if entry.payment.payment_id and not was_known:
                    entry.due = now
                elif isinstance(outcome, Mismatch) and {"id", "order_id"} & set(outcome.fields):
                    return Read(failure=Failure.UNREADABLE_ANSWER)
                await self._close_if_still_open(entry, standing(info.status))
                return Read(standing=standing(info.status))
            case Refused(code, _, _):
                entry.misses = 0
                entry.last_answer = now
                return await self._refused(entry, code)
            case NotSent(failure, _) | Unknown(failure, _, _, _):
                entry.misses += 1
                self._plan_after_miss(entry)
                self.changed()
                return Read(failure=failure)

    async def _settle(
        self, entry: _Entry, outcome: Outcome[PaymentInfo], raw: RawAnswer | None
    ) -> None:
        """Commit what the answer says, if it says anything; shown only after the commit."""
        is_quiet = (
            isinstance(outcome, Ok)
            and bool(entry.payment.payment_id)
            and not settle.says_something_new(entry.payment, outcome.value)
            and not settle.would_move(entry.payment, outcome.value)
        )
        if not is_quiet:
            change = partial(
                _settle_in,
                payment=entry.payment,
                outcome=outcome,
                raw=raw,
                clock=self._clock,
                skew=self._health.skew,
            )
            payment, receipt = await self._journal.write(change)
            self.trouble = None
            self._replace(entry, payment)
            self._refresh(receipt)
        self.changed()

    async def _refused(self, entry: _Entry, code: int) -> Read:
        if code == NOT_FOUND:
            if entry.payment.payment_id and not entry.by_order_next:
                # Row W10: a known id is not found. Ask by the order next, and keep watching.
                entry.by_order_next = True
                logger.warning("payment %s is not found by its id", entry.payment.id)
            else:
                entry.by_order_next = False
                entry.not_found += 1
                await self._abandon_if_never_created(entry)
        self._plan(entry)
        if code == 0:
            entry.due = self._clock.monotonic() + schedule.KEY_REFUSED
        self.changed()
        return Read(is_not_found=code == NOT_FOUND, failure=_failure_of(code))

    async def _abandon_if_never_created(self, entry: _Entry) -> None:
        """All five look-ups said there is none, and nobody ever saw its QR (row P5)."""
        payment = entry.payment
        waited = self._clock.monotonic() - entry.entered >= schedule.LOOK_UPS_LAST - 0.5
        if (
            payment.state is not PaymentState.UNKNOWN
            or payment.payment_id
            or payment.url_shown_at is not None
            or entry.not_found < len(schedule.LOOK_UPS)
            or not waited
        ):
            return

        def abandon(ledger: Ledger) -> Payment:
            return ledger.move(ledger.payment(payment.id), PaymentState.ABANDONED)

        self._replace(entry, await self._journal.write(abandon))

    # Closing what must not be paid any more

    async def _close_if_still_open(self, entry: _Entry, seen: Standing) -> None:
        if seen is Standing.OPEN and entry.payment.state in UNWANTED:
            await self._close(entry)

    async def _close(self, entry: _Entry) -> None:
        """One ClosePayment, never believed; at most three are ever sent (SPEC 7.2.6)."""
        payment = entry.payment
        if not payment.payment_id or entry.closes >= schedule.CLOSES_AT_MOST:
            return

        async def keep(raw: RawAnswer) -> None:
            await self._journal.write(
                lambda ledger: ledger.keep_answer(
                    payment.id,
                    call=raw.call,
                    http_status=raw.http_status,
                    body=raw.body,
                    received_at=raw.received_at,
                )
            )

        expect = Expected(
            payment_id=payment.payment_id, order_id=payment.order_id, amount=payment.amount
        )
        async with self._traffic.call(Priority.MONEY):
            outcome = await self._gateway.close_payment(
                payment.payment_id, expect=expect, keep=keep
            )
        if isinstance(outcome, NotSent):
            entry.misses += 1
            self.changed()
            return
        entry.closes += 1
        if isinstance(outcome, Refused) and outcome.code == CANNOT_CLOSE:
            await self._cancel_refused(entry)
        self.changed()

    async def _cancel_refused(self, entry: _Entry) -> None:
        """The payer has begun to pay: back to waiting, and the screen says why (row C4)."""
        entry.closes = 0
        if entry.payment.state is not PaymentState.CLOSING:
            return
        payment = entry.payment

        def reopen(ledger: Ledger) -> Payment:
            return ledger.move(ledger.payment(payment.id), PaymentState.OPEN)

        self._replace(entry, await self._journal.write(reopen))
        entry.is_cancel_refused = True
        self._plan(entry)

    # Bookkeeping

    def _refresh(self, receipt: SavedReceipt) -> None:
        for entry in self._entries.values():
            if entry.receipt.id == receipt.id:
                entry.receipt = receipt

    def _entry(self, payment_id: str) -> _Entry:
        try:
            return self._entries[payment_id]
        except KeyError:
            raise CashierError(Failure.NOT_FOUND, payment=payment_id) from None

    def _replace(self, entry: _Entry, payment: Payment) -> None:
        if payment.state is not entry.payment.state:
            logger.info(
                "payment %s %s -> %s", payment.id, entry.payment.state.value, payment.state.value
            )
            entry.entered = self._clock.monotonic()
            entry.reads = entry.not_found = entry.misses = entry.closes = 0
            entry.is_cancel_refused = False
        entry.payment = payment

    def _plan(self, entry: _Entry) -> None:
        now = self._clock.monotonic()
        payment = entry.payment
        wait = schedule.next_wait(payment.state, age=now - entry.entered, reads=entry.reads)
        if wait is None:
            entry.due = None
        elif payment.state in (PaymentState.UNKNOWN, PaymentState.CLOSING):
            entry.due = now + wait
        else:
            entry.due = now + schedule.jittered(wait, self._chance)
        self._wake.set()

    def _plan_after_miss(self, entry: _Entry) -> None:
        now = self._clock.monotonic()
        if entry.payment.state is PaymentState.OPEN:
            entry.due = now + schedule.after_error(entry.misses, self._chance)
            self._wake.set()
        else:
            self._plan(entry)


def _settle_in(
    ledger: Ledger,
    *,
    payment: Payment,
    outcome: Outcome[PaymentInfo],
    raw: RawAnswer | None,
    clock: Clock,
    skew: float,
) -> tuple[Payment, SavedReceipt]:
    changed = settle.read(ledger, payment, outcome, raw, now=clock.utc(), skew=skew)
    return changed, ledger.receipt(changed.receipt_id)


def _failure_of(code: int) -> Failure | None:
    if code == 0:
        return Failure.KEY_REFUSED
    return None if code == NOT_FOUND else Failure.REFUSED
