"""A refund: its states, where each may go, what may be done in it, and how much is left to refund.

The gateway tells nobody how much of a payment has been refunded (SPEC 7.2), so that the budget
exists only in this till's journal: every refund that may have happened counts against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from cashier.domain.money import Money, total
from cashier.domain.payment import ForbiddenMoveError, Standing, Tone, standing
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import PricedLine

REASON_LIMIT = 200
TYPED_REASON_LIMIT = 190
"""What a person may type; the rest of REASON_LIMIT is " #" and the tag."""
NOT_EXECUTED_AFTER = 30 * 60
"""Seconds after sending before anybody may say that an unknown refund was not executed."""
FAIL_SEEN_FOR = 60
"""Seconds between the two reads that prove a failure."""
DENIED_FOR = 5 * 60
"""Seconds of nothing but denials after which the number of a refund is not believed any more."""


class RefundState(Enum):
    """What the journal stores."""

    PREPARED = "PREPARED"
    SENDING = "SENDING"
    ACCEPTED = "ACCEPTED"
    SUCCEEDED = "SUCCEEDED"
    FAIL_SEEN = "FAIL_SEEN"
    FAILED = "FAILED"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"
    WITHDRAWN = "WITHDRAWN"
    RESOLVED_EXECUTED = "RESOLVED_EXECUTED"
    RESOLVED_NOT_EXECUTED = "RESOLVED_NOT_EXECUTED"


_S = RefundState

REFUND_TRANSITIONS: dict[RefundState, frozenset[RefundState]] = {
    _S.PREPARED: frozenset({_S.SENDING, _S.WITHDRAWN}),
    _S.SENDING: frozenset(
        {_S.ACCEPTED, _S.SUCCEEDED, _S.FAIL_SEEN, _S.REFUSED, _S.UNKNOWN, _S.PREPARED}
    ),
    _S.ACCEPTED: frozenset({_S.SUCCEEDED, _S.FAIL_SEEN, _S.UNKNOWN}),
    _S.FAIL_SEEN: frozenset({_S.FAILED, _S.ACCEPTED, _S.SUCCEEDED, _S.UNKNOWN}),
    _S.UNKNOWN: frozenset({_S.RESOLVED_EXECUTED, _S.RESOLVED_NOT_EXECUTED}),
    _S.FAILED: frozenset({_S.SUCCEEDED}),
    _S.RESOLVED_NOT_EXECUTED: frozenset({_S.SUCCEEDED}),
    _S.REFUSED: frozenset({_S.SUCCEEDED}),
    _S.WITHDRAWN: frozenset(),
    _S.SUCCEEDED: frozenset(),
    _S.RESOLVED_EXECUTED: frozenset(),
}
"""Every move there is; any other raises `ForbiddenMoveError`."""

UNSETTLED = frozenset({_S.PREPARED, _S.SENDING, _S.UNKNOWN})
"""At most one refund of a payment is in these."""

HOLDING = frozenset(
    {
        _S.PREPARED,
        _S.SENDING,
        _S.ACCEPTED,
        _S.FAIL_SEEN,
        _S.SUCCEEDED,
        _S.UNKNOWN,
        _S.RESOLVED_EXECUTED,
    }
)
"""States in which the money may have gone back: their sums and lines are not left to refund."""

RETURNED = frozenset({_S.SUCCEEDED, _S.RESOLVED_EXECUTED})
"""States in which the money has gone back for certain."""

FOLLOWED_REFUNDS = frozenset({_S.ACCEPTED, _S.FAIL_SEEN, _S.FAILED})
"""States in which GetRefund is still asked."""


def check_refund_move(old: RefundState, new: RefundState) -> None:
    """Raise ForbiddenMoveError unless the table allows `old` to become `new`."""
    if new not in REFUND_TRANSITIONS[old]:
        raise ForbiddenMoveError(f"{old.value} -> {new.value}")


class RefundAction(Enum):
    """What a person may do with a refund; the service refuses the rest."""

    SEND = auto()
    WITHDRAW = auto()
    CHECK = auto()
    RESOLVE = auto()
    ANOTHER = auto()


REFUND_ALLOWED: dict[RefundState, frozenset[RefundAction]] = {
    _S.PREPARED: frozenset({RefundAction.SEND, RefundAction.WITHDRAW}),
    _S.SENDING: frozenset(),
    _S.ACCEPTED: frozenset({RefundAction.CHECK, RefundAction.ANOTHER}),
    _S.FAIL_SEEN: frozenset({RefundAction.CHECK, RefundAction.ANOTHER}),
    _S.SUCCEEDED: frozenset({RefundAction.ANOTHER}),
    _S.FAILED: frozenset({RefundAction.CHECK, RefundAction.ANOTHER}),
    _S.REFUSED: frozenset({RefundAction.ANOTHER}),
    _S.UNKNOWN: frozenset({RefundAction.RESOLVE}),
    _S.WITHDRAWN: frozenset({RefundAction.ANOTHER}),
    _S.RESOLVED_EXECUTED: frozenset({RefundAction.ANOTHER}),
    _S.RESOLVED_NOT_EXECUTED: frozenset({RefundAction.ANOTHER}),
}


def refund_state(state: RefundState, status: str, *, seen_for: float) -> RefundState | None:
    """Where a fresh, matching GetRefund takes a refund; None leaves it where it is.

    `seen_for`: seconds since a failure was first read. A failure is believed when a second read,
    at least a minute later, agrees; success is never taken back.
    """
    seen = standing(status)
    if seen is Standing.PAID:
        return _S.SUCCEEDED if _S.SUCCEEDED in REFUND_TRANSITIONS[state] else None
    if seen is Standing.OPEN:
        return _S.ACCEPTED if state is _S.FAIL_SEEN else None
    if state in (_S.SENDING, _S.ACCEPTED):
        return _S.FAIL_SEEN
    if state is _S.FAIL_SEEN and seen_for >= FAIL_SEEN_FOR:
        return _S.FAILED
    return None


class RefundWord(Enum):
    """The word a cashier reads; its text is in `cashier.ui.texts`."""

    NOT_SENT = auto()
    SENDING = auto()
    PENDING = auto()
    DONE = auto()
    RECHECKING = auto()
    DECLINED = auto()
    REFUSED = auto()
    UNKNOWN = auto()
    WITHDRAWN = auto()
    FOUND = auto()
    NOT_EXECUTED = auto()


REFUND_WORDS = {
    _S.PREPARED: RefundWord.NOT_SENT,
    _S.SENDING: RefundWord.SENDING,
    _S.ACCEPTED: RefundWord.PENDING,
    _S.SUCCEEDED: RefundWord.DONE,
    _S.FAIL_SEEN: RefundWord.RECHECKING,
    _S.FAILED: RefundWord.DECLINED,
    _S.REFUSED: RefundWord.REFUSED,
    _S.UNKNOWN: RefundWord.UNKNOWN,
    _S.WITHDRAWN: RefundWord.WITHDRAWN,
    _S.RESOLVED_EXECUTED: RefundWord.FOUND,
    _S.RESOLVED_NOT_EXECUTED: RefundWord.NOT_EXECUTED,
}

REFUND_TONES = {
    RefundWord.NOT_SENT: Tone.MUTE,
    RefundWord.SENDING: Tone.ACCENT,
    RefundWord.PENDING: Tone.REFUND,
    RefundWord.DONE: Tone.REFUND,
    RefundWord.RECHECKING: Tone.REFUND,
    RefundWord.DECLINED: Tone.BAD,
    RefundWord.REFUSED: Tone.BAD,
    RefundWord.UNKNOWN: Tone.WARN,
    RefundWord.WITHDRAWN: Tone.MUTE,
    RefundWord.FOUND: Tone.REFUND,
    RefundWord.NOT_EXECUTED: Tone.MUTE,
}


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """Part of a sold line that goes back: `line_id` is the receipt's, 0 for a refund by sum."""

    line_id: int
    name: str
    price: Money
    quantity: Quantity
    result: Money


