"""Whether the tables say what the record says: payments and refunds against their events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, TextClause, select, text

from cashier.journal import chain
from cashier.journal.chain import Head
from cashier.journal.errors import BrokenChainError
from cashier.journal.schema import answers, events

_CHANGED = {
    "sqlite": ("IS NOT", "json_extract({}, '$.{}')", "json_array({}, {})"),
    "postgresql": (
        "IS DISTINCT FROM",
        "({}::jsonb ->> '{}')",
        "jsonb_build_array({}, {})::text",
    ),
}
"""How each database says "is another value", reads a fact of an event, and writes a sum."""


def _strayed(dialect: str, noun: str, fixed: str, *, everything: bool) -> TextClause:
    """The rows of one table that are not what the events about them say, new ones or all."""
    other, fact, money = _CHANGED[dialect]
    made_of, told = money.format("p.amount", "p.currency"), fact.format("e.data", "amount")
    new = "p.id IN (SELECT subject FROM events WHERE till_id = :till AND seq > :after)"
    return text(
        f"""
        SELECT p.id FROM {noun}s p
        WHERE {"1 = 1" if everything else new}
          AND ( p.state {other} (
                    SELECT {fact.format("e.data", "to")} FROM events e
                    WHERE e.subject = p.id AND e.kind IN ('{noun}.added', '{noun}.moved')
                    ORDER BY CAST({fact.format("e.data", "version")} AS INTEGER) DESC LIMIT 1)
             OR {made_of} || p.{fixed} {other} (
                    SELECT {told} || {fact.format("e.data", fixed)} FROM events e
                    WHERE e.subject = p.id AND e.kind = '{noun}.added'))
        LIMIT 1
        """  # noqa: S608 -- words of this file alone
    )


def check_record(connection: Connection, till_id: str, *, after: Head | None = None) -> Head:
    """Check the chain, the raw answers and the payments that came after `after`, or all.

    Returns the chain's head. Raises BrokenChainError.
    """
    head = chain.check(connection, till_id, after=after)
    begin = after.seq if after else 0
    _check_answers(connection, till_id, begin)
    asked = {} if after is None else {"till": till_id, "after": begin}
    for noun, fixed in (("payment", "order_id"), ("refund", "payment_id")):
        query = _strayed(connection.dialect.name, noun, fixed, everything=after is None)
        strayed = connection.execute(query, asked).scalar_one_or_none()
        if strayed is not None:
            raise BrokenChainError(f"{noun} {strayed} strayed from its record", seq=head.seq)
    return head


def _check_answers(connection: Connection, till_id: str, begin: int) -> None:
    """Every event of an answer has its answer, byte for byte."""
    for seq, _, told, body in kept_answers(connection, till_id, begin):
        if body is None or hashlib.sha256(body).hexdigest() != told["sha256"]:
            raise BrokenChainError("answer", seq=seq)


def kept_answers(
    connection: Connection, till_id: str, begin: int
) -> Iterator[tuple[int, str, dict[str, Any], bytes | None]]:
    """Each event of an answer after `begin`: place, subject, facts, and what is kept, if it is."""
    query = (
        select(events.c.seq, events.c.subject, events.c.data, answers.c.body)
        .outerjoin(
            answers, (answers.c.till_id == events.c.till_id) & (answers.c.seq == events.c.seq)
        )
        .where(events.c.till_id == till_id, events.c.seq > begin)
        .where(events.c.kind == "answer.kept")
        .order_by(events.c.seq)
    )
    for row in connection.execute(query):
        yield row.seq, row.subject, json.loads(row.data), row.body
