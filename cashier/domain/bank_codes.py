"""The 24 refusals of SPEC 9.2: found by "[2, 51]" or by their English title, and what each means.

`is_certain` is whether the customer may be told that no money was taken: only codes with which the
issuer or the gateway turned the operation down before anything moved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Advice(Enum):
    """What the cashier can suggest; its words are in `cashier.ui.texts`."""

    OTHER_CARD = auto()
    CHECK_CARD_DATA = auto()
    TOP_UP_OR_OTHER = auto()
    CALL_ISSUER = auto()
    RETRY_LATER = auto()
    CALL_MANAGER = auto()
    WAIT_FOR_CHECK = auto()


@dataclass(frozen=True, slots=True)
class BankCode:
    """One row of the table: `source` 2 is the issuer's side, 3 the acquirer's."""

    source: int
    number: int
    title: str
    advice: Advice
    is_certain: bool

    @property
    def text(self) -> str:
        return f"[{self.source}, {self.number}]"


def _certain(source: int, number: int, title: str, advice: Advice) -> BankCode:
    return BankCode(source, number, title, advice, is_certain=True)


def _open(source: int, number: int, title: str, advice: Advice) -> BankCode:
    return BankCode(source, number, title, advice, is_certain=False)


BANK_CODES: tuple[BankCode, ...] = (
    _open(3, -21, "Duplicate transaction", Advice.WAIT_FOR_CHECK),
    _open(3, -20, "Expired transaction", Advice.WAIT_FOR_CHECK),
    _open(3, -19, "Authentication failed", Advice.CHECK_CARD_DATA),
    _open(3, -17, "Access denied", Advice.CALL_MANAGER),
    _certain(3, -2, "Bad CGI request", Advice.CALL_MANAGER),
    _certain(2, 4, "Your card is restricted", Advice.OTHER_CARD),
    _certain(2, 5, "Transaction declined", Advice.CALL_ISSUER),
    _certain(2, 12, "Invalid transaction", Advice.OTHER_CARD),
    _certain(2, 14, "No such card", Advice.CHECK_CARD_DATA),
    _certain(2, 41, "Lost card", Advice.OTHER_CARD),
    _certain(2, 43, "Stolen card", Advice.OTHER_CARD),
    _certain(2, 51, "Not sufficient funds", Advice.TOP_UP_OR_OTHER),
    _certain(2, 54, "Expired card", Advice.OTHER_CARD),
    _certain(2, 57, "Not permitted to client", Advice.CALL_ISSUER),
    _certain(2, 58, "Not permitted to merchant", Advice.CALL_MANAGER),
    _certain(2, 59, "Suspected fraud", Advice.CALL_ISSUER),
    _certain(2, 61, "Exceeds amount limit", Advice.TOP_UP_OR_OTHER),
    _certain(2, 62, "Restricted card", Advice.OTHER_CARD),
    _certain(2, 65, "Exceeds frequency limit", Advice.OTHER_CARD),
    _open(2, 82, "Time-out at issuer", Advice.RETRY_LATER),
    _open(2, 91, "Issuer unavailable", Advice.RETRY_LATER),
    _certain(2, 93, "Violation of law", Advice.CALL_ISSUER),
    _open(2, 95, "Reconcile error", Advice.WAIT_FOR_CHECK),
    _open(2, 96, "System malfunction", Advice.RETRY_LATER),
)

_BY_PAIR = {(code.source, code.number): code for code in BANK_CODES}
_PAIR = re.compile(r"\[\s*(\d{1,3})\s*,\s*(-?\d{1,4})\s*\]", re.ASCII)


def find(text: str) -> BankCode | None:
    """The code that `text` names, by pair first, else by title; None when it names none."""
    for match in _PAIR.finditer(text):
        code = _BY_PAIR.get((int(match[1]), int(match[2])))
        if code is not None:
            return code
    folded = " ".join(text.casefold().split())
    named = [code for code in BANK_CODES if code.title.casefold() in folded]
    # "Your card is restricted" and "Restricted card" share words but neither contains the other.
    return max(named, key=lambda code: len(code.title), default=None)


def is_sure_refusal(text: str) -> bool | None:
    """Whether what `text` names proves that nothing moved; None when it names no code.

    Every pair in it must be a certain one. A pair that nobody knows proves nothing, and a title
    without its pair can only raise doubt, never take it away.
    """
    pairs = [(int(match[1]), int(match[2])) for match in _PAIR.finditer(text)]
    if pairs:
        codes = [_BY_PAIR.get(pair) for pair in pairs]
        return all(code is not None and code.is_certain for code in codes)
    named = find(text)
    return False if named is not None and not named.is_certain else None
