"""One run of a till: from opening its journal to a polite end, or to its sudden death.

A death drops everything that was in memory and keeps the files as they lie; the next run opens
a copy of them, while what is left of the dead one touches nothing any more.
"""

from __future__ import annotations

import asyncio
import logging
import random
import shutil
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeVar

import anyio

from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError, Failure
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.journal.runner import Lane
from cashier.journal.space import Limits
from cashier.services.health import Health
from cashier.services.till import Till
from tests.simulation.oracle import Oracle
from tests.simulation.people import Desk, PlainHasher, hire
from tests.simulation.swarm import Favour
from tests.simulation.wire import LineTransport, Wire
from tests.virtual_clock import START

T = TypeVar("T")
LIMITS = Limits(room=0, reserve=0)
TICK = 0.001
"""Seconds: the least that a clock waits."""
_SELDOM = ("payment.added PREPARED", "answer.kept CreatePayment")
"""Moments of a death that are over too soon to be met by chance."""
BASE_URL = "https://api.invoice.su/api/v2"


class Dead(BaseException):
    """This till is no more; whatever still runs of it stops here."""


class Unopened(Exception):
    """A journal was refused, so that its till can never go on."""


class Parts(Protocol):
    """What one till is made of; `planted` puts other parts in."""

    def make_gateway(self, **how: Any) -> Gateway: ...

    def make_till(self, **how: Any) -> Till: ...

    def prepare(self, path: Path) -> None: ...

    def bury(self, folder: Path) -> None: ...


class Dangers:
    """When a till dies and when its journal is in trouble, drawn from the seed."""

    def __init__(
        self,
        chance: random.Random,
        *,
        death: float,
        trouble: float,
        favour: Favour,
    ) -> None:
        self.chance = chance
        self.death = death
        self.trouble = trouble
        self.favour = favour
        self.is_calm = False

    def strikes(self, rate: float) -> bool:
        return not self.is_calm and rate > 0 and self.chance.random() < rate


