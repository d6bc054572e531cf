"""The gateway's facts as frozen values: terminals, payments, refunds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

DEMO_MERCHANT_ID = "c24360cfac0a0c40c518405f6bc68cb0"
"""The merchant of SPEC 8."""
DEMO_API_KEY = "1526fec01b5d11f4df4f2160627ce351"
"""The key of SPEC 8: printed in the guide, it protects nothing."""

BankCode = tuple[int, int]
"""A pair of SPEC 9.2, such as (2, 51)."""

Moment = Annotated[datetime, Meta(tz=True)]
"""A date and time that knows its zone."""


class Profile(StrEnum):
    """How the gateway reads and answers: by the guide's tables, or as the live service does."""

    SPEC = "spec"
    LIVE = "live"


class Status(StrEnum):
    """Where a payment stands; the word that is answered depends on the profile."""

    INIT = "init"
    PROCESS = "process"
    SUCCESSFUL = "successful"
    FAILED = "failed"
    CLOSED = "closed"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        return self in (Status.INIT, Status.PROCESS)


class Step(StrEnum):
    """Where the payer is on the payment page."""

    CHOICE = "choice"
    CARD = "card"
    CODE = "code"
    SBP = "sbp"


class Method(StrEnum):
    """How a payment was paid."""

    CARD = "card"
    SBP = "sbp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """SPEC 7.2.1; `fixed` is the guide's static type, `default_price` is in minor units."""

    id: str
    name: str
    alias: str | None
    description: str
    fixed: bool
    default_price: int
    can_comment: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A position of the receipt as it was sent; nothing is recomputed."""

    name: str
    quantity: Decimal | None
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedOutcome:
    """What will become of a card payment once its 3-D Secure code is right.

    The card's number is not kept, only its masked form.
    """

    account: str
    bank_code: BankCode | None
    bonus_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """SPEC 7.2.3; amounts in minor units, moments in UTC. `expires` None: it never does."""

    id: str
    terminal_id: str
    order_id: str | None
    amount: int
    currency: str
    description: str | None
    success_url: str | None
    fail_url: str | None
    custom_parameters: Mapping[str, object] | None
    lines: tuple[Line, ...]
    created: Moment
    updated: Moment
    expires: Moment | None
    status: Status = Status.INIT
    status_description: str = ""
    bank_code: BankCode | None = None
    step: Step = Step.CHOICE
    planned: PlannedOutcome | None = None
    wrong_codes: int = 0
    paid_by: Method | None = None
    account: str = ""
    funds: int = 0
    bonuses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """SPEC 7.2.7; the status is INIT, SUCCESSFUL or FAILED. `due`: when a delayed one ends."""

    id: str
    payment_id: str
    amount: int
    currency: str
    reason: str | None
    created: Moment
    updated: Moment
    status: Status
    status_description: str = ""
    due: Moment | None = None
    succeeds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundMode:
    """How refunds end: at once or later (`after` seconds, None: when told), well or badly."""

    delayed: bool = False
    succeeds: bool = True
    after: float | None = None


class TypeSpelling(StrEnum):
    """Which words for a terminal's type CreateTerminal takes."""

    GUIDE = "guide"
    CLIENTS = "clients"
    BOTH = "both"
