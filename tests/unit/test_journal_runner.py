"""Calls to the journal end, whatever is cancelled; one lane is one thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import anyio
import pytest

from cashier.journal.runner import InlineRunner, Lane, Runner, ThreadRunner

pytestmark = pytest.mark.anyio


@pytest.fixture
def runner() -> Iterator[ThreadRunner]:
    made = ThreadRunner()
    yield made
    made.close()


class Held:
    """Work that has begun and ends when it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let_go = threading.Event()
        self.is_done = False

    def __call__(self) -> str:
        self.begun.set()
        assert self.let_go.wait(10)
        self.is_done = True
        return "result"


async def _wait_for(event: threading.Event) -> None:
    assert await anyio.to_thread.run_sync(event.wait, 10)


async def test_each_lane_is_one_thread_of_its_own(runner: ThreadRunner) -> None:
    async def thread(lane: Lane) -> str:
        return await runner.run(lane, lambda: threading.current_thread().name)

    writes = {await thread(Lane.WRITE) for _ in range(5)}
    reads = {await thread(Lane.READ) for _ in range(5)}
    assert len(writes) == len(reads) == 1
    assert writes != reads
    assert threading.current_thread().name not in writes | reads


async def test_calls_of_a_lane_run_in_the_order_they_came(runner: ThreadRunner) -> None:
    order: list[int] = []
    async with anyio.create_task_group() as group:
        for number in range(20):
            group.start_soon(runner.run, Lane.WRITE, lambda n=number: order.append(n))
    assert order == list(range(20))


async def test_reading_goes_on_while_a_write_is_held(runner: ThreadRunner) -> None:
    held = Held()
    async with anyio.create_task_group() as group:
        group.start_soon(runner.run, Lane.WRITE, held)
        await _wait_for(held.begun)
        assert await runner.run(Lane.READ, lambda: 7) == 7
        assert not held.is_done
        held.let_go.set()


async def test_a_cancelled_caller_waits_for_the_write_and_gets_its_result(
    runner: ThreadRunner,
) -> None:
    held = Held()
    results: list[str] = []
    scope = anyio.CancelScope()

    async def caller() -> None:
        with scope:
            results.append(await runner.run(Lane.WRITE, held))
            await anyio.sleep(60)

    async with anyio.create_task_group() as group:
        group.start_soon(caller)
        await _wait_for(held.begun)
        scope.cancel()
        await anyio.lowlevel.checkpoint()
        assert not results
        held.let_go.set()
    assert results == ["result"]
    assert scope.cancelled_caught


async def test_a_task_cancelled_by_asyncio_itself_ends_after_the_write(
    runner: ThreadRunner,
) -> None:
    held = Held()
    task = asyncio.get_running_loop().create_task(runner.run(Lane.WRITE, held))
    await _wait_for(held.begun)
    task.cancel()
    await anyio.lowlevel.checkpoint()
    task.cancel()
    await anyio.lowlevel.checkpoint()
    assert not task.done()
    held.let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert held.is_done


@pytest.mark.parametrize("make", [ThreadRunner, InlineRunner])
async def test_a_call_that_is_cancelled_before_it_begins_does_not_begin(
    make: type[ThreadRunner] | type[InlineRunner],
) -> None:
    runner: Runner = make()
    calls: list[int] = []
    with anyio.CancelScope() as scope:
        scope.cancel()
        await runner.run(Lane.WRITE, lambda: calls.append(1))
    runner.close()
    assert scope.cancelled_caught
    assert calls == []


@pytest.mark.parametrize("make", [ThreadRunner, InlineRunner])
async def test_what_the_work_raises_arrives(
    make: type[ThreadRunner] | type[InlineRunner],
) -> None:
    runner: Runner = make()

    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await runner.run(Lane.WRITE, fail)
    with pytest.raises(ValueError, match="no"):
        runner.call(Lane.READ, fail)
    runner.close()
