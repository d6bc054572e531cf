"""Who goes first when calls queue up, and how many go at once."""

from __future__ import annotations

import asyncio

import anyio
import pytest
from anyio.lowlevel import checkpoint

from cashier.services.traffic import Priority, Traffic
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


class Callers:
    """Calls that last until they are let go."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.traffic = Traffic(self.clock)
        self.began: list[str] = []
        self._ends: dict[str, anyio.Event] = {}

    async def call(self, name: str, priority: Priority) -> None:
        self._ends[name] = anyio.Event()
        async with self.traffic.call(priority, has_spaced_out=True):
            self.began.append(name)
            await self._ends[name].wait()

    async def end(self, *names: str) -> None:
        for name in names or tuple(self._ends):
            self._ends[name].set()
        await self.clock.settle()


async def test_four_calls_go_at_once_and_the_fifth_waits() -> None:
    callers = Callers()
    async with anyio.create_task_group() as tasks:
        for number in range(5):
            tasks.start_soon(callers.call, f"{number}", Priority.SCREEN)
        await callers.clock.settle()
        assert callers.began == ["0", "1", "2", "3"]
        await callers.end("2")
        assert callers.began == ["0", "1", "2", "3", "4"]
        await callers.end()
    assert not callers.traffic.is_busy


async def test_money_goes_first_then_the_screen_then_the_background() -> None:
    callers = Callers()
    async with anyio.create_task_group() as tasks:
        for number in range(4):
            tasks.start_soon(callers.call, f"{number}", Priority.SCREEN)
        await callers.clock.settle()
        for name, priority in (
            ("background", Priority.BACKGROUND),
            ("screen", Priority.SCREEN),
            ("money", Priority.MONEY),
            ("money later", Priority.MONEY),
        ):
            tasks.start_soon(callers.call, name, priority)
            await callers.clock.settle()
        await callers.end("0", "1", "2", "3")
        assert callers.began[4:] == ["money", "money later", "screen"]
        await callers.end("money")
        assert callers.began[7:] == ["background"]
        await callers.end()


async def test_the_background_leaves_one_place_to_people() -> None:
    callers = Callers()
    async with anyio.create_task_group() as tasks:
        for number in range(5):
            tasks.start_soon(callers.call, f"{number}", Priority.BACKGROUND)
        await callers.clock.settle()
        assert callers.began == ["0", "1", "2"]
        tasks.start_soon(callers.call, "money", Priority.MONEY)
        await callers.clock.settle()
        assert callers.began == ["0", "1", "2", "money"]
        await callers.end("0")
        assert callers.began[4:] == []
        await callers.end("money")
        assert callers.began[4:] == ["3"]
        await callers.end("1", "2", "3")
        assert callers.began[5:] == ["4"]
        await callers.end()


@pytest.mark.parametrize("is_admitted", [False, True])
async def test_a_caller_who_goes_away_leaves_no_place_taken(is_admitted: bool) -> None:
    callers = Callers()
    async with anyio.create_task_group() as tasks:
        for number in range(4):
            tasks.start_soon(callers.call, f"{number}", Priority.SCREEN)
        await callers.clock.settle()
        gone = asyncio.create_task(callers.call("gone", Priority.MONEY))
        await callers.clock.settle()
        if is_admitted:  # it is cancelled in the very turn in which its place became free
            callers._ends["0"].set()
            await checkpoint()
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        await callers.end()
    assert "gone" not in callers.began
    assert not callers.traffic.is_busy
    async with anyio.create_task_group() as tasks:
        for number in range(4):
            tasks.start_soon(callers.call, f"again {number}", Priority.SCREEN)
        await callers.clock.settle()
        assert len(callers.began) == 8
        await callers.end()


async def test_background_calls_are_a_fifth_of_a_second_apart() -> None:
    clock = VirtualClock()
    traffic = Traffic(clock)
    moments: list[float] = []

    async def read() -> None:
        async with traffic.call(Priority.BACKGROUND):
            moments.append(round(clock.monotonic(), 3))

    async with anyio.create_task_group() as tasks:
        for _ in range(4):
            tasks.start_soon(read)
        await clock.advance(1)
    assert moments == [0, 0.2, 0.4, 0.6]
    await clock.advance(10)
    async with traffic.call(Priority.BACKGROUND):
        assert clock.monotonic() == 11  # nothing is owed after a rest
