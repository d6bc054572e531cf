"""A restored till's journal on a server: the server keeps refunds waiting too, for every till."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from cashier.clock import SystemClock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.domain.refund import Refund, RefundState
from cashier.journal.copies import Reason
from cashier.journal.epochs import RECONCILED, RESTORE, RESTORED
from cashier.journal.errors import RuleBrokenError
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.records import refund_columns
from cashier.journal.schema import refunds
from cashier.services.backups import Backups
from cashier.services.staff import Staff
from tests.integration.postgres_server import PostgresServer
from tests.journal_samples import NOW, bring_to

pytestmark = pytest.mark.anyio


def open_till(url: str, name: str) -> Journal:
    return Journal.open(url, till=name, clock=SystemClock())


async def test_g12_on_a_server_no_tills_refund_begins_before_somebody_has_reconciled(
    postgres: PostgresServer,
) -> None:
    url = postgres.database()
    restored, other = open_till(url, "1"), open_till(url, "2")
    paid = await other.write(bring_to(PaymentState.PAID))
    refund = Refund(
        id=uuid4().hex,
        payment_id=paid.id,
        state=RefundState.PREPARED,
        amount=replace(paid.amount, minor=1),
        lines=(),
        reason="too sweet",
        created_at=NOW,
        changed_at=NOW,
        is_by_sum=True,
    )

    def insert(ledger: Ledger) -> None:
        own = {"till_id": ledger._till.id, "shift_id": ledger.ensure_shift().id}
        ledger._connection.execute(refunds.insert(), refund_columns(refund) | own)

    await restored.write(lambda ledger: ledger.record(RESTORED, RESTORE, {"copied_at": NOW}))
    assert await other.read(lambda reader: reader.restoration()) is not None
    with pytest.raises(CashierError) as caught:
        await other.write(lambda ledger: ledger.add_refund(refund))
    assert caught.value.failure is Failure.REFUNDS_WAIT
    with pytest.raises(RuleBrokenError, match="refunds_wait"):
        await other.write(insert)
    await other.write(lambda ledger: ledger.record(RECONCILED, RESTORE, {}))
    with pytest.raises(RuleBrokenError, match="refunds_wait"):
        await other.write(insert)
    await restored.write(lambda ledger: ledger.record(RECONCILED, RESTORE, {}))
    await other.write(insert)
    for till in (restored, other):
        till.close()


async def test_a_servers_journal_is_copied_by_the_server(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    journal = open_till(postgres.database(), "1")
    with pytest.raises(CashierError) as caught:
        await journal.back_up(Reason.DAILY)
    assert caught.value.failure is Failure.NOT_ALLOWED
    assert journal.copies() == ()
    clock = SystemClock()
    backups = Backups(journal=journal, clock=clock, staff=Staff(journal, clock))
    facts = await backups.facts()
    assert (facts.path, facts.copies) == (None, ())
    assert (await journal.check()).is_whole
    journal.close()
