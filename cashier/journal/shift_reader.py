"""What has happened since a moment of the record: what the next Z report has to count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select

from cashier.domain.payment import Payment
from cashier.domain.refund import Refund
from cashier.journal import chain
from cashier.journal.records import payment_of, refund_of
from cashier.journal.schema import events, payments, refunds, tills
from cashier.journal.source import Source

Ends = Mapping[str, int]
"""Where each till's chain ended at a moment, by the till's id. The moment of a Z report is known
by these alone: the wall clock jumps, and places in two chains say nothing of each other."""

_MOVES = ("payment.moved", "payment.decided", "refund.moved", "refund.added")


class ShiftReader(Source):
    """What an earlier shift began and somebody has gone on with since."""

    def ends(self) -> dict[str, int]:
        """Where every till's chain ends now."""
        found = self._connection.execute(select(tills.c.id)).scalars().all()
        return {till: chain.head(self._connection, till).seq for till in found}

    def payments_gone_on(self, shift_id: str, ends: Ends) -> list[Payment]:
        """This till's payments of other shifts, or of none, that moved after those ends."""
        return [payment_of(row) for row in self._gone_on(payments, shift_id, ends)]

    def refunds_gone_on(self, shift_id: str, ends: Ends) -> list[Refund]:
        """The same for its refunds."""
        return [refund_of(row) for row in self._gone_on(refunds, shift_id, ends)]

    def _gone_on(self, table: Table, shift_id: str, ends: Ends) -> list[Any]:
        # Led by the events of the open shift, which are few: no index of the table may lead.
        query = (
            select(table)
            .join(events, events.c.subject == table.c.id)
            .where(_after(ends), events.c.kind.in_(_MOVES))
            .where(table.c.till_id.concat("") == self._till.id)
            .where(or_(table.c.shift_id.is_(None), table.c.shift_id != shift_id))
            .order_by(table.c.created_at, table.c.id)
        )
        rows = self._connection.execute(query)
        return list({row.id: row for row in rows}.values())


def _after(ends: Ends) -> ColumnElement[bool]:
    later = [
        and_(events.c.till_id == till, events.c.seq > seq) for till, seq in sorted(ends.items())
    ]
    return or_(*later)
