"""A payment comes on screen also when the window was busy until its call had ended."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import anyio
from PySide6.QtCore import Qt

from cashier.domain.payment import PaymentState
from cashier.ui.pages.sale import SalePage
from tests.e2e.conftest import Launch
from tests.e2e.driver import Driver


def _busy_until_open(till: Driver) -> None:
    """The UI thread does nothing else from the start of a charge until its QR is there."""
    services, background = till.app.till, till.app.background
    assert services is not None
    assert background is not None

    async def is_open() -> None:
        for _ in range(3000):
            states = [one.payment.state for one in services.view().payments]
            if PaymentState.OPEN in states and not services.is_busy:
                break
            await anyio.sleep(0.005)
        for _ in range(100):  # the charge ends on this loop, and says so
            await anyio.lowlevel.checkpoint()

    sale = till.window.findChild(SalePage)
    assert sale is not None
    sale.payment_requested.connect(lambda _: background.call(is_open))


def test_a_charge_that_fails_after_its_payment_exists_shows_it_and_says_so(
    launch: type[Launch],
) -> None:
    till = launch.start()
    with closing(sqlite3.connect(launch.folder / "training" / "journal.db")) as journal:
        journal.execute(
            "CREATE TRIGGER no_answers BEFORE INSERT ON answers"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        journal.commit()
    services, background = till.app.till, till.app.background
    assert services is not None
    assert background is not None
    sale = till.window.findChild(SalePage)
    assert sale is not None

    async def has_failed() -> None:
        for _ in range(400):
            if till.sandbox.gateway.payments() and not services.is_busy:
                break
            await anyio.sleep(0.005)
        await anyio.sleep(0.2)

    till.enter_goods("Tea", "45")
    sale.payment_requested.connect(lambda _: background.call(has_failed))
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("message.bar"))
    till.until(lambda: till.sees("payment.check"))


def test_a_qr_comes_on_screen_after_a_busy_window_and_so_does_the_next(
    launch: type[Launch],
) -> None:
    till = launch.start()
    _busy_until_open(till)
    for number, goods in enumerate(("Tea", "Bun"), 1):
        till.enter_goods(goods, "45")
        till.sandbox.gateway.pay(till.show_qr())
        till.until(lambda: till.sees("result.new_sale"))
        till.turn(0.7)
        till.press(Qt.Key.Key_Return)
        till.until(lambda: till.sees("sale.entry"))
        assert len(till.sandbox.gateway.payments()) == number
