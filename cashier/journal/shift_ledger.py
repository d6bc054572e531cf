"""Shifts of this till, opened and closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import insert, text, update

from cashier.domain.failure import CashierError, Failure
from cashier.domain.shift import Shift
from cashier.journal.records import columns
from cashier.journal.schema import shifts
from cashier.journal.text import moment
from cashier.journal.writing import Writing

_HOLD = text("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE")
"""Whoever has appended an event has committed by then; SQLite has the whole file already."""


class ShiftLedger(Writing):
    """Each change with its event."""

    def ensure_shift(self) -> Shift:
        """This till's open shift; opens the next number when there is none."""
        shift = self.open_shift()
        if shift is not None:
            return shift
        opened = Shift(
            id=self._around.new_id(),
            till=self._till.name,
            number=self.next_shift(),
            opened_at=self._now(),
        )
        row = columns(
            {
                "id": opened.id,
                "till_id": self._till.id,
                "number": opened.number,
                "opened_at": opened.opened_at,
                "last_receipt": 0,
            }
        )
        self._connection.execute(insert(shifts), row)
        self.record("shift.opened", opened.id, {"number": opened.number})
        return replace(opened, opened_at=moment(str(row["opened_at"])))

    def hold_record(self) -> None:
        """Let no other till write until this transaction ends; to be called before anything else.

        What is read after it is complete: no event before the Z report is left out of it.
        """
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_HOLD)

    def close_shift(self, shift_id: str, *, facts: Mapping[str, object], by: str) -> Shift:
        """End the shift for good; `facts`, what it came to, go into the record as they are.

        Raises CashierError: NOT_FOUND, NOT_ALLOWED when it is closed already.
        """
        shift = self.shift(shift_id)
        if shift.closed_at is not None:
            raise CashierError(Failure.NOT_ALLOWED, action="close_shift", state="closed")
        closed = columns({"closed_at": self._now(), "closed_by": by})
        self._connection.execute(update(shifts).where(shifts.c.id == shift_id).values(closed))
        about = {"number": shift.number, "by": by, "facts": facts}
        self.record("shift.closed", shift_id, about)
        return self.shift(shift_id)
