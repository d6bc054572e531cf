"""For the tests of the history: a real till whose journal holds the day of the pictures."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import anyio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cashier.credentials import ApiKey
from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.quantity import ONE
from cashier.domain.receipt import Receipt
from cashier.domain.refund import Refund, RefundedLine, RefundState
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.staff import Person, Role
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.validation import PaymentRequest, TerminalRequest
from cashier.services.health import Health
from cashier.services.pin_hash import PinHasher
from cashier.services.till import Till, build
from cashier.services.views import TillView
from cashier.settings import DEMO_MERCHANT_ID
from cashier.ui.background import Background
from cashier.ui.pages.history import HistoryPage
from cashier.ui.widgets.button import Button
from tests.journal_samples import way_to
from tests.ui.on_screen import show_active
from tests.ui.payment_kit import FrameStandIn
from tests.ui.settling import settle
from tests.ui.setup_kit import TestClock

T = TypeVar("T")

TODAY = datetime(2026, 11, 24, tzinfo=UTC)
NOW = TODAY + timedelta(hours=14, minutes=52)
QUICK = PinHasher(rounds=1, memory_kib=8)
CASHIER_PIN, OTHER_PIN = "1739", "482915"


class DayClock(TestClock):
    """The wall stands where a test puts it; the rest is the machine's."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW

    def utc(self) -> datetime:
        return self.now


