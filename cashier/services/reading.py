"""One read of the gateway for one followed payment, and what follows from it at once."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from functools import partial

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment, PaymentInfo, PaymentState, Standing, standing
from cashier.domain.saved_receipt import SavedReceipt
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Mismatch, NotSent, Ok, Outcome, RawAnswer, Refused, Unknown
from cashier.gateway.requests import Expected
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services import schedule, settle
from cashier.services.followed import FOLLOWED, UNWANTED, Followed, Read
from cashier.services.health import Health
from cashier.services.traffic import Priority, Traffic

logger = logging.getLogger(__name__)

NOT_FOUND = 7
CANNOT_CLOSE = 11


class Reading:
    """Reads, commits, closes. `told` hears of every receipt that a commit has changed."""

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        health: Health,
        chance: random.Random,
        told: Callable[[SavedReceipt], None],
        changed: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic
        self._health = health
        self._chance = chance
        self._told = told
        self._changed = changed

    async def read(self, entry: Followed, priority: Priority, *, only_if_due: bool = False) -> Read:
        """Ask once and take in the answer. Raises CashierError when it cannot be committed.

        With `only_if_due`, a read that somebody else was quicker with is left out.
        """
        async with entry.lock:
            now = self._clock.monotonic()
            if only_if_due and (entry.due is None or entry.due > now):
                return Read()
            try:
                await self.doubt(entry)
                read = await self._read(entry, priority)
            except CashierError as error:
                entry.trouble = error
                raise
            entry.trouble = None
            entry.faults = 0
            return read

    async def _read(self, entry: Followed, priority: Priority) -> Read:
        if entry.payment.state not in FOLLOWED:
            return Read()
        if entry.payment.merchant_id != self._gateway.merchant_id:
            # Another merchant's keys would say of it that there is none (row G28).
            entry.due = None
            return Read()
        try:
            async with self._traffic.call(priority, has_spaced_out=True):
                entry.is_reading = True
                outcome, raw = await self._ask(entry)
            return await self._take_in(entry, outcome, raw)
        finally:
            entry.is_reading = False
            entry.last_read = self._clock.monotonic()

    async def doubt(self, entry: Followed) -> None:
        """What may have been sent is unknown, from the first moment that this can be committed."""
        if not entry.is_doubtful:
            return
        payment_id = entry.payment.id
        doubted = await self._journal.write(lambda ledger: settle.doubt(ledger, payment_id))
        entry.is_doubtful = False
        if entry.replace(doubted, self._clock):
            entry.plan(self._clock, self._chance)

    async def _ask(self, entry: Followed) -> tuple[Outcome[PaymentInfo], RawAnswer | None]:
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
        self, entry: Followed, outcome: Outcome[PaymentInfo], raw: RawAnswer | None
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
                entry.plan(self._clock, self._chance)
                if entry.payment.payment_id and not was_known:
                    entry.due = now
                elif isinstance(outcome, Mismatch) and {"id", "order_id"} & set(outcome.fields):
                    return Read(failure=Failure.UNREADABLE_ANSWER)
                await self._close_if_still_open(entry, standing(info.status), was_known=was_known)
                return Read(standing=standing(info.status))
            case Refused(code, _, _):
                entry.misses = 0
                entry.last_answer = now
                return await self._refused(entry, code)
            case NotSent(failure, _) | Unknown(failure, _, _, _):
                entry.misses += 1
                entry.plan_after_miss(self._clock, self._chance)
                self._changed()
                return Read(failure=failure)

    async def _settle(
        self, entry: Followed, outcome: Outcome[PaymentInfo], raw: RawAnswer | None
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
            entry.replace(payment, self._clock)
            self._told(receipt)
        self._changed()

    async def _refused(self, entry: Followed, code: int) -> Read:
        if code == NOT_FOUND:
            if entry.payment.payment_id and not entry.by_order_next:
                # Row W10: a known id is not found. Ask by the order next, and keep watching.
                entry.by_order_next = True
                logger.warning("payment %s is not found by its id", entry.payment.id)
            else:
                entry.by_order_next = False
                entry.not_found += 1
                await self._abandon_if_never_created(entry)
        entry.plan(self._clock, self._chance)
        if code == 0:
            entry.due = self._clock.monotonic() + schedule.KEY_REFUSED
        self._changed()
        return Read(is_not_found=code == NOT_FOUND, failure=_failure_of(code))

    async def _abandon_if_never_created(self, entry: Followed) -> None:
        """All five look-ups said there is none, and nobody ever saw its QR (row P5)."""
        payment = entry.payment
        waited = self._clock.monotonic() - entry.entered >= schedule.LOOK_UPS_LAST - 0.5
        if (
            payment.state is not PaymentState.UNKNOWN
            or entry.not_found < len(schedule.LOOK_UPS)
            or not waited
        ):
            return

        def abandon(ledger: Ledger) -> Payment:
            current = ledger.payment(payment.id)
            if current.state is not PaymentState.UNKNOWN or current.url_shown_at is not None:
                return current
            return ledger.move(current, PaymentState.ABANDONED)

        entry.replace(await self._journal.write(abandon), self._clock)

    # Closing what must not be paid any more

    async def _close_if_still_open(
        self, entry: Followed, seen: Standing, *, was_known: bool
    ) -> None:
        """`was_known`: read by its own id, and not just found by its order."""
        state = entry.payment.state
        # One that was given up stays so while its receipt has another live attempt (row P5).
        is_unwanted = state in UNWANTED or (was_known and state is PaymentState.ABANDONED)
        if seen is Standing.OPEN and is_unwanted:
            await self.close(entry)

    async def close(self, entry: Followed) -> None:
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
        try:
            async with self._traffic.call(Priority.MONEY):
                outcome = await self._gateway.close_payment(
                    payment.payment_id, expect=expect, keep=keep
                )
        except CashierError:
            entry.closes += 1  # it may have left: what failed may be the keeping of its answer
            raise
        if isinstance(outcome, NotSent):
            entry.misses += 1
            self._changed()
            return
        entry.closes += 1
        if isinstance(outcome, Refused) and outcome.code == CANNOT_CLOSE:
            await self._cancel_refused(entry)
        self._changed()

    async def _cancel_refused(self, entry: Followed) -> None:
        """The payer has begun to pay: back to waiting, and the screen says why (row C4)."""
        if entry.payment.state is not PaymentState.CLOSING:
            return
        payment = entry.payment

        def reopen(ledger: Ledger) -> Payment:
            current = ledger.payment(payment.id)
            if current.state is not PaymentState.CLOSING:
                return current
            return ledger.move(current, PaymentState.OPEN)

        entry.replace(await self._journal.write(reopen), self._clock)
        entry.is_cancel_refused = True
        entry.plan(self._clock, self._chance)


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
