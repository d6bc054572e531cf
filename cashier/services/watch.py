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
DEAD_AT_ONCE = 5
"""Reads of payments given up that may wait for their turn: live ones never queue behind more."""


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
        self._traffic = traffic
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
        self.changed: Callable[[], None] = lambda: None

    # What the screens see

    @property
    def trouble(self) -> CashierError | None:
        """What keeps this till from taking in what the gateway says; None when all is well."""
        troubles = (entry.trouble for entry in self._entries.values())
        return next((trouble for trouble in troubles if trouble is not None), None)

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
        """Follow `payment` from now on, or take in what a use case has done to it.

        A payment that stays in its state keeps the moment of its next read: looking at it again
        and again does not put it off.
        """
        entry = self._entries.get(payment.id)
        if entry is None:
            age = (self._clock.utc() - payment.changed_at).total_seconds()
            entered = self._clock.monotonic() - max(0.0, age)
            entry = Followed(payment, receipt, is_newest=True, entered=entered)
            self._entries[payment.id] = entry
            entry.plan(self._clock, self._chance)
        elif entry.replace(payment, self._clock):
            entry.plan(self._clock, self._chance)
        self._refresh(receipt)
        siblings = [one for one in self._entries.values() if one.receipt.id == receipt.id]
        newest = max(one.payment.attempt for one in siblings)
        for sibling in siblings:
            sibling.is_newest = sibling.payment.attempt == newest
        self._note_change()
        return entry.view

    def take_in(self, payment: Payment) -> None:
        """Take in what a use case has done to a payment; nothing when it is not followed."""
        entry = self._entries.get(payment.id)
        if entry is not None and entry.replace(payment, self._clock):
            entry.plan(self._clock, self._chance)
        self._note_change()

    def versions(self) -> dict[str, int]:
        """What is followed, and which version of it."""
        return {entry.payment.id: entry.payment.version for entry in self._entries.values()}

    def hear_of(self, payment: Payment, receipt: SavedReceipt) -> None:
        """Take in what the journal holds and this till was not told; an older version is not."""
        entry = self._entries.get(payment.id)
        if entry is None or payment.version > entry.payment.version:
            self.follow(payment, receipt)

    def doubt(self, payment_id: str) -> None:
        """A create may have left and the journal could not be told: do so as soon as it can."""
        entry = self._entry(payment_id)
        entry.is_doubtful = True
        entry.due = self._clock.monotonic() + schedule.LOOK_UPS[0]
        self._note_change()

    async def end_doubt(self, payment_id: str) -> None:
        """Tell the journal now what is in doubt, if anything. Raises what its `write` raises."""
        entry = self._entry(payment_id)
        async with entry.lock:
            await self._reading.doubt(entry)

    def is_followed(self, payment_id: str) -> bool:
        return payment_id in self._entries

    def receipt_changed(self, receipt: SavedReceipt) -> None:
        """Take in that a receipt has gone on (settled, taken back, dropped)."""
        self._refresh(receipt)
        self._note_change()

    async def check(self, payment_id: str, *, priority: Priority = Priority.SCREEN) -> Read:
        """Read the gateway now, at most once a second, and take in what it says."""
        entry = self._entry(payment_id)
        if entry.payment.state not in FOLLOWED:
            return Read()
        async with entry.checks:
            if entry.last_read is not None:
                rest = entry.last_read + schedule.CHECK_AT_MOST_EVERY - self._clock.monotonic()
                if rest > 0:
                    await self._clock.wait(rest)
            return await self._reading.read(entry, priority)

    async def close(self, payment_id: str) -> None:
        """Send ClosePayment and read the outcome once; the loop goes on reading (rows C1-C7).

        Sends nothing when a read that was under way has been quicker with it.
        """
        entry = self._entry(payment_id)
        async with entry.lock:
            if entry.payment.state in UNWANTED and entry.closes == 0:
                await self._reading.close(entry)
        if entry.payment.state in UNWANTED:
            await self._reading.read(entry, Priority.MONEY)

    @property
    def is_reading(self) -> bool:
        """Whether any read is under way."""
        return any(entry.is_reading for entry in self._entries.values())

    def hurry(self) -> None:
        """Read everything that waits at once: the till has started, or the machine woke up."""
        now = self._clock.monotonic()
        for entry in self._entries.values():
            if entry.due is not None:
                entry.due = now
        self._wake.set()

    def link_is_back(self) -> None:
        """Read at once what had no answer while the link was away."""
        now = self._clock.monotonic()
        for entry in self._entries.values():
            if entry.due is not None and entry.misses:
                entry.due = now
        self._wake.set()

    def journal_is_back(self) -> None:
        """Try at once again what could not be written while the shared journal was away."""
        now = self._clock.monotonic()
        for entry in self._entries.values():
            if entry.due is not None and entry.faults:
                entry.due = now
        self._wake.set()

    # The loop

    async def run(self) -> None:
        """Follow until cancelled."""
        for entry in self._entries.values():
            entry.is_queued = False  # whatever a run that a bug has ended left behind
        async with anyio.create_task_group() as reads:
            while True:
                self._wake = anyio.Event()
                self._notice_sleep()
                self._drop_what_is_over()
                now = self._clock.monotonic()
                for entry in self._to_read(now):
                    entry.is_queued = True
                    reads.start_soon(self._read_due, entry)
                await self._clock.wait(self._rest(now), self._wake)

    def _to_read(self, now: float) -> list[Followed]:
        """What is due and not under way: live payments first, then those given up, a few."""
        live: list[Followed] = []
        dead: list[Followed] = []
        queued = 0
        for entry in self._entries.values():
            if entry.is_queued:
                queued += not entry.payment.is_live
            elif entry.due is not None and entry.due <= now:
                (live if entry.payment.is_live else dead).append(entry)
        return live + dead[: max(0, DEAD_AT_ONCE - queued)]

    def _rest(self, now: float) -> float:
        """Seconds until the next read. One that waits for a place is started by a change."""
        dues = (entry.due for entry in self._entries.values() if not entry.is_queued)
        later = (due - now for due in dues if due is not None and due > now)
        return min((LONGEST_SLEEP, *later))

    def _drop_what_is_over(self) -> None:
        for payment_id in [one.payment.id for one in self._entries.values() if one.is_over]:
            del self._entries[payment_id]

    def _notice_sleep(self) -> None:
        offset = self._clock_offset()
        if offset - self._offset > CLOCK_JUMP:
            logger.info("the machine slept or its clock jumped: asking at once")
            self.hurry()
        self._offset = offset

    def _clock_offset(self) -> float:
        return self._clock.utc().timestamp() - self._clock.monotonic()

    async def _read_due(self, entry: Followed) -> None:
        try:
            if entry.payment.id != self._on_screen:
                await self._traffic.space_out()
            is_on_screen = entry.payment.id == self._on_screen
            priority = Priority.SCREEN if is_on_screen else Priority.BACKGROUND
            await self._reading.read(entry, priority, only_if_due=True)
        except CashierError as error:
            logger.warning("payment %s was not read: %s", entry.payment.id, error)
            entry.plan_after_fault(self._clock, self._chance)
        except Exception:  # one payment's bug must not stop the watch over the others
            logger.exception("reading payment %s failed", entry.payment.id)
            entry.plan_after_fault(self._clock, self._chance)
        finally:
            entry.is_queued = False
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
