"""Bringing a journal's schema to what this program knows.

A fresh journal is made from the tables themselves. Alembic is imported only for an older one,
which is copied first (`copies`); the migration is one transaction.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, text

from cashier.domain.failure import CashierError, Failure
from cashier.journal import guards, names, schema

guards.attach(schema.metadata)
names.attach(schema.metadata)

MIGRATIONS = Path(__file__).parent / "migrations"

_TABLES = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'table'"),
    "postgresql": text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"),
}

_VERSIONS = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def version(connection: Connection) -> str | None:
    """The schema's revision; None in a database without any table.

    Raises CashierError(JOURNAL_DAMAGED) for tables that are not a journal's.
    """
    tables = set(connection.execute(_TABLES[connection.dialect.name]).scalars())
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise CashierError(Failure.JOURNAL_DAMAGED, reason="foreign")
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def create(connection: Connection) -> None:
    """Make every table, index and guard, within the caller's transaction."""
    schema.metadata.create_all(connection, checkfirst=False)
    connection.execute(text(_VERSIONS))
    connection.execute(
        text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": schema.HEAD}
    )


def migrate(connection: Connection, *, scripts: Path = MIGRATIONS) -> None:
    """Run what is missing in a SQLite journal, all or nothing.

    Foreign keys are off meanwhile, so that a table can be rebuilt, and checked before the commit.
    """
    raw = _raw(connection)
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            run(connection, scripts=scripts)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise CashierError(Failure.JOURNAL_FAULT, reason="foreign keys")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def run(connection: Connection, *, scripts: Path = MIGRATIONS) -> None:
    """Run what is missing within the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)
