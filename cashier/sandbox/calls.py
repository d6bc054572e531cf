"""A record of every call that reached the gateway, for tests that count them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

_KEPT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. Header names are in lower case; Authorization is left out."""

    method: str
    headers: Mapping[str, str]
    body: bytes


class CallLog:
    """Counts every call by its method; keeps the bodies of the last thousand. Thread-safe."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._counts: Counter[str] = Counter()
        self._calls: list[Call] = []

    def add(self, call: Call) -> None:
        with self._arrived:
            self._counts[call.method] += 1
            self._calls.append(call)
            del self._calls[:-_KEPT]
            self._arrived.notify_all()

    def count(self, method: str) -> int:
        with self._arrived:
            return self._counts[method]

    def counts(self) -> dict[str, int]:
        with self._arrived:
            return dict(self._counts)

    def all(self, method: str | None = None) -> tuple[Call, ...]:
        """The calls in order of arrival, of one method or of all."""
        with self._arrived:
            return tuple(call for call in self._calls if method in (None, call.method))

    def last(self, method: str) -> Call | None:
        calls = self.all(method)
        return calls[-1] if calls else None

    def wait_for(self, method: str, *, count: int = 1, timeout: float = 5.0) -> bool:
        """Wait until so many calls of the method have arrived; False after `timeout` seconds."""
        with self._arrived:
            return self._arrived.wait_for(lambda: self._counts[method] >= count, timeout)

    def clear(self) -> None:
        with self._arrived:
            self._counts.clear()
            self._calls.clear()
