"""A copy in the journal's place: checked first, whole at any moment, no number given out twice."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.refund import Refund, RefundState
from cashier.journal import lost
from cashier.journal.anchor import Anchor
from cashier.journal.copies import Reason
from cashier.journal.epochs import RECONCILED, RESTORE, RESTORED
from cashier.journal.errors import RuleBrokenError
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.restoring import Restored, restore
from cashier.journal.verify import verify
from cashier.journal.writing import Surroundings
from tests.journal_samples import NOW, bring_to, charge, open_journal
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


def anchor_of(folder: Path) -> Anchor:
    return Anchor(folder.parent / f"{folder.name}-anchor" / "anchor.json")


def put_back(folder: Path, copy: Path) -> Restored:
    around = Surroundings(VirtualClock(), lambda: uuid4().hex, lambda: None)
    return restore(folder / "journal.db", copy, anchor=anchor_of(folder), around=around, by="admin")


async def copied(folder: Path, change: Callable[[Ledger], object] = charge) -> Path:
    """A journal with one sale, a copy of it outside, and a second sale after it."""
    journal = open_journal(folder)
    await journal.write(change)
    copy = await journal.back_up(Reason.DAILY)
    kept = folder.parent / "copy.db"
    shutil.copy(copy.path, kept)
    await journal.write(charge)
    journal.close()
    return kept


async def numbers(journal: Journal) -> list[str]:
    return sorted(
        payment.receipt_number
        for payment in await journal.read(lambda reader: reader.payments(set(PaymentState)))
    )


def refund_of(payment_id: str, amount: Money) -> Refund:
    return Refund(
        id=uuid4().hex,
        payment_id=payment_id,
        state=RefundState.PREPARED,
        amount=amount,
        lines=(),
        reason="too sweet",
        created_at=NOW,
        changed_at=NOW,
        is_by_sum=True,
    )


# What comes back, and what it says of itself


async def test_a_restored_journal_opens_a_new_epoch_and_the_anchor_follows(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    restored = put_back(folder, copy)
    assert anchor_of(folder).read() == restored.head
    journal = open_journal(folder)
    assert await numbers(journal) == ["1-001"]
    events = await journal.read(lambda reader: reader.events(RESTORE))
    assert [event.kind for event in events] == [RESTORED]
    facts = events[0].facts
    assert (facts["seq"], facts["hash"]) == (restored.copy.head.seq, restored.copy.head.hash)
    assert facts["by"] == "admin"
    assert facts["lost"] > 0
    found = await journal.read(lambda reader: reader.restoration())
    assert found is not None
    assert found.copied_at == restored.copy.at
    journal.close()
    assert verify(f"sqlite:///{folder / 'journal.db'}").is_whole


async def test_the_journal_that_was_there_is_kept_whole(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    restored = put_back(folder, copy)
    assert restored.kept is not None
    assert restored.kept.parent == folder
    again = put_back(folder, copy)
    assert again.kept not in (None, restored.kept)
    old = tmp_path / "old" / "journal.db"
    old.parent.mkdir()
    shutil.copy(restored.kept, old)
    journal = open_journal(old.parent)
    assert await numbers(journal) == ["1-001", "1-002"]
    journal.close()


async def test_a_log_that_was_not_in_the_file_yet_is_kept_with_it(tmp_path: Path) -> None:
    """The till died: its last sales are in the log beside the file."""
    folder = tmp_path / "live"
    copy = await copied(folder)
    journal = open_journal(folder)
    await journal.write(charge)
    dead = tmp_path / "dead" / "live"
    shutil.copytree(folder, dead)
    shutil.copytree(anchor_of(folder).path.parent, tmp_path / "dead" / "live-anchor")
    journal.close()
    assert (dead / "journal.db-wal").stat().st_size > 0
    restored = put_back(dead, copy)
    assert restored.kept is not None
    assert {path.name for path in dead.glob("journal.db*")} == {"journal.db"}
    found = tmp_path / "found"
    found.mkdir()
    for part in ("", "-wal"):
        shutil.copy(f"{restored.kept}{part}", found / f"journal.db{part}")
    journal = open_journal(found)
    assert await numbers(journal) == ["1-001", "1-002", "1-003"]
    journal.close()


async def test_g12_the_journal_that_was_replaced_cannot_be_put_back(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    restored = put_back(folder, copy)
    assert restored.kept is not None
    shutil.copy(restored.kept, folder / "journal.db")
    with pytest.raises(CashierError) as caught:
        open_journal(folder)
    assert caught.value.facts["reason"] in ("other", "older")


async def test_a_copy_of_an_older_schema_is_brought_up(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    with sqlite3.connect(copy) as old:
        old.execute("DROP TRIGGER refunds_wait")
        old.execute("UPDATE alembic_version SET version_num = '0001'")
    old.close()
    assert put_back(folder, copy).copy.schema == "0001"
    journal = open_journal(folder)
    assert await journal.read(lambda reader: reader.restoration()) is not None
    journal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
async def test_only_its_owner_can_read_what_was_restored(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    copy.chmod(0o644)
    put_back(folder, copy)
    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert rights.pop("backups") == 0o700
    assert set(rights.values()) == {0o600}


# Rows G11, G12: the journal is damaged, gone, or older than its anchor


@pytest.mark.parametrize("how", ["gone", "empty", "torn", "another file", "rolled back"])
async def test_g11_g12_a_lost_journal_comes_back_from_a_copy(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    path = folder / "journal.db"
    if how == "gone":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "torn":
        content = bytearray(path.read_bytes())
        for page in range(1, len(content) // 4096):
            content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
        path.write_bytes(content)
    elif how == "another file":
        path.write_bytes(b"my holiday pictures")
    else:
        shutil.copy(copy, path)
    with pytest.raises(CashierError) as caught:
        open_journal(folder)
    assert caught.value.failure is Failure.JOURNAL_DAMAGED
    restored = put_back(folder, copy)
    assert (restored.kept is None) is (how == "gone")
    journal = open_journal(folder)
    assert await numbers(journal) == ["1-001"]
    next_one = await journal.write(charge)
    assert next_one.receipt_number not in ("1-001", "1-002")
    journal.close()


# What is refused, and leaves everything as it was


@pytest.mark.parametrize("what", ["a byte", "its tail", "a row", "newer"])
async def test_only_a_whole_copy_is_put_back(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    before = {path.name: path.read_bytes() for path in folder.glob("journal.db*")}
    with sqlite3.connect(copy, isolation_level=None) as changed:
        for (name,) in changed.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            changed.execute(f"DROP TRIGGER {name}")
        statement = {
            "a byte": "UPDATE events SET actor = 'x' WHERE seq = 2",
            "its tail": "DELETE FROM events WHERE kind = 'payment.added'",
            "a row": "UPDATE payments SET amount = 1",
            "newer": "UPDATE alembic_version SET version_num = '9999'",
        }[what]
        changed.execute(statement)
    changed.close()
    with pytest.raises(CashierError) as caught:
        put_back(folder, copy)
    wanted = Failure.JOURNAL_NEWER if what == "newer" else Failure.COPY_DAMAGED
    assert caught.value.failure is wanted
    assert {path.name: path.read_bytes() for path in folder.glob("journal.db*")} == before
    open_journal(folder).close()


async def test_nothing_is_put_under_a_running_till(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    journal = open_journal(folder)
    with pytest.raises(CashierError) as caught:
        put_back(folder, copy)
    assert caught.value.failure is Failure.SECOND_INSTANCE
    await journal.write(charge)
    journal.close()


# Nothing is given out twice


async def test_receipt_numbers_go_on_behind_those_given_out_after_the_copy(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    put_back(folder, copy)
    journal = open_journal(folder)
    assert (await journal.write(charge)).receipt_number == "1-003"
    journal.close()


async def test_shift_numbers_go_on_behind_those_given_out_after_the_copy(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    journal = open_journal(folder)
    for _ in range(2):
        shift = await journal.read(lambda reader: reader.open_shift())
        assert shift is not None
        await journal.write(partial(Ledger.close_shift, shift_id=shift.id, facts={}, by=""))
        await journal.write(charge)
    journal.close()
    put_back(folder, copy)
    journal = open_journal(folder)
    shift = await journal.read(lambda reader: reader.open_shift())
    assert shift is not None
    assert shift.number == 1
    await journal.write(lambda ledger: ledger.close_shift(shift.id, facts={}, by=""))
    assert await journal.read(lambda reader: reader.next_shift()) == 4
    assert (await journal.write(charge)).receipt_number == "4-001"
    journal.close()


async def test_without_the_journal_the_anchor_tells_how_many_numbers_there_were(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    journal = open_journal(folder)
    for _ in range(40):
        await journal.write(charge)
    journal.close()
    (folder / "journal.db").unlink()
    put_back(folder, copy)
    journal = open_journal(folder)
    number = (await journal.write(charge)).receipt_number
    assert 42 < int(number.partition("-")[2]) < 200
    assert await journal.read(lambda reader: reader.next_shift()) > 2
    journal.close()


async def test_where_nothing_tells_the_numbers_go_on_far_behind(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder)
    (folder / "journal.db").unlink()
    anchor_of(folder).path.unlink()
    put_back(folder, copy)
    journal = open_journal(folder)
    wanted = 1 + lost.UNKNOWN_GAP + 1
    assert (await journal.write(charge)).receipt_number == f"1-{wanted}"
    assert await journal.read(lambda reader: reader.next_shift()) == wanted
    journal.close()


async def test_what_had_not_left_before_the_copy_may_have_left_after_it(tmp_path: Path) -> None:
    """In the copy a payment and a refund are proved not sent. Afterwards nothing proves it."""

    def both(ledger: Ledger) -> None:
        paid = bring_to(PaymentState.PAID)(ledger)
        ledger.add_refund(refund_of(paid.id, replace(paid.amount, minor=1)))
        charge(ledger)

    folder = tmp_path / "live"
    copy = await copied(folder, both)
    put_back(folder, copy)
    journal = open_journal(folder)
    assert await journal.read(lambda reader: reader.payments({PaymentState.PREPARED})) == []
    [sent] = await journal.read(lambda reader: reader.payments({PaymentState.SENDING}))
    assert sent.sent_at is not None
    [refund] = await journal.read(lambda reader: reader.refunds(set(RefundState)))
    assert refund.state is RefundState.SENDING
    journal.close()
    assert verify(f"sqlite:///{folder / 'journal.db'}").is_whole


# No refund before a manager has reconciled


async def test_no_refund_begins_before_somebody_has_reconciled(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    copy = await copied(folder, bring_to(PaymentState.PAID))
    put_back(folder, copy)
    journal = open_journal(folder)
    [paid] = await journal.read(lambda reader: reader.payments({PaymentState.PAID}))
    one = replace(paid.amount, minor=1)
    refund = refund_of(paid.id, one)
    with pytest.raises(CashierError) as caught:
        await journal.write(lambda ledger: ledger.add_refund(refund))
    assert caught.value.failure is Failure.REFUNDS_WAIT
    elsewhere = replace(refund_of(paid.id, one), is_external=True)
    await journal.write(lambda ledger: ledger.add_refund(elsewhere))
    await journal.write(
        lambda ledger: ledger.move_refund(
            ledger.move_refund(ledger.refund(elsewhere.id), RefundState.SENDING),
            RefundState.SUCCEEDED,
        )
    )
    await journal.write(lambda ledger: ledger.record(RECONCILED, RESTORE, {}))
    assert await journal.read(lambda reader: reader.restoration()) is None
    await journal.write(lambda ledger: ledger.add_refund(refund))
    journal.close()


async def test_the_database_itself_refuses_a_refund_that_forgot_to_ask(tmp_path: Path) -> None:
    from cashier.journal.records import refund_columns
    from cashier.journal.schema import refunds

    folder = tmp_path / "live"
    copy = await copied(folder, bring_to(PaymentState.PAID))
    put_back(folder, copy)
    journal = open_journal(folder)
    [paid] = await journal.read(lambda reader: reader.payments({PaymentState.PAID}))
    refund = refund_of(paid.id, replace(paid.amount, minor=1))

    def insert(ledger: Ledger) -> None:
        shift = ledger.ensure_shift()
        own = {"till_id": ledger._till.id, "shift_id": shift.id}
        ledger._connection.execute(refunds.insert(), refund_columns(refund) | own)

    with pytest.raises(RuleBrokenError, match="refunds_wait"):
        await journal.write(insert)
    await journal.write(lambda ledger: ledger.record(RECONCILED, RESTORE, {}))
    await journal.write(insert)
    journal.close()


# Killed at any point


CHILD = """
import os, signal, sys
from pathlib import Path
from uuid import uuid4
from cashier.journal.anchor import Anchor
from cashier.journal.restoring import restore
from cashier.journal.writing import Surroundings
from tests.virtual_clock import VirtualClock

