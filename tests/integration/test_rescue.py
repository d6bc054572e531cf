"""A copy put back where there is no till: its own administrators, their PINs, shut doors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import anyio
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


async def guessed(rescue: Rescue, person_id: str, pin: str = "999999") -> CashierError:
    with pytest.raises(CashierError) as caught:
        await rescue.approve(person_id, pin, Right.RESTORE)
    return caught.value


async def begun_again(folder: Path, clock: VirtualClock) -> Rescue:
    """The window opened anew, with the copy chosen."""
    rescue = Rescue(folder / "live" / "journal.db", folder / "anchor.json", clock)
    [copy] = await rescue.copies()
    await rescue.choose(copy.path)
    return rescue


async def test_wrong_pins_are_remembered_over_a_restart_though_the_journal_is_gone(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    await copied(tmp_path, sandbox, clock)
    boss = max(await (await begun_again(tmp_path, clock)).people(), key=lambda one: one.role)
    for left in range(WRONG_PINS - 1, 0, -1):
        error = await guessed(await begun_again(tmp_path, clock), boss.id)
        assert (error.failure, error.facts["left"]) == (Failure.PIN_WRONG, left)
    assert (await guessed(await begun_again(tmp_path, clock), boss.id)).facts == {
        "seconds": FIRST_LOCK
    }
    rescue = await begun_again(tmp_path, clock)
    assert (await guessed(rescue, boss.id, OTHER_PIN)).failure is Failure.PIN_LOCKED
    shown = {one.id: one.lock_left for one in await rescue.people()}
    assert shown.pop(boss.id) == FIRST_LOCK
    assert set(shown.values()) == {0}
    await clock.advance(FIRST_LOCK + 1)
    assert (await guessed(rescue, boss.id)).facts == {"seconds": 2 * FIRST_LOCK}
    await clock.advance(2 * FIRST_LOCK + 1)
    await rescue.approve(boss.id, OTHER_PIN, Right.RESTORE)
    rescue = await begun_again(tmp_path, clock)
    assert (await guessed(rescue, boss.id)).facts == {"left": WRONG_PINS - 1}


async def test_pins_typed_at_once_are_tried_one_after_the_other(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    await copied(tmp_path, sandbox, clock)
    rescue = await begun_again(tmp_path, clock)
    boss = max(await rescue.people(), key=lambda one: one.role)
    failures: list[Failure] = []

    async def guess() -> None:
        failures.append((await guessed(rescue, boss.id)).failure)

    async with anyio.create_task_group() as tasks:
        for _ in range(2 * WRONG_PINS):
            tasks.start_soon(guess)
    assert failures.count(Failure.PIN_WRONG) == WRONG_PINS - 1
    shut = await begun_again(tmp_path, clock)
    assert (await guessed(shut, boss.id)).facts == {"seconds": FIRST_LOCK}


@pytest.mark.parametrize("written", [b"", b"[1]", b'{"x": "y"}', b"\xff\x00", b"[" * 100_000])
async def test_a_file_of_wrong_pins_that_says_nothing_counts_for_nobody(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, written: bytes
) -> None:
    await copied(tmp_path, sandbox, clock)
    (tmp_path / "live" / "journal.db.pins").write_bytes(written)
    rescue = await begun_again(tmp_path, clock)
    boss = max(await rescue.people(), key=lambda one: one.role)
    await rescue.approve(boss.id, OTHER_PIN, Right.RESTORE)


async def test_what_cannot_be_counted_is_not_answered(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    await copied(tmp_path, sandbox, clock)
    (tmp_path / "live" / "journal.db.pins").mkdir()
    rescue = await begun_again(tmp_path, clock)
    boss = max(await rescue.people(), key=lambda one: one.role)
    for _ in range(WRONG_PINS):
        assert (await guessed(rescue, boss.id)).failure is Failure.FOLDER_UNWRITABLE
    assert (await guessed(rescue, boss.id, OTHER_PIN)).failure is Failure.PIN_LOCKED


async def test_a_door_that_was_shut_when_the_copy_was_made_is_open_here(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(
        tmp_path / "live", sandbox, clock, is_running=False, role=Role.ADMINISTRATOR
    ) as bench:
        boss = max(await bench.till.staff.people(), key=lambda one: one.role)
        for _ in range(WRONG_PINS):
            with pytest.raises(CashierError):
                await bench.till.staff.approve(boss.id, "999999", Right.RESTORE)
        await bench.till.backups.make()
    (tmp_path / "live" / "journal.db").unlink()
    rescue = await begun_again(tmp_path, clock)
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
