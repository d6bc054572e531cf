"""What becomes of a refund: each end has its words, its keys, and nothing that repeats it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cashier.domain.bank_codes import BANK_CODES
from cashier.domain.money import Money
from cashier.domain.payment import Payment
from cashier.domain.refund import RefundState
from cashier.domain.staff import Role
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.values import RefundMode
from cashier.services.refund_views import RefundView
from cashier.ui.announcer import Announcer
from cashier.ui.pages.refund.bank import refund_advice, refund_heading
from cashier.ui.pages.refund.outcomes import facts, told
from cashier.ui.sounds import Sounds
from cashier.ui.theme import ThemeController
from tests.ui.refund_kit import Counter, open_desk

S = RefundState


@pytest.fixture
def counter(tmp_path: Path, themed: ThemeController) -> Iterator[Counter]:
    with SandboxServer() as server, open_desk(tmp_path, server) as desk:
        made = Counter(desk)
        made.show()
        yield made
        made.close()


def fault(counter: Counter, kind: Fault, **how: object) -> None:
    planned = PlannedFault(fault=kind, method="CreateRefund", **how)  # type: ignore[arg-type]  # its own fields
    counter.desk.server.gateway.faults.add(planned)


def allowed(counter: Counter) -> Payment:
    """A mug chosen, a reason typed, a senior's PIN given: F12 sends now."""
    payment = counter.desk.sell()
    counter.open(payment)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
    counter.page.panel.reason.set_text("скол на крышке")
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.SENIOR)
    return payment


def send(counter: Counter) -> None:
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.page.flow.shown is not None, seconds=20)


def shown_buttons(counter: Counter) -> set[str]:
    names = ("submit", "check", "resolve", "declare", "leave")
    return {name for name in names if counter.has(f"refund.{name}")}


def test_the_buttons_stand_apart_also_in_a_low_window(counter: Counter) -> None:
    counter.frame.resize(1366, 690)
    allowed(counter)
    send, leave = counter.button("refund.submit"), counter.button("refund.leave")
    counter.until(lambda: leave.y() - send.geometry().bottom() > 8)
    assert counter.page.panel.rect().contains(leave.geometry())


def test_a_refund_that_is_done_says_so_and_esc_is_the_end_of_it(counter: Counter) -> None:
    left: list[bool] = []
    counter.page.left_refund.connect(lambda: left.append(True))
    allowed(counter)
    send(counter)
    assert counter.text("refund.outcome.title") == "1,250.00\u00a0₽ have gone back"
    assert shown_buttons(counter) == {"leave"}
    assert counter.text("refund.remaining") == "1,845.67\u00a0₽"
    counter.press(Qt.Key.Key_Escape)
    assert left == [True]
    assert counter.page.flow.draft is None
    assert counter.page.panel.reason.text() == ""


@pytest.mark.parametrize(
    ("kind", "heard"),
    [(None, "refunded"), (Fault.DROP_AFTER, "unknown"), (Fault.ERROR, "declined")],
)
def test_what_came_of_a_refund_is_heard_once(
    counter: Counter, kind: Fault | None, heard: str
) -> None:
    played: list[str] = []
    sounds = Sounds(volume=100, play=lambda file: played.append(file.stem))
    counter.page.flow.sent.connect(Announcer(sounds, counter.frame).show_refund)
    allowed(counter)
    if kind is not None:
        fault(counter, kind, value=2)
    send(counter)
    counter.refresh()
    counter.press(Qt.Key.Key_F5)
    counter.until(lambda: not counter.page.flow.busy)
    assert played == [heard]


def test_a_refund_without_an_answer_is_unknown_and_nothing_repeats_it(counter: Counter) -> None:
    payment = allowed(counter)
    fault(counter, Fault.DROP_AFTER)
    send(counter)
    assert counter.text("refund.status") == "Refund unknown"
    assert counter.text("refund.outcome.title") == "The result is unknown"
    assert counter.text("refund.outcome.detail").startswith("Do not repeat it.")
    assert shown_buttons(counter) == {"resolve", "leave"}
    refund = counter.desk.refunds(payment.id)[0]
    assert f"#{refund.tag}" in counter.text("refund.outcome.step.2")
    for key in (Qt.Key.Key_F12, Qt.Key.Key_Return, Qt.Key.Key_F5, Qt.Key.Key_F6):
        counter.press(key)
    QTest.qWait(50)
    assert counter.desk.calls("CreateRefund") == 1


def test_an_unknown_refund_meets_whoever_opens_the_payment_again(counter: Counter) -> None:
    payment = allowed(counter)
    fault(counter, Fault.DROP_AFTER)
    send(counter)
    counter.press(Qt.Key.Key_Escape)
    counter.refresh()
    counter.open(payment)
    assert counter.text("refund.status") == "Refund unknown"
    assert not counter.has("refund.submit")


def test_what_never_left_is_sent_again_by_a_press_and_another_pin(counter: Counter) -> None:
    payment = allowed(counter)
    counter.desk.server.stop()
    send(counter)
    assert counter.text("refund.status") == "Not sent"
    assert counter.button("refund.submit").text() == "Send again"
    counter.desk.server.start()
    counter.press(Qt.Key.Key_F12)
    counter.type_pin(Role.SENIOR)
    assert counter.desk.calls("CreateRefund") == 0
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.text("refund.status") == "Refunded")
    assert [one.state for one in counter.desk.refunds(payment.id)] == [S.SUCCEEDED]


