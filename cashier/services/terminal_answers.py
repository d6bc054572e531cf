"""What an answer about a terminal means for the terminals this till remembers."""

from __future__ import annotations

from cashier.domain.failure import CashierError, Failure
from cashier.domain.terminal import TerminalInfo
from cashier.gateway.outcome import Mismatch, NotSent, Ok, Outcome, Refused, Unknown


def merged(known: TerminalInfo, told: TerminalInfo) -> TerminalInfo:
    """What the gateway says now, and what it left out as it was known before."""
    return TerminalInfo(
        id=known.id,
        name=told.name or known.name,
        alias=known.alias or told.alias,
        description=told.description or known.description,
        link=told.link or known.link,
        type=told.type or known.type,
        type_word=told.type_word or known.type_word,
        default_price=told.default_price or known.default_price,
        can_comments=known.can_comments if told.can_comments is None else told.can_comments,
    )


def trouble_with(outcome: Outcome[TerminalInfo]) -> CashierError:
    """Why a call about a terminal brought none."""
    match outcome:
        case Refused(0, _, _):
            return CashierError(Failure.KEY_REFUSED)
        case Refused(code, text, fields):
            return CashierError(Failure.REFUSED, code=code, text=text, fields=fields)
        case NotSent(failure, detail):
            return CashierError(failure, detail=detail)
        case Unknown(failure, http_status, code, text):
            return CashierError(failure, http_status=http_status, code=code, text=text)
        case Ok() | Mismatch():
            return CashierError(Failure.UNREADABLE_ANSWER)
