"""The sentences of the refund screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Payment
from cashier.domain.refund import RefundAction, RefundWord
from cashier.domain.staff import Right
from cashier.gateway.deadlines import DEADLINES
from cashier.services.refund_views import RefundView
from cashier.ui import formats
from cashier.ui.hints import Hint
from cashier.ui.pages.refund.draft import Draft, Wrong
from cashier.ui.texts import failure_text, method_text, money_text
from cashier.ui.translation import current_language

translate = QCoreApplication.translate

_ICONS = {
    RefundWord.NOT_SENT: "circle-dashed",
    RefundWord.SENDING: "loader-circle",
    RefundWord.PENDING: "hourglass",
    RefundWord.DONE: "undo-2",
    RefundWord.RECHECKING: "refresh-cw",
    RefundWord.DECLINED: "circle-x",
    RefundWord.REFUSED: "circle-x",
    RefundWord.UNKNOWN: "circle-question-mark",
    RefundWord.WITHDRAWN: "ban",
    RefundWord.FOUND: "undo-2",
    RefundWord.NOT_EXECUTED: "ban",
}


COUNTED_FROM = 5.0
"""Seconds after which a refund under way says how long it may still take."""


def waiting_text(waited: float) -> str:
    """How long the gateway may still take, `waited` seconds after sending; "" at first."""
    if waited < COUNTED_FROM:
        return ""
    left = max(DEADLINES.create_refund.total - waited, 0.0)
    text = translate("RefundPage", "Waiting for the gateway, {0} at most")
    return text.format(formats.duration(left))


def note_of(right: Right) -> str:
    """Whose PIN confirms a refund."""
    if right is Right.ADOPT:
        return translate("RefundPage", "Confirmed by a manager, PIN")
    return translate("RefundPage", "Confirmed by a senior cashier, PIN")


def refund_icon(word: RefundWord) -> str:
    """The icon that goes with the word."""
    return _ICONS[word]


def wrong_text(wrong: Wrong, draft: Draft) -> str:
    """Why nothing can be sent yet, in one line."""
    match wrong:
        case Wrong.UNSETTLED:
            return translate(
                "RefundTexts", "Another refund of this payment is not settled yet; look at it first"
            )
        case Wrong.BUDGET_UNKNOWN:
            return translate("RefundTexts", "It is not known how much went back before")
        case Wrong.RESTORED:
            return translate(
                "RefundTexts",
                "The journal was restored from a copy: refunds wait until a manager has reconciled "
                "(the red line above)",
            )
        case Wrong.NOTHING_LEFT:
            return translate("RefundTexts", "Everything has been refunded")
        case Wrong.NOTHING if draft.is_by_sum:
            return translate("RefundTexts", "Enter the sum")
        case Wrong.NOTHING:
            return translate("RefundTexts", "Choose what goes back")
        case Wrong.NOT_A_SUM:
            return translate("RefundTexts", "This is not a sum of money")
        case Wrong.DECIMALS:
            return translate("RefundTexts", "No more than two digits after the point")
        case Wrong.OVER_BUDGET:
            return translate("RefundTexts", "More than is left: {0}").format(
                money_text(draft.form.left)
            )
        case Wrong.LINE_IS_ZERO:
            return translate("RefundTexts", "The chosen lines are worth nothing")
        case _ as unreachable:
            assert_never(unreachable)


def by_sum_text(draft: Draft) -> tuple[str, str]:
    """Why it is a sum and not lines, and what stands behind it."""
    if draft.form.payment.is_adopted:
        return (
            translate("RefundTexts", "Refund of a sum: this till does not know the items"),
            translate("RefundTexts", "A manager found the payment at the gateway and adopted it."),
        )
    if not draft.form.lines:
        return (
            translate("RefundTexts", "Refund of a sum: this till does not know the items"),
            translate("RefundTexts", "Only a sum can go back."),
        )
    return (
        translate("RefundTexts", "Refund of a sum, without items"),
        translate("RefundTexts", "Shift+F4 leads back to the items of the receipt."),
    )


def paid_text(payment: Payment) -> str:
    """«24.11.2026, 11:47 · карта МИР •• 7705»."""
    local = payment.changed_at.astimezone()
    language = current_language()
    moment = f"{formats.date(language, local.date())}, {formats.clock(local)}"
    return f"{moment} · {method_text(payment)}"


def find_text(error: CashierError) -> str:
    """What came of looking for a receipt."""
    if error.failure is Failure.NOT_FOUND:
        return translate("RefundTexts", "The gateway does not know such a payment")
    return failure_text(error)


def confirm_text(draft: Draft, sum_sent: Money | None = None) -> str:
    """What somebody's PIN allows."""
    payment = draft.form.payment
    amount, method = money_text(sum_sent or draft.amount), method_text(payment)
    if draft.form.receipt.number:
        return translate("RefundTexts", "Refund of {0}, receipt {1}, to: {2}.").format(
            amount, draft.form.receipt.number, method
        )
    return translate("RefundTexts", "Refund of {0} to: {1}.").format(amount, method)


def hints_of(
    draft: Draft | None,
    shown: RefundView | None,
    *,
    find: Callable[[], None],
    type_amount: Callable[[], None],
    switch_way: Callable[[], None],
    take_all: Callable[[], None],
    reason: Callable[[], None],
    check: Callable[[], None],
) -> tuple[Hint, ...]:
    """The footer's keys for what is on screen."""
    if shown is not None:
        hint = Hint("F5", translate("RefundTexts", "Check now"), check)
        return (hint,) if shown.refund.allows(RefundAction.CHECK) else ()
    if draft is None:
        return (Hint("F3", translate("RefundTexts", "Find a receipt"), find),)
    why = Hint("F2", translate("RefundTexts", "Reason"), reason)
    another = Hint("F3", translate("RefundTexts", "Another receipt"), find)
    if draft.is_by_sum:
        by_lines = Hint("Shift+F4", translate("RefundTexts", "By items"), switch_way)
        return (
            Hint("F4", translate("RefundTexts", "Type the sum"), type_amount),
            Hint("F6", translate("RefundTexts", "All that is left"), take_all),
            why,
            *((by_lines,) if draft.form.lines else ()),
            another,
        )
    return (
        Hint("+ −", translate("RefundTexts", "Change quantity")),
        Hint("F4", translate("RefundTexts", "Type quantity"), type_amount),
        why,
        Hint("Shift+F4", translate("RefundTexts", "By sum"), switch_way),
        another,
    )
