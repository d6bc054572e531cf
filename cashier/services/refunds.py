"""Giving money back: never more than was paid, never the same thing twice, whatever fails.

One send per intent, ever: after the first byte has left, only a person's decision settles what the
gateway did not say. Everybody's right is checked here, not in a widget.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money, total
from cashier.domain.payment import Payment
from cashier.domain.quantity import ONE, Quantity
from cashier.domain.refund import (
    Refund,
    RefundAction,
    RefundedLine,
    RefundState,
)
from cashier.domain.staff import Right
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Ok, Outcome, RawAnswer, Refused
from cashier.gateway.requests import Expected, NewRefund, RefundLine
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services import refund_settle
from cashier.services.refund_form import (
    RefundForm,
    chosen_lines,
    is_refundable,
    read_form,
    typed_reason,
)
from cashier.services.refund_views import RefundView
from cashier.services.refund_watch import RefundWatch
from cashier.services.staff import Approval, Staff
from cashier.services.traffic import Priority, Traffic

logger = logging.getLogger(__name__)


class Refunds:
    """The use cases of a refund. All raise CashierError, with nothing sent unless it says so."""

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        watch: RefundWatch,
        staff: Staff,
        new_id: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic
        self._watch = watch
        self._staff = staff
        self._new_id = new_id
        self._refunding = anyio.Lock()

    async def open(self, payment_id: str) -> RefundForm:
        """The form for a payment, after asking the gateway about it once more.

        Raises NOT_PAID, NOT_FOUND. A gateway that is silent is `trouble`, not an error: the budget
        is this journal's.
        """
        payment = await self._journal.read(lambda reader: reader.payment(payment_id))
        if not is_refundable(payment):
            raise CashierError(Failure.NOT_PAID)
        async with self._traffic.call(Priority.SCREEN):
            outcome = await self._gateway.get_payment(
                payment.payment_id, expect=Expected(order_id=payment.order_id)
            )
        trouble = None if isinstance(outcome, Ok) else trouble_of(outcome)
        return await self._journal.read(lambda reader: read_form(reader, payment_id, trouble))

    async def refund_lines(
        self,
        payment_id: str,
        quantities: dict[int, Quantity],
        reason: str,
        *,
        approval: Approval | None = None,
    ) -> RefundView:
        """Give back these quantities of the receipt's lines, by line id (SPEC 7.2.7).

        Raises RIGHT_MISSING, REFUND_NOTHING, REFUND_OVER_LINE, REFUND_OVER_BUDGET,
        REFUND_UNSETTLED, FIELD_INVALID, REFUNDS_WAIT.
        """
        form = await self._journal.read(lambda reader: read_form(reader, payment_id, None))
        lines = chosen_lines(form.lines, quantities)
        return await self._refund(form, lines, reason, by_sum=False, approval=approval)

    async def refund_sum(
        self, payment_id: str, amount: Money, reason: str, *, approval: Approval | None = None
    ) -> RefundView:
        """Give back a sum, whatever was sold: one line with the receipt's number."""
        if amount.minor <= 0:
            raise CashierError(Failure.REFUND_NOTHING)
        form = await self._journal.read(lambda reader: read_form(reader, payment_id, None))
        if amount.currency is not form.payment.amount.currency:
            raise CashierError(Failure.CURRENCY_MIXED)
        number = form.receipt.number or form.payment.order_id[:8]
        line = RefundedLine(0, f"Возврат по чеку {number}", amount, ONE, amount)
        return await self._refund(form, (line,), reason, by_sum=True, approval=approval)

    async def send(self, refund_id: str, *, approval: Approval | None = None) -> RefundView:
        """Send a refund of this till that has provably not left yet; a person's press (row R3)."""
        await self._watch.end_doubt(refund_id)
        refund = await self._journal.read(lambda reader: reader.refund(refund_id))
        if await self._journal.read(lambda reader: reader.restoration()) is not None:
            raise CashierError(Failure.REFUNDS_WAIT)
        payment = await self._journal.read(lambda reader: reader.payment(refund.payment_id))
        await self._staff.require(right_to_refund(payment), approval)
        with anyio.CancelScope(shield=True):
            async with self._refunding:
                view = await self._send(checked(refund, RefundAction.SEND))
        return view

    async def withdraw(self, refund_id: str) -> RefundView:
        """Give up a refund that was never sent; its sum is free again."""
        actor = await self._staff.require(Right.SELL)

        def change(ledger: Ledger) -> Refund:
            refund = checked(ledger.refund(refund_id), RefundAction.WITHDRAW)
            return ledger.move_refund(refund, RefundState.WITHDRAWN)

        return self._watch.follow(await self._journal.write(change, actor=actor.id))

    async def check(self, refund_id: str) -> RefundView:
        """Ask the gateway now (SPEC 7.2.8)."""
        await self._staff.require(Right.CHECK)
        return await self._watch.check(refund_id)

    # The steps of a refund

    async def _refund(
        self,
        form: RefundForm,
        lines: tuple[RefundedLine, ...],
        reason: str,
        *,
        by_sum: bool,
        approval: Approval | None,
    ) -> RefundView:
        actor = await self._staff.require(right_to_refund(form.payment), approval)
        reason = typed_reason(reason)
        if not is_refundable(form.payment):
            raise CashierError(Failure.NOT_PAID)
        if not form.is_budget_known:
            raise CashierError(Failure.BUDGET_UNKNOWN)
        amount = total((line.result for line in lines), form.payment.amount.currency)
        if amount.minor <= 0:
            raise CashierError(Failure.REFUND_NOTHING)
        if amount > form.left:
            raise CashierError(Failure.REFUND_OVER_BUDGET, left=form.left)
        refund = self._new(form.payment, amount, lines, reason, actor.id, actor.approver, by_sum)
        with anyio.CancelScope(shield=True):
            async with self._refunding:
                added = await self._journal.write(
                    lambda ledger: ledger.add_refund(refund), actor=actor.id
                )
                self._watch.follow(added)
                view = await self._send(added)
        return view

    def _new(
        self,
        payment: Payment,
        amount: Money,
        lines: tuple[RefundedLine, ...],
        reason: str,
        actor: str,
        approver: str,
        by_sum: bool = False,
    ) -> Refund:
        now = self._clock.utc()
        return Refund(
            id=self._new_id(),
            payment_id=payment.id,
            state=RefundState.PREPARED,
            amount=amount,
            lines=lines,
            reason=reason,
            created_at=now,
            changed_at=now,
            is_by_sum=by_sum,
            actor=actor,
            approver=approver,
        )

    async def _send(self, refund: Refund) -> RefundView:
        """Two commits before the send, the raw answer before it is parsed, the result after."""
        payment = await self._journal.read(lambda reader: reader.payment(refund.payment_id))

        def sending(ledger: Ledger) -> Refund:
            current = checked(ledger.refund(refund.id), RefundAction.SEND)
            if all(one.id != current.id for one in ledger.refunds({current.state})):
                # The till that wrote the intent is the one that knows whether it has left.
                action = RefundAction.SEND.name
                raise CashierError(Failure.NOT_ALLOWED, action=action, state=current.state.value)
            return ledger.move_refund(current, RefundState.SENDING, sent_at=self._clock.utc())

        try:
            sent = await self._journal.write(sending)
        except CashierError as error:
            if error.failure is Failure.JOURNAL_AWAY:
                # It may be committed, and then it counts as sent until somebody decides.
                self._watch.doubt(refund.id)
            raise
        self._watch.follow(sent)
        try:
            return await self._watch.settle(await self._create(sent, payment))
        except Exception:
            await self._doubt(sent.id)
            raise

    async def _create(self, sent: Refund, payment: Payment) -> Refund:
        is_answered = False

        async def keep(raw: RawAnswer) -> None:
            nonlocal is_answered
            is_answered = True
            await self._journal.write(
                lambda ledger: ledger.keep_answer(
                    payment.id,
                    refund_id=sent.id,
                    call=raw.call,
                    http_status=raw.http_status,
                    body=raw.body,
                    received_at=raw.received_at,
                )
            )

        new = NewRefund(
            payment_id=payment.payment_id,
            amount=sent.amount,
            reason=sent.sent_reason,
            lines=tuple(
                RefundLine(line.name, line.price, line.quantity, line.result) for line in sent.lines
            ),
        )
        try:
            async with self._traffic.call(Priority.MONEY):
                outcome = await self._gateway.create_refund(new, keep=keep)
        except CashierError:
            if not is_answered:
                # The writer refused a field, so that nothing can have left.
                withdrawn = await self._journal.write(lambda ledger: _unsend(ledger, sent.id))
                self._watch.follow(withdrawn)
            raise

        def created(ledger: Ledger) -> Refund:
            return refund_settle.created(ledger, sent, outcome, now=self._clock.utc())

        return await self._journal.write(created)

    async def _doubt(self, refund_id: str) -> None:
        """It may have left, and what came of it could not be written: unknown (row R7).

        While even that cannot be written it stays in SENDING, which holds its sum as well; the
        watch tries again.
        """
        try:
            doubt = partial(refund_settle.doubt, refund_id=refund_id)
            doubted = await self._journal.write(doubt)
        except CashierError as error:
            logger.warning("refund %s stays in doubt: %s", refund_id, error)
            self._watch.doubt(refund_id)
        else:
            self._watch.follow(doubted)


def right_to_refund(payment: Payment) -> Right:
    """A payment that another journal made is a manager's matter."""
    return Right.ADOPT if payment.is_adopted else Right.REFUND


def checked(refund: Refund, action: RefundAction) -> Refund:
    """The refund, if that may be done with it now. Raises NOT_ALLOWED."""
    if not refund.allows(action):
        raise CashierError(Failure.NOT_ALLOWED, action=action.name, state=refund.state.value)
    return refund


def _unsend(ledger: Ledger, refund_id: str) -> Refund:
    prepared = ledger.move_refund(ledger.refund(refund_id), RefundState.PREPARED)
    return ledger.move_refund(prepared, RefundState.WITHDRAWN)


def trouble_of(outcome: Outcome[Any]) -> Failure:
    """Why a read brought nothing that could be used."""
    failure = getattr(outcome, "failure", None)
    if isinstance(failure, Failure):
        return failure
    if isinstance(outcome, Refused):
        return Failure.KEY_REFUSED if outcome.code == 0 else Failure.REFUSED
    return Failure.UNREADABLE_ANSWER
