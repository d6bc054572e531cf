"""A journal is opened checked or not at all, and never made anew over an old one."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.journal import chain, opening, upgrade
from cashier.journal.anchor import Anchor
from cashier.journal.entry import Opened
from cashier.journal.errors import BrokenChainError
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.opening import Revisions
from cashier.journal.schema import HEAD
from cashier.journal.sqlite import dispose, open_reader
from cashier.journal.writing import Surroundings
from tests.journal_samples import NOW, bring_to, charge, open_journal
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


def refusal(folder: Path, failure: Failure) -> CashierError:
    """Opening is refused so, and the journal's file is as it was."""
    path = folder / "journal.db"
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(CashierError) as caught:
        open_journal(folder).close()
    assert caught.value.failure is failure, caught.value
    assert (path.read_bytes() if path.exists() else None) == before
    return caught.value


def answered(ledger: Ledger, *, payment_id: str) -> None:
    ledger.keep_answer(
        payment_id, call="GetPayment", http_status=200, body=b'{"id":1}', received_at=NOW
    )


async def filled(folder: Path, payments: int = 3) -> None:
    """A journal that has been used and closed."""
    journal = open_journal(folder)
    for _ in range(payments):
        payment = await journal.write(bring_to(PaymentState.OPEN))
        await journal.write(partial(answered, payment_id=payment.id))
    journal.close()


def tamper(folder: Path, statement: str, *, unclean: bool = False) -> None:
    """Change the closed journal's file as somebody with the file could."""
    connection = sqlite3.connect(folder / "journal.db", isolation_level=None)
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    if unclean:
        connection.execute("UPDATE tills SET ended_clean = 0")
    connection.close()


def anchor_of(folder: Path) -> Path:
    return folder.parent / f"{folder.name}-anchor" / "anchor.json"


# Opening


async def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    payment = await journal.write(bring_to(PaymentState.OPEN))
    journal.close()
    journal.close()
    again = open_journal(tmp_path / "live")
    assert await again.read(lambda reader: reader.payment(payment.id)) == payment
    shift = await again.read(lambda reader: reader.open_shift())
    assert shift is not None
    assert (await again.write(lambda ledger: ledger.ensure_shift())).id == shift.id
    again.close()


async def test_a_path_may_hold_any_letters(tmp_path: Path) -> None:
    mark = "" if sys.platform == "win32" else "?"  # Windows has it in no name
    folder = tmp_path / f"Касса #1 100%{mark} (копия)"
    await filled(folder, payments=1)
    await filled(folder, payments=1)
    assert sorted(path.name for path in folder.iterdir()) == [
        "journal.db",
        "journal.lock",
        "journal.reserve",
    ]


async def test_the_pragmas_are_what_they_should_be(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live", limits=None)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 3,
        "locking_mode": "normal",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "wal_autocheckpoint": 256,
        "busy_timeout": 5000,
    }

    def read_back(ledger: object) -> dict[str, object]:
        connection = ledger._connection  # type: ignore[attr-defined]  # what the handle itself has
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}

    assert await journal.write(read_back) == wanted
    journal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
async def test_only_its_owner_can_read_a_journal(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    folder.mkdir(mode=0o755)
    journal = open_journal(folder)
    await journal.write(charge)
    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(rights.values()) == {0o600}
    assert "journal.db-wal" in rights
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(anchor_of(folder).stat().st_mode) == 0o600
    journal.close()


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CashierError) as caught:
        open_journal(tmp_path / "file" / "live")
    assert caught.value.failure is Failure.FOLDER_UNWRITABLE


def test_only_a_journals_address_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mysql"):
        Journal.open("mysql://x", till="1", clock=VirtualClock())


async def test_a_renamed_till_keeps_its_receipts_and_its_chain(tmp_path: Path) -> None:
    await filled(tmp_path / "live", payments=1)
    journal = open_journal(tmp_path / "live", till="Касса 7")
    [payment] = await journal.read(lambda reader: reader.payments({PaymentState.OPEN}))
    saved = await journal.read(lambda reader: reader.receipt(payment.receipt_id))
    assert saved.till == "Касса 7"
    kinds = [event.kind for event in await journal.read(lambda reader: reader.events())]
    assert kinds[-2:] == ["till.renamed", "journal.opened"]
    journal.close()


