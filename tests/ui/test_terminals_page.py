"""The page of terminals on a real journal, asking a real gateway, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cashier.domain.money import Currency, Money
from cashier.domain.terminal import NewTerminal, Terminal, TerminalState, TerminalType
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.server import SandboxServer
from cashier.ui.pages.terminals import TerminalsPage
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.cell import CELL_ROLE, Cell
from cashier.ui.widgets.table import TableView
from cashier.ui.widgets.tone import Tone
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import RealTill, garbage_stays_here, make_terminal, real_till, type_text

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
    with real_till(tmp_path, server) as made:
        yield made


FRAME = 92
"""Pixels that the rail takes from the window."""


class Stage:
    """The page in a window, where the frame leaves it room."""

    def __init__(self, qtbot: QtBot, real: RealTill) -> None:
        self.qtbot = qtbot
        self.real = real
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(FRAME, 0, 0, 0)
        self.page = TerminalsPage(till=real.till, background=real.background, clock=real.clock)
        layout.addWidget(self.page)
        qtbot.addWidget(self.window)
        self.window.resize(1274 + FRAME, 660)
        show_active(qtbot, self.window)
        self.page.show_view(real.view())
        self.page.entered()
        qtbot.waitUntil(lambda: self.is_listed or self.label("terminals.empty.title").isVisible())

    @property
    def is_listed(self) -> bool:
        return self.table.isVisible()

    @property
    def table(self) -> TableView:
        found = self.window.findChild(TableView, "terminals.table")
        assert found is not None
        return found

    @property
    def rows(self) -> int:
        return self.table.model().rowCount()

    def cells(self, row: int) -> list[Cell]:
        model = self.table.model()
        return [model.index(row, column).data(CELL_ROLE) for column in range(model.columnCount())]

    def label(self, name: str) -> QLabel:
        found = self.window.findChild(QLabel, name)
        assert found is not None, name
        return found

    def line(self, name: str) -> QLineEdit:
        found = self.window.findChild(QLineEdit, name)
        assert found is not None, name
        return found

    def button(self, name: str) -> QPushButton:
        found = self.window.findChild(QPushButton, name)
        assert found is not None, name
        return found

    @property
    def band(self) -> Band:
        found = self.window.findChild(Band, "terminals.message")
        assert found is not None
        return found

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget(), key)

    def type(self, text: str) -> None:
        type_text(self.window.focusWidget(), text)

    def open_again(self) -> None:
        """Leave the page and come back, so that it reads its list."""
        self.page.left()
        before = self.table.model()
        with self.qtbot.waitSignal(before.modelReset):
            self.page.entered()

    @property
    def known(self) -> tuple[Terminal, ...]:
        async def look() -> tuple[Terminal, ...]:
            return self.real.till.terminals.known

        return self.real.background.call(look)


@pytest.fixture
def stage(qtbot: QtBot, real: RealTill) -> Stage:
    return Stage(qtbot, real)


@pytest.fixture
def shop(qtbot: QtBot, real: RealTill) -> Stage:
    """Three terminals: the default, a static one, one more."""
    real.call(real.till.terminals.create, NewTerminal("Hall", "1:2", "Garden street"))
    stand = NewTerminal(
        "<b>Stand</b>", "1:21", type=TerminalType.STATIC, default_price=Money(15000)
    )
    real.call(real.till.terminals.create, stand)
    real.call(real.till.terminals.create, NewTerminal("Gifts", "1:7"), Currency.USD)
    return Stage(qtbot, real)


def test_an_empty_list_says_what_to_do(stage: Stage) -> None:
    assert stage.label("terminals.empty.title").text() == "Add the first terminal"
    assert stage.window.focusWidget() is stage.line("terminals.entry")
    assert not stage.button("terminals.default").isVisible()


def test_a_terminal_is_added_by_its_alias_and_becomes_the_default(
    qtbot: QtBot, stage: Stage, server: SandboxServer
) -> None:
    make_terminal(server, "1:8", name="Terrace")
    stage.type("1:8")
    stage.press(Qt.Key.Key_Return)
    assert stage.button("terminals.add").accessibleName() == "Asking the gateway…"
    qtbot.waitUntil(lambda: stage.rows == 1)
    alias, name, kind, state, currency, default = stage.cells(0)
    assert (alias.text, name.text, currency.text) == ("1:8", "Terrace", "RUB")
    assert (kind.text, kind.detail) == ("dynamic", "a QR for each payment")
    assert (state.text, state.badge) == ("Working", Tone.OK)
    assert (default.icon, default.text) == ("star", "this till")
    assert stage.band.title() == "Terminal 1:8 added: “Terrace”"
    assert stage.line("terminals.entry").text() == ""
    assert stage.label("terminals.panel.name").text() == "Terrace"


def test_a_terminal_is_added_by_its_number(
    qtbot: QtBot, stage: Stage, server: SandboxServer
) -> None:
    make_terminal(server, "1:8")
    stage.type(server.gateway.terminals.all()[0].id)
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.rows == 1)


def test_a_terminal_that_is_not_there_is_offered_for_creation_with_its_alias(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.type("1:8")
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(stage.band.isVisible)
    assert stage.band.title() == "There is no terminal 1:8. Create it?"
    qtbot.waitUntil(stage.button("terminals.create_it").isVisible)
    stage.press(Qt.Key.Key_F10)
    assert stage.line("new_terminal.alias").text() == "1:8"
    assert stage.window.focusWidget() is stage.line("new_terminal.name")


def test_without_a_link_adding_says_so_and_keeps_what_was_typed(
    qtbot: QtBot, stage: Stage, server: SandboxServer
) -> None:
    server.stop()
    stage.type("1:8")
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(stage.band.isVisible)
    assert "no link to the gateway" in stage.band.title()
    assert stage.line("terminals.entry").text() == "1:8"


def test_an_answer_without_an_id_is_not_added(
    qtbot: QtBot, stage: Stage, server: SandboxServer
) -> None:
    make_terminal(server, "1:8")
    server.gateway.faults.add(PlannedFault(fault=Fault.WITHOUT, value="id"))
    stage.type("1:8")
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(stage.band.isVisible)
    assert stage.known == ()


def test_a_known_alias_is_found_in_the_list_without_asking(shop: Stage) -> None:
    calls = shop.real.server.gateway.calls.count("GetTerminal")
    shop.type("1:7")
    shop.press(Qt.Key.Key_Return)
    assert shop.table.chosen_row() == 2
    assert shop.band.title() == "Terminal 1:7 is in the list already"
    assert shop.real.server.gateway.calls.count("GetTerminal") == calls


def test_the_list_needs_no_network(qtbot: QtBot, shop: Stage, server: SandboxServer) -> None:
    server.stop()
    shop.open_again()
    assert shop.rows == 3


def test_arrows_in_the_entry_go_through_the_list(shop: Stage) -> None:
    assert shop.table.chosen_row() == 0
    shop.press(Qt.Key.Key_Down)
    assert shop.table.chosen_row() == 1
    assert shop.label("terminals.panel.name").text() == "<b>Stand</b>"
    assert shop.label("terminals.panel.name").textFormat() == Qt.TextFormat.PlainText
    assert shop.label("terminals.panel.type").text() == "static"
    assert shop.label("terminals.panel.price").text() == "150.00\u00a0₽"
    shop.press(Qt.Key.Key_Up)
    assert shop.table.chosen_row() == 0
    assert not shop.label("terminals.panel.price").isVisible()


def test_f6_makes_the_chosen_one_the_default(qtbot: QtBot, shop: Stage) -> None:
    assert not shop.button("terminals.default").isEnabled()
    shop.press(Qt.Key.Key_Down)
    assert shop.button("terminals.default").isEnabled()
    shop.press(Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: shop.cells(1)[5].icon == "star")
    assert [one.is_default for one in shop.known] == [False, True, False]
    assert shop.table.chosen_row() == 1
    assert shop.button("terminals.default").text() == "This till’s terminal"


def test_f5_finds_out_that_a_terminal_is_gone(
    qtbot: QtBot, shop: Stage, server: SandboxServer
) -> None:
    for _ in range(2):
        shop.press(Qt.Key.Key_Down)
    server.gateway.terminals.forget(shop.known[2].info.id)
    shop.press(Qt.Key.Key_F5)
    assert shop.button("terminals.check").accessibleName() == "Asking…"
    qtbot.waitUntil(lambda: shop.cells(2)[3].text == "Not at the gateway")
    assert shop.label("terminals.panel.state").text() == "Not at the gateway"
    assert "does not know this terminal" in shop.label("terminals.panel.note").text()
    assert not shop.button("terminals.default").isEnabled()
    shop.press(Qt.Key.Key_F6)
    assert shop.known[0].is_default
    assert shop.known[2].state is TerminalState.NOT_FOUND


def test_a_check_without_an_answer_changes_nothing(
    qtbot: QtBot, shop: Stage, server: SandboxServer
) -> None:
    server.stop()
    shop.press(Qt.Key.Key_F5)
    qtbot.waitUntil(shop.band.isVisible)
    assert shop.known[0].state is TerminalState.WORKING
    assert shop.button("terminals.check").isEnabled()


def test_the_number_is_copied_whole(shop: Stage) -> None:
    copy = shop.window.findChild(QToolButton, "terminals.copy_id")
    assert copy is not None
    copy.setFocus()
    shop.press(Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == shop.known[0].info.id
    assert len(shop.label("terminals.panel.id").text()) < 20


def test_f4_renames_on_this_till_only(qtbot: QtBot, shop: Stage) -> None:
    shop.press(Qt.Key.Key_F4)
    line = shop.line("rename.name")
    assert line.text() == "Hall"
    line.selectAll()
    shop.type("Зал")
    shop.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shop.cells(0)[1].text == "Зал")
    assert shop.known[0].info.name == "Hall"
    assert "“Hall”" in shop.label("terminals.panel.note").text()


def test_an_empty_name_goes_back_to_the_gateways(qtbot: QtBot, shop: Stage) -> None:
    shop.real.call(shop.real.till.terminals.rename, shop.known[0].key, "Зал")
    shop.open_again()
    shop.press(Qt.Key.Key_F4)
    shop.line("rename.name").clear()
    shop.press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: shop.cells(0)[1].text == "Hall")


def test_a_name_stops_at_its_limit(shop: Stage) -> None:
    shop.press(Qt.Key.Key_F4)
    shop.line("rename.name").clear()
    shop.type("n" * 60)
    assert len(shop.line("rename.name").text()) == 50
    shop.press(Qt.Key.Key_Escape)
    assert shop.known[0].own_name == ""


def test_del_asks_before_it_forgets(qtbot: QtBot, shop: Stage) -> None:
    shop.press(Qt.Key.Key_Delete)
    assert shop.label("forget.title").text() == "Forget terminal “Hall”?"
    shop.press(Qt.Key.Key_Return)
    shop.press(Qt.Key.Key_Escape)
    assert len(shop.known) == 3
    shop.press(Qt.Key.Key_Down)
    shop.press(Qt.Key.Key_Delete)
    shop.press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: shop.rows == 2)
    assert [one.info.alias for one in shop.known] == ["1:2", "1:7"]
    assert len(shop.real.server.gateway.terminals.all()) == 3
    assert shop.window.focusWidget() is shop.line("terminals.entry")


def test_esc_while_a_terminal_is_being_forgotten_or_renamed_breaks_nothing(
    qtbot: QtBot, shop: Stage
) -> None:
    shop.press(Qt.Key.Key_Delete)
    shop.press(Qt.Key.Key_F12)
    shop.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shop.rows == 2)
    shop.press(Qt.Key.Key_F4)
    shop.type("x")
    shop.press(Qt.Key.Key_F12)
    shop.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shop.known[0].own_name == "x")
    qtbot.wait(50)
    assert shop.window.focusWidget() is shop.line("terminals.entry")


def test_the_answer_about_one_terminal_leaves_the_choice_of_another(
    qtbot: QtBot, shop: Stage
) -> None:
    shop.press(Qt.Key.Key_F5)
    shop.press(Qt.Key.Key_Down)
    assert shop.label("terminals.panel.name").text() == "<b>Stand</b>"
    qtbot.waitUntil(lambda: shop.button("terminals.check").isEnabled())
    qtbot.wait(50)
    assert shop.label("terminals.panel.name").text() == "<b>Stand</b>"
    assert shop.table.chosen_row() == 1


def test_del_edits_the_entry_while_something_is_typed(shop: Stage) -> None:
    shop.type("1:9")
    shop.press(Qt.Key.Key_Home)
    shop.press(Qt.Key.Key_Delete)
    assert shop.line("terminals.entry").text() == ":9"
    assert shop.window.findChild(QLabel, "forget.title") is None


def test_the_footer_names_the_keys_that_work_now(shop: Stage) -> None:
    assert [hint.key for hint in shop.page.footer()] == ["F3", "F10", "F4"]
    shop.press(Qt.Key.Key_Down)
    assert [hint.key for hint in shop.page.footer()] == ["F3", "F10", "F4", "F6"]
    assert shop.page.footer_note()


def test_everything_that_can_be_used_has_a_name(shop: Stage) -> None:
    shop.press(Qt.Key.Key_Down)
    assert nameless(shop.window) == []
    shop.press(Qt.Key.Key_F4)
    shop.press(Qt.Key.Key_Escape)
    shop.press(Qt.Key.Key_Delete)
    assert nameless(shop.window) == []


@pytest.mark.parametrize("size", [(1274, 660), (932, 548)])
def test_nothing_of_the_panel_is_cut(qtbot: QtBot, shop: Stage, size: tuple[int, int]) -> None:
    shop.window.resize(size[0] + FRAME, size[1])
    qtbot.waitUntil(lambda: shop.page.width() == size[0])
    for name in ("terminals.default", "terminals.rename", "terminals.check", "terminals.forget"):
        button = shop.button(name)
        assert button.width() >= button.sizeHint().width(), name
        assert shop.page.rect().contains(button.geometry().bottomRight()), name
