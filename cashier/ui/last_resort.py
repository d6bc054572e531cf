"""What becomes of a bug on the UI thread that nobody has caught."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

logger = logging.getLogger(__name__)


class LastResort:
    """Python's hook from making until `retire`: into the log, and to `tell`."""

    def __init__(self, tell: Callable[[Exception], None]) -> None:
        self._tell = tell
        self._before = sys.excepthook
        sys.excepthook = self._hook

    def retire(self) -> None:
        sys.excepthook = self._before

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        logger.critical("a bug on the UI thread", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            self._tell(error)
