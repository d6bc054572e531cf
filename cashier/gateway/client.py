"""The gateway's client: one method per call of SPEC 7.2."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

import anyio

import cashier
from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.payment import PaymentInfo
from cashier.domain.refund import RefundInfo
from cashier.domain.terminal import NewTerminal, TerminalInfo
from cashier.gateway import identity, wire_write
from cashier.gateway.addresses import ALLOWED_PAYMENT_HOSTS, check_base_url, check_proxy
from cashier.gateway.calls import Call
from cashier.gateway.deadlines import DEADLINES, Deadlines, Limit
from cashier.gateway.exchange import Silence
from cashier.gateway.outcome import Contact, Keep, Outcome, RawAnswer
from cashier.gateway.redaction import Redactor
from cashier.gateway.requests import (
    GUIDE,
    Expected,
    ExpectedRefund,
    NewPayment,
    NewRefund,
    TypeSpelling,
)
from cashier.gateway.times import read_http_date
from cashier.gateway.verdict import Reading, of_answer, of_silence, trouble_of
from cashier.gateway.wire_read import Reader

if TYPE_CHECKING:
    from cashier.gateway.transport import Transport, Wire

KEPT_BYTES = 64 * 1024

T = TypeVar("T")


class Secret(Protocol):
    """The API key. Nothing but `reveal` shows it."""

    def reveal(self) -> str: ...


class Gateway:
    """The eight calls, each sent at most once.

    Every call ends in an `Outcome` and raises CashierError only before anything is sent:
    FIELD_INVALID for a value that SPEC does not allow, NO_KEY without merchant id or key. Calls
    that change something run shielded under their own time limit: a cancelled caller does not tear
    them, and the answer is still kept. `keep` is given every answer before it is read, masked; what
    it raises goes to the caller. `observe` hears of every exchange.
    """

    def __init__(
        self,
        *,
        base_url: str,
        merchant_id: str,
        api_key: Secret,
        clock: Clock,
        transport: Transport | None = None,
        proxy: str = "",
        ca_file: str = "",
        limits: Deadlines = DEADLINES,
        observe: Callable[[Contact], None] | None = None,
        allowed_payment_hosts: tuple[str, ...] = ALLOWED_PAYMENT_HOSTS,
    ) -> None:
        """Raises CashierError(BASE_URL_INVALID), or FIELD_INVALID for a proxy that is none."""
        check_proxy(proxy)
        self.base_url = check_base_url(base_url)
        self.merchant_id = merchant_id.strip()
        self._api_key = api_key
        self._clock = clock
        self._given = transport
        self._proxy = proxy
        self._ca_file = ca_file
        self._limits = limits
        self._observe = observe
        self._allowed_payment_hosts = allowed_payment_hosts
        self._made: Wire | None = None

    def __repr__(self) -> str:
        return f"Gateway({self.base_url!r})"

    async def aclose(self) -> None:
        """Close the connections."""
        if self._made is not None:
            await self._made.aclose()

    async def create_terminal(
        self, new: NewTerminal, *, spelling: TypeSpelling = GUIDE, keep: Keep | None = None
    ) -> Outcome[TerminalInfo]:
        """CreateTerminal (SPEC 7.2.1). Of the answer only an id is required."""
        return await self._change(
            Call.CREATE_TERMINAL,
            wire_write.create_terminal(new, spelling),
            self._limits.create_terminal,
            Reading(Reader.terminal, _nothing),
            keep,
        )

    async def get_terminal(
        self,
        *,
        alias: str = "",
        id: str = "",  # noqa: A002  the guide's word
        keep: Keep | None = None,
    ) -> Outcome[TerminalInfo]:
        """GetTerminal (SPEC 7.2.2) by exactly one of the two. Refused(3) or (11): there is none."""
        return await self._call(
            Call.GET_TERMINAL,
            wire_write.get_terminal(alias, id),
            self._limits.reading,
            Reading(Reader.terminal, _nothing),
            keep,
        )

    async def create_payment(
        self, new: NewPayment, *, keep: Keep | None = None
    ) -> Outcome[PaymentInfo]:
        """CreatePayment (SPEC 7.2.3).

        Ok has an id, nothing that differs, and, while it can be paid, an address fit for a QR code.
        """
        expected = Expected(order_id=new.order_id, amount=new.amount)
        return await self._change(
            Call.CREATE_PAYMENT,
            wire_write.create_payment(new),
            self._limits.create_payment,
            self._payment(expected, needs_url=True),
            keep,
        )

    async def get_payment(
        self, payment_id: str, *, expect: Expected, keep: Keep | None = None
    ) -> Outcome[PaymentInfo]:
        """GetPayment (SPEC 7.2.4). Refused(7): there is none."""
        return await self._call(
            Call.GET_PAYMENT,
            wire_write.by_id(payment_id),
            self._limits.reading,
            self._payment(replace(expect, payment_id=payment_id)),
            keep,
        )

    async def get_payment_by_order(
        self, order_id: str, *, expect: Expected, keep: Keep | None = None
    ) -> Outcome[PaymentInfo]:
        """GetPaymentByOrder (SPEC 7.2.5). Refused(7): there is none."""
        return await self._call(
            Call.GET_PAYMENT_BY_ORDER,
            wire_write.by_id(order_id),
            self._limits.reading,
            self._payment(replace(expect, order_id=order_id)),
            keep,
        )

    async def close_payment(
        self, payment_id: str, *, expect: Expected, keep: Keep | None = None
    ) -> Outcome[PaymentInfo]:
        """ClosePayment (SPEC 7.2.6). Its answer is never proof: only GetPayment is."""
        return await self._change(
            Call.CLOSE_PAYMENT,
            wire_write.by_id(payment_id),
            self._limits.close_payment,
            self._payment(replace(expect, payment_id=payment_id)),
            keep,
        )

    async def create_refund(
        self, new: NewRefund, *, keep: Keep | None = None
    ) -> Outcome[RefundInfo]:
        """CreateRefund (SPEC 7.2.7). A declined refund is Ok with its status."""
        expected = ExpectedRefund(payment_id=new.payment_id, amount=new.amount)
        return await self._change(
            Call.CREATE_REFUND,
            wire_write.create_refund(new),
            self._limits.create_refund,
            _refund(expected),
            keep,
        )

    async def get_refund(
        self, refund_id: str, *, expect: ExpectedRefund, keep: Keep | None = None
    ) -> Outcome[RefundInfo]:
        """GetRefund (SPEC 7.2.8)."""
        return await self._call(
            Call.GET_REFUND,
            wire_write.by_id(refund_id),
            self._limits.reading,
            _refund(expect, refund_id),
            keep,
        )

    async def _change(
        self, call: Call, body: bytes, limit: Limit, reading: Reading[T], keep: Keep | None
    ) -> Outcome[T]:
        """A call that changes something: whoever is cancelled, it ends by itself."""
        with anyio.CancelScope(shield=True):
            outcome = await self._call(call, body, limit, reading, keep)
        return outcome  # noqa: RET504  inside the scope mypy would miss a return

    async def _call(
        self, call: Call, body: bytes, limit: Limit, reading: Reading[T], keep: Keep | None
    ) -> Outcome[T]:
        redactor = self._redactor()
        started = self._clock.monotonic()
        answer = await self._wire().exchange(
            call.value, body, headers=self._headers, limit=limit, fresh=not call.is_read
        )
        latency = self._clock.monotonic() - started
        if isinstance(answer, Silence):
            self._tell(answer.failure, None, None)
            return of_silence(answer)
        received_at = self._clock.utc()
        date = read_http_date(answer.date)
        skew = None if date is None else (date - received_at).total_seconds()
        if keep is not None:
            kept = redactor.body(answer.body)[:KEPT_BYTES]
            await keep(RawAnswer(call.value, answer.http_status, kept, received_at))
        outcome = of_answer(call, answer, reading, redactor, skew)
        self._tell(trouble_of(outcome), latency, skew)
        return outcome

    def _payment(self, expected: Expected, *, needs_url: bool = False) -> Reading[PaymentInfo]:
        def differ(info: PaymentInfo) -> tuple[str, ...]:
            bad_url = identity.bad_url(
                info,
                base_url=self.base_url,
                allowed=self._allowed_payment_hosts,
                required=needs_url,
            )
            return (*identity.differences(info, expected), *bad_url)

        return Reading(Reader.payment, differ, _currency(expected.amount))

    def _wire(self) -> Wire:
        if self._made is None:
            # httpx costs more than everything else here and is not needed for the first window.
            from cashier.gateway.transport import Wire

            self._made = Wire(
                self.base_url, transport=self._given, proxy=self._proxy, ca_file=self._ca_file
            )
        return self._made

    def _redactor(self) -> Redactor:
        key = self._api_key.reveal()
        if not key or not self.merchant_id:
            raise CashierError(Failure.NO_KEY)
        return Redactor(self.merchant_id, key)

    def _headers(self) -> dict[str, str]:
        """SPEC 6.2: HTTP Basic with the merchant id and the key."""
        pair = f"{self.merchant_id}:{self._api_key.reveal()}".encode()
        return {
            "Authorization": f"Basic {base64.b64encode(pair).decode()}",
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": f"Cashier/{cashier.__version__}",
        }

    def _tell(self, failure: Failure | None, latency: float | None, skew: float | None) -> None:
        if self._observe is not None:
            self._observe(Contact(self._clock.utc(), failure, latency, skew))


def _refund(expected: ExpectedRefund, refund_id: str = "") -> Reading[RefundInfo]:
    def differ(info: RefundInfo) -> tuple[str, ...]:
        return identity.refund_differences(info, expected, refund_id)

    return Reading(Reader.refund, differ, _currency(expected.amount))


def _currency(amount: Money | None) -> Currency:
    return Currency.RUB if amount is None else amount.currency


def _nothing(_: TerminalInfo) -> tuple[str, ...]:
    """Alias, type and name of a terminal are never compared: the guide's own example differs."""
    return ()
