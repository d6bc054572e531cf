"""How an unknown refund ended: three ways out, nothing chosen at first, Enter dead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cashier.domain.refund import Refund, RefundState
from cashier.domain.staff import Role
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.server import SandboxServer
from cashier.ui.dialogs.unknown_refund import UnknownRefundDialog
from cashier.ui.dialogs.unknown_refund_way import Ending
from cashier.ui.theme import ThemeController
from tests.ui.refund_kit import Counter, open_desk

S = RefundState


@pytest.fixture
def counter(tmp_path: Path, themed: ThemeController) -> Iterator[Counter]:
    """An unknown refund on screen; the dialog over it is open."""
    with SandboxServer() as server, open_desk(tmp_path, server) as desk:
        made = Counter(desk)
        made.show()
        payment = desk.sell()
        server.gateway.faults.add(PlannedFault(fault=Fault.DROP_AFTER, method="CreateRefund"))
        desk.refund_lines(payment.id, line3="1")
        made.refresh()
        made.open(payment)
        made.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
        made.until(lambda: made.has("unknown_refund"))
        yield made
        made.close()


def dialog_of(counter: Counter) -> UnknownRefundDialog:
    return counter.frame.findChildren(UnknownRefundDialog)[-1]


def refund_of(counter: Counter) -> Refund:
    draft = counter.page.flow.draft
    assert draft is not None
    return counter.desk.refunds(draft.form.payment.id)[0]


def real_number(counter: Counter) -> str:
    """What the gateway's cabinet would show: the refund was executed after all."""
    return counter.desk.server.gateway.refunds.all()[-1].id


def as_manager(counter: Counter) -> None:
    """The manager is at the till; the dialog is opened anew."""
    counter.press(Qt.Key.Key_Escape)
    counter.desk.sign_in(Role.MANAGER)
    counter.refresh()
    counter.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    counter.until(lambda: counter.has("unknown_refund"))


def test_nothing_is_chosen_and_enter_and_f12_do_nothing(counter: Counter) -> None:
    dialog = dialog_of(counter)
    assert dialog.chosen is None
    assert not counter.button("unknown_refund.submit").isEnabled()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F12):
        counter.press(key)
    QTest.qWait(50)
    assert dialog.chosen is None
    assert refund_of(counter).state is S.UNKNOWN


def test_esc_leaves_all_as_it_was(counter: Counter) -> None:
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Escape)
    counter.until(lambda: not counter.has("unknown_refund"))
    assert refund_of(counter).state is S.UNKNOWN
    assert counter.text("refund.status") == "Refund unknown"


def test_the_tag_is_copied(counter: Counter) -> None:
    counter.button("unknown_refund.copy").click()
    assert QApplication.clipboard().text() == f"#{refund_of(counter).tag}"


def test_not_executed_is_closed_for_half_an_hour_and_says_how_long(counter: Counter) -> None:
    way = dialog_of(counter).ways[Ending.NOT_EXECUTED]
    assert not way.isEnabled()
    counter.desk.clock.ahead += 90.0
    counter.until(lambda: "in 28:" in counter.text("unknown_refund.not_executed.aside"))
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Down)
    assert dialog_of(counter).chosen is Ending.WAIT  # the arrows pass it by
    counter.desk.clock.ahead += 1801.0
    counter.until(way.isEnabled)
    assert not counter.has("unknown_refund.not_executed.aside")


def test_a_number_that_is_not_typed_is_asked_for(counter: Counter) -> None:
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_F12)
    assert counter.text("unknown_refund.number.note") == "Type the number from the cabinet"
    assert not counter.has("pin.entry")


def test_the_managers_own_number_is_proved_and_recorded(counter: Counter) -> None:
    as_manager(counter)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Tab)
    counter.type(real_number(counter))
    counter.press(Qt.Key.Key_Return)
    assert refund_of(counter).state is S.UNKNOWN
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER)
    counter.until(lambda: not counter.has("unknown_refund"))
    refund = refund_of(counter)
    assert refund.state is S.RESOLVED_EXECUTED
    assert refund.refund_id == real_number(counter)
    assert counter.text("refund.status") == "Found by hand"


def test_on_a_cashiers_screen_a_managers_pin_comes_first(counter: Counter) -> None:
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Tab)
    counter.type(real_number(counter))
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER)
    counter.until(lambda: not counter.has("unknown_refund"))
    assert refund_of(counter).state is S.RESOLVED_EXECUTED


def test_another_refunds_number_is_refused_with_what_differs(counter: Counter) -> None:
    other = counter.desk.sell(("Чай", "10.00", "1"))
    seen = counter.desk.refund_lines(other.id, line1="1")
    as_manager(counter)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Tab)
    counter.type(seen.refund.refund_id)
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER)
    counter.until(lambda: counter.has("unknown_refund.number.note"))
    line = counter.text("unknown_refund.number.note")
    assert "the payment" in line
    assert "the sum" in line
    assert "Nothing was recorded" in line
    assert refund_of(counter).state is S.UNKNOWN


def test_a_silent_gateway_records_nothing_and_can_be_asked_again(counter: Counter) -> None:
    as_manager(counter)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Tab)
    number = real_number(counter)
    counter.type(number)
    counter.desk.server.stop()
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER)
    counter.until(lambda: counter.has("unknown_refund.number.note"))
    assert counter.text("unknown_refund.number.note") == "The gateway did not answer, try again"
    counter.desk.server.start()
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER)
    counter.until(lambda: not counter.has("unknown_refund"))
    assert refund_of(counter).state is S.RESOLVED_EXECUTED


def test_not_executed_needs_a_reason_and_a_pin_and_frees_the_sum(counter: Counter) -> None:
    counter.desk.clock.ahead += 1801.0
    dialog = dialog_of(counter)
    counter.until(dialog.ways[Ending.NOT_EXECUTED].isEnabled)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Down)
    assert dialog.chosen is Ending.NOT_EXECUTED
    counter.press(Qt.Key.Key_F12)
    assert counter.text("unknown_refund.reason.note") == "Say how you know"
    counter.type("в кабинете его нет")
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER)
    counter.until(lambda: not counter.has("unknown_refund"))
    refund = refund_of(counter)
    assert refund.state is S.RESOLVED_NOT_EXECUTED
    assert refund.resolution == "в кабинете его нет"
    assert counter.text("refund.remaining") == "3,095.67\u00a0₽"


def test_waiting_changes_nothing_and_promises_a_reminder(counter: Counter) -> None:
    asked: list[str] = []
    dialog_of(counter).waiting_chosen.connect(asked.append)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: not counter.has("unknown_refund"))
    assert asked == [refund_of(counter).id]
    assert refund_of(counter).state is S.UNKNOWN
