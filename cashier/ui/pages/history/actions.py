"""What may be done with a payment now, and which of it is the main thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from cashier.domain.payment import Action, Payment, PaymentState
from cashier.domain.refund import Refund, RefundAction, RefundState
from cashier.services.history import Details
from cashier.services.refund_form import is_refundable


class Deed(Enum):
    """What the buttons of the details do."""

    SHOW_QR = auto()
    OPEN_PAYMENT = auto()
    CHECK = auto()
    CANCEL = auto()
    REFUND = auto()
    COPY = auto()
    DECIDE = auto()
    DECIDE_REFUND = auto()
    CONTINUE_REFUND = auto()
    DECLARE = auto()
    EXTERNAL = auto()


@dataclass(frozen=True, slots=True)
class Deeds:
    """`main` is the blue button, if there is anything to do at all."""

    main: Deed | None
    others: tuple[Deed, ...]

    def __contains__(self, deed: object) -> bool:
        return deed is self.main or deed in self.others


def needs_a_word(payment: Payment) -> bool:
    """Whether an adopted payment's earlier refunds are still to be told."""
    return payment.is_adopted and payment.decision is None


def is_undecided(payment: Payment) -> bool:
    """Whether a senior or a manager has something to decide about the payment itself."""
    if payment.is_decided:
        return False
    states = (PaymentState.LATE_PAID, PaymentState.QUARANTINE, PaymentState.UNKNOWN)
    return payment.state in states


def unknown_refund(details: Details) -> Refund | None:
    """The refund whose outcome nobody knows: at most one of a payment."""
    return next((one for one in details.refunds if one.state is RefundState.UNKNOWN), None)


def checkable_refunds(details: Details) -> tuple[Refund, ...]:
    """Refunds about which the gateway can be asked."""
    return tuple(one for one in details.refunds if one.allows(RefundAction.CHECK) and one.refund_id)


def deeds_of(details: Details) -> Deeds:
    """Everything that is allowed now, the most urgent first."""
    payment = details.payment
    found: list[Deed] = []
    if unknown_refund(details) is not None:
        found.append(Deed.DECIDE_REFUND)
    if is_undecided(payment) and not needs_a_word(payment):
        found.append(Deed.DECIDE)
    if needs_a_word(payment):
        found.append(Deed.DECLARE)
    if payment.allows(Action.SHOW_QR):
        found.append(Deed.SHOW_QR)
    elif payment.is_live:
        found.append(Deed.OPEN_PAYMENT)
    if any(one.state is RefundState.PREPARED for one in details.refunds):
        found.append(Deed.CONTINUE_REFUND)
    elif _may_refund(details):
        found.append(Deed.REFUND)
    if payment.allows(Action.CHECK) or checkable_refunds(details):
        found.append(Deed.CHECK)
    if payment.allows(Action.SLIP):
        found.append(Deed.COPY)
    if _may_refund(details):
        found.append(Deed.EXTERNAL)
    if payment.allows(Action.CANCEL):
        found.append(Deed.CANCEL)
    return Deeds(found[0] if found else None, tuple(found[1:]))


def _may_refund(details: Details) -> bool:
    payment = details.payment
    if not is_refundable(payment) or needs_a_word(payment) or details.left.minor <= 0:
        return False
    return unknown_refund(details) is None
