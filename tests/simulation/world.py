"""One seed: a world of tills, customers and weather, from the first sale to the last proof."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from cashier.domain.failure import CashierError
from cashier.domain.terminal import NewTerminal, TerminalType
from cashier.gateway.client import Gateway
from cashier.journal import upgrade
from cashier.journal.sqlite import dispose, open_writer
from cashier.journal.verify import verify
from cashier.services.till import Till, build
from tests.simulation import swarm
from tests.simulation.bank import Bank
from tests.simulation.life import Bugs, Dangers, Dead, Life, Parts
from tests.simulation.loop import run
from tests.simulation.oracle import Oracle
from tests.simulation.shop import Shop
from tests.simulation.wire import Weather, Wire

JUMP = "G14 G15 clock jump"
SELDOM = 3700.0
"""Seconds: how long a payment that was given up an hour ago may go unread."""
HEALING = 600.0
"""Seconds of the virtual clock within which everything that needs no person must end."""
ROUNDS = 10
"""Half hours in which people clear their desks: a payment lets go of one refund at a time."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is, and how rough.

    `sales` of each till, `seconds` that it sells, the chance of a fault in one exchange with the
    gateway and of a death in one step; of each one is drawn. `favours`: whether each seed meets a
    few rare things far more often.
    """

    tills: tuple[int, ...]
    sales: tuple[int, int]
    seconds: tuple[float, float]
    faults: tuple[float, ...]
    deaths: tuple[float, ...]
    favours: bool = False


LONG = Size(
    tills=(1, 2, 2, 2, 3),
    sales=(1, 4),
    seconds=(40, 110),
    faults=(0.03, 0.08, 0.15, 0.3),
    deaths=(0.0, 0.003, 0.01),
)
ROUGH = Size(
    tills=(1, 2), sales=(1, 3), seconds=(30, 60), faults=(0.3, 0.5), deaths=(0.0, 0.02, 0.04)
)
"""Nothing goes well: for the bad designs, which show here soonest."""
SHORT = Size(
    tills=(1, 2), sales=(1, 2), seconds=(20, 45), faults=(0.1, 0.2, 0.3), deaths=(0.0, 0.005, 0.01)
)
RARE = Size(
    tills=(1, 1, 2),
    sales=(3, 6),
    seconds=(120, 260),
    faults=(0.02, 0.1),
    deaths=(0.002, 0.005),
    favours=True,
)
"""Most goes well, and a few things that are met seldom elsewhere happen over and over."""


SIZES = {"long": LONG, "short": SHORT, "rough": ROUGH, "rare": RARE}


class RealParts:
    """The services as the program has them."""

    def make_gateway(self, **how: Any) -> Gateway:
        return Gateway(**how)

    def make_till(self, **how: Any) -> Till:
        return build(**how)

    def prepare(self, path: Path) -> None:
        """The journal's file is as the program makes it."""

    def bury(self, folder: Path) -> None:
        """What was committed is there after a death."""


@dataclass(slots=True)
class Finding:
    """What one seed came to. `digest` is over every row of every journal."""

    seed: int
    digest: str
    violations: list[str]
    met: Counter[str]
    story: list[str]


def simulate(
    seed: int, size: Size = LONG, parts: Parts | None = None, people: type[Shop] = Shop
) -> Finding:
    """Run one seed to its end."""
    with _folder() as folder:
        world = _World(seed, size, folder, parts or RealParts(), people)
        with _listening(world.oracle), _one_cache():
            try:
                run(world.live())
            except Exception as error:  # noqa: BLE001  a seed that ends badly is a finding
                world.oracle.fail(f"ended by {error!r}")
        world.oracle.close()
        return Finding(seed, world.digest, world.oracle.violations, world.met, world.oracle.story)


class _World:
    def __init__(
        self, seed: int, size: Size, folder: Path, parts: Parts, people: type[Shop]
    ) -> None:
        self._people = people
        self._seed = seed
        self._size = size
        self._folder = folder
        self._parts = parts
        self._ids = self._stream("ids")
        self._chance = self._stream("world")
        self.met: Counter[str] = Counter()
        self.digest = ""
        favour = swarm.draw(self._stream("favours")) if size.favours else swarm.NONE
        self._bank = Bank(
            self._stream("bank"), now=_now, later=_later, met=self.met, is_late=favour.is_late
        )
        self.oracle = Oracle(self._bank, self.met)
        calm = self._chance.random() < 0.1
        weather = Weather(
            rate=0.0 if calm else self._chance.choice(size.faults),
            spares_terminals=seed % 3 > 0,
            favours=favour.faults,
        )
        self._wire = Wire(
            self._bank,
            self.oracle,
            self._stream("wire"),
            weather,
            self.met,
            now=_now,
            later=_later,
        )
        self._dangers = Dangers(
            self._stream("dangers"),
            death=0.0 if calm else self._chance.choice(size.deaths),
            trouble=0.0 if calm else self._chance.choice((0.0, 0.0, 0.01)),
            favour=favour,
        )
        self._lives: dict[int, Life] = {}
        self._shops: dict[int, Shop] = {}
        self._sales: Counter[int] = Counter()
        self._is_open = True

    def _stream(self, name: str) -> random.Random:
        return random.Random(f"{self._seed} {name}")  # noqa: S311  the seed's own chance

    def _new_id(self) -> str:
        return f"{self._ids.getrandbits(128):032x}"

    async def live(self) -> None:
        """Safety: sell while everything fails. Liveness: heal, and see that all comes to an end."""
        tills = self._chance.choice(self._size.tills)
        opening = self._chance.uniform(*self._size.seconds)
        for number in range(1, tills + 1):
            self._sales[number] = self._chance.randint(*self._size.sales)
        keepers = [asyncio.create_task(self._keep(number)) for number in range(1, tills + 1)]
        storms = asyncio.create_task(self._storms())
        await asyncio.sleep(opening)
        self._is_open = False
        storms.cancel()
        self._wire.weather.is_calm = True
        self._wire.weather.key_refused_until = self._wire.weather.down_until = 0.0
        self._dangers.is_calm = self._bank.is_calm = True
        for shop in self._shops.values():
            shop.is_open = False
        await asyncio.gather(*keepers)
        if not self.oracle.violations:
            await self._heal()
        await self._end()

    # The tills

    async def _keep(self, number: int) -> None:
        """A till from its first start on: after every death it is started again."""
        folder = self._folder / str(number)
        folder.mkdir()
        (folder / "journal.db").write_bytes(_blank())
        self._parts.prepare(folder / "journal.db")
        await asyncio.sleep(self._chance.uniform(0, 5))
        while True:
            life = Life(
                number,
                folder,
                oracle=self.oracle,
                dangers=self._dangers,
                chance=self._stream(f"till {number} {_now()}"),
                new_id=self._new_id,
                met=self.met,
            )
            try:
                await life.begin(self._wire, self._parts)
                await self._terminal(life)
            except (Dead, CashierError):
                life.drop("at a start that failed")
                folder = await life.end(self._parts)
                continue
            self._lives[number] = life
            shop = self._people(
                life,
                self._bank,
                self._stream(f"shop {number} {_now()}"),
                sales=self._sales[number],
            )
            self._shops[number] = shop
            shop.is_open = self._is_open
            people = [life.start(shop.sell()), life.start(shop.manage())]
            await asyncio.wait(people)
            if not life.is_dead:
                return
            self._sales[number] = shop.sales_left
            folder = await life.end(self._parts)
            await asyncio.sleep(self._chance.uniform(0.1, 20))

    async def _terminal(self, life: Life) -> None:
        if life.till.terminals.known:
            return
        kind = TerminalType.STATIC if self._seed % 7 == 0 else TerminalType.DYNAMIC
        new = NewTerminal(name=f"Касса {life.number}", alias=f"1:{life.number}", type=kind)
        while True:
            try:
                approval = await life.desk.allow_terminal()
                await life.till.terminals.create(new, approval=approval)
            except CashierError:
                self.met["T1 CreateTerminal in trouble"] += 1
                await life.sleep(5)
            else:
                return

    async def _storms(self) -> None:
        """Now and then the link is down, or the key is refused, or a clock jumps."""
        weather, chance = self._wire.weather, self._stream("storms")
        if not weather.rate:
            return
        while True:
            await asyncio.sleep(chance.uniform(10, 60))
            match chance.choices(("down", "key", "jump"), (6, 1, 2))[0]:
                case "down":
                    self.met["G16 link down"] += 1
                    weather.down_until = _now() + chance.uniform(2, 40)
                case "key":
                    self.met["G17 key refused"] += 1
                    weather.key_refused_until = _now() + chance.uniform(2, 20)
                case _:
                    self.met[JUMP] += 1
                    for life in self._lives.values():
                        life.set_wall(chance.choice((-3600.0, 30.0, 3600.0)))

    # The end

    async def _heal(self) -> None:
        await self._until(self.oracle.is_quiet, HEALING)
        for what in self.oracle.unfinished():
            self.oracle.fail(f"after {HEALING:.0f} s of calm: {what}")
        if self.met[JUMP]:
            # A till that starts with another clock may take a payment for hours old.
            await self._until(lambda: not self.oracle.forgotten(), SELDOM)
        for what in self.oracle.forgotten():
            self.oracle.fail(f"after {HEALING:.0f} s of calm and more: {what}")
        for shop in self._shops.values():
            await shop.clear_desk()
        for _ in range(ROUNDS):
            if any(self._unknown_refunds()) or any(self._not_entered()) or self._lost():
                await asyncio.sleep(31 * 60)
                for shop in self._shops.values():
                    await shop.clear_desk()
        for what in self._unknown_refunds():
            self.oracle.fail(f"nobody could settle {what}")
        for what in self._not_entered():
            self.oracle.fail(f"nobody could enter {what}")
        if self._lost():
            self.oracle.fail("a refund is followed by a number that is nobody's")
        for shop in self._shops.values():
            await shop.refund_everything()
        self._check_tasks()

    async def _until(self, is_so: Callable[[], bool], seconds: float) -> None:
        for _ in range(int(seconds / 10)):
            if is_so():
                return
            await asyncio.sleep(10)

    def _unknown_refunds(self) -> Iterator[str]:
        for number, mirror in self.oracle.mirrors.items():
            for row in mirror.refunds.values():
                if row.state in ("UNKNOWN", "PREPARED"):
                    yield f"till {number} refund {row.id[:8]} {row.state}"

    def _lost(self) -> bool:
        """Whether a refund is still followed by a number that is nobody's."""
        lost = self.oracle.lost_ids
        return any(
            row.facts.get("refund_id") in lost and row.state in ("ACCEPTED", "FAIL_SEEN")
            for mirror in self.oracle.mirrors.values()
            for row in mirror.refunds.values()
        )

    def _not_entered(self) -> Iterator[str]:
        """What went back in the account and is in no budget; too much of it can be in none."""
        for number in self._shops:
            for refund in self._bank.not_entered(number):
                if not self._bank.payments[refund.payment_id].is_over_refund_excused:
                    yield f"till {number} refund {refund.id}"

    def _check_tasks(self) -> None:
        """Late money that nobody has decided about is in front of somebody."""
        for number, mirror in self.oracle.mirrors.items():
            shown = {one.payment.id for one in self._lives[number].till.view().tasks}
            for row in mirror.payments.values():
                is_open = row.state == "LATE_PAID" and not row.facts.get("decision")
                if is_open and row.id not in shown:
                    self.oracle.fail(f"till {number}: late money {row.id[:8]} is no task")

    async def _end(self) -> None:
        digest = hashlib.sha256()
        for number, life in sorted(self._lives.items()):
            await life.stop()
            path = life.folder / "journal.db"
            if number == 1 + self._seed % len(self._lives):
                report = verify(f"sqlite:///{path}", anchor=life.folder / "anchor")
                for problem in report.problems:
                    self.oracle.fail(f"till {number} does not verify: {problem}")
            digest.update(_rows(path))
        self.digest = digest.hexdigest()


