"""The test of a connection before its settings are saved: one step after the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.terminal import TerminalInfo
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Contact, Ok, Refused
from cashier.services.health import SKEW_ALLOWED
from cashier.services.terminals import NOT_FOUND_CODES


class Check(Enum):
    """The steps, in their order."""

    ANSWER = auto()
    KEY = auto()
    TERMINAL = auto()
    CLOCK = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the result. `is_good` None: not reached."""

    check: Check
    is_good: bool | None
    failure: Failure | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """`latency` and `skew` in seconds; `terminal` is what the alias led to."""

    steps: tuple[Step, ...]
    latency: float | None = None
    skew: float | None = None
    terminal: TerminalInfo | None = None

    @property
    def is_good(self) -> bool:
        return self.key_accepted and not any(
            step.is_good is False for step in self.steps if step.check is not Check.TERMINAL
        )

    @property
    def key_accepted(self) -> bool:
        return any(step.check is Check.KEY and step.is_good for step in self.steps)


class ContactLog:
    """Keeps the last exchange of a gateway that is only being tried out."""

    def __init__(self) -> None:
        self.last: Contact | None = None

    def note(self, contact: Contact) -> None:
        self.last = contact


async def try_connection(
    gateway: Gateway, contacts: ContactLog, *, alias: str, clock: Clock
) -> ConnectionReport:
    """Ask for the terminal `alias` (SPEC 7.2.2) and say how far it went. No money is involved.

    An alias that the gateway does not know still proves the key. `contacts` must be what
    `gateway` reports to.
    """
    began = clock.monotonic()
    outcome = await gateway.get_terminal(alias=alias or "1")
    latency = clock.monotonic() - began
    skew = contacts.last.skew if contacts.last else None
    terminal: TerminalInfo | None = None
    match outcome:
        case Ok(info):
            terminal = info
            results: list[Step] = [_good(Check.ANSWER), _good(Check.KEY), _good(Check.TERMINAL)]
        case Refused(0, text, _):
            results = [_good(Check.ANSWER), Step(Check.KEY, False, Failure.KEY_REFUSED, text)]
        case Refused(code, text, _) if code in NOT_FOUND_CODES:
            missing = Step(Check.TERMINAL, False, Failure.TERMINAL_NOT_FOUND, text)
            results = [_good(Check.ANSWER), _good(Check.KEY), missing]
        case Refused(_, text, _):
            results = [_good(Check.ANSWER), Step(Check.KEY, False, Failure.REFUSED, text)]
        case _:
            failure = getattr(outcome, "failure", Failure.UNREADABLE_ANSWER)
            results = [Step(Check.ANSWER, False, failure)]
    reached = {step.check for step in results}
    is_stopped = any(step.is_good is False for step in results if step.check != Check.TERMINAL)
    for check in Check:
        if check in reached:
            continue
        if check is Check.CLOCK and not is_stopped:
            results.append(Step(check, None if skew is None else abs(skew) <= SKEW_ALLOWED))
        else:
            results.append(Step(check, None))
    return ConnectionReport(tuple(results), latency, skew, terminal)


def _good(check: Check) -> Step:
    return Step(check, True)


def trouble_of(report: ConnectionReport) -> CashierError | None:
    """The first failed step as an error, None when all is well."""
    for step in report.steps:
        if step.is_good is False and step.failure is not None:
            return CashierError(step.failure, text=step.text)
    return None
