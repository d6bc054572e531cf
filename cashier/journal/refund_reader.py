"""Questions about refunds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from cashier.domain.refund import Refund, RefundState
from cashier.journal.records import KeptAnswer, answer_of, refund_of
from cashier.journal.schema import NOTHING, answers, refunds
from cashier.journal.source import Source
from cashier.journal.text import stamp

_REFUND = select(refunds).where(refunds.c.id == bindparam("id"))


class RefundReader(Source):
    """Refunds of every till that shares the journal, unless a method says otherwise."""

    def refund(self, refund_id: str) -> Refund:
        """The refund with that intent. Raises CashierError(NOT_FOUND)."""
        return refund_of(self._one(_REFUND, {"id": refund_id}))

    def refunds_of(self, payment_id: str) -> list[Refund]:
        """Every refund of a payment, oldest first."""
        return self._refunds(select(refunds).where(refunds.c.payment_id == payment_id))

    def refunds(
        self, states: Collection[RefundState], *, since: datetime | None = None
    ) -> list[Refund]:
        """This till's refunds in those states, oldest first.

        `since` leaves out what came into its state earlier.
        """
        query = select(refunds).where(
            refunds.c.till_id == self._till.id,
            refunds.c.state.in_([state.value for state in states]),
        )
        if since is not None:
            query = query.where(refunds.c.changed_at >= stamp(since))
        return self._refunds(query)

    def moved_refunds(self, known: Mapping[str, int]) -> list[Refund]:
        """Those of the refunds in `known`, by id, that have another version than is known."""
        query = select(refunds.c.id, refunds.c.version).where(refunds.c.id.in_(known))
        rows = self._connection.execute(query)
        moved = [row.id for row in rows if row.version != known[row.id]]
        return self._refunds(select(refunds).where(refunds.c.id.in_(moved))) if moved else []

    def refund_by_gateway_id(self, refund_id: str) -> Refund | None:
        """The refund that is linked to the gateway's `refund_id`; None for "" too."""
        if not refund_id:
            return None
        linked = select(refunds).where(refunds.c.refund_id != NOTHING)
        found = self._refunds(linked.where(refunds.c.refund_id == refund_id))
        return found[0] if found else None

    def shift_refunds(self, shift_id: str) -> list[Refund]:
        """The refunds that were made in a shift, oldest first."""
        return self._refunds(select(refunds).where(refunds.c.shift_id == shift_id))

    def refund_answers(self, refund_id: str) -> list[KeptAnswer]:
        """The raw answers kept for a refund, in the order they came."""
        query = select(answers).where(answers.c.refund_id == refund_id).order_by(answers.c.id)
        return [answer_of(row) for row in self._connection.execute(query)]

    def _refunds(self, query: Select[Any]) -> list[Refund]:
        rows = self._connection.execute(query.order_by(refunds.c.created_at, refunds.c.id))
        return [refund_of(row) for row in rows]
