"""A new terminal: looked up while typing, sent once, never sent again by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cashier.domain.money import Currency, Money
from cashier.domain.terminal import Terminal, TerminalType
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.server import SandboxServer
from cashier.ui.dialogs.new_terminal import NewTerminalDialog
from cashier.ui.widgets.band import Band
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import (
    HurryClock,
    RealTill,
    garbage_stays_here,
    make_terminal,
    real_till,
    type_text,
)

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


@pytest.fixture(scope="module")
def gateway() -> Iterator[SandboxServer]:
    with SandboxServer() as made:
        yield made


@pytest.fixture
def server(gateway: SandboxServer) -> SandboxServer:
    gateway.start()
    gateway.gateway.reset()
    return gateway


@pytest.fixture
def real(tmp_path: Path, server: SandboxServer) -> Iterator[RealTill]:
    with real_till(tmp_path, server, clock=HurryClock()) as made:
        yield made


class Stage:
    """The dialog over an empty window that passes the till's view on, as the page does."""

    def __init__(self, qtbot: QtBot, real: RealTill, *, alias: str = "") -> None:
        self.qtbot = qtbot
        self.real = real
        self.server = real.server
        self.window = QWidget()
        self.field = QLineEdit()
        self.field.setObjectName("below.field")
        self.field.setAccessibleName("below")
        QVBoxLayout(self.window).addWidget(self.field)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        show_active(qtbot, self.window)
        self.field.setFocus()
        self.dialog = NewTerminalDialog(
            self.window,
            till=real.till,
            background=real.background,
            allow=lambda then: then(None),
            alias=alias,
        )
        self.created: list[Terminal] = []
        self.dialog.created.connect(self.created.append)
        self.closed = 0
        self.dialog.dismissed.connect(self._count_closed)
        self.watching = real.background.start(real.till.observe, report=self.dialog.show_view)
        self.dialog.open_empty()

    def _count_closed(self) -> None:
        self.closed += 1

    def line(self, name: str) -> QLineEdit:
        found = self.window.findChild(QLineEdit, f"new_terminal.{name}")
        assert found is not None, name
        return found

    def label(self, name: str) -> QLabel:
        found = self.window.findChild(QLabel, f"new_terminal.{name}")
        assert found is not None, name
        return found

    def button(self, name: str) -> QAbstractButton:
        found = self.window.findChild(QAbstractButton, f"new_terminal.{name}")
        assert found is not None, name
        return found

    @property
    def band(self) -> Band:
        found = self.window.findChild(Band, "new_terminal.message")
        assert found is not None
        return found

    def set(self, name: str, text: str) -> None:
        line = self.line(name)
        line.clear()
        type_text(line, text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget(), key)

    def wait_created(self) -> Terminal:
        self.qtbot.waitUntil(lambda: bool(self.created))
        return self.created[0]

    @property
    def sent(self) -> int:
        return self.server.gateway.call_count("CreateTerminal")


@pytest.fixture
def stage(qtbot: QtBot, real: RealTill) -> Iterator[Stage]:
    made = Stage(qtbot, real)
    yield made
    made.watching.cancel()


def test_every_field_goes_to_the_gateway(stage: Stage) -> None:
    assert stage.window.focusWidget() is stage.line("name")
    stage.set("name", "Кофе навынос")
    stage.set("alias", "1:21")
    stage.set("description", "Стойка у входа")
    stage.button("dynamic").setFocus()
    stage.press(Qt.Key.Key_Right)
    stage.set("price", "150,50")
    stage.button("comments").setFocus()
    stage.press(Qt.Key.Key_Space)
    currency = stage.window.findChild(QComboBox, "new_terminal.currency")
    assert currency is not None
    currency.setFocus()
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_F12)
    terminal = stage.wait_created()
    (known,) = stage.server.gateway.terminals.all()
    assert (known.name, known.alias, known.description) == (
        "Кофе навынос",
        "1:21",
        "Стойка у входа",
    )
    assert (known.fixed, known.default_price, known.can_comment) == (True, 15050, True)
    assert terminal.currency is Currency.USD
    assert terminal.info.type is TerminalType.STATIC
    assert stage.closed == 1
    assert stage.window.focusWidget() is stage.field


def test_a_dynamic_terminal_has_no_price(stage: Stage) -> None:
    assert not stage.line("price").isEnabled()
    stage.set("name", "Hall")
    stage.set("alias", "1:2")
    stage.press(Qt.Key.Key_F12)
    terminal = stage.wait_created()
    assert terminal.info.type is TerminalType.DYNAMIC
    assert terminal.info.default_price in (None, Money(0))


