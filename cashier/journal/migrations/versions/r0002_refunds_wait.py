"""After a restore no refund begins before a manager has reconciled, whoever writes.

A till that does not know this rule must not open a restored journal: that is why there is a
revision for it. It stands alone, as every revision does.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_WAITS = (
    "NOT NEW.is_external AND EXISTS (SELECT 1 FROM events e WHERE e.subject = 'restore'"
    " AND e.kind = 'journal.restored' AND NOT EXISTS (SELECT 1 FROM events d"
    " WHERE d.till_id = e.till_id AND d.subject = 'restore' AND d.kind = 'journal.reconciled'"
    " AND d.seq > e.seq))"
)
_TRIGGER = "CREATE TRIGGER refunds_wait BEFORE INSERT ON refunds FOR EACH ROW"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"{_TRIGGER} WHEN {_WAITS} BEGIN SELECT RAISE(ABORT, 'refunds_wait'); END")
        return
    op.execute(
        "CREATE FUNCTION refuse_after_restore() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_WAITS} THEN RAISE EXCEPTION USING MESSAGE = 'refunds_wait',"
        " ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(f"{_TRIGGER} EXECUTE FUNCTION refuse_after_restore()")
