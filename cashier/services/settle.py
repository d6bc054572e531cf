"""What one answer of the gateway does to one payment, inside one transaction of the journal."""

from __future__ import annotations

from datetime import datetime, timedelta

from cashier.domain.payment import (
    Payment,
    PaymentInfo,
    PaymentState,
    Standing,
    is_known_status,
    next_state,
    standing,
)
from cashier.domain.saved_receipt import ReceiptState
from cashier.gateway.outcome import Mismatch, NotSent, Ok, Outcome, RawAnswer, Refused, Unknown
from cashier.journal.ledger import Ledger


def learned(info: PaymentInfo, *, now: datetime, skew: float) -> dict[str, object]:
    """The fields of a payment that an answer fills in; what it leaves out stays as it was."""
    fields: dict[str, object] = {
        "status": info.status,
        "status_description": info.status_description,
        "answered_at": now,
    }
    optional = {
        "payment_url": info.payment_url,
        "method": info.method,
        "account": info.account,
        "funds": info.funds,
        "bonuses": info.bonuses,
        "updated_at": info.updated.isoformat() if info.updated else "",
        "expires_at": expiry(info, skew=skew),
    }
    fields.update({name: value for name, value in optional.items() if value not in (None, "")})
    return fields


def expiry(info: PaymentInfo, *, skew: float) -> datetime | None:
    """When the QR stops being payable, by this till's clock; None when nobody can know.

    Every sample of the guide has the three dates equal, so that an expiry not after the creation
    says nothing.
    """
    if info.expires is None or (info.created is not None and info.expires <= info.created):
        return None
    try:
        return info.expires - timedelta(seconds=skew)
    except OverflowError:  # by a clock that is thousands of years wrong
        return None


def says_something_new(payment: Payment, info: PaymentInfo) -> bool:
    """Whether a read differs in meaning from what the journal already holds."""
    known = (
        payment.status,
        payment.status_description,
        payment.method,
        payment.account,
        payment.funds,
        payment.bonuses,
        payment.payment_url,
    )
    told = (
        info.status,
        info.status_description,
        info.method or payment.method,
        info.account or payment.account,
        info.funds if info.funds is not None else payment.funds,
        info.bonuses if info.bonuses is not None else payment.bonuses,
        info.payment_url or payment.payment_url,
    )
    return known != told


def would_move(payment: Payment, info: PaymentInfo) -> bool:
    """Whether the answer may take the payment to another state."""
    return next_state(payment.state, standing(info.status), receipt_at_till=True) is not None


def created(
    ledger: Ledger, payment: Payment, outcome: Outcome[PaymentInfo], *, now: datetime, skew: float
) -> Payment:
    """Take in the outcome of CreatePayment (SPEC 7.2.3) for a payment in SENDING.

    `payment` as it was sent; the journal's own is what is moved.
    """
    payment = ledger.payment(payment.id)
    match outcome:
        case Ok(info):
            linked = ledger.payment_by_gateway_id(info.id)
            if linked is not None:
                # The number of another of our payments: ours is found by its order, or never.
                return ledger.move(payment, PaymentState.QUARANTINE, mismatch=("id",))
            return ledger.move(
                payment, PaymentState.OPEN, payment_id=info.id, **learned(info, now=now, skew=skew)
            )
        case NotSent():
            return ledger.move(payment, PaymentState.PREPARED)
        case Refused(code, text, _):
            return ledger.move(payment, PaymentState.REFUSED, refusal_code=code, refusal_text=text)
        case Mismatch(info, fields):
            # A foreign answer's id is not ours to keep: our own payment is found by its order.
            is_foreign = "order_id" in fields or ledger.payment_by_gateway_id(info.id) is not None
            own_id = "" if is_foreign else info.id
            # That its money has come only GetPayment proves (row P12); another's says nothing.
            is_told = not is_foreign and standing(info.status) is not Standing.PAID
            return ledger.move(
                payment,
                PaymentState.QUARANTINE,
                payment_id=own_id,
                mismatch=fields,
                status=info.status if is_told else "",
            )
        case Unknown():
            return ledger.move(
                payment,
                PaymentState.UNKNOWN,
                refusal_code=outcome.code,
                refusal_text=outcome.text,
            )


def doubt(ledger: Ledger, payment_id: str) -> Payment:
    """What is still in SENDING, with nobody sending it, may have left or not (rows G3-G5)."""
    payment = ledger.payment(payment_id)
    if payment.state is not PaymentState.SENDING:
        return payment
    return ledger.move(payment, PaymentState.UNKNOWN)


def unsend(ledger: Ledger, payment_id: str) -> Payment:
    """Give up a payment of which it is proved that nothing has left, nor ever can."""
    payment = ledger.move(ledger.payment(payment_id), PaymentState.PREPARED)
    return ledger.move(payment, PaymentState.WITHDRAWN)


