"""Sentences for refunds, people and shifts: a page of `cashier.ui.texts` of its own."""

from __future__ import annotations

from typing import Literal, assert_never

from PySide6.QtCore import QCoreApplication

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.refund import RefundWord
from cashier.domain.staff import Role
from cashier.ui import formats
from cashier.ui.translation import current_language

translate = QCoreApplication.translate

OfficeFailure = Literal[
    Failure.REFUND_OVER_BUDGET,
    Failure.REFUND_OVER_LINE,
    Failure.REFUND_UNSETTLED,
    Failure.REFUND_NOTHING,
    Failure.NOT_PAID,
    Failure.BUDGET_UNKNOWN,
    Failure.TOO_EARLY,
    Failure.PROOF_DIFFERS,
    Failure.ALREADY_LINKED,
    Failure.REFUND_NOT_DONE,
    Failure.RIGHT_MISSING,
    Failure.PIN_WRONG,
    Failure.PIN_LOCKED,
    Failure.PIN_WEAK,
    Failure.NAME_TAKEN,
    Failure.LAST_ADMINISTRATOR,
    Failure.SHIFT_NOT_READY,
    Failure.NO_SHIFT,
]


def office_failure_text(failure: OfficeFailure, error: CashierError) -> str:  # noqa: C901
    """One line: what happened, what it means for the money, and what to do."""
    match failure:
        case Failure.REFUND_OVER_BUDGET:
            left = error.facts.get("left")
            shown = formats.money(current_language(), left) if isinstance(left, Money) else "–"
            return translate("Office", "More than is left: {0}. Nothing was sent.").format(shown)
        case Failure.REFUND_OVER_LINE:
            name = str(error.facts.get("name", ""))
            return translate("Office", "More than is left of “{0}”. Nothing was sent.").format(name)
        case Failure.REFUND_UNSETTLED:
            return translate(
                "Office", "Another refund of this payment is not settled yet. Nothing was sent."
            )
        case Failure.REFUND_NOTHING:
            return translate("Office", "Choose what goes back.")
        case Failure.NOT_PAID:
            return translate("Office", "The payment is not paid, there is nothing to refund.")
        case Failure.BUDGET_UNKNOWN:
            return translate(
                "Office", "Nobody has said yet how much of this payment was refunded before."
            )
        case Failure.TOO_EARLY:
            seconds = error.facts.get("seconds")
            left_time = formats.duration(float(seconds) if isinstance(seconds, (int, float)) else 0)
            return translate(
                "Office", "It is too early to say so: the refund may still be executed. {0} left."
            ).format(left_time)
        case Failure.PROOF_DIFFERS if error.facts.get("is_denied"):
            return translate(
                "Office", "The gateway does not confirm this number. Nothing was recorded."
            )
        case Failure.PROOF_DIFFERS:
            return translate(
                "Office", "This number belongs to another refund. Nothing was recorded."
            )
        case Failure.ALREADY_LINKED:
            return translate("Office", "This number is recorded with another refund already.")
        case Failure.REFUND_NOT_DONE if error.facts.get("has_failed"):
            return translate(
                "Office",
                "The gateway says that this refund failed: no money went back. "
                "Record it as not executed, half an hour after sending.",
            )
        case Failure.REFUND_NOT_DONE:
            return translate(
                "Office",
                "The gateway has not finished this refund yet. Nothing was recorded; try later.",
            )
        case Failure.RIGHT_MISSING:
            role = error.facts.get("role")
            who = role_text(role) if isinstance(role, Role) else ""
            return translate("Office", "This needs the PIN of: {0}.").format(who)
        case Failure.PIN_WRONG:
            count = error.facts.get("left")
            number = count if isinstance(count, int) else 0
            return translate("Office", "Wrong PIN, tries left: {0}.").format(number)
        case Failure.PIN_LOCKED:
            seconds = error.facts.get("seconds")
            wait = formats.duration(float(seconds) if isinstance(seconds, (int, float)) else 0)
            return translate("Office", "Signing in is shut for another {0}.").format(wait)
        case Failure.PIN_WEAK:
            return translate(
                "Office", "Such a PIN is guessed at once: no equal digits, no digits in a row."
            )
        case Failure.NAME_TAKEN:
            return translate("Office", "There is somebody with this name already.")
        case Failure.LAST_ADMINISTRATOR:
            return translate("Office", "At least one administrator is needed.")
        case Failure.SHIFT_NOT_READY:
            return translate(
                "Office",
                "The shift cannot be closed: decide on parked receipts and open payments first.",
            )
        case Failure.NO_SHIFT:
            return translate("Office", "There is no open shift.")
        case _ as unreachable:
            assert_never(unreachable)


def role_text(role: Role) -> str:
    """The role's name."""
    match role:
        case Role.CASHIER:
            return translate("Office", "Cashier")
        case Role.SENIOR:
            return translate("Office", "Senior cashier")
        case Role.MANAGER:
            return translate("Office", "Manager")
        case Role.ADMINISTRATOR:
            return translate("Office", "Administrator")
        case _ as unreachable:
            assert_never(unreachable)


def refund_word_text(word: RefundWord) -> str:
    """The word a cashier reads for a refund's state."""
    match word:
        case RefundWord.NOT_SENT:
            return translate("Office", "Not sent")
        case RefundWord.SENDING:
            return translate("Office", "Sending")
        case RefundWord.PENDING:
            return translate("Office", "Refund pending")
        case RefundWord.DONE:
            return translate("Office", "Refunded")
        case RefundWord.RECHECKING:
            return translate("Office", "The bank declines, checking again")
        case RefundWord.DECLINED:
            return translate("Office", "Refund declined")
        case RefundWord.REFUSED:
            return translate("Office", "Refund refused")
        case RefundWord.UNKNOWN:
            return translate("Office", "Refund unknown")
        case RefundWord.WITHDRAWN:
            return translate("Office", "Withdrawn")
        case RefundWord.FOUND:
            return translate("Office", "Found by hand")
        case RefundWord.NOT_EXECUTED:
            return translate("Office", "Confirmed as not executed")
        case _ as unreachable:
            assert_never(unreachable)
