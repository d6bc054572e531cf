"""What a till keeps in memory: what it still has to do, not what it has done."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cashier.domain.money import Money
from cashier.domain.payment import Decision, PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Right
from cashier.journal.ledger import Ledger
from cashier.sandbox.server import SandboxServer
from tests.journal_samples import bring_to
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

SALES = 8


async def _sell(bench: Bench, sandbox: SandboxServer) -> None:
    """A sale, seen, of which some is given back."""
    view = await bench.charge()
    sandbox.gateway.pay(view.payment.payment_id)
    await bench.pass_time(3)
    await bench.till.sales.result_seen(view.payment.id)
    approval = await bench.approve(Right.REFUND)
    refund = await bench.till.refunds.refund_sum(
        view.payment.id, Money.of("10"), "Брак", approval=approval
    )
    assert refund.refund.state is RefundState.SUCCEEDED
    await bench.pass_time(1)


def _held(bench: Bench) -> Counter[str]:
    """The till's own things that are in memory; not the gateway's, nor what the bench has seen."""
    bench.views.clear()
    gc.collect()
    kinds = (type(one) for one in gc.get_objects())
    own = (kind for kind in kinds if kind.__module__.startswith("cashier."))
    return Counter(kind.__name__ for kind in own if ".sandbox." not in kind.__module__)


async def test_sales_and_refunds_that_are_over_leave_nothing_in_memory(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        for _ in range(2):
            await _sell(bench, sandbox)
        before = _held(bench)
        for _ in range(SALES):
            await _sell(bench, sandbox)
        grown = {name: more for name, more in (_held(bench) - before).items() if more >= SALES // 2}
        assert grown == {}
        assert bench.till.watch.versions() == {}
        assert bench.till.refund_watch.versions() == {}


def _decided_long_ago(state: PaymentState, decision: Decision) -> Callable[[Ledger], str]:
    def change(ledger: Ledger) -> str:
        payment = ledger.update(bring_to(state)(ledger), is_result_seen=True)
        ledger.move_receipt(payment.receipt_id, ReceiptState.DROPPED)
        return ledger.decide(payment, decision, by="senior", reason="проверено").id

    return change


@pytest.mark.parametrize(
    ("state", "decision"),
    [
        (PaymentState.LATE_PAID, Decision.REFUNDED),
        (PaymentState.QUARANTINE, Decision.ACCEPTED),
    ],
    ids=["late money", "mismatch"],
)
async def test_a_start_takes_up_nothing_that_was_decided_long_ago(
    tmp_path: Path,
    sandbox: SandboxServer,
    clock: VirtualClock,
    state: PaymentState,
    decision: Decision,
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        for _ in range(3):
            await bench.journal.write(_decided_long_ago(state, decision))
        waiting = (await bench.journal.write(bring_to(state))).id
    clock.set_wall(ahead=40 * 86400)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert list(bench.till.watch.versions()) == [waiting]
        ready = await bench.till.shifts.readiness()
        assert ready.carried == 1
