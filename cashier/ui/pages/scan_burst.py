"""Telling a scanner from fingers: digits that come faster than anybody types."""

from __future__ import annotations

from collections.abc import Callable

from cashier.ui.pages.entry_line import CODE_LENGTH

LONGEST_GAP = 0.030
"""Seconds between two keys of a scanner, at most."""


class ScanBurst:
    """Fed with every key; knows the run of quick digits that the last Enter ended."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = float("-inf")
        self._digits = ""

    def key(self, text: str) -> None:
        """A key that typed `text` went down."""
        now = self._now()
        if now - self._last >= LONGEST_GAP:
            self._digits = ""
        self._last = now
        is_digit = len(text) == 1 and text.isascii() and text.isdigit()
        self._digits = self._digits + text if is_digit else ""

    def enter(self) -> str:
        """The code if this Enter ends a scan, else "". Starts anew either way."""
        quick = self._now() - self._last < LONGEST_GAP
        digits, self._digits = self._digits, ""
        return digits if quick and len(digits) >= CODE_LENGTH else ""
