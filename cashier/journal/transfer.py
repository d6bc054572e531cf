"""Every row of one journal's file, on a server that tills share: copied, and compared.

What belongs to the till keeps its ids. What tills share is joined: a person by id, a terminal by
the gateway's id, goods by their name, a note by its own; what the server has already stays as it
is there. Row numbers that only order or point are the server's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.journal import chain, names
from cashier.journal.goods import fold
from cashier.journal.postgresql import translate
from cashier.journal.postgresql_store import ALONE, ONE_AT_A_TIME
from cashier.journal.receipt_format import read_receipt
from cashier.journal.schema import (
    answers,
    events,
    goods,
    goods_words,
    notes,
    payments,
    people,
    receipts,
    refunds,
    shifts,
    terminals,
    tills,
)
from cashier.journal.till import Till

Row = dict[str, Any]
Passed = Callable[[int], object]

_OWN = (shifts, receipts, payments, refunds, events, answers)
"""What belongs to one till, in an order in which each finds what it points at."""

_NUMBERED = {payments: "serial", answers: "id"}
"""Numbers that the server gives anew."""

_BATCH = 500


def alone(connection: Connection) -> None:
    """Until the transaction ends nobody else makes tables, begins a till or moves one in."""
    connection.execute(ALONE, {"space": ONE_AT_A_TIME})


def refuse_known(server: Connection, till: Till) -> None:
    """Raise TILL_NAME_TAKEN, or JOURNAL_KNOWN where the server has this very till."""
    for row in server.execute(select(tills.c.id, tills.c.name)):
        if row.id == till.id:
            raise CashierError(Failure.JOURNAL_KNOWN, till=row.name)
        if row.name == till.name:
            raise CashierError(Failure.TILL_NAME_TAKEN, name=till.name)


def named(error: DBAPIError) -> Exception:
    """A row that the server has already says so; the rest as everywhere."""
    if isinstance(error, IntegrityError):
        reason = str(error.orig).partition("\n")[0]
        return CashierError(Failure.JOURNAL_KNOWN, reason=reason)
    return translate(error)


def size(file: Connection) -> int:
    """How many rows `copy` and `compare` tell of."""
    return sum(
        int(file.execute(select(func.count()).select_from(table)).scalar_one()) for table in _OWN
    )


def copy(file: Connection, server: Connection, passed: Passed) -> dict[str, int]:
    """Write every row of the file to the server. Returns how many there are in each table.

    `passed` hears how many more of the till's own rows are on their way.
    """
    counted: Counter[str] = Counter()
    terminal_keys = _join(file, server, terminals, ("gateway_id",), "key", counted)
    _put(server, tills, _pointing(file, tills, "default_terminal", terminal_keys), counted)
    _put_people(file, server, counted)
    _join(file, server, notes, ("name",), "", counted)
    goods_ids = _join(file, server, goods, ("folded", "currency"), "id", counted)
    _copy_words(file, server, goods_ids, counted)
    for table in _OWN:
        rows = _told(_without(_rows(file, table), _NUMBERED.get(table)), passed)
        _put(server, table, rows, counted)
    _copy_names(file, server)
    return dict(counted)


def compare(file: Connection, server: Connection, till: Till, passed: Passed) -> None:
    """Read every row back and hold it against the file's. Raises CashierError(JOURNAL_FAULT)."""
    for table in _OWN:
        drop = _NUMBERED.get(table)
        own = table.c.till_id == till.id
        theirs = _told(_without(_rows(server, table, own), drop), passed)
        _hold_against(table, _without(_rows(file, table, own), drop), theirs)
    key_of = _keys(file, terminals, ("gateway_id",), "key")
    their_key_of = _keys(server, terminals, ("gateway_id",), "key")
    mapped = {key: their_key_of[name] for name, key in key_of.items()}
    own_till = tills.c.id == till.id
    _hold_against(
        tills,
        _pointing(file, tills, "default_terminal", mapped),
        _rows(server, tills, own_till),
    )
    for table, known_by in (
        (terminals, ("gateway_id",)),
        (people, ("id",)),
        (notes, ("name",)),
        (goods, ("folded", "currency")),
    ):
        missing = set(_keys(file, table, known_by, "")) - set(_keys(server, table, known_by, ""))
        if missing:
            raise _differs(table)
    theirs_by_id = {row["id"]: row for row in _rows(server, people)}
    for row in _rows(file, people):
        there = theirs_by_id[row["id"]]
        if any(there[name] != row[name] for name in row if name != "folded"):
            raise _differs(people)
    if _word_list(file) - _word_list(server):
        raise _differs(goods_words)
    indexed = text(
        "SELECT count(*) FROM payment_names JOIN payments ON serial = payment WHERE till_id = :till"
    )
    sold = select(func.count()).select_from(payments).where(payments.c.till_id == till.id)
    if server.execute(indexed, {"till": till.id}).scalar_one() != server.execute(sold).scalar_one():
        raise CashierError(Failure.JOURNAL_FAULT, reason="payment_names differ")


