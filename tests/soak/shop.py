"""The selling: by the services for most sales, by the keys of the window for some."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cashier.app import App
from cashier.domain.history import HistoryQuery
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.staff import Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.services.till import Till
from cashier.services.training_staff import OTHER_PIN
from cashier.services.views import PaymentView
from cashier.ui.main_window import MainWindow
from tests.benchmarks.painted import rest, until
from tests.soak.gateway import Bank

T = TypeVar("T")

PATIENCE = 90.0
BATCH = 50
"""Sales by the services between two by the keys of the window."""
A_SHIFT = 1_000
"""Sales by the services until the Z report: a long day, so that no shift grows without end."""
DEAF_FOR = 0.8
"""Seconds until the green screen takes Enter, and a little more."""

_DECLINED, _CANCELLED, _REFUNDED, _SEARCHED = 100, 200, 10, 20
"""One sale of so many is declined, or cancelled, before it is paid by a second QR; is given back
in part; is looked up in the history."""

_PAGES = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_5)


@dataclass(slots=True)
class Tally:
    """What was done, in minor units and seconds."""

    sold: int = 0
    sum_sold: int = 0
    given_back: int = 0
    sum_given_back: int = 0
    by_keys: int = 0
    seconds: float = 0.0
    """Spent in the sales by the services alone."""
    more: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Sales a second through the services."""
        return (self.sold - self.by_keys) / self.seconds if self.seconds else 0.0