def _rows(path: Path) -> bytes:
    """Every row of every table, in one order."""
    connection = sqlite3.connect(path)
    digest = hashlib.sha256()
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    for (name,) in connection.execute(names).fetchall():
        for row in connection.execute(f'SELECT * FROM "{name}"').fetchall():  # noqa: S608
            digest.update(repr((name, row)).encode())
    connection.close()
    return digest.digest()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _later(seconds: float, what: Any) -> object:
    return asyncio.get_running_loop().call_later(max(0.0, seconds), what)


@cache
def _blank() -> bytes:
    """A journal's file with its tables and nothing in them: making them is the same each time."""
    with _folder() as folder:
        connection = open_writer(folder / "blank.db", busy=5)
        with connection.begin():
            upgrade.create(connection)
        dispose(connection)
        return (folder / "blank.db").read_bytes()


@contextmanager
def _folder() -> Iterator[Path]:
    """In memory where the system offers it: nothing here has to survive a power cut."""
    shared = Path("/dev/shm")  # noqa: S108
    folder = Path(tempfile.mkdtemp(dir=shared if shared.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _one_cache() -> Iterator[None]:
    """Let every journal of the simulation share the statements that SQLAlchemy has compiled.

    Each would compile all of its own anew, which takes longer than the rest of a short world.
    """

    def share(connection: Connection) -> None:
        first = _FIRST.setdefault(connection.dialect.name, connection.engine)
        connection.dialect = connection.engine.dialect = first.dialect
        connection.engine._compiled_cache = first._compiled_cache

    event.listen(Engine, "engine_connect", share)
    try:
        yield
    finally:
        event.remove(Engine, "engine_connect", share)


_FIRST: dict[str, Engine] = {}


@contextmanager
def _listening(oracle: Oracle) -> Iterator[None]:
    """What the till logs as an error is a violation; nothing of it is printed."""
    logger = logging.getLogger("cashier")
    bugs, level, passed_on = Bugs(oracle), logger.level, logger.propagate
    logger.addHandler(bugs)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(bugs)
        logger.setLevel(level)
        logger.propagate = passed_on
