"""Words and numbers that the parts of the shift page share."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState, word
from cashier.domain.refund import REFUND_WORDS, RefundState
from cashier.domain.shift import Shift
from cashier.services.reconciling import Difference
from cashier.ui import formats
from cashier.ui.office_texts import refund_word_text
from cashier.ui.texts import mismatch_text, money_text, word_text
from cashier.ui.translation import current_language

translate = QCoreApplication.translate


def shift_text(number: int) -> str:
    return translate("Shift", "Shift no. {0}").format(number).replace(" ", formats.HARD_SPACE)


def taken_back(amount: Money) -> Money:
    """A refunded sum, to be shown with its minus."""
    return Money(-amount.minor, amount.currency)


def lasts_text(seconds: float) -> str:
    """A length in hours and minutes."""
    hours, rest = divmod(max(int(seconds), 0), 3600)
    text = translate("Shift", "{0} h {1} min").format(hours, rest // 60)
    return text.replace(" ", formats.HARD_SPACE)


def moment_text(moment: datetime) -> str:
    """Day and time of the till."""
    return formats.date_time(current_language(), moment.astimezone())


def opened_text(shift: Shift) -> str:
    opened = shift.opened_at.astimezone()
    day = formats.date(current_language(), opened.date())
    return translate("Shift", "opened {0} at {1}").format(day, formats.clock(opened))


def state_text(state: PaymentState | RefundState) -> str:
    """The word for what the till knows."""
    if isinstance(state, RefundState):
        return refund_word_text(REFUND_WORDS[state])
    return word_text(word(state, ""))


def payment_text(payment: Payment) -> str:
    """One payment in a line of a list: which, and what is the matter with it."""
    return f"{payment.receipt_number} · {word_text(payment.word)}"


def difference_text(one: Difference) -> str:
    """What the till knows and what the gateway says, in one line."""
    told = one.told
    if not told:
        says = translate("Shift", "the gateway cannot be asked about it")
    elif told.startswith("error "):
        says = translate("Shift", "the gateway refuses: code {0}").format(
            told.removeprefix("error ")
        )
    else:
        says = translate("Shift", "the gateway says “{0}”").format(told)
    if one.fields:
        differ = ", ".join(mismatch_text(field) for field in one.fields)
        says = f"{says}, {differ}"
    knows = translate("Shift", "here: {0}").format(state_text(one.known))
    return f"{knows}; {says}"


def difference_title(one: Difference) -> str:
    name = f"#{one.number}" if isinstance(one.known, RefundState) else one.number
    return f"{name} · {money_text(one.amount)}"
