"""One payment that is being followed: what is known of it in this run, and when to ask next."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass, field

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import DEAD_WATCHED, LIVE, Payment, PaymentState, Standing
from cashier.domain.saved_receipt import SavedReceipt
from cashier.services import schedule
from cashier.services.views import PaymentView, is_task, needs_a_look

logger = logging.getLogger(__name__)

FOLLOWED = (LIVE - {PaymentState.PREPARED, PaymentState.SENDING}) | DEAD_WATCHED
"""States in which the gateway is read."""
UNWANTED = (PaymentState.CLOSING, PaymentState.QUARANTINE)
"""States in which a payment that is still open must be closed."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one read came to: a standing, "there is no such payment", or no answer at all."""

    standing: Standing | None = None
    is_not_found: bool = False
    failure: Failure | None = None


@dataclass(slots=True)
class Followed:
    """Mutable, and only ever touched on the network thread. Times are monotonic seconds.

    `reads`, `misses`, `not_found` and `closes` count since it entered its state, `faults` the reads
    in a row that this till itself could not take in. `is_doubtful`: its create may have left, and
    the journal could not be told so yet.
    """

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
    faults: int = 0
    trouble: CashierError | None = None
    is_doubtful: bool = False
    is_queued: bool = False
    is_reading: bool = False
    lock: anyio.Lock = field(default_factory=anyio.Lock)
    checks: anyio.Lock = field(default_factory=anyio.Lock)

    @property
    def view(self) -> PaymentView:
        """As the screens see it."""
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

    @property
    def is_over(self) -> bool:
        """Whether nobody reads it, looks at it or has to decide about it any more."""
        return (
            self.due is None
            and not self.is_queued
            and not self.checks.locked()
            and not is_task(self.payment)
            and not needs_a_look(self.payment, self.receipt, is_newest=self.is_newest)
        )

    def replace(self, payment: Payment, clock: Clock) -> bool:
        """Take in what the journal holds, never an older version; whether the state is another.

        A new state starts its counts anew.
        """
        if payment.version < self.payment.version:
            return False
        is_moved = payment.state is not self.payment.state
        if is_moved:
            logger.info(
                "payment %s %s -> %s", payment.id, self.payment.state.value, payment.state.value
            )
            self.entered = clock.monotonic()
            self.reads = self.not_found = self.misses = self.closes = 0
            self.is_cancel_refused = False
        self.payment = payment
        return is_moved

    def plan(self, clock: Clock, chance: random.Random) -> None:
        """Set when to read next, by the schedule."""
        now = clock.monotonic()
        state = self.payment.state
        wait = schedule.next_wait(state, age=now - self.entered, reads=self.reads)
        if wait is None and state in DEAD_WATCHED and self.last_answer is None:
            wait = schedule.MINUTE  # whatever its age, no run ends with it unless it was answered
        if self.is_doubtful:
            self.due = now + schedule.LOOK_UPS[0]
        elif wait is None:
            self.due = None
        elif state in (PaymentState.UNKNOWN, PaymentState.CLOSING):
            self.due = now + wait
        else:
            self.due = now + schedule.jittered(wait, chance)

    def plan_after_miss(self, clock: Clock, chance: random.Random) -> None:
        """Set when to read next after a read without an answer."""
        if self.payment.state is PaymentState.OPEN:
            self.due = clock.monotonic() + schedule.after_error(self.misses, chance)
        else:
            self.plan(clock, chance)

    def plan_after_fault(self, clock: Clock, chance: random.Random) -> None:
        """Set when to try again after this till could not ask, or not take in what it was told."""
        self.faults += 1
        self.due = clock.monotonic() + schedule.after_error(self.faults, chance)
