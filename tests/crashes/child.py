"""A till's process that dies where it is told to: `python -m tests.crashes.child ...`.

It tells of every commit that is safe on the disk, and of every point it reaches: before, inside and
after each commit, before and after each request, after each answer.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
import httpx
from sqlalchemy import event

from cashier.clock import SystemClock
from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError
from cashier.domain.terminal import NewTerminal
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.journal.runner import Lane, ThreadRunner
from cashier.sandbox.values import DEMO_API_KEY, DEMO_MERCHANT_ID
from cashier.services.health import Health
from cashier.services.till import build
from cashier.services.training_staff import start_training
from tests.crashes.scenarios import Desk, play
from tests.till_bench import QUICK_HASHER, SMALL

T = TypeVar("T")
Say = Callable[[str], None]

READY = "ready"
ALIAS = "1:2"


class Points:
    """Counts the points that are reached, and dies at one of them; at 0 never."""

    def __init__(self, kill_at: int, say: Say) -> None:
        self._kill_at = kill_at
        self._say = say
        self._reached = 0
        self._lock = threading.Lock()
        self.is_counting = False

    def reach(self, name: str) -> None:
        with self._lock:
            if not self.is_counting:
                return
            self._reached += 1
            self._say(f"point {self._reached} {name}")
            if self._reached == self._kill_at:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class PointedRunner:
    """The journal's own threads, with points around every commit."""

    def __init__(self, points: Points, say: Say) -> None:
        self._threads = ThreadRunner()
        self._points = points
        self._say = say
        self.journal: Journal | None = None

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        if lane is Lane.READ:
            return await self._threads.run(lane, work)

        def pointed() -> T:
            self._points.reach("before a commit")
            result = work()
            assert self.journal is not None
            self._say(f"commit {self.journal._last.seq} {self.journal._last.hash}")
            self._points.reach("after a commit")
            return result

        return await self._threads.run(lane, pointed)

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return self._threads.call(lane, work)

    def close(self) -> None:
        self._threads.close()


class PointedTransport:
    """A connection of its own for every request, with points around it."""

    def __init__(self, points: Points) -> None:
        self._points = points
        self._real = httpx.AsyncHTTPTransport(
            trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        call = request.url.path.rpartition("/")[2]
        trace = request.extensions["trace"]

        async def traced(name: str, info: dict[str, Any]) -> None:
            await trace(name, info)
            if name == "http11.send_request_body.complete":
                self._points.reach(f"after sending {call}")

        request.extensions["trace"] = traced
        self._points.reach(f"before sending {call}")
        response = await self._real.handle_async_request(request)
        body = await response.aread()
        self._points.reach(f"after the answer to {call}")
        return httpx.Response(response.status_code, headers=response.headers, content=body)

    async def aclose(self) -> None:
        await self._real.aclose()


def run(folder: Path, base_url: str, scenario: str, kill_at: int, say: Say) -> None:
    """A whole process's life, unless it ends before."""
    anyio.run(_live, folder, base_url, scenario, kill_at, say)


async def _live(folder: Path, base_url: str, scenario: str, kill_at: int, say: Say) -> None:
    points = Points(kill_at, say)
    runner = PointedRunner(points, say)
    clock = SystemClock()
    try:
        journal = Journal.open(
            f"sqlite:///{folder}/journal.db",
            till="2",
            clock=clock,
            runner=runner,
            anchor=folder.parent / f"{folder.name}.anchor",
            limits=SMALL,
        )
    except CashierError as error:
        say(f"refused {error.failure.value}")
        return
    runner.journal = journal
    assert journal._writer is not None
    event.listen(journal._writer.engine, "commit", lambda _: points.reach("inside a commit"))
    health = Health(clock)
    gateway = Gateway(
        base_url=base_url,
        merchant_id=DEMO_MERCHANT_ID,
        api_key=ApiKey(DEMO_API_KEY),
        clock=clock,
        observe=health.note,
        transport=PointedTransport(points),
    )
    till = build(
        journal=journal,
        gateway=gateway,
        clock=clock,
        health=health,
        chance=random.Random(7),  # noqa: S311  jitter
        new_id=lambda: uuid.uuid4().hex,
        name="2",
        limit=100_000_000,
    )
    try:
        await till.start()
        await start_training(till.staff, journal, "ru", hasher=QUICK_HASHER)
        boss = max(await till.staff.people(), key=lambda person: person.role)
        await till.staff.sign_in_without_pin(boss.id)
        if not till.terminals.known:
            await till.terminals.create(NewTerminal(name="Касса 2", alias=ALIAS))
        say(READY)
        points.is_counting = True
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(till.run)
            desk = Desk(till, base_url.replace("/api/v2", "/control"))
            say(f"ended {await play(desk, scenario)}")
            points.is_counting = False
            tasks.cancel_scope.cancel()
    except CashierError as error:
        say(f"ended {error.failure.value}")
    await gateway.aclose()
    journal.close()
    say("closed")


def main() -> None:
    folder, base_url, scenario = sys.argv[1:4]

    def say(text: str) -> None:
        os.write(1, f"{text}\n".encode())

    run(Path(folder), base_url, scenario, 0, say)


if __name__ == "__main__":
    main()
