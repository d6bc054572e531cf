"""The journal's tables, for SQLite and PostgreSQL.

Money is an INTEGER of minor units beside its currency, times are ISO 8601 text in UTC, ids are
32 hex. A change here needs a new revision in `migrations` and a new HEAD.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    event,
    literal_column,
    text,
)

HEAD = "0002"
"""The newest revision. Revisions are four digits, so that text order is their order."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_LIVE = text("state IN ('PREPARED', 'SENDING', 'OPEN', 'UNKNOWN', 'CLOSING')")

UNDECIDED = text("decision IS NULL AND state IN ('UNKNOWN', 'QUARANTINE', 'LATE_PAID')")
"""Payments that wait for somebody's decision; a question has to say it word for word."""

UNKNOWN_REFUND = text("state = 'UNKNOWN'")
NOTHING: ColumnElement[str] = literal_column("''")
"""What an index leaves out: SQLite uses it only for a question that says `<> ''` as it does."""
_UNSETTLED = text("state IN ('PREPARED', 'SENDING', 'UNKNOWN')")

_ROW_ID = BigInteger().with_variant(Integer, "sqlite")

# Times and words are compared by their bytes in both databases, whatever the server's language.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _text(name: str, *, key: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, _TEXT, primary_key=key, nullable=False, server_default=default)


def _sum(name: str) -> list[Column[Any]]:
    return [Column(name, BigInteger), Column(f"{name}_currency", _TEXT)]


tills = Table(
    "tills",
    metadata,
    _text("id", key=True),
    _text("name"),
    # What is known good of this till's chain, and whether the program said goodbye.
    Column("verified_seq", BigInteger, nullable=False),
    _text("verified_hash"),
    Column("ended_clean", Boolean, nullable=False),
    Column("default_terminal", _ROW_ID, ForeignKey("terminals.key", ondelete="SET NULL")),
    UniqueConstraint("name"),
)

people = Table(
    "people",
    metadata,
    _text("id", key=True),
    _text("name"),
    _text("folded"),
    Column("role", Integer, nullable=False),
    _text("pin_hash"),
    Column("pin_length", Integer, nullable=False),
    Column("pin_set_at", _TEXT),
    Column("wrong_pins", Integer, nullable=False),
    Column("lock_left", BigInteger, nullable=False),  # milliseconds
    Column("is_off", Boolean, nullable=False),
    Column("last_seen_at", _TEXT),
    _text("last_seen_till"),
    UniqueConstraint("folded"),
)

shifts = Table(
    "shifts",
    metadata,
    _text("id", key=True),
    Column("till_id", _TEXT, ForeignKey("tills.id"), nullable=False),
    Column("number", Integer, nullable=False),
    _text("opened_at"),
    Column("closed_at", _TEXT),
    _text("closed_by", default=""),
    Column("last_receipt", Integer, nullable=False),
    UniqueConstraint("till_id", "number"),
)
Index(
    "one_open_shift",
    shifts.c.till_id,
    unique=True,
    sqlite_where=shifts.c.closed_at.is_(None),
)

receipts = Table(
    "receipts",
    metadata,
    _text("id", key=True),
    Column("till_id", _TEXT, ForeignKey("tills.id"), nullable=False),
    _text("state"),
    _text("content"),
    Column("amount", BigInteger, nullable=False),
    _text("currency"),
    _text("created_at"),
    _text("changed_at"),
    _text("number", default=""),
    Column("shift_id", _TEXT, ForeignKey("shifts.id")),
    _text("cashier", default=""),
    CheckConstraint("amount >= 0", name="amount"),
)
Index("ix_receipts_state", receipts.c.till_id, receipts.c.state, receipts.c.created_at)
Index(
    "one_draft",
    receipts.c.till_id,
    unique=True,
    sqlite_where=text("state = 'DRAFT'"),
)
Index(
    "one_number",
    receipts.c.till_id,
    receipts.c.number,
    unique=True,
    sqlite_where=text("number <> ''"),
)

