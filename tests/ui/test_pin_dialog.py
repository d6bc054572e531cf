"""Picture 07b: somebody else's PIN for one action, on a real staff list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.staff import FIRST_LOCK, Right, Role
from cashier.services.approvals import Approval
from cashier.ui.dialogs.pin import PinDialog
from cashier.ui.widgets.pin_entry import PinEntry
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import garbage_stays_here
from tests.ui.staff_kit import NAMES, PINS, WRONG, Office, open_office, press, type_pin

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


class Stage:
    """The dialog over a window, opened for a cashier who wants to refund."""

    def __init__(self, qtbot: QtBot, office: Office, right: Right = Right.REFUND) -> None:
        self.qtbot = qtbot
        self.office = office
        office.hire()
        office.sign_in(Role.CASHIER)
        self.window = QWidget()
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        show_active(qtbot, self.window)
        self.dialog = PinDialog(
            self.window,
            office.staff,
            office.background,
            right,
            "Refund <b>1,709.00 ₽</b>",
            office.all(),
            clock=office.clock,
        )
        self.approvals: list[Approval] = []
        self.refusals = 0
        self.drops = 0
        self.dialog.approved.connect(self.approvals.append)
        self.dialog.refused.connect(self._refused)
        self.dialog.scan_dropped.connect(self._dropped)
        self.dialog.open()

    def _refused(self) -> None:
        self.refusals += 1

    def _dropped(self) -> None:
        self.drops += 1

    @property
    def entry(self) -> PinEntry:
        found = self.window.findChild(PinEntry, "pin.entry")
        assert found is not None
        return found

    def button(self, name: str) -> QPushButton:
        found = self.window.findChild(QPushButton, name)
        assert found is not None, name
        return found

    def label(self, name: str) -> QLabel:
        found = self.window.findChild(QLabel, name)
        assert found is not None, name
        return found

    def type(self, pin: str, *, gap: float = 0.2) -> None:
        type_pin(self.office.clock, self.entry, pin, gap=gap)

    def press(self, key: Qt.Key, *, gap: float = 0.2) -> None:
        press(self.office.clock, self.window.focusWidget(), key, gap=gap)

    def check(self, pin: str) -> None:
        """Type a PIN, press Enter and wait for the answer."""
        self.type(pin)
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: bool(self.approvals) or bool(self.label("pin.error").text()))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as made:
        yield made


@pytest.fixture
def stage(qtbot: QtBot, office: Office) -> Stage:
    return Stage(qtbot, office)


def test_enter_checks_the_pin_and_hands_over_an_approval_for_this_right(stage: Stage) -> None:
    assert stage.window.focusWidget() is stage.entry
    who = stage.window.findChild(QComboBox, "pin.person")
    assert who is not None
    names = [who.itemText(at) for at in range(who.count())]
    assert NAMES[Role.CASHIER] not in " ".join(names)
    who.setCurrentIndex(next(at for at, name in enumerate(names) if NAMES[Role.SENIOR] in name))
    stage.check(PINS[Role.SENIOR])
    approval = stage.approvals[0]
    assert (approval.right, approval.approver.name) == (Right.REFUND, NAMES[Role.SENIOR])
    stage.qtbot.waitUntil(lambda: stage.window.findChild(PinEntry, "pin.entry") is None)
    actor = stage.office.background.call(stage.office.staff.require, Right.REFUND, approval)
    assert actor.id == stage.office.people()[Role.CASHIER].id


def test_enter_is_dead_until_the_last_digit(stage: Stage) -> None:
    stage.type("73190")
    assert not stage.button("pin.confirm").isEnabled()
    stage.press(Qt.Key.Key_Return)
    assert stage.entry.text() == "73190"
    stage.press(Qt.Key.Key_Backspace)
    assert stage.entry.text() == "7319"
    stage.type("05")
    assert stage.button("pin.confirm").isEnabled()
    assert stage.approvals == []


def test_f12_does_nothing_in_the_dialog(stage: Stage) -> None:
    stage.type(PINS[Role.SENIOR])
    stage.press(Qt.Key.Key_F12)
    assert stage.dialog.is_open
    assert stage.approvals == []


def test_a_wrong_pin_says_how_many_tries_are_left_and_clears_the_dots(stage: Stage) -> None:
    stage.check(WRONG[6])
    assert "4" in stage.label("pin.error").text()
    assert stage.entry.text() == ""
    assert stage.entry.hasFocus()
    stage.type("7")
    assert stage.label("pin.error").text() == ""


def test_the_fifth_wrong_pin_shuts_the_dialog_for_that_person_with_a_countdown(
    stage: Stage,
) -> None:
    for _ in range(5):
        stage.check(WRONG[6])
        if stage.entry.is_open:
            stage.type("7")
            stage.press(Qt.Key.Key_Backspace)
    assert "0:30" in stage.label("pin.error").text()
    stage.type(PINS[Role.ADMINISTRATOR])
    assert stage.entry.text() == ""
    stage.office.clock.now += FIRST_LOCK
    stage.qtbot.waitUntil(lambda: stage.entry.is_open)
    stage.check(PINS[Role.ADMINISTRATOR])
    assert len(stage.approvals) == 1


def test_another_person_can_be_chosen_with_the_arrows_while_one_is_shut(stage: Stage) -> None:
    for _ in range(5):
        stage.check(WRONG[6])
        stage.type("7")
        stage.press(Qt.Key.Key_Backspace)
    stage.press(Qt.Key.Key_Down)
    assert stage.entry.is_open
    assert stage.label("pin.error").text() == ""


def test_a_scanners_burst_is_dropped_and_no_wrong_try_counted(stage: Stage) -> None:
    stage.type("73")
    stage.type("4601234567890", gap=0.2)
    stage.entry.clear()
    stage.type("73")
    stage.office.clock.now += 0.5
    stage.type("4601234567890", gap=0.005)
    stage.press(Qt.Key.Key_Return, gap=0.005)
    # The first digit of a scan looks like a finger until the second one comes.
    assert stage.entry.text() in ("73", "7")
    assert stage.drops == 1
    assert stage.approvals == []
    assert all(one.wrong_pins == 0 for one in stage.office.all())


def test_a_scan_that_fits_the_length_checks_nothing(stage: Stage) -> None:
    stage.type(PINS[Role.SENIOR], gap=0.005)
    stage.press(Qt.Key.Key_Return, gap=0.005)
    assert stage.entry.text() == ""
    assert stage.dialog.is_open
    assert stage.drops == 1


def test_a_held_key_is_one_digit_and_letters_are_none(stage: Stage) -> None:
    stage.type("7")
    for key in (Qt.Key.Key_A, Qt.Key.Key_Comma, Qt.Key.Key_Space):
        stage.press(key)
    assert stage.entry.text() == "7"


def test_the_pad_types_and_erases_for_fingers(stage: Stage) -> None:
    for digit in PINS[Role.SENIOR]:
        stage.button(f"pin.{digit}").click()
    assert stage.button("pin.confirm").isEnabled()
    stage.button("pin.erase").click()
    assert len(stage.entry.text()) == 5
    assert stage.entry.hasFocus()


def test_esc_leaves_without_an_approval(stage: Stage) -> None:
    stage.type("731")
    stage.press(Qt.Key.Key_Escape)
    assert stage.refusals == 1
    assert stage.approvals == []
    assert not stage.dialog.is_open


def test_nobody_with_the_right_is_said(qtbot: QtBot, office: Office) -> None:
    stage = Stage(qtbot, office)
    lonely = PinDialog(
        stage.window,
        office.staff,
        office.background,
        Right.STAFF,
        "",
        [office.people()[Role.CASHIER]],
        clock=office.clock,
    )
    lonely.open()
    assert "Nobody" in lonely.findChildren(QLabel, "pin.error")[0].text()
    assert not lonely.findChildren(QPushButton, "pin.confirm")[0].isEnabled()


def test_markup_in_the_text_is_shown_as_it_is(stage: Stage) -> None:
    assert stage.label("pin.text").text() == "Refund <b>1,709.00 ₽</b>"
    assert stage.label("pin.text").textFormat() == Qt.TextFormat.PlainText


def test_the_pin_is_in_no_text_or_accessible_name(stage: Stage) -> None:
    stage.type(PINS[Role.SENIOR])
    told = [
        text
        for widget in stage.window.findChildren(QWidget)
        for text in (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    ]
    told += [label.text() for label in stage.window.findChildren(QLabel)]
    assert not any(PINS[Role.SENIOR] in text for text in told)
    assert stage.entry.accessibleName() == "PIN, 6 of 6 digits typed"
    assert stage.entry.displayText() != PINS[Role.SENIOR]


def test_everything_has_a_name(stage: Stage) -> None:
    assert nameless(stage.window) == []


@pytest.mark.parametrize("height", [768, 640])
def test_the_whole_dialog_fits_the_window(qtbot: QtBot, stage: Stage, height: int) -> None:
    stage.window.resize(1024, height)
    note = stage.label("pin.note")
    qtbot.waitUntil(lambda: not note.visibleRegion().isEmpty())
    assert note.visibleRegion().boundingRect().height() == note.height()


def test_digits_that_waited_for_a_busy_window_are_no_scan(stage: Stage) -> None:
    for number, digit in enumerate("1234"):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key(ord(digit)), Qt.KeyboardModifier.NoModifier, digit
        )
        event.setTimestamp(1_000 + 150 * number)  # the clock stands: all come at one moment
        QApplication.sendEvent(stage.entry, event)
    assert stage.entry.text() == "1234"
    assert stage.drops == 0
