"""The page of terminals while its list is being read, and when it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import anyio
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.domain.terminal import Terminal, TerminalInfo
from cashier.services.till import Till
from cashier.ui.background import Background
from cashier.ui.pages.terminals import TerminalsPage
from cashier.ui.widgets.table import TableView
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import TestClock, garbage_stays_here

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


class Terminals:
    """Reads its list when it is told to, or fails first."""

    def __init__(self) -> None:
        self.failures = 0
        self.may_read: anyio.Event | None = None

    async def load(self) -> tuple[Terminal, ...]:
        if self.may_read is not None:
            await self.may_read.wait()
        if self.failures:
            self.failures -= 1
            raise CashierError(Failure.JOURNAL_FAULT)
        return (Terminal(key=1, info=TerminalInfo(id="a" * 32, name="Hall", alias="1:2")),)


class SomeTill:
    def __init__(self) -> None:
        self.terminals = Terminals()
        self.staff = None  # nothing here asks for a PIN


@pytest.fixture
def till() -> SomeTill:
    return SomeTill()


@pytest.fixture
def page(qtbot: QtBot, till: SomeTill) -> Iterator[TerminalsPage]:
    background = Background()
    made = TerminalsPage(till=cast(Till, till), background=background, clock=TestClock())
    qtbot.addWidget(made)
    made.resize(1274, 660)
    show_active(qtbot, made)
    yield made
    background.close()


def test_grey_bars_come_only_when_it_takes_long(
    qtbot: QtBot, page: TerminalsPage, till: SomeTill
) -> None:
    till.terminals.may_read = anyio.Event()
    page.entered()
    note = page.findChild(QLabel, "terminals.loading")
    table = page.findChild(TableView, "terminals.table")
    assert note is not None
    assert table is not None
    assert not note.isVisible()
    qtbot.waitUntil(note.isVisible)
    page._background.call(_ring, till.terminals.may_read)
    qtbot.waitUntil(table.isVisible)
    assert not note.isVisible()


async def _ring(event: anyio.Event) -> None:
    event.set()


def test_a_list_that_cannot_be_read_is_tried_again_by_f5(
    qtbot: QtBot, page: TerminalsPage, till: SomeTill
) -> None:
    till.terminals.failures = 1
    page.entered()
    title = page.findChild(QLabel, "terminals.error.title")
    again = page.findChild(QPushButton, "terminals.again")
    assert title is not None
    assert again is not None
    qtbot.waitUntil(title.isVisible)
    assert title.text() == "The list did not load"
    assert again.isVisible()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_F5)
    table = page.findChild(TableView, "terminals.table")
    assert table is not None
    qtbot.waitUntil(table.isVisible)
    assert not title.isVisible()
