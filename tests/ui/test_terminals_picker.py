"""Ctrl+8: choosing the terminal for the next payments with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.terminal import NewTerminal, Terminal
from cashier.sandbox.server import SandboxServer
from cashier.ui.dialogs.terminal_picker import TerminalPicker
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.table import TableView
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import RealTill, garbage_stays_here, make_terminal, real_till, type_text

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealTill]:
    with SandboxServer() as server, real_till(tmp_path, server) as made:
        yield made


class Stage:
    """The picker over an empty window."""

    def __init__(self, qtbot: QtBot, real: RealTill) -> None:
        self.qtbot = qtbot
        self.real = real
        self.window = QWidget()
        self.field = QLineEdit()
        QVBoxLayout(self.window).addWidget(self.field)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        show_active(qtbot, self.window)
        self.field.setFocus()
        self.picker = TerminalPicker(self.window, till=real.till, background=real.background)
        self.chosen: list[Terminal] = []
        self.picker.chosen.connect(self.chosen.append)

    def open(self, *, rows: int) -> None:
        with self.qtbot.waitSignal(self.table.model().modelReset):
            self.picker.pick(self.real.view().terminal)
        assert self.table.model().rowCount() == rows

    @property
    def table(self) -> TableView:
        found = self.window.findChild(TableView, "picker.table")
        assert found is not None
        return found

    @property
    def choose(self) -> QPushButton:
        found = self.window.findChild(QPushButton, "picker.choose")
        assert found is not None
        return found

    @property
    def band(self) -> Band:
        found = self.window.findChild(Band, "picker.message")
        assert found is not None
        return found

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget(), key)

    def type(self, text: str) -> None:
        type_text(self.window.focusWidget(), text)

    def current(self) -> str:
        terminal = self.real.view().terminal
        return terminal.info.alias if terminal is not None else ""


@pytest.fixture
def stage(qtbot: QtBot, real: RealTill) -> Stage:
    for alias in ("1:2", "1:3", "1:4"):
        real.call(real.till.terminals.create, NewTerminal(f"Till {alias}", alias))
    made = Stage(qtbot, real)
    made.open(rows=3)
    return made


def test_arrows_and_enter_choose(stage: Stage) -> None:
    assert stage.table.chosen_row() == 0
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: bool(stage.chosen))
    assert stage.current() == "1:4"
    assert not stage.picker.is_open
    assert stage.window.focusWidget() is stage.field
    stage.open(rows=3)
    assert stage.table.chosen_row() == 2


def test_esc_changes_nothing(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Escape)
    assert not stage.picker.is_open
    assert stage.current() == "1:2"


def test_a_known_alias_is_chosen_without_asking(stage: Stage) -> None:
    calls = stage.real.server.gateway.call_count("GetTerminal")
    stage.type("1:3")
    assert stage.choose.text() == "Choose"
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: bool(stage.chosen))
    assert stage.current() == "1:3"
    assert stage.real.server.gateway.call_count("GetTerminal") == calls


def test_an_unknown_alias_is_added_and_chosen(stage: Stage) -> None:
    make_terminal(stage.real.server, "1:8")
    stage.type("1:8")
    assert stage.choose.text() == "Add and choose"
    stage.press(Qt.Key.Key_Return)
    assert stage.choose.accessibleName() == "Asking the gateway…"
    stage.qtbot.waitUntil(lambda: bool(stage.chosen))
    assert stage.current() == "1:8"


def test_an_alias_that_the_gateway_does_not_know_is_told(stage: Stage) -> None:
    stage.type("1:9")
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(stage.band.isVisible)
    assert stage.picker.is_open
    assert stage.current() == "1:2"
    stage.type("9")
    assert not stage.band.isVisible()


def test_a_terminal_that_is_gone_is_not_chosen(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Escape)
    gone = stage.real.till.terminals.known[1]
    stage.real.server.gateway.terminals.forget(gone.info.id)
    stage.real.call(stage.real.till.terminals.check, gone.key)
    stage.open(rows=3)
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(stage.band.isVisible)
    assert stage.chosen == []
    assert stage.current() == "1:2"


def test_a_tap_chooses(stage: Stage) -> None:
    spot = stage.table.visualRect(stage.table.model().index(1, 1)).center()
    QTest.mouseClick(stage.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    stage.qtbot.waitUntil(lambda: bool(stage.chosen))
    assert stage.current() == "1:3"


def test_an_empty_list_says_what_to_do(qtbot: QtBot, real: RealTill) -> None:
    made = Stage(qtbot, real)
    made.open(rows=0)
    empty = made.window.findChild(QLabel, "picker.empty")
    assert empty is not None
    qtbot.waitUntil(empty.isVisible)
    assert not made.choose.isEnabled()
    made.press(Qt.Key.Key_Return)
    assert made.chosen == []


def test_everything_that_can_be_used_has_a_name(stage: Stage) -> None:
    stage.field.setObjectName("below.field")
    stage.field.setAccessibleName("below")
    assert nameless(stage.window) == []
