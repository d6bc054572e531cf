"""The sentences of the outcome stage: what happened, the money, what to say, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from cashier.domain.payment import Payment, PaymentState, Word
from cashier.services.views import PaymentView
from cashier.ui.pages.payment_timeline import clock_text
from cashier.ui.texts import (
    decline,
    method_text,
    mismatch_text,
    money_text,
    quoted,
    refusal_text,
)

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`say` without quotation marks; `facts` are captions with their values."""

    title: str
    detail: str
    kicker: str = ""
    say: str = ""
    steps: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    gateway: str = ""
    note: str = ""


def outcome_of(view: PaymentView) -> Outcome:
    """The texts for a payment in a state that this stage shows."""
    payment = view.payment
    match payment.state:
        case PaymentState.FAILED if payment.word is Word.EXPIRED:
            return _expired(payment)
        case PaymentState.FAILED:
            return _declined(payment)
        case PaymentState.CLOSED:
            return _cancelled(payment)
        case PaymentState.REFUSED:
            return _refused(payment)
        case PaymentState.ABANDONED:
            return _not_created(payment)
        case PaymentState.QUARANTINE:
            return _mismatch(payment)
        case PaymentState.LATE_PAID:
            return _late(payment)
        case PaymentState.WITHDRAWN:
            return _withdrawn(payment)
        case _:
            return _not_sent(payment)


def _declined(payment: Payment) -> Outcome:
    told = decline(payment)
    facts = [*_facts(payment), (translate("Outcome", "Method"), method_text(payment))]
    if told.code:
        facts.append((translate("Outcome", "Bank code"), told.code))
    return Outcome(
        kicker=translate("Outcome", "Declined by the bank"),
        title=told.heading,
        detail=told.money,
        say=told.say,
        facts=tuple(facts),
        gateway=_gateway(payment.status_description),
        note=_note_before_new_qr(),
    )


def _expired(payment: Payment) -> Outcome:
    return Outcome(
        kicker=translate("Outcome", "Not paid in time"),
        title=translate("Outcome", "The QR code has expired"),
        detail=translate("Outcome", "{0} were not paid in time, the gateway says.").format(
            money_text(payment.amount)
        ),
        say=translate(
            "Outcome",
            "The time to pay is over. Please do not pay with the old code — I will show a new one.",
        ),
        facts=_facts(payment),
        gateway=_gateway(payment.status_description),
        note=_note_before_new_qr(),
    )


def _cancelled(payment: Payment) -> Outcome:
    return Outcome(
        kicker=translate("Outcome", "Cancel confirmed"),
        title=translate("Outcome", "The payment is cancelled"),
        detail=translate(
            "Outcome", "The gateway confirmed it: {0} cannot be paid with that QR code any more."
        ).format(money_text(payment.amount)),
        say=translate("Outcome", "The payment is cancelled. Please do not pay with the old code."),
        facts=_facts(payment),
        note=_note_before_new_qr(),
    )


def _refused(payment: Payment) -> Outcome:
    facts = list(_facts(payment))
    if payment.refusal_code is not None:
        facts.append((translate("Outcome", "Gateway’s code"), str(payment.refusal_code)))
    return Outcome(
        title=translate("Outcome", "The gateway did not accept the payment"),
        detail=translate("Outcome", "There was no QR code, so {0} cannot have been paid.").format(
            money_text(payment.amount)
        ),
        steps=(refusal_text(payment.refusal_code, text=payment.refusal_text),),
        say=translate("Outcome", "One moment, please: the till has to be put right."),
        facts=tuple(facts),
        gateway=_gateway(payment.refusal_text),
    )


def _not_created(payment: Payment) -> Outcome:
    return Outcome(
        title=translate("Outcome", "The gateway has no such payment"),
        detail=translate("Outcome", "It answered so five times; the payment was not created."),
        say=translate("Outcome", "It did not work the first time. I will show a new QR code."),
        facts=_facts(payment),
        note=translate(
            "Outcome",
            "The customer never saw its QR code. The till goes on watching the old order and "
            "asks about it once more before a new QR code.",
        ),
    )


def _withdrawn(payment: Payment) -> Outcome:
    return Outcome(
        title=translate("Outcome", "The payment was not sent"),
        detail=translate(
            "Outcome", "Nothing has left this till, and there was no QR code to pay {0}."
        ).format(money_text(payment.amount)),
        facts=_facts(payment),
    )


def _not_sent(payment: Payment) -> Outcome:
    return Outcome(
        kicker=translate("Outcome", "No link to the gateway"),
        title=translate("Outcome", "The payment was not sent"),
        detail=translate(
            "Outcome", "Nothing has left this till, and there is no QR code to pay {0} yet."
        ).format(money_text(payment.amount)),
        steps=(
            translate(
                "Outcome", "Check the network, then send again: a second payment cannot come of it."
            ),
        ),
        say=translate("Outcome", "One moment, please: there is no link."),
        facts=_facts(payment),
    )


def _mismatch(payment: Payment) -> Outcome:
    fields = ", ".join(mismatch_text(field) for field in payment.mismatch)
    return Outcome(
        kicker=translate("Outcome", "Do not hand over the goods"),
        title=translate("Outcome", "Mismatch — call a senior"),
        detail=translate(
            "Outcome", "The gateway’s answer differs from what was asked: {0}."
        ).format(fields or translate("Outcome", "it is about another payment")),
        steps=(
            translate("Outcome", "The goods stay here until a senior has decided."),
            translate(
                "Outcome",
                "The money: the customer may have paid another sum than {0}. "
                "A senior looks it up in the gateway’s cabinet.",
            ).format(money_text(payment.amount)),
            translate("Outcome", "Do not show a second QR code for this receipt."),
        ),
        say=translate("Outcome", "Please wait and do not pay again: I am calling my senior."),
        facts=_facts(payment),
        gateway=_gateway(payment.status_description or payment.status),
    )


def _late(payment: Payment) -> Outcome:
    return Outcome(
        kicker=translate("Outcome", "Call a senior"),
        title=translate("Outcome", "Paid after cancel"),
        detail=translate(
            "Outcome", "{0} came when the payment was already taken for cancelled."
        ).format(money_text(payment.amount)),
        steps=(
            translate(
                "Outcome",
                "The money is with the shop. A senior decides: restore the sale or pay it back.",
            ),
            translate("Outcome", "Do not hand over the goods and do not take money again before."),
        ),
        say=translate(
            "Outcome", "Your payment has arrived after all. I am calling my senior, please wait."
        ),
        facts=(*_facts(payment), (translate("Outcome", "Method"), method_text(payment))),
    )


def _facts(payment: Payment) -> tuple[tuple[str, str], ...]:
    return (
        (translate("Outcome", "Time"), clock_text(payment.changed_at)),
        (translate("Outcome", "Receipt"), payment.receipt_number),
    )


def _gateway(text: str) -> str:
    if not text.strip():
        return ""
    return translate("Outcome", "Gateway: {0}").format(quoted(text))


def _note_before_new_qr() -> str:
    return translate(
        "Outcome",
        "Before a new QR code the till asks the gateway again: the old payment is surely not paid.",
    )
