"""A journal that several tills share: chains apart, and a server that comes and goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from cashier.clock import SystemClock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.domain.saved_receipt import ReceiptState
from cashier.journal import upgrade
from cashier.journal.errors import ConflictError, RuleBrokenError
from cashier.journal.guards import GUARDS
from cashier.journal.journal import Journal
from cashier.journal.postgresql import open_writer
from cashier.journal.space import Limits
from cashier.journal.sqlite import dispose
from tests.integration.postgres_server import PostgresServer, postgres_server
from tests.journal_samples import NOW, bring_to, charge, draft, receipt

pytestmark = pytest.mark.anyio

QUICK = Limits(busy=0.2)


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.database()


def open_till(url: str, name: str = "1", anchor: Path | None = None) -> Journal:
    return Journal.open(url, till=name, clock=SystemClock(), limits=QUICK, anchor=anchor)


@contextmanager
def stranger(url: str) -> Iterator[psycopg.Connection]:
    """Somebody else at the same database, past the tills."""
    address = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(address) as connection:
        yield connection


@contextmanager
def failing(failure: Failure) -> Iterator[dict[str, object]]:
    facts: dict[str, object] = {}
    with pytest.raises(CashierError) as caught:
        yield facts
    assert caught.value.failure is failure
    facts.update(caught.value.facts)


async def test_each_till_has_its_chain_its_shift_and_its_draft(url: str) -> None:
    tills = [open_till(url, name) for name in ("1", "2")]
    for till in tills:
        await till.write(charge)
        await till.write(lambda ledger: ledger.save_receipt(draft("Сыр")))
    for till in tills:
        assert len(await till.read(lambda reader: reader.payments({PaymentState.PREPARED}))) == 1
        assert len(await till.read(lambda reader: reader.shifts(9))) == 1
        saved = await till.read(lambda reader: reader.draft())
        assert saved is not None
        events = await till.read(lambda reader: reader.events())
        own = [one.seq for one in events if one.till == events[0].till]
        assert own == list(range(1, len(own) + 1))
        assert len({one.till for one in events}) == 2
    for till in tills:
        till.close()
    again = open_till(url, "2")
    assert await again.read(lambda reader: reader.tills()) == ["1", "2"]
    again.close()


async def test_two_tills_that_move_one_payment_at_once_do_not_lose_a_move(url: str) -> None:
    first, second = open_till(url, "1"), open_till(url, "2")
    payment = await first.write(bring_to(PaymentState.OPEN))
    await second.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    with pytest.raises(ConflictError):
        await first.write(lambda ledger: ledger.move(payment, PaymentState.CLOSING))
    first.close()
    second.close()


async def test_goods_and_notes_are_shared(url: str) -> None:
    first, second = open_till(url, "1"), open_till(url, "2")
    for till in (first, second):
        await till.write(lambda ledger: ledger.remember_goods(receipt("Сыр", "Молоко")))
        await till.write(lambda ledger: ledger.set_note("n", "v"))
    assert len(await first.read(lambda reader: reader.known_goods("мол", 9))) == 1
    assert await second.read(lambda reader: reader.note("n")) == "v"
    first.close()
    second.close()


@pytest.mark.parametrize("guard", [one.name for one in GUARDS if one.action == "DELETE"])
async def test_the_server_itself_refuses_to_forget(url: str, guard: str) -> None:
    till = open_till(url)
    await till.write(charge)
    payment = await till.write(bring_to(PaymentState.PAID))
    await till.write(
        lambda ledger: ledger.keep_answer(
            payment.id, call="GetPayment", http_status=200, body=b"{}", received_at=NOW
        )
    )
    table = next(one.table for one in GUARDS if one.name == guard)
    till.close()
    with stranger(url) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass", (guard, table)
        ).fetchone()
        assert found == (1,)
        if table in ("refunds", "people"):
            return
        with pytest.raises(psycopg.IntegrityError, match=guard):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own tables
        connection.rollback()


async def test_a_rule_that_breaks_leaves_nothing_behind(url: str) -> None:
    till = open_till(url)
    await till.write(lambda ledger: ledger.save_receipt(draft("Сыр")))
    before = await till.read(lambda reader: reader.head())
    with pytest.raises(RuleBrokenError, match="one_draft"):
        await till.write(lambda ledger: ledger.save_receipt(draft("Хлеб")))
    assert await till.read(lambda reader: reader.head()) == before
    await till.write(lambda ledger: ledger.save_receipt(draft(state=ReceiptState.PARKED)))
    till.close()


async def test_a_payment_held_by_somebody_else_is_busy_and_then_free(url: str) -> None:
    till = open_till(url)
    payment = await till.write(bring_to(PaymentState.OPEN))
    with stranger(url) as connection:
        connection.execute("SELECT 1 FROM payments FOR UPDATE")
        with failing(Failure.JOURNAL_BUSY):
            await till.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
        connection.rollback()
    paid = await till.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    assert paid.version == payment.version + 1
    till.close()


async def test_a_reader_cannot_write_and_sees_one_moment(url: str) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    till = open_till(url)

    def write(reader: object) -> None:
        connection = reader._connection  # type: ignore[attr-defined]  # the only way past its methods
        connection.execute(text("INSERT INTO notes (name, value) VALUES ('a', 'b')"))

    with pytest.raises(DBAPIError, match="read-only"):
        await till.read(write)
    with stranger(url) as connection:

        def look_twice(reader: object) -> list[object]:
            own = reader._connection  # type: ignore[attr-defined]
            query = text("SELECT count(*) FROM notes")
            before = own.execute(query).scalar_one()
            connection.execute("INSERT INTO notes (name, value) VALUES ('c', 'd')")
            connection.commit()
            return [before, own.execute(query).scalar_one()]

        assert await till.read(look_twice) == [0, 0]
    assert await till.read(lambda reader: reader.note("c")) == "d"
    till.close()


async def test_r29_a_lost_connection_is_replaced_by_itself(url: str, tmp_path: Path) -> None:
    till = open_till(url, anchor=tmp_path / "anchor")
    payment = await till.write(bring_to(PaymentState.OPEN))
    with stranger(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'cashier' AND datname = current_database()"
        )
    assert await till.read(lambda reader: reader.payment(payment.id)) == payment
    paid = await till.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    assert not till.faulted
    assert await till.read(lambda reader: reader.payment(payment.id)) == paid
    with failing(Failure.SECOND_INSTANCE):
        open_till(url)
    till.close()


async def test_r29_a_server_that_is_away_blocks_until_it_is_back(tmp_path: Path) -> None:
    with postgres_server() as server:
        url = server.database()
        till = open_till(url)
        payment = await till.write(bring_to(PaymentState.OPEN))
        server.stop()
        try:
            for _ in range(2):
                with failing(Failure.JOURNAL_AWAY):
                    await till.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
                with failing(Failure.JOURNAL_AWAY):
                    await till.read(lambda reader: reader.payment(payment.id))
            with failing(Failure.JOURNAL_AWAY):
                open_till(url, "2")
        finally:
            server.start()
        paid = await till.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
        assert await till.read(lambda reader: reader.payment(payment.id)) == paid
        till.close()
        # After the power cut of the server the record is whole.
        open_till(url).close()


async def test_a_server_that_may_forget_what_it_commits_is_refused() -> None:
    with postgres_server("fsync=off") as server:
        with failing(Failure.JOURNAL_FAULT) as facts:
            open_till(server.database())
        assert facts == {"pragma": "fsync"}


async def test_a_till_that_is_renamed_is_known_by_its_anchor(url: str, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor"
    till = open_till(url, "1", anchor)
    payment = await till.write(charge)
    till.close()
    till = open_till(url, "Касса у входа", anchor)
    assert await till.read(lambda reader: reader.tills()) == ["Касса у входа"]
    assert await till.read(lambda reader: reader.payments({PaymentState.PREPARED})) == [payment]
    till.close()


async def test_g12_a_server_put_back_from_an_old_copy_is_found_older(
    url: str, postgres: PostgresServer, tmp_path: Path
) -> None:
    anchor = tmp_path / "anchor"
    till = open_till(url, "1", anchor)
    await till.write(charge)
    till.close()
    copy = postgres.copy(url)
    till = open_till(url, "1", anchor)
    await till.write(charge)
    till.close()
    with failing(Failure.JOURNAL_DAMAGED) as facts:
        open_till(copy, "1", anchor)
    assert facts["reason"] == "older"
    with failing(Failure.JOURNAL_DAMAGED) as facts:
        open_till(postgres.database(), "1", anchor)
    assert facts["reason"] == "missing"


async def test_g11_a_tampered_event_is_found_at_the_next_start(url: str) -> None:
    till = open_till(url)
    await till.write(charge)
    with stranger(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'cashier' AND datname = current_database()"
        )
        connection.execute("ALTER TABLE events DISABLE TRIGGER USER")
        connection.execute("UPDATE events SET actor = 'x' WHERE seq = 3")
    till.close()
    with failing(Failure.JOURNAL_DAMAGED) as facts:
        open_till(url)
    assert (facts["reason"], facts["seq"]) == ("hash", 3)


async def test_a_strangers_database_and_a_newer_journal_are_left_alone(url: str) -> None:
    with stranger(url) as connection:
        connection.execute("CREATE TABLE somebodys (id int)")
    with failing(Failure.JOURNAL_DAMAGED):
        open_till(url)
    with stranger(url) as connection:
        connection.execute("DROP TABLE somebodys")
    open_till(url).close()
    with stranger(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with failing(Failure.JOURNAL_NEWER):
        open_till(url)


def test_a_password_in_the_address_is_never_told() -> None:
    secret = "postgresql+psycopg://till:hush@127.0.0.1:1/none"
    with failing(Failure.JOURNAL_AWAY) as facts:
        open_till(secret)
    assert "hush" not in repr(facts)
    with pytest.raises(ValueError, match="mysql") as caught:
        open_till("mysql://till:hush@127.0.0.1/none")
    assert "hush" not in str(caught.value)


_SHAPE = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name"
        " FROM information_schema.columns WHERE table_schema = 'public'"
    ),
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
    ),
)


def test_a_fresh_journal_on_a_server_equals_a_migrated_one(postgres: PostgresServer) -> None:
    shapes = []
    for make in (upgrade.create, upgrade.run):
        url = postgres.database()
        connection = open_writer(make_url(url), busy=1)
        with connection.begin():
            make(connection)
        dispose(connection)
        with stranger(url) as looking:
            shapes.append([sorted(looking.execute(query).fetchall(), key=str) for query in _SHAPE])
    assert shapes[0] == shapes[1]
    assert all(shapes[0])
