"""A payment: its states, where each may go, what may be done in it, and the words for it.

An attempt is one CreatePayment with its own order id. A receipt can have several attempts, one
after the other; at most one of them is ever payable. The gateway's statuses are those of SPEC 9.1
and the further ones that its public clients know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from cashier.domain.money import Money


class PaymentState(Enum):
    """What the journal stores."""

    PREPARED = "PREPARED"
    SENDING = "SENDING"
    OPEN = "OPEN"
    UNKNOWN = "UNKNOWN"
    CLOSING = "CLOSING"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    FAILED = "FAILED"
    CLOSED = "CLOSED"
    ABANDONED = "ABANDONED"
    QUARANTINE = "QUARANTINE"
    PAID = "PAID"
    LATE_PAID = "LATE_PAID"


_S = PaymentState

TRANSITIONS: dict[PaymentState, frozenset[PaymentState]] = {
    _S.PREPARED: frozenset({_S.SENDING, _S.WITHDRAWN}),
    _S.SENDING: frozenset({_S.OPEN, _S.UNKNOWN, _S.REFUSED, _S.QUARANTINE, _S.PREPARED}),
    _S.OPEN: frozenset({_S.PAID, _S.FAILED, _S.CLOSED, _S.CLOSING, _S.QUARANTINE}),
    _S.UNKNOWN: frozenset(
        {_S.OPEN, _S.PAID, _S.FAILED, _S.CLOSED, _S.CLOSING, _S.ABANDONED, _S.QUARANTINE}
    ),
    _S.CLOSING: frozenset({_S.CLOSED, _S.PAID, _S.FAILED, _S.OPEN}),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.FAILED: frozenset({_S.PAID, _S.LATE_PAID}),
    _S.CLOSED: frozenset({_S.LATE_PAID}),
    _S.ABANDONED: frozenset({_S.CLOSING, _S.LATE_PAID}),
    _S.QUARANTINE: frozenset({_S.CLOSING, _S.CLOSED, _S.LATE_PAID}),
    _S.PAID: frozenset(),
    _S.LATE_PAID: frozenset(),
}
"""Every move there is; any other raises `ForbiddenMoveError`."""

LIVE = frozenset({_S.PREPARED, _S.SENDING, _S.OPEN, _S.UNKNOWN, _S.CLOSING})
"""States that keep their receipt frozen: a receipt has at most one attempt in them."""

DEAD_WATCHED = frozenset({_S.FAILED, _S.CLOSED, _S.ABANDONED, _S.QUARANTINE})
"""States in which money may still arrive late, so that the gateway is asked for days."""


UNSURE = frozenset({_S.UNKNOWN, _S.QUARANTINE, _S.LATE_PAID})
"""States that a person decides about; `Payment.needs_decision` says whether one still has to."""


class ForbiddenMoveError(Exception):
    """A bug: somebody asked for a move that the table does not have."""


def check_move(old: PaymentState, new: PaymentState) -> None:
    """Raise ForbiddenMoveError unless the table allows `old` to become `new`."""
    if new not in TRANSITIONS[old]:
        raise ForbiddenMoveError(f"{old.value} -> {new.value}")


class Action(Enum):
    """What a person may do with a payment; the service refuses the rest."""

    SEND = auto()
    WITHDRAW = auto()
    CHECK = auto()
    SHOW_QR = auto()
    BACKGROUND = auto()
    CANCEL = auto()
    DECIDE = auto()
    NEW_QR = auto()
    BACK_TO_RECEIPT = auto()
    SLIP = auto()
    REFUND = auto()
    RESTORE_SALE = auto()


ALLOWED: dict[PaymentState, frozenset[Action]] = {
    _S.PREPARED: frozenset({Action.SEND, Action.WITHDRAW}),
    _S.SENDING: frozenset(),
    _S.OPEN: frozenset({Action.CHECK, Action.SHOW_QR, Action.BACKGROUND, Action.CANCEL}),
    _S.UNKNOWN: frozenset({Action.CHECK, Action.BACKGROUND, Action.DECIDE}),
    _S.CLOSING: frozenset({Action.CHECK, Action.BACKGROUND}),
    _S.REFUSED: frozenset({Action.BACK_TO_RECEIPT}),
    _S.WITHDRAWN: frozenset({Action.BACK_TO_RECEIPT}),
    _S.FAILED: frozenset({Action.NEW_QR, Action.BACK_TO_RECEIPT}),
    _S.CLOSED: frozenset({Action.NEW_QR, Action.BACK_TO_RECEIPT}),
    _S.ABANDONED: frozenset({Action.NEW_QR, Action.BACK_TO_RECEIPT}),
    _S.QUARANTINE: frozenset({Action.CHECK, Action.BACKGROUND, Action.DECIDE}),
    _S.PAID: frozenset({Action.SLIP, Action.REFUND}),
    _S.LATE_PAID: frozenset({Action.SLIP, Action.REFUND, Action.RESTORE_SALE}),
}


class Standing(Enum):
    """A gateway's status word, reduced to what it means here."""

    OPEN = auto()
    FAILED = auto()
    EXPIRED = auto()
    CLOSED = auto()
    PAID = auto()


