"""Whether the tables say what the record says: payments against the events about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from cashier.journal import chain
from cashier.journal.chain import Head
from cashier.journal.errors import BrokenChainError
from cashier.journal.schema import answers, events

_STRAYED = text(
    """
    SELECT p.id FROM payments p
    WHERE (:everything OR p.id IN (
            SELECT subject FROM events WHERE till_id = :till AND seq > :after))
      AND ( p.state IS NOT (
                SELECT json_extract(e.data, '$.to') FROM events e
                WHERE e.subject = p.id AND e.kind IN ('payment.added', 'payment.moved')
                ORDER BY e.seq DESC LIMIT 1)
         OR json_array(p.amount, p.currency) || p.order_id || p.receipt_id IS NOT (
                SELECT json_extract(e.data, '$.amount') || json_extract(e.data, '$.order_id')
                       || json_extract(e.data, '$.receipt_id') FROM events e
                WHERE e.subject = p.id AND e.kind = 'payment.added'))
    LIMIT 1
    """
)


def check_record(connection: Connection, till_id: str, *, after: Head | None = None) -> Head:
    """Check the chain, the raw answers and the payments that came after `after`, or all.

    Returns the chain's head. Raises BrokenChainError.
    """
    head = chain.check(connection, till_id, after=after)
    begin = after.seq if after else 0
    _check_answers(connection, till_id, begin)
    strayed = connection.execute(
        _STRAYED, {"everything": after is None, "till": till_id, "after": begin}
    ).scalar_one_or_none()
    if strayed is not None:
        raise BrokenChainError(f"payment {strayed} strayed from its record", seq=head.seq)
    return head


def _check_answers(connection: Connection, till_id: str, begin: int) -> None:
    """Answers of a payment and their events come in the same order, one for one."""
    query = (
        select(events.c.subject, events.c.data, events.c.seq)
        .where(events.c.till_id == till_id, events.c.seq > begin)
        .where(events.c.kind == "answer.kept")
        .order_by(events.c.subject, events.c.seq.desc())
    )
    payment: str | None = None
    bodies: Iterator[bytes] = iter(())
    for row in connection.execute(query):
        if row.subject != payment:
            payment, bodies = row.subject, iter(_bodies(connection, row.subject))
        body = next(bodies, None)
        if body is None or hashlib.sha256(body).hexdigest() != json.loads(row.data)["sha256"]:
            raise BrokenChainError("answer", seq=row.seq)


def _bodies(connection: Connection, payment_id: str) -> list[bytes]:
    whose = answers.c.payment_id.is_not_distinct_from(payment_id or None)
    query = select(answers.c.body).where(whose)
    return list(connection.execute(query.order_by(answers.c.id.desc())).scalars())
