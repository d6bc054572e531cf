"""A copy put back where there is no till: its own administrators, their PINs, shut doors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import FIRST_LOCK, WRONG_PINS, Right, Role
from cashier.journal.journal import Journal
from cashier.sandbox.server import SandboxServer
from cashier.services.rescue import Rescue
from cashier.services.training_staff import OTHER_PIN
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def sandbox(clock: VirtualClock) -> Iterator[SandboxServer]:
    with SandboxServer("live", clock=clock.utc) as server:
        yield server


async def copied(folder: Path, sandbox: SandboxServer, clock: VirtualClock) -> Rescue:
    """A till with staff and one copy, and then its journal is gone."""
    async with open_bench(
        folder / "live", sandbox, clock, is_running=False, role=Role.ADMINISTRATOR
    ) as bench:
        await bench.till.backups.make()
    journal = folder / "live" / "journal.db"
    journal.unlink()
    return Rescue(journal, folder / "anchor.json", clock)


async def test_a_copys_own_administrator_puts_it_back(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    rescue = await copied(tmp_path, sandbox, clock)
    [copy] = await rescue.copies()
    found = await rescue.choose(copy.path)
    people = {one.role: one for one in await rescue.people()}
    with pytest.raises(CashierError) as caught:
        await rescue.approve(people[Role.MANAGER].id, OTHER_PIN, Right.RESTORE)
    assert caught.value.failure is Failure.RIGHT_MISSING
    boss = people[Role.ADMINISTRATOR]
    approval = await rescue.approve(boss.id, OTHER_PIN, Right.RESTORE)
    restored = await rescue.restore(copy.path, approval)
    assert restored.copy == found
    assert restored.kept is None
    journal = Journal.open(f"sqlite:///{tmp_path / 'live' / 'journal.db'}", till="2", clock=clock)
    [event] = await journal.read(lambda reader: reader.events("restore"))
    assert (event.facts["by"], event.facts["approver"]) == (boss.id, boss.id)
    journal.close()
    with pytest.raises(CashierError) as caught:
        await rescue.restore(copy.path, approval)
    assert caught.value.failure is Failure.RIGHT_MISSING, "a PIN is good for one restore"


async def test_wrong_pins_shut_the_door_of_a_copy_too(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    rescue = await copied(tmp_path, sandbox, clock)
    [copy] = await rescue.copies()
    await rescue.choose(copy.path)
    boss = max(await rescue.people(), key=lambda one: one.role)

    async def guess(pin: str) -> CashierError:
        with pytest.raises(CashierError) as caught:
            await rescue.approve(boss.id, pin, Right.RESTORE)
        return caught.value

    for left in range(WRONG_PINS - 1, 0, -1):
        error = await guess("999999")
        assert (error.failure, error.facts["left"]) == (Failure.PIN_WRONG, left)
    assert (await guess("999999")).failure is Failure.PIN_LOCKED
    clock.set_wall(ahead=24 * 3600)
    assert (await guess(OTHER_PIN)).failure is Failure.PIN_LOCKED
    await rescue.choose(copy.path)
    assert (await guess(OTHER_PIN)).failure is Failure.PIN_LOCKED
    await clock.advance(FIRST_LOCK + 1)
    await rescue.approve(boss.id, OTHER_PIN, Right.RESTORE)


async def test_a_copy_that_is_damaged_asks_nobody(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    rescue = await copied(tmp_path, sandbox, clock)
    [copy] = await rescue.copies()
    copy.path.write_bytes(copy.path.read_bytes()[:8192])
    with pytest.raises(CashierError) as caught:
        await rescue.choose(copy.path)
    assert caught.value.failure is Failure.COPY_DAMAGED
    assert await rescue.people() == ()
