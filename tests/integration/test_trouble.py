"""The till itself is in trouble: its journal cannot write, its code has a bug (rows G5, G10)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Right
from cashier.domain.terminal import NewTerminal
from cashier.journal.runner import Lane
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.services.health import IDLE_CHECK
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

BUSY = CashierError(Failure.JOURNAL_BUSY)
NEW = NewTerminal(name="Касса 3", alias="1:3")


async def failing(bench: Bench, receipt_id: str) -> Failure:
    with pytest.raises(CashierError) as caught:
        await bench.do(bench.till.sales.charge(receipt_id))
    return caught.value.failure


def trouble_writing(bench: Bench, *errors: Exception | None) -> None:
    """What the next writes end in, one each; None is well."""
    bench.runner.trouble[Lane.WRITE].extend(errors)


# The journal cannot take in what happens


@pytest.mark.parametrize("well", [0, 1], ids=["the intent", "the sending"])
async def test_g10_nothing_is_sent_that_could_not_be_written_first(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, well: int
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        trouble_writing(bench, *[None] * well, BUSY)
        assert await failing(bench, saved.id) is Failure.JOURNAL_BUSY
        assert bench.calls("CreatePayment") == 0
        attempts = await bench.journal.read(lambda reader: reader.attempts(saved.id))
        assert [attempt.state for attempt in attempts] == [PaymentState.PREPARED] * well


@pytest.mark.parametrize("well", [2, 3], ids=["the raw answer", "its meaning"])
@pytest.mark.parametrize("more", [0, 3], ids=["once", "for some time"])
async def test_g5_an_answer_that_could_not_be_written_is_looked_up_not_forgotten(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, well: int, more: int
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        trouble_writing(bench, *[None] * well, *[BUSY] * (1 + more))
        assert await failing(bench, saved.id) is Failure.JOURNAL_BUSY
        (shown,) = bench.view.payments
        assert await bench.state(shown.payment.id) is PaymentState.SENDING
        await bench.pass_time(60)
        payment = await bench.payment(shown.payment.id)
        assert payment.state is PaymentState.OPEN
        assert payment.payment_url
        assert bench.calls("CreatePayment") == 1
        assert bench.view.trouble is None


async def test_a_result_is_shown_after_its_commit_and_never_before(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.pay(view.payment.payment_id)
        trouble_writing(bench, *[BUSY] * 3)
        bench.views.clear()
        await bench.pass_time(2.5)
        trouble = bench.view.trouble
        assert trouble is not None
        assert trouble.failure is Failure.JOURNAL_BUSY
        shown = {one.payment.state for till in bench.views for one in till.payments}
        assert shown == {PaymentState.OPEN}
        await bench.pass_time(60)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        assert bench.view.trouble is None


async def test_one_payments_good_read_does_not_hide_the_trouble_of_another(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.charge()
        paid = await bench.charge(("Хлеб", "64.50", "1"))
        sandbox.gateway.pay(paid.payment.payment_id)
        trouble_writing(bench, *[BUSY] * 500)
        await bench.pass_time(3)
        bench.views.clear()
        await bench.pass_time(20)
        assert len(bench.views) > 5
        assert all(till.trouble is not None for till in bench.views)


async def test_a_journal_in_trouble_does_not_make_the_till_ask_the_gateway_without_end(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        sandbox.gateway.pay(view.payment.payment_id)
        trouble_writing(bench, *[BUSY] * 5000)
        await bench.pass_time(120)
        assert 10 <= bench.calls("GetPayment") <= 45


async def test_c2_closes_are_counted_even_when_their_answers_cannot_be_kept(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.fault("ClosePayment", Fault.RAW, text="{}", execute=False, times=50)
        trouble_writing(bench, None, *[BUSY] * 50)
        with pytest.raises(CashierError):
            await bench.till.sales.cancel(view.payment.id)
        await bench.pass_time(300)
        assert bench.calls("ClosePayment") == 3


async def test_what_the_writer_refuses_was_never_sent_and_is_withdrawn(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        terminal = bench.till.terminals.known[0]
    async with open_bench(tmp_path, sandbox, clock, merchant="") as bench:
        assert bench.till.terminals.known == (terminal,)
        saved = await bench.type_receipt()
        assert await failing(bench, saved.id) is Failure.NO_KEY
        (shown,) = bench.view.payments
        assert shown.payment.state is PaymentState.WITHDRAWN
        back = await bench.till.sales.back_to_receipt(shown.payment.id)
        assert back.state is ReceiptState.DRAFT
        await bench.pass_time(40)
        assert bench.calls("GetPaymentByOrder") == 0


# A bug ends no loop


class StumblingClock(VirtualClock):
    """The watch's next wait, or the wait at rest, fails once, as a bug in the loop would."""

    watch_stumbles = False
    rest_stumbles = False

    async def wait(self, seconds: float, wake: anyio.Event | None = None) -> None:
        if self.watch_stumbles and wake is not None:
            self.watch_stumbles = False
            raise RuntimeError("a bug in the watch")
        if self.rest_stumbles and seconds == IDLE_CHECK:
            self.rest_stumbles = False
            raise RuntimeError("a bug at rest")
        await super().wait(seconds, wake)