payments = Table(
    "payments",
    metadata,
    # The row's own number: what the search index points at, and the order of equal times.
    Column("serial", _ROW_ID, primary_key=True, autoincrement=True),
    _text("id"),
    Column("till_id", _TEXT, ForeignKey("tills.id"), nullable=False),
    Column("receipt_id", _TEXT, ForeignKey("receipts.id"), nullable=False),
    _text("receipt_number"),
    Column("attempt", Integer, nullable=False),
    _text("order_id"),
    _text("state"),
    Column("amount", BigInteger, nullable=False),
    _text("currency"),
    _text("terminal_id"),
    _text("terminal_name"),
    _text("merchant_id"),
    _text("base_url"),
    _text("created_at"),
    _text("changed_at"),
    Column("version", Integer, nullable=False),
    Column("sent_at", _TEXT),
    _text("payment_id"),
    _text("payment_url"),
    Column("url_shown_at", _TEXT),
    Column("expires_at", _TEXT),
    _text("status"),
    _text("status_description"),
    Column("answered_at", _TEXT),
    _text("updated_at"),
    _text("method"),
    _text("account"),
    *_sum("funds"),
    *_sum("bonuses"),
    Column("refusal_code", BigInteger),
    _text("refusal_text"),
    _text("mismatch"),
    Column("is_terminal_static", Boolean, nullable=False),
    Column("is_result_seen", Boolean, nullable=False),
    Column("reads", BigInteger, nullable=False, server_default="0"),
    _text("cashier"),
    Column("decision", _TEXT),
    _text("decided_by"),
    _text("decision_reason"),
    Column("is_adopted", Boolean, nullable=False),
    Column("shift_id", _TEXT, ForeignKey("shifts.id")),  # none for one adopted
    _text("card_tail", default=""),
    UniqueConstraint("id"),
    UniqueConstraint("order_id"),
    UniqueConstraint("receipt_id", "attempt"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("attempt > 0", name="attempt"),
)
Index("ix_payments_state", payments.c.till_id, payments.c.state, payments.c.changed_at)
Index(
    "one_gateway_payment",
    payments.c.payment_id,
    unique=True,
    sqlite_where=text("payment_id <> ''"),
)
# All that the history filters by, so that going through a million rows reads this index alone.
Index(
    "ix_payments_history",
    payments.c.created_at,
    payments.c.serial,
    payments.c.state,
    payments.c.till_id,
    payments.c.terminal_id,
    payments.c.cashier,
)
Index("ix_payments_number", payments.c.receipt_number)
Index("ix_payments_amount", payments.c.amount)
Index("ix_payments_card", payments.c.card_tail, sqlite_where=text("card_tail <> ''"))
Index("ix_payments_shift_id", payments.c.shift_id)
Index("ix_payments_undecided", payments.c.created_at, sqlite_where=UNDECIDED)
Index(
    "one_live_attempt",
    payments.c.receipt_id,
    unique=True,
    sqlite_where=_LIVE,
)
Index("ix_payments_live", payments.c.terminal_id, sqlite_where=_LIVE)
Index("ix_payments_unseen", payments.c.till_id, sqlite_where=text("is_result_seen = 0"))

refunds = Table(
    "refunds",
    metadata,
    _text("id", key=True),
    Column("till_id", _TEXT, ForeignKey("tills.id"), nullable=False),
    Column("payment_id", _TEXT, ForeignKey("payments.id"), nullable=False),
    Column("shift_id", _TEXT, ForeignKey("shifts.id"), nullable=False),
    _text("state"),
    Column("amount", BigInteger, nullable=False),
    _text("currency"),
    _text("lines"),
    _text("reason"),
    _text("created_at"),
    _text("changed_at"),
    Column("version", Integer, nullable=False),
    Column("is_by_sum", Boolean, nullable=False),
    Column("is_external", Boolean, nullable=False),
    Column("sent_at", _TEXT),
    _text("refund_id"),
    _text("status"),
    _text("status_description"),
    Column("answered_at", _TEXT),
    *_sum("funds"),
    *_sum("bonuses"),
    _text("method"),
    _text("account"),
    Column("refusal_code", BigInteger),
    _text("refusal_text"),
    _text("mismatch"),
    *_sum("answered_amount"),
    _text("actor"),
    _text("approver"),
    _text("resolution"),
    CheckConstraint("amount > 0", name="amount"),
)
Index("ix_refunds_payment_id", refunds.c.payment_id)
Index("ix_refunds_shift_id", refunds.c.shift_id)
Index("ix_refunds_state", refunds.c.till_id, refunds.c.state, refunds.c.changed_at)
Index("ix_refunds_unknown", refunds.c.payment_id, sqlite_where=UNKNOWN_REFUND)
Index("one_unsettled_refund", refunds.c.payment_id, unique=True, sqlite_where=_UNSETTLED)
Index(
    "one_gateway_refund",
    refunds.c.refund_id,
    unique=True,
    sqlite_where=text("refund_id <> ''"),
)

events = Table(
    "events",
    metadata,
    Column("till_id", _TEXT, ForeignKey("tills.id"), nullable=False),
    Column("seq", BigInteger, nullable=False, autoincrement=False),
    _text("kind"),
    _text("subject"),
    _text("data"),
    _text("utc"),
    Column("mono", BigInteger, nullable=False),
    _text("actor"),
    _text("prev_hash"),
    _text("hash"),
    PrimaryKeyConstraint("till_id", "seq"),
)
Index("ix_events_subject", events.c.subject)

answers = Table(
    "answers",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),
    Column("till_id", _TEXT, nullable=False),
    Column("seq", BigInteger, nullable=False),  # the event that holds its fingerprint
    Column("payment_id", _TEXT, ForeignKey("payments.id")),  # none for a terminal's
    Column("refund_id", _TEXT, ForeignKey("refunds.id")),
    _text("call"),
    Column("http_status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    _text("received_at"),
    UniqueConstraint("till_id", "seq"),
    ForeignKeyConstraint(["till_id", "seq"], ["events.till_id", "events.seq"]),
)
Index("ix_answers_payment_id", answers.c.payment_id)
Index("ix_answers_refund_id", answers.c.refund_id)

terminals = Table(
    "terminals",
    metadata,
    Column("key", _ROW_ID, primary_key=True, autoincrement=True),
    _text("gateway_id"),
    _text("name"),
    _text("alias"),
    _text("description"),
    _text("link"),
    Column("type", _TEXT),
    _text("type_word"),
    *_sum("default_price"),
    Column("can_comments", Boolean),
    _text("currency"),
    _text("own_name"),
    _text("state"),
    Column("checked_at", _TEXT),
    Column("latency", Float),
    UniqueConstraint("gateway_id"),
    sqlite_autoincrement=True,  # a forgotten terminal's key is never given to another
)

notes = Table("notes", metadata, _text("name", key=True), _text("value"))

goods = Table(
    "goods",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),
    _text("folded"),
    _text("currency"),
    _text("name"),
    Column("price", BigInteger, nullable=False),
    _text("sold_at"),
    UniqueConstraint("folded", "currency"),
)
Index("ix_goods_sold_at", goods.c.sold_at)

goods_words = Table(
    "goods_words",
    metadata,
    _text("word"),
    Column("goods_id", _ROW_ID, ForeignKey("goods.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("word", "goods_id"),
    sqlite_with_rowid=False,
)
Index("ix_goods_words_goods_id", goods_words.c.goods_id, goods_words.c.word)


def _speak_postgresql(_metadata: MetaData, connection: Connection, **_more: object) -> None:
    """Give the partial indexes their conditions in PostgreSQL's words too.

    Naming them at the indexes would load SQLAlchemy's PostgreSQL dialect on every till, which takes
    longer than opening the journal.
    """
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options["sqlite"]["where"]
            if index.name == "ix_payments_unseen":
                where = text("NOT is_result_seen")
            if where is not None:
                index.dialect_options["postgresql"]["where"] = where


event.listen(metadata, "before_create", _speak_postgresql)