_STANDINGS = {
    "successful": Standing.PAID,
    "success": Standing.PAID,
    "error": Standing.FAILED,
    "fail": Standing.FAILED,
    "failed": Standing.FAILED,
    "expired": Standing.EXPIRED,
    "closed": Standing.CLOSED,
    "cancelled": Standing.CLOSED,
    "canceled": Standing.CLOSED,
}
_OPEN_WORDS = frozenset({"init", "created", "process", "processing"})


def standing(status: str) -> Standing:
    """What a status word means (SPEC 9.1). A word nobody knows is still open, never a guess."""
    return _STANDINGS.get(status.strip().lower(), Standing.OPEN)


def is_known_status(status: str) -> bool:
    """Whether the guide or a public client knows the word; an unknown one is worth an alarm."""
    word = status.strip().lower()
    return word in _STANDINGS or word in _OPEN_WORDS


def is_processing(status: str) -> bool:
    """Whether the payer has begun and the bank is at work."""
    return status.strip().lower() in {"process", "processing"}


def next_state(
    state: PaymentState, seen: Standing, *, receipt_at_till: bool = False
) -> PaymentState | None:
    """Where a fresh, matching read of the gateway takes a payment; None leaves it where it is.

    `receipt_at_till`: this is its receipt's newest attempt and the receipt has not gone on, so
    that money after a failure completes the sale instead of arriving late. A lower standing than
    the one already known is a regression and never applied.
    """
    match state:
        case _S.OPEN | _S.UNKNOWN | _S.CLOSING:
            return _of_payable(state, seen)
        case _S.FAILED if seen is Standing.PAID:
            return _S.PAID if receipt_at_till else _S.LATE_PAID
        case _S.CLOSED | _S.ABANDONED | _S.QUARANTINE if seen is Standing.PAID:
            return _S.LATE_PAID
        case _S.ABANDONED if seen is Standing.OPEN:
            return _S.CLOSING
        case _S.QUARANTINE if seen is not Standing.OPEN:
            return _S.CLOSED
        case _:
            return None


def _of_payable(state: PaymentState, seen: Standing) -> PaymentState | None:
    match seen:
        case Standing.PAID:
            return _S.PAID
        case Standing.FAILED | Standing.EXPIRED:
            return _S.FAILED
        case Standing.CLOSED:
            return _S.CLOSED
        case Standing.OPEN:
            return _S.OPEN if state is _S.UNKNOWN else None


class Tone(Enum):
    """How a state is coloured, always together with its word and icon."""

    MUTE = "mute"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    REFUND = "refund"
    SOLID_BAD = "late"


class Word(Enum):
    """The word a cashier reads; its text is in `cashier.ui.texts`."""

    NOT_SENT = auto()
    CREATING = auto()
    WAITING = auto()
    PROCESSING = auto()
    UNKNOWN = auto()
    CANCELLING = auto()
    REFUSED = auto()
    WITHDRAWN = auto()
    DECLINED = auto()
    EXPIRED = auto()
    CANCELLED = auto()
    NOT_CREATED = auto()
    MISMATCH = auto()
    PAID = auto()
    LATE_PAID = auto()


_WORDS = {
    _S.PREPARED: Word.NOT_SENT,
    _S.SENDING: Word.CREATING,
    _S.UNKNOWN: Word.UNKNOWN,
    _S.CLOSING: Word.CANCELLING,
    _S.REFUSED: Word.REFUSED,
    _S.WITHDRAWN: Word.WITHDRAWN,
    _S.CLOSED: Word.CANCELLED,
    _S.ABANDONED: Word.NOT_CREATED,
    _S.QUARANTINE: Word.MISMATCH,
    _S.PAID: Word.PAID,
    _S.LATE_PAID: Word.LATE_PAID,
}

