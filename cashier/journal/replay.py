"""What the events about a row add up to, beside what the row says now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, func, select

from cashier.journal.records import lines_written, payment_of, refund_of
from cashier.journal.schema import events, payments, people, receipts, refunds
from cashier.journal.text import plain

_BATCH = 500
"""Rows that are in memory at once."""

_CHARGED = ("FROZEN", "SETTLED")


@dataclass(frozen=True, slots=True)
class Strayed:
    """A row that is not what its events say: in `fields`, or ("row",) when one of both is not."""

    noun: str
    id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Rows that events tell of. `kinds` begins with the event that makes a row.

    `stored` makes of a row the facts that its events have; what they do not have is not compared.
    """

    noun: str
    table: Table
    order: Column[Any]
    kinds: tuple[str, ...]
    stored: Callable[[Row[Any]], Mapping[str, object]]


def strayed(connection: Connection, told: Told) -> Iterator[Strayed]:
    """Every row that its events do not tell like this, and every one that is gone."""
    for rows in _batches(connection, told):
        facts = _facts(connection, told, [row.id for row in rows])
        for row in rows:
            wrong = _compare(told.stored(row), facts.get(row.id))
            if wrong:
                yield Strayed(told.noun, row.id, wrong)
    there = select(told.table.c.id).where(told.table.c.id == events.c.subject).exists()
    gone = select(events.c.subject).where(events.c.kind == told.kinds[0], ~there).distinct()
    for subject in connection.execute(gone).scalars():
        yield Strayed(told.noun, subject, ("row",))


def count(connection: Connection, told: Told) -> int:
    """How many rows there are."""
    return int(connection.execute(select(func.count()).select_from(told.table)).scalar_one())


def _batches(connection: Connection, told: Told) -> Iterator[Sequence[Row[Any]]]:
    query = select(told.table).order_by(told.order).limit(_BATCH)
    rows = connection.execute(query).all()
    while rows:
        yield rows
        last = getattr(rows[-1], told.order.name)
        rows = connection.execute(query.where(told.order > last)).all()


def _facts(connection: Connection, told: Told, ids: Sequence[str]) -> dict[str, dict[str, object]]:
    """What is known of each row, a later event's word over an earlier one's."""
    changes: list[tuple[int, str, int, str, dict[str, object]]] = []
    chains: dict[str, set[str]] = {}
    query = select(events).where(events.c.subject.in_(ids), events.c.kind.in_(told.kinds))
    for row in connection.execute(query):
        facts = json.loads(row.data)
        changes.append((facts.pop("version", 0), row.utc, row.seq, row.subject, facts))
        chains.setdefault(row.subject, set()).add(row.till_id)
    found: dict[str, dict[str, object]] = {}

    def order(change: tuple[int, str, int, str, dict[str, object]]) -> tuple[int, str, int]:
        version, utc, seq, subject, _ = change
        # Places in the chains of two tills say nothing of each other; the tills' clocks do.
        return version, utc if len(chains[subject]) > 1 else "", seq

    for _, _, _, subject, facts in sorted(changes, key=order):
        found.setdefault(subject, {}).update(facts)
    return found


def _compare(stored: Mapping[str, object], facts: Mapping[str, object] | None) -> tuple[str, ...]:
    if facts is None:
        return ("row",) if stored else ()
    return tuple(
        name for name in sorted(facts) if name in stored and plain(stored[name]) != facts[name]
    )


def _payment(row: Row[Any]) -> Mapping[str, object]:
    payment = payment_of(row)
    found = {name: getattr(payment, name) for name in payment.__dataclass_fields__}
    return found | {"to": payment.state}


def _refund(row: Row[Any]) -> Mapping[str, object]:
    refund = refund_of(row)
    found = {name: getattr(refund, name) for name in refund.__dataclass_fields__}
    return found | {"to": refund.state, "lines": lines_written(refund.lines)}


def _receipt(row: Row[Any]) -> Mapping[str, object]:
    """Only what is charged is told to the last byte; a draft may change without a word."""
    if row.state not in _CHARGED:
        return {}
    return {
        "to": row.state,
        "amount": [row.amount, row.currency],
        "sha256": hashlib.sha256(row.content.encode()).hexdigest(),
        "number": row.number,
    }


def _person(row: Row[Any]) -> Mapping[str, object]:
    return {
        "name": row.name,
        "role": row.role,
        "is_off": row.is_off,
        "length": row.pin_length,
        "sha256": hashlib.sha256(row.pin_hash.encode()).hexdigest(),
        "wrong": row.wrong_pins,
    }


PAYMENTS = Told(
    "payment",
    payments,
    payments.c.serial,
    ("payment.added", "payment.moved", "payment.learned", "payment.decided"),
    _payment,
)
REFUNDS = Told(
    "refund",
    refunds,
    refunds.c.id,
    ("refund.added", "refund.moved", "refund.learned"),
    _refund,
)
RECEIPTS = Told("receipt", receipts, receipts.c.id, ("receipt.moved", "receipt.numbered"), _receipt)
PEOPLE = Told(
    "person",
    people,
    people.c.id,
    ("person.added", "person.changed", "person.pin_set", "person.pins"),
    _person,
)
