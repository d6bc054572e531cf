"""Picture 13: who sits down at the till, with the keyboard and with fingers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from cashier.domain.staff import FIRST_LOCK, Person, Right, Role
from cashier.services.staff import reset_administrator
from cashier.ui.pages.lock import LockPage, Why
from cashier.ui.pages.lock_people import PersonRow, initials
from cashier.ui.widgets.pin_entry import PinEntry
from tests.ui.look_staff import kept_receipt
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import garbage_stays_here, type_text
from tests.ui.staff_kit import NAMES, PINS, WRONG, Office, open_office, press, type_pin

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


class Stage:
    """The page as the frame shows it, and what it says."""

    def __init__(
        self, qtbot: QtBot, office: Office, *, training: bool = False, early: str = ""
    ) -> None:
        self.qtbot = qtbot
        self.office = office
        self.page = LockPage(office.staff, office.background, office.clock, training)
        self.signed_in: list[Person] = []
        self.page.signed_in.connect(self.signed_in.append)
        qtbot.addWidget(self.page)
        self.page.resize(1366, 768)
        show_active(qtbot, self.page)
        self.page.entered()
        if early:  # before there is a list of people
            type_pin(office.clock, self.entry, early)
        qtbot.waitUntil(lambda: bool(self.rows) or self.label("lock.make.title").isVisible())

    @property
    def rows(self) -> list[PersonRow]:
        rows = [row for row in self.page.findChildren(PersonRow) if row.isVisibleTo(self.page)]
        return sorted(rows, key=lambda row: row.y())

    def has_said(self, words: str) -> bool:
        return words in self.label("lock.error").text()

    def row(self, role: Role) -> PersonRow:
        return next(row for row in self.rows if row.person.role is role)

    def chosen(self) -> PersonRow:
        return next(row for row in self.rows if row.isChecked())

    @property
    def entry(self) -> PinEntry:
        found = self.page.findChild(PinEntry, "pin.entry")
        assert found is not None
        return found

    def line(self, name: str) -> QLineEdit:
        found = self.page.findChild(QLineEdit, name)
        assert found is not None, name
        return found

    def label(self, name: str) -> QLabel:
        found = self.page.findChild(QLabel, name)
        assert found is not None, name
        return found

    def button(self, name: str) -> QPushButton:
        found = self.page.findChild(QPushButton, name)
        assert found is not None, name
        return found

    def press(self, key: Qt.Key) -> None:
        press(self.office.clock, self.page.focusWidget(), key)

    def choose(self, role: Role) -> None:
        """With the arrows."""
        for _ in range(10):
            if self.chosen().person.role is role:
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"{role} cannot be reached")

    def check(self, pin: str) -> None:
        type_pin(self.office.clock, self.page.focusWidget(), pin)
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: bool(self.signed_in) or bool(self.label("lock.error").text()))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as made:
        yield made


@pytest.fixture
def hired(office: Office) -> Office:
    office.hire()
    office.sign_in(Role.CASHIER)
    office.background.call(office.staff.lock)
    return office


def test_the_last_cashier_comes_first_and_signs_in_with_digits_and_enter(
    qtbot: QtBot, hired: Office
) -> None:
    stage = Stage(qtbot, hired)
    assert stage.rows[0].person.role is Role.CASHIER
    assert len(stage.rows) == 4
    assert stage.page.focusWidget() is stage.entry
    stage.check(PINS[Role.CASHIER])
    assert stage.signed_in[0].name == NAMES[Role.CASHIER]
    assert hired.staff.current == stage.signed_in[0]


def test_digits_typed_before_there_is_a_list_of_people_are_kept(
    qtbot: QtBot, office: Office
) -> None:
    office.hire()
    office.sign_in(Role.MANAGER)  # six digits, and last at the till
    office.background.call(office.staff.lock)
    stage = Stage(qtbot, office, early=PINS[Role.MANAGER])
    assert stage.chosen().person.role is Role.MANAGER
    assert stage.entry.length == 6
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(stage.signed_in))


def test_digits_typed_early_are_nobodys_where_the_first_needs_a_new_pin(
    qtbot: QtBot, office: Office
) -> None:
    office.hire()
    office.sign_in(Role.ADMINISTRATOR)  # last at the till, so first in the list
    office.background.call(office.staff.lock)

    async def reset() -> None:
        await reset_administrator(office.journal, is_elevated=True, by="root")

    office.background.call(reset)
    stage = Stage(qtbot, office, early=PINS[Role.CASHIER])
    assert stage.chosen().person.role is Role.ADMINISTRATOR
    stage.rows[1].click()
    assert stage.chosen().person.role is not Role.ADMINISTRATOR
    assert stage.entry.text() == ""


def test_the_arrows_choose_and_the_dots_follow_the_length_of_the_pin(
    qtbot: QtBot, hired: Office
) -> None:
    stage = Stage(qtbot, hired)
    assert stage.entry.length == 4
    type_pin(hired.clock, stage.entry, "48")
    stage.choose(Role.MANAGER)
    assert (stage.entry.length, stage.entry.text()) == (6, "")
    assert stage.label("lock.name").text() == NAMES[Role.MANAGER]
    stage.check(PINS[Role.MANAGER])
    assert stage.signed_in[0].role is Role.MANAGER


def test_a_tap_chooses_and_the_pad_types(qtbot: QtBot, hired: Office) -> None:
    stage = Stage(qtbot, hired)
    QTest.mouseClick(stage.row(Role.SENIOR), Qt.MouseButton.LeftButton)
    for digit in PINS[Role.SENIOR]:
        assert not stage.button("lock.enter").isEnabled()
        QTest.mouseClick(stage.button(f"lock.pin.{digit}"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(stage.button("lock.enter"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(stage.signed_in))


def test_a_wrong_pin_says_how_many_tries_are_left(qtbot: QtBot, hired: Office) -> None:
    stage = Stage(qtbot, hired)
    stage.check(WRONG[4])
    assert "4" in stage.label("lock.error").text()
    assert stage.entry.text() == ""
    assert stage.signed_in == []
    assert hired.staff.current is None


def test_a_wrong_pin_is_not_said_of_whoever_is_chosen_meanwhile(
    qtbot: QtBot, hired: Office
) -> None:
    stage = Stage(qtbot, hired)
    type_pin(hired.clock, stage.entry, WRONG[4])
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_Down)  # before the answer
    chosen = stage.chosen().person
    assert chosen.role is not Role.CASHIER
    qtbot.waitUntil(lambda: stage.entry.is_open)
    assert stage.label("lock.error").text() == ""
    stage.check(PINS[chosen.role])
    assert stage.signed_in[0].id == chosen.id


def test_who_is_shut_out_reads_for_how_long_and_the_others_still_sign_in(
    qtbot: QtBot, hired: Office
) -> None:
    stage = Stage(qtbot, hired)
    for left in ("4", "3", "2", "1", "0:30"):
        type_pin(hired.clock, stage.entry, WRONG[4])
        stage.press(Qt.Key.Key_Return)
        qtbot.waitUntil(partial(stage.has_said, left))
    qtbot.waitUntil(lambda: "left" in stage.row(Role.CASHIER).right())
    type_pin(hired.clock, stage.entry, PINS[Role.CASHIER])
    assert stage.entry.text() == ""
    hired.clock.now += FIRST_LOCK
    qtbot.waitUntil(lambda: stage.entry.is_open, timeout=3000)
    stage.check(PINS[Role.CASHIER])
    assert stage.signed_in


def test_a_scan_is_dropped_with_its_enter(qtbot: QtBot, hired: Office) -> None:
    stage = Stage(qtbot, hired)
    with qtbot.waitSignal(stage.page.scan_dropped):
        type_pin(hired.clock, stage.entry, PINS[Role.CASHIER], gap=0.004)
    press(hired.clock, stage.entry, Qt.Key.Key_Return, gap=0.004)
    assert stage.entry.text() == ""
    assert hired.people()[Role.CASHIER].wrong_pins == 0


def test_the_kept_receipt_says_for_whom(qtbot: QtBot, hired: Office) -> None:
    stage = Stage(qtbot, hired)
    assert not stage.label("lock.receipt").isVisible()
    owner = hired.people()[Role.CASHIER]
    stage.page.show_locked(Why.BY_HAND, at=hired.clock.utc(), saved=kept_receipt(), owner=owner)
    text = stage.label("lock.receipt").text()
    assert NAMES[Role.CASHIER] in text
    assert "652.62" in text
    assert stage.label("lock.why.first").text() == "The till is locked"


def test_the_training_help_line_says_the_pins_and_the_real_one_does_not(
    qtbot: QtBot, hired: Office
) -> None:
    assert "1234" in Stage(qtbot, hired, training=True).label("lock.note").text()
    assert "1234" not in Stage(qtbot, hired).label("lock.note").text()


def test_who_is_switched_off_is_not_listed(qtbot: QtBot, hired: Office) -> None:
    hired.sign_in(Role.ADMINISTRATOR)
    hired.background.call(hired.staff.switch_off, hired.people()[Role.SENIOR].id)
    hired.background.call(hired.staff.lock)
    stage = Stage(qtbot, hired)
    assert Role.SENIOR not in [row.person.role for row in stage.rows]


def test_where_there_is_nobody_the_page_makes_the_administrator(
    qtbot: QtBot, office: Office
) -> None:
    stage = Stage(qtbot, office)
    assert stage.rows == []
    assert stage.page.focusWidget() is stage.line("lock.first.name")
    stage.press(Qt.Key.Key_F12)
    assert stage.signed_in == []
    type_text(stage.line("lock.first.name"), "Белова Ирина")
    stage.press(Qt.Key.Key_Return)
    for _ in range(2):
        type_pin(office.clock, stage.page.focusWidget(), PINS[Role.ADMINISTRATOR])
        stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: bool(stage.signed_in))
    assert stage.signed_in[0].role is Role.ADMINISTRATOR
    actor = office.background.call(office.staff.require, Right.STAFF)
    assert actor.id == stage.signed_in[0].id


def test_after_a_reset_the_administrator_chooses_a_new_pin(qtbot: QtBot, hired: Office) -> None:

    async def reset() -> None:
        await reset_administrator(hired.journal, is_elevated=True, by="root")

    hired.background.call(reset)
    stage = Stage(qtbot, hired)
    stage.choose(Role.ADMINISTRATOR)
    assert "new PIN" in stage.row(Role.ADMINISTRATOR).right()
    assert stage.page.focusWidget() is stage.line("lock.new.pin")
    type_pin(hired.clock, stage.line("lock.new.pin"), "905317")
    type_pin(hired.clock, stage.line("lock.new.again"), "905317")
    stage.press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: bool(stage.signed_in))
    hired.background.call(hired.staff.lock)
    assert (
        hired.background.call(hired.staff.sign_in, stage.signed_in[0].id, "905317").role
        is Role.ADMINISTRATOR
    )


def test_more_people_than_fit_are_reached_with_the_arrows(qtbot: QtBot, hired: Office) -> None:
    hired.sign_in(Role.ADMINISTRATOR)

    async def add() -> None:
        for number in range(8):
            await hired.staff.add(f"Кассир {number}", role=Role.CASHIER, pin="5093")

    hired.background.call(add)
    stage = Stage(qtbot, hired)
    for _ in range(len(stage.rows)):
        stage.press(Qt.Key.Key_Down)
    last = stage.rows[-1]
    assert last.isChecked()
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())


def test_everything_has_a_name(qtbot: QtBot, hired: Office) -> None:
    assert nameless(Stage(qtbot, hired).page) == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_the_whole_card_is_seen(qtbot: QtBot, hired: Office, size: tuple[int, int]) -> None:
    stage = Stage(qtbot, hired)
    stage.page.resize(*size)
    note = stage.label("lock.note")
    qtbot.waitUntil(lambda: note.visibleRegion().boundingRect().height() == note.height())


@pytest.mark.parametrize("height", [768, 732, 713, 700, 640])
def test_the_last_keys_are_whole_also_under_a_complaint(
    qtbot: QtBot, hired: Office, height: int
) -> None:
    stage = Stage(qtbot, hired, training=True)
    stage.page.resize(1366, height)
    type_pin(hired.clock, stage.entry, WRONG[4])
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.has_said("4"))
    key = stage.button("lock.pin.0")
    qtbot.waitUntil(lambda: key.visibleRegion().boundingRect().height() == key.height())


@pytest.mark.parametrize(
    ("name", "two"),
    [("Белова Ирина", "БИ"), ("Olga", "O"), ("Olga (3)", "O"), ("Иванов И. И.", "ИИ"), ("7", "7")],
)
def test_the_disc_has_letters_of_the_name_only(name: str, two: str) -> None:
    assert initials(name) == two