def test_a_free_alias_is_told_after_the_last_key(stage: Stage) -> None:
    stage.set("alias", "1:5")
    assert stage.server.gateway.call_count("GetTerminal") == 0
    stage.qtbot.waitUntil(lambda: bool(stage.label("alias_state").text()))
    assert stage.label("alias_state").text().startswith("Alias 1:5 is free.")
    assert stage.server.gateway.call_count("GetTerminal") == 1
    assert stage.button("create").text() == "Create terminal"


def test_a_taken_alias_is_added_and_never_created_again(stage: Stage) -> None:
    make_terminal(stage.server, "1:5", name="<b>Terrace</b>")
    stage.set("name", "Another")
    stage.set("alias", "1:5")
    stage.qtbot.waitUntil(lambda: bool(stage.label("alias_state").text()))
    assert stage.label("alias_state").text() == (
        "Alias 1:5 is there already: “<b>Terrace</b>”. The till will add it."
    )
    assert stage.label("alias_state").textFormat() == Qt.TextFormat.PlainText
    assert stage.button("create").text() == "Add terminal"
    stage.press(Qt.Key.Key_F12)
    assert stage.wait_created().name == "<b>Terrace</b>"
    assert stage.sent == 0


def test_a_stale_answer_about_the_alias_is_not_heard(stage: Stage) -> None:
    make_terminal(stage.server, "1:5")
    delay = PlannedFault(fault=Fault.DELAY, method="GetTerminal", seconds=0.8)
    stage.server.gateway.faults.add(delay)
    stage.set("alias", "1:5")
    stage.qtbot.waitUntil(lambda: stage.server.gateway.call_count("GetTerminal") == 1)
    stage.set("alias", "1:6")
    assert stage.label("alias_state").text() == ""
    stage.qtbot.waitUntil(lambda: bool(stage.label("alias_state").text()))
    assert stage.label("alias_state").text().startswith("Alias 1:6 is free.")


def test_an_alias_that_is_given_is_looked_up_at_once(qtbot: QtBot, real: RealTill) -> None:
    stage = Stage(qtbot, real, alias="1:8")
    qtbot.waitUntil(lambda: bool(stage.label("alias_state").text()))
    stage.press(Qt.Key.Key_Escape)
    assert stage.closed == 1
    stage.watching.cancel()


def test_empty_fields_are_told_and_nothing_is_sent(stage: Stage) -> None:
    stage.button("dynamic").setFocus()
    stage.press(Qt.Key.Key_Right)
    stage.press(Qt.Key.Key_F12)
    for name in ("name.note", "alias.note", "price.note"):
        assert stage.label(name).isVisible(), name
    assert stage.window.focusWidget() is stage.line("name")
    for wrong in ("0", "-1", "1,234", "one"):
        stage.set("price", wrong)
        stage.press(Qt.Key.Key_F12)
        assert stage.label("price.note").isVisible(), wrong
    assert stage.sent == 0


def test_limits_hold_while_typing_and_the_counters_tell(stage: Stage) -> None:
    for name, limit in (("name", 50), ("alias", 50), ("description", 200)):
        stage.set(name, "n" * (limit + 5))
        assert len(stage.line(name).text()) == limit
    counters = {label.text() for label in stage.window.findChildren(QLabel)}
    assert {"50 of 50", "200 of 200"} <= counters


def refuse(stage: Stage, additions: dict[str, list[str]], description: str) -> None:
    """Let the next CreateTerminal be refused, as the live service words it."""
    answer = {"error": "400", "description": description, "additions": additions}
    stage.server.gateway.faults.add(
        PlannedFault(
            fault=Fault.RAW,
            method="CreateTerminal",
            text=json.dumps(answer, ensure_ascii=False),
            execute=False,
            times=2,  # the till tries the other spelling of the type once
        )
    )


def test_a_refused_field_is_red_with_the_gateways_words(stage: Stage) -> None:
    refuse(stage, {"description": ["<b>Не то</b>"]}, "Ошибка")
    stage.set("name", "Hall")
    stage.set("alias", "1:2")
    stage.set("description", "Odd")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(stage.label("description.note").isVisible)
    assert stage.label("description.note").text() == "“<b>Не то</b>”"
    assert stage.label("description.note").textFormat() == Qt.TextFormat.PlainText
    assert not stage.band.isVisible()
    assert stage.window.focusWidget() is stage.line("description")
    assert stage.created == []
    assert stage.button("create").isEnabled()
    assert stage.line("name").text() == "Hall"


def test_a_refusal_of_something_else_is_told_in_a_band(stage: Stage) -> None:
    refuse(stage, {"logo": ["bad"]}, "<i>Логотип</i>")
    stage.set("name", "Hall")
    stage.set("alias", "1:2")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(stage.band.isVisible)
    assert stage.band.title() == "The gateway refused: “<i>Логотип</i>”"


