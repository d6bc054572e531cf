"""First start, step 3: the administrator, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.sandbox.server import SandboxServer
from cashier.services.staff_rules import NewAdministrator
from cashier.settings import DEFAULT_BASE_URL, Settings
from cashier.ui.background import Background
from cashier.ui.pages.first_start import FirstStart
from cashier.ui.pages.first_start_keys import Answer, KeysStep
from cashier.ui.widgets.band import Band
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import Probing, garbage_stays_here, make_terminal, type_text
from tests.ui.staff_kit import HandClock, type_pin

pytestmark = pytest.mark.usefixtures("themed")

NAME, PIN = "Белова Ирина", "480917"


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


class Stage:
    """The wizard at its third step, a real gateway having accepted the keys."""

    def __init__(
        self, qtbot: QtBot, worker: Background, server: SandboxServer, *, journal_url: str = ""
    ) -> None:
        self.qtbot = qtbot
        self.clock = HandClock()
        self.page = FirstStart(
            settings=Settings(base_url=DEFAULT_BASE_URL, journal_url=journal_url),
            background=worker,
            clock=self.clock,
            probe=Probing(),
            is_going_live=True,
        )
        self.chosen: list[tuple[object, ...]] = []
        self.page.live_chosen.connect(lambda *args: self.chosen.append(args))
        qtbot.addWidget(self.page)
        self.page.resize(1366, 768)
        show_active(qtbot, self.page)
        self.page.focus_main()
        make_terminal(server, "1:2")
        for name, text in (
            ("first.base_url", server.base_url),
            ("first.merchant", server.gateway.merchant_id),
            ("first.key", server.gateway.api_key),
            ("first.alias", "1:2"),
        ):
            self.line(name).clear()
            type_text(self.line(name), text)
        step = self.page.findChildren(KeysStep)[0]
        self.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: step.answer is Answer.FOUND)
        self.press(Qt.Key.Key_Return)

    def line(self, name: str) -> QLineEdit:
        found = self.page.findChild(QLineEdit, name)
        assert found is not None, name
        return found

    def label(self, name: str) -> QLabel:
        found = self.page.findChild(QLabel, name)
        assert found is not None, name
        return found

    @property
    def main(self) -> QPushButton:
        found = self.page.findChild(QPushButton, "first.next")
        assert found is not None
        return found

    def press(self, key: Qt.Key) -> None:
        self.clock.now += 0.2
        QTest.keyClick(self.page.focusWidget(), key)

    def type(self, name: str, pin: str, *, gap: float = 0.2) -> None:
        type_pin(self.clock, self.line(name), pin, gap=gap)

    def fill(self, pin: str = PIN, again: str = PIN) -> None:
        type_text(self.line("first.admin.name"), NAME)
        self.type("first.admin.pin", pin)
        self.type("first.admin.again", again)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    worker = Background()
    with SandboxServer() as server:
        yield Stage(qtbot, worker, server)
    worker.close()


def test_f12_takes_the_administrator_along_with_the_keys(stage: Stage) -> None:
    assert stage.label("first.where").text() == "Step 3 of 3. The till opens on Sale."
    assert not stage.main.isEnabled()
    stage.fill()
    assert stage.main.isEnabled()
    stage.press(Qt.Key.Key_F12)
    assert len(stage.chosen) == 1
    assert stage.chosen[0][4] == NewAdministrator(NAME, PIN)
    assert PIN not in repr(stage.chosen[0][4])
    stage.press(Qt.Key.Key_F12)
    assert len(stage.chosen) == 1


def test_enter_goes_from_field_to_field_and_never_starts(stage: Stage) -> None:
    stage.fill()
    stage.line("first.admin.name").setFocus()
    stage.press(Qt.Key.Key_Return)
    assert stage.page.focusWidget() is stage.line("first.admin.pin")
    stage.press(Qt.Key.Key_Return)
    assert stage.page.focusWidget() is stage.line("first.admin.again")
    stage.press(Qt.Key.Key_Return)
    assert stage.chosen == []


@pytest.mark.parametrize(
    ("pin", "again"),
    [("48091", "48091"), ("123456", "123456"), ("000000", "000000"), (PIN, "480918"), ("", "")],
)
def test_f12_is_dead_while_a_rule_does_not_hold(stage: Stage, pin: str, again: str) -> None:
    stage.fill(pin, again)
    assert not stage.main.isEnabled()
    stage.press(Qt.Key.Key_F12)
    assert stage.chosen == []


def test_each_rule_is_ticked_as_it_holds(stage: Stage) -> None:
    names = [f"first.admin.rule.{rule}" for rule in ("length", "guess", "same")]

    def ticked() -> list[bool]:
        return [bool(stage.label(name).accessibleDescription()) for name in names]

    assert ticked() == [False, False, False]
    stage.type("first.admin.pin", "4809")
    assert ticked() == [False, True, False]
    stage.type("first.admin.pin", "17")
    assert ticked() == [True, True, False]
    stage.type("first.admin.again", PIN)
    assert ticked() == [True, True, True]


def test_a_scanner_types_no_pin(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.page.scan_dropped):
        stage.type("first.admin.pin", "46012345", gap=0.005)
    assert stage.line("first.admin.pin").text() == ""
    stage.type("first.admin.pin", PIN)
    assert stage.line("first.admin.pin").text() == PIN


def test_back_and_forth_loses_nothing(stage: Stage) -> None:
    stage.fill()
    stage.press(Qt.Key.Key_Escape)
    assert stage.label("first.keys.title").isVisible()
    stage.press(Qt.Key.Key_Return)
    assert stage.label("first.admin.title").isVisible()
    assert stage.line("first.admin.name").text() == NAME
    stage.press(Qt.Key.Key_F12)
    assert len(stage.chosen) == 1


def test_a_failure_is_told_here_and_everything_is_still_typed(stage: Stage) -> None:
    stage.fill()
    stage.press(Qt.Key.Key_F12)
    stage.page.show_failure(CashierError(Failure.DISK_FULL, free_mib=3))
    band = stage.page.findChild(Band, "first.failure")
    assert band is not None
    assert band.isVisible()
    assert stage.line("first.admin.pin").text() == PIN
    stage.press(Qt.Key.Key_F12)
    assert len(stage.chosen) == 2


def test_everything_has_a_name(stage: Stage) -> None:
    assert nameless(stage.page) == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_the_last_rule_is_seen_without_scrolling(
    qtbot: QtBot, stage: Stage, size: tuple[int, int]
) -> None:
    stage.page.resize(*size)
    last = stage.label("first.admin.rule.same")
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    assert last.visibleRegion().boundingRect().height() == last.height()
