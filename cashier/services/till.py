"""The till as the screens use it: its services, and one stream of what they all depend on."""

from __future__ import annotations

import logging
import random
from collections.abc import Awaitable, Callable

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.payment import Payment
from cashier.domain.shift import Shift
from cashier.gateway.client import Gateway
from cashier.journal.epochs import Restoration
from cashier.journal.journal import Journal
from cashier.journal.reader import Reader
from cashier.services.health import Health, Link
from cashier.services.news import News
from cashier.services.office import Office, build_office
from cashier.services.pin_hash import PinHasher
from cashier.services.receipts import Receipts, next_number
from cashier.services.recovery import recover
from cashier.services.refund_watch import recover_refunds
from cashier.services.sales import Sales
from cashier.services.staff import Staff
from cashier.services.terminals import Terminals
from cashier.services.traffic import Traffic
from cashier.services.views import TillView
from cashier.services.watch import Watch

logger = logging.getLogger(__name__)

AFTER_A_BUG = 5.0
"""Seconds until a loop that a bug has ended is started again."""


class Till:
    """Holds the services together. Built by `cashier.app`; everything is on the network thread."""

    def __init__(
        self,
        *,
        journal: Journal,
        clock: Clock,
        traffic: Traffic,
        health: Health,
        watch: Watch,
        terminals: Terminals,
        receipts: Receipts,
        sales: Sales,
        office: Office,
        makes_copies: bool,
    ) -> None:
        self._traffic = traffic
        self.health = health
        self.watch = watch
        self.terminals = terminals
        self.receipts = receipts
        self.sales = sales
        self.staff = office.staff
        self.refunds = office.refunds
        self.refund_watch = office.refund_watch
        self.refund_decisions = office.refund_decisions
        self.decisions = office.decisions
        self.history = office.history
        self.shifts = office.shifts
        self.configuration = office.configuration
        self.news = News(
            journal=journal,
            clock=clock,
            payments=watch,
            refunds=office.refund_watch,
            terminals=terminals,
            staff=office.staff,
        )
        self.backups = office.backups
        self.restoring = office.restoring
        self._makes_copies = makes_copies
        self._journal = journal
        self._clock = clock
        self._changed = anyio.Event()
        self._shift: Shift | None = None
        self._next_number = ""
        self._restoration: Restoration | None = None
        self._link = health.view.link
        health.changed = self._note_link
        self.news.changed = self._note_change
        watch.changed = self._note_change
        terminals.changed = self._note_change
        office.refund_watch.changed = self._note_change
        office.staff.changed = self._note_change
        office.shifts.changed = self._note_change
        office.shifts.closed = office.backups.shift_ended
        office.backups.changed = self._note_change
        office.restoring.changed = self._note_change

    async def start(self) -> tuple[Payment, ...]:
        """Take up what the last run left, before the first sale. Asks the gateway nothing yet."""
        await self.terminals.load()
        await recover_refunds(self._journal, self.refund_watch, self._clock)
        return await recover(self._journal, self.watch, self._clock)

    async def run(self) -> None:
        """Follow payments and the link to the gateway until cancelled, whatever happens."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._keep_up, self.watch.run)
            tasks.start_soon(self._keep_up, self.terminals.keep_in_touch)
            tasks.start_soon(self._keep_up, self.refund_watch.run)
            tasks.start_soon(self._keep_up, self.staff.run)
            if not self._journal.is_file:
                tasks.start_soon(self._keep_up, self.news.run)
            if self._makes_copies:
                tasks.start_soon(self._keep_up, self.backups.run)

    async def _keep_up(self, loop: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await loop()
            except Exception:  # without its loop a till would wait for nothing, and say nothing
                logger.exception("a loop of the till has ended; it starts again")
            await self._clock.wait(AFTER_A_BUG)

    async def observe(self, report: Callable[[TillView], None]) -> None:
        """Report the whole view now and after every change, until cancelled."""
        while True:
            self._changed = anyio.Event()
            try:
                numbers = await self._journal.read(_numbers)
                self._shift, self._next_number, self._restoration = numbers
            except CashierError as error:  # the screens still hear of everything else
                logger.warning("the numbers of the shift were not read: %s", error)
            report(self.view())
            await self._changed.wait()

    async def open_payments(self) -> int:
        """How many payments and refunds keep merchant, key and address locked (row G28)."""
        return await self._journal.read(lambda reader: reader.count_unsettled())

    @property
    def is_busy(self) -> bool:
        """Whether the gateway is being asked something right now."""
        return self._traffic.is_busy or self.watch.is_reading or self.refund_watch.is_reading

    def view(self) -> TillView:
        """Everything the screens depend on, as it stands."""
        return TillView(
            payments=self.watch.views(),
            tasks=self.watch.tasks(),
            health=self.health.view,
            shift=self._shift,
            terminal=self.terminals.chosen,
            next_number=self._next_number,
            trouble=self.news.trouble or self.watch.trouble,
            refunds=self.refund_watch.views(),
            refund_tasks=self.refund_watch.tasks(),
            person=self.staff.current,
            restoration=self._restoration,
            copy_trouble=self.backups.trouble,
        )

    def _note_link(self) -> None:
        before, self._link = self._link, self.health.view.link
        if self._link is Link.CONNECTED and before is Link.LOST:
            self.watch.link_is_back()
        self._note_change()

    def _note_change(self) -> None:
        self._changed.set()


def _numbers(reader: Reader) -> tuple[Shift | None, str, Restoration | None]:
    return reader.open_shift(), next_number(reader), reader.restoration()


def build(
    *,
    journal: Journal,
    gateway: Gateway,
    clock: Clock,
    health: Health,
    chance: random.Random,
    new_id: Callable[[], str],
    name: str,
    limit: int,
    makes_copies: bool = False,
    hasher: PinHasher | None = None,
) -> Till:
    """Put a till together. `gateway` reports to `health`; `limit` is in minor units.

    `makes_copies`: of its journal, by itself.
    """
    traffic = Traffic(clock)
    staff = Staff(journal, clock, hasher, new_id=new_id)
    watch = Watch(
        journal=journal,
        gateway=gateway,
        clock=clock,
        traffic=traffic,
        health=health,
        chance=chance,
    )
    terminals = Terminals(
        journal=journal,
        gateway=gateway,
        clock=clock,
        traffic=traffic,
        health=health,
        staff=staff,
    )
    receipts = Receipts(journal=journal, clock=clock, staff=staff, new_id=new_id, till=name)
    sales = Sales(
        journal=journal,
        gateway=gateway,
        clock=clock,
        traffic=traffic,
        health=health,
        watch=watch,
        terminals=terminals,
        receipts=receipts,
        staff=staff,
        new_id=new_id,
        till=name,
        limit=limit,
    )
    return Till(
        journal=journal,
        clock=clock,
        traffic=traffic,
        health=health,
        watch=watch,
        terminals=terminals,
        receipts=receipts,
        sales=sales,
        office=build_office(
            journal=journal,
            gateway=gateway,
            clock=clock,
            traffic=traffic,
            watch=watch,
            staff=staff,
            chance=chance,
            new_id=new_id,
            till=name,
        ),
        makes_copies=makes_copies,
    )
