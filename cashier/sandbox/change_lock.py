"""The gateway's lock: what was changed under it is saved before it is let go."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType


class ChangeLock:
    """A lock that its owner may take again. `save` says whether it has saved everything.

    It is called once for all changes of one turn, at the turn's end; when it fails, every later
    turn tries again, changed or not.
    """

    def __init__(self, save: Callable[[], bool]) -> None:
        self._save = save
        self._lock = threading.RLock()
        self._depth = 0
        self._changed = False

    def mark(self) -> None:
        """Something was changed. Only who holds the lock may say so."""
        self._changed = True

    def __enter__(self) -> None:
        self._lock.acquire()
        self._depth += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self._depth == 1 and self._changed:
                self._changed = not self._save()
        finally:
            self._depth -= 1
            self._lock.release()
