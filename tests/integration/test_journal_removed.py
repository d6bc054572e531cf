"""The journal's file is removed under a running till: what is open ends, nothing new begins."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.sandbox.server import SandboxServer
from cashier.ui.texts import failure_text
from tests.integration.two_tills import refund_sum, sold
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("sandbox", ["live"], indirect=True),
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move an open journal")
@pytest.mark.parametrize("what", ["payment", "refund"])
async def test_g9_nothing_new_is_sent_and_what_is_open_is_followed_to_its_end(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, what: str
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        payment_id = await sold(bench)
        waiting = await bench.charge()
        (tmp_path / "journal.db").rename(tmp_path / "elsewhere.db")
        with pytest.raises(CashierError) as caught:
            await (bench.charge() if what == "payment" else refund_sum(bench, payment_id, "10"))
        assert caught.value.failure is Failure.JOURNAL_FAULT
        assert "removed" in failure_text(caught.value)
        assert (bench.calls("CreatePayment"), bench.calls("CreateRefund")) == (2, 0)
        sandbox.gateway.pay(waiting.payment.payment_id)
        await bench.pass_time(5)
        (shown,) = [one for one in bench.view.payments if one.payment.id == waiting.payment.id]
        assert shown.payment.state is PaymentState.PAID
