"""For the tests of refunds: real services on a real journal and the sandbox, in front of a page."""

from __future__ import annotations

import random
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cashier.clock import SystemClock
from cashier.credentials import ApiKey
from cashier.domain.money import Money
from cashier.domain.payment import Payment
from cashier.domain.quantity import Quantity
from cashier.domain.refund import Refund
from cashier.domain.staff import Person, Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.sandbox.server import SandboxServer
from cashier.services.health import Health
from cashier.services.refund_views import RefundView
from cashier.services.till import Till, build
from cashier.services.views import TillView
from cashier.ui.background import Background
from cashier.ui.dialogs.pin import PinDialog
from cashier.ui.pages.refund import RefundPage
from cashier.ui.widgets.button import Button
from tests.till_bench import SMALL
from tests.ui.payment_kit import FrameStandIn
from tests.ui.setup_kit import type_text
from tests.ui.staff_kit import NAMES, PINS
from tests.virtual_clock import START

T = TypeVar("T")
GOODS = (
    ("Кофе молотый «Колумбия», 250 г", "459.00", "2"),
    ("Чай чёрный байховый, 100 пакетиков", "289.90", "1"),
    ("Термокружка стальная, 450 мл", "1250.00", "1"),
    ("Печенье овсяное, весовое", "329.00", "0.754"),
    ("Шоколад тёмный 72 %, 90 г", "129.90", "3"),
)


