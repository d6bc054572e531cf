"""When to ask the gateway next. Seconds on the monotonic clock; every figure stands here once."""

from __future__ import annotations

import random
from collections.abc import Sequence

from cashier.domain.payment import PaymentState
from cashier.domain.refund import FAIL_SEEN_FOR, RefundState

MINUTE = 60.0
HOUR = 3600.0
DAY = 86400.0

JITTER = 0.2
ERROR_CAP = 15.0
LOOK_UPS = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Waits before the look-ups of a create whose outcome is unknown."""
LOOK_UPS_LAST = sum(LOOK_UPS)
CLOSING = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
CLOSES_AT_MOST = 3
SENDS_AGAIN_AT_MOST = 2
SEND_AGAIN_AFTER = (1.0, 2.0)
KEY_REFUSED = MINUTE
CHECK_AT_MOST_EVERY = 1.0

REFUND_READS = (2.0, 4.0, 8.0, 15.0, 30.0)
REFUND_DELAYED_AFTER = DAY
"""Seconds after which a refund that is still pending becomes a manager's task."""
_REFUND = ((11 * MINUTE, MINUTE), (HOUR, 5 * MINUTE), (72 * HOUR, HOUR), (30 * DAY, DAY))

_WAITING = ((MINUTE, 2.0), (3 * MINUTE, 3.0), (15 * MINUTE, 5.0))
_WAITING_REST = 15.0
_LATE_FAST = (10 * MINUTE, MINUTE)
_LATE = (_LATE_FAST, (HOUR, 5 * MINUTE), (72 * HOUR, HOUR))
_ABANDONED = (_LATE_FAST, (HOUR, 5 * MINUTE), (DAY, HOUR), (7 * DAY, DAY))


def next_wait(state: PaymentState, *, age: float, reads: int) -> float | None:
    """How long to wait before the next read, or None when watching is over.

    `age`: seconds since the payment entered `state`; `reads`: how many reads it has had there.
    """
    match state:
        case PaymentState.OPEN:
            return _by_age(_WAITING, age) or _WAITING_REST
        case PaymentState.UNKNOWN:
            return LOOK_UPS[reads] if reads < len(LOOK_UPS) else LOOK_UPS[-1]
        case PaymentState.CLOSING:
            return CLOSING[reads] if reads < len(CLOSING) else MINUTE
        case PaymentState.FAILED | PaymentState.CLOSED | PaymentState.QUARANTINE:
            return _by_age(_LATE, age)
        case PaymentState.ABANDONED:
            return _by_age(_ABANDONED, age)
        case _:
            return None


def next_refund_wait(state: RefundState, *, age: float, reads: int) -> float | None:
    """How long to wait before the next GetRefund, or None when watching is over.

    `age`: seconds since the refund entered `state`; `reads`: how many reads it has had there.
    """
    match state:
        case RefundState.ACCEPTED if reads < len(REFUND_READS):
            return REFUND_READS[reads]
        case RefundState.FAIL_SEEN if reads == 0:
            return FAIL_SEEN_FOR
        case RefundState.ACCEPTED | RefundState.FAIL_SEEN | RefundState.FAILED:
            return _by_age(_REFUND, age)
        case _:
            return None


def after_error(errors: int, chance: random.Random) -> float:
    """The wait after `errors` reads in a row without an answer: full jitter, at most 15 s."""
    return chance.uniform(0, min(ERROR_CAP, 2.0 ** min(errors, 10)))


def jittered(wait: float, chance: random.Random) -> float:
    """The wait, up to a fifth shorter or longer, so that many tills do not ask in step."""
    return wait * chance.uniform(1 - JITTER, 1 + JITTER)


def _by_age(steps: Sequence[tuple[float, float]], age: float) -> float | None:
    for until, wait in steps:
        if age < until:
            return wait
    return None
