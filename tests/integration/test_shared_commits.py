"""A server whose answer to a commit is lost (row G26), and tills that are beaten to a row."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from cashier.clock import SystemClock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment, PaymentState
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.space import Limits
from cashier.journal.verify import verify
from tests.integration.postgres_proxy import PostgresProxy, postgres_proxy
from tests.integration.postgres_server import PostgresServer
from tests.journal_samples import bring_to, charge

pytestmark = pytest.mark.anyio


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.database()


@pytest.fixture
def proxy(url: str) -> Iterator[PostgresProxy]:
    with postgres_proxy(url) as standing:
        yield standing


def open_till(url: str, name: str = "1", anchor: Path | None = None) -> Journal:
    limits = Limits(busy=2.0)
    return Journal.open(url, till=name, clock=SystemClock(), limits=limits, anchor=anchor)


async def payments_of(till: Journal) -> list[Payment]:
    return await till.read(lambda reader: reader.payments(set(PaymentState)))


async def test_g26_a_commit_whose_answer_is_lost_is_found_done(
    url: str, proxy: PostgresProxy, tmp_path: Path
) -> None:
    till = open_till(proxy.url, anchor=tmp_path / "anchor")
    payment = await till.write(bring_to(PaymentState.OPEN))
    proxy.cut()
    paid = await till.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    assert proxy.has_cut
    assert paid.state is PaymentState.PAID
    assert await payments_of(till) == [paid]
    till.close()
    assert verify(url, tmp_path / "anchor").is_whole


async def test_g26_a_commit_that_never_arrived_is_an_error_and_leaves_nothing(
    url: str, proxy: PostgresProxy
) -> None:
    till = open_till(proxy.url)
    payment = await till.write(bring_to(PaymentState.OPEN))
    proxy.cut(heard=False)
    with pytest.raises(CashierError) as caught:
        await till.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    assert caught.value.failure is Failure.JOURNAL_AWAY
    assert proxy.has_cut
    assert await payments_of(till) == [payment]
    paid = await till.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    assert paid.version == payment.version + 1
    till.close()


async def test_g26_a_commit_in_doubt_stands_in_the_journal_once_the_server_is_back(
    url: str, proxy: PostgresProxy, tmp_path: Path
) -> None:
    till = open_till(proxy.url, anchor=tmp_path / "anchor")
    proxy.cut(stay_away=True)
    for _ in range(2):
        with pytest.raises(CashierError) as caught:
            await till.write(charge)
        assert caught.value.failure is Failure.JOURNAL_AWAY
    assert not till.faulted
    proxy.come_back()
    assert len(await payments_of(till)) == 1
    await till.write(charge)
    assert len(await payments_of(till)) == 2
    till.close()
    assert verify(url, tmp_path / "anchor").is_whole


async def test_w13_a_move_that_another_till_beat_is_made_on_what_that_one_left(url: str) -> None:
    first, second = open_till(url, "1"), open_till(url, "2")
    payment = await first.write(bring_to(PaymentState.OPEN))
    reached, go_on = threading.Event(), threading.Event()
    tries: list[int] = []

    def slow(ledger: Ledger) -> Payment:
        current = ledger.payment(payment.id)
        tries.append(current.version)
        if len(tries) == 1:
            reached.set()
            assert go_on.wait(10)
        return ledger.update(current, status="process")

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(first.write, slow)
        await anyio.to_thread.run_sync(reached.wait)
        await second.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
        go_on.set()
    assert tries == [payment.version, payment.version + 1]
    (after,) = await payments_of(first)
    assert (after.state, after.status) == (PaymentState.PAID, "process")
    first.close()
    second.close()
