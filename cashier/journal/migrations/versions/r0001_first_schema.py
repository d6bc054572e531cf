"""The first schema: everything a till needs to take payments.

A revision stands alone: it imports nothing that may change after it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_LIVE = sa.text("state IN ('PREPARED', 'SENDING', 'OPEN', 'UNKNOWN', 'CLOSING')")
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
)


def upgrade() -> None:
    _make_goods()
    _make_tills()
    _make_receipts()
    _make_payments()
    _make_guards()


def _make_goods() -> None:
    op.create_table(
        "goods",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        *_texts("folded", "currency", "name"),
        sa.Column("price", sa.BigInteger, nullable=False),
        *_texts("sold_at"),
        sa.PrimaryKeyConstraint("id", name="pk_goods"),
        sa.UniqueConstraint("folded", "currency", name="uq_goods_folded_currency"),
    )
    op.create_index("ix_goods_sold_at", "goods", ["sold_at"])
    op.create_table(
        "goods_words",
        *_texts("word"),
        sa.Column("goods_id", _ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("word", "goods_id", name="pk_goods_words"),
        sa.ForeignKeyConstraint(
            ["goods_id"], ["goods.id"], name="fk_goods_words_goods_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_goods_words_goods_id", "goods_words", ["goods_id", "word"])
    op.create_table(
        "notes", *_texts("name", "value"), sa.PrimaryKeyConstraint("name", name="pk_notes")
    )


def _make_tills() -> None:
    op.create_table(
        "terminals",
        sa.Column("key", _ROW_ID, autoincrement=True, nullable=False),
        *_texts("gateway_id", "name", "alias", "description", "link"),
        sa.Column("type", sa.Text),
        *_texts("type_word"),
        *_sum("default_price"),
        sa.Column("can_comments", sa.Boolean),
        *_texts("currency", "own_name", "state"),
        sa.Column("checked_at", sa.Text),
        sa.Column("latency", sa.Float),
        sa.PrimaryKeyConstraint("key", name="pk_terminals"),
        sa.UniqueConstraint("gateway_id", name="uq_terminals_gateway_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tills",
        *_texts("id", "name"),
        sa.Column("verified_seq", sa.BigInteger, nullable=False),
        *_texts("verified_hash"),
        sa.Column("ended_clean", sa.Boolean, nullable=False),
        sa.Column("default_terminal", _ROW_ID),
        sa.PrimaryKeyConstraint("id", name="pk_tills"),
        sa.ForeignKeyConstraint(
            ["default_terminal"],
            ["terminals.key"],
            name="fk_tills_default_terminal",
            ondelete="SET NULL",
        ),
    )
    op.create_table(
        "events",
        *_texts("till_id"),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        *_texts("kind", "subject", "data", "utc"),
        sa.Column("mono", sa.BigInteger, nullable=False),
        *_texts("actor", "prev_hash", "hash"),
        sa.PrimaryKeyConstraint("till_id", "seq", name="pk_events"),
        _of_till("events"),
    )
    op.create_index("ix_events_subject", "events", ["subject"])
    op.create_table(
        "shifts",
        *_texts("id", "till_id"),
        sa.Column("number", sa.Integer, nullable=False),
        *_texts("opened_at"),
        sa.Column("closed_at", sa.Text),
        sa.Column("last_receipt", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
        sa.UniqueConstraint("till_id", "number", name="uq_shifts_till_id_number"),
        _of_till("shifts"),
    )
    _index("one_open_shift", "shifts", "till_id", where="closed_at IS NULL", unique=True)


def _make_receipts() -> None:
    op.create_table(
        "receipts",
        *_texts("id", "till_id", "state", "content"),
        sa.Column("amount", sa.BigInteger, nullable=False),
        *_texts("currency", "created_at", "changed_at"),
        sa.Column("number", sa.Text, server_default="", nullable=False),
        sa.Column("shift_id", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_receipts_amount")),
        _of_till("receipts"),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_receipts_shift_id"),
    )
    op.create_index("ix_receipts_state", "receipts", ["till_id", "state", "created_at"])
    _index("one_draft", "receipts", "till_id", where="state = 'DRAFT'", unique=True)
    _index("one_number", "receipts", "till_id", "number", where="number <> ''", unique=True)


def _make_payments() -> None:
    op.create_table(
        "payments",
        *_texts("id", "till_id", "receipt_id", "receipt_number"),
        sa.Column("attempt", sa.Integer, nullable=False),
        *_texts("order_id", "state"),
        sa.Column("amount", sa.BigInteger, nullable=False),
        *_texts("currency", "terminal_id", "terminal_name", "merchant_id", "base_url"),
        *_texts("created_at", "changed_at"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sent_at", sa.Text),
        *_texts("payment_id", "payment_url"),
        sa.Column("url_shown_at", sa.Text),
        sa.Column("expires_at", sa.Text),
        *_texts("status", "status_description"),
        sa.Column("answered_at", sa.Text),
        *_texts("updated_at", "method", "account"),
        *_sum("funds"),
        *_sum("bonuses"),
        sa.Column("refusal_code", sa.BigInteger),
        *_texts("refusal_text", "mismatch"),
        sa.Column("is_terminal_static", sa.Boolean, nullable=False),
        sa.Column("is_result_seen", sa.Boolean, nullable=False),
        sa.Column("reads", sa.BigInteger, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
        sa.UniqueConstraint("order_id", name="uq_payments_order_id"),
        sa.UniqueConstraint("receipt_id", "attempt", name="uq_payments_receipt_id_attempt"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payments_amount")),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_payments_attempt")),
        _of_till("payments"),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name="fk_payments_receipt_id"),
    )
    op.create_index("ix_payments_state", "payments", ["till_id", "state", "changed_at"])
    op.create_index("ix_payments_payment_id", "payments", ["payment_id"])
    _index("one_live_attempt", "payments", "receipt_id", where=_LIVE.text, unique=True)
    _index("ix_payments_live", "payments", "terminal_id", where=_LIVE.text)
    op.create_index(
        "ix_payments_unseen",
        "payments",
        ["till_id"],
        sqlite_where=sa.text("is_result_seen = 0"),
        postgresql_where=sa.text("NOT is_result_seen"),
    )
    op.create_table(
        "answers",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("payment_id", sa.Text),
        *_texts("call"),
        sa.Column("http_status", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        *_texts("received_at"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_answers_payment_id"),
    )
    op.create_index("ix_answers_payment_id", "answers", ["payment_id"])


def _make_guards() -> None:
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


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _sum(name: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger), sa.Column(f"{name}_currency", sa.Text)]


def _of_till(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["till_id"], ["tills.id"], name=f"fk_{table}_till_id")


def _index(name: str, table: str, *columns: str, where: str, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        table,
        list(columns),
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )
