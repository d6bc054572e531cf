"""A whole till without a window: real services, a real journal, a real gateway on a real socket."""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from anyio.lowlevel import checkpoint

from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError
from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Person, Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.gateway.client import Gateway
from cashier.gateway.deadlines import Deadlines, Limit
from cashier.journal.journal import Journal
from cashier.journal.runner import Lane, ThreadRunner
from cashier.journal.space import Limits
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.values import DEMO_API_KEY, DEMO_MERCHANT_ID
from cashier.services.health import Health, Link
from cashier.services.pin_hash import PinHasher
from cashier.services.staff import Approval, Staff
from cashier.services.till import Till, build
from cashier.services.training_staff import OTHER_PIN, start_training
from cashier.services.views import PaymentView, TillView
from tests.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from tests.simulation.planted import Design

T = TypeVar("T")
PLANTED = "CASHIER_PLANTED"
QUICK_HASHER = PinHasher(memory_kib=64, rounds=1)
SMALL = Limits(reserve=4096)
"""No 32 MiB of reserve for each journal of a test."""
_MINUTE = Limit(60, 60, 60, 60)
PATIENT = Deadlines(_MINUTE, _MINUTE, _MINUTE, _MINUTE, _MINUTE)
"""Sockets are real and the clock is not: on a busy machine a call must not run out of its time."""


async def put_at_till(staff: Staff, journal: Journal, role: Role) -> Person:
    """Sign in the training person of this role, made first where there is nobody."""
    if not await staff.people():
        await start_training(staff, journal, "ru", hasher=QUICK_HASHER)
    person = next(one for one in await staff.people() if one.role is role)
    return await staff.sign_in_without_pin(person.id)


class Hold:
    """A write that waits in the middle until it is let go."""

    def __init__(self, is_done: bool) -> None:
        self.is_done = is_done
        self.reached = anyio.Event()
        self.let_go = anyio.Event()

    async def wait(self) -> None:
        self.reached.set()
        with anyio.CancelScope(shield=True):
            await self.let_go.wait()


class SeenRunner:
    """The journal's own threads, with their work seen from outside.

    `trouble`: what the next calls of a lane end in before anything is done, one each; None: well.
    """

    def __init__(self) -> None:
        self._threads = ThreadRunner()
        self.under_way = 0
        self.writes = 0
        self.trouble: dict[Lane, list[Exception | None]] = {lane: [] for lane in Lane}
        self._hold: Hold | None = None

    def hold_write(self, *, done: bool = False) -> Hold:
        """Let the next write wait before it is done, or (`done`) before anybody hears of it."""
        self._hold = Hold(done)
        return self._hold

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        error = self.trouble[lane].pop(0) if self.trouble[lane] else None
        if error is not None:
            await checkpoint()
            raise error
        hold: Hold | None = None
        if lane is Lane.WRITE:
            self.writes += 1
            hold, self._hold = self._hold, None
        if hold is not None and not hold.is_done:
            await hold.wait()
        self.under_way += 1
        try:
            result = await self._threads.run(lane, work)
        finally:
            self.under_way -= 1
        if hold is not None and hold.is_done:
            await hold.wait()
        return result

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return self._threads.call(lane, work)

    def close(self) -> None:
        self._threads.close()


