"""The gateway itself: its payments, and what happens to them from outside."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cashier.sandbox.bank_codes import description_of
from cashier.sandbox.calls import CallLog
from cashier.sandbox.change_lock import ChangeLock
from cashier.sandbox.faults import FaultList
from cashier.sandbox.memory import Facts, Memory
from cashier.sandbox.refunds import Refunds
from cashier.sandbox.refusal import Code, Refusal, invalid, payer_has_started
from cashier.sandbox.terminals import Terminals
from cashier.sandbox.validation import PaymentRequest
from cashier.sandbox.values import (
    DEMO_API_KEY,
    DEMO_MERCHANT_ID,
    BankCode,
    Method,
    Payment,
    Profile,
    Status,
    Step,
)

LIFETIME = 20 * 60.0
"""Seconds that a bill waits, unless told otherwise."""

PAYER_GRACE = 5 * 60.0
"""Seconds beyond that for a payer who has begun to pay."""

_EXPIRED = "Время на оплату истекло"


def utc_now() -> datetime:
    return datetime.now(UTC)


class Gateway:
    """One merchant's terminals, payments and refunds. Every method may be called by any thread.

    Amounts are minor units, moments UTC. Calls of SPEC 7.2 raise Refusal; what is given out is
    frozen, and a later change makes a new value. What a method has changed is in the `memory`, when
    there is one, before it returns.
    """

    def __init__(
        self,
        profile: Profile = Profile.LIVE,
        *,
        merchant_id: str = DEMO_MERCHANT_ID,
        api_key: str = DEMO_API_KEY,
        clock: Callable[[], datetime] = utc_now,
        memory: Memory | None = None,
    ) -> None:
        self._memory: Memory | None = None  # nothing is saved before it was read
        self.profile = profile
        self.merchant_id = merchant_id
        self.api_key = api_key
        self.clock = clock
        self.calls = CallLog()
        self.faults = FaultList()
        self.lock = ChangeLock(self._save)
        self.terminals = Terminals(profile, lock=self.lock)
        self.refunds = Refunds(self.payment, lock=self.lock, clock=clock)
        self._clear()
        if memory is not None:
            self._recall(memory)

    def _clear(self) -> None:
        self._payments: dict[str, Payment] = {}
        self._orders: dict[str, str] = {}
        self._lifetime: float | None = LIFETIME

    def reset(self) -> None:
        """Forget everything: facts, faults, counts and switches."""
        with self.lock:
            self._clear()
            self.lock.mark()
            self.terminals.clear()
            self.refunds.clear()
            self.calls.clear()
            self.faults.clear()

    # What is remembered from one run to the next

    def _recall(self, memory: Memory) -> None:
        facts = memory.load(self.clock())
        if facts is not None:
            self.terminals.recall(facts.terminals, next_number=facts.next_number)
            self.refunds.recall(facts.refunds)
            self._payments = {payment.id: payment for payment in facts.payments}
            self._orders = {
                payment.order_id: payment.id
                for payment in facts.payments
                if payment.order_id is not None
            }
        self._memory = memory

    def _save(self) -> bool:
        if self._memory is None:
            return True
        facts = Facts(
            next_number=self.terminals.next_number,
            terminals=self.terminals.all(),
            payments=self.payments(),
            refunds=self.refunds.all(),
        )
        return self._memory.save(facts, self.clock())

    @property
    def last_port(self) -> int:
        """Where the gateway listened in its last run; 0 when nobody knows."""
        return 0 if self._memory is None else self._memory.port

    def listens_on(self, port: int) -> None:
        """Remember the port for the next run."""
        with self.lock:
            if self._memory is not None and self._memory.port != port:
                self._memory.port = port
                self.lock.mark()

    def waiting_payment(self, terminal_id: str) -> Payment | None:
        """The terminal's newest bill that can still be paid."""
        waiting = [
            payment
            for payment in self.payments()
            if payment.terminal_id == terminal_id and payment.status.is_open
        ]
        return waiting[-1] if waiting else None

    # Payments

    def create_payment(self, request: PaymentRequest) -> Payment:
        """SPEC 7.2.3. An order id is taken once and for ever: else Refusal(INVALID)."""
        with self.lock:
            if self.terminals.get(request.terminal_id) is None:
                raise Refusal(Code.TERMINAL)
            if request.order_id in self._orders:
                raise invalid("order.id", "такой идентификатор заказа уже использован")
            now = self.clock()
            lifetime = self._lifetime
            payment = Payment(
                id=self._new_id(),
                terminal_id=request.terminal_id,
                order_id=request.order_id,
                amount=request.amount,
                currency=request.currency,
                description=request.description,
                success_url=request.success_url,
                fail_url=request.fail_url,
                custom_parameters=request.custom_parameters,
                lines=request.lines,
                created=now,
                updated=now,
                expires=None if lifetime is None else now + timedelta(seconds=lifetime),
            )
            self._store(payment)
            if payment.order_id is not None:
                self._orders[payment.order_id] = payment.id
            return payment

    def _new_id(self) -> str:
        """37 hexadecimal signs by the guide's examples, 32 in the live service."""
        length = 37 if self.profile is Profile.SPEC else 32
        return secrets.token_hex(19)[:length]

    def payment(self, payment_id: str) -> Payment:
        """SPEC 7.2.4. Raises Refusal(PAYMENT)."""
        with self.lock:
            payment = self._payments.get(payment_id)
            if payment is None:
                raise Refusal(Code.PAYMENT)
            return self._aged(payment)

    def payment_by_order(self, order_id: str) -> Payment:
        """SPEC 7.2.5. Raises Refusal(PAYMENT)."""
        with self.lock:
            return self.payment(self._orders.get(order_id, ""))

    def payments(self) -> tuple[Payment, ...]:
        """All payments, the oldest first."""
        with self.lock:
            return tuple(self._aged(payment) for payment in tuple(self._payments.values()))

    def _aged(self, payment: Payment) -> Payment:
        if payment.expires is None or not payment.status.is_open:
            return payment
        end = payment.expires
        if payment.status is Status.PROCESS:
            end += timedelta(seconds=PAYER_GRACE)
        if self.clock() < end:
            return payment
        return self._store(_expired(payment, end))

    def _store(self, payment: Payment) -> Payment:
        self._payments[payment.id] = payment
        self.lock.mark()
        return payment

    def change(self, payment_id: str, change: Callable[[Payment], Payment]) -> Payment:
        """Replace a payment by what `change` makes of it; its update moment is stamped."""
        with self.lock:
            old = self.payment(payment_id)
            new = change(old)
            if new == old:
                return old
            return self._store(replace(new, updated=self.clock()))

    def close_payment(self, payment_id: str) -> Payment:
        """SPEC 7.2.6. Refused once paid (PAID), failed (FINISHED), or begun (ALIAS_OR_STARTED)."""
        with self.lock:
            match self.payment(payment_id).status:
                case Status.SUCCESSFUL:
                    raise Refusal(Code.PAID)
                case Status.FAILED | Status.EXPIRED:
                    raise Refusal(Code.FINISHED)
                case Status.PROCESS:
                    raise payer_has_started()
                case Status.INIT | Status.CLOSED:
                    return self.change(
                        payment_id, lambda payment: replace(payment, status=Status.CLOSED)
                    )

    # What happens to a payment from outside

    def start(self, payment_id: str) -> Payment:
        """The payer begins with a card: an open payment is in process."""
        return self.change(
            payment_id,
            lambda payment: (
                replace(payment, status=Status.PROCESS, step=Step.CARD)
                if payment.status.is_open
                else payment
            ),
        )

    def leave(self, payment_id: str) -> Payment:
        """The payer goes back: an open payment waits again."""
        return self.change(
            payment_id,
            lambda payment: (
                replace(payment, status=Status.INIT, step=Step.CHOICE, planned=None, wrong_codes=0)
                if payment.status.is_open
                else payment
            ),
        )

    def pay(
        self, payment_id: str, method: Method | str = Method.CARD, *, bonuses: int = 0
    ) -> Payment:
        """Money arrives, whatever the status says: late money (rows W4, W6, C8) is made by this.

        `bonuses`: the part of the amount, in minor units, that was paid with bonuses.
        """
        by = Method(method)
        return self.change(
            payment_id,
            lambda payment: (
                payment
                if payment.status is Status.SUCCESSFUL
                else replace(
                    payment,
                    status=Status.SUCCESSFUL,
                    status_description="",
                    bank_code=None,
                    step=Step.CHOICE,
                    planned=None,
                    paid_by=by,
                    account=_account(payment, by),
                    funds=payment.amount - bonuses,
                    bonuses=-bonuses,
                )
            ),
        )

    def decline(self, payment_id: str, bank_code: BankCode = (2, 5)) -> Payment:
        """The bank refuses an open payment; the code stands in `status_description`."""
        return self.change(
            payment_id,
            lambda payment: (
                replace(
                    payment,
                    status=Status.FAILED,
                    status_description=description_of(bank_code),
                    bank_code=bank_code,
                    step=Step.CHOICE,
                    planned=None,
                )
                if payment.status.is_open
                else payment
            ),
        )

    def expire(self, payment_id: str) -> Payment:
        """The time of an open payment is over now."""
        return self.change(
            payment_id,
            lambda payment: _expired(payment, self.clock()) if payment.status.is_open else payment,
        )

    def set_lifetime(self, seconds: float | None) -> None:
        """How long bills made from now on wait; None: for ever, and expire_date = create_date."""
        self._lifetime = seconds

    # What tests ask

    def call_count(self, method: str) -> int:
        """How often a method, such as "CreatePayment", was called."""
        return self.calls.count(method)

    def last_body(self, method: str) -> bytes | None:
        """The body of the method's latest call."""
        call = self.calls.last(method)
        return None if call is None else call.body


def _expired(payment: Payment, moment: datetime) -> Payment:
    return replace(
        payment,
        status=Status.EXPIRED,
        status_description=_EXPIRED,
        step=Step.CHOICE,
        planned=None,
        updated=moment,
    )


def _account(payment: Payment, method: Method) -> str:
    if method is not Method.CARD:
        return ""
    return payment.planned.account if payment.planned else "554373******6654"
