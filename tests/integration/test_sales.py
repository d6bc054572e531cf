"""The whole way of a payment through real services, a real journal and a real socket."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from cashier.domain.payment import PaymentState
from cashier.domain.saved_receipt import ReceiptState
from cashier.journal.reader import Reader
from cashier.journal.verify import verify
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


async def test_customer_pays_and_the_receipt_is_settled(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge(("Сок", "139.90", "2"), ("Хлеб", "64.50", "1"))
        assert view.payment.state is PaymentState.OPEN
        assert view.payment.payment_url.startswith("http")
        assert view.payment.receipt_number == "1-001"
        bench.sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(3)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        paid = bench.view.find(view.payment.id)
        assert paid is not None
        assert paid.receipt.state is ReceiptState.SETTLED
        await bench.till.sales.result_seen(view.payment.id)
        assert bench.view.payments == ()


async def test_every_move_of_a_sale_stands_in_the_chain(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.sandbox.gateway.pay(view.payment.payment_id)
        await bench.till.sales.check(view.payment.id)
        for subject, kind, moves in (
            (view.receipt.id, "receipt.moved", ["DRAFT", "FROZEN", "SETTLED"]),
            (view.payment.id, "payment.moved", ["SENDING", "OPEN", "PAID"]),
        ):
            events = await bench.journal.read(partial(Reader.events, subject=subject))
            assert [event.facts["to"] for event in events if event.kind == kind] == moves
    assert verify(f"sqlite:///{tmp_path}/journal.db").problems == ()


async def test_p3_lost_answer_is_found_by_the_order_and_never_sent_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        view = await bench.charge()
        assert view.payment.state is PaymentState.UNKNOWN
        await bench.pass_time(4)
        found = await bench.payment(view.payment.id)
        assert found.state is PaymentState.OPEN
        assert found.payment_url
        assert bench.calls("CreatePayment") == 1


async def test_p5_never_created_is_given_up_after_five_look_ups(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_BEFORE)
        view = await bench.charge()
        await bench.pass_time(29)
        assert await bench.state(view.payment.id) is PaymentState.UNKNOWN
        await bench.pass_time(3)
        assert await bench.state(view.payment.id) is PaymentState.ABANDONED
        assert bench.calls("GetPaymentByOrder") == 5
        again = await bench.do(bench.till.sales.charge(view.payment.receipt_id))
        assert again.payment.attempt == 2
        assert again.payment.order_id != view.payment.order_id
        assert again.payment.state is PaymentState.OPEN


async def test_c4_customer_pays_while_cashier_cancels(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        bench.sandbox.gateway.pay(view.payment.payment_id)
        closed = await bench.till.sales.cancel(view.payment.id)
        assert closed.payment.state is PaymentState.PAID


async def test_c3_cancel_is_believed_only_from_a_read(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        closed = await bench.till.sales.cancel(view.payment.id)
        assert closed.payment.state is PaymentState.CLOSED
        assert bench.calls("ClosePayment") == 1
        assert bench.calls("GetPayment") >= 1


async def test_c8_money_after_a_proven_cancel_becomes_a_task(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.till.sales.cancel(view.payment.id)
        bench.sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(90)
        assert await bench.state(view.payment.id) is PaymentState.LATE_PAID
        assert [task.payment.id for task in bench.view.tasks] == [view.payment.id]
