"""What the stage says of a refund in each of its states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from cashier.domain.bank_codes import find
from cashier.domain.payment import Payment
from cashier.domain.refund import Refund, RefundState
from cashier.services.refund_views import RefundView
from cashier.ui import formats
from cashier.ui.pages.refund.bank import refund_advice, refund_heading
from cashier.ui.texts import method_text, mismatch_text, money_text, quoted
from cashier.ui.translation import current_language

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`say` without quotation marks; `steps` are what is known, or to do; `gateway` its words."""

    title: str
    detail: str
    steps: tuple[str, ...] = ()
    say: str = ""
    gateway: str = ""


def told(view: RefundView, payment: Payment) -> Told:
    """The texts for a refund as it stands."""
    refund = view.refund
    amount, method = money_text(refund.amount), method_text(payment)
    match refund.state:
        case RefundState.PREPARED:
            return Told(
                title=translate("RefundOutcome", "The refund was not sent"),
                detail=translate(
                    "RefundOutcome", "Nothing has left this till; {0} have not gone back."
                ).format(amount),
                steps=(
                    translate(
                        "RefundOutcome",
                        "Check the network, then send again: a second refund cannot come of it.",
                    ),
                ),
                say=translate("RefundOutcome", "One moment, please: there is no link."),
            )
        case RefundState.SENDING:
            return Told(
                title=translate("RefundOutcome", "The refund of {0} is being sent").format(amount),
                detail=translate("RefundOutcome", "Wait for the answer; it is never sent twice."),
            )
        case RefundState.ACCEPTED:
            return _accepted(view, amount, method)
        case RefundState.SUCCEEDED | RefundState.RESOLVED_EXECUTED:
            return Told(
                title=translate("RefundOutcome", "{0} have gone back").format(amount),
                detail=translate(
                    "RefundOutcome", "The gateway confirmed it. The money went to: {0}."
                ).format(_where(refund, method)),
                say=translate(
                    "RefundOutcome",
                    "The refund is done. When the money shows on your account depends on your bank",
                ),
                gateway=_gateway(refund.status_description),
            )
        case RefundState.FAIL_SEEN:
            return Told(
                title=refund_heading(find(refund.status_description)),
                detail=translate(
                    "RefundOutcome",
                    "The bank declines; the till asks once more, a minute later at the earliest. "
                    "Until then the {0} stay blocked.",
                ).format(amount),
                say=translate("RefundOutcome", "One moment, please: the bank is checking"),
                gateway=_gateway(refund.status_description),
            )
        case RefundState.FAILED:
            code = find(refund.status_description)
            return Told(
                title=refund_heading(code),
                detail=translate(
                    "RefundOutcome",
                    "The bank declined twice: {0} have not gone back and can be refunded again.",
                ).format(amount),
                steps=(refund_advice(code),),
                say=translate("RefundOutcome", "The bank did not carry out the refund"),
                gateway=_gateway(refund.status_description),
            )
        case RefundState.REFUSED:
            return _refused(refund, amount)
        case RefundState.UNKNOWN:
            return _unknown(refund, amount)
        case RefundState.WITHDRAWN:
            return Told(
                title=translate("RefundOutcome", "The refund was given up"),
                detail=translate("RefundOutcome", "It was never sent; {0} stay paid.").format(
                    amount
                ),
            )
        case RefundState.RESOLVED_NOT_EXECUTED:
            return Told(
                title=translate("RefundOutcome", "The refund was not carried out"),
                detail=translate(
                    "RefundOutcome", "A manager confirmed it: {0} can be refunded again."
                ).format(amount),
            )
        case _ as unreachable:
            assert_never(unreachable)


