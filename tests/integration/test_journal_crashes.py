"""A till's process is killed where it hurts; the journal is opened again and looked at."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cashier.domain.failure import Failure
from cashier.domain.payment import PaymentState
from cashier.domain.saved_receipt import ReceiptState
from cashier.journal.journal import Journal
from tests.journal_samples import charge, open_journal

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def till(scenario: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process at work in `folder`; killed at the end, if it is not over."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journal_child", scenario, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def after_the_kill(scenario: str, folder: Path) -> Journal:
    with till(scenario, folder) as process:
        assert line(process) == "ready"
    return open_journal(folder)


async def test_g1_killed_before_the_intent_is_committed(tmp_path: Path) -> None:
    journal = after_the_kill("before_the_intent_is_committed", tmp_path / "live")
    assert await journal.read(lambda reader: reader.payments(set(PaymentState))) == []
    saved = await journal.read(lambda reader: reader.draft())
    assert saved is not None
    assert [one.name for one in saved.receipt.lines] == ["Молоко"]
    assert await journal.read(lambda reader: reader.receipts({ReceiptState.FROZEN})) == []
    journal.close()


async def test_g2_killed_between_prepared_and_sending_is_provably_unsent(tmp_path: Path) -> None:
    journal = after_the_kill("before_sending", tmp_path / "live")
    [payment] = await journal.read(lambda reader: reader.payments(set(PaymentState)))
    assert (payment.state, payment.sent_at) == (PaymentState.PREPARED, None)
    await journal.write(lambda ledger: ledger.move(payment, PaymentState.WITHDRAWN))
    journal.close()


async def test_g5_killed_after_the_answer_keeps_it_and_still_counts_as_sending(
    tmp_path: Path,
) -> None:
    journal = after_the_kill("before_the_answer_is_taken_in", tmp_path / "live")
    [payment] = await journal.read(lambda reader: reader.payments(set(PaymentState)))
    assert payment.state is PaymentState.SENDING
    [answer] = await journal.read(lambda reader: reader.answers(payment.id))
    assert answer.body == b"{}"
    journal.close()


async def test_g6_killed_before_the_result_is_shown_shows_it_at_the_next_start(
    tmp_path: Path,
) -> None:
    journal = after_the_kill("before_the_result_is_shown", tmp_path / "live")
    [payment] = await journal.read(lambda reader: reader.unseen())
    assert payment.state is PaymentState.PAID
    journal.close()


async def test_g7_a_kill_during_writes_loses_no_acknowledged_commit(tmp_path: Path) -> None:
    with till("endless_writes", tmp_path / "live") as process:
        acknowledged = [line(process) for _ in range(60)]
        process.kill()
        acknowledged += process.communicate()[0].split()
    journal = open_journal(tmp_path / "live")
    payments = await journal.read(lambda reader: reader.payments({PaymentState.PREPARED}))
    kept = {payment.order_id for payment in payments}
    assert set(acknowledged) <= kept
    assert len(kept) - len(acknowledged) <= 1
    journal.close()


async def test_g7_a_power_cut_inside_a_commit_leaves_the_old_state_or_the_new(
    tmp_path: Path,
) -> None:
    """The log is cut at many lengths, as unsynced writes would be; nothing is ever half there."""
    open_journal(tmp_path / "live").close()
    journal = open_journal(tmp_path / "live", anchor=None)
    log = tmp_path / "live" / "journal.db-wal"
    sizes = {0: log.stat().st_size}
    for number in range(1, 5):
        await journal.write(charge)
        sizes[number] = log.stat().st_size
    frozen = tmp_path / "frozen"
    shutil.copytree(tmp_path / "live", frozen)
    journal.close()
    whole = (frozen / "journal.db-wal").read_bytes()
    for number, cut in enumerate(range(sizes[0], len(whole) + 1, 9973)):
        folder = tmp_path / f"cut-{number}"
        folder.mkdir()
        shutil.copy(frozen / "journal.db", folder)
        torn = whole[:cut] + bytes(min(512, len(whole) - cut))
        (folder / "journal.db-wal").write_bytes(torn)
        cut_journal = open_journal(folder, anchor=None)
        found = await cut_journal.read(lambda reader: reader.count_open())
        assert found == max(done for done, size in sizes.items() if size <= cut)
        cut_journal.close()


async def test_g13_a_second_process_is_turned_away_until_the_first_is_dead(
    tmp_path: Path,
) -> None:
    with till("before_sending", tmp_path / "live") as first:
        assert line(first) == "ready"
        with till("before_sending", tmp_path / "live") as second:
            assert line(second) == Failure.SECOND_INSTANCE.value
            assert second.wait(10) == 0
    open_journal(tmp_path / "live").close()
