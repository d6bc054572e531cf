"""A draft that was put aside when another came to the till is kept for its owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from cashier.domain.staff import Role
from cashier.sandbox.server import SandboxServer
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]


async def test_a_draft_put_aside_for_its_owner_opens_for_them_after_a_restart(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        anna = await bench.sign_in(Role.CASHIER)
        typed = await bench.type_receipt(("Чай", "10", "1"))
        marina = await bench.sign_in(Role.SENIOR)
        empty = await bench.till.receipts.park_for(marina)
        assert (empty.receipt.lines, empty.id == typed.id) == ((), False)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert (await bench.till.receipts.park_for(anna)).id == typed.id
        assert await bench.till.receipts.parked() == []


async def test_a_draft_that_another_has_taken_up_is_not_kept_for_its_first_owner(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        anna = await bench.sign_in(Role.CASHIER)
        typed = await bench.type_receipt(("Чай", "10", "1"))
        marina = await bench.sign_in(Role.SENIOR)
        await bench.till.receipts.park_for(marina)
        await bench.till.receipts.take_up(typed.id)
        await bench.till.receipts.park(typed.id)
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert (await bench.till.receipts.park_for(anna)).id != typed.id
        assert [one.id for one in await bench.till.receipts.parked()] == [typed.id]
