"""What a journal can tell of itself without a name in it: counts, its end, what is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from cashier.domain.failure import CashierError
from cashier.journal import upgrade
from cashier.journal.schema import events, metadata, payments, refunds
from cashier.journal.sqlite import dispose
from cashier.journal.verify import open_to_read, verify

_TOLD = 20
"""Problems that are listed."""


def facts_of(url: str, anchor: Path, is_stopped: Callable[[], bool]) -> Mapping[str, object]:
    """Counts by table, by state and by kind of event, and whether all of it is whole.

    Of every till that has its journal there. What cannot be read is told by the trouble's name;
    nothing is worth it once `is_stopped`.
    """
    told: dict[str, object] = {}
    try:
        reader = open_to_read(url, is_stopped=is_stopped)
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
    except CashierError as error:
        return {"trouble": error.failure.value}
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        told["trouble"] = type(error).__name__
    return told | _checked(url, anchor, is_stopped)


def _checked(url: str, anchor: Path, is_stopped: Callable[[], bool]) -> dict[str, object]:
    try:
        report = verify(url, anchor, is_stopped=is_stopped)
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
