"""Refunding a sum: the field, its limits, and payments whose items nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cashier.domain.money import Money
from cashier.domain.staff import Role
from cashier.sandbox.server import SandboxServer
from cashier.ui.theme import ThemeController
from tests.ui.refund_kit import Counter, open_desk

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def counter(tmp_path: Path, themed: ThemeController) -> Iterator[Counter]:
    with SandboxServer() as server, open_desk(tmp_path, server) as desk:
        made = Counter(desk)
        made.show()
        yield made
        made.close()


def by_sum(counter: Counter, typed: str) -> None:
    """Shift+F4, and the sum typed into the field that has the caret then."""
    counter.press(Qt.Key.Key_F4, SHIFT)
    assert counter.has("refund.sum")
    counter.type(typed)


@pytest.mark.parametrize("typed", ["1250.5", "1250,50", "1 250,50"])
def test_a_sum_is_read_with_a_point_or_a_comma(counter: Counter, typed: str) -> None:
    counter.open(counter.desk.sell())
    by_sum(counter, typed)
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.amount == Money.of("1250.50")
    assert counter.text("refund.line.sum") == "1 × 1,250.50"
    assert "1,845.17" in counter.text("refund.count")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("3095.68", "More than is left: 3,095.67"),
        ("10.555", "No more than two digits after the point"),
        ("ten", "This is not a sum of money"),
        ("-5", "This is not a sum of money"),
    ],
)
def test_a_wrong_sum_turns_the_field_red_and_nothing_is_sent(
    counter: Counter, typed: str, told: str
) -> None:
    counter.open(counter.desk.sell())
    by_sum(counter, typed)
    counter.page.panel.reason.set_text("скол")
    assert told in counter.text("refund.sum.note")
    assert not counter.button("refund.submit").isEnabled()
    counter.press(Qt.Key.Key_F12)
    counter.page.submit()
    assert not counter.has("pin.entry")
    assert counter.desk.calls("CreateRefund") == 0


def test_an_empty_sum_says_what_is_missing(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    by_sum(counter, "")
    assert counter.text("refund.hint") == "Enter the sum"
    assert not counter.button("refund.submit").isEnabled()


def test_f6_puts_in_all_that_is_left(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.desk.refund_lines(payment.id, line2="1", line5="1")
    counter.open(payment)
    by_sum(counter, "")
    counter.press(Qt.Key.Key_F6)
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.amount == Money.of("2675.87")
    assert draft.wrong is None


def test_shift_f4_and_back_keeps_both_choices(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    counter.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
    by_sum(counter, "100")
    counter.press(Qt.Key.Key_F4, SHIFT)
    draft = counter.page.flow.draft
    assert draft is not None
    assert not draft.is_by_sum
    assert draft.amount == Money.of("459.00")
    assert draft.sum_text == "100"


def test_a_sum_goes_as_one_line_with_the_receipts_number(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.open(payment)
    by_sum(counter, "100,50")
    counter.press(Qt.Key.Key_Return)
    assert counter.page.panel.reason.is_typing
    counter.type("скидка задним числом")
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.SENIOR)
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.page.flow.shown is not None)
    body = (counter.desk.server.gateway.last_body("CreateRefund") or b"").decode()
    assert f"Возврат по чеку {payment.receipt_number}" in body
    assert "скидка задним числом #" in body
    refund = counter.desk.refunds(payment.id)[0]
    assert refund.is_by_sum
    assert refund.amount == Money.of("100.50")


def test_a_scan_into_the_sums_field_opens_the_scanned_payment(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    other = counter.desk.sell(("Чай", "10.00", "1"))
    by_sum(counter, other.order_id)
    counter.press(Qt.Key.Key_Return)
    title = f"Refund of receipt {other.receipt_number}"
    counter.until(lambda: counter.has("refund.title") and counter.text("refund.title") == title)