def _accepted(view: RefundView, amount: str, method: str) -> Told:
    detail = translate("RefundOutcome", "The bank has taken the refund of {0} to: {1}.").format(
        amount, _where(view.refund, method)
    )
    if view.is_delayed:
        late = translate(
            "RefundOutcome", "It has been under way for more than a day: call the bank."
        )
        detail = f"{detail} {late}"
    return Told(
        title=translate("RefundOutcome", "The money is on its way"),
        detail=detail,
        steps=(
            translate(
                "RefundOutcome",
                "The till asks the gateway by itself, even if you go on or start it again.",
            ),
        ),
        say=translate(
            "RefundOutcome",
            "The refund is under way. When the money shows on your account depends on your bank",
        ),
        gateway=_gateway(view.refund.status_description),
    )


def _refused(refund: Refund, amount: str) -> Told:
    code = find(refund.refusal_text)
    if code is not None:
        title, step = refund_heading(code), refund_advice(code)
    else:
        title = translate("RefundOutcome", "The gateway did not take the refund")
        step = _refusal(refund.refusal_code)
    return Told(
        title=title,
        detail=translate("RefundOutcome", "{0} have not gone back; what you chose is kept.").format(
            amount
        ),
        steps=(step,),
        say=translate("RefundOutcome", "The refund did not go through; I will see why"),
        gateway=_gateway(refund.refusal_text),
    )


def _refusal(code: int | None) -> str:
    """The gateway's own refusals of CreateRefund (SPEC 7.2.7), for somebody at the till."""
    match code:
        case 0:
            return translate(
                "RefundOutcome",
                "The gateway does not accept this till’s key. Call the administrator.",
            )
        case 1:
            return translate("RefundOutcome", "The gateway does not take this currency back.")
        case 2:
            return translate(
                "RefundOutcome", "The gateway says that so much cannot go back of this payment."
            )
        case 7:
            return translate(
                "RefundOutcome", "The gateway does not know this payment. Call a manager."
            )
        case _:
            return translate("RefundOutcome", "Look at what was chosen, or call the administrator.")


def _unknown(refund: Refund, amount: str) -> Told:
    steps = [
        translate("RefundOutcome", "Do not refund it again: the money may have gone back already."),
        translate(
            "RefundOutcome",
            "A manager finds it in the gateway’s cabinet by its tag #{0} and decides.",
        ).format(refund.tag),
        translate("RefundOutcome", "Until then {0} of this payment stay blocked.").format(amount),
    ]
    if refund.mismatch:
        fields = ", ".join(mismatch_text(one) for one in refund.mismatch)
        steps.insert(
            0,
            translate("RefundOutcome", "The gateway’s answer is about another refund: {0}.").format(
                fields
            ),
        )
    return Told(
        title=translate("RefundOutcome", "The result is unknown"),
        detail=translate("RefundOutcome", "Do not repeat it. It is a task for a manager now."),
        steps=tuple(steps),
        say=translate(
            "RefundOutcome", "The refund is being checked. A manager will tell you how it ended"
        ),
        gateway=_gateway(refund.refusal_text),
    )


def facts(refund: Refund, payment: Payment, number: str) -> tuple[tuple[str, str], ...]:
    """Captions with their values; only what is known."""
    found = [(translate("RefundOutcome", "Receipt"), number)]
    sent = refund.sent_at
    if sent is not None:
        moment = formats.date_time(current_language(), sent.astimezone(), seconds=True)
        found.append((translate("RefundOutcome", "Sent"), moment))
    found.append((translate("RefundOutcome", "Method"), _where(refund, method_text(payment))))
    if refund.funds is not None:
        found.append((translate("RefundOutcome", "Money"), money_text(refund.funds)))
    if refund.bonuses is not None and refund.bonuses.minor:
        found.append((translate("RefundOutcome", "Bonuses"), money_text(refund.bonuses)))
    found.append((translate("RefundOutcome", "Tag"), f"#{refund.tag}"))
    if refund.refund_id:
        found.append((translate("RefundOutcome", "Number"), refund.refund_id))
    return tuple((caption, value) for caption, value in found if value)


def _where(refund: Refund, method: str) -> str:
    return refund.account or method


def _gateway(text: str) -> str:
    if not text.strip():
        return ""
    return translate("RefundOutcome", "Gateway: {0}").format(quoted(text))
