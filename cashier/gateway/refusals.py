"""Which errors prove that nothing has happened (decisions: what an answer means).

Everything that is not listed here is unknown. An HTTP 5xx never proves anything.
"""

from __future__ import annotations

import re

from cashier.domain.bank_codes import is_sure_refusal
from cashier.domain.failure import Failure
from cashier.gateway.calls import Call
from cashier.gateway.outcome import Refused, Unknown
from cashier.gateway.wire_read import ErrorAnswer

KEY_REFUSED_CODE = 0
KEY_REFUSED_STATUSES = frozenset({401, 403})

_LISTED_CODES = frozenset(range(1, 14))
_TYPE_NAMED = re.compile(r"\btype\b|\bтип", re.IGNORECASE)

_SURE_CODES = {
    Call.CREATE_TERMINAL: frozenset({*range(7), 11, 12, 13}),
    Call.CREATE_PAYMENT: frozenset(range(7)),
    Call.CLOSE_PAYMENT: frozenset({0, 7, 9, 10, 11}),
    Call.CREATE_REFUND: frozenset({0, 1, 2, 7}),
}
_UNSURE_VALIDATION = frozenset({408, 409})
"""A time-out, and a conflict with something that may be our own: neither says that nothing is."""


def judge(call: Call, error: ErrorAnswer, http_status: int) -> Refused | Unknown:
    """What an error answer to `call` means.

    The key is refused with code 0, and also with a code that is no gateway code under HTTP 401 or
    403: `Refused.code` is 0 then, so that there is one sign for it.
    """
    code = _one_code_for_the_key(error.code, http_status)
    if code is not None and http_status < 500 and _is_sure(call, code, error):
        return Refused(code, error.text, error.fields)
    failure = Failure.KEY_REFUSED if code == KEY_REFUSED_CODE else Failure.GATEWAY_ERROR
    return Unknown(failure, http_status, code, error.text)


def _one_code_for_the_key(code: int | None, http_status: int) -> int | None:
    if code is None or code in _LISTED_CODES:
        return code
    if http_status in KEY_REFUSED_STATUSES or code in KEY_REFUSED_STATUSES:
        return KEY_REFUSED_CODE
    return code


def _is_sure(call: Call, code: int, error: ErrorAnswer) -> bool:
    if call.is_read or code == KEY_REFUSED_CODE:
        return True
    if call in (Call.CREATE_PAYMENT, Call.CREATE_REFUND):
        by_bank = is_sure_refusal(error.text)
        if by_bank is not None:
            return by_bank
    if code in _SURE_CODES[call]:
        return True
    match call:
        case Call.CREATE_PAYMENT | Call.CREATE_REFUND:
            return _is_validation(code, error)
        case Call.CREATE_TERMINAL:
            return _is_validation(code, error) or bool(_TYPE_NAMED.search(error.text))
        case _:
            return False


def _is_validation(code: int, error: ErrorAnswer) -> bool:
    """A code that is a 4xx status of HTTP, or fields that are named."""
    if code in _UNSURE_VALIDATION or code >= 500:
        return False
    return code >= 400 or bool(error.fields)