TONES = {
    Word.NOT_SENT: Tone.MUTE,
    Word.CREATING: Tone.ACCENT,
    Word.WAITING: Tone.ACCENT,
    Word.PROCESSING: Tone.ACCENT,
    Word.UNKNOWN: Tone.WARN,
    Word.CANCELLING: Tone.MUTE,
    Word.REFUSED: Tone.BAD,
    Word.WITHDRAWN: Tone.MUTE,
    Word.DECLINED: Tone.BAD,
    Word.EXPIRED: Tone.MUTE,
    Word.CANCELLED: Tone.MUTE,
    Word.NOT_CREATED: Tone.MUTE,
    Word.MISMATCH: Tone.SOLID_BAD,
    Word.PAID: Tone.OK,
    Word.LATE_PAID: Tone.SOLID_BAD,
}


def word(state: PaymentState, status: str) -> Word:
    """The word for a state, given the gateway's last status."""
    if state is _S.OPEN:
        return Word.PROCESSING if is_processing(status) else Word.WAITING
    if state is _S.FAILED:
        return Word.EXPIRED if standing(status) is Standing.EXPIRED else Word.DECLINED
    return _WORDS[state]


@dataclass(frozen=True, slots=True)
class PaymentInfo:
    """What the gateway says of a payment (SPEC 7.2.3-7.2.6, answer).

    Every field but `id` and `status` may be missing: "" or None. Sums as answered; times aware,
    in UTC. `bonuses` is signed, as the gateway sends it.
    """

    id: str
    status: str
    order_id: str = ""
    amount: Money | None = None
    currency: str = ""
    description: str = ""
    status_description: str = ""
    payment_url: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    terminal_id: str = ""
    method: str = ""
    account: str = ""
    funds: Money | None = None
    bonuses: Money | None = None


class Decision(Enum):
    """What a senior or a manager made of money that came unasked."""

    RESTORED = "RESTORED"
    REFUNDED = "REFUNDED"
    ACCEPTED = "ACCEPTED"
    TAKEN_AS_UNPAID = "TAKEN_AS_UNPAID"


@dataclass(frozen=True, slots=True)
class Payment:
    """One attempt as the journal holds it. Times are UTC; `id` is the intent, 32 hex.

    `cashier` and `decided_by` are people's ids. `is_adopted`: found at the gateway by a manager,
    not made by this till.
    """

    id: str
    receipt_id: str
    receipt_number: str
    attempt: int
    order_id: str
    state: PaymentState
    amount: Money
    terminal_id: str
    terminal_name: str
    merchant_id: str
    base_url: str
    created_at: datetime
    changed_at: datetime
    version: int = 0
    sent_at: datetime | None = None
    payment_id: str = ""
    payment_url: str = ""
    url_shown_at: datetime | None = None
    expires_at: datetime | None = None
    status: str = ""
    status_description: str = ""
    answered_at: datetime | None = None
    updated_at: str = ""
    method: str = ""
    account: str = ""
    funds: Money | None = None
    bonuses: Money | None = None
    refusal_code: int | None = None
    refusal_text: str = ""
    mismatch: tuple[str, ...] = ()
    is_terminal_static: bool = False
    is_result_seen: bool = False
    cashier: str = ""
    decision: Decision | None = None
    decided_by: str = ""
    decision_reason: str = ""
    is_adopted: bool = False

    @property
    def tag(self) -> str:
        """Eight characters of the intent that travel with the payment and find it again."""
        return self.id[:8]

    @property
    def word(self) -> Word:
        return word(self.state, self.status)

    @property
    def is_decided(self) -> bool:
        """Whether somebody has settled what came of it.

        That it was taken as unpaid settles nothing once its money has come after all (row P5).
        """
        if self.state is PaymentState.LATE_PAID and self.decision is Decision.TAKEN_AS_UNPAID:
            return False
        return self.decision is not None

    @property
    def needs_decision(self) -> bool:
        """Whether somebody has to say what comes of it before it is settled."""
        return self.state in UNSURE and not self.is_decided

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def has_money(self) -> bool:
        """Whether money has come for it, be it late or another sum than was asked for."""
        if self.state is _S.QUARANTINE:
            return standing(self.status) is Standing.PAID
        return self.state in (_S.PAID, _S.LATE_PAID)

    def allows(self, action: Action) -> bool:
        return action in ALLOWED[self.state]


def outdates_decision(payment: Payment, state: PaymentState) -> bool:
    """Whether a move to `state` asks for a new decision: the old one knew of no money yet."""
    if payment.decision is None or state not in (_S.QUARANTINE, _S.LATE_PAID):
        return False
    if payment.decision is Decision.TAKEN_AS_UNPAID:
        return True
    return standing(payment.status) is not Standing.PAID