@dataclass
class HistoryDay:
    """A till, its journal, and short words for what happened on it."""

    till: Till
    journal: Journal
    background: Background
    clock: DayClock
    server: SandboxServer
    people: dict[Role, Person] = field(default_factory=dict)

    def write(self, change: Callable[[Ledger], T]) -> T:
        async def use_case() -> T:
            return await self.journal.write(change)

        return self.background.call(use_case)

    def view(self) -> TillView:
        async def look() -> TillView:
            return self.till.view()

        return self.background.call(look)

    def sign_in(self, role: Role) -> None:
        self.background.call(self.till.staff.sign_in_without_pin, self.people[role].id)

    def make_people(self) -> None:
        names = ("Смирнова Анна", "Орлова Марина", "Ким Олег", "Белова Ирина")

        async def make() -> None:
            for name, role in zip(names, Role, strict=True):
                pin = CASHIER_PIN if role is Role.CASHIER else OTHER_PIN
                hashed = await QUICK.hash(pin)
                person = Person(uuid.uuid4().hex, name, role)

                def change(
                    ledger: Ledger, person: Person = person, hashed: str = hashed, pin: str = pin
                ) -> None:
                    ledger.save_person(person)
                    ledger.set_pin(person.id, hashed=hashed, length=len(pin))

                await self.journal.write(change)
                self.people[role] = person

        self.background.call(make)
        self.sign_in(Role.CASHIER)

    def payment(
        self,
        amount: str,
        at: str,
        *,
        state: PaymentState = PaymentState.PAID,
        names: tuple[str, ...] = ("Кофе в зёрнах «Бразилия», 1 кг",),
        method: str = "sbp",
        account: str = "",
        terminal: str = "Касса 2",
        days_ago: int = 0,
        took: float = 24.0,
        **changes: Any,
    ) -> Payment:
        """A payment that began at `at` ("14:32") and came to `state` after `took` seconds."""
        hour, minute = (int(part) for part in at.split(":"))
        begun = TODAY + timedelta(days=-days_ago, hours=hour, minutes=minute)
        self.clock.now = begun
        whole = Money.of(amount)
        goods = Receipt()
        for number, name in enumerate(names):
            share = whole.minor // len(names)
            first = whole.minor - share * (len(names) - 1)
            goods = goods.add(name, Money(first if number == 0 else share))
        saved = SavedReceipt(uuid.uuid4().hex, "2", ReceiptState.FROZEN, goods, begun, begun)
        cashier = self.people[Role.CASHIER].id if self.people else ""
        seller = replace_cashier(saved, cashier)
        payment_id = uuid.uuid4().hex

        def add(ledger: Ledger) -> Payment:
            ledger.save_receipt(seller)
            numbered = ledger.number_receipt(saved.id)
            return ledger.add_payment(
                Payment(
                    id=payment_id,
                    receipt_id=saved.id,
                    receipt_number=numbered.number,
                    attempt=1,
                    order_id=uuid.uuid4().hex,
                    state=PaymentState.PREPARED,
                    amount=whole,
                    terminal_id=f"t-{terminal}",
                    terminal_name=terminal,
                    merchant_id=DEMO_MERCHANT_ID,
                    base_url="http://127.0.0.1:1/api/v2",
                    created_at=begun,
                    changed_at=begun,
                    cashier=cashier,
                )
            )

        payment = self.write(add)
        steps = way_to(state)
        for place, step in enumerate(steps, start=1):
            is_last = place == len(steps)
            self.clock.now = begun + timedelta(seconds=took if is_last else place)
            learned = {"sent_at": begun} if step is PaymentState.SENDING else {}
            if is_last:
                learned |= self._learned(state, begun, method, account) | changes
            payment = self.write(
                lambda ledger, step=step, learned=learned, one=payment: ledger.move(  # type: ignore[misc]  # bound at once
                    one, step, **learned
                )
            )
        self._settle_receipt(saved.id, state)
        self.clock.now = NOW
        return payment

    def _learned(
        self, state: PaymentState, begun: datetime, method: str, account: str
    ) -> dict[str, Any]:
        learned: dict[str, Any] = {"url_shown_at": begun + timedelta(seconds=1)}
        learned["payment_id"] = uuid.uuid4().hex
        paid = state in (PaymentState.PAID, PaymentState.LATE_PAID)
        learned["status"] = "successful" if paid else "init"
        if paid or state is PaymentState.QUARANTINE:
            learned |= {"method": method, "account": account}
        if state is PaymentState.FAILED:
            learned |= {"status": "error", "status_description": "insufficient funds"}
        if paid:
            learned["is_result_seen"] = True
        return learned

    def _settle_receipt(self, receipt_id: str, state: PaymentState) -> None:
        if state is PaymentState.PAID:
            self.write(lambda ledger: ledger.move_receipt(receipt_id, ReceiptState.SETTLED))
        elif state is PaymentState.LATE_PAID:
            self.write(lambda ledger: ledger.move_receipt(receipt_id, ReceiptState.DROPPED))

    def refund(
        self,
        payment: Payment,
        amount: str,
        *,
        state: RefundState = RefundState.SUCCEEDED,
        reason: str = "не подошёл товар",
        ago: timedelta = timedelta(hours=2, minutes=12),
    ) -> Refund:
        """A refund of part of a payment."""
        whole = Money.of(amount)
        at = NOW - ago
        self.clock.now = at
        line = RefundedLine(0, "Возврат по чеку", whole, ONE, whole)
        actor = self.people[Role.CASHIER].id if self.people else ""
        approver = self.people[Role.SENIOR].id if self.people else ""
        refund = Refund(
            id=uuid.uuid4().hex,
            payment_id=payment.id,
            state=RefundState.PREPARED,
            amount=whole,
            lines=(line,),
            reason=reason,
            created_at=at,
            changed_at=at,
            is_by_sum=True,
            actor=actor,
            approver=approver,
        )
        ways = {
            RefundState.PREPARED: (),
            RefundState.SENDING: (RefundState.SENDING,),
            RefundState.UNKNOWN: (RefundState.SENDING, RefundState.UNKNOWN),
            RefundState.ACCEPTED: (RefundState.SENDING, RefundState.ACCEPTED),
            RefundState.SUCCEEDED: (RefundState.SENDING, RefundState.SUCCEEDED),
        }

        def change(ledger: Ledger) -> Refund:
            moved = ledger.add_refund(refund)
            for step in ways[state]:
                learned: dict[str, Any] = {"sent_at": at} if step is RefundState.SENDING else {}
                if step in (RefundState.ACCEPTED, RefundState.SUCCEEDED):
                    learned["refund_id"] = uuid.uuid4().hex
                moved = ledger.move_refund(moved, step, **learned)
            return moved

        made = self.write(change)
        self.clock.now = NOW
        return made

    def foreign_payment(self, minor: int, *, paid: bool = True) -> str:
        """A payment that the gateway has and this journal has not; its order id."""
        shop = self.server.gateway
        terminal = shop.terminals.create(
            TerminalRequest(
                name="Другая касса",
                alias=f"other-{uuid.uuid4().hex[:6]}",
                description="",
                fixed=False,
                default_price=0,
                can_comment=False,
            )
        )
        order = uuid.uuid4().hex
        made = shop.create_payment(
            PaymentRequest(
                order_id=order,
                amount=minor,
                currency="RUB",
                description=None,
                terminal_id=terminal.id,
                success_url=None,
                fail_url=None,
                custom_parameters=None,
                lines=(),
            )
        )
        if paid:
            shop.pay(made.id)
        return order

    def start(self) -> None:
        """As the program does when it starts: take up what is in the journal."""
        self.background.call(self.till.start)


