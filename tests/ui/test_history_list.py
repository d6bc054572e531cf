"""The virtual table: what it fetches, what it forgets, and how it grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import anyio
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.domain.history import HistoryQuery, HistoryRow
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.services.history import COUNT_CAP, Page
from cashier.ui.background import Background
from cashier.ui.pages.history.feed import AT_ONCE, KEPT, PAGE, HistoryFeed
from cashier.ui.pages.history.model import HistoryColumn, HistoryModel
from cashier.ui.pages.history.table import HistoryTable
from cashier.ui.theme import ThemeController
from cashier.ui.widgets.cell import CELL_ROLE, Cell
from tests.ui.on_screen import show_active
from tests.ui.payment_views import payment_view

NOW = datetime(2026, 11, 24, 14, 52, tzinfo=UTC)
QUERY = HistoryQuery(since=NOW - timedelta(days=1), until=NOW + timedelta(days=1))
SAMPLE = payment_view(PaymentState.PAID).payment


class Store:
    """A search over `size` payments that exist only when somebody asks for them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.offsets: list[int] = []
        self.at_once = 0
        self.most_at_once = 0
        self.gate: anyio.Event | None = None
        self.trouble: CashierError | None = None

    async def __call__(self, query: HistoryQuery, *, offset: int, limit: int) -> Page:
        self.offsets.append(offset)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await anyio.sleep(0.005)
            if self.gate is not None:
                await self.gate.wait()
            if self.trouble is not None:
                raise self.trouble
        finally:
            self.at_once -= 1
        wanted = range(offset, min(offset + limit, self.size))
        rows = tuple(self.row(number) for number in wanted)
        return Page(rows, offset, min(self.size, COUNT_CAP + 1))

    def row(self, number: int) -> HistoryRow:
        payment = replace(SAMPLE, id=f"{number:032x}", receipt_number=f"1-{number:03d}")
        return HistoryRow(payment, till="2", refunded=Money(0))


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def store() -> Store:
    return Store(1_000_000)


def loaded(qtbot: QtBot, feed: HistoryFeed) -> None:
    qtbot.waitUntil(lambda: not feed.is_loading and feed.count is not None, timeout=5000)


def test_only_the_page_that_is_looked_at_is_fetched(
    qtbot: QtBot, background: Background, store: Store
) -> None:
    feed = HistoryFeed(background, store)
    feed.ask(QUERY)
    loaded(qtbot, feed)
    assert store.offsets == [0]
    assert feed.row(0) == store.row(0)
    assert feed.row(750) is None
    loaded(qtbot, feed)
    assert store.offsets == [0, 700]
    assert feed.row(750) == store.row(750)


def test_a_count_over_the_cap_says_so_and_the_list_grows_at_its_end(
    qtbot: QtBot, background: Background, store: Store
) -> None:
    feed = HistoryFeed(background, store)
    feed.ask(QUERY)
    loaded(qtbot, feed)
    assert feed.count == COUNT_CAP + 1
    assert feed.length == COUNT_CAP + 1
    with qtbot.waitSignal(feed.grew):
        feed.row(feed.length - 1)
    assert feed.length == COUNT_CAP + 2 * PAGE
    with qtbot.waitSignal(feed.grew):
        feed.row(feed.length - 1)
    assert feed.length == COUNT_CAP + 3 * PAGE


def test_the_real_end_of_a_long_list_is_found(qtbot: QtBot, background: Background) -> None:
    store = Store(COUNT_CAP + 130)
    feed = HistoryFeed(background, store)
    feed.ask(QUERY)
    loaded(qtbot, feed)
    feed.row(COUNT_CAP)
    loaded(qtbot, feed)
    feed.row(feed.length - 1)
    loaded(qtbot, feed)
    assert feed.length == COUNT_CAP + 130
    assert feed.row(feed.length - 1) == store.row(COUNT_CAP + 129)


def test_a_walk_through_a_million_rows_keeps_only_some_of_them(
    qtbot: QtBot, background: Background, store: Store
) -> None:
    feed = HistoryFeed(background, store)
    feed.ask(QUERY)
    loaded(qtbot, feed)
    for start in range(0, (KEPT + 12) * PAGE, PAGE):
        feed.row(start)
        loaded(qtbot, feed)
    kept = [number for number, _ in feed.rows()]
    assert len(kept) == KEPT * PAGE
    assert kept[0] > 0


