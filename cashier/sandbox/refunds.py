"""The refunds of paid payments."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from cashier.sandbox.bank_codes import description_of
from cashier.sandbox.change_lock import ChangeLock
from cashier.sandbox.refusal import Code, Refusal
from cashier.sandbox.validation import RefundRequest
from cashier.sandbox.values import BankCode, Payment, Refund, RefundMode, Status

REFUSED_BY_BANK: BankCode = (2, 5)


class Refunds:
    """Every method may be called by any thread. `find` gives the payment or raises Refusal."""

    def __init__(
        self,
        find: Callable[[str], Payment],
        *,
        lock: ChangeLock,
        clock: Callable[[], datetime],
    ) -> None:
        self._find = find
        self._lock = lock
        self._clock = clock
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._refunds: dict[str, Refund] = {}
            self._mode = RefundMode()
            self._lock.mark()

    def recall(self, refunds: Iterable[Refund]) -> None:
        """Know the refunds of an earlier run, the oldest first."""
        with self._lock:
            self._refunds = {refund.id: refund for refund in refunds}

    def set_mode(self, mode: RefundMode) -> None:
        """How refunds made from now on end."""
        self._mode = mode

    def create(self, request: RefundRequest) -> Refund:
        """SPEC 7.2.7. All refunds that have not failed never exceed what was paid: else AMOUNT."""
        with self._lock:
            payment = self._find(request.payment_id)
            if request.currency not in (None, payment.currency):
                raise Refusal(Code.CURRENCY)
            if request.amount > self.left(payment.id):
                raise Refusal(Code.AMOUNT)
            now, mode = self._clock(), self._mode
            later = None if mode.after is None else now + timedelta(seconds=mode.after)
            refund = Refund(
                id="R" + secrets.token_hex(16),
                payment_id=payment.id,
                amount=request.amount,
                currency=payment.currency,
                reason=request.reason,
                created=now,
                updated=now,
                status=Status.INIT,
                due=later if mode.delayed else now,
                succeeds=mode.succeeds,
            )
            self._refunds[refund.id] = refund
            self._lock.mark()
            return self._ripe(refund)

    def left(self, payment_id: str) -> int:
        """What may still be refunded, in minor units; pending refunds hold their sums."""
        with self._lock:
            payment = self._find(payment_id)
            if payment.status is not Status.SUCCESSFUL:
                return 0
            held = sum(
                refund.amount
                for refund in self.all()
                if refund.payment_id == payment_id and refund.status is not Status.FAILED
            )
            return payment.amount - held

    def get(self, refund_id: str) -> Refund:
        """SPEC 7.2.8. Raises Refusal(REFUND)."""
        with self._lock:
            return self._ripe(self._known(refund_id))

    def _known(self, refund_id: str) -> Refund:
        refund = self._refunds.get(refund_id)
        if refund is None:
            raise Refusal(Code.REFUND)
        return refund

    def all(self) -> tuple[Refund, ...]:
        """All refunds, the oldest first."""
        with self._lock:
            return tuple(self._ripe(refund) for refund in tuple(self._refunds.values()))

    def _ripe(self, refund: Refund) -> Refund:
        if refund.status is not Status.INIT or refund.due is None or self._clock() < refund.due:
            return refund
        return self._end(refund, succeeds=refund.succeeds, at=refund.due)

    def finish(self, refund_id: str, *, succeeds: bool = True) -> Refund:
        """Give a refund its end now, even after another one (row R17). Raises Refusal(REFUND)."""
        with self._lock:
            return self._end(self._known(refund_id), succeeds=succeeds, at=self._clock())

    def _end(self, refund: Refund, *, succeeds: bool, at: datetime) -> Refund:
        ended = replace(
            refund,
            status=Status.SUCCESSFUL if succeeds else Status.FAILED,
            status_description="" if succeeds else description_of(REFUSED_BY_BANK),
            updated=at,
        )
        self._refunds[ended.id] = ended
        self._lock.mark()
        return ended
