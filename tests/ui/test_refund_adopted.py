"""Payments of another journal: found by the slip, taken in by a manager, refunded by sum."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cashier.domain.money import Money
from cashier.domain.payment import Payment
from cashier.domain.staff import Role
from cashier.sandbox.server import SandboxServer
from cashier.ui.theme import ThemeController
from tests.ui.refund_kit import Counter, open_desk


@pytest.fixture
def stranger(tmp_path: Path, themed: ThemeController) -> Iterator[tuple[Counter, Payment]]:
    """A counter, and a payment that another till with its own journal has made."""
    (tmp_path / "other").mkdir()
    with SandboxServer() as server:
        with open_desk(tmp_path / "other", server, alias="1:9") as other:
            payment = other.sell(("Чай", "500.00", "1"))
        with open_desk(tmp_path, server) as desk:
            counter = Counter(desk)
            counter.show()
            yield counter, payment
            counter.close()


def take_in(counter: Counter, payment: Payment) -> None:
    """Scan its slip, ask the gateway, a manager's PIN."""
    counter.type(payment.order_id)
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.has("refund.band.ask"))
    counter.press(Qt.Key.Key_F5)
    counter.until(lambda: counter.has("adopt.number"))
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER, gap=40)
    counter.until(lambda: counter.page.flow.draft is not None)


def test_nothing_goes_back_before_somebody_says_what_went_back(
    stranger: tuple[Counter, Payment],
) -> None:
    counter, payment = stranger
    take_in(counter, payment)
    assert counter.text("refund.remaining") == "unknown"
    assert not counter.button("refund.submit").isEnabled()
    assert counter.has("refund.declare")
    counter.type("100")
    counter.press(Qt.Key.Key_F12)
    assert not counter.has("pin.entry")


def test_a_manager_says_what_went_back_and_the_rest_is_refunded(
    stranger: tuple[Counter, Payment],
) -> None:
    counter, payment = stranger
    take_in(counter, payment)
    counter.press(Qt.Key.Key_F5)
    counter.until(lambda: counter.has("declare.amount"))
    counter.find("declare.amount").setFocus()
    counter.type("120,50")
    counter.find("declare.reason").setFocus()
    counter.type("по кабинету")
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER, gap=40)
    counter.until(lambda: counter.has("refund.sum") and not counter.page.flow.busy)
    counter.until(lambda: counter.text("refund.remaining") == "379.50\u00a0₽")
    assert counter.has("refund.before.note")
    counter.press(Qt.Key.Key_F6)
    counter.page.panel.reason.set_text("скол")
    counter.press(Qt.Key.Key_F12)
    dialog = counter.pin_dialog()
    assert dialog.accessibleName() == "Approval by a manager"
    counter.type_pin(Role.MANAGER)
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.page.flow.shown is not None)
    shown = counter.page.flow.shown
    assert shown is not None
    assert shown.refund.amount == Money.of("379.50")
