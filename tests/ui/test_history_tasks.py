"""What waits for a decision: the cards, who decides, and what is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cashier.domain.payment import Decision, PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Role
from cashier.journal.epochs import Restoration
from cashier.ui.dialogs.decide_payment import Way, ways_of
from cashier.ui.dialogs.pin import PinDialog
from cashier.ui.pages.history.task_cards import TaskCard
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.choice import Choice
from tests.ui.history_stand import NOW, OTHER_PIN, HistoryDay, Stand, history_day, history_page
from tests.ui.setup_kit import garbage_stays_here, type_text


@pytest.fixture
def day(qapp: object, tmp_path: Path) -> Iterator[HistoryDay]:
    with garbage_stays_here(), history_day(tmp_path) as made:
        yield made


@pytest.fixture
def stand(qtbot: QtBot, day: HistoryDay, themed: ThemeController) -> Iterator[Stand]:
    with history_page(day) as frame:
        yield Stand(qtbot, day, frame)


def open_tasks(stand: Stand) -> None:
    stand.day.start()
    stand.enter()
    stand.page.show_tasks()
    stand.rest()


def cards(stand: Stand) -> list[tuple[str, str]]:
    """Badge and title of every card, from the top."""
    found = [one for one in stand.page.findChildren(TaskCard) if one.isVisible()]
    found.sort(key=lambda one: one.y())
    return [
        (
            one.findChild(QLabel, "history.task.status").text(),  # type: ignore[union-attr]  # every card has them
            one.findChild(QLabel, "history.task.title").text(),  # type: ignore[union-attr]
        )
        for one in found
    ]


def take(stand: Stand, way: Way) -> None:
    choice = stand.find(f"decide.{way.name.lower()}")
    assert isinstance(choice, Choice)
    choice.click()


def approve(stand: Stand, pin: str = OTHER_PIN) -> None:
    """Whoever heads the list of the PIN dialog gives a PIN."""
    stand.until(lambda: stand.has("pin.text"))
    for digit in pin:
        QTest.keyClicks(QApplication.focusWidget() or stand.page, digit)
        QTest.qWait(40)  # faster, it would be a scan
    stand.press(Qt.Key.Key_Return)


def test_the_red_ones_come_first_then_the_oldest(stand: Stand) -> None:
    refunded = stand.day.payment("2140.00", "12:05")
    stand.day.refund(
        refunded, "1290.00", state=RefundState.UNKNOWN, ago=timedelta(hours=2, minutes=30)
    )
    delayed = stand.day.payment("3450.00", "11:05", days_ago=1)
    stand.day.refund(delayed, "3450.00", state=RefundState.ACCEPTED, ago=timedelta(hours=27))
    stand.day.payment(
        "890.00", "12:58", state=PaymentState.QUARANTINE, mismatch=("amount",), took=60
    )
    stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    assert cards(stand) == [
        ("Amount mismatch", "Receipt 1-003"),
        ("Paid after cancel", "Receipt 1-004"),
        ("Refund delayed", "Receipt 1-002"),
        ("Refund unknown", "Receipt 1-001"),
    ]
    assert stand.text("history.count") == "4 tasks"
    view = stand.day.view()
    assert len(view.tasks) + len(view.refund_tasks) == 4


def test_a_card_says_what_is_known_how_long_and_who(stand: Stand) -> None:
    stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID, took=1194)
    open_tasks(stand)
    assert "the gateway answered “paid”" in stand.text("history.task.text")
    assert stand.text("history.task.wait") == "waits 21\xa0min"
    assert stand.text("history.task.who") == "senior cashier"


def test_nothing_to_decide_is_said_and_leads_back(stand: Stand) -> None:
    stand.day.payment("245.00", "11:40")
    open_tasks(stand)
    assert stand.text("history.done.title") == "Nothing to decide"
    stand.press(Qt.Key.Key_Escape)
    stand.rest()
    assert stand.text("history.count").startswith("1 payment")


def test_esc_leaves_the_tasks_and_the_footer_says_so(stand: Stand) -> None:
    stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    assert [hint.key for hint in stand.page.footer()] == ["F3", "F4", "↑ ↓", "Esc"]
    assert stand.page.footer_note()
    stand.press(Qt.Key.Key_Escape)
    stand.rest()
    assert not cards(stand)
    assert stand.page.footer_note() == ""


def test_a_senior_restores_the_sale_on_the_cashiers_screen(stand: Stand) -> None:
    late = stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    stand.press(Qt.Key.Key_F12)
    stand.press(Qt.Key.Key_F12)  # nothing is chosen yet: nothing happens
    assert not stand.has("pin.text")
    take(stand, Way.RESTORE)
    stand.press(Qt.Key.Key_F12)
    assert stand.text("decide.reason.note") == "Say why: the reason is kept with the payment"
    type_text(stand.find("decide.reason"), "покупатель забрал товар")
    stand.press(Qt.Key.Key_F12)
    approve(stand)
    stand.until(lambda: not stand.has("decide.title"))
    stand.page.show_view(stand.day.view())
    stand.until(lambda: not cards(stand))
    details = stand.day.background.call(stand.day.till.history.details, late.id)
    assert details.payment.decision is Decision.RESTORED
    assert details.payment.decision_reason == "покупатель забрал товар"
    assert details.payment.decided_by == stand.day.people[Role.SENIOR].id
    assert details.receipt.state is ReceiptState.SETTLED


def test_whoever_has_the_right_gives_a_pin_as_well(stand: Stand) -> None:
    stand.day.payment("1182.50", "14:26", state=PaymentState.UNKNOWN)
    stand.day.sign_in(Role.SENIOR)
    stand.day.start()
    stand.enter()
    stand.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    take(stand, Way.UNPAID)
    type_text(stand.find("decide.reason"), "заплатил наличными в другой кассе")
    stand.press(Qt.Key.Key_F12)
    approve(stand)
    stand.until(lambda: not stand.has("decide.title"))
    stand.page.show_view(stand.day.view())
    stand.until(lambda: stand.text("history.details.status") == "Not created")


def test_a_refused_pin_leaves_everything_as_it_was(stand: Stand) -> None:
    late = stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    stand.press(Qt.Key.Key_F12)
    take(stand, Way.RESTORE)
    type_text(stand.find("decide.reason"), "причина")
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("pin.text"))
    stand.press(Qt.Key.Key_Escape)
    assert not stand.has("pin.text")
    assert stand.find("decide.reason").property("text") == "причина"
    details = stand.day.background.call(stand.day.till.history.details, late.id)
    assert details.payment.decision is None


def test_esc_while_the_decision_is_recorded_breaks_nothing(stand: Stand) -> None:
    late = stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    stand.press(Qt.Key.Key_F12)
    take(stand, Way.RESTORE)
    type_text(stand.find("decide.reason"), "причина")
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("pin.text"))
    [asked] = stand.page.window().findChildren(PinDialog)
    asked.approved.connect(lambda _: stand.press(Qt.Key.Key_Escape))
    approve(stand)
    stand.until(lambda: not stand.has("decide.title"))
    details = stand.day.background.call(stand.day.till.history.details, late.id)
    assert details.payment.decision is Decision.RESTORED
    stand.rest()
    stand.page.show_view(stand.day.view())
    stand.until(lambda: not cards(stand))


def test_keys_right_after_f12_are_for_the_pin_and_reach_nothing_below(stand: Stand) -> None:
    stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    stand.press(Qt.Key.Key_F12)
    take(stand, Way.RESTORE)
    type_text(stand.find("decide.reason"), "причина")
    stand.press(Qt.Key.Key_F12)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        stand.press(key)  # before the list of people is there
    assert stand.find("decide.reason").property("text") == "причина"
    stand.until(lambda: stand.has("pin.text"))
    assert stand.has("decide.title")
    stand.press(Qt.Key.Key_Escape)
    assert stand.find("decide.reason").property("text") == "причина"
    assert stand.find("decide.reason").hasFocus()


def test_giving_the_money_back_opens_the_refund(stand: Stand) -> None:
    late = stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    stand.press(Qt.Key.Key_F12)
    take(stand, Way.GIVE_BACK)
    with stand.qtbot.waitSignal(stand.page.refund_requested) as asked:
        stand.press(Qt.Key.Key_F12)
    assert asked.args == [late.id]


def test_enter_decides_nothing(stand: Stand) -> None:
    stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    stand.press(Qt.Key.Key_F12)
    take(stand, Way.GIVE_BACK)
    heard: list[str] = []
    stand.page.refund_requested.connect(heard.append)
    stand.press(Qt.Key.Key_Return)
    assert heard == []
    assert stand.has("decide.title")


def test_a_mismatch_is_accepted_by_a_manager_with_a_reason(stand: Stand) -> None:
    wrong = stand.day.payment(
        "890.00",
        "14:40",
        state=PaymentState.QUARANTINE,
        mismatch=("amount",),
        status="successful",
    )
    stand.day.sign_in(Role.MANAGER)
    open_tasks(stand)
    stand.press(Qt.Key.Key_F12)
    take(stand, Way.ACCEPT)
    type_text(stand.find("decide.reason"), "округление в банке")
    stand.press(Qt.Key.Key_F12)
    approve(stand)
    stand.until(lambda: not stand.has("decide.title"))
    details = stand.day.background.call(stand.day.till.history.details, wrong.id)
    assert details.payment.decision is Decision.ACCEPTED


def test_an_unknown_refund_leads_to_its_own_dialog(stand: Stand) -> None:
    paid = stand.day.payment("2140.00", "12:05")
    refund = stand.day.refund(paid, "1290.00", state=RefundState.UNKNOWN)
    open_tasks(stand)
    assert stand.text("history.details.title") == "Refund of receipt 1-001"
    assert stand.text("history.details.held") == "−1,290.00\xa0₽"
    assert stand.text("history.details.left") == "850.00\xa0₽"
    assert "history.refund" not in stand.buttons()
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("unknown_refund.title"))
    assert stand.text("unknown_refund.tag") == f"#{refund.tag}"


def restored(stand: Stand, waiting: Restoration | None) -> None:
    stand.page.show_view(replace(stand.day.view(), restoration=waiting))


def test_a_restored_journal_is_the_first_card_and_leads_to_reconciling(stand: Stand) -> None:
    stand.day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID)
    open_tasks(stand)
    waiting = Restoration(NOW - timedelta(minutes=1), NOW - timedelta(hours=3), is_checked=False)
    restored(stand, waiting)
    stand.until(lambda: len(cards(stand)) == 2)
    assert cards(stand)[1] == ("Refunds wait", "The journal was restored from a copy")
    stand.press(Qt.Key.Key_Down)
    stand.until(lambda: stand.has("history.restored.title"))
    assert "refunds wait for a manager" in stand.text("history.restored.title")
    assert not stand.has("history.details.title")
    with stand.qtbot.waitSignal(stand.page.reconcile_wanted):
        stand.press(Qt.Key.Key_F12)
    button = stand.find("history.reconcile")
    assert isinstance(button, Button)
    with stand.qtbot.waitSignal(stand.page.reconcile_wanted):
        button.click()
    assert replace(stand.day.view(), restoration=waiting).task_count == 2
    restored(stand, None)
    stand.until(lambda: len(cards(stand)) == 1)
    stand.until(lambda: not stand.has("history.restored.title"))
    stand.until(lambda: stand.has("history.details.title"))


def test_a_restored_journal_alone_is_something_to_decide_in_russian(
    stand: Stand, qapp: QApplication, themed: ThemeController
) -> None:
    translation = Translation(qapp, language="ru")
    try:
        themed.choose(ThemeName.DARK, scale=100, touch=True, animated=False)
        open_tasks(stand)
        waiting = Restoration(NOW - timedelta(minutes=1), NOW - timedelta(hours=3), False)
        restored(stand, waiting)
        stand.until(lambda: cards(stand) == [("Возвраты ждут", "Журнал восстановлен из копии")])
        assert stand.text("history.task.who") == "менеджер"
        with stand.qtbot.waitSignal(stand.page.reconcile_wanted):
            stand.press(Qt.Key.Key_F12)
    finally:
        translation.use("en")
        translation.setParent(None)


def test_a_delayed_refund_can_be_checked_now(stand: Stand) -> None:
    paid = stand.day.payment("3450.00", "11:05", days_ago=1)
    stand.day.refund(paid, "3450.00", state=RefundState.ACCEPTED, ago=timedelta(hours=27))
    open_tasks(stand)
    assert stand.text("history.details.status") == "Refund delayed"
    before = stand.day.till.refund_watch.views()[0].checks
    stand.press(Qt.Key.Key_F5)
    stand.until(lambda: stand.day.till.refund_watch.views()[0].checks > before)


def test_nobody_can_mark_a_payment_as_paid(day: HistoryDay) -> None:
    made = [
        day.payment("100.00", "10:00", state=state)
        for state in (PaymentState.UNKNOWN, PaymentState.LATE_PAID, PaymentState.QUARANTINE)
    ]
    details = [day.background.call(day.till.history.details, one.id) for one in made]
    ways = {one.payment.state: set(ways_of(one.payment, one.receipt)) for one in details}
    assert ways == {
        PaymentState.UNKNOWN: {Way.UNPAID, Way.WAIT},
        PaymentState.LATE_PAID: {Way.RESTORE, Way.GIVE_BACK},
        PaymentState.QUARANTINE: {Way.WAIT},
    }
    short = day.payment("100.00", "10:00", state=PaymentState.LATE_PAID, mismatch=("amount",))
    told = day.background.call(day.till.history.details, short.id)
    assert ways_of(short, told.receipt) == (Way.GIVE_BACK,)
