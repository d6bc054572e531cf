"""The window of a journal on its way to a server: the same rows are counted from end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import anyio
import pytest
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.journal.chain import Head
from cashier.journal.moving import Moved, Progress
from cashier.services.moving import Mover
from cashier.services.restoration import AllowedMove
from cashier.ui.background import Background
from cashier.ui.pages.moving import MovingWindow
from cashier.ui.widgets.label import Label
from tests.ui.setup_kit import garbage_stays_here

pytestmark = pytest.mark.usefixtures("themed")

ROWS = 35_026


class LongMove:
    """Has compared some rows of many, and ends when it is told to."""

    def __init__(self) -> None:
        self.may_end = anyio.Event()

    async def move(self, allowed: AllowedMove, tell: Callable[[Progress], None]) -> Moved:
        tell(Progress(True, 19_004, ROWS))
        await self.may_end.wait()
        return Moved("1", Head(), {"events": ROWS, "goods": 24_906}, Path("journal-moved.db"))

    async def end(self) -> None:
        self.may_end.set()


class LostMove:
    """Its server goes away in the middle."""

    async def move(self, allowed: AllowedMove, tell: Callable[[Progress], None]) -> Moved:
        raise CashierError(Failure.JOURNAL_AWAY, reason="server closed the connection")


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    with garbage_stays_here():
        yield made
        made.close()


def opened(qtbot: QtBot, background: Background, mover: LongMove | LostMove) -> MovingWindow:
    window = MovingWindow(
        mover=cast(Mover, mover), background=background, allowed=AllowedMove("postgresql://a/b")
    )
    qtbot.addWidget(window)
    window.show()
    return window


def said(window: MovingWindow, name: str) -> str:
    label = window.findChild(Label, f"moving.{name}")
    assert label is not None
    return label.text()


def test_the_rows_are_grouped_and_the_end_tells_of_those_that_were_compared(
    qtbot: QtBot, background: Background
) -> None:
    mover = LongMove()
    window = opened(qtbot, background, mover)
    qtbot.waitUntil(lambda: said(window, "detail") == "Compared: 19,004 of 35,026 rows")
    background.call(mover.end)
    qtbot.waitUntil(lambda: said(window, "text").startswith("Rows moved: 35,026, each compared"))


def test_a_lost_server_stops_no_payments_of_a_till_that_keeps_its_own_journal(
    qtbot: QtBot, background: Background
) -> None:
    window = opened(qtbot, background, LostMove())
    qtbot.waitUntil(lambda: said(window, "title") == "The journal was not moved")
    assert said(window, "text").startswith("The server stopped answering.")
    assert "is untouched and is still used" in said(window, "text")
    assert said(window, "detail") == "server closed the connection"
