"""Selling: from a typed receipt to certain money.

The order of things never changes: the intent is committed, then sent; the raw answer is committed,
then parsed; the result is committed, then shown. Whatever moves money is shielded from a caller
that goes away, and never repeated unless it is proved that nothing had left.

What a person presses needs a right; what the program does by itself needs nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Action, Payment, PaymentInfo, PaymentState, Standing, standing
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.staff import Right
from cashier.domain.terminal import Terminal
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import NotSent, Outcome, RawAnswer
from cashier.gateway.requests import NewPayment
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services import schedule, settle
from cashier.services.health import Health, Link
from cashier.services.receipts import Receipts
from cashier.services.refund_form import typed_reason
from cashier.services.sale_rules import check_payable, is_settled_for_good, require_over
from cashier.services.staff import Actor, Approval, Staff
from cashier.services.terminals import Terminals
from cashier.services.traffic import Priority, Traffic
from cashier.services.views import PaymentView
from cashier.services.watch import Watch

logger = logging.getLogger(__name__)

_DEAD = (Standing.FAILED, Standing.EXPIRED, Standing.CLOSED)


class Sales:
    """The use cases of a payment. Each returns the payment's view, or raises CashierError.

    RIGHT_MISSING, with nothing written or sent, when nobody with the right is at the till.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        health: Health,
        watch: Watch,
        terminals: Terminals,
        receipts: Receipts,
        staff: Staff,
        new_id: Callable[[], str],
        till: str,
        limit: int,
    ) -> None:
        self._journal = journal
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic
        self._health = health
        self._watch = watch
        self._terminals = terminals
        self._receipts = receipts
        self._staff = staff
        self._new_id = new_id
        self._till = till
        self._limit = limit
        self._charging = anyio.Lock()

    async def charge(
        self, receipt_id: str, *, override: str = "", approval: Approval | None = None
    ) -> PaymentView:
        """Create a payment for a receipt on the chosen terminal (SPEC 7.2.3).

        `override`: a senior's reason why a static terminal takes a second payment beside a live
        one; it needs Right.OVERRIDE and a PIN (an `approval`), and is recorded with the payment.

        Returns the payment as it stands after the call: OPEN with its QR, PREPARED when it is
        proved that nothing left, REFUSED, UNKNOWN (the watch looks it up) or QUARANTINE.
        Raises CashierError, with nothing sent, when the receipt cannot be paid: RECEIPT_EMPTY,
        RECEIPT_ZERO, SUM_OVER_LIMIT, CURRENCY_MIXED, NO_TERMINAL, TERMINAL_BUSY, KEY_REFUSED,
        RECEIPT_HAS_PAYMENT, STILL_PAYABLE, FIELD_INVALID for the reason, or the failure that kept
        an earlier attempt unproven.
        """
        if override:
            override = typed_reason(override)
            actor = await self._staff.require(Right.OVERRIDE, approval)
        else:
            actor = await self._staff.require(Right.SELL)
        with anyio.CancelScope(shield=True):
            async with self._charging:
                view = await self._charge(receipt_id, actor, override)
        return view

    async def send(self, payment_id: str) -> PaymentView:
        """Send a payment that has provably not left yet; a person's press."""
        actor = await self._staff.require(Right.SELL)
        with anyio.CancelScope(shield=True):
            async with self._charging:
                await self._watch.end_doubt(payment_id)
                payment = await self._allowed(payment_id, Action.SEND)
                self._refuse_without_key()
                receipt = await self._journal.read(lambda r: r.receipt(payment.receipt_id))
                view = await self._send(payment, receipt, actor)
        return view

    async def withdraw(self, payment_id: str) -> PaymentView:
        """Give up a payment that was never sent; its receipt can be taken back then."""
        actor = await self._staff.require(Right.SELL)

        def change(ledger: Ledger) -> Payment:
            payment = _checked(ledger.payment(payment_id), Action.WITHDRAW)
            return ledger.move(payment, PaymentState.WITHDRAWN)

        async with self._charging:
            self._watch.take_in(await self._journal.write(change, actor=actor.id))
            return self._watch.view(payment_id)

    async def check(self, payment_id: str) -> PaymentView:
        """Ask the gateway now (at most once a second)."""
        await self._staff.require(Right.CHECK)
        await self._watch.check(payment_id)
        return self._watch.view(payment_id)

    async def cancel(self, payment_id: str) -> PaymentView:
        """Ask the gateway to close a payment and believe only its GetPayment (rows C1-C7).

        Comes back after the first proof or the first silence; the watch goes on until CLOSED,
        PAID or FAILED is proved, or the payer turns out to be paying (OPEN again).
        """
        actor = await self._staff.require(Right.CANCEL)

        def change(ledger: Ledger) -> Payment:
            payment = _checked(ledger.payment(payment_id), Action.CANCEL)
            return ledger.move(payment, PaymentState.CLOSING)

        with anyio.CancelScope(shield=True):
            self._watch.take_in(await self._journal.write(change, actor=actor.id))
            await self._watch.close(payment_id)
        return self._watch.view(payment_id)

    async def qr_shown(self, payment_id: str) -> PaymentView:
        """Record that the customer has seen the QR: from now on it can never be forgotten."""

        def change(ledger: Ledger) -> Payment:
            payment = ledger.payment(payment_id)
            if payment.url_shown_at is not None:
                return payment
            return ledger.update(payment, url_shown_at=self._clock.utc())

        self._watch.look_at(payment_id)
        self._watch.take_in(await self._journal.write(change))
        return self._watch.view(payment_id)

    async def look_away(self) -> None:
        """No payment is on screen any more; all of them are still followed."""
        self._watch.look_at("")

    async def result_seen(self, payment_id: str) -> None:
        """Record that a person has seen how the payment ended (row W9)."""

        def change(ledger: Ledger) -> Payment:
            return ledger.update(ledger.payment(payment_id), is_result_seen=True)

        self._watch.take_in(await self._journal.write(change))

    async def back_to_receipt(self, payment_id: str) -> SavedReceipt:
        """Take the receipt of a payment that is over back into the grid, to be changed or sold.

        A receipt that is being typed meanwhile is parked, never lost.
        """
        await self._staff.require(Right.SELL)
        payment = await self._allowed(payment_id, Action.BACK_TO_RECEIPT)
        receipt = await self._receipts.take_back(payment.receipt_id)
        self._watch.receipt_changed(receipt)
        await self.result_seen(payment_id)
        return receipt

    # The steps of a charge

    async def _charge(self, receipt_id: str, actor: Actor, override: str) -> PaymentView:
        self._refuse_without_key()
        terminal = self._terminals.chosen
        if terminal is None:
            raise CashierError(Failure.NO_TERMINAL)
        saved = await self._journal.read(lambda reader: reader.receipt(receipt_id))
        check_payable(saved, terminal, self._limit)
        await self._prove_earlier_dead(receipt_id)
        payment, saved = await self._journal.write(
            lambda ledger: self._prepare(ledger, receipt_id, terminal, actor, override),
            actor=actor.id,
        )
        self._watch.follow(payment, saved)
        return await self._send(payment, saved, actor)

    def _refuse_without_key(self) -> None:
        if self._health.view.link is Link.KEY_REFUSED:
            raise CashierError(Failure.KEY_REFUSED)

    async def _prove_earlier_dead(self, receipt_id: str) -> None:
        """A new QR needs every earlier one of this receipt proved dead by a fresh read."""
        attempts = await self._journal.read(lambda reader: reader.attempts(receipt_id))
        for earlier in attempts:
            require_over(earlier)
            if not is_settled_for_good(earlier):
                await self._prove_dead(earlier)

    async def _prove_dead(self, earlier: Payment) -> None:
        if not self._watch.is_followed(earlier.id):
            # Its days of being watched are over; its QR may still hang on somebody's screen.
            receipt = await self._journal.read(lambda reader: reader.receipt(earlier.receipt_id))
            self._watch.follow(earlier, receipt)
        read = await self._watch.check(earlier.id, priority=Priority.MONEY)
        if read.standing in _DEAD:
            return
        if earlier.state is PaymentState.ABANDONED and read.is_not_found:
            return
        if read.standing is not None or read.failure is None:
            state = self._watch.view(earlier.id).payment.state
            raise CashierError(Failure.STILL_PAYABLE, state=state.value)
        raise CashierError(read.failure)

    def _prepare(
        self,
        ledger: Ledger,
        receipt_id: str,
        terminal: Terminal,
        actor: Actor,
        override: str,
    ) -> tuple[Payment, SavedReceipt]:
        """The intent, whole, in one transaction. Everything is checked again under its lock."""
        check_payable(ledger.receipt(receipt_id), terminal, self._limit)
        earlier = ledger.attempts(receipt_id)
        for attempt in earlier:
            require_over(attempt)
        busy = ledger.live_on_terminal(terminal.info.id) if terminal.is_static else []
        if busy and not override:
            raise CashierError(Failure.TERMINAL_BUSY, receipt=busy[0].receipt_number)
        ledger.ensure_shift()
        saved = ledger.number_receipt(receipt_id)
        if saved.state is not ReceiptState.FROZEN:
            saved = ledger.move_receipt(receipt_id, ReceiptState.FROZEN)
        now = self._clock.utc()
        payment = ledger.add_payment(
            Payment(
                id=self._new_id(),
                receipt_id=saved.id,
                receipt_number=saved.number,
                attempt=len(earlier) + 1,
                order_id=self._new_id(),
                state=PaymentState.PREPARED,
                amount=saved.receipt.amount,
                terminal_id=terminal.info.id,
                terminal_name=terminal.name,
                merchant_id=self._gateway.merchant_id,
                base_url=self._gateway.base_url,
                created_at=now,
                changed_at=now,
                is_terminal_static=terminal.is_static,
                cashier=actor.id,
            )
        )
        if busy:
            beside = [one.id for one in busy]
            facts = {"reason": override, "approver": actor.approver, "beside": beside}
            ledger.record("terminal.overridden", payment.id, facts)
        ledger.remember_goods(saved.receipt)
        return payment, saved

    async def _send(self, payment: Payment, saved: SavedReceipt, actor: Actor) -> PaymentView:
        """Send, and again while it is proved that nothing left, at most twice more (row P2)."""
        for again in range(schedule.SENDS_AGAIN_AT_MOST + 1):
            if again:
                await self._clock.wait(schedule.SEND_AGAIN_AFTER[again - 1])
            payment, outcome = await self._send_once(payment, saved, actor)
            if not isinstance(outcome, NotSent):
                break
        view = self._watch.follow(payment, saved)
        if payment.state is PaymentState.OPEN and _is_decided(payment):
            # Row P12: a create that already says "paid" is believed after a second read only.
            await self._watch.check(payment.id, priority=Priority.MONEY)
            view = self._watch.view(payment.id)
        elif payment.state is PaymentState.QUARANTINE:
            await self._watch.close(payment.id)
            view = self._watch.view(payment.id)
        return view

    async def _send_once(
        self, payment: Payment, saved: SavedReceipt, actor: Actor
    ) -> tuple[Payment, Outcome[PaymentInfo]]:
        def sending(ledger: Ledger) -> Payment:
            current = _checked(ledger.payment(payment.id), Action.SEND)
            return ledger.move(current, PaymentState.SENDING, sent_at=self._clock.utc())

        try:
            sent = await self._journal.write(sending, actor=actor.id)
        except CashierError as error:
            if error.failure is Failure.JOURNAL_AWAY:
                # It may be committed, and then it counts as sent until it is looked up.
                self._watch.doubt(payment.id)
            raise
        self._watch.follow(sent, saved)

        try:
            return await self._create(sent, saved)
        except Exception:
            # Unless it was given up, it may have left: the watch looks it up (rows P3, G5).
            if self._watch.view(sent.id).payment.state is PaymentState.SENDING:
                self._watch.doubt(sent.id)
            raise

    async def _create(
        self, sent: Payment, saved: SavedReceipt
    ) -> tuple[Payment, Outcome[PaymentInfo]]:
        is_answered = False

        async def keep(raw: RawAnswer) -> None:
            nonlocal is_answered
            is_answered = True
            await self._journal.write(
                lambda ledger: ledger.keep_answer(
                    sent.id,
                    call=raw.call,
                    http_status=raw.http_status,
                    body=raw.body,
                    received_at=raw.received_at,
                )
            )

        try:
            async with self._traffic.call(Priority.MONEY):
                outcome = await self._gateway.create_payment(self._request(sent, saved), keep=keep)
        except CashierError:
            if not is_answered:
                # The writer refused a field, so that nothing can have left.
                self._watch.take_in(
                    await self._journal.write(lambda ledger: settle.unsend(ledger, sent.id))
                )
            raise

        def created(ledger: Ledger) -> Payment:
            return settle.created(
                ledger, sent, outcome, now=self._clock.utc(), skew=self._health.skew
            )

        return await self._journal.write(created), outcome

    def _request(self, payment: Payment, saved: SavedReceipt) -> NewPayment:
        return NewPayment(
            order_id=payment.order_id,
            amount=payment.amount,
            description=f"Чек {payment.receipt_number}, касса {self._till}",
            terminal_id=payment.terminal_id,
            lines=saved.receipt.priced,
            custom={
                "till": self._till,
                "receipt": payment.receipt_number,
                "tag": payment.tag,
            },
        )

    async def _allowed(self, payment_id: str, action: Action) -> Payment:
        payment = await self._journal.read(lambda reader: reader.payment(payment_id))
        return _checked(payment, action)


def _checked(payment: Payment, action: Action) -> Payment:
    if not payment.allows(action):
        raise CashierError(Failure.NOT_ALLOWED, action=action.name, state=payment.state.value)
    return payment


def _is_decided(payment: Payment) -> bool:
    return standing(payment.status) is not Standing.OPEN
