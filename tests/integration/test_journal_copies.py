"""Copies of a journal: made beside selling, checked before they count, kept while there is room."""

from __future__ import annotations

import sqlite3
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.journal.copies import KEPT, Copy, Reason, copies_of, verify_copy
from cashier.journal.journal import Journal
from cashier.journal.schema import HEAD
from cashier.journal.space import Limits
from tests.journal_samples import bring_to, charge, open_journal
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


def path_of(folder: Path) -> Path:
    return folder / "journal.db"


async def fails(journal: Journal, reason: str) -> None:
    with pytest.raises(CashierError) as caught:
        await journal.back_up(Reason.DAILY)
    assert caught.value.failure is Failure.COPY_FAILED
    assert caught.value.facts["reason"] == reason


async def test_a_copy_is_whole_and_tells_when_and_why_it_was_made(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    await journal.write(bring_to(PaymentState.OPEN))
    copy = await journal.back_up(Reason.SHIFT)
    head = await journal.read(lambda reader: reader.head())
    found = verify_copy(copy.path, holding=head)
    assert (found.head, found.payments, found.schema) == (head, 1, HEAD)
    assert found.till.name == "2"
    assert journal.copies() == (copy,)
    assert (copy.reason, copy.seq) == (Reason.SHIFT, head.seq)
    assert copy.taken_at == VirtualClock().utc()
    assert copy.size == copy.path.stat().st_size
    journal.close()


async def test_selling_goes_on_while_a_copy_is_made(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    for _ in range(3):
        await journal.write(charge)
        await journal.back_up(Reason.ASKED)
    seqs = [copy.seq for copy in journal.copies()]
    assert seqs == sorted(seqs, reverse=True)
    assert len(set(seqs)) == 3
    journal.close()
    open_journal(tmp_path / "live").close()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
async def test_only_its_owner_can_read_a_copy(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    copy = await journal.back_up(Reason.DAILY)
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.path.parent.stat().st_mode) == 0o700
    assert [path.name for path in copy.path.parent.iterdir()] == [copy.path.name]
    journal.close()


async def test_seven_copies_are_kept_whatever_the_clock_says(tmp_path: Path) -> None:
    clock = VirtualClock()
    journal = open_journal(tmp_path / "live", clock=clock)
    made = []
    for _ in range(KEPT + 2):
        made.append(await journal.back_up(Reason.DAILY))
        clock.set_wall(ahead=-86_400)
    assert KEPT == 7
    assert journal.copies() == tuple(reversed(made[-KEPT:]))
    journal.close()


async def test_fewer_are_kept_where_room_is_short_but_never_not_the_newest(tmp_path: Path) -> None:
    free = [10**12]
    limits = Limits(room=1_000_000, reserve=4096, busy=0.1)
    given: dict[str, Any] = {"limits": limits, "free_space": lambda _: free[0]}
    journal = open_journal(tmp_path / "live", **given)
    first, second, third = [await journal.back_up(Reason.DAILY) for _ in range(3)]
    folder = first.path.parent
    size = sum(path.stat().st_size for path in (tmp_path / "live").glob("journal.db*"))

    def two_must_go(_: Path) -> int:
        return limits.room + (size + 50_000 if len(list(folder.iterdir())) < 2 else 0)

    given["free_space"] = two_must_go
    journal.close()
    journal = open_journal(tmp_path / "live", **given)
    fourth = await journal.back_up(Reason.DAILY)
    assert [copy.serial for copy in journal.copies()] == [fourth.serial, third.serial]
    assert second.path.exists() is False
    journal.close()
    given["free_space"] = lambda _: limits.room
    journal = open_journal(tmp_path / "live", **given)
    await fails(journal, "room")
    assert [copy.serial for copy in journal.copies()] == [fourth.serial]
    journal.close()


async def test_a_copy_of_a_changed_journal_does_not_count(tmp_path: Path) -> None:
    """A running till does not look at its old rows; the check of the copy does."""
    journal = open_journal(tmp_path / "live")
    await journal.write(bring_to(PaymentState.OPEN))
    good = await journal.back_up(Reason.DAILY)
    with sqlite3.connect(path_of(tmp_path / "live")) as beside:
        [(trigger,)] = beside.execute(
            "SELECT name FROM sqlite_master WHERE name = 'intent_is_fixed'"
        ).fetchall()
        beside.execute(f"DROP TRIGGER {trigger}")
        beside.execute("UPDATE payments SET amount = 1")
    beside.close()
    await fails(journal, "damaged")
    assert journal.copies() == (good,)
    assert [path.name for path in good.path.parent.iterdir()] == [good.path.name]
    journal.close()


async def test_a_copy_that_lacks_what_was_just_written_does_not_count(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    copy = await journal.back_up(Reason.DAILY)
    await journal.write(charge)
    head = await journal.read(lambda reader: reader.head())
    with pytest.raises(CashierError) as caught:
        verify_copy(copy.path, holding=head)
    assert caught.value.facts["reason"] == "behind"
    journal.close()


async def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    (tmp_path / "live" / "backups").write_text("in the way")
    with pytest.raises(CashierError) as caught:
        await journal.back_up(Reason.DAILY)
    assert caught.value.failure is Failure.COPY_FAILED
    await journal.write(charge)
    assert journal.copies() == ()
    journal.close()


async def test_what_is_left_of_a_broken_off_copy_is_taken_away(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    copy = await journal.back_up(Reason.DAILY)
    for name in ("journal.partial", "journal.partial-journal"):
        (copy.path.parent / name).write_bytes(b"half")
    await journal.back_up(Reason.DAILY)
    assert len(list(copy.path.parent.iterdir())) == 2
    assert len(journal.copies()) == 2
    journal.close()


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "missing"), (b"pictures", "missing"), (None, "missing")]
)
async def test_what_is_no_copy_is_not_taken_for_one(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "copy.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CashierError) as caught:
        verify_copy(path)
    assert caught.value.failure is Failure.COPY_DAMAGED
    assert caught.value.facts["reason"] == reason


async def test_every_page_of_a_copy_that_was_damaged_is_found(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    for _ in range(3):
        await journal.write(bring_to(PaymentState.OPEN))
    copy = await journal.back_up(Reason.DAILY)
    journal.close()
    whole = copy.path.read_bytes()
    found = 0
    for page in range(1, len(whole) // 4096):
        content = bytearray(whole)
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
        copy.path.write_bytes(content)
        with pytest.raises(CashierError) as caught:
            verify_copy(copy.path)
        assert caught.value.failure is Failure.COPY_DAMAGED
        found += 1
    assert found > 20
    copy.path.write_bytes(whole)
    verify_copy(copy.path)


async def test_files_that_are_not_copies_are_left_alone(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    copy = await journal.back_up(Reason.DAILY)
    own = copy.path.parent / "journal-mine.db"
    own.write_bytes(b"a person's own")
    for _ in range(KEPT + 1):
        await journal.back_up(Reason.DAILY)
    assert own.read_bytes() == b"a person's own"
    assert len(copies_of(path_of(tmp_path / "live"))) == KEPT
    journal.close()


async def test_closing_the_till_does_not_wait_for_a_copy_to_be_checked(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    copy = await journal.back_up(Reason.DAILY)
    journal.close()
    with pytest.raises(CashierError) as caught:
        verify_copy(copy.path, is_stopped=lambda: True)
    assert "interrupted" in str(caught.value.facts["reason"])


def test_a_copy_is_known_by_its_name_alone(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    name = "journal-00012-20261124T113200Z-345-shift.db"
    (folder / name).write_bytes(b"x")
    (folder / "journal-00013-20261199T113200Z-345-shift.db").write_bytes(b"x")
    (folder / "journal-00014-20261124T113200Z-345-whim.db").write_bytes(b"x")
    [copy] = copies_of(tmp_path / "journal.db")
    assert copy == Copy(folder / name, 12, copy.taken_at, 345, Reason.SHIFT, 1)
