"""What the gateway remembers from one run of the program to the next, in a file."""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from cashier.sandbox.values import Payment, Profile, Refund, Terminal
from cashier.whole_file import replace_whole

KEPT_FOR = timedelta(days=14)
"""How long after its making a payment is remembered, its order id and its refunds with it."""

KEPT_PAYMENTS = 2_000
"""How many payments are remembered at most: the newest."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is remembered, each kind the oldest first. Cards are known by their masks alone."""

    next_number: Annotated[int, msgspec.Meta(ge=1)]
    terminals: tuple[Terminal, ...]
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]

    def kept(self, now: datetime) -> Facts:
        """Without the payments that are too old or too many."""
        young = [payment for payment in self.payments if now - payment.created <= KEPT_FOR]
        payments = tuple(young[-KEPT_PAYMENTS:])
        known = {payment.id for payment in payments}
        refunds = tuple(refund for refund in self.refunds if refund.payment_id in known)
        return replace(self, payments=payments, refunds=refunds)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The file's content. Every change of its shape needs another version."""

    version: Literal[1]
    profile: Profile
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)]
    facts: Facts


_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(_Page, float_hook=Decimal)


class Memory:
    """The file of one gateway; two that run at once need two files. Nothing here raises OSError.

    `port` is where the gateway listened last, 0 before its first time.
    """

    def __init__(self, file: Path, profile: Profile) -> None:
        self.port = 0
        self._file: Path | None = file
        self._profile = profile
        self._is_failing = False

    def load(self, now: datetime) -> Facts | None:
        """What the file knows; None when it is new or was put aside.

        A file that is damaged or another program's, version's or profile's is put aside. One that
        cannot be read or put aside is left alone, and then nothing is remembered in this run.
        """
        if self._file is None:
            return None
        try:
            page = _DECODER.decode(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            self._leave_alone(f"cannot be read: {error.strerror}")
            return None
        except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
            self._put_aside(self._file, str(error))
            return None
        if page.profile is not self._profile:
            self._put_aside(self._file, f"it is for the profile {page.profile}")
            return None
        self.port = page.port
        return page.facts.kept(now)

    def _put_aside(self, file: Path, reason: str) -> None:
        names = (f"{file.stem}.damaged-{number}{file.suffix}" for number in itertools.count(1))
        aside = next(path for name in names if not (path := file.with_name(name)).exists())
        try:
            file.rename(aside)
        except OSError as error:
            self._leave_alone(f"cannot be used ({reason}) or put aside: {error.strerror}")
        else:
            _log.warning("the sandbox starts empty, its memory is now %s: %s", aside.name, reason)

    def _leave_alone(self, trouble: str) -> None:
        _log.warning("the sandbox remembers nothing of this run, its memory %s", trouble)
        self._file = None

    def save(self, facts: Facts, now: datetime) -> bool:
        """Make the facts the file's content; False, with a warning, when it cannot be written."""
        if self._file is None:
            return True
        page = _Page(version=1, profile=self._profile, port=self.port, facts=facts.kept(now))
        data = _ENCODER.encode(page)
        try:
            replace_whole(self._file, data)
        except OSError as error:
            if not self._is_failing:
                _log.warning("the sandbox's memory cannot be written: %s", error.strerror)
            self._is_failing = True
            return False
        self._is_failing = False
        return True
