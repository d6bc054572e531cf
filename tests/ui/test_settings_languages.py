"""The set-up screens speak both languages and change while they are on screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.terminal import NewTerminal
from cashier.sandbox.server import SandboxServer
from cashier.settings import Settings
from cashier.ui.pages.first_start import FirstStart
from cashier.ui.pages.settings import SettingsPage
from cashier.ui.pages.terminals import TerminalsPage
from cashier.ui.translation import Translation
from cashier.ui.widgets.cell import CELL_ROLE
from cashier.ui.widgets.table import TableView
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import Probing, RealTill, garbage_stays_here, real_till

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


@pytest.fixture
def translation(qapp: QApplication) -> Iterator[Translation]:
    made = Translation(qapp, language="en")
    yield made
    made.use("en")
    made.setParent(None)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealTill]:
    with SandboxServer() as server, real_till(tmp_path, server) as made:
        yield made


def text(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def test_the_first_start_speaks_both(
    qtbot: QtBot, translation: Translation, real: RealTill
) -> None:
    page = FirstStart(
        settings=Settings(), background=real.background, clock=real.clock, probe=Probing()
    )
    qtbot.addWidget(page)
    show_active(qtbot, page)
    assert text(page, "first.mode.title") == "Setting up the till"
    translation.use("ru")
    qtbot.waitUntil(lambda: text(page, "first.mode.title") == "Настроим кассу")
    assert text(page, "first.keys.title") == "Ключи и терминал"
    assert text(page, "first.step2") == "Ключи и терминал"
    translation.use("en")
    qtbot.waitUntil(lambda: text(page, "first.step2") == "Keys and terminal")


def test_the_terminals_speak_both(qtbot: QtBot, translation: Translation, real: RealTill) -> None:
    real.call(real.till.terminals.create, NewTerminal("Hall", "1:2"))
    page = TerminalsPage(till=real.till, background=real.background, clock=real.clock)
    qtbot.addWidget(page)
    page.resize(1274, 660)
    show_active(qtbot, page)
    page.entered()
    table = page.findChild(TableView, "terminals.table")
    assert table is not None
    qtbot.waitUntil(table.isVisible)
    translation.use("ru")
    qtbot.waitUntil(lambda: text(page, "terminals.panel.state") == "Работает")
    row = [table.model().index(0, column).data(CELL_ROLE).text for column in range(6)]
    assert row == ["1:2", "Hall", "динамический", "Работает", "RUB", "эта касса"]
    assert text(page, "terminals.panel.type") == "динамический"
    assert [hint.text for hint in page.footer()][:2] == ["Найти в шлюзе", "Создать"]


def test_the_settings_speak_both(qtbot: QtBot, translation: Translation, real: RealTill) -> None:
    page = SettingsPage(
        till=real.till,
        background=real.background,
        clock=real.clock,
        settings=Settings(),
        probe=Probing(),
        folder=Path("folder"),
        training=False,
    )
    qtbot.addWidget(page)
    show_active(qtbot, page)
    translation.use("ru")
    qtbot.waitUntil(lambda: text(page, "settings.changed") == "Изменений нет")
    titles = [text(page, f"settings.{name}.title") for name in ("gateway", "till", "look", "about")]
    assert titles == ["Шлюз и ключи", "Касса", "Язык и вид", "О программе"]
    translation.use("en")
    qtbot.waitUntil(lambda: text(page, "settings.changed") == "Nothing has changed")