class Bench:
    """One run of a till. Several can follow each other on one folder and one gateway."""

    def __init__(
        self,
        till: Till,
        journal: Journal,
        clock: VirtualClock,
        sandbox: SandboxServer,
        runner: SeenRunner,
    ) -> None:
        self.till = till
        self.journal = journal
        self.clock = clock
        self.sandbox = sandbox
        self.views: list[TillView] = []
        self.runner = runner
        self._seen = anyio.Event()
        clock.is_busy = lambda: till.is_busy or runner.under_way > 0

    @property
    def view(self) -> TillView:
        return self.till.view()

    def link(self) -> Link:
        """How the header would call the way to the gateway."""
        return self.till.view().health.link

    async def watch_views(self) -> None:
        """Collect what the screens would be shown."""

        def report(view: TillView) -> None:
            self.views.append(view)
            self._seen.set()
            self._seen = anyio.Event()

        await self.till.observe(report)

    async def until(self, is_so: Callable[[TillView], bool]) -> TillView:
        """Wait (for real I/O, not for the clock) until a view satisfies `is_so`."""
        with anyio.fail_after(10):
            while True:
                seen = self._seen
                view = self.till.view()
                if is_so(view):
                    return view
                await seen.wait()

    async def type_receipt(self, *goods: tuple[str, str, str]) -> SavedReceipt:
        """A saved draft of (name, price, quantity) lines."""
        saved = await self.till.receipts.draft()
        receipt = saved.receipt
        for name, price, quantity in goods or (("Сок яблочный, 1 л", "139.90", "1"),):
            receipt = receipt.add(name, Money.of(price), Quantity.of(quantity))
        return await self.till.receipts.save(saved, receipt)

    async def charge(self, *goods: tuple[str, str, str]) -> PaymentView:
        saved = await self.type_receipt(*goods)
        return await self.till.sales.charge(saved.id)

    async def payment(self, payment_id: str) -> Payment:
        """As the journal has it."""
        return await self.journal.read(lambda reader: reader.payment(payment_id))

    async def state(self, payment_id: str) -> PaymentState:
        return (await self.payment(payment_id)).state

    async def do(self, use_case: Awaitable[T]) -> T:
        """Run a use case that waits on the clock, moving time while nothing else happens."""
        results: list[T] = []
        errors: list[CashierError] = []

        async def run() -> None:
            try:
                results.append(await use_case)
            except CashierError as error:
                errors.append(error)

        with anyio.fail_after(20):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(run)
                while not results and not errors:
                    await anyio.sleep(0.002)
                    if not results and not errors and not self.clock.is_busy():
                        await self.clock.advance(0.25)
        if errors:
            raise errors[0]
        return results[0]

    async def sign_in(self, role: Role) -> Person:
        """Put the training person of this role at the till."""
        return await put_at_till(self.till.staff, self.journal, role)

    async def approve(self, right: Right) -> Approval:
        """Somebody who has the right gives a PIN for one action of whoever is at the till."""
        people = await self.till.staff.people()
        boss = max(people, key=lambda person: person.role)
        return await self.till.staff.approve(boss.id, OTHER_PIN, right)

    async def pass_time(self, seconds: float) -> None:
        """Let the virtual clock run, with every read finished before it goes on."""
        await self.clock.advance(seconds)

    def calls(self, method: str) -> int:
        """How often the gateway was called."""
        return self.sandbox.gateway.call_count(method)

    async def until_called(self, method: str, times: int) -> None:
        """Wait (for real I/O) until the gateway has been called so often."""
        with anyio.fail_after(10):
            while self.calls(method) < times:  # noqa: ASYNC110  the count is another thread's
                await anyio.sleep(0.01)

    def fault(self, method: str, fault: Fault, *, times: int = 1, **how: Any) -> None:
        """Make the gateway's next answers to a method bad."""
        planned = PlannedFault(fault=fault, method=method, times=times, **how)
        self.sandbox.gateway.faults.add(planned)


def _design() -> Design | None:
    """A bad design that the environment asks for: is there a test that finds it out?"""
    name = os.environ.get(PLANTED)
    if name is None:
        return None
    from tests.simulation.planted import DESIGNS

    return DESIGNS[name]


def bury(folder: Path) -> None:
    """A till on that folder has died; a bad design may lose what it had written."""
    design = _design()
    if design is not None:
        design.bury(folder)


def planted(staff: Staff) -> Staff:
    """The same people; by the rules of a bad design, when the environment asks for one."""
    design = _design()
    if design is not None:
        design.plant_in(staff)
    return staff


@asynccontextmanager
async def open_bench(
    folder: Path,
    sandbox: SandboxServer,
    clock: VirtualClock,
    *,
    terminal: str = "1:2",
    limits: Deadlines = PATIENT,
    base_url: str = "",
    key: str = DEMO_API_KEY,
    merchant: str = DEMO_MERCHANT_ID,
    is_running: bool = True,
    role: Role | None = Role.CASHIER,
    journal_url: str = "",
    name: str = "2",
) -> AsyncIterator[Bench]:
    """A till on `folder`'s journal and the gateway `sandbox`, its loop running.

    `role`: who is at the till; None for nobody, and then no staff is made either. `journal_url`:
    a server instead of the folder, where tills differ by `name`.
    """
    runner = SeenRunner()
    journal = Journal.open(
        journal_url or f"sqlite:///{folder}/journal.db",
        till=name,
        clock=clock,
        limits=SMALL,
        runner=runner,
    )
    health = Health(clock)
    design = _design()
    if design is not None:
        design.prepare(folder / "journal.db")
    gateway = (design.make_gateway if design else Gateway)(
        base_url=base_url or sandbox.base_url,
        merchant_id=merchant,
        api_key=ApiKey(key),
        clock=clock,
        observe=health.note,
        limits=limits,
    )
    till = (design.make_till if design else build)(
        journal=journal,
        gateway=gateway,
        clock=clock,
        health=health,
        chance=random.Random(7),  # noqa: S311  jitter, and the same each time
        new_id=lambda: uuid.uuid4().hex,
        name=name,
        limit=100_000_000,
    )
    bench = Bench(till, journal, clock, sandbox, runner)
    try:
        await till.start()
        if role is not None:
            await bench.sign_in(role)
        if terminal and not till.terminals.known:
            await till.terminals.prepare(NewTerminal(name="Касса 2 · Зал", alias=terminal))
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.watch_views)
            if is_running:
                tasks.start_soon(till.run)
            yield bench
            tasks.cancel_scope.cancel()
    finally:
        await gateway.aclose()
        journal.close()
