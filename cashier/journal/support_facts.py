"""What a journal can tell of itself without a name in it: counts, its end, what is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from cashier.domain.failure import CashierError
from cashier.journal import upgrade
from cashier.journal.schema import events, metadata, payments, refunds
from cashier.journal.sqlite import dispose, is_foreign, open_reader
from cashier.journal.verify import verify

_TOLD = 20
"""Problems that are listed."""


def facts_of(journal: Path, anchor: Path) -> Mapping[str, object]:
    """Counts by table, by state and by kind of event, and whether all of it is whole."""
    told: dict[str, object] = {}
    try:
        if is_foreign(journal):
            return {"trouble": "no journal"}
        reader = open_reader(journal, busy=1)
        try:
            with reader.begin():
                told["schema"] = upgrade.version(reader)
                told["rows"] = {
                    table.name: reader.execute(select(func.count()).select_from(table)).scalar_one()
                    for table in metadata.sorted_tables
                }
                for name, column in (
                    ("payments", payments.c.state),
                    ("refunds", refunds.c.state),
                    ("events", events.c.kind),
                ):
                    query = select(column, func.count()).group_by(column).order_by(column)
                    told[name] = {row[0]: row[1] for row in reader.execute(query)}
        finally:
            dispose(reader)
    except (OSError, sqlite3.Error, SQLAlchemyError, CashierError) as error:
        told["trouble"] = type(error).__name__
    return told | _checked(journal, anchor)


def _checked(journal: Path, anchor: Path) -> dict[str, object]:
    try:
        report = verify(f"sqlite:///{journal}", anchor)
    except CashierError as error:
        return {"check": error.failure.value}
    return {
        "heads": [{"seq": one.head.seq, "hash": one.head.hash[-8:]} for one in report.heads],
        "is_whole": report.is_whole,
        "problems": [
            {
                "wrong": one.wrong.value,
                "seq": one.seq,
                "kind": one.kind,
                "subject": one.subject,
                "fields": list(one.fields),
            }
            for one in report.problems[:_TOLD]
        ],
    }