def test_an_unknown_outcome_is_only_checked_and_created_again_by_hand_alone(stage: Stage) -> None:
    dropped = PlannedFault(fault=Fault.DROP_BEFORE, method="CreateTerminal")
    stage.server.gateway.faults.add(dropped)
    stage.set("name", "Hall")
    stage.set("alias", "1:2")
    stage.press(Qt.Key.Key_F12)
    told = "Nobody knows whether terminal 1:2 was created"
    stage.qtbot.waitUntil(lambda: stage.band.title() == told)
    assert stage.sent == 1
    assert not stage.line("alias").isEnabled()
    stage.press(Qt.Key.Key_F12)
    assert not stage.button("create").isEnabled()
    stage.press(Qt.Key.Key_F5)
    absent = "The gateway has no terminal 1:2: it was not created."
    stage.qtbot.waitUntil(lambda: stage.band.title() == absent)
    assert stage.sent == 1
    stage.press(Qt.Key.Key_F12)
    assert stage.wait_created().info.alias == "1:2"
    assert stage.sent == 2


def test_a_check_of_an_unknown_outcome_finds_what_was_made(stage: Stage) -> None:
    dropped = PlannedFault(fault=Fault.DROP_BEFORE, method="CreateTerminal")
    stage.server.gateway.faults.add(dropped)
    stage.set("name", "Hall")
    stage.set("alias", "1:2")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: stage.band.title().startswith("Nobody knows"))
    make_terminal(stage.server, "1:2", name="Made after all")
    stage.press(Qt.Key.Key_F5)
    assert stage.wait_created().name == "Made after all"
    assert stage.sent == 1


def test_without_a_link_nothing_is_sent_and_all_stays_typed(stage: Stage) -> None:
    stage.server.stop()
    stage.set("name", "Hall")
    stage.set("alias", "1:2")
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: "no link" in stage.band.title())
    assert stage.line("name").isEnabled()
    assert stage.line("name").text() == "Hall"


def test_a_lost_answer_is_looked_for_and_found(
    qtbot: QtBot, tmp_path: Path, server: SandboxServer
) -> None:
    lost = PlannedFault(fault=Fault.DROP_AFTER, method="CreateTerminal")
    server.gateway.faults.add(lost)
    with real_till(tmp_path, server) as real:
        stage = Stage(qtbot, real)
        stage.set("name", "Hall")
        stage.set("alias", "1:2")
        stage.press(Qt.Key.Key_F12)
        assert stage.button("create").accessibleName() == "Creating…"
        stage.press(Qt.Key.Key_F12)
        stage.press(Qt.Key.Key_Escape)
        stage.qtbot.waitUntil(stage.band.isVisible)
        assert stage.band.title() == "Checking whether the terminal was created…"
        assert stage.wait_created().info.alias == "1:2"
        assert stage.sent == 1
        stage.watching.cancel()


def test_esc_asks_when_something_was_typed(stage: Stage) -> None:
    stage.set("name", "Hall")
    stage.press(Qt.Key.Key_Escape)
    assert stage.closed == 0
    assert stage.band.title() == "What is typed will be lost. Press Esc again to leave."
    stage.set("name", "Hall 2")
    assert not stage.band.isVisible()
    stage.press(Qt.Key.Key_Escape)
    stage.press(Qt.Key.Key_Escape)
    assert stage.closed == 1
    assert stage.sent == 0


def test_esc_leaves_at_once_when_nothing_was_typed(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Escape)
    assert stage.closed == 1


def test_enter_creates_nothing(stage: Stage) -> None:
    stage.set("name", "Hall")
    stage.set("alias", "1:2")
    stage.press(Qt.Key.Key_Return)
    assert stage.closed == 0
    assert stage.sent == 0


def test_everything_that_can_be_used_has_a_name(stage: Stage) -> None:
    assert nameless(stage.window) == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_all_fields_are_seen(qtbot: QtBot, real: RealTill, size: tuple[int, int]) -> None:
    stage = Stage(qtbot, real)
    stage.press(Qt.Key.Key_Escape)
    stage.window.resize(*size)
    dialog = NewTerminalDialog(
        stage.window,
        till=real.till,
        background=real.background,
        allow=lambda then: then(None),
    )
    dialog.open_empty()
    switch = dialog.findChild(QAbstractButton, "new_terminal.comments")
    assert switch is not None
    qtbot.waitUntil(lambda: not switch.visibleRegion().isEmpty())
    assert switch.visibleRegion().boundingRect().height() == switch.height()
    stage.watching.cancel()
