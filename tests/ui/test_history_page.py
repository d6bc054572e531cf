"""The history on screen, over a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QTableView
from pytestqt.qtbot import QtBot

from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.staff import Role
from cashier.ui.pages.history.events import EventList
from cashier.ui.pages.history.filter_box import FilterBox
from cashier.ui.theme import ThemeController
from tests.ui.history_stand import HistoryDay, Stand, history_day, history_page
from tests.ui.setup_kit import garbage_stays_here, type_text


@pytest.fixture
def day(qapp: object, tmp_path: Path) -> Iterator[HistoryDay]:
    with garbage_stays_here(), history_day(tmp_path) as made:
        yield made


@pytest.fixture
def stand(qtbot: QtBot, day: HistoryDay, themed: ThemeController) -> Iterator[Stand]:
    with history_page(day) as frame:
        yield Stand(qtbot, day, frame)


def rows(stand: Stand) -> list[str]:
    """The receipts of the table, from the top."""
    table = stand.page.findChild(QTableView, "history.table")
    assert table is not None
    model = table.model()
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def search(stand: Stand, text: str) -> None:
    line = stand.find("history.search")
    stand.press(Qt.Key.Key_F3)
    type_text(line, text)
    stand.press(Qt.Key.Key_Return)
    stand.rest()


def choose(stand: Stand, name: str, item: object) -> None:
    box = stand.find(name)
    assert isinstance(box, FilterBox)
    at = next(n for n in range(box.count()) if box.itemData(n) == item or box.itemText(n) == item)
    box.setCurrentIndex(at)
    box.activated.emit(at)
    stand.rest()


def test_the_newest_payment_is_first_and_shown_in_detail(stand: Stand) -> None:
    stand.day.payment("245.00", "11:40")
    stand.day.payment("640.00", "14:29", method="card", account="220012******4417")
    stand.enter()
    assert rows(stand) == ["1-002", "1-001"]
    assert stand.text("history.details.title") == "Receipt 1-002"
    assert "4417" in stand.text("history.details.line")
    assert "Смирнова Анна" in stand.text("history.details.line")
    assert stand.text("history.count") == "2 payments"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1-002", ["1-002"]),
        ("640", ["1-002"]),
        ("640,00", ["1-002"]),
        ("4417", ["1-002"]),
        ("бород", ["1-001"]),
        ("нет такого", []),
    ],
)
def test_a_payment_is_found_by_number_sum_card_or_goods(
    stand: Stand, typed: str, found: list[str]
) -> None:
    stand.day.payment("245.00", "11:40", names=("Хлеб «Бородинский», нарезка",))
    stand.day.payment("640.00", "14:29", method="card", account="220012******4417")
    stand.enter()
    search(stand, typed)
    assert rows(stand) == found


def test_scanning_a_slip_shows_its_payment_of_any_day(stand: Stand) -> None:
    old = stand.day.payment("3095.67", "11:47", days_ago=40)
    stand.day.payment("640.00", "14:29")
    stand.enter()
    search(stand, old.order_id)
    assert rows(stand) == [old.receipt_number]
    assert stand.text("history.details.title") == f"Receipt {old.receipt_number}"
    assert not stand.has("receipt.close")  # the scanner's own Enter opens nothing


def test_enter_opens_the_lines_of_the_receipt_and_esc_goes_back(stand: Stand) -> None:
    stand.day.payment("640.00", "14:29", names=("Сыр «Российский» 50 %", "Пакет-майка"))
    stand.enter()
    stand.press(Qt.Key.Key_Return)
    assert stand.text("receipt.line.1") == "Сыр «Российский» 50 %"
    stand.press(Qt.Key.Key_Escape)
    stand.rest()
    assert not stand.has("receipt.line.1")
    assert stand.find("history.search").hasFocus()


def test_arrows_walk_through_the_list_from_the_search(stand: Stand) -> None:
    for minute in range(3):
        stand.day.payment("100.00", f"12:0{minute}")
    stand.enter()
    stand.press(Qt.Key.Key_Down)
    stand.press(Qt.Key.Key_Down)
    stand.rest()
    assert stand.text("history.details.title") == "Receipt 1-001"
    stand.press(Qt.Key.Key_Home)
    stand.rest()
    assert stand.text("history.details.title") == "Receipt 1-003"


def test_only_what_is_allowed_is_offered(stand: Stand) -> None:
    stand.day.payment("219.90", "14:02", state=PaymentState.CLOSED)
    paid = stand.day.payment("640.00", "14:29")
    stand.day.payment("310.00", "14:50", state=PaymentState.OPEN)
    stand.day.start()
    stand.enter()
    live = {"history.show_qr", "history.check", "history.cancel"}
    assert stand.buttons() == live
    stand.press(Qt.Key.Key_Down)
    stand.rest()
    assert stand.text("history.details.title") == f"Receipt {paid.receipt_number}"
    assert stand.buttons() == {"history.refund", "history.copy", "history.external"}
    stand.press(Qt.Key.Key_Down)
    stand.rest()
    assert stand.buttons() == set()


def test_f9_asks_for_the_refund_of_the_payment_on_show(stand: Stand) -> None:
    paid = stand.day.payment("640.00", "14:29")
    stand.enter()
    with stand.qtbot.waitSignal(stand.page.refund_requested) as asked:
        stand.press(Qt.Key.Key_F9)
    assert asked.args == [paid.id]


def test_a_key_never_acts_on_a_payment_that_is_not_on_show_yet(stand: Stand) -> None:
    stand.day.payment("245.00", "11:40")
    stand.day.payment("640.00", "14:29")
    stand.enter()
    heard: list[str] = []
    stand.page.refund_requested.connect(heard.append)
    stand.press(Qt.Key.Key_Down)
    stand.press(Qt.Key.Key_F9)
    assert heard == []
    stand.rest()
    stand.press(Qt.Key.Key_F9)
    assert len(heard) == 1


def test_a_waiting_payment_goes_back_to_its_qr(stand: Stand) -> None:
    open_one = stand.day.payment("310.00", "14:50", state=PaymentState.OPEN)
    stand.day.start()
    stand.enter()
    with stand.qtbot.waitSignal(stand.page.payment_requested) as asked:
        stand.press(Qt.Key.Key_Return)
    assert asked.args == [open_one.id]


def test_a_cancel_wants_a_second_press(stand: Stand) -> None:
    stand.day.payment("310.00", "14:50", state=PaymentState.OPEN)
    stand.day.start()
    stand.enter()
    button = stand.button("history.cancel")
    button.click()
    assert button.text() == "Press again"
    assert stand.day.view().payments[0].payment.state is PaymentState.OPEN
    button.click()
    stand.until(lambda: stand.day.view().payments[0].payment.state is PaymentState.CLOSING)


def test_refunds_change_the_badge_and_what_is_left(stand: Stand) -> None:
    paid = stand.day.payment("3095.67", "11:47")
    stand.day.refund(paid, "419.80")
    stand.enter()
    assert stand.text("history.details.status") == "Partly refunded"
    assert stand.text("history.details.refunded") == "−419.80\xa0₽"
    assert stand.text("history.details.left") == "2,675.87\xa0₽"
    whole = stand.day.payment("245.00", "14:40")
    stand.day.refund(whole, "245.00", state=RefundState.ACCEPTED)
    stand.page.entered()
    stand.rest()
    stand.press(Qt.Key.Key_Home)
    stand.rest()
    assert stand.text("history.details.status") == "Refund pending"
    assert stand.text("history.details.left") == "0.00\xa0₽"
    assert "history.refund" not in stand.buttons()
    assert "history.check" in stand.buttons()


def test_the_timeline_tells_the_payment_and_its_refunds(stand: Stand) -> None:
    paid = stand.day.payment("3095.67", "11:47")
    stand.day.refund(paid, "419.80")
    stand.enter()
    timeline = stand.page.findChild(EventList, "history.timeline")
    assert timeline is not None
    assert [event.title for event in timeline.events] == [
        "Created",
        "QR code shown",
        "Paid",
        "Refund 419.80\xa0₽",
    ]
    last = timeline.events[-1].detail
    assert "не подошёл товар" in last
    assert "Смирнова Анна, allowed by Орлова Марина" in last


def test_the_order_number_is_copied_whole(stand: Stand) -> None:
    paid = stand.day.payment("640.00", "14:29")
    stand.enter()
    copy = stand.find("history.copy.order")
    assert isinstance(copy, QAbstractButton)
    copy.click()
    assert QGuiApplication.clipboard().text() == paid.order_id


def test_filters_narrow_the_list_and_esc_takes_them_off(stand: Stand) -> None:
    stand.day.payment("100.00", "10:00", days_ago=1)
    stand.day.payment("219.90", "14:02", state=PaymentState.CLOSED)
    stand.day.payment("640.00", "14:29")
    stand.enter()
    assert len(rows(stand)) == 2
    choose(stand, "history.period", "7 days")
    assert len(rows(stand)) == 3
    choose(stand, "history.status", "Cancelled")
    assert rows(stand) == ["1-002"]
    choose(stand, "history.cashier", "Орлова Марина")
    assert stand.text("history.empty.title") == "Nothing found"
    stand.find("history.search").setFocus()
    stand.press(Qt.Key.Key_Escape)
    stand.rest()
    assert len(rows(stand)) == 2


def test_own_dates_are_typed_and_a_wrong_one_is_told(stand: Stand) -> None:
    stand.day.payment("100.00", "10:00", days_ago=3)
    stand.day.payment("640.00", "14:29")
    stand.enter()
    choose(stand, "history.period", "Own dates…")
    first, last = stand.find("period.first"), stand.find("period.last")
    first.setProperty("text", "31.02")
    stand.press(Qt.Key.Key_F12)
    assert stand.text("period.first.note") == "Type a day, e.g. 24.11.2026"
    first.setProperty("text", "21.11.2026")
    last.setProperty("text", "22.11.26")
    stand.press(Qt.Key.Key_F12)
    stand.rest()
    assert rows(stand) == ["1-001"]


def test_one_sum_can_be_asked_for(stand: Stand) -> None:
    stand.day.payment("100.00", "10:00")
    stand.day.payment("640.00", "14:29")
    stand.enter()
    choose(stand, "history.sum", "One sum…")
    type_text(stand.find("sum.value"), "100,00")
    stand.press(Qt.Key.Key_Return)
    stand.rest()
    assert rows(stand) == ["1-001"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_f4_opens_the_first_filter(stand: Stand) -> None:
    stand.day.payment("100.00", "10:00")
    stand.enter()
    stand.press(Qt.Key.Key_F4)
    box = stand.find("history.period")
    assert isinstance(box, FilterBox)
    assert box.view().isVisible()
    box.hidePopup()


def test_a_new_day_is_empty_in_words(stand: Stand) -> None:
    stand.enter()
    assert stand.text("history.empty.title") == "No payments today yet"
    assert not stand.has("history.details.title")
    assert not stand.button("history.export").isEnabled()


def test_nothing_found_offers_all_days(stand: Stand) -> None:
    stand.day.payment("100.00", "10:00", days_ago=5)
    stand.enter()
    search(stand, "1-001")
    assert stand.text("history.empty.title") == "Nothing found"
    stand.button("history.all_days").click()
    stand.rest()
    assert rows(stand) == ["1-001"]


def test_without_anybody_at_the_till_the_list_says_why_and_f5_tries_again(stand: Stand) -> None:
    stand.day.payment("100.00", "10:00")
    stand.day.background.call(stand.day.till.staff.lock)
    stand.enter()
    assert stand.text("history.error.title").startswith("The list did not load")
    stand.day.sign_in(Role.CASHIER)
    stand.press(Qt.Key.Key_F5)
    stand.rest()
    assert rows(stand) == ["1-001"]


def test_a_payment_that_changes_meanwhile_is_repainted(stand: Stand) -> None:
    one = stand.day.payment("310.00", "14:50", state=PaymentState.OPEN)
    stand.day.start()
    stand.enter()
    assert stand.text("history.details.status") == "Waiting"
    stand.day.clock.now += timedelta(seconds=30)
    stand.day.write(
        lambda ledger: ledger.move(ledger.payment(one.id), PaymentState.PAID, status="successful")
    )
    stand.day.start()
    stand.page.show_view(stand.day.view())
    stand.until(lambda: stand.text("history.details.status") == "Paid")


def test_another_page_can_ask_for_a_payment(stand: Stand) -> None:
    old = stand.day.payment("3095.67", "11:47", days_ago=40)
    stand.day.payment("640.00", "14:29")
    stand.enter()
    stand.page.show_payment(old.id)
    stand.until(lambda: stand.text("history.details.title") == f"Receipt {old.receipt_number}")
    stand.rest()
    assert rows(stand) == [old.receipt_number]


def test_letters_typed_into_the_table_go_to_the_search(stand: Stand) -> None:
    stand.day.payment("100.00", "10:00")
    stand.enter()
    stand.find("history.table").setFocus()
    stand.press(Qt.Key.Key_7)
    line = stand.find("history.search")
    assert line.hasFocus()
    assert line.property("text") == "7"


def test_the_footer_tells_the_keys(stand: Stand) -> None:
    stand.enter()
    assert [hint.key for hint in stand.page.footer()] == ["F3", "F4", "↑ ↓", "Enter", "F6"]


def test_the_page_fits_the_smallest_window_in_every_state(stand: Stand) -> None:
    stand.frame.fit(1024, 640)
    stand.enter()
    assert (stand.frame.width(), stand.frame.height()) == (1024, 640)
    paid = stand.day.payment("3095.67", "11:47")
    stand.day.refund(paid, "419.80", state=RefundState.UNKNOWN)
    stand.page.entered()
    stand.rest()
    assert stand.frame.height() == 640
    button = stand.button("history.decide_refund")
    assert button.mapTo(stand.frame, button.rect().bottomLeft()).y() < 640 - 36
