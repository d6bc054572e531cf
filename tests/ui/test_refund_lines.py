"""Refunding lines: keys, fingers, the PIN, and what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cashier.domain.failure import Failure
from cashier.domain.money import Money
from cashier.domain.refund import RefundState
from cashier.domain.staff import Role
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.values import RefundMode
from cashier.ui.pages.refund.model import Part
from cashier.ui.theme import ThemeController
from cashier.ui.widgets.amount import Amount
from tests.ui.refund_kit import Counter, open_desk

KEYPAD = Qt.KeyboardModifier.KeypadModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def counter(tmp_path: Path, themed: ThemeController) -> Iterator[Counter]:
    with SandboxServer() as server, open_desk(tmp_path, server) as desk:
        made = Counter(desk)
        made.show()
        yield made
        made.close()


def total(counter: Counter) -> str:
    found = counter.find("refund.amount")
    assert isinstance(found, Amount)
    return found.text()


def choose(counter: Counter, row: int, steps: int = 1) -> None:
    """With the keyboard alone: down to the row, and plus."""
    grid = counter.page.content.grid
    while grid.chosen_row() != row:
        counter.press(Qt.Key.Key_Down if grid.chosen_row() < row else Qt.Key.Key_Up)
    for _ in range(steps):
        counter.press(Qt.Key.Key_Plus, KEYPAD)


def give_reason(counter: Counter) -> None:
    counter.page.focus_main()
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)


def test_a_receipt_is_found_by_its_number_typed_on_the_keyboard(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.type(payment.receipt_number)
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.has("refund.lines"))
    assert counter.text("refund.title") == f"Refund of receipt {payment.receipt_number}"
    assert counter.page.content.grid.lines.rowCount() == 5


def test_a_number_half_typed_stays_when_the_answer_for_an_earlier_one_comes(
    counter: Counter,
) -> None:
    payment = counter.desk.sell()
    bar = counter.page.content.bar
    counter.type(payment.receipt_number)
    counter.press(Qt.Key.Key_Return)
    counter.type("9")
    counter.until(lambda: counter.has("refund.lines"))
    counter.type("8")
    assert bar.field.text() == "98"
    counter.press(Qt.Key.Key_Escape)
    assert bar.field.text() == payment.receipt_number


def test_a_scan_of_the_order_number_opens_its_payment(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.desk.sell(("Чай", "10.00", "1"))
    counter.type(payment.order_id)
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.page.flow.draft is not None)
    assert counter.text("refund.title") == f"Refund of receipt {payment.receipt_number}"


def test_several_that_fit_are_a_list_to_choose_from(counter: Counter) -> None:
    first = counter.desk.sell(("Чай", "10.00", "1"))
    counter.desk.sell(("Чай", "20.00", "1"))
    counter.type("1-")
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.has("refund.matches"))
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.page.flow.draft is not None)
    assert counter.text("refund.title") == f"Refund of receipt {first.receipt_number}"


def test_an_unknown_number_is_said_and_a_slip_can_be_asked_about(counter: Counter) -> None:
    counter.type("187-999")
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.has("refund.band"))
    assert counter.text("refund.band.title") == "Nothing was found: 187-999"
    assert not counter.has("refund.band.ask")
    counter.press(Qt.Key.Key_F3)
    counter.type("ab" * 16)
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.has("refund.band.ask"))
    assert not counter.button("refund.submit").isEnabled()


def test_keys_choose_lines_and_the_sums_follow(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    choose(counter, 0, 1)
    assert total(counter) == "459.00\u00a0₽"
    choose(counter, 2)
    assert total(counter) == "1,709.00\u00a0₽"
    assert counter.text("refund.count").startswith("2 item")
    counter.press(Qt.Key.Key_Minus, KEYPAD)
    assert total(counter) == "459.00\u00a0₽"


def test_no_key_goes_over_what_is_left_of_a_line(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.desk.refund_lines(payment.id, line5="1")
    counter.open(payment)
    choose(counter, 4, 5)
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.quantities == {5: 2000}
    assert counter.text("refund.remaining") == "2,965.77\u00a0₽"


def test_a_weighed_line_goes_whole_with_one_press(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    choose(counter, 3)
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.quantities == {4: 754}
    assert draft.amount == Money.of("248.07")


def test_f4_types_part_of_a_quantity_and_a_wrong_one_changes_nothing(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    choose(counter, 3, 0)
    counter.press(Qt.Key.Key_F4)
    counter.type("0,5")
    counter.press(Qt.Key.Key_Return)
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.quantities == {4: 500}
    counter.press(Qt.Key.Key_F4)
    counter.type("3")
    counter.press(Qt.Key.Key_Return)
    assert counter.page.flow.draft is not None
    assert counter.page.flow.draft.quantities == {4: 500}
    assert "No more than 0.754" in counter.text("refund.hint")


def test_f6_takes_all_that_is_left(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.desk.refund_lines(payment.id, line2="1", line5="1")
    counter.open(payment)
    counter.press(Qt.Key.Key_F6)
    assert total(counter) == "2,675.87\u00a0₽"


def test_a_finger_on_a_painted_plus_adds_one(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    grid = counter.page.content.grid
    cell = grid.visualRect(grid.lines.index(2, Part.CHOSEN))
    rect = grid.stepper_rect(cell)
    spot = QPoint(rect.right() - 10, rect.center().y())
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.quantities == {3: 1000}
    assert grid.chosen_row() == 2


def test_a_line_that_is_gone_has_no_stepper(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.desk.refund_lines(payment.id, line2="1")
    counter.open(payment)
    choose(counter, 1)
    model = counter.page.content.grid.lines
    assert model.index(1, Part.CHOSEN).data() == "all refunded"
    assert not counter.has("refund.quantity")
    assert counter.page.flow.draft is not None
    assert not counter.page.flow.draft.quantities


def test_without_a_reason_nothing_is_sent_and_the_caret_is_in_it(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    choose(counter, 0)
    counter.press(Qt.Key.Key_F12)
    assert counter.text("refund.reason.error") == "Say why the money goes back"
    assert counter.page.panel.reason.is_typing
    assert not counter.has("pin.entry")
    counter.type("скол")
    assert not counter.has("refund.reason.error")


def test_a_newer_form_of_the_same_payment_leaves_the_caret_in_the_reason(
    counter: Counter,
) -> None:
    counter.open(counter.desk.sell())
    choose(counter, 2)
    counter.page.left()
    counter.page.entered()  # the gateway is asked once more
    counter.page.focus_main()
    counter.type("Def")
    assert counter.page.flow.busy
    counter.until(lambda: not counter.page.flow.busy)
    counter.type("ect")
    assert counter.page.panel.reason.text() == "Defect"
    assert total(counter) == "1,250.00\u00a0₽"


def test_the_reason_ends_at_190_letters_and_says_so(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    counter.page.focus_main()
    counter.type("я" * 200)
    assert len(counter.page.panel.reason.text()) == 190
    assert counter.text("refund.reason.counter") == "190 of 190"


def test_a_pin_allows_and_f12_sends_and_enter_never_does(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.open(payment)
    choose(counter, 2)
    give_reason(counter)
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.SENIOR)
    assert counter.desk.calls("CreateRefund") == 0
    assert "Орлова Марина" in counter.text("refund.hint")
    counter.press(Qt.Key.Key_Return)
    QTest.qWait(50)
    assert counter.desk.calls("CreateRefund") == 0
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.page.flow.shown is not None)
    assert counter.desk.calls("CreateRefund") == 1
    refund = counter.desk.refunds(payment.id)[0]
    assert refund.amount == Money.of("1250.00")
    assert refund.reason == "Item did not suit"
    assert refund.approver == counter.desk.senior.id
    assert counter.text("refund.status") == "Refunded"


def test_another_choice_after_the_pin_asks_for_it_again(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    choose(counter, 2)
    give_reason(counter)
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.SENIOR)
    choose(counter, 0)
    counter.press(Qt.Key.Key_F12)
    counter.pin_dialog()
    assert counter.desk.calls("CreateRefund") == 0


def test_a_pin_counts_only_for_the_sum_that_its_dialog_named(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.desk.server.gateway.refunds.set_mode(RefundMode(delayed=True))
    counter.open(payment)
    choose(counter, 0, 2)
    give_reason(counter)
    counter.press(Qt.Key.Key_F12)
    counter.pin_dialog()
    counter.desk.refund_lines(payment.id, line1="1")  # as another till may
    counter.refresh()
    assert total(counter) == "459.00\u00a0₽"
    counter.type_pin(Role.SENIOR)
    assert counter.page.flow.approver == ""
    counter.press(Qt.Key.Key_F12)
    counter.pin_dialog()
    assert counter.desk.calls("CreateRefund") == 1


def test_whoever_has_the_right_gives_the_pin_too(counter: Counter) -> None:
    counter.desk.sign_in(Role.MANAGER)
    counter.refresh()
    counter.open(counter.desk.sell())
    choose(counter, 0)
    give_reason(counter)
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.MANAGER)
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.page.flow.shown is not None)
    assert counter.desk.calls("CreateRefund") == 1


def test_esc_in_the_pin_dialog_sends_nothing_and_keeps_the_choice(counter: Counter) -> None:
    counter.open(counter.desk.sell())
    choose(counter, 2)
    give_reason(counter)
    counter.press(Qt.Key.Key_F12)
    counter.pin_dialog()
    counter.press(Qt.Key.Key_Escape)
    counter.until(lambda: not counter.has("pin.entry"))
    assert total(counter) == "1,250.00\u00a0₽"
    assert counter.desk.calls("CreateRefund") == 0


def test_a_choice_that_another_till_overtook_is_refused_with_a_line(counter: Counter) -> None:
    payment = counter.desk.sell()
    counter.open(payment)
    choose(counter, 2)
    give_reason(counter)
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.SENIOR)
    counter.desk.refund_lines(payment.id, line3="1")
    sent = counter.desk.calls("CreateRefund")
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: bool(counter.problems))
    assert counter.problems[0].failure is Failure.REFUND_OVER_LINE
    assert counter.desk.calls("CreateRefund") == sent


def test_esc_leaves_and_the_choice_is_there_again(counter: Counter) -> None:
    left: list[bool] = []
    counter.page.left_refund.connect(lambda: left.append(True))
    counter.open(counter.desk.sell())
    choose(counter, 2)
    counter.press(Qt.Key.Key_Escape)
    assert left == [True]
    counter.page.left()
    counter.page.entered()
    counter.until(lambda: not counter.page.flow.busy)
    assert total(counter) == "1,250.00\u00a0₽"


def test_the_idle_lock_waits_while_a_refund_is_on_screen(counter: Counter) -> None:
    told: list[bool] = []
    counter.page.busy_changed.connect(told.append)
    counter.open(counter.desk.sell())
    assert told == [True]
    counter.page.hide()
    assert told == [True, False]


def test_a_payment_that_is_not_paid_is_not_refunded(counter: Counter) -> None:
    paid = counter.desk.sell()
    assert paid.receipt_number

    async def charge() -> str:
        saved = await counter.desk.till.receipts.draft()
        receipt = saved.receipt.add("Чай", Money.of("10.00"))
        saved = await counter.desk.till.receipts.save(saved, receipt)
        return str((await counter.desk.till.sales.charge(saved.id)).payment.receipt_number)

    number = counter.desk.call(charge)
    counter.type(number)
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: counter.has("refund.band"))
    assert "not paid" in counter.text("refund.band.title")


def test_money_on_its_way_is_followed_to_its_end(counter: Counter) -> None:
    counter.desk.server.gateway.refunds.set_mode(RefundMode(delayed=True))
    payment = counter.desk.sell()
    counter.open(payment)
    choose(counter, 2)
    give_reason(counter)
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.SENIOR)
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.page.flow.shown is not None)
    assert counter.text("refund.outcome.title") == "The money is on its way"
    assert not counter.has("refund.submit")
    refund = counter.desk.refunds(payment.id)[0]
    counter.desk.server.gateway.refunds.finish(refund.refund_id)
    counter.press(Qt.Key.Key_F5)
    counter.until(lambda: counter.text("refund.status") == "Refunded")
    assert counter.desk.refunds(payment.id)[0].state is RefundState.SUCCEEDED
