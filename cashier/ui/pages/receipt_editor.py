"""Undo for the receipt being typed: every change is a new receipt, and the old ones are kept."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from cashier.domain.receipt import Line, Receipt

STEPS_KEPT = 500


@dataclass(frozen=True, slots=True)
class _Moment:
    receipt: Receipt
    chosen: int


class ReceiptEditor:
    """The receipt, the chosen line's id (0 for none), and the way back."""

    def __init__(self, receipt: Receipt | None = None) -> None:
        self._now = _Moment(receipt or Receipt(), 0)
        self._past: deque[_Moment] = deque(maxlen=STEPS_KEPT)

    @property
    def receipt(self) -> Receipt:
        return self._now.receipt

    @property
    def chosen(self) -> Line | None:
        """The chosen line, None in an empty receipt."""
        return next((one for one in self.receipt.lines if one.id == self._now.chosen), None)

    @property
    def chosen_row(self) -> int:
        """Its place, or -1."""
        ids = [line.id for line in self.receipt.lines]
        return ids.index(self._now.chosen) if self._now.chosen in ids else -1

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    def load(self, receipt: Receipt) -> None:
        """Begin with another receipt; nothing of the old one can come back."""
        self._past.clear()
        self._now = _Moment(receipt, receipt.lines[-1].id if receipt.lines else 0)

    def choose_row(self, row: int) -> None:
        """Choosing is no change: undo does not count it."""
        if 0 <= row < len(self.receipt.lines):
            self._now = replace(self._now, chosen=self.receipt.lines[row].id)

    def change(self, receipt: Receipt) -> bool:
        """Go on with `receipt`; False when it is the same. A new line becomes the chosen one."""
        if receipt == self.receipt:
            return False
        chosen = self._chosen_in(receipt)
        self._past.append(self._now)
        self._now = _Moment(receipt, chosen)
        return True

    def clear(self) -> bool:
        """Take every line and the discount away, undoably."""
        return self.change(replace(self.receipt, lines=(), discount=None))

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        if not self._past:
            return False
        self._now = self._past.pop()
        return True

    def _chosen_in(self, receipt: Receipt) -> int:
        ids = [line.id for line in receipt.lines]
        known = {line.id for line in self.receipt.lines}
        added = [one for one in ids if one not in known]
        if added:
            return added[-1]
        if self._now.chosen in ids:
            return self._now.chosen
        return ids[min(max(self.chosen_row, 0), len(ids) - 1)] if ids else 0