folder, copy = map(Path, sys.argv[1:])
WATCHED = ("open", "os.", "sqlite3.connect", "shutil.")


def once(number):
    seen = 0

    def watch(event, _):
        nonlocal seen
        if event.startswith(WATCHED):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    around = Surroundings(VirtualClock(), lambda: uuid4().hex, lambda: None)
    restore(folder / "journal.db", copy, anchor=Anchor(folder.parent / "live-anchor/anchor.json"),
            around=around, by="admin")


for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        once(int(line))
        os._exit(0)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


@pytest.mark.timeout(180)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is killed by a POSIX signal")
async def test_g12_a_restore_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """At every file that is opened, renamed or removed, one restore is killed there."""
    folder = tmp_path / "live"
    copy = await copied(folder)
    journal = open_journal(folder)
    await journal.write(charge)
    template = tmp_path / "template"
    shutil.copytree(folder, template / "live")  # as if the till had died: with a log
    shutil.copytree(tmp_path / "live-anchor", template / "live-anchor")
    journal.close()
    child = start_child(folder, copy)
    assert child.stdin is not None
    assert child.stdout is not None
    seen = {"old": 0, "new": 0}
    number = 0
    is_over = False
    while not is_over:
        number += 1
        for name in ("live", "live-anchor"):
            shutil.rmtree(tmp_path / name)
            shutil.copytree(template / name, tmp_path / name)
        child.stdin.write(f"{number}\n")
        child.stdin.flush()
        is_over = int(child.stdout.readline()) == 0
        journal = open_journal(folder)
        found = await numbers(journal)
        is_new = await journal.read(lambda reader: reader.restoration()) is not None
        assert found == (["1-001"] if is_new else ["1-001", "1-002", "1-003"]), number
        seen["new" if is_new else "old"] += 1
        journal.close()
        assert not list(folder.glob("restoring*")), number
        anchor = json.loads((tmp_path / "live-anchor" / "anchor.json").read_text())
        assert anchor["seq"] > 0
    child.stdin.close()
    assert child.wait(10) == 0
    child.stdout.close()
    assert seen["old"] > 10
    assert seen["new"] > 3


def start_child(folder: Path, copy: Path) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(copy)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": root},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
