"""Payments found by the words of what was sold, by their beginnings.

SQLite keeps the words in an FTS5 table without content, PostgreSQL in a `tsvector`. Both hold the
folded words alone, under the payment's serial number. The index is made from the receipts and
proves nothing, so that the chain does not cover it.
"""

from __future__ import annotations

from sqlalchemy import DDL, Connection, MetaData, TextClause, event, text

from cashier.domain.receipt import Receipt
from cashier.journal.goods import words
from cashier.journal.text import clean

_WORDS = (
    "CREATE VIRTUAL TABLE payment_names USING fts5("
    "names, content='', columnsize=0, prefix='1 2 3', tokenize='unicode61')"
)
_VECTORS = (
    "CREATE TABLE payment_names (payment BIGINT NOT NULL PRIMARY KEY"
    " REFERENCES payments (serial), names TSVECTOR NOT NULL)"
)

TABLES = (
    ("sqlite", _WORDS),
    ("postgresql", _VECTORS),
    ("postgresql", "CREATE INDEX ix_payment_names_names ON payment_names USING gin (names)"),
)

_ADD = {
    "sqlite": text("INSERT INTO payment_names (rowid, names) VALUES (:payment, :names)"),
    "postgresql": text(
        "INSERT INTO payment_names (payment, names)"
        " VALUES (:payment, to_tsvector('simple', :names))"
    ),
}

_FOUND = {
    "sqlite": "SELECT rowid FROM payment_names WHERE payment_names MATCH :names",
    "postgresql": ("SELECT payment FROM payment_names WHERE names @@ to_tsquery('simple', :names)"),
}


def attach(metadata: MetaData) -> None:
    """Make the index right after the tables, in the same transaction."""
    for dialect, statement in TABLES:
        made = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy's gap
        event.listen(metadata, "after_create", made.execute_if(dialect=dialect))


def add(connection: Connection, payment: int, receipt: Receipt) -> None:
    """Remember what the payment with that serial number is for."""
    found = dict.fromkeys(word for line in receipt.lines for word in _words(line.name))
    names = " ".join(found)
    connection.execute(_ADD[connection.dialect.name], {"payment": payment, "names": names})


def question(dialect: str) -> TextClause:
    """The serial numbers of payments with all words of the parameter `names` (see `typed`)."""
    return text(_FOUND[dialect])


def typed(dialect: str, line: str) -> str:
    """What was typed as the dialect's own question; "" when there is no word in it."""
    if dialect == "sqlite":
        return " ".join(f'"{word}"*' for word in _words(line))
    return " & ".join(f"'{word}':*" for word in _words(line))


def _words(line: str) -> list[str]:
    # Both databases part words at "_", so it may not come to them within one.
    return words(clean(line).replace("_", " "))
