"""Rules that the database keeps itself, whoever writes to it: triggers for both dialects."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import DDL, MetaData, event


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses `action` on `table` where `when` holds (always, when it is empty)."""

    name: str
    table: str
    action: str
    when: str = ""


_FIXED = (
    "receipt_id",
    "attempt",
    "order_id",
    "amount",
    "currency",
    "terminal_id",
    "merchant_id",
    "base_url",
    "till_id",
)
"""What an intent is never about anything else in."""

GUARDS = (
    Guard("events_kept", "events", "UPDATE"),
    Guard("events_never_deleted", "events", "DELETE"),
    Guard("answers_kept", "answers", "UPDATE"),
    Guard("answers_never_deleted", "answers", "DELETE"),
    Guard("payments_never_deleted", "payments", "DELETE"),
    Guard("receipts_never_deleted", "receipts", "DELETE"),
    Guard(
        "paid_is_final",
        "payments",
        "UPDATE",
        "OLD.state IN ('PAID', 'LATE_PAID') AND NEW.state <> OLD.state",
    ),
    Guard(
        "intent_is_fixed",
        "payments",
        "UPDATE",
        " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _FIXED),
    ),
    Guard(
        "settled_is_final",
        "receipts",
        "UPDATE",
        "OLD.state = 'SETTLED' AND NEW.state <> OLD.state",
    ),
    Guard(
        "charged_receipt_is_fixed",
        "receipts",
        "UPDATE",
        "OLD.state IN ('FROZEN', 'SETTLED') AND NEW.state = OLD.state"
        " AND NEW.content <> OLD.content",
    ),
    Guard(
        "number_is_fixed",
        "receipts",
        "UPDATE",
        "OLD.number <> '' AND NEW.number <> OLD.number",
    ),
)

REFUSE = (
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION USING MESSAGE = TG_ARGV[0],"
    " ERRCODE = 'integrity_constraint_violation'; END $$"
)
"""PostgreSQL's triggers call this one function."""


def on_sqlite(guard: Guard) -> str:
    when = f" WHEN {guard.when}" if guard.when else ""
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.action} ON {guard.table} FOR EACH ROW{when}"
        f" BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"
    )


def on_postgresql(guard: Guard) -> str:
    when = f" WHEN ({guard.when})" if guard.when else ""
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.action} ON {guard.table} FOR EACH ROW{when}"
        f" EXECUTE FUNCTION refuse('{guard.name}')"
    )


def attach(metadata: MetaData) -> None:
    """Make the guards right after the tables, in the same transaction."""
    statements = [("sqlite", on_sqlite(guard)) for guard in GUARDS]
    statements.append(("postgresql", REFUSE))
    statements += [("postgresql", on_postgresql(guard)) for guard in GUARDS]
    for dialect, statement in statements:
        event.listen(metadata, "after_create", _ddl(statement).execute_if(dialect=dialect))


def _ddl(statement: str) -> DDL:
    return DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy's gap
