"""Faults on demand: the next calls of a method go wrong in a chosen way."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ANY_METHOD = "*"

Value = str | int | Decimal | None


class Fault(StrEnum):
    """What goes wrong. All but DROP_BEFORE and ERROR execute the call, unless told otherwise."""

    DELAY = "delay"
    """Executed at once, answered after `seconds`."""
    DELAY_BEFORE = "delay_before"
    """Executed only after `seconds`, even when the client has gone."""
    DROP_BEFORE = "drop_before"
    """The connection closes; nothing was executed."""
    DROP_AFTER = "drop_after"
    """Executed; the connection closes without an answer."""
    HANG_UP = "hang_up"
    """A whole answer that promises to keep the connection, which then closes."""
    STATUS_500 = "status_500"
    """An HTTP error (`status`, 500) with a page of text."""
    ERROR = "error"
    """A refusal of the gateway: `value` its code, `text` its description."""
    HTML = "html"
    """A firewall's page under HTTP 200 (`status`)."""
    CUT_BODY = "cut_body"
    """Half of the body, then the connection closes."""
    BAD_JSON = "bad_json"
    """A whole body that is not JSON."""
    EMPTY = "empty"
    """HTTP 200 without a body."""
    RAW = "raw"
    """HTTP 200 (`status`) with `text` as its body."""
    REDIRECT = "redirect"
    """HTTP 302 (`status`) to `text`, by default a call that is counted as "Redirected"."""
    DRIP = "drip"
    """The body byte by byte, `seconds` apart."""
    WRONG_ID = "wrong_id"
    WRONG_ORDER = "wrong_order"
    """Another order id; in a refund another payment id."""
    WRONG_AMOUNT = "wrong_amount"
    WRONG_CURRENCY = "wrong_currency"
    UNKNOWN_STATUS = "unknown_status"
    """Another status: "frozen", or any word given as `value`."""
    BAD_URL = "bad_url"
    """A payment_url or link that must not be opened, or the `value`."""
    WITHOUT = "without"
    """The field named by `value` is missing, such as "payment_url" or "order.amount"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFault:
    """`method` is a call's name or "*"; `execute` None: as the fault itself has it."""

    fault: Fault
    method: str = ANY_METHOD
    times: int = 1
    seconds: float = 1.0
    status: int | None = None
    value: Value = None
    text: str | None = None
    execute: bool | None = None

    @property
    def executes(self) -> bool:
        if self.execute is not None:
            return self.execute
        return self.fault not in (Fault.DROP_BEFORE, Fault.ERROR)


class FaultList:
    """The planned faults, taken in the order in which they were added. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[tuple[PlannedFault, int]] = []

    def add(self, planned: PlannedFault) -> None:
        with self._lock:
            self._planned.append((planned, planned.times))

    def plan(
        self,
        method: str,
        fault: Fault | str,
        *,
        times: int = 1,
        seconds: float = 1.0,
        status: int | None = None,
        value: Value = None,
        text: str | None = None,
        execute: bool | None = None,
    ) -> None:
        """Add a fault by its fields. Raises ValueError for an unknown one."""
        self.add(
            PlannedFault(
                method=method,
                fault=Fault(fault),
                times=times,
                seconds=seconds,
                status=status,
                value=value,
                text=text,
                execute=execute,
            )
        )

    def take(self, method: str) -> PlannedFault | None:
        """The fault for this call, used up once more."""
        with self._lock:
            for place, (planned, left) in enumerate(self._planned):
                if planned.method in (ANY_METHOD, method):
                    if left > 1:
                        self._planned[place] = (planned, left - 1)
                    else:
                        del self._planned[place]
                    return planned
            return None

    def pending(self) -> tuple[tuple[PlannedFault, int], ...]:
        """Each planned fault, and how many calls it will still spoil."""
        with self._lock:
            return tuple(self._planned)

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()


def spoiled(answer: Mapping[str, object], planned: PlannedFault) -> dict[str, object]:
    """The answer with a foreign value where the fault says; an error body stays as it is."""
    changed = dict(answer)
    if "error" in answer:
        return changed
    part = "refund" if "refund" in answer else "order"
    value = planned.value
    match planned.fault:
        case Fault.WRONG_ID:
            changed["id"] = "f" * 32 if value is None else value
        case Fault.WRONG_ORDER if part == "refund":
            changed["payment_id"] = "e" * 32 if value is None else value
        case Fault.WRONG_ORDER:
            _set(changed, part, "id", "e" * 32 if value is None else value)
        case Fault.WRONG_AMOUNT:
            _set(changed, part, "amount", Decimal("987654.32") if value is None else value)
        case Fault.WRONG_CURRENCY:
            _set(changed, part, "currency", "USD" if value is None else value)
        case Fault.UNKNOWN_STATUS:
            changed["status"] = "frozen" if value is None else value
        case Fault.BAD_URL:
            field = "payment_url" if "payment_url" in answer else "link"
            changed[field] = "javascript:alert(1)" if value is None else value
        case Fault.WITHOUT:
            _remove(changed, str(value))
        case _:
            pass
    return changed


def _set(answer: dict[str, object], part: str, field: str, value: object) -> None:
    inner = answer.get(part)
    if isinstance(inner, dict):
        answer[part] = inner | {field: value}


def _remove(answer: dict[str, object], path: str) -> None:
    part, _, field = path.partition(".")
    inner = answer.get(part)
    if field and isinstance(inner, dict):
        answer[part] = {name: value for name, value in inner.items() if name != field}
    elif not field:
        answer.pop(part, None)