def _put_people(file: Connection, server: Connection, counted: Counter[str]) -> None:
    """Folded names are unique: until it is renamed, a namesake's is its id."""
    taken = {folded for (folded,) in _keys(server, people, ("folded",), "")}
    known = set(_keys(server, people, ("id",), ""))

    def lacking() -> Iterator[Row]:
        for row in _rows(file, people):
            if (row["id"],) in known:
                raise CashierError(Failure.JOURNAL_KNOWN, person=row["name"])
            yield row | ({"folded": row["id"]} if row["folded"] in taken else {})

    _put(server, people, lacking(), counted)


def rename_namesakes(server: Connection, till: Till, clock: Clock) -> None:
    """Call somebody whose name another has on the server by the till too, as an event says."""
    own = select(people).where(people.c.folded == people.c.id)
    for row in server.execute(own).all():
        name = f"{row.name} ({till.name})"
        server.execute(
            update(people).where(people.c.id == row.id).values(name=name, folded=fold(name))
        )
        chain.append(
            server,
            till.id,
            last=chain.head(server, till.id),
            kind="person.changed",
            subject=row.id,
            facts={"name": name, "role": row.role, "is_off": row.is_off},
            utc=clock.utc(),
            mono=clock.monotonic(),
            actor="",
        )


def _rows(connection: Connection, table: Table, where: Any = None) -> Iterator[Row]:
    query = select(table).order_by(*_order(table)).execution_options(yield_per=_BATCH)
    if where is not None:
        query = query.where(where)
    with connection.execute(query) as result:
        for row in result.mappings():
            yield dict(row)


def _order(table: Table) -> list[Any]:
    """The same order in both databases: by what does not change on the way."""
    if table is payments:
        return [table.c.id]
    if table is answers:
        return [table.c.till_id, table.c.seq]
    return list(table.primary_key.columns)


def _without(rows: Iterator[Row], name: str | None) -> Iterator[Row]:
    for row in rows:
        if name is not None:
            del row[name]
        yield row


def _told(rows: Iterator[Row], passed: Passed) -> Iterator[Row]:
    untold = 0
    for row in rows:
        yield row
        untold += 1
        if untold == _BATCH:
            passed(untold)
            untold = 0
    passed(untold)


def _pointing(
    file: Connection, table: Table, column: str, keys: Mapping[object, object]
) -> Iterator[Row]:
    for row in _rows(file, table):
        yield row | {column: keys.get(row[column])}


def _put(server: Connection, table: Table, rows: Iterator[Row], counted: Counter[str]) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            server.execute(insert(table), batch)
            counted[table.name] += len(batch)
            batch = []
    if batch:
        server.execute(insert(table), batch)
    counted[table.name] += len(batch)


def _keys(
    connection: Connection, table: Table, known_by: tuple[str, ...], key: str
) -> dict[tuple[object, ...], object]:
    columns = [table.c[name] for name in known_by]
    query = select(*columns, *([table.c[key]] if key else []))
    size = len(columns)
    return {tuple(row[:size]): row[size] if key else None for row in connection.execute(query)}


def _join(
    file: Connection,
    server: Connection,
    table: Table,
    known_by: tuple[str, ...],
    key: str,
    counted: Counter[str],
) -> dict[object, object]:
    """Add what the server lacks. Returns the server's key for each of the file's."""
    known = _keys(server, table, known_by, key)

    def lacking() -> Iterator[Row]:
        for row in _rows(file, table):
            counted[f"{table.name} in all"] += 1
            if tuple(row[name] for name in known_by) not in known:
                yield row

    _put(server, table, _without(lacking(), key or None), counted)
    counted[table.name] = counted.pop(f"{table.name} in all", 0)
    if not key:
        return {}
    after = _keys(server, table, known_by, key)
    return {own: after[name] for name, own in _keys(file, table, known_by, key).items()}


def _copy_words(
    file: Connection,
    server: Connection,
    goods_ids: Mapping[object, object],
    counted: Counter[str],
) -> None:
    known = {(row.word, row.goods_id) for row in server.execute(select(goods_words))}

    def lacking() -> Iterator[Row]:
        for row in _rows(file, goods_words):
            new = {"word": row["word"], "goods_id": goods_ids[row["goods_id"]]}
            if (new["word"], new["goods_id"]) not in known:
                yield new

    _put(server, goods_words, lacking(), counted)


def _word_list(connection: Connection) -> set[tuple[object, ...]]:
    query = select(goods_words.c.word, goods.c.folded, goods.c.currency).join(goods)
    return {tuple(row) for row in connection.execute(query)}


def _copy_names(file: Connection, server: Connection) -> None:
    """The index of words, which is made from the receipts."""
    serials = _keys(server, payments, ("id",), "serial")
    query = select(payments.c.id, receipts.c.content).join(receipts)
    for row in file.execute(query):
        serial = serials[(row.id,)]
        names.add(server, int(str(serial)), read_receipt(row.content))


def _hold_against(table: Table, rows: Iterator[Row], theirs: Iterator[Row]) -> None:
    ours = list(rows)
    if ours != list(theirs):
        raise _differs(table)


def _differs(table: Table) -> CashierError:
    return CashierError(Failure.JOURNAL_FAULT, reason=f"{table.name} differ")
