"""Who may do what: people, roles, rights, and how wrong PINs shut a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum, auto
from itertools import pairwise

NAME_LIMIT = 64
WRONG_PINS = 5
FIRST_LOCK = 30
LONGEST_LOCK = 15 * 60


class Role(IntEnum):
    """Each has all rights of the one before it."""

    CASHIER = 1
    SENIOR = 2
    MANAGER = 3
    ADMINISTRATOR = 4


class Right(Enum):
    """What a use case asks for."""

    SELL = auto()
    CANCEL = auto()
    CHECK = auto()
    X_REPORT = auto()
    REPRINT = auto()
    SEE_HISTORY = auto()
    REFUND = auto()
    DECIDE_PAYMENT = auto()
    OVERRIDE = auto()
    Z_REPORT = auto()
    RESOLVE_REFUND = auto()
    ADOPT = auto()
    RECORD_EXTERNAL = auto()
    DECIDE_MISMATCH = auto()
    EXPORT = auto()
    RECONCILE = auto()
    SETTINGS = auto()
    TERMINALS = auto()
    STAFF = auto()
    RESTORE = auto()
    RECONCILE_RESTORE = auto()


_NEEDS = {
    Right.SELL: Role.CASHIER,
    Right.CANCEL: Role.CASHIER,
    Right.CHECK: Role.CASHIER,
    Right.X_REPORT: Role.CASHIER,
    Right.REPRINT: Role.CASHIER,
    Right.SEE_HISTORY: Role.CASHIER,
    Right.REFUND: Role.SENIOR,
    Right.DECIDE_PAYMENT: Role.SENIOR,
    Right.OVERRIDE: Role.SENIOR,
    Right.Z_REPORT: Role.SENIOR,
    Right.RESOLVE_REFUND: Role.MANAGER,
    Right.ADOPT: Role.MANAGER,
    Right.RECORD_EXTERNAL: Role.MANAGER,
    Right.DECIDE_MISMATCH: Role.MANAGER,
    Right.EXPORT: Role.MANAGER,
    Right.RECONCILE: Role.MANAGER,
    Right.RECONCILE_RESTORE: Role.MANAGER,
    Right.SETTINGS: Role.ADMINISTRATOR,
    Right.TERMINALS: Role.ADMINISTRATOR,
    Right.STAFF: Role.ADMINISTRATOR,
    Right.RESTORE: Role.ADMINISTRATOR,
}


_PIN_EACH_TIME = frozenset(
    {
        Right.REFUND,
        Right.DECIDE_PAYMENT,
        Right.OVERRIDE,
        Right.RESOLVE_REFUND,
        Right.ADOPT,
        Right.RECORD_EXTERNAL,
        Right.DECIDE_MISMATCH,
        Right.RESTORE,
        Right.RECONCILE_RESTORE,
    }
)


def may(role: Role, right: Right) -> bool:
    """Whether the role has the right."""
    return role >= _NEEDS[right]


def needs_pin(right: Right) -> bool:
    """Whether a PIN is given each time, also by who is at the till and has the right.

    So it is with whatever gives money back or decides about money.
    """
    return right in _PIN_EACH_TIME


def role_for(right: Right) -> Role:
    """The lowest role that has the right."""
    return _NEEDS[right]


def pin_digits(role: Role) -> tuple[int, int]:
    """How short and how long a PIN of this role may be."""
    return (4, 8) if role is Role.CASHIER else (6, 8)


def is_weak(pin: str) -> bool:
    """All one digit, or digits that count up or down: the first that anybody tries."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return len(steps) == 1 and steps <= {0, 1, 9}


def lock_after(wrong: int) -> float:
    """Seconds for which a door is shut after so many wrong PINs in a row; 0 while it is not."""
    if wrong < WRONG_PINS:
        return 0
    return min(LONGEST_LOCK, FIRST_LOCK << min(wrong - WRONG_PINS, 10))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the till. `lock_left` in seconds of this till's running time."""

    id: str
    name: str
    role: Role
    pin_length: int = 0
    pin_set_at: datetime | None = None
    wrong_pins: int = 0
    lock_left: float = 0
    is_off: bool = False
    last_seen_at: datetime | None = None
    last_seen_till: str = ""

    @property
    def may_sign_in(self) -> bool:
        return not self.is_off and self.pin_length > 0 and self.lock_left <= 0

    def may(self, right: Right) -> bool:
        return may(self.role, right)

    def may_at_once(self, right: Right) -> bool:
        """Whether the right is theirs, and of those that ask for no PIN each time."""
        return may(self.role, right) and not needs_pin(right)
