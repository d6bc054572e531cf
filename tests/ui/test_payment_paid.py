from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.ui.frame.training import TrainingBand
from cashier.ui.pages.paid_stage import PaidStage
from cashier.ui.pages.qr_overlay import QrOverlay
from cashier.ui.theme import ThemeController
from cashier.ui.widgets.amount import Amount
from cashier.ui.widgets.button import Button
from tests.ui.on_screen import show_active
from tests.ui.payment_kit import FrameStandIn, HandClock, Notes, framed_page
from tests.ui.payment_views import PAYMENT_ID, payment_view, till_view

PAID = payment_view(PaymentState.PAID, method="sbp")


class Green:
    """The green screen of a page."""

    def __init__(self, qtbot: QtBot, frame: FrameStandIn, notes: Notes, clock: HandClock) -> None:
        self.qtbot, self.frame, self.notes, self.clock = qtbot, frame, notes, clock
        self.page = frame.page
        self.gone_on: list[bool] = []
        self.page.new_sale_requested.connect(lambda: self.gone_on.append(True))
        waiting = payment_view()
        self.page.show_payment(waiting, till_view(waiting))
        show_active(qtbot, frame)
        self.page.entered()
        self.page.show_payment(PAID, till_view(PAID))

    def stage(self) -> PaidStage | None:
        return self.frame.findChild(PaidStage)

    def shown(self) -> PaidStage:
        found = self.stage()
        assert found is not None
        return found

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.frame, key)

    def pass_time(self, seconds: float) -> None:
        self.clock.seconds += seconds
        found = self.stage()
        if found is not None:
            found.tick()

    def text(self, name: str) -> str:
        label = self.frame.findChild(QLabel, name)
        assert label is not None
        return label.text()

    def wait_for_seen(self) -> None:
        self.qtbot.waitUntil(lambda: ("result_seen", PAYMENT_ID) in self.notes.calls, timeout=2000)


@pytest.fixture
def green(qtbot: QtBot, themed: ThemeController) -> Iterator[Green]:
    with framed_page() as (frame, notes, clock):
        yield Green(qtbot, frame, notes, clock)


@pytest.fixture
def patient(qtbot: QtBot, themed: ThemeController) -> Iterator[Green]:
    """A till that never returns by itself."""
    with framed_page(auto_return=0) as (frame, notes, clock):
        yield Green(qtbot, frame, notes, clock)


def test_paid_covers_the_whole_window_in_green(green: Green) -> None:
    assert green.shown().geometry() == green.frame.rect()
    picture = green.frame.grab().toImage()
    assert picture.pixelColor(QPoint(10, 10)).name().upper() == "#0B7743"
    assert green.text("result.title") == "Paid"
    assert green.shown().accessibleName() == "Paid, 2,376.01\u00a0₽"
    assert [green.text(f"result.fact.{n}") for n in (2, 3, 4)] == [
        "187-058",
        "SBP",
        "Касса 2 · Зал",
    ]
    green.frame.fit(1024, 640)
    assert green.shown().geometry() == green.frame.rect()


def test_there_is_one_title_and_one_button_while_it_is_green(green: Green) -> None:
    assert len(green.frame.findChildren(QLabel, "result.title")) == 1
    assert len(green.frame.findChildren(Button, "result.new_sale")) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape])
def test_enter_is_deaf_for_600_ms_and_then_goes_on(green: Green, key: Qt.Key) -> None:
    green.pass_time(0.59)
    green.press(key)
    assert green.stage() is not None
    green.pass_time(0.02)
    green.press(key)
    assert green.gone_on == [True]
    assert green.stage() is None
    green.wait_for_seen()


def test_the_button_goes_on(green: Green) -> None:
    button = green.frame.findChild(Button, "result.new_sale")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert green.gone_on == [True]
    green.wait_for_seen()


def test_it_goes_on_by_itself_after_eight_seconds(green: Green) -> None:
    green.pass_time(2)
    assert green.text("result.detail") == "New receipt in 6 s"
    green.pass_time(5.9)
    assert green.gone_on == []
    green.pass_time(0.2)
    assert green.gone_on == [True]
    green.wait_for_seen()


def test_any_other_key_stops_the_clock_and_enter_still_goes_on(green: Green) -> None:
    green.pass_time(1)
    green.press(Qt.Key.Key_A)
    green.pass_time(60)
    assert green.gone_on == []
    assert "waits" in green.text("result.detail")
    green.press(Qt.Key.Key_Return)
    assert green.gone_on == [True]


