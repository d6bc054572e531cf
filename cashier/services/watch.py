"""Following payments until their money is certain, and for days after they were given up.

One loop reads the gateway by the schedule. It belongs to the till, not to a screen: looking away
never stops it, and a restart takes it up again from the journal.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment
from cashier.domain.saved_receipt import SavedReceipt
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.services import schedule
from cashier.services.followed import FOLLOWED, UNWANTED, Followed, Read
from cashier.services.health import Health
from cashier.services.reading import Reading
from cashier.services.traffic import Priority, Traffic
from cashier.services.views import PaymentView, is_task, needs_a_look

logger = logging.getLogger(__name__)

LONGEST_SLEEP = 5.0
"""The loop looks at the clocks at least this often, so that a wake from sleep is noticed."""
CLOCK_JUMP = 5.0


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
        self._clock = clock
        self._chance = chance
        self._reading = Reading(
            journal=journal,
            gateway=gateway,
            clock=clock,
            traffic=traffic,
            health=health,
            chance=chance,
            told=self._refresh,
            changed=self._note_change,
        )
        self._entries: dict[str, Followed] = {}
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
        entry = self._entries.get(payment.id)
        if entry is None:
            age = (self._clock.utc() - payment.changed_at).total_seconds()
            entered = self._clock.monotonic() - max(0.0, age)
            entry = Followed(payment, receipt, is_newest=True, entered=entered)
            self._entries[payment.id] = entry
        else:
            entry.replace(payment, self._clock)
        self._refresh(receipt)
        siblings = [one for one in self._entries.values() if one.receipt.id == receipt.id]
        newest = max(one.payment.attempt for one in siblings)
        for sibling in siblings:
            sibling.is_newest = sibling.payment.attempt == newest
        entry.plan(self._clock, self._chance)
        self._note_change()
        return entry.view

    def receipt_changed(self, receipt: SavedReceipt) -> None:
        """Take in that a receipt has gone on (settled, taken back, dropped)."""
        self._refresh(receipt)
        self._note_change()

    def forget(self, payment_id: str) -> None:
        """Stop showing and following a payment that is over."""
        self._entries.pop(payment_id, None)
        self._note_change()

    async def check(self, payment_id: str, *, priority: Priority = Priority.SCREEN) -> Read:
        """Read the gateway now, at most once a second, and take in what it says."""
        entry = self._entry(payment_id)
        if entry.payment.state not in FOLLOWED:
            return Read()
        if entry.last_read is not None:
            rest = entry.last_read + schedule.CHECK_AT_MOST_EVERY - self._clock.monotonic()
            if rest > 0:
                await self._clock.wait(rest)
        return await self._reading.read(entry, priority)

    async def close(self, payment_id: str) -> None:
        """Send ClosePayment and read the outcome once; the loop goes on reading (rows C1-C7)."""
        entry = self._entry(payment_id)
        async with entry.lock:
            await self._reading.close(entry)
        if entry.payment.state in UNWANTED:
            await self._reading.read(entry, Priority.MONEY)

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

    async def _read_due(self, entry: Followed) -> None:
        is_on_screen = entry.payment.id == self._on_screen
        priority = Priority.SCREEN if is_on_screen else Priority.BACKGROUND
        try:
            await self._reading.read(entry, priority)
            self.trouble = None
        except CashierError as error:
            self.trouble = error
            entry.plan_after_miss(self._clock, self._chance)
        except Exception:  # one payment's bug must not stop the watch over the others
            logger.exception("reading payment %s failed", entry.payment.id)
            entry.plan_after_miss(self._clock, self._chance)
        self._note_change()

    # Bookkeeping

    def _note_change(self) -> None:
        self._wake.set()
        self.changed()

    def _refresh(self, receipt: SavedReceipt) -> None:
        for entry in self._entries.values():
            if entry.receipt.id == receipt.id:
                entry.receipt = receipt

    def _entry(self, payment_id: str) -> Followed:
        try:
            return self._entries[payment_id]
        except KeyError:
            raise CashierError(Failure.NOT_FOUND, payment=payment_id) from None
