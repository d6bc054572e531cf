"""The sale page on a real journal and real services, in a window of the design's size."""

from __future__ import annotations

import gc
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cashier.credentials import ApiKey
from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.staff import Role
from cashier.domain.terminal import Terminal, TerminalInfo, TerminalType
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.services.health import Health, HealthView, Link
from cashier.services.till import Till, build
from cashier.services.views import PaymentView, TillView
from cashier.settings import DEMO_MERCHANT_ID
from cashier.ui.background import Background
from cashier.ui.collector import Collector
from cashier.ui.pages.sale import SalePage
from tests.till_bench import put_at_till

START = datetime(2026, 11, 24, 11, 32, tzinfo=UTC)
LIMIT = 100_000_000
_PATIENCE = 5000
_STEP = 5


class HandClock:
    """A clock that a test moves between two keys."""

    def __init__(self) -> None:
        self.now = 0.0

    def utc(self) -> datetime:
        return START + timedelta(seconds=self.now)

    def monotonic(self) -> float:
        return self.now

    async def wait(self, seconds: float, wake: anyio.Event | None = None) -> None:
        await anyio.sleep(seconds)


class Stage:
    """The page with its services; nothing answers at its gateway's address."""

    def __init__(self, till: Till, background: Background, clock: HandClock) -> None:
        self.till = till
        self.background = background
        self.clock = clock
        self.window = QWidget()
        self.window.setObjectName("window")
        self.window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = SalePage(till=till, background=background, clock=clock, parent=self.window)
        self.requested: list[str] = []
        self.problems: list[object] = []
        self.page.payment_requested.connect(self.requested.append)
        self.page.problem_raised.connect(self.problems.append)
        self.resize(1366, 768)

    def resize(self, width: int, height: int) -> None:
        """The page where the frame would put it."""
        self.window.resize(width, height)
        rail, head, foot = (92, 64, 44) if width >= 1280 else (60, 56, 36)
        self.page.setGeometry(rail, head, width - rail, height - head - foot)

    def open(self) -> None:
        """Show the window and wait for the draft."""
        self.window.show()
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow)
        self.page.show_view(view())
        self.page.load()
        self.settle()
        self.page.entered()

    def settle(self) -> None:
        """Wait until the receipt is here and all that was typed is committed."""
        wait_until(lambda: not self.page.draft.is_moving and self.page.draft.saver.is_settled)

    def type(self, text: str, *, pause: float = 0.1) -> None:
        """Letters into whatever has the focus, `pause` seconds apart on the till's clock."""
        for letter in text:
            self.clock.now += pause
            self._letter(letter)

    def _letter(self, letter: str) -> None:
        if letter.isascii():
            QTest.keyClicks(self.focus, letter)
            return
        # QTest knows the keys of ASCII only.
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self.focus, event)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        self.clock.now += 0.1
        QTest.keyClick(self.focus, key, modifier)

    def add(self, name: str, price: str) -> None:
        """A new item by the keyboard: its name, F10, its price, Enter."""
        count = len(self.receipt.lines)
        self.type(name)
        self.press(Qt.Key.Key_F10)
        self.type(price)
        self.press(Qt.Key.Key_Return)
        wait_until(lambda: len(self.receipt.lines) == count + 1)

    def scan(self, code: str) -> None:
        """A scanner: every digit and the Enter five milliseconds apart."""
        for digit in code:
            self.clock.now += 0.005
            QTest.keyClicks(self.focus, digit)
        self.clock.now += 0.005
        QTest.keyClick(self.focus, Qt.Key.Key_Return)

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.page

    @property
    def receipt(self) -> Receipt:
        return self.page.draft.receipt

    @property
    def names(self) -> list[str]:
        return [line.name for line in self.receipt.lines]

    @property
    def total(self) -> str:
        return self.page.panel.total.text()

    def find(self, name: str) -> QWidget:
        """The widget of that name; the visible one where another is going away."""
        found = self.window.findChildren(QWidget, name)
        if not found:
            raise LookupError(name)
        return next((widget for widget in found if widget.isVisible()), found[0])

    def saved(self) -> SavedReceipt:
        """The draft as the journal has it."""
        return self.background.call(self.till.receipts.draft)

    def sell_before(self, *goods: tuple[str, str]) -> None:
        """Make these goods known, the last one newest."""

        async def remember() -> None:
            journal = self.till._journal
            receipt = Receipt()
            for name, price in goods:
                receipt = receipt.add(name, Money.of(price))
            await journal.write(lambda ledger: ledger.remember_goods(receipt))

        self.background.call(remember)


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A stage on a journal in `folder`; everything is closed afterwards."""
    clock = HandClock()
    journal = Journal.open(f"sqlite:///{folder}/journal.db", till="2", clock=clock)
    health = Health(clock)
    gateway = Gateway(
        base_url="http://127.0.0.1:9",
        merchant_id=DEMO_MERCHANT_ID,
        api_key=ApiKey("key"),
        clock=clock,
        observe=health.note,
    )
    till = build(
        journal=journal,
        gateway=gateway,
        clock=clock,
        health=health,
        chance=random.Random(7),  # noqa: S311  jitter, and the same each time
        new_id=lambda: uuid.uuid4().hex,
        name="2",
        limit=LIMIT,
    )
    background = Background()
    collector = Collector()
    background.call(put_at_till, till.staff, journal, Role.CASHIER)
    made = Stage(till, background, clock)
    try:
        yield made
    finally:
        background.call(gateway.aclose)
        background.close()
        journal.close()
        made.window.close()
        made.window.deleteLater()
        background.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()  # on this thread, before any other one may
        collector.close()


def wait_until(holds: Callable[[], bool]) -> None:
    """Let events run until it holds, five seconds at most."""
    for _ in range(_PATIENCE // _STEP):
        if holds():
            return
        QTest.qWait(_STEP)
    raise AssertionError("waited in vain")


def pause(milliseconds: int = 150) -> None:
    """Let everything run. In small steps: qWait keeps Python from the other threads."""
    for _ in range(milliseconds // _STEP):
        QTest.qWait(_STEP)


TERMINAL = Terminal(
    key=1,
    info=TerminalInfo(id="1", name="Касса 2 · Зал", alias="1:2", type=TerminalType.DYNAMIC),
    is_default=True,
)


def view(
    *,
    payments: tuple[PaymentView, ...] = (),
    tasks: tuple[PaymentView, ...] = (),
    link: Link = Link.CONNECTED,
    terminal: Terminal | None = TERMINAL,
) -> TillView:
    """What the till would report."""
    return TillView(
        payments=payments,
        tasks=tasks,
        health=HealthView(link, 0.0, START),
        shift=None,
        terminal=terminal,
        next_number="187-058",
    )


def payment(
    state: PaymentState, *, number: str = "187-058", amount: str = "2376.01"
) -> PaymentView:
    """A payment of another receipt."""
    sum_of_it = Money.of(amount)
    receipt = Receipt().add("Сыр", sum_of_it)
    saved = SavedReceipt("r1", "2", ReceiptState.FROZEN, receipt, START, START, number)
    made = Payment(
        id="a" * 32,
        receipt_id="r1",
        receipt_number=number,
        attempt=1,
        order_id="b" * 32,
        state=state,
        amount=sum_of_it,
        terminal_id="1",
        terminal_name="Касса 2 · Зал",
        merchant_id=DEMO_MERCHANT_ID,
        base_url="http://127.0.0.1:9",
        created_at=START,
        changed_at=START,
    )
    return PaymentView(made, saved, entered=0.0)


def static(terminal: Terminal = TERMINAL) -> Terminal:
    """The same terminal with a printed QR."""
    return replace(terminal, info=replace(terminal.info, type=TerminalType.STATIC))


def quantity(text: str) -> Quantity:
    return Quantity.of(text)