def test_a_tap_stops_the_clock(green: Green) -> None:
    QTest.mouseClick(
        green.shown(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20)
    )
    green.pass_time(60)
    assert green.gone_on == []


def test_zero_seconds_wait_for_a_person(patient: Green) -> None:
    patient.pass_time(3600)
    assert patient.gone_on == []
    patient.press(Qt.Key.Key_Return)
    assert patient.gone_on == [True]


def test_keys_of_the_page_below_do_nothing(green: Green) -> None:
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F7, Qt.Key.Key_F12, Qt.Key.Key_F11):
        green.press(key)
    green.qtbot.wait(60)
    assert not {"check", "cancel"} & set(green.notes.names())
    assert green.stage() is not None


def test_a_second_view_of_the_same_payment_does_not_start_it_again(green: Green) -> None:
    green.pass_time(5)
    green.page.show_payment(PAID, till_view(PAID))
    assert green.text("result.detail") == "New receipt in 3 s"
    green.pass_time(3.1)
    green.page.show_payment(PAID, till_view(PAID))
    assert green.stage() is None


def test_another_payment_over_the_green_is_not_taken_for_the_one_that_was_read(
    green: Green,
) -> None:
    other = payment_view(id="c3" * 16, receipt_number="187-059")
    green.page.show_payment(other, till_view(other))
    assert green.stage() is None
    green.pass_time(1)
    green.press(Qt.Key.Key_Return)
    green.qtbot.wait(20)
    assert "result_seen" not in green.notes.names()
    assert not green.gone_on
    paid = payment_view(PaymentState.PAID, id="c3" * 16, receipt_number="187-059")
    green.page.show_payment(paid, till_view(paid))
    assert green.text("result.fact.2") == "187-059"


def test_a_paid_payment_off_screen_is_not_shown_in_green(qtbot: QtBot) -> None:
    with framed_page() as (frame, notes, _):
        frame.page.show_payment(PAID, till_view(PAID))
        assert frame.findChild(PaidStage) is None
        assert notes.calls == []


@pytest.mark.parametrize("width", [1366, 1024])
def test_the_longest_sum_is_never_cut(green: Green, width: int) -> None:
    amount = green.frame.findChild(Amount, "result.amount")
    assert amount is not None
    green.frame.fit(width, 768)
    amount.show_money("ru", Money(9_999_999_999_999_99))
    green.qtbot.wait(20)
    assert amount.font_px() < 124
    assert amount.width() <= green.frame.width()


def test_a_payment_opened_when_it_is_paid_already_hears_enter(
    qtbot: QtBot, themed: ThemeController
) -> None:
    with framed_page() as (frame, notes, clock):
        late = Green.__new__(Green)
        late.frame, late.clock = frame, clock
        gone_on: list[bool] = []
        frame.page.new_sale_requested.connect(lambda: gone_on.append(True))
        show_active(qtbot, frame)
        frame.page.show_payment(PAID, till_view(PAID))
        frame.page.entered()
        frame.page.focus_main()
        assert QApplication.focusWidget() is late.shown()
        clock.seconds += 1
        late.press(Qt.Key.Key_Return)
        assert gone_on == [True]
        qtbot.waitUntil(lambda: ("result_seen", PAYMENT_ID) in notes.calls, timeout=2000)


def test_training_stays_written_above_the_green_and_above_a_large_qr(
    qtbot: QtBot, themed: ThemeController
) -> None:
    with framed_page(training=True) as (frame, _notes, _clock):
        band = TrainingBand()
        outer = QVBoxLayout()
        room = frame.layout()
        assert isinstance(room, QHBoxLayout)
        outer.addWidget(band)
        item = room.itemAt(1)
        assert item is not None
        column = item.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(0, outer)
        waiting = payment_view()
        frame.page.show_payment(waiting, till_view(waiting))
        show_active(qtbot, frame)
        frame.page.entered()
        below = frame.rect().adjusted(0, band.height(), 0, 0)
        frame.page.enlarge()
        large = frame.findChild(QrOverlay)
        assert large is not None
        assert large.geometry() == below
        frame.page.show_payment(PAID, till_view(PAID))
        stage = frame.findChild(PaidStage)
        assert stage is not None
        assert stage.geometry() == below
        frame.fit(1024, 640)
        assert stage.geometry() == frame.rect().adjusted(0, band.height(), 0, 0)