async def test_a_closed_journal_says_so(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    journal.close()
    for call in (journal.write(lambda ledger: None), journal.read(lambda reader: None)):
        with pytest.raises(CashierError) as caught:
            await call
        assert caught.value.failure is Failure.JOURNAL_FAULT


# Row G13


async def test_g13_a_second_owner_is_turned_away(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    with pytest.raises(CashierError) as caught:
        open_journal(tmp_path / "live")
    assert caught.value.failure is Failure.SECOND_INSTANCE
    assert caught.value.facts == {"folder": str(tmp_path / "live")}
    await journal.write(charge)
    journal.close()
    open_journal(tmp_path / "live").close()


# Row G11


@pytest.mark.parametrize("clean", [True, False], ids=["clean", "unclean"])
async def test_g11_a_damaged_file_is_refused_and_kept(tmp_path: Path, clean: bool) -> None:
    folder = tmp_path / "live"
    await filled(folder)
    if not clean:
        tamper(folder, "SELECT 1", unclean=True)
    path = folder / "journal.db"
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(content)
    assert refusal(folder, Failure.JOURNAL_DAMAGED).facts["path"] == str(path)


async def test_g11_a_file_that_is_no_journal_is_refused_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    folder.mkdir()
    (folder / "journal.db").write_bytes(b"my holiday pictures")
    assert refusal(folder, Failure.JOURNAL_DAMAGED).facts["reason"] == "header"
    (folder / "journal.db").unlink()
    with sqlite3.connect(folder / "journal.db") as connection:
        connection.execute("CREATE TABLE holiday (picture BLOB)")
    connection.close()
    with pytest.raises(CashierError) as caught:
        open_journal(folder)
    assert caught.value.facts["reason"] == "foreign"


@pytest.mark.parametrize("how", ["gone", "empty"])
async def test_g11_a_lost_journal_is_not_made_anew(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "live"
    await filled(folder)
    path = folder / "journal.db"
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"")
    assert refusal(folder, Failure.JOURNAL_DAMAGED).facts["reason"] == "missing"


TAMPERED = {
    "an event": "UPDATE events SET data = replace(data, 'OPEN', 'PAID') WHERE data LIKE '%OPEN%'",
    "its time": "UPDATE events SET utc = '2020-01-01T00:00:00.000Z' WHERE seq = 4",
    "a hash": "UPDATE events SET hash = upper(hash) WHERE seq = 4",
    "a missing event": "DELETE FROM events WHERE seq = 4",
    "a cut tail": "DELETE FROM events WHERE seq > 9",
    "an answer": "UPDATE answers SET body = x'7B7D' WHERE id = 2",
    "a missing answer": "DELETE FROM answers WHERE id = 2",
    "a payment's sum": "UPDATE payments SET amount = 1",
    "a payment's state": "UPDATE payments SET state = 'PAID'",
}


@pytest.mark.parametrize("what", TAMPERED)
async def test_g11_after_an_unclean_end_any_change_is_found(tmp_path: Path, what: str) -> None:
    await filled(tmp_path / "live")
    tamper(tmp_path / "live", TAMPERED[what], unclean=True)
    facts = refusal(tmp_path / "live", Failure.JOURNAL_DAMAGED).facts
    assert facts["seq"] if what != "a cut tail" else facts["reason"] != "older"


@pytest.mark.parametrize("what", ["a cut tail", "a forged tail"])
async def test_g11_after_a_clean_end_the_tail_is_checked(tmp_path: Path, what: str) -> None:
    await filled(tmp_path / "live")
    forged = (
        "INSERT INTO events SELECT till_id, seq + 1, kind, subject, data, utc, mono, actor,"
        " hash, prev_hash FROM events ORDER BY seq DESC LIMIT 1"
    )
    tamper(tmp_path / "live", TAMPERED.get(what, forged))
    refusal(tmp_path / "live", Failure.JOURNAL_DAMAGED)


async def test_g11_every_flipped_byte_of_every_event_is_found(tmp_path: Path) -> None:
    await filled(tmp_path / "live", payments=1)
    columns = ("kind", "subject", "data", "utc", "mono", "prev_hash", "hash")
    path = tmp_path / "live" / "journal.db"
    tamper(tmp_path / "live", "SELECT 1")
    raw = sqlite3.connect(path, isolation_level=None)
    for name in ("events_kept", "events_never_deleted"):
        raw.execute(f"DROP TRIGGER {name}")
    [(till, last)] = raw.execute("SELECT till_id, max(seq) FROM events").fetchall()
    reader = open_reader(path, busy=1)
    for seq in range(1, last + 1):
        for column in columns:
            [(value,)] = raw.execute(
                f"SELECT {column} FROM events WHERE seq = ?",  # noqa: S608 -- a fixed list
                (seq,),
            )
            change = f"UPDATE events SET {column} = ? WHERE seq = ?"  # noqa: S608 -- likewise
            raw.execute(change, (_flip(value, at=seq), seq))
            with reader.begin(), pytest.raises(BrokenChainError) as caught:
                chain.check(reader, till)
            assert caught.value.seq == seq
            raw.execute(change, (value, seq))
    with reader.begin():
        assert chain.check(reader, till).seq == last
    dispose(reader)
    raw.close()


@pytest.mark.parametrize(("place", "unclean"), [("first", True), ("last", False)])
async def test_g11_an_event_rewritten_with_a_right_hash_of_its_own_is_found(
    tmp_path: Path, place: str, unclean: bool
) -> None:
    await filled(tmp_path / "live")
    with sqlite3.connect(tmp_path / "live" / "journal.db") as connection:
        connection.row_factory = sqlite3.Row
        order = "ASC" if place == "first" else "DESC"
        [row] = connection.execute(f"SELECT * FROM events ORDER BY seq {order} LIMIT 1")  # noqa: S608
    connection.close()
    forged = {**dict(row), "actor": "somebody else"}
    statement = (
        f"UPDATE events SET actor = 'somebody else', hash = '{chain.digest(forged)}'"  # noqa: S608
        f" WHERE seq = {row['seq']}"
    )
    anchor_of(tmp_path / "live").unlink()
    tamper(tmp_path / "live", statement, unclean=unclean)
    refusal(tmp_path / "live", Failure.JOURNAL_DAMAGED)


def _flip(value: str | int, *, at: int) -> str | int:
    if isinstance(value, int):
        return value ^ (1 << at % 8)
    place = at * 7 % len(value)
    return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]


# Row G12


async def test_g12_an_old_copy_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    await filled(folder)
    old = shutil.copy(folder / "journal.db", tmp_path / "old.db")
    await filled(folder)
    shutil.copy(old, folder / "journal.db")
    assert refusal(folder, Failure.JOURNAL_DAMAGED).facts["reason"] == "older"


async def test_g12_a_journal_that_lost_its_last_commits_is_refused(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    copy = shutil.copytree(tmp_path / "live", tmp_path / "copy" / "live")
    anchor_of(copy).parent.mkdir()
    await journal.write(charge)
    shutil.copy(anchor_of(tmp_path / "live"), anchor_of(copy))
    with pytest.raises(CashierError) as caught:
        open_journal(copy)
    assert caught.value.facts["reason"] == "older"
    journal.close()


async def test_g12_another_journal_is_refused(tmp_path: Path) -> None:
    await filled(tmp_path / "live", payments=1)
    await filled(tmp_path / "other", payments=5)
    shutil.copy(tmp_path / "other" / "journal.db", tmp_path / "live" / "journal.db")
    assert refusal(tmp_path / "live", Failure.JOURNAL_DAMAGED).facts["reason"] == "other"


async def test_an_anchor_that_is_behind_or_unreadable_does_not_stop_the_till(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "live"
    await filled(folder)
    behind = anchor_of(folder).read_bytes()
    await filled(folder)
    anchor_of(folder).write_bytes(behind)
    open_journal(folder).close()
    assert json.loads(anchor_of(folder).read_text())["seq"] > json.loads(behind)["seq"]
    anchor_of(folder).write_bytes(b"\x00" * 256)
    open_journal(folder).close()
    anchor_of(folder).unlink()
    anchor_of(folder).mkdir()
    open_journal(folder).close()


# Schemas older and newer (row G27)


async def test_a_journal_of_a_newer_program_is_refused_and_kept(tmp_path: Path) -> None:
    await filled(tmp_path / "live")
    tamper(tmp_path / "live", "UPDATE alembic_version SET version_num = '9999'")
    facts = refusal(tmp_path / "live", Failure.JOURNAL_NEWER).facts
    assert facts["version"] == "9999"


NEXT = f"{int(HEAD) + 1:04}"
REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"


def upgrade():
    op.add_column("payments", sa.Column("comment", sa.Text, server_default="", nullable=False))
    op.execute("{statement}")
"""


@pytest.fixture
def bring_up(tmp_path: Path) -> Callable[[str], Opened]:
    """Open the journal with a program that has one more revision, which runs a statement."""
    scripts = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, scripts)

    def bring(statement: str) -> Opened:
        text = REVISION.format(next=NEXT, head=HEAD, statement=statement)
        (scripts / "versions" / f"r{NEXT}_next.py").write_text(text)
        around = Surroundings(
            clock=VirtualClock(), new_id=lambda: uuid4().hex, require_room=lambda: None
        )
        return opening.open_journal(
            tmp_path / "live" / "journal.db",
            till="2",
            around=around,
            anchor=Anchor(anchor_of(tmp_path / "live")),
            busy=0.1,
            revisions=Revisions(NEXT, scripts),
        )

    return bring


async def test_an_older_journal_is_copied_and_migrated(
    tmp_path: Path, bring_up: Callable[[str], Opened]
) -> None:
    await filled(tmp_path / "live")
    opened = bring_up("UPDATE payments SET comment = 'migrated'")
    with opened.connection.begin():
        assert upgrade.version(opened.connection) == NEXT
        comments = opened.connection.exec_driver_sql("SELECT DISTINCT comment FROM payments")
        assert comments.scalars().all() == ["migrated"]
    dispose(opened.connection)
    [copy] = (tmp_path / "live" / "backups").glob("*-update.db")
    assert sys.platform == "win32" or stat.S_IMODE(copy.stat().st_mode) == 0o600
    kept = tmp_path / "kept"
    kept.mkdir()
    copy.rename(kept / "journal.db")
    journal = open_journal(kept)
    assert await journal.read(lambda reader: reader.count_open()) == 3
    journal.close()


async def test_g27_a_migration_that_fails_changes_nothing(
    tmp_path: Path, bring_up: Callable[[str], Opened]
) -> None:
    await filled(tmp_path / "live")
    with pytest.raises(CashierError) as caught:
        bring_up("UPDATE payments SET amount = 0")
    assert caught.value.failure is Failure.JOURNAL_FAULT
    assert caught.value.facts["reason"] == "migration"
    journal = open_journal(tmp_path / "live")
    assert await journal.read(lambda reader: reader.count_open()) == 3
    journal.close()


async def test_g27_a_damaged_journal_is_not_migrated(
    tmp_path: Path, bring_up: Callable[[str], Opened]
) -> None:
    await filled(tmp_path / "live")
    tamper(tmp_path / "live", TAMPERED["a payment's sum"])
    with pytest.raises(CashierError) as caught:
        bring_up("UPDATE payments SET comment = ''")
    assert caught.value.failure is Failure.JOURNAL_DAMAGED
    assert not list((tmp_path / "live").glob("backups/*"))
