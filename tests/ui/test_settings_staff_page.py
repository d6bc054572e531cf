"""Picture 16b: people, roles and PINs, with the keyboard, on real staff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError
from cashier.domain.staff import Person, Role
from cashier.ui.pages.settings_staff import StaffSection
from cashier.ui.pages.staff_model import StaffColumn
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.cell import CELL_ROLE, Cell
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.pin_entry import PinEntry
from cashier.ui.widgets.table import TableView
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
    """The section alone in a window, entered."""

    def __init__(self, qtbot: QtBot, office: Office, *, open_wanted: bool = True) -> None:
        self.qtbot = qtbot
        self.office = office
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        self.section = StaffSection(office.staff, office.background, office.clock)
        layout.addWidget(self.section)
        qtbot.addWidget(self.window)
        self.window.resize(1138, 660)
        show_active(qtbot, self.window)
        self.section.entered()
        qtbot.waitUntil(lambda: self.table.model().rowCount() > 0)
        assert self.section.is_open == open_wanted
        self.section.focus_first()

    @property
    def table(self) -> TableView:
        found = self.section.findChild(TableView, "staff.table")
        assert found is not None
        return found

    def line(self, name: str) -> QLineEdit:
        found = self.window.findChild(QLineEdit, name)
        assert found is not None, name
        return found

    def button(self, name: str) -> QPushButton:
        found = self.window.findChild(QPushButton, name)
        assert found is not None, name
        return found

    def label(self, name: str) -> QLabel:
        found = self.window.findChild(QLabel, name)
        assert found is not None, name
        return found

    def has(self, name: str) -> bool:
        return self.window.findChild(QWidget, name) is not None

    def press(self, key: Qt.Key) -> None:
        press(self.office.clock, self.window.focusWidget(), key)

    def choose(self, role: Role) -> None:
        person = self.office.people()[role]
        for _ in range(10):
            if self.label("staff.chosen").text() == person.name:
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"{role} cannot be reached")

    def cell(self, role: Role, column: StaffColumn) -> Cell:
        model = self.table.model()
        for row in range(model.rowCount()):
            if model.index(row, StaffColumn.NAME).data() == NAMES[role]:
                cell = model.index(row, column).data(CELL_ROLE)
                assert isinstance(cell, Cell)
                return cell
        raise AssertionError(f"no row of {role}")

    def type_new_pin(self, pin: str) -> None:
        for name in ("person.pin", "person.again"):
            type_pin(self.office.clock, self.line(name), pin)

    def person(self, name: str) -> Person:
        return next(one for one in self.office.all() if one.name == name)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as made:
        made.hire()
        yield made


@pytest.fixture
def stage(qtbot: QtBot, office: Office) -> Stage:
    return Stage(qtbot, office)


def shut_out(office: Office, role: Role) -> None:
    person = office.people()[role]

    async def guess() -> None:
        for _ in range(5):
            with pytest.raises(CashierError):
                await office.staff.sign_in(person.id, WRONG[person.pin_length])

    office.background.call(guess)


def test_the_table_says_who_has_which_role_and_pin_and_may_sign_in(
    qtbot: QtBot, office: Office
) -> None:
    shut_out(office, Role.CASHIER)
    stage = Stage(qtbot, office)
    assert stage.table.model().rowCount() == 4
    assert stage.cell(Role.MANAGER, StaffColumn.ROLE).text == "Manager"
    assert "6" in stage.cell(Role.MANAGER, StaffColumn.PIN).text
    assert stage.cell(Role.MANAGER, StaffColumn.STATE).text == "Open"
    assert stage.cell(Role.ADMINISTRATOR, StaffColumn.SEEN).text == "now"
    assert stage.cell(Role.CASHIER, StaffColumn.STATE).text == "Shut, 0:30 left"
    assert "5" in stage.cell(Role.CASHIER, StaffColumn.PIN).unit


def test_f10_adds_somebody_whose_pin_is_typed_twice(stage: Stage) -> None:
    stage.press(Qt.Key.Key_F10)
    type_text(stage.line("person.name"), "Ильин Павел")
    stage.type_new_pin("5093")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: stage.table.model().rowCount() == 5)
    added = stage.person("Ильин Павел")
    assert (added.role, added.pin_length) == (Role.CASHIER, 4)
    signed = stage.office.background.call(stage.office.staff.sign_in, added.id, "5093")
    assert signed.id == added.id


def test_a_taken_name_is_told_under_the_field_and_nothing_typed_is_lost(stage: Stage) -> None:
    stage.press(Qt.Key.Key_F10)
    type_text(stage.line("person.name"), NAMES[Role.SENIOR].upper())
    stage.type_new_pin("5093")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: "already" in stage.label("person.name.note").text())
    assert stage.line("person.pin").text() == "5093"
    assert len(stage.office.all()) == 4


def test_enter_does_not_save(stage: Stage) -> None:
    stage.press(Qt.Key.Key_F10)
    type_text(stage.line("person.name"), "Ильин Павел")
    stage.type_new_pin("5093")
    stage.press(Qt.Key.Key_Return)
    assert stage.has("person.name")
    stage.press(Qt.Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: not stage.has("person.name"))
    assert len(stage.office.all()) == 4


def test_f4_changes_the_name_and_a_higher_role_asks_for_a_longer_pin(stage: Stage) -> None:
    stage.choose(Role.CASHIER)
    stage.press(Qt.Key.Key_F4)
    assert not stage.line("person.pin").isVisible()
    role = stage.window.findChild(ComboBox, "person.role")
    assert role is not None
    role.setCurrentIndex(list(Role).index(Role.SENIOR))
    assert stage.line("person.pin").isVisible()
    stage.type_new_pin("380617")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: not stage.has("person.name"))
    changed = stage.person(NAMES[Role.CASHIER])
    assert (changed.role, changed.pin_length) == (Role.SENIOR, 6)


def test_the_last_administrator_cannot_step_down(stage: Stage) -> None:
    stage.choose(Role.ADMINISTRATOR)
    stage.press(Qt.Key.Key_F4)
    role = stage.window.findChild(ComboBox, "person.role")
    assert role is not None
    role.setCurrentIndex(list(Role).index(Role.MANAGER))
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: "administrator" in stage.label("person.error").text())
    assert Role.ADMINISTRATOR in stage.office.people()


def test_f6_gives_a_new_pin(stage: Stage) -> None:
    stage.choose(Role.SENIOR)
    stage.press(Qt.Key.Key_F6)
    assert NAMES[Role.SENIOR] in stage.label("person.text").text()
    stage.type_new_pin("380617")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: not stage.has("person.pin"))
    marina = stage.office.people()[Role.SENIOR]
    signed = stage.office.background.call(stage.office.staff.sign_in, marina.id, "380617")
    assert signed.id == marina.id


def test_f7_opens_a_shut_door(qtbot: QtBot, office: Office) -> None:
    shut_out(office, Role.CASHIER)
    stage = Stage(qtbot, office)
    stage.choose(Role.CASHIER)
    stage.press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: stage.cell(Role.CASHIER, StaffColumn.STATE).text == "Open")
    assert office.sign_in(Role.CASHIER).role is Role.CASHIER


def test_del_switches_off_after_a_question_and_a_new_pin_on_again(stage: Stage) -> None:
    stage.choose(Role.SENIOR)
    stage.press(Qt.Key.Key_Delete)
    stage.press(Qt.Key.Key_Return)
    assert not stage.office.people()[Role.SENIOR].is_off
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: stage.cell(Role.SENIOR, StaffColumn.STATE).text == "Off")
    assert stage.cell(Role.SENIOR, StaffColumn.PIN).text == "none"
    assert not stage.button("staff.off").isEnabled()
    stage.section.focus_first()
    stage.choose(Role.SENIOR)
    stage.press(Qt.Key.Key_F6)
    stage.type_new_pin("380617")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: stage.cell(Role.SENIOR, StaffColumn.STATE).text == "Open")


def test_the_last_administrator_is_not_switched_off_and_a_band_says_why(stage: Stage) -> None:
    stage.choose(Role.ADMINISTRATOR)
    stage.press(Qt.Key.Key_Delete)
    stage.press(Qt.Key.Key_F12)
    band = stage.section.findChild(Band, "staff.band")
    assert band is not None
    stage.qtbot.waitUntil(band.isVisible)
    assert "administrator" in band.title()


def test_for_a_cashier_it_is_shut_with_a_way_in_by_pin_for_one_change(
    qtbot: QtBot, office: Office
) -> None:
    office.sign_in(Role.CASHIER)
    stage = Stage(qtbot, office, open_wanted=False)
    assert not stage.table.isVisible()
    assert stage.label("staff.shut.title").isVisible()
    stage.press(Qt.Key.Key_F10)
    assert not stage.has("person.name")
    stage.press(Qt.Key.Key_Space)
    entry = stage.window.findChild(PinEntry, "pin.entry")
    assert entry is not None
    type_pin(office.clock, entry, PINS[Role.ADMINISTRATOR])
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.section.is_open)
    stage.press(Qt.Key.Key_F10)
    type_text(stage.line("person.name"), "Ильин Павел")
    stage.type_new_pin("5093")
    stage.press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: not stage.section.is_open)
    assert stage.person("Ильин Павел").role is Role.CASHIER
    assert not stage.table.isVisible()
    current = office.staff.current
    assert current is not None
    assert current.role is Role.CASHIER


def test_an_approval_that_was_not_used_is_gone_with_the_page(qtbot: QtBot, office: Office) -> None:
    office.sign_in(Role.CASHIER)
    stage = Stage(qtbot, office, open_wanted=False)
    stage.press(Qt.Key.Key_Space)
    entry = stage.window.findChild(PinEntry, "pin.entry")
    assert entry is not None
    type_pin(office.clock, entry, PINS[Role.ADMINISTRATOR])
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.section.is_open)
    stage.section.left()
    assert not stage.section.is_open


def test_an_administrator_alone_is_told_to_add_cashiers(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    with open_office(tmp_path / "alone") as office:
        name, pin = NAMES[Role.ADMINISTRATOR], PINS[Role.ADMINISTRATOR]
        office.background.call(office.staff.make_administrator, name, pin)
        stage = Stage(qtbot, office)
        band = stage.section.findChild(Band, "staff.band")
        assert band is not None
        assert band.isVisible()


def test_everything_has_a_name(stage: Stage) -> None:
    assert nameless(stage.window) == []
    stage.press(Qt.Key.Key_F10)
    assert nameless(stage.window) == []
