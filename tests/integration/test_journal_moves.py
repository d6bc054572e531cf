"""Every move of a payment through the ledger, and what the database itself refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from cashier.domain.payment import TRANSITIONS, ForbiddenMoveError, PaymentState
from cashier.domain.saved_receipt import ReceiptState
from cashier.journal.journal import Journal
from cashier.journal.reader import Reader
from tests.journal_samples import NOW, bring_to, charge, moving, open_journal

pytestmark = pytest.mark.anyio

STATES = list(PaymentState)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "live")
    yield opened
    opened.close()


@pytest.mark.parametrize("old", STATES, ids=str)
async def test_a_payment_makes_every_allowed_move_and_no_other(
    journal: Journal, old: PaymentState
) -> None:
    for new in STATES:
        payment = await journal.write(bring_to(old))
        if new in TRANSITIONS[old]:
            moved = await journal.write(moving(payment, new))
            assert (moved.state, moved.version) == (new, payment.version + 1)
            last = (await journal.read(partial(Reader.events, subject=payment.id)))[-1]
            assert (last.facts["from"], last.facts["to"]) == (old.value, new.value)
        else:
            with pytest.raises(ForbiddenMoveError):
                await journal.write(moving(payment, new))
            assert await journal.read(partial(Reader.payment, payment_id=payment.id)) == payment


async def test_every_change_of_state_has_its_event_in_the_same_transaction(
    journal: Journal,
) -> None:
    payment = await journal.write(bring_to(PaymentState.PAID))
    told = await journal.read(lambda reader: reader.events(payment.id))
    assert [event.facts["to"] for event in told] == ["PREPARED", "SENDING", "OPEN", "PAID"]
    assert [event.facts["version"] for event in told] == [0, 1, 2, 3]
    assert told[0].facts["amount"] == [payment.amount.minor, "RUB"]
    everything = await journal.read(lambda reader: reader.events())
    assert [event.seq for event in everything] == list(range(1, len(everything) + 1))
    assert {event.kind for event in everything} == {
        "journal.created",
        "receipt.moved",
        "receipt.numbered",
        "shift.opened",
        "payment.added",
        "payment.moved",
    }


async def test_an_event_says_who_did_it(journal: Journal) -> None:
    await journal.write(
        lambda ledger: ledger.record("tried", "thing", {"why": "test"}), actor="Анна"
    )
    [event] = await journal.read(lambda reader: reader.events("thing"))
    assert (event.actor, event.kind, event.facts) == ("Анна", "tried", {"why": "test"})


async def test_a_change_without_meaning_has_no_event(journal: Journal) -> None:
    payment = await journal.write(bring_to(PaymentState.OPEN))
    before = await journal.read(lambda reader: reader.head())
    same = await journal.write(
        lambda ledger: ledger.update(
            payment, answered_at=NOW, status=payment.status, is_result_seen=True
        )
    )
    assert await journal.read(lambda reader: reader.head()) == before
    await journal.write(lambda ledger: ledger.update(same, status="process"))
    last = (await journal.read(lambda reader: reader.events(payment.id)))[-1]
    assert (last.kind, last.facts) == (
        "payment.learned",
        {"status": "process", "version": same.version + 1},
    )


FORBIDDEN = {
    "events_kept": "UPDATE events SET actor = 'nobody'",
    "events_never_deleted": "DELETE FROM events WHERE seq = 1",
    "answers_kept": "UPDATE answers SET body = x'00'",
    "answers_never_deleted": "DELETE FROM answers",
    "payments_never_deleted": "DELETE FROM payments",
    "receipts_never_deleted": "DELETE FROM receipts",
    "paid_is_final": "UPDATE payments SET state = 'FAILED'",
    "settled_is_final": "UPDATE receipts SET state = 'DRAFT'",
    "charged_receipt_is_fixed": "UPDATE receipts SET content = '{}'",
    "number_is_fixed": "UPDATE receipts SET number = '9-999'",
    "intent_is_fixed": "UPDATE payments SET amount = amount + 1",
}


@pytest.mark.parametrize("guard", FORBIDDEN)
async def test_the_database_itself_refuses(journal: Journal, guard: str) -> None:
    payment = await journal.write(bring_to(PaymentState.PAID))
    await journal.write(
        lambda ledger: ledger.move_receipt(payment.receipt_id, ReceiptState.SETTLED)
    )
    await journal.write(
        lambda ledger: ledger.keep_answer(
            payment.id, call="GetPayment", http_status=200, body=b"{}", received_at=NOW
        )
    )
    with (
        sqlite3.connect(journal.path) as stranger,
        pytest.raises(sqlite3.IntegrityError, match=guard),
    ):
        stranger.execute(FORBIDDEN[guard])
    stranger.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("receipt_id", "x"),
        ("attempt", 7),
        ("order_id", "x"),
        ("amount", 1),
        ("currency", "USD"),
        ("terminal_id", "x"),
        ("merchant_id", "x"),
        ("base_url", "x"),
        ("till_id", "x"),
    ],
)
async def test_what_an_intent_is_about_never_changes(
    journal: Journal, column: str, value: str | int
) -> None:
    await journal.write(charge)
    with (
        sqlite3.connect(journal.path) as stranger,
        pytest.raises(sqlite3.IntegrityError, match="intent_is_fixed"),
    ):
        stranger.execute(f"UPDATE payments SET {column} = ?", (value,))  # noqa: S608 -- a fixed list
    stranger.close()


async def test_a_reader_cannot_write(journal: Journal) -> None:
    """Even SQL itself is refused on the reading connection, which never takes the write lock."""
    from sqlalchemy import text
    from sqlalchemy.exc import OperationalError

    def write(reader: object) -> None:
        connection = reader._connection  # type: ignore[attr-defined]  # the only way past its methods
        with pytest.raises(OperationalError, match="readonly"):
            connection.execute(text("INSERT INTO notes (name, value) VALUES ('a', 'b')"))
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        with pytest.raises(OperationalError, match="readonly"):
            connection.execute(text("INSERT INTO notes (name, value) VALUES ('a', 'b')"))

    await journal.read(write)
    assert await journal.read(lambda reader: reader.note("a")) is None
