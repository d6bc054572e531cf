"""The rules that the first schema's databases keep themselves. As they were then, for ever."""

from __future__ import annotations

from alembic import op

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
_HOLDING = (
    "'ACCEPTED', 'FAIL_SEEN', 'PREPARED', 'RESOLVED_EXECUTED', 'SENDING', 'SUCCEEDED', 'UNKNOWN'"
)
_GUARDS = (
    ("events_kept", "events", "UPDATE", ""),
    ("events_never_deleted", "events", "DELETE", ""),
    ("answers_kept", "answers", "UPDATE", ""),
    ("answers_never_deleted", "answers", "DELETE", ""),
    ("payments_never_deleted", "payments", "DELETE", ""),
    ("receipts_never_deleted", "receipts", "DELETE", ""),
    (
        "paid_is_final",
        "payments",
        "UPDATE",
        "OLD.state IN ('PAID', 'LATE_PAID') AND NEW.state <> OLD.state",
    ),
    (
        "intent_is_fixed",
        "payments",
        "UPDATE",
        " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _FIXED),
    ),
    (
        "settled_is_final",
        "receipts",
        "UPDATE",
        "OLD.state = 'SETTLED' AND NEW.state <> OLD.state",
    ),
    (
        "charged_receipt_is_fixed",
        "receipts",
        "UPDATE",
        (
            "OLD.state IN ('FROZEN', 'SETTLED') AND NEW.state = OLD.state"
            " AND NEW.content <> OLD.content"
        ),
    ),
    (
        "number_is_fixed",
        "receipts",
        "UPDATE",
        "OLD.number <> '' AND NEW.number <> OLD.number",
    ),
    ("refunds_never_deleted", "refunds", "DELETE", ""),
    (
        "refunded_is_final",
        "refunds",
        "UPDATE",
        ("OLD.state IN ('SUCCEEDED', 'RESOLVED_EXECUTED', 'WITHDRAWN') AND NEW.state <> OLD.state"),
    ),
    (
        "refund_is_fixed",
        "refunds",
        "UPDATE",
        " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _REFUND_FIXED),
    ),
    (
        "refund_stays_let_go",
        "refunds",
        "UPDATE",
        (
            f"OLD.state NOT IN ({_HOLDING}) AND NEW.state IN ({_HOLDING})"
            " AND NEW.state <> 'SUCCEEDED'"
        ),
    ),
    ("people_never_deleted", "people", "DELETE", ""),
    ("closed_shift_is_final", "shifts", "UPDATE", "OLD.closed_at IS NOT NULL"),
    ("shifts_never_deleted", "shifts", "DELETE", ""),
)
_HELD = (
    "CASE WHEN {0}.answered_amount_currency = {0}.currency"
    " AND {0}.answered_amount > {0}.amount THEN {0}.answered_amount ELSE {0}.amount END"
)
_OVER = (
    f"NEW.state IN ({_HOLDING}) AND (NEW.currency <>"  # noqa: S608 -- constants
    " (SELECT p.currency FROM payments p WHERE p.id = NEW.payment_id)"
    f" OR (SELECT coalesce(sum({_HELD.format('r')}), 0) FROM refunds r"
    f" WHERE r.payment_id = NEW.payment_id AND r.state IN ({_HOLDING})) + {_HELD.format('NEW')}"
    " > (SELECT p.amount FROM payments p WHERE p.id = NEW.payment_id))"
)


def make_guards() -> None:
    on_sqlite = op.get_context().dialect.name == "sqlite"
    if not on_sqlite:
        op.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION USING MESSAGE = TG_ARGV[0],"
            " ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for name, table, action, when in _GUARDS:
        begin = f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW"
        if on_sqlite:
            condition = f" WHEN {when}" if when else ""
            body = f" BEGIN SELECT RAISE(ABORT, '{name}'); END"
        else:
            condition = f" WHEN ({when})" if when else ""
            body = f" EXECUTE FUNCTION refuse('{name}')"
        op.execute(begin + condition + body)


def make_budget() -> None:
    begin = "CREATE TRIGGER refunds_in_budget BEFORE INSERT ON refunds FOR EACH ROW"
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"{begin} WHEN {_OVER} BEGIN SELECT RAISE(ABORT, 'refunds_in_budget'); END")
        return
    op.execute(
        "CREATE FUNCTION refuse_over_budget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " PERFORM 1 FROM payments p WHERE p.id = NEW.payment_id FOR UPDATE;"
        f" IF {_OVER} THEN RAISE EXCEPTION USING MESSAGE = 'refunds_in_budget',"
        " ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(f"{begin} EXECUTE FUNCTION refuse_over_budget()")


def make_names() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE payment_names USING fts5("
            "names, content='', columnsize=0, prefix='1 2 3', tokenize='unicode61')"
        )
        return
    op.execute(
        "CREATE TABLE payment_names (payment BIGINT NOT NULL PRIMARY KEY"
        " REFERENCES payments (serial), names TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_payment_names_names ON payment_names USING gin (names)")