@dataclass(frozen=True, slots=True)
class Refund:
    """One refund as the journal holds it. `id` is the intent, 32 hex; times are UTC.

    `payment_id` is the payment's intent. `is_external`: made in the gateway's cabinet and entered
    here by a manager. `actor` and `approver` are people's ids.
    """

    id: str
    payment_id: str
    state: RefundState
    amount: Money
    lines: tuple[RefundedLine, ...]
    reason: str
    created_at: datetime
    changed_at: datetime
    version: int = 0
    is_by_sum: bool = False
    is_external: bool = False
    sent_at: datetime | None = None
    refund_id: str = ""
    status: str = ""
    status_description: str = ""
    answered_at: datetime | None = None
    funds: Money | None = None
    bonuses: Money | None = None
    method: str = ""
    account: str = ""
    refusal_code: int | None = None
    refusal_text: str = ""
    mismatch: tuple[str, ...] = ()
    answered_amount: Money | None = None
    actor: str = ""
    approver: str = ""
    resolution: str = ""

    @property
    def tag(self) -> str:
        """Eight characters that travel in the reason, so that the refund can be found by them."""
        return self.id[:8].upper()

    @property
    def sent_reason(self) -> str:
        """What the gateway is told: the typed reason and the tag."""
        return f"{self.reason} #{self.tag}"

    @property
    def word(self) -> RefundWord:
        return REFUND_WORDS[self.state]

    @property
    def held(self) -> Money:
        """What it takes from the budget; the larger sum while two are claimed (row R12)."""
        if self.state not in HOLDING:
            return Money(0, self.amount.currency)
        if self.answered_amount is not None and self.answered_amount > self.amount:
            return self.answered_amount
        return self.amount

    @property
    def needs_decision(self) -> bool:
        """Whether somebody has to say what comes of it: it is unknown, or was never sent."""
        return self.state in (_S.UNKNOWN, _S.PREPARED)

    def allows(self, action: RefundAction) -> bool:
        return action in REFUND_ALLOWED[self.state]


