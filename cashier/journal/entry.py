"""A till takes its place in a journal: its row, its chain, its anchor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from cashier.domain.failure import CashierError, Failure
from cashier.journal import chain
from cashier.journal.chain import Head
from cashier.journal.ledger import Ledger
from cashier.journal.schema import HEAD, events, tills
from cashier.journal.text import clean
from cashier.journal.till import Till
from cashier.journal.writing import Surroundings


@dataclass(frozen=True, slots=True)
class Opened:
    """A writing connection to a journal that was found good, up to `head`."""

    connection: Connection
    till: Till
    head: Head


def begin(connection: Connection, name: str, around: Surroundings) -> Opened:
    """A till's first event."""
    till = Till(around.new_id(), clean(name))
    connection.execute(
        insert(tills).values(
            id=till.id, name=till.name, verified_seq=0, verified_hash="", ended_clean=False
        )
    )
    ledger = Ledger(connection, till, around=around)
    ledger.record("journal.created", till.id, {"till": till.name, "schema": HEAD})
    return Opened(connection, till, ledger.head())


def resume(
    connection: Connection, found: Till, name: str, around: Surroundings, *, is_clean: bool
) -> Opened:
    """The till goes on where it was, perhaps under another name."""
    till = Till(found.id, clean(name))
    connection.execute(
        update(tills).where(tills.c.id == till.id).values(name=till.name, ended_clean=False)
    )
    ledger = Ledger(connection, till, around=around)
    if till.name != found.name:
        ledger.record("till.renamed", till.id, {"from": found.name, "to": till.name})
    ledger.record("journal.opened", till.id, {"clean": is_clean})
    return Opened(connection, till, ledger.head())


def mark_end(connection: Connection, till: Till) -> None:
    """Remember that everything so far is good and that the program ended in order."""
    with connection.begin():
        head = chain.head(connection, till.id)
        connection.execute(
            update(tills)
            .where(tills.c.id == till.id)
            .values(verified_seq=head.seq, verified_hash=head.hash, ended_clean=True)
        )


def check_anchor(
    connection: Connection, till: Till, head: Head, known: Head | None, *, where: str
) -> None:
    """Raise CashierError(JOURNAL_DAMAGED) unless the chain has the event that the anchor knows."""
    if known is None or known.seq == 0:
        return
    if known.seq > head.seq:
        raise damaged(where, "older")
    query = select(events.c.hash).where(events.c.till_id == till.id, events.c.seq == known.seq)
    if connection.execute(query).scalar_one() != known.hash:
        raise damaged(where, "other")


def damaged(where: str, reason: str) -> CashierError:
    return CashierError(Failure.JOURNAL_DAMAGED, path=where, reason=reason)
