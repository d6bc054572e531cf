"""What has happened to a payment and its refunds, one event after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from cashier.domain.payment import Decision, Payment, PaymentState, Word
from cashier.domain.refund import Refund, RefundState
from cashier.services.history import Details
from cashier.ui import formats
from cashier.ui.pages.history.look import payment_look, refund_look
from cashier.ui.texts import decline, mismatch_text, money_text, quoted
from cashier.ui.translation import current_language
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Event:
    """One dot of the timeline."""

    title: str
    detail: str
    icon: str
    tone: Tone


def story_of(details: Details) -> tuple[Event, ...]:
    """Everything that the journal knows, oldest first."""
    payment = details.payment
    events = [_created(details)]
    if payment.url_shown_at is not None:
        shown = translate("History", "QR code shown")
        events.append(Event(shown, _at(payment.url_shown_at, payment), "qr-code", Tone.MUTE))
    if payment.state not in (PaymentState.PREPARED, PaymentState.OPEN):
        events.append(_outcome(payment))
    if payment.decision is not None:
        events.append(_decided(payment, details.people))
    refunds = sorted(details.refunds, key=lambda one: one.created_at)
    for refund in refunds:
        events.extend(_refunded(refund, details))
    return tuple(events)


def _created(details: Details) -> Event:
    payment = details.payment
    if payment.is_adopted:
        title = translate("History", "Created at the gateway")
        return Event(title, _at(payment.created_at, payment), "plus", Tone.MUTE)
    attempt = translate("History", "attempt {0}").format(payment.attempt)
    parts = [_at(payment.sent_at or payment.created_at, payment), attempt]
    return Event(translate("History", "Created"), " · ".join(parts), "plus", Tone.MUTE)


def _outcome(payment: Payment) -> Event:
    """The state it is in now, and since when."""
    look = payment_look(payment)
    parts = [_at(payment.changed_at, payment)]
    if payment.state is PaymentState.PAID and payment.url_shown_at is not None:
        seconds = (payment.changed_at - payment.url_shown_at).total_seconds()
        if 0 <= seconds < 24 * 3600:
            took = translate("History", "after {0}").format(_length(seconds))
            parts.append(took)
    if payment.word is Word.DECLINED:
        parts.append(decline(payment).heading)
    if payment.state is PaymentState.QUARANTINE:
        parts.extend(mismatch_text(field) for field in payment.mismatch)
    if payment.state is PaymentState.REFUSED and payment.refusal_text:
        parts.append(quoted(payment.refusal_text))
    icon = "check" if payment.state is PaymentState.PAID else look.icon
    tone = Tone.BAD if look.tone is Tone.LATE else look.tone
    return Event(look.text, " · ".join(parts), icon, tone)


def _decided(payment: Payment, people: dict[str, str]) -> Event:
    parts = [people.get(payment.decided_by, ""), payment.decision_reason]
    detail = " · ".join(part for part in parts if part)
    return Event(decision_text(payment), detail, "shield-check", Tone.MUTE)


def decision_text(payment: Payment) -> str:
    """What a person made of it."""
    match payment.decision:
        case Decision.RESTORED:
            return translate("History", "The sale is restored")
        case Decision.REFUNDED:
            return translate("History", "The money is given back")
        case Decision.TAKEN_AS_UNPAID:
            return translate("History", "Taken as unpaid, watched on")
        case Decision.ACCEPTED if payment.is_adopted:
            return translate("History", "Earlier refunds are known")
        case Decision.ACCEPTED:
            return translate("History", "Accepted as it is")
        case None:
            return ""


def _refunded(refund: Refund, details: Details) -> list[Event]:
    """When it was sent, and what came of it unless that was simply success."""
    payment, people = details.payment, details.people
    title = translate("History", "Refund {0}").format(money_text(refund.amount))
    parts = [_at(refund.sent_at or refund.created_at, payment), refund.reason]
    parts.append(_names(people, refund.actor, refund.approver))
    events = [Event(title, " · ".join(part for part in parts if part), "undo-2", Tone.REFUND)]
    if refund.state is RefundState.SUCCEEDED:
        return events
    look = refund_look(refund)
    told = [_at(refund.changed_at, payment)]
    told += [quoted(refund.refusal_text)] if refund.refusal_text else []
    told += [refund.resolution] if refund.resolution else []
    events.append(Event(look.text, " · ".join(told), look.icon, look.tone))
    return events


def _names(people: dict[str, str], actor: str, approver: str) -> str:
    name = people.get(actor, "")
    other = people.get(approver, "")
    if approver in ("", actor) or not other:
        return name
    return translate("History", "{0}, allowed by {1}").format(name, other)


def _at(moment: datetime, payment: Payment) -> str:
    """The time with seconds; with its day unless that is the day the payment was made."""
    here = moment.astimezone()
    clock = formats.clock(here, seconds=True)
    if here.date() == payment.created_at.astimezone().date():
        return clock
    return f"{formats.date(current_language(), here.date())} {clock}"


def _length(seconds: float) -> str:
    if seconds < 60:
        text = translate("History", "{0} s").format(int(seconds))
        return text.replace(" ", formats.HARD_SPACE)
    return formats.duration(seconds)
