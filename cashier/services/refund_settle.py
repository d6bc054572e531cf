"""What one answer of the gateway does to one refund, inside one transaction of the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cashier.domain.money import Money, total
from cashier.domain.payment import Decision, Standing, standing
from cashier.domain.refund import (
    DENIED_FOR,
    RETURNED,
    UNSETTLED,
    Refund,
    RefundInfo,
    RefundState,
    refund_state,
)
from cashier.gateway.outcome import Mismatch, NotSent, Ok, Outcome, Refused, Unknown
from cashier.journal.ledger import Ledger
from cashier.services.views import is_task

_CREATED = {
    Standing.PAID: RefundState.SUCCEEDED,
    Standing.OPEN: RefundState.ACCEPTED,
    Standing.FAILED: RefundState.FAIL_SEEN,
    Standing.EXPIRED: RefundState.FAIL_SEEN,
    Standing.CLOSED: RefundState.FAIL_SEEN,
}


def learned(info: RefundInfo, *, now: datetime) -> dict[str, object]:
    """The fields of a refund that an answer fills in; what it leaves out stays as it was."""
    fields: dict[str, object] = {
        "status": info.status,
        "status_description": info.status_description,
        "answered_at": now,
    }
    optional = {
        "method": info.method,
        "account": info.account,
        "funds": info.funds,
        "bonuses": info.bonuses,
    }
    fields.update({name: value for name, value in optional.items() if value not in (None, "")})
    return fields


def move(ledger: Ledger, refund: Refund, state: RefundState, **changes: Any) -> Refund:
    """Bring the refund into `state`; the task that its payment was ends with the last kopeck.

    Only money that has gone back for certain ends it: an accepted refund may still be declined.
    """
    moved = ledger.move_refund(refund, state, **changes)
    if state not in RETURNED:
        return moved
    payment = ledger.locked_payment(refund.payment_id)
    returned = [one.amount for one in ledger.refunds_of(payment.id) if one.state in RETURNED]
    if is_task(payment) and total(returned, payment.amount.currency) >= payment.amount:
        reason = moved.reason or moved.resolution
        ledger.decide(payment, Decision.REFUNDED, by=moved.approver, reason=reason)
    return moved


def created(
    ledger: Ledger, refund: Refund, outcome: Outcome[RefundInfo], *, now: datetime
) -> Refund:
    """Take in the outcome of CreateRefund (SPEC 7.2.7) for a refund in SENDING (rows R3-R16)."""
    refund = ledger.refund(refund.id)
    match outcome:
        case Ok(info):
            return _accepted(ledger, refund, info, now=now)
        case NotSent():
            return ledger.move_refund(refund, RefundState.PREPARED)
        case Refused(code, text, _):
            return ledger.move_refund(
                refund, RefundState.REFUSED, refusal_code=code, refusal_text=text
            )
        case Mismatch(info, fields):
            # Rows R11, R12: it may be ours or not. Nothing is linked; the larger sum is held.
            facts = {"fields": list(fields), "told": info.id, "payment": info.payment_id}
            ledger.record("refund.mismatch", refund.id, facts)
            return ledger.move_refund(
                refund,
                RefundState.UNKNOWN,
                mismatch=fields,
                answered_amount=_in_its_currency(info, refund),
                status=info.status,
            )
        case Unknown():
            return ledger.move_refund(
                refund,
                RefundState.UNKNOWN,
                refusal_code=outcome.code,
                refusal_text=outcome.text,
            )


def doubt(ledger: Ledger, refund_id: str) -> Refund:
    """What is still in SENDING, with nobody sending it, may have left or not (row R7)."""
    refund = ledger.refund(refund_id)
    if refund.state is not RefundState.SENDING:
        return refund
    return ledger.move_refund(refund, RefundState.UNKNOWN)


def _in_its_currency(info: RefundInfo, refund: Refund) -> Money | None:
    """The sum that was answered, where it can be held against the refund's own."""
    told = info.amount
    return told if told is not None and told.currency is refund.amount.currency else None