def replace_cashier(saved: SavedReceipt, cashier: str) -> SavedReceipt:
    """The same receipt, typed by somebody."""
    return SavedReceipt(
        saved.id,
        saved.till,
        saved.state,
        saved.receipt,
        saved.created_at,
        saved.changed_at,
        cashier=cashier,
    )


@contextmanager
def history_day(folder: Path) -> Iterator[HistoryDay]:
    """A till with its four people and an empty journal, and a gateway of the same day."""
    with SandboxServer(clock=lambda: NOW) as server:
        yield from _history_day(folder, server)


def _history_day(folder: Path, server: SandboxServer) -> Iterator[HistoryDay]:
    clock = DayClock()
    background = Background()
    journal = Journal.open(f"sqlite:///{folder / 'journal.db'}", till="2", clock=clock)
    health = Health(clock)
    gateway = Gateway(
        base_url=server.base_url,
        merchant_id=server.gateway.merchant_id,
        api_key=ApiKey(server.gateway.api_key),
        clock=clock,
        observe=health.note,
    )
    till = build(
        journal=journal,
        gateway=gateway,
        clock=clock,
        health=health,
        chance=random.Random(1),  # noqa: S311  spreads retries
        new_id=lambda: uuid.uuid4().hex,
        name="2",
        limit=100_000_000,
    )
    day = HistoryDay(till, journal, background, clock, server)

    async def fall_silent() -> None:
        # A call under way would leave its connection behind.
        with anyio.fail_after(10):
            while till.is_busy:
                await clock.wait(0.01)
        await gateway.aclose()

    try:
        day.make_people()
        day.start()
        yield day
    finally:
        background.call(fall_silent)
        background.close()
        journal.close()


@contextmanager
def history_page(
    day: HistoryDay, *, training: bool = False, width: int = 1366, height: int = 768
) -> Iterator[FrameStandIn]:
    """The page in a frame of the window's size; not shown yet."""
    page = HistoryPage(till=day.till, background=day.background, clock=day.clock, training=training)
    frame = FrameStandIn(page, day.background, width, height)  # type: ignore[arg-type]  # any page fits it
    try:
        yield frame
    finally:
        frame.close()
        frame.deleteLater()


class Stand:
    """The page on screen, and short words for what tests do with it."""

    def __init__(self, qtbot: QtBot, day: HistoryDay, frame: FrameStandIn) -> None:
        self.qtbot, self.day, self.frame = qtbot, day, frame
        self.page: HistoryPage = frame.page  # type: ignore[assignment]  # as above

    def enter(self) -> None:
        """Become the visible page."""
        self.page.show_view(self.day.view())
        show_active(self.qtbot, self.frame)
        self.page.entered()
        self.rest()

    def rest(self) -> None:
        """Let what runs in the background come home."""
        settle(self.day.background)
        self.until(lambda: not self.page.is_loading)
        settle(self.day.background)

    def until(self, is_done: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_done, timeout=5000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        focus = QApplication.focusWidget() or self.page
        QTest.keyClick(focus, key, modifier or Qt.KeyboardModifier.NoModifier)

    def find(self, name: str) -> QWidget:
        found = [one for one in self.frame.findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)}"
        return found[0]

    def has(self, name: str) -> bool:
        return any(one.isVisible() for one in self.frame.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        label = self.find(name)
        assert isinstance(label, QLabel)
        return label.text()

    def button(self, name: str) -> Button:
        found = self.find(name)
        assert isinstance(found, Button)
        return found

    def buttons(self) -> set[str]:
        """The names of all buttons of the details."""
        panel = self.page.findChild(QWidget, "history.details")
        assert panel is not None
        return {one.objectName() for one in panel.findChildren(QPushButton) if one.isVisible()}
