"""The disk is full, broken or held by somebody else."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.space import MIB
from tests.journal_samples import NOW, bring_to, charge, open_journal

pytestmark = pytest.mark.anyio


class Disk:
    """How much is free, as the test says."""

    def __init__(self) -> None:
        self.free = 500 * MIB

    def __call__(self, folder: Path) -> int:
        assert folder.is_dir()
        return self.free


async def refused(journal: Journal, failure: Failure) -> CashierError:
    with pytest.raises(CashierError) as caught:
        await journal.write(charge)
    assert caught.value.failure is failure
    return caught.value


# Row G8


async def test_g8_no_new_payment_while_space_is_short_but_open_ones_finish(
    tmp_path: Path,
) -> None:
    disk = Disk()
    journal = open_journal(tmp_path / "live", free_space=disk)
    payment = await journal.write(bring_to(PaymentState.OPEN))
    warned = [journal.free_space_low]
    disk.free = 200 * MIB - 1
    assert [*warned, journal.free_space_low] == [False, True]
    assert (await refused(journal, Failure.DISK_FULL)).facts == {"free_mib": 199}
    paid = await journal.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    assert paid.state is PaymentState.PAID
    disk.free = 200 * MIB
    await journal.write(charge)
    journal.close()


def fill_up(ledger: Ledger, payment_id: str, pages: int) -> None:
    """Write more than the file may grow by; SQLite then says what a full disk makes it say."""
    connection = ledger._connection
    size = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {size + pages}")
    ledger.keep_answer(
        payment_id, call="GetPayment", http_status=200, body=bytes(65536), received_at=NOW
    )


async def test_g8_a_full_disk_spends_the_reserve_so_that_an_open_payment_finishes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = open_journal(tmp_path / "live")
    reserve = tmp_path / "live" / "journal.reserve"
    payment = await journal.write(bring_to(PaymentState.OPEN))
    assert reserve.stat().st_size == 4096

    def answered(ledger: Ledger) -> None:
        fill_up(ledger, payment.id, pages=0 if reserve.exists() else 1000)
        ledger.move(payment, PaymentState.PAID)

    await journal.write(answered)
    assert not reserve.exists()
    found = await journal.read(lambda reader: reader.payment(payment.id))
    assert found.state is PaymentState.PAID
    assert len(await journal.read(lambda reader: reader.answers(payment.id))) == 1
    assert "reserve" in caplog.text
    journal.close()
    open_journal(tmp_path / "live").close()
    assert reserve.exists()


async def test_g8_when_the_reserve_is_gone_too_a_write_fails_whole(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "live")
    payment = await journal.write(bring_to(PaymentState.OPEN))

    def answered(ledger: Ledger) -> None:
        ledger.move(payment, PaymentState.PAID)
        fill_up(ledger, payment.id, pages=0)

    for _ in range(2):
        with pytest.raises(CashierError) as caught:
            await journal.write(answered)
        assert caught.value.failure is Failure.DISK_FULL
    assert await journal.read(lambda reader: reader.payment(payment.id)) == payment
    assert not journal.faulted
    journal.close()


# Row G9


@contextmanager
def no_file_may_grow(size: int) -> Iterator[None]:
    """Every write past `size` bytes of any file fails, as on a broken disk."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit that POSIX has")
async def test_g9_after_an_io_error_the_handle_is_never_used_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    journal = open_journal(tmp_path / "live")
    payment = await journal.write(bring_to(PaymentState.OPEN))
    log = tmp_path / "live" / "journal.db-wal"
    with no_file_may_grow(log.stat().st_size):
        error = await refused(journal, Failure.JOURNAL_FAULT)
    assert "I/O" in str(error.facts["reason"])
    assert journal.faulted
    with pytest.raises(CashierError) as caught:
        await journal.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    assert caught.value.failure is Failure.JOURNAL_FAULT
    journal.close()

    again = open_journal(tmp_path / "live")
    assert not again.faulted
    opened = (await again.read(lambda reader: reader.events()))[-1]
    assert opened.facts == {"clean": False}
    assert await again.read(lambda reader: reader.payment(payment.id)) == payment
    await again.write(charge)
    again.close()


@pytest.mark.parametrize("is_put_back", [False, True])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody delete an open journal")
async def test_g9_no_new_payment_goes_into_a_journal_whose_file_is_gone_or_another(
    tmp_path: Path, is_put_back: bool
) -> None:
    journal = open_journal(tmp_path / "live")
    await journal.write(charge)
    whole = journal.path.read_bytes()
    journal.path.rename(tmp_path / "elsewhere.db")
    if is_put_back:
        journal.path.write_bytes(whole)
    await refused(journal, Failure.JOURNAL_FAULT)
    journal.close()


# Row G10


@contextmanager
def somebody_holds(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


async def test_g10_a_held_journal_fails_the_action_before_anything_is_sent(
    tmp_path: Path,
) -> None:
    journal = open_journal(tmp_path / "live")
    with somebody_holds(journal.path):
        await refused(journal, Failure.JOURNAL_BUSY)
        with pytest.raises(CashierError):  # the lock is taken before the first look, not after
            await journal.write(lambda ledger: ledger.note("nothing"))
        assert await journal.read(lambda reader: reader.count_open()) == 0
    assert not journal.faulted
    await journal.write(charge)
    journal.close()


async def test_g10_a_held_journal_cannot_be_opened(tmp_path: Path) -> None:
    open_journal(tmp_path / "live").close()
    with somebody_holds(tmp_path / "live" / "journal.db"):
        with pytest.raises(CashierError) as caught:
            open_journal(tmp_path / "live")
        assert caught.value.failure is Failure.JOURNAL_BUSY
    open_journal(tmp_path / "live").close()