def left_to_refund(paid: Money, refunds: Iterable[Refund]) -> Money:
    """What may still go back; negative only when more has gone back than was paid (row R17)."""
    return paid - total((refund.held for refund in refunds), paid.currency)


@dataclass(frozen=True, slots=True)
class LineLeft:
    """What is left of one sold line: thousandths and money, none of it negative."""

    sold: PricedLine
    refunded: int
    left: int
    money_left: Money


def lines_left(sold: Iterable[PricedLine], refunds: Iterable[Refund]) -> tuple[LineLeft, ...]:
    """What is left of each line, by its id; pending and unknown refunds count."""
    gone_quantity: dict[int, int] = {}
    gone_money: dict[int, int] = {}
    for refund in refunds:
        if refund.state not in HOLDING:
            continue
        for line in refund.lines:
            gone = gone_quantity.get(line.line_id, 0)
            gone_quantity[line.line_id] = gone + line.quantity.thousandths
            gone_money[line.line_id] = gone_money.get(line.line_id, 0) + line.result.minor
    left = []
    for one in sold:
        refunded = gone_quantity.get(one.line.id, 0)
        money = one.result.minor - gone_money.get(one.line.id, 0)
        left.append(
            LineLeft(
                sold=one,
                refunded=refunded,
                left=max(0, one.line.quantity.thousandths - refunded),
                money_left=Money(max(0, money), one.result.currency),
            )
        )
    return tuple(left)


def refund_of_line(line: LineLeft, quantity: Quantity) -> RefundedLine:
    """What `quantity` of a sold line is worth; the last part takes the kopecks that remain.

    Raises ValueError for more than is left.
    """
    if quantity.thousandths > line.left:
        raise ValueError("more than is left of the line")
    if quantity.thousandths == line.left:
        worth = line.money_left.minor
    else:
        whole = line.sold.line.quantity.thousandths
        worth = min(line.sold.result.minor * quantity.thousandths // whole, line.money_left.minor)
    return RefundedLine(
        line_id=line.sold.line.id,
        name=line.sold.line.name,
        price=line.sold.line.price,
        quantity=quantity,
        result=Money(worth, line.sold.result.currency),
    )


@dataclass(frozen=True, slots=True)
class RefundInfo:
    """What the gateway says of a refund (SPEC 7.2.7, 7.2.8).

    Every field but `id` and `status` may be missing. `bonuses` is signed, as the gateway sends
    it. Times aware, in UTC.
    """

    id: str
    status: str
    payment_id: str = ""
    amount: Money | None = None
    currency: str = ""
    reason: str = ""
    status_description: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    terminal_id: str = ""
    method: str = ""
    account: str = ""
    funds: Money | None = None
    bonuses: Money | None = None
