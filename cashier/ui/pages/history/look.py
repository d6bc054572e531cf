"""The badge of a payment and of a refund: word, icon and colour, always together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from cashier.domain.history import HistoryRow
from cashier.domain.money import Money
from cashier.domain.payment import Decision, Payment, PaymentState
from cashier.domain.refund import REFUND_TONES, Refund, RefundWord
from cashier.ui import formats
from cashier.ui.office_texts import refund_word_text
from cashier.ui.texts import method_text, word_icon, word_text, word_tone
from cashier.ui.translation import current_language
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate

_REFUND_ICONS = {
    RefundWord.NOT_SENT: "ban",
    RefundWord.SENDING: "loader-circle",
    RefundWord.PENDING: "hourglass",
    RefundWord.DONE: "undo-2",
    RefundWord.RECHECKING: "hourglass",
    RefundWord.DECLINED: "circle-x",
    RefundWord.REFUSED: "circle-x",
    RefundWord.UNKNOWN: "circle-question-mark",
    RefundWord.WITHDRAWN: "ban",
    RefundWord.FOUND: "undo-2",
    RefundWord.NOT_EXECUTED: "ban",
}


@dataclass(frozen=True, slots=True)
class Look:
    """A badge."""

    text: str
    icon: str
    tone: Tone


def payment_look(payment: Payment) -> Look:
    """The payment's own state. Red fill means "act now", so a decided one has none."""
    tone = word_tone(payment.word)
    if payment.decision is not None and tone is Tone.LATE:
        tone = Tone.OK if payment.decision is Decision.RESTORED else Tone.MUTE
    text = word_text(payment.word)
    if payment.state is PaymentState.QUARANTINE and "amount" in payment.mismatch:
        text = translate("History", "Amount mismatch")
    return Look(text, word_icon(payment.word), tone)


def refund_look(refund: Refund, *, delayed: bool = False) -> Look:
    """The refund's own state."""
    if delayed:
        return Look(translate("History", "Refund delayed"), "hourglass", Tone.REFUND)
    word = refund.word
    tone = Tone(REFUND_TONES[word].value)
    return Look(refund_word_text(word), _REFUND_ICONS[word], tone)


def row_look(row: HistoryRow) -> Look:
    """What matters most about a payment and its refunds."""
    return whole_look(
        row.payment,
        refunded=row.refunded,
        is_pending=row.has_pending_refund,
        is_unknown=row.has_unknown_refund,
    )


def whole_look(payment: Payment, *, refunded: Money, is_pending: bool, is_unknown: bool) -> Look:
    """As `row_look`, from parts."""
    own = payment_look(payment)
    if own.tone is Tone.LATE:
        return own
    if is_unknown:
        word = RefundWord.UNKNOWN
        return Look(refund_word_text(word), _REFUND_ICONS[word], Tone.WARN)
    if is_pending:
        word = RefundWord.PENDING
        return Look(refund_word_text(word), _REFUND_ICONS[word], Tone.REFUND)
    if refunded.minor <= 0:
        return own
    if refunded < payment.amount:
        return Look(translate("History", "Partly refunded"), "undo-2", Tone.REFUND)
    return Look(refund_word_text(RefundWord.DONE), "undo-2", Tone.REFUND)


def receipt_text(payment: Payment) -> str:
    """What the cashier calls it: the receipt's number, or the order of one that has none."""
    return payment.receipt_number or short_id(payment.order_id)


def short_method(payment: Payment) -> str:
    """How it was paid, without the card's system; a dash while nobody knows."""
    if not (payment.method or payment.account):
        return "—"
    words = method_text(payment).split(" ")
    return f"{words[0]} {words[-1]}" if len(words) > 2 else " ".join(words)


def short_id(number: str) -> str:
    """The beginning and the end of a long number."""
    return number if len(number) <= 14 else f"{number[:6]}…{number[-4:]}"


def day_text(moment: datetime, now: datetime, *, zone: tzinfo | None = None) -> str:
    """The time of day; with its day where that is not today."""
    here, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = formats.clock(here)
    if here.date() == today:
        return clock
    day = formats.date(current_language(), here.date())
    if here.year == today.year:
        day = day[:-5]  # the year and what stands before it
    return f"{day} {clock}"


def waited_text(seconds: float) -> str:
    """How long something has waited, in its largest units."""
    minutes = max(0, int(seconds) // 60)
    hours, rest = divmod(minutes, 60)
    days, left = divmod(hours, 24)
    hard = formats.HARD_SPACE
    if days:
        text = translate("History", "{0} d {1} h").format(days, left)
    elif hours:
        text = translate("History", "{0} h {1} min").format(hours, rest)
    else:
        text = translate("History", "{0} min").format(minutes)
    return text.replace(" ", hard)


def minus(amount: Money) -> str:
    """A sum that has gone, with its minus."""
    return formats.money(current_language(), Money(-abs(amount.minor), amount.currency))