class Life:
    """Made with `await Life.begin(...)`. Everything it awaits ends in Dead once it has died."""

    def __init__(
        self,
        number: int,
        folder: Path,
        *,
        oracle: Oracle,
        dangers: Dangers,
        chance: random.Random,
        new_id: Callable[[], str],
        met: Counter[str],
    ) -> None:
        self.number = number
        self.folder = folder
        self.oracle = oracle
        self.dangers = dangers
        self.chance = chance
        self.new_id = new_id
        self.met = met
        self.died = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[asyncio.Future[None], None] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._jump = 0.0
        self._opens = True
        self._born = self._loop.time()
        self.journal: Journal
        self.till: Till
        self.desk: Desk

    @property
    def is_dead(self) -> bool:
        return self.died.is_set()

    async def begin(self, wire: Wire, parts: Parts) -> None:
        """Open the journal, recover, and let the till's loops run."""
        try:
            self.journal = Journal.open(
                f"sqlite:///{self.folder}/journal.db",
                till=str(self.number),
                clock=self,
                new_id=self.new_id,
                runner=self,
                anchor=self.folder / "anchor",
                limits=LIMITS,
            )
        except CashierError as error:
            self.oracle.fail(f"till {self.number} does not open: {error}")
            raise Unopened from error
        self._opens = False
        self.oracle.opened(self.number, self.folder / "journal.db")
        health = Health(self)
        gateway = parts.make_gateway(
            base_url=BASE_URL,
            merchant_id="merchant",
            api_key=ApiKey("0" * 32),
            clock=self,
            transport=LineTransport(wire, self),
            observe=health.note,
        )
        self.till = parts.make_till(
            journal=self.journal,
            gateway=gateway,
            clock=self,
            health=health,
            chance=self.chance,
            new_id=self.new_id,
            name=str(self.number),
            limit=100_000_000,
            hasher=PlainHasher(self.sleep),
        )
        await self.till.start()
        staff = self.till.staff
        self.desk = Desk(
            staff, self.oracle.doors(self.number), self.ran, self.met, self.oracle.fail
        )
        if not await staff.people():
            await hire(self.journal, self.number, self.new_id)
        await self.desk.sit_down(self.chance)
        self.start(self.till.run())

    def ran(self) -> float:
        """Seconds for which this till has run, in this life and those before."""
        return self.oracle.ran[self.number] + self._loop.time() - self._born

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Let something of this till run, until it ends, the till stops or dies."""
        task = self._loop.create_task(self._guarded(work))
        self._tasks.append(task)
        return task

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Dead:
            pass
        except BaseExceptionGroup as group:
            if group.split(Dead)[1] is not None and not self.is_dead:
                raise

    def look(self) -> None:
        """Let the oracle see what the screens show at this moment."""
        self.oracle.look(self.number, self.till.view())

    # Its end

    def maybe_die(self, where: str, *, times: int = 1) -> None:
        """Die here, as often as the seed says; `times` more often at a place met seldom."""
        times *= self.dangers.favour.dies_here(where)
        if self.dangers.strikes(times * self.dangers.death):
            self.die(where)

    def die(self, where: str) -> NoReturn:
        """The power fails, or the process is killed, at this very place."""
        self.drop(where)
        raise Dead

    def drop(self, where: str) -> None:
        """Die, as seen from outside."""
        if not self.is_dead:
            self.met["deaths"] += 1
            self.met[f"death {where}"] += 1
            self.oracle.note_death(self.number)
            self.oracle.ran[self.number] = self.ran()
            self.oracle.story.append(f"till {self.number} DIES {where}")
            self.died.set()
            for waiting in list(self._waiting):
                if not waiting.done():
                    waiting.set_exception(Dead())

    def check(self) -> None:
        if self.is_dead:
            raise Dead

    async def end(self, parts: Parts) -> Path:
        """After a death: let go of all that is left. Returns the files for the next run."""
        await self._stop_tasks()
        heir = self.folder.with_name(f"{self.folder.name}x")
        shutil.copytree(self.folder, heir, ignore=shutil.ignore_patterns("*-shm"))
        parts.bury(heir)
        self._opens = True
        self.journal.close()
        shutil.rmtree(self.folder)
        return heir

    async def stop(self) -> None:
        """A polite end, between two calls."""
        while self.till.is_busy:
            await self.sleep(0.05)
        await self._stop_tasks()
        self._opens = True
        self.journal.close()

    async def _stop_tasks(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # The journal's runner: inline, its results heard a turn later

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        self.check()
        if lane is Lane.READ:
            return work()
        dangers = self.dangers
        if dangers.strikes(dangers.trouble):
            failure = dangers.chance.choice((Failure.JOURNAL_BUSY, Failure.DISK_FULL))
            self.met["G8 disk full" if failure is Failure.DISK_FULL else "G10 journal busy"] += 1
            raise CashierError(failure)
        self.maybe_die(f"before a commit{self.oracle.rest(self.number)}")
        result = work()
        newest = self.oracle.committed(self.number, acknowledged=False)
        self.met["commits"] += 1
        is_result = newest.endswith(("PAID", "SETTLED"))
        if is_result:
            self.maybe_die("after a result", times=10)
        else:
            self.maybe_die(f"after {newest}", times=5 if newest in _SELDOM else 1)
        if dangers.chance.random() < 0.3:
            await asyncio.sleep(0)
            self.check()
        self.oracle.committed(self.number)
        return result

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return work()

    def close(self) -> None:
        """There is no thread to end."""

    # Its clock

    def utc(self) -> datetime:
        return START + timedelta(seconds=self._loop.time() + self._jump)

    def monotonic(self) -> float:
        return self._loop.time()

    def set_wall(self, ahead: float) -> None:
        self._jump += ahead

    async def wait(self, seconds: float, wake: anyio.Event | None = None) -> None:
        # The loop takes what is less than its resolution for no time at all: it would stand still.
        seconds = max(TICK, seconds) if seconds > 0 else 0.0
        if wake is None:
            await self.sleep(seconds)
            return
        self.check()
        with anyio.move_on_after(seconds):
            await wake.wait()
        self.check()

    async def sleep(self, seconds: float) -> None:
        """Seconds of virtual time, or until death."""
        self.check()
        waiting = self._loop.create_future()
        timer = self._loop.call_later(seconds, _wake, waiting)
        self._waiting[waiting] = None
        try:
            await waiting
        finally:
            timer.cancel()
            self._waiting.pop(waiting, None)

    async def never(self) -> None:
        """Silence: until whoever waits gives up, or death."""
        await self.sleep(1e6)


def _wake(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)


class Bugs(logging.Handler):
    """Whatever the till logs as an error is a bug or a fault, and here there are no faults."""

    def __init__(self, oracle: Oracle) -> None:
        super().__init__(logging.ERROR)
        self._oracle = oracle

    def emit(self, record: logging.LogRecord) -> None:
        cause = record.exc_info[1] if record.exc_info else None
        self._oracle.fail(f"logged: {record.getMessage()}: {cause!r}")