class Shop:
    """One till that sells and sells. Everything public is called on the UI thread."""

    def __init__(self, app: App, bank: Bank) -> None:
        assert app.till is not None
        assert app.window is not None
        assert app.background is not None
        self._till: Till = app.till
        self._window: MainWindow = app.window
        self._background = app.background
        self._bank = bank
        self._errors: list[BaseException] = []
        self._background.crashed.connect(self._errors.append)
        self.tally = Tally()

    def begin(self) -> None:
        """A manager comes to the till; there is a terminal."""
        self._background.call(self._begin)
        until(lambda: self._text("header.person.second") == "manager")

    def end(self) -> None:
        """Let go of the bank."""
        self._background.call(self._bank.aclose)

    def sell(self, count: int) -> None:
        """So many sales by the services, with the window's event loop running."""
        self._press(_PAGES[self.tally.sold // BATCH % len(_PAGES)])
        begun = time.monotonic()
        self._wait(partial(self._sell, count))
        self.tally.seconds += time.monotonic() - begun

    def sell_by_keys(self) -> None:
        """One sale as a cashier makes it, from the first letter to the next receipt."""
        self._press(_PAGES[0])
        entry = self._window.findChild(QLineEdit, "sale.entry")
        assert entry is not None
        until(lambda: entry.isVisible() and entry.isEnabled())
        rest(0.1)
        QTest.keyClicks(entry, "Tea")
        QTest.keyClick(entry, Qt.Key.Key_F10)
        QTest.keyClicks(entry, "120,50")
        QTest.keyClick(entry, Qt.Key.Key_Return)
        until(lambda: self._is_enabled("sale.pay"), patience=PATIENCE)
        QTest.keyClick(entry, Qt.Key.Key_F12)
        until(lambda: self._text("payment.qr") != "", patience=PATIENCE)  # empty while creating
        waiting = self._wait(self._pay_waiting)
        until(lambda: self._is_visible("result.title"), patience=PATIENCE)
        rest(DEAF_FOR)
        QTest.keyClick(QApplication.focusWidget() or self._window, Qt.Key.Key_Return)
        until(entry.isVisible)
        self.tally.sold += 1
        self.tally.by_keys += 1
        self.tally.sum_sold += waiting.payment.amount.minor

    # On the network thread

    async def _begin(self) -> None:
        people = await self._till.staff.people()
        manager = next(one for one in people if one.role is Role.MANAGER)
        await self._till.staff.sign_in_without_pin(manager.id)
        await self._till.terminals.prepare(NewTerminal(name="Касса 2 · Зал", alias="1:2"))

    async def _pay_waiting(self) -> PaymentView:
        waiting = self._till.view().payments[-1]
        await self._bank.act(waiting.payment.payment_id, "pay")
        return waiting

    async def _sell(self, count: int) -> None:
        for _ in range(count):
            await self._sell_one(self.tally.sold + 1)
            if (self.tally.sold - self.tally.by_keys) % A_SHIFT == 0:
                await self._till.shifts.close()
                self.tally.more["shifts closed"] += 1

    async def _sell_one(self, number: int) -> None:
        till, sales = self._till, self._till.sales
        saved = await till.receipts.draft()
        receipt = saved.receipt
        for line in range(1 + number % 4):
            price = Money(5_000 + (number * 37 + line * 1_300) % 90_000, receipt.currency)
            receipt = receipt.add(f"Товар {(number + line * 7) % 400}", price, Quantity.of("2"))
        saved = await till.receipts.save(saved, receipt)
        if number % _DECLINED == 33:
            view = await sales.charge(saved.id)
            await self._bank.act(view.payment.payment_id, "decline")
            view = await sales.check(view.payment.id)
            assert view.payment.state is PaymentState.FAILED, view.payment.state
            self.tally.more["declined"] += 1
        elif number % _CANCELLED == 77:
            view = await sales.cancel((await sales.charge(saved.id)).payment.id)
            assert view.payment.state is PaymentState.CLOSED, view.payment.state
            self.tally.more["cancelled"] += 1
        view = await sales.charge(saved.id)
        await self._bank.act(view.payment.payment_id, "pay")
        view = await sales.check(view.payment.id)
        assert view.payment.state is PaymentState.PAID, view.payment.state
        await sales.result_seen(view.payment.id)
        self.tally.sold += 1
        self.tally.sum_sold += view.payment.amount.minor
        if number % _REFUNDED == 5:
            await self._give_back(view)
        if number % _SEARCHED == 3:
            await self._look_up(view)

    async def _give_back(self, view: PaymentView) -> None:
        part = Money(view.payment.amount.minor // 3, view.payment.amount.currency)
        assert self._till.staff.current is not None
        manager = self._till.staff.current.id
        approval = await self._till.staff.approve(manager, OTHER_PIN, Right.REFUND)
        await self._till.refunds.refund_sum(view.payment.id, part, "Брак", approval=approval)
        self.tally.given_back += 1
        self.tally.sum_given_back += part.minor

    async def _look_up(self, view: PaymentView) -> None:
        made = view.payment.created_at
        day = timedelta(days=1)
        query = HistoryQuery(made - day, made + day, text=view.payment.receipt_number)
        page = await self._till.history.search(query, offset=0, limit=50)
        assert page.rows[0].payment.id == view.payment.id
        await self._till.history.details(view.payment.id)
        self.tally.more["looked up"] += 1

    # The window

    def _wait(self, use_case: Callable[[], Awaitable[T]]) -> T:
        """Let the window live until the use case has come to its end."""
        results: list[T] = []
        errors = self._errors
        self._background.start(use_case, done=results.append, failed=errors.append)
        until(lambda: bool(results or errors), patience=10 * PATIENCE)
        if errors:
            raise errors[0]
        return results[0]

    def _press(self, key: Qt.Key) -> None:
        QTest.keyClick(self._window, key, Qt.KeyboardModifier.ControlModifier)

    def _text(self, name: str) -> str:
        found = self._window.findChild(QWidget, name)
        text: Callable[[], str] | None = getattr(found, "text", None)
        return text() if text is not None else ""

    def _is_visible(self, name: str) -> bool:
        found = self._window.findChild(QWidget, name)
        return isinstance(found, QWidget) and found.isVisible()

    def _is_enabled(self, name: str) -> bool:
        found = self._window.findChild(QWidget, name)
        return isinstance(found, QWidget) and found.isEnabled()