def test_dragging_the_bar_does_not_queue_what_was_passed(
    qtbot: QtBot, background: Background, store: Store
) -> None:
    feed = HistoryFeed(background, store)
    feed.ask(QUERY)
    loaded(qtbot, feed)
    for start in range(0, COUNT_CAP, PAGE):
        feed.row(start)
    loaded(qtbot, feed)
    assert store.most_at_once <= AT_ONCE
    assert len(store.offsets) < COUNT_CAP // PAGE
    assert COUNT_CAP - PAGE in store.offsets


def test_another_question_drops_the_answer_to_the_former_one(
    qtbot: QtBot, background: Background
) -> None:
    store = Store(30)
    feed = HistoryFeed(background, store)
    feed.ask(QUERY)
    store.size = 7
    feed.ask(replace(QUERY, text="187"))
    loaded(qtbot, feed)
    assert feed.count == 7
    assert feed.length == 7


def test_a_refresh_keeps_the_rows_on_screen_until_the_answer_comes(
    qtbot: QtBot, background: Background
) -> None:
    store = Store(30)
    feed = HistoryFeed(background, store)
    feed.ask(QUERY)
    loaded(qtbot, feed)
    store.size = 31
    feed.refresh()
    assert feed.row(0) == store.row(0)
    assert feed.length == 30
    with qtbot.waitSignal(feed.renewed):
        pass
    assert feed.length == 31


def test_trouble_is_told_and_a_later_question_works(qtbot: QtBot, background: Background) -> None:
    store = Store(3)
    store.trouble = CashierError(Failure.JOURNAL_BUSY)
    feed = HistoryFeed(background, store)
    with qtbot.waitSignal(feed.failed):
        feed.ask(QUERY)
    assert not feed.is_loading
    store.trouble = None
    feed.ask(QUERY)
    loaded(qtbot, feed)
    assert feed.length == 3


def test_a_million_rows_are_shown_without_asking_for_them(
    qtbot: QtBot, background: Background, store: Store, themed: ThemeController
) -> None:
    feed = HistoryFeed(background, store)
    model = HistoryModel(feed, lambda: NOW)
    table = HistoryTable(model, feed)
    table.resize(850, 500)
    show_active(qtbot, table)
    feed.ask(QUERY)
    loaded(qtbot, feed)
    QTest.qWait(50)
    assert store.offsets == [0]

    def is_beyond_the_cap() -> bool:
        table.move_choice(40)
        return table.chosen_row() > COUNT_CAP

    qtbot.waitUntil(is_beyond_the_cap, timeout=5000)
    qtbot.waitUntil(lambda: model.row(table.chosen_row()) is not None, timeout=5000)
    chosen = model.row(table.chosen_row())
    assert chosen is not None
    assert chosen.payment.receipt_number == f"1-{table.chosen_row()}"
    table.close()


def test_a_row_that_has_not_come_is_a_bar_only_after_a_while(
    qtbot: QtBot, background: Background, themed: ThemeController
) -> None:
    store = Store(500)
    feed = HistoryFeed(background, store)
    model = HistoryModel(feed, lambda: NOW)
    table = HistoryTable(model, feed)
    table.resize(850, 500)
    show_active(qtbot, table)
    feed.ask(QUERY)
    loaded(qtbot, feed)

    async def shut() -> None:
        store.gate = anyio.Event()

    async def open_gate() -> None:
        assert store.gate is not None
        store.gate.set()

    background.call(shut)
    table.scrollToBottom()
    assert model.index(450, HistoryColumn.RECEIPT).data(CELL_ROLE) is None
    assert not table.shows_bars
    qtbot.waitUntil(lambda: table.shows_bars, timeout=2000)
    background.call(open_gate)
    loaded(qtbot, feed)
    cell = model.index(450, HistoryColumn.RECEIPT).data(CELL_ROLE)
    assert isinstance(cell, Cell)
    assert cell.text == "1-450"
    assert not table.shows_bars
    table.close()


def test_sums_are_bare_and_stand_at_the_right(qtbot: QtBot, background: Background) -> None:
    feed = HistoryFeed(background, Store(2))
    model = HistoryModel(feed, lambda: NOW)
    feed.ask(QUERY)
    loaded(qtbot, feed)
    index = model.index(0, HistoryColumn.SUM)
    assert index.data() == "2,376.01"
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, HistoryColumn.STATUS).data() == "Paid"