def test_esc_gives_up_what_never_left_and_the_choice_is_back(counter: Counter) -> None:
    payment = allowed(counter)
    counter.desk.server.stop()
    send(counter)
    counter.press(Qt.Key.Key_Escape)
    counter.until(lambda: counter.page.flow.shown is None)
    assert [one.state for one in counter.desk.refunds(payment.id)] == [S.WITHDRAWN]
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.amount == Money.of("1250.00")
    assert counter.page.panel.reason.text() == "скол на крышке"
    assert counter.text("refund.remaining") == "3,095.67\u00a0₽"


def test_a_refused_refund_keeps_the_lines_and_the_reason(counter: Counter) -> None:
    allowed(counter)
    fault(counter, Fault.ERROR, value=2, text="Неверная сумма")
    send(counter)
    assert counter.text("refund.status") == "Refund refused"
    assert "Неверная сумма" in counter.text("refund.outcome.gateway")
    assert shown_buttons(counter) == {"leave"}
    counter.press(Qt.Key.Key_Escape)
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.quantities == {3: 1000}
    assert counter.page.panel.reason.text() == "скол на крышке"
    assert counter.has("refund.lines")
    counter.press(Qt.Key.Key_F12)
    counter.pin_dialog()


def test_a_decline_of_the_bank_is_rechecked_before_it_is_believed(counter: Counter) -> None:
    payment = allowed(counter)
    counter.desk.server.gateway.refunds.set_mode(RefundMode(succeeds=False))
    send(counter)
    assert counter.text("refund.status") == "The bank declines, checking again"
    assert "stay blocked" in counter.text("refund.outcome.detail")
    counter.desk.clock.ahead += 61.0
    counter.press(Qt.Key.Key_F5)
    counter.until(lambda: counter.text("refund.status") == "Refund declined")
    assert counter.desk.refunds(payment.id)[0].state is S.FAILED
    counter.press(Qt.Key.Key_Escape)
    draft = counter.page.flow.draft
    assert draft is not None
    assert draft.quantities == {3: 1000}
    assert counter.page.panel.reason.text() == "скол на крышке"
    assert counter.text("refund.remaining") == "3,095.67\u00a0₽"


def test_a_view_of_the_till_brings_the_end_to_the_screen(counter: Counter) -> None:
    counter.desk.server.gateway.refunds.set_mode(RefundMode(delayed=True))
    payment = allowed(counter)
    send(counter)
    counter.refresh()
    refund = counter.desk.refunds(payment.id)[0]
    counter.desk.server.gateway.refunds.finish(refund.refund_id)
    counter.desk.call(counter.desk.till.refund_watch.check, refund.id)
    counter.refresh()  # it is in nobody's list any more
    counter.until(lambda: counter.text("refund.status") == "Refunded")


def test_a_long_wait_is_counted_and_everything_is_frozen_meanwhile(counter: Counter) -> None:
    allowed(counter)
    fault(counter, Fault.DELAY, seconds=1.0)
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.desk.calls("CreateRefund") == 1)
    assert counter.text("refund.status") == "Sending"
    assert counter.button("refund.submit").is_busy
    assert not counter.page.panel.reason.isEnabled()
    assert not counter.has("refund.hint")
    counter.desk.clock.ahead += 30.0
    counter.page.tick()
    assert counter.text("refund.hint").startswith("Waiting for the gateway, 0:5")
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F6, Qt.Key.Key_F12):
        counter.press(key)
    assert counter.page.flow.draft is not None
    assert counter.page.flow.draft.quantities == {3: 1000}
    counter.until(lambda: counter.page.flow.shown is not None)
    assert counter.desk.calls("CreateRefund") == 1


def test_every_bank_code_has_words_of_its_own_for_a_refund() -> None:
    headings = {refund_heading(code) for code in BANK_CODES}
    assert len(headings) == len(BANK_CODES)
    assert refund_heading(None) not in headings
    assert all(refund_advice(code) for code in BANK_CODES)


def test_money_bonuses_and_account_are_shown_when_the_gateway_gives_them(counter: Counter) -> None:
    payment = counter.desk.sell()
    seen = counter.desk.refund_lines(payment.id, line1="1").refund
    refund = replace(
        seen,
        funds=Money.of("409.00"),
        bonuses=Money.of("50.00"),
        account="220220******7705",
        refund_id="R77",
    )
    known = dict(facts(refund, payment, "187-041"))
    assert known["Money"] == "409.00\u00a0₽"
    assert known["Bonuses"] == "50.00\u00a0₽"
    assert known["Method"] == "220220******7705"
    assert known["Tag"] == f"#{refund.tag}"
    assert known["Number"] == "R77"


@pytest.mark.parametrize("state", list(RefundState))
def test_every_state_has_a_title_and_a_line(counter: Counter, state: RefundState) -> None:
    payment = counter.desk.sell()
    seen = counter.desk.refund_lines(payment.id, line1="1").refund
    texts = told(RefundView(refund=replace(seen, state=state), entered=0.0), payment)
    assert texts.title
    assert texts.detail
