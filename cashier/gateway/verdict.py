"""From what came back to what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cashier.domain.failure import Failure
from cashier.domain.money import Currency
from cashier.gateway import strict_json
from cashier.gateway.calls import Call
from cashier.gateway.exchange import Answer, Silence
from cashier.gateway.outcome import Mismatch, NotSent, Ok, Outcome, Refused, Unknown
from cashier.gateway.redaction import Redactor
from cashier.gateway.refusals import KEY_REFUSED_CODE, KEY_REFUSED_STATUSES, judge
from cashier.gateway.strict_json import UnreadableError
from cashier.gateway.wire_read import Fields, Reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """How the answer to one call is read: into what, and what must not differ in it.

    `currency` is what a sum without one counts as.
    """

    read: Callable[[Reader, Fields], T]
    differ: Callable[[T], tuple[str, ...]]
    currency: Currency = Currency.RUB


def of_silence(silence: Silence) -> NotSent | Unknown:
    """No answer: proved unsent, or unknown."""
    if silence.is_unsent:
        return NotSent(silence.failure, silence.detail)
    return Unknown(silence.failure)


def of_answer(
    call: Call, answer: Answer, reading: Reading[T], redactor: Redactor, skew: float | None
) -> Outcome[T]:
    """The outcome of an answer, the body before its HTTP status.

    Only a whole, well-formed answer under HTTP 2xx whose identity matches is Ok.
    """
    status = answer.http_status
    if 300 <= status < 400:
        return Unknown(Failure.REDIRECTED, status)
    if answer.failure is not None:
        return Unknown(answer.failure, status)
    reader = Reader(redactor, reading.currency)
    try:
        fields = strict_json.read(answer.body)
        error = reader.error(fields)
        if error is not None:
            return judge(call, error, status)
        value = reading.read(reader, fields)
    except UnreadableError:
        return Unknown(_unreadable(status), status)
    if status >= 400:
        return Unknown(_unreadable(status), status)
    different = reading.differ(value)
    return Mismatch(value, different) if different else Ok(value, skew)


def trouble_of(outcome: Outcome[T]) -> Failure | None:
    """What an outcome says of the way to the gateway; None while the gateway does its work."""
    match outcome:
        case NotSent(failure=failure) | Unknown(failure=failure):
            return failure
        case Refused(code=code) if code == KEY_REFUSED_CODE:
            return Failure.KEY_REFUSED
        case _:
            return None


def _unreadable(http_status: int) -> Failure:
    if http_status in KEY_REFUSED_STATUSES:
        return Failure.KEY_REFUSED
    return Failure.GATEWAY_ERROR if http_status >= 400 else Failure.UNREADABLE_ANSWER
