"""Rules that the database keeps itself, whoever writes to it: triggers for both dialects."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import DDL, MetaData, event

from cashier.domain.refund import HOLDING


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
    "cashier",
    "is_adopted",
)
"""What an intent is never about anything else in."""

_REFUND_FIXED = (
    "payment_id",
    "till_id",
    "shift_id",
    "amount",
    "currency",
    "lines",
    "reason",
    "is_by_sum",
    "is_external",
)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _changed(names: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{name} <> OLD.{name}" for name in names)


_HOLDING = _listed(tuple(sorted(state.value for state in HOLDING)))
_DONE_WITH = _listed(("SUCCEEDED", "RESOLVED_EXECUTED", "WITHDRAWN"))

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
        _changed(_FIXED),
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
    Guard("refunds_never_deleted", "refunds", "DELETE"),
    Guard(
        "refunded_is_final",
        "refunds",
        "UPDATE",
        f"OLD.state IN ({_DONE_WITH}) AND NEW.state <> OLD.state",
    ),
    Guard("refund_is_fixed", "refunds", "UPDATE", _changed(_REFUND_FIXED)),
    # Money let go of comes back into the sum only as the gateway's own word.
    Guard(
        "refund_stays_let_go",
        "refunds",
        "UPDATE",
        f"OLD.state NOT IN ({_HOLDING}) AND NEW.state IN ({_HOLDING}) AND NEW.state <> 'SUCCEEDED'",
    ),
    Guard("people_never_deleted", "people", "DELETE"),
    Guard("closed_shift_is_final", "shifts", "UPDATE", "OLD.closed_at IS NOT NULL"),
    Guard("shifts_never_deleted", "shifts", "DELETE"),
)

REFUSE = (
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION USING MESSAGE = TG_ARGV[0],"
    " ERRCODE = 'integrity_constraint_violation'; END $$"
)
"""PostgreSQL's triggers call this one function."""


def _held(row: str) -> str:
    """What a refund takes from the budget: the larger sum while two are claimed (row R12)."""
    return (
        f"CASE WHEN {row}.answered_amount_currency = {row}.currency"
        f" AND {row}.answered_amount > {row}.amount"
        f" THEN {row}.answered_amount ELSE {row}.amount END"
    )


_OTHERS = (
    f"(SELECT coalesce(sum({_held('r')}), 0) FROM refunds r WHERE "  # noqa: S608 -- constants
    f"r.payment_id = NEW.payment_id AND r.state IN ({_HOLDING}))"
)
_PAID = "(SELECT p.{} FROM payments p WHERE p.id = NEW.payment_id)"
_OVER = (
    f"NEW.state IN ({_HOLDING}) AND (NEW.currency <> {_PAID.format('currency')}"
    f" OR {_OTHERS} + {_held('NEW')} > {_PAID.format('amount')})"
)

_BUDGET_TRIGGER = "CREATE TRIGGER refunds_in_budget BEFORE INSERT ON refunds FOR EACH ROW"

# It locks the payment itself, so that no two transactions add up the same refunds.
_BUDGET_FUNCTION = (
    "CREATE FUNCTION refuse_over_budget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " PERFORM 1 FROM payments p WHERE p.id = NEW.payment_id FOR UPDATE;"
    f" IF {_OVER} THEN RAISE EXCEPTION USING MESSAGE = 'refunds_in_budget',"
    " ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
)

BUDGET = (
    (
        "sqlite",
        f"{_BUDGET_TRIGGER} WHEN {_OVER} BEGIN SELECT RAISE(ABORT, 'refunds_in_budget'); END",
    ),
    ("postgresql", _BUDGET_FUNCTION),
    ("postgresql", f"{_BUDGET_TRIGGER} EXECUTE FUNCTION refuse_over_budget()"),
)
"""The sum of a payment's refunds, made anew from their table before each new one."""

_RESTORED = (
    "NOT NEW.is_external AND EXISTS (SELECT 1 FROM events e WHERE e.subject = 'restore'"
    " AND e.kind = 'journal.restored' AND NOT EXISTS (SELECT 1 FROM events d"
    " WHERE d.till_id = e.till_id AND d.subject = 'restore' AND d.kind = 'journal.reconciled'"
    " AND d.seq > e.seq))"
)
_WAIT_TRIGGER = "CREATE TRIGGER refunds_wait BEFORE INSERT ON refunds FOR EACH ROW"
_WAIT_FUNCTION = (
    "CREATE FUNCTION refuse_after_restore() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {_RESTORED} THEN RAISE EXCEPTION USING MESSAGE = 'refunds_wait',"
    " ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
)

WAIT = (
    (
        "sqlite",
        f"{_WAIT_TRIGGER} WHEN {_RESTORED} BEGIN SELECT RAISE(ABORT, 'refunds_wait'); END",
    ),
    ("postgresql", _WAIT_FUNCTION),
    ("postgresql", f"{_WAIT_TRIGGER} EXECUTE FUNCTION refuse_after_restore()"),
)
"""No refund begins after a restore that nobody has reconciled (`epochs`)."""


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
    statements += BUDGET + WAIT
    for dialect, statement in statements:
        event.listen(metadata, "after_create", _ddl(statement).execute_if(dialect=dialect))


def _ddl(statement: str) -> DDL:
    return DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy's gap