def read(
    ledger: Ledger,
    payment: Payment,
    outcome: Outcome[PaymentInfo],
    raw: RawAnswer | None,
    *,
    now: datetime,
    skew: float,
) -> Payment:
    """Take in a read of the gateway. `payment` as last seen; the journal's own is what counts."""
    payment = ledger.payment(payment.id)
    match outcome:
        case Ok(info) if not payment.payment_id:
            if ledger.payment_by_gateway_id(info.id) is not None:
                # The number of another of our payments: thrown away, the next look-up asks again.
                _record_once(ledger, payment, "mismatch", _difference(info, ("id",)), raw)
                return payment
            if raw is not None:
                _keep(ledger, payment, raw)
            return _adopt(ledger, payment, info, now=now, skew=skew)
        case Ok(info):
            if _is_regression(payment, standing(info.status)):
                told: dict[str, object] = {"known": payment.status, "told": info.status}
                _record_once(ledger, payment, "regression", told, raw)
                return payment
            if raw is not None and says_something_new(payment, info):
                _keep(ledger, payment, raw)
            return _apply(ledger, payment, info, now=now, skew=skew)
        case Mismatch(info, fields):
            _record_once(ledger, payment, "mismatch", _difference(info, fields), raw)
            return _mismatched(ledger, payment, info, fields, now=now)
        case _:
            return payment


def _difference(info: PaymentInfo, fields: tuple[str, ...]) -> dict[str, object]:
    return {"fields": list(fields), "status": info.status}


def _record_once(
    ledger: Ledger, payment: Payment, kind: str, facts: dict[str, object], raw: RawAnswer | None
) -> None:
    """Record what is odd with the answer that says it; the same once more is only counted."""
    if any(one.facts == facts for one in ledger.events(payment.id, kind=kind)):
        ledger.count_read(payment.id)
        return
    if raw is not None:
        _keep(ledger, payment, raw)
    ledger.record(kind, payment.id, facts)


def _keep(ledger: Ledger, payment: Payment, raw: RawAnswer) -> None:
    ledger.keep_answer(
        payment.id,
        call=raw.call,
        http_status=raw.http_status,
        body=raw.body,
        received_at=raw.received_at,
    )


def _adopt(
    ledger: Ledger, payment: Payment, info: PaymentInfo, *, now: datetime, skew: float
) -> Payment:
    """Found by its order id. Only its own id is believed here; a read by that id says the rest."""
    found = {"payment_id": info.id, **learned(info, now=now, skew=skew)}
    if payment.state is PaymentState.UNKNOWN:
        return ledger.move(payment, PaymentState.OPEN, **found)
    return ledger.update(payment, **found)


def _apply(
    ledger: Ledger, payment: Payment, info: PaymentInfo, *, now: datetime, skew: float
) -> Payment:
    seen = standing(info.status)
    if not is_known_status(info.status) and info.status != payment.status:
        ledger.record("unknown_status", payment.id, {"told": info.status})
    receipt = ledger.receipt(payment.receipt_id)
    newest = ledger.attempts(payment.receipt_id)[-1]
    is_awaited = receipt.is_at_till and newest.id == payment.id
    new = next_state(payment.state, seen, receipt_at_till=is_awaited)
    if new is PaymentState.CLOSING and not is_awaited:
        new = None  # its receipt has gone on: it is closed as it is, its money is late (row P5)
    fields = learned(info, now=now, skew=skew)
    if new is None:
        if says_something_new(payment, info):
            return ledger.update(payment, **fields)
        return payment
    moved = ledger.move(payment, new, **fields)
    if new is PaymentState.PAID:
        ledger.move_receipt(receipt.id, ReceiptState.SETTLED)
    return moved


def _is_regression(payment: Payment, seen: Standing) -> bool:
    """Whether the gateway now claims less than it once proved."""
    if payment.has_money:
        return seen is not Standing.PAID
    is_over = payment.state in (PaymentState.FAILED, PaymentState.CLOSED)
    return is_over and seen is Standing.OPEN


def _mismatched(
    ledger: Ledger, payment: Payment, info: PaymentInfo, fields: tuple[str, ...], *, now: datetime
) -> Payment:
    linked = ledger.payment_by_gateway_id(info.id)
    if "id" in fields or "order_id" in fields or (linked and linked.id != payment.id):
        # Somebody else's payment: thrown away, the next read asks again.
        return payment
    if _is_regression(payment, standing(info.status)):
        return payment
    if not payment.payment_id:
        # Our own order: by this number it is closed, and its money can go back (row P6).
        payment = ledger.update(payment, payment_id=info.id)
    changes: dict[str, object] = {"mismatch": fields, "status": info.status, "answered_at": now}
    match payment.state:
        case PaymentState.CLOSING:
            payment = ledger.move(payment, PaymentState.OPEN)
            return ledger.move(payment, PaymentState.QUARANTINE, **changes)
        case PaymentState.OPEN | PaymentState.UNKNOWN:
            return ledger.move(payment, PaymentState.QUARANTINE, **changes)
        case PaymentState.QUARANTINE if standing(info.status) not in (
            Standing.OPEN,
            Standing.PAID,
        ):
            return ledger.move(payment, PaymentState.CLOSED, **changes)
        case PaymentState.FAILED | PaymentState.CLOSED | PaymentState.ABANDONED if (
            standing(info.status) is Standing.PAID
        ):
            return ledger.move(payment, PaymentState.LATE_PAID, **changes)
        case PaymentState.QUARANTINE if info.status != payment.status:
            return ledger.update(payment, **changes)
        case _:
            return payment
