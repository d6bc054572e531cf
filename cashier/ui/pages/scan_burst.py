"""Telling a scanner from fingers: digits that come faster than anybody types."""

from __future__ import annotations

from cashier.ui.pages.entry_line import CODE_LENGTH

LONGEST_GAP = 0.030
"""Seconds between two keys of a scanner, at most."""


class ScanBurst:
    """Fed with every key and its time; knows the run of quick digits that the last Enter ended."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._digits = ""

    def key(self, text: str, at: float) -> None:
        """A key that typed `text` went down `at` these seconds."""
        if at - self._last >= LONGEST_GAP:
            self._digits = ""
        self._last = at
        is_digit = len(text) == 1 and text.isascii() and text.isdigit()
        self._digits = self._digits + text if is_digit else ""

    def enter(self, at: float) -> str:
        """The code if this Enter ends a scan, else "". Starts anew either way."""
        quick = at - self._last < LONGEST_GAP
        digits, self._digits = self._digits, ""
        return digits if quick and len(digits) >= CODE_LENGTH else ""
