"""What the gateway cannot say of a refund, and a manager decides, proved where it can be."""

from __future__ import annotations

from collections.abc import Callable

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Payment, Standing, standing
from cashier.domain.refund import (
    NOT_EXECUTED_AFTER,
    Refund,
    RefundAction,
    RefundInfo,
    RefundState,
)
from cashier.domain.staff import Right
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Mismatch, Ok, Refused
from cashier.gateway.requests import ExpectedRefund
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services import refund_settle
from cashier.services.refund_form import typed_reason
from cashier.services.refund_views import RefundView
from cashier.services.refund_watch import RefundWatch
from cashier.services.refunds import checked, trouble_of
from cashier.services.staff import Actor, Approval, Staff
from cashier.services.traffic import Priority, Traffic


class RefundDecisions:
    """Use cases over unknown refunds and refunds made elsewhere. All raise CashierError."""

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

    async def resolve_found(
        self, refund_id: str, number: str, reason: str, *, approval: Approval | None = None
    ) -> RefundView:
        """An unknown refund was found in the cabinet under `number`; GetRefund proves it (R24).

        Raises with nothing recorded: PROOF_DIFFERS(fields); REFUND_NOT_DONE(has_failed) unless the
        gateway says that the money is back; ALREADY_LINKED; or why it could not be asked.
        """
        actor = await self._staff.require(Right.RESOLVE_REFUND, approval)
        typed_reason(reason)
        refund, payment = await self._journal.read(lambda reader: _pair(reader, refund_id))
        checked(refund, RefundAction.RESOLVE)
        info = await self._proof(number.strip(), payment, refund.amount)
        if refund.tag not in info.reason.upper():
            raise CashierError(Failure.PROOF_DIFFERS, fields=("tag",))
        ended = standing(info.status)
        if ended is not Standing.PAID:
            raise CashierError(Failure.REFUND_NOT_DONE, has_failed=ended is not Standing.OPEN)

        def change(ledger: Ledger) -> Refund:
            linked = ledger.refund_by_gateway_id(info.id)
            if linked is not None:
                raise CashierError(Failure.ALREADY_LINKED, refund=linked.id)
            return refund_settle.move(
                ledger,
                ledger.refund(refund_id),
                RefundState.RESOLVED_EXECUTED,
                refund_id=info.id,
                resolution=reason.strip(),
                approver=actor.approver,
                **refund_settle.learned(info, now=self._clock.utc()),
            )

        return await self._watch.settle(await self._journal.write(change, actor=actor.id))

    async def resolve_not_executed(
        self, refund_id: str, reason: str, *, approval: Approval | None = None
    ) -> RefundView:
        """An unknown refund did not happen: its sum may be refunded again (row R25).

        Raises TOO_EARLY(seconds) within 30 minutes of sending.
        """
        actor = await self._staff.require(Right.RESOLVE_REFUND, approval)
        typed_reason(reason)
        refund = await self._journal.read(lambda reader: reader.refund(refund_id))
        checked(refund, RefundAction.RESOLVE)
        seconds = await self.too_early_by(refund)
        if seconds > 0:
            raise CashierError(Failure.TOO_EARLY, seconds=seconds)

        def change(ledger: Ledger) -> Refund:
            return ledger.move_refund(
                ledger.refund(refund_id),
                RefundState.RESOLVED_NOT_EXECUTED,
                resolution=reason.strip(),
                approver=actor.approver,
            )

        return self._watch.follow(await self._journal.write(change, actor=actor.id))

    async def too_early_by(self, refund: Refund) -> float:
        """Seconds until an unknown refund may be said not to have happened (row R25)."""
        return max(0.0, NOT_EXECUTED_AFTER - self._watch.sent_for(refund))

    async def record_external(
        self, payment_id: str, number: str, *, approval: Approval | None = None
    ) -> RefundView:
        """A refund made in the cabinet counts here too, once GetRefund has proved it (row R22)."""
        actor = await self._staff.require(Right.RECORD_EXTERNAL, approval)
        payment = await self._journal.read(lambda reader: reader.payment(payment_id))
        info = await self._proof(number.strip(), payment, None)
        return await self._record(payment, info, actor)

    async def enter_external(self, number: str, *, approval: Approval | None = None) -> RefundView:
        """The same where only the refund's number is known: the gateway names the payment.

        Raises NOT_FOUND(payment) where the payment that it names is not in this journal.
        """
        actor = await self._staff.require(Right.RECORD_EXTERNAL, approval)
        info = await self._proof(number.strip(), None, None)
        found = await self._journal.read(
            lambda reader: reader.payment_by_gateway_id(info.payment_id)
        )
        if found is None:
            raise CashierError(Failure.NOT_FOUND, payment=info.payment_id)
        return await self._record(found, info, actor)

    async def _record(self, payment: Payment, info: RefundInfo, actor: Actor) -> RefundView:
        if info.amount is None or info.amount.minor <= 0:
            raise CashierError(Failure.PROOF_DIFFERS, fields=("amount",))
        if info.currency not in ("", payment.amount.currency.value):
            raise CashierError(Failure.PROOF_DIFFERS, fields=("currency",))
        now = self._clock.utc()
        refund = Refund(
            id=self._new_id(),
            payment_id=payment.id,
            state=RefundState.PREPARED,
            amount=Money(info.amount.minor, payment.amount.currency),
            lines=(),
            reason="",
            created_at=now,
            changed_at=now,
            is_external=True,
            actor=actor.id,
            approver=actor.approver,
        )

        def change(ledger: Ledger) -> Refund:
            if ledger.refund_by_gateway_id(info.id) is not None:
                raise CashierError(Failure.ALREADY_LINKED)
            added = ledger.add_refund(refund)
            sending = ledger.move_refund(added, RefundState.SENDING)
            return refund_settle.created(ledger, sending, Ok(info), now=self._clock.utc())

        return await self._watch.settle(await self._journal.write(change, actor=actor.id))

    async def _proof(
        self, number: str, payment: Payment | None, amount: Money | None
    ) -> RefundInfo:
        """What GetRefund says under a number that a person typed; it must be about `payment`."""
        if not number:
            raise CashierError(Failure.FIELD_INVALID, field="refund.id", rule="empty")
        expect = ExpectedRefund(payment_id=payment.payment_id if payment else "", amount=amount)
        async with self._traffic.call(Priority.SCREEN):
            outcome = await self._gateway.get_refund(number, expect=expect)
        match outcome:
            case Ok(info) if refund_settle.names_what_it_is_for(info):
                return info
            case Ok(info):
                absent = "amount" if info.payment_id else "payment_id"
                raise CashierError(Failure.PROOF_DIFFERS, fields=(absent,))
            case Mismatch(_, fields):
                raise CashierError(Failure.PROOF_DIFFERS, fields=fields)
            case Refused():
                raise CashierError(Failure.PROOF_DIFFERS, fields=("id",), is_denied=True)
            case _:
                raise CashierError(trouble_of(outcome))


def _pair(reader: Reader, refund_id: str) -> tuple[Refund, Payment]:
    refund = reader.refund(refund_id)
    return refund, reader.payment(refund.payment_id)