def _accepted(ledger: Ledger, refund: Refund, info: RefundInfo, *, now: datetime) -> Refund:
    linked = ledger.refund_by_gateway_id(info.id)
    if linked is not None and linked.id != refund.id:
        # Row R13: one refund of the gateway counts for one of ours.
        ledger.record("refund.linked_elsewhere", refund.id, {"told": info.id, "with": linked.id})
        return ledger.move_refund(refund, RefundState.UNKNOWN, mismatch=("id",))
    state = _CREATED[standing(info.status)]
    if not names_what_it_is_for(info):
        state = RefundState.ACCEPTED  # no proof of anything: the next read by its number tells
    return move(ledger, refund, state, refund_id=info.id, **learned(info, now=now))


def names_what_it_is_for(info: RefundInfo) -> bool:
    """Whether an answer says of which payment it is and how much; what is absent proves nothing."""
    return bool(info.payment_id) and info.amount is not None


def denies(outcome: Outcome[RefundInfo]) -> bool:
    """Whether the gateway says of a number that it is no such refund: another's, or nobody's."""
    return isinstance(outcome, Mismatch) or (isinstance(outcome, Refused) and outcome.code != 0)


def read(
    ledger: Ledger,
    refund: Refund,
    outcome: Outcome[RefundInfo],
    *,
    now: datetime,
    seen_for: float,
    denied_for: float,
) -> Refund:
    """Take in a GetRefund (SPEC 7.2.8); an answer about another refund is thrown away (R19).

    `refund` as last seen, `seen_for` seconds ago in its state; the journal's own is what counts.
    `denied_for`: seconds since the first of the denials that nothing has contradicted. A number
    that CreateRefund told and GetRefund denies for so long is let go of: unknown (row R11).
    """
    known, refund = refund, ledger.refund(refund.id)
    match outcome:
        case Ok(info):
            waited = seen_for if refund.state is known.state else 0.0
            return _read(ledger, refund, info, now=now, seen_for=waited)
        case Mismatch(info, fields):
            facts = {"fields": list(fields), "told": info.id, "status": info.status}
            ledger.record("refund.mismatch", refund.id, facts)
            return _denied(ledger, refund, denied_for, fields)
        case Refused() if denies(outcome):
            return _denied(ledger, refund, denied_for, ("id",))
        case _:
            return refund


def _denied(ledger: Ledger, refund: Refund, denied_for: float, fields: tuple[str, ...]) -> Refund:
    """One entered by hand was proved by its number before, and stays.

    Another one of its payment that nobody has settled comes first: only one may be unknown.
    """
    is_pending = refund.state in (RefundState.ACCEPTED, RefundState.FAIL_SEEN)
    if not is_pending or refund.is_external or denied_for < DENIED_FOR:
        return refund
    payment = ledger.locked_payment(refund.payment_id)
    if any(one.state in UNSETTLED for one in ledger.refunds_of(payment.id)):
        return refund
    ledger.record("refund.denied", refund.id, {"told": refund.refund_id})
    return ledger.move_refund(refund, RefundState.UNKNOWN, refund_id="", mismatch=fields)


def _read(
    ledger: Ledger, refund: Refund, info: RefundInfo, *, now: datetime, seen_for: float
) -> Refund:
    new = refund_state(refund.state, info.status, seen_for=seen_for)
    fields = learned(info, now=now)
    if new is None:
        if (refund.status, refund.status_description) != (info.status, info.status_description):
            if refund.state is RefundState.SUCCEEDED:
                # Row R18: what was given back stays given back, whatever is said later.
                ledger.record("refund.regression", refund.id, {"told": info.status})
                return refund
            return ledger.update_refund(refund, **fields)
        return refund
    if new is RefundState.SUCCEEDED and refund.state not in (
        RefundState.ACCEPTED,
        RefundState.FAIL_SEEN,
    ):
        ledger.record("refund.late_success", refund.id, {"was": refund.state.value})
    return move(ledger, refund, new, **fields)
