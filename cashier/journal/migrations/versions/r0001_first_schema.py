"""The first schema: everything a till needs to take payments and to give money back.

A revision stands alone: it imports nothing that may change after it; its rules do not either.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from cashier.journal.migrations import r0001_rules

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_LIVE = sa.text("state IN ('PREPARED', 'SENDING', 'OPEN', 'UNKNOWN', 'CLOSING')")


def upgrade() -> None:
    _make_goods()
    _make_tills()
    _make_receipts()
    _make_payments()
    _make_refunds()
    _make_answers()
    r0001_rules.make_guards()
    r0001_rules.make_budget()
    r0001_rules.make_names()


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
        sa.Column("type", _TEXT),
        *_texts("type_word"),
        *_sum("default_price"),
        sa.Column("can_comments", sa.Boolean),
        *_texts("currency", "own_name", "state"),
        sa.Column("checked_at", _TEXT),
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
        sa.UniqueConstraint("name", name="uq_tills_name"),
    )
    op.create_table(
        "people",
        *_texts("id", "name", "folded"),
        sa.Column("role", sa.Integer, nullable=False),
        *_texts("pin_hash"),
        sa.Column("pin_length", sa.Integer, nullable=False),
        sa.Column("pin_set_at", _TEXT),
        sa.Column("wrong_pins", sa.Integer, nullable=False),
        sa.Column("lock_left", sa.BigInteger, nullable=False),
        sa.Column("is_off", sa.Boolean, nullable=False),
        sa.Column("last_seen_at", _TEXT),
        *_texts("last_seen_till"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("folded", name="uq_people_folded"),
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
        sa.Column("closed_at", _TEXT),
        sa.Column("closed_by", _TEXT, server_default="", nullable=False),
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
        sa.Column("number", _TEXT, server_default="", nullable=False),
        sa.Column("shift_id", _TEXT),
        sa.Column("cashier", _TEXT, server_default="", nullable=False),
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
        sa.Column("serial", _ROW_ID, autoincrement=True, nullable=False),
        *_texts("id", "till_id", "receipt_id", "receipt_number"),
        sa.Column("attempt", sa.Integer, nullable=False),
        *_texts("order_id", "state"),
        sa.Column("amount", sa.BigInteger, nullable=False),
        *_texts("currency", "terminal_id", "terminal_name", "merchant_id", "base_url"),
        *_texts("created_at", "changed_at"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sent_at", _TEXT),
        *_texts("payment_id", "payment_url"),
        sa.Column("url_shown_at", _TEXT),
        sa.Column("expires_at", _TEXT),
        *_texts("status", "status_description"),
        sa.Column("answered_at", _TEXT),
        *_texts("updated_at", "method", "account"),
        *_sum("funds"),
        *_sum("bonuses"),
        sa.Column("refusal_code", sa.BigInteger),
        *_texts("refusal_text", "mismatch"),
        sa.Column("is_terminal_static", sa.Boolean, nullable=False),
        sa.Column("is_result_seen", sa.Boolean, nullable=False),
        sa.Column("reads", sa.BigInteger, server_default="0", nullable=False),
        *_texts("cashier"),
        sa.Column("decision", _TEXT),
        *_texts("decided_by", "decision_reason"),
        sa.Column("is_adopted", sa.Boolean, nullable=False),
        sa.Column("shift_id", _TEXT),
        sa.Column("card_tail", _TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_payments"),
        sa.UniqueConstraint("id", name="uq_payments_id"),
        sa.UniqueConstraint("order_id", name="uq_payments_order_id"),
        sa.UniqueConstraint("receipt_id", "attempt", name="uq_payments_receipt_id_attempt"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payments_amount")),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_payments_attempt")),
        _of_till("payments"),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name="fk_payments_receipt_id"),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_payments_shift_id"),
    )
    op.create_index("ix_payments_state", "payments", ["till_id", "state", "changed_at"])
    _index("one_gateway_payment", "payments", "payment_id", where="payment_id <> ''", unique=True)
    history = ["created_at", "serial", "state", "till_id", "terminal_id", "cashier"]
    op.create_index("ix_payments_history", "payments", history)
    op.create_index("ix_payments_number", "payments", ["receipt_number"])
    op.create_index("ix_payments_amount", "payments", ["amount"])
    _index("ix_payments_card", "payments", "card_tail", where="card_tail <> ''")
    op.create_index("ix_payments_shift_id", "payments", ["shift_id"])
    undecided = "decision IS NULL AND state IN ('UNKNOWN', 'QUARANTINE', 'LATE_PAID')"
    _index("ix_payments_undecided", "payments", "created_at", where=undecided)
    _index("one_live_attempt", "payments", "receipt_id", where=_LIVE.text, unique=True)
    _index("ix_payments_live", "payments", "terminal_id", where=_LIVE.text)
    op.create_index(
        "ix_payments_unseen",
        "payments",
        ["till_id"],
        sqlite_where=sa.text("is_result_seen = 0"),
        postgresql_where=sa.text("NOT is_result_seen"),
    )


def _make_refunds() -> None:
    op.create_table(
        "refunds",
        *_texts("id", "till_id", "payment_id", "shift_id", "state"),
        sa.Column("amount", sa.BigInteger, nullable=False),
        *_texts("currency", "lines", "reason", "created_at", "changed_at"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("is_by_sum", sa.Boolean, nullable=False),
        sa.Column("is_external", sa.Boolean, nullable=False),
        sa.Column("sent_at", _TEXT),
        *_texts("refund_id", "status", "status_description"),
        sa.Column("answered_at", _TEXT),
        *_sum("funds"),
        *_sum("bonuses"),
        *_texts("method", "account"),
        sa.Column("refusal_code", sa.BigInteger),
        *_texts("refusal_text", "mismatch"),
        *_sum("answered_amount"),
        *_texts("actor", "approver", "resolution"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount")),
        _of_till("refunds"),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_refunds_payment_id"),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_refunds_shift_id"),
    )
    op.create_index("ix_refunds_payment_id", "refunds", ["payment_id"])
    op.create_index("ix_refunds_shift_id", "refunds", ["shift_id"])
    op.create_index("ix_refunds_state", "refunds", ["till_id", "state", "changed_at"])
    _index("ix_refunds_unknown", "refunds", "payment_id", where="state = 'UNKNOWN'")
    unsettled = "state IN ('PREPARED', 'SENDING', 'UNKNOWN')"
    _index("one_unsettled_refund", "refunds", "payment_id", where=unsettled, unique=True)
    _index("one_gateway_refund", "refunds", "refund_id", where="refund_id <> ''", unique=True)


def _make_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        *_texts("till_id"),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("payment_id", _TEXT),
        sa.Column("refund_id", _TEXT),
        *_texts("call"),
        sa.Column("http_status", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        *_texts("received_at"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("till_id", "seq", name="uq_answers_till_id_seq"),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_answers_payment_id"),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name="fk_answers_refund_id"),
        sa.ForeignKeyConstraint(
            ["till_id", "seq"], ["events.till_id", "events.seq"], name="fk_answers_till_id"
        ),
    )
    op.create_index("ix_answers_payment_id", "answers", ["payment_id"])
    op.create_index("ix_answers_refund_id", "answers", ["refund_id"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, _TEXT, nullable=False) for name in names]


def _sum(name: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger), sa.Column(f"{name}_currency", _TEXT)]


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