@pytest.fixture
def stumbling() -> StumblingClock:
    return StumblingClock()


@pytest.fixture
def its_sandbox(sandbox: SandboxServer, stumbling: StumblingClock) -> Iterator[SandboxServer]:
    with SandboxServer("live", clock=stumbling.utc) as server:
        yield server


async def test_a_bug_in_a_loop_stops_neither_the_watch_nor_the_till(
    tmp_path: Path, its_sandbox: SandboxServer, stumbling: StumblingClock
) -> None:
    async with open_bench(tmp_path, its_sandbox, stumbling) as bench:
        view = await bench.charge()
        await bench.pass_time(1)
        stumbling.watch_stumbles = stumbling.rest_stumbles = True
        await bench.pass_time(70)
        assert not stumbling.watch_stumbles
        assert not stumbling.rest_stumbles
        its_sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(3)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        await bench.till.sales.result_seen(view.payment.id)
        asked = bench.calls("GetTerminal")
        await bench.pass_time(130)
        assert bench.calls("GetTerminal") > asked


async def test_a_bug_in_one_read_is_not_the_end_of_the_others(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await bench.charge()
        second = await bench.charge(("Хлеб", "64.50", "1"))
        trouble_writing(bench, RuntimeError("a bug"))
        sandbox.gateway.pay(first.payment.payment_id)
        sandbox.gateway.pay(second.payment.payment_id)
        await bench.pass_time(3)
        states = [await bench.state(view.payment.id) for view in (first, second)]
        assert PaymentState.PAID in states
        await bench.pass_time(7)
        assert await bench.state(first.payment.id) is PaymentState.PAID
        assert await bench.state(second.payment.id) is PaymentState.PAID


async def test_screens_hear_of_payments_while_the_journal_cannot_be_read(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.runner.trouble[Lane.READ].extend([BUSY] * 20)
        sandbox.gateway.pay(view.payment.payment_id)
        bench.views.clear()
        await bench.pass_time(3)
        bench.runner.trouble[Lane.READ].clear()
        assert bench.views[-1].payments[0].payment.state is PaymentState.PAID


# Money that goes back


@pytest.mark.parametrize("well", [2, 3], ids=["the raw answer", "its meaning"])
@pytest.mark.parametrize("more", [0, 1], ids=["once", "for some time"])
async def test_r7_a_refund_whose_answer_could_not_be_written_holds_its_sum_and_is_never_sent_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, well: int, more: int
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        sold = await bench.charge(("Чай", "100.00", "1"))
        sandbox.gateway.pay(sold.payment.payment_id)
        await bench.pass_time(3)
        approval = await bench.approve(Right.REFUND)
        trouble_writing(bench, *[None] * well, *[BUSY] * (1 + more))
        with pytest.raises(CashierError):
            await bench.till.refunds.refund_sum(
                sold.payment.id, Money.of("100.00"), "Брак", approval=approval
            )
        assert bench.calls("CreateRefund") == 1
        form = await bench.till.refunds.open(sold.payment.id)
        assert form.left == Money.of("0")
        (refund,) = form.refunds
        assert refund.state is (RefundState.SENDING if more else RefundState.UNKNOWN)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        await bench.pass_time(60)
        form = await bench.till.refunds.open(sold.payment.id)
        assert [one.state for one in form.refunds] == [RefundState.UNKNOWN]
        assert bench.calls("CreateRefund") == 1


async def test_g10_a_refund_whose_sending_could_not_be_written_is_a_task_at_once(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    """It keeps every other refund of its payment away, so that somebody has to see it."""
    async with open_bench(tmp_path, sandbox, clock) as bench:
        sold = await bench.charge(("Чай", "100.00", "1"))
        sandbox.gateway.pay(sold.payment.payment_id)
        await bench.pass_time(3)
        approval = await bench.approve(Right.REFUND)
        trouble_writing(bench, None, BUSY)
        with pytest.raises(CashierError):
            await bench.till.refunds.refund_sum(
                sold.payment.id, Money.of("100.00"), "Брак", approval=approval
            )
        assert bench.calls("CreateRefund") == 0
        (task,) = bench.view.refund_tasks
        assert task.refund.state is RefundState.PREPARED
        await bench.till.refunds.withdraw(task.refund.id)
        assert (await bench.till.refunds.open(sold.payment.id)).left == Money.of("100.00")


async def test_r7_a_refund_in_doubt_is_a_task_as_soon_as_that_can_be_written(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        sold = await bench.charge(("Чай", "100.00", "1"))
        sandbox.gateway.pay(sold.payment.payment_id)
        await bench.pass_time(3)
        approval = await bench.approve(Right.REFUND)
        trouble_writing(bench, None, None, None, *[BUSY] * 4)
        with pytest.raises(CashierError):
            await bench.till.refunds.refund_sum(
                sold.payment.id, Money.of("100.00"), "Брак", approval=approval
            )
        await bench.pass_time(60)
        (task,) = bench.view.refund_tasks
        assert task.refund.state is RefundState.UNKNOWN
        assert bench.calls("CreateRefund") == 1