class MovedClock(SystemClock):
    """The wall clock and the counters' clock, moved on by hand; waits are the machine's."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def utc(self) -> datetime:
        return START + timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead


@dataclass(slots=True)
class Desk:
    """A till that can refund, and what tests and pictures do with it."""

    till: Till
    background: Background
    journal: Journal
    server: SandboxServer
    clock: MovedClock

    def call(self, use_case: Callable[..., Awaitable[T]], *args: object) -> T:
        return self.background.call(use_case, *args)

    def sell(self, *goods: tuple[str, str, str]) -> Payment:
        """A receipt that somebody has paid for."""

        async def work() -> Payment:
            saved = await self.till.receipts.draft()
            receipt = saved.receipt
            for name, price, quantity in goods or GOODS:
                receipt = receipt.add(name, Money.of(price), Quantity.of(quantity))
            saved = await self.till.receipts.save(saved, receipt)
            view = await self.till.sales.charge(saved.id)
            self.server.gateway.pay(view.payment.payment_id)
            paid = await self.till.sales.check(view.payment.id)
            await self.till.sales.result_seen(view.payment.id)
            return paid.payment

        return self.call(work)

    def payment(self, payment_id: str) -> Payment:
        async def read() -> Payment:
            return await self.journal.read(lambda reader: reader.payment(payment_id))

        return self.call(read)

    def refunds(self, payment_id: str) -> list[Refund]:
        async def read() -> list[Refund]:
            return await self.journal.read(lambda reader: list(reader.refunds_of(payment_id)))

        return self.call(read)

    def refund_lines(self, payment_id: str, **lines: str) -> RefundView:
        """Refund by the service: `line1="1"`."""
        senior = self.senior

        async def work() -> RefundView:
            approval = await self.till.staff.approve(senior.id, PINS[Role.SENIOR], Right.REFUND)
            chosen = {int(key[4:]): Quantity.of(value) for key, value in lines.items()}
            return await self.till.refunds.refund_lines(
                payment_id, chosen, "Не подошёл товар", approval=approval
            )

        return self.call(work)

    @property
    def senior(self) -> Person:
        return next(one for one in self.call(self.till.staff.people) if one.role is Role.SENIOR)

    def sign_in(self, role: Role) -> None:
        who = next(one for one in self.call(self.till.staff.people) if one.role is role)
        self.call(self.till.staff.sign_in, who.id, PINS[role])

    def calls(self, method: str) -> int:
        return self.server.gateway.call_count(method)

    def view(self) -> TillView:
        """What the frame would show the page now."""

        async def look() -> TillView:
            return self.till.view()

        return self.call(look)


@contextmanager
def open_desk(folder: Path, server: SandboxServer, *, alias: str = "1:2") -> Iterator[Desk]:
    """Real services; a cashier is at the till, a senior and a manager have PINs."""
    clock = MovedClock()
    background = Background()
    journal = Journal.open(
        f"sqlite:///{folder / 'journal.db'}", till="2", clock=clock, limits=SMALL
    )
    health = Health(clock)
    gateway = Gateway(
        base_url=server.base_url,
        merchant_id=server.gateway.merchant_id,
        api_key=ApiKey(server.gateway.api_key),
        clock=clock,
        observe=health.note,
    )

    def new_id() -> str:
        return uuid.uuid4().hex

    chance = random.Random(1)  # noqa: S311  spreads retries
    till = build(
        journal=journal,
        gateway=gateway,
        clock=clock,
        health=health,
        chance=chance,
        new_id=new_id,
        name="2",
        limit=100_000_000,
    )
    desk = Desk(till, background, journal, server, clock)
    try:
        background.call(till.start)
        background.call(_open_shop, till, NewTerminal(name="Касса 2 · Зал", alias=alias))
        yield desk
    finally:
        background.call(gateway.aclose)
        background.close()
        journal.close()


async def _open_shop(till: Till, terminal: NewTerminal) -> None:
    staff = till.staff
    await staff.make_administrator(NAMES[Role.ADMINISTRATOR], PINS[Role.ADMINISTRATOR])
    for role in (Role.CASHIER, Role.SENIOR, Role.MANAGER):
        await staff.add(NAMES[role], role=role, pin=PINS[role])
    await till.terminals.create(terminal)
    people = {one.role: one for one in await staff.people()}
    await staff.sign_in(people[Role.CASHIER].id, PINS[Role.CASHIER])


class Counter:
    """The page in its frame, and short words for what tests do with it."""

    def __init__(self, desk: Desk, *, width: int = 1366, height: int = 768) -> None:
        self.desk = desk
        self.page = RefundPage(till=desk.till, background=desk.background, clock=desk.clock)
        self.frame = FrameStandIn(cast(Any, self.page), desk.background, width, height)
        self.problems: list[Any] = []
        self.page.problem_raised.connect(self.problems.append)

    def show(self) -> None:
        self.frame.show()
        self.frame.activateWindow()
        self.until(self.frame.isActiveWindow)
        self.page.show_view(self.desk.view())
        self.page.entered()

    def refresh(self) -> None:
        """What the till has to say, as the frame brings it."""
        self.page.show_view(self.desk.view())

    def open(self, payment: Payment) -> None:
        self.page.show_payment(payment.id)
        self.until(lambda: self.page.flow.draft is not None and not self.page.flow.busy)

    def until(self, is_so: Callable[[], bool], *, seconds: float = 10.0) -> None:
        left = int(seconds * 1000)
        while not is_so():
            assert left > 0, "it never came"
            QTest.qWait(10)
            left -= 10

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def type(self, text: str) -> None:
        type_text(QApplication.focusWidget() or self.page, text)

    def find(self, name: str) -> QWidget:
        found = [one for one in self.frame.findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)}"
        return found[0]

    def has(self, name: str) -> bool:
        return any(one.isVisible() for one in self.frame.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        found = self.find(name)
        assert isinstance(found, QLabel)
        return found.text()

    def button(self, name: str) -> Button:
        found = self.find(name)
        assert isinstance(found, Button)
        return found

    def pin_dialog(self) -> PinDialog:
        self.until(lambda: self.has("pin.entry"))
        return self.frame.findChildren(PinDialog)[-1]

    def type_pin(self, role: Role, *, gap: int = 0) -> None:
        """Type the PIN at a person's pace and press Enter; `gap` in ms of the machine's clock."""
        self.pin_dialog()
        for digit in PINS[role]:
            self.desk.clock.ahead += 0.2
            QTest.qWait(gap)
            self.press(Qt.Key(ord(digit)))
        self.desk.clock.ahead += 0.2
        QTest.qWait(gap)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: not self.has("pin.entry"))

    def close(self) -> None:
        self.frame.close()
        self.frame.deleteLater()
