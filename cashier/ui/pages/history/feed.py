"""Pages of a search, fetched off the UI thread when somebody looks at them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Iterator
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from cashier.domain.failure import CashierError
from cashier.domain.history import HistoryQuery, HistoryRow
from cashier.services.history import COUNT_CAP, Page
from cashier.ui.background import Background, Job

PAGE = 100
KEPT = 40
"""Pages in memory: a long walk through a million rows must not end with all of them here."""
AT_ONCE = 2
QUEUED = 4
"""Wanted pages beyond this are forgotten: whoever drags the scroll bar has passed them."""


class Search(Protocol):
    """`History.search`, or something that answers like it."""

    def __call__(self, query: HistoryQuery, *, offset: int, limit: int) -> Awaitable[Page]: ...


class HistoryFeed(QObject):
    """Rows of one query at a time.

    `length` rows may be asked for. While the count is over its cap nobody knows how many there
    are, and the list grows by a page whenever its last one comes in full.
    """

    renewed = Signal()
    """Another query, or another length in a way that rows have moved."""
    grew = Signal(int)
    """There are more rows at the end than before: how many in all."""
    came = Signal(int, int)
    """First and last row of a page that has come."""
    began = Signal()
    """A page is being fetched."""
    failed = Signal(object)

    def __init__(
        self, background: Background, search: Search, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._search = search
        self._query: HistoryQuery | None = None
        self._pages: OrderedDict[int, tuple[HistoryRow, ...]] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: list[int] = []
        self._jobs: dict[int, Job] = {}
        self._count: int | None = None
        self._length = 0

    @property
    def query(self) -> HistoryQuery | None:
        return self._query

    @property
    def length(self) -> int:
        return self._length

    @property
    def count(self) -> int | None:
        """How many match, None before the first answer; more than COUNT_CAP means "or more"."""
        return self._count

    @property
    def is_loading(self) -> bool:
        return bool(self._jobs or self._wanted)

    def ask(self, query: HistoryQuery) -> None:
        """Begin another list."""
        self._drop_jobs()
        self._query = query
        self._pages.clear()
        self._stale.clear()
        self._count = None
        self._length = 0
        self.renewed.emit()
        self._want(0)

    def refresh(self) -> None:
        """The same list again; what is on screen stays until the answer comes."""
        if self._query is None:
            return
        self._drop_jobs()
        self._stale = set(self._pages)
        seen = next(reversed(self._pages), 0)
        self._want(seen)
        self._want(0)

    def row(self, number: int) -> HistoryRow | None:
        """The row, or None while it is being fetched."""
        start = number // PAGE * PAGE
        page = self._pages.get(start)
        if page is None or start in self._stale:
            self._want(start)
        if page is None:
            return None
        self._pages.move_to_end(start)
        return page[number - start] if number - start < len(page) else None

    def find(self, payment_id: str) -> int:
        """The row of a payment among what is here, or -1."""
        for number, row in self.rows():
            if row.payment.id == payment_id:
                return number
        return -1

    def rows(self) -> Iterator[tuple[int, HistoryRow]]:
        """What is here, with the numbers of the rows."""
        for start in sorted(self._pages):
            yield from enumerate(self._pages[start], start=start)

    # Fetching

    def _want(self, start: int) -> None:
        if start in self._jobs:
            return
        if start in self._wanted:
            self._wanted.remove(start)
        self._wanted.append(start)
        del self._wanted[:-QUEUED]
        self._start_jobs()

    def _start_jobs(self) -> None:
        while self._wanted and len(self._jobs) < AT_ONCE and self._query is not None:
            start = self._wanted.pop()
            self._jobs[start] = self._background.start(
                self._fetch,
                self._query,
                start,
                done=partial(self._take, start),
                failed=self._take_trouble,
            )
            self.began.emit()

    async def _fetch(self, query: HistoryQuery, start: int) -> Page:
        return await self._search(query, offset=start, limit=PAGE)

    def _take(self, start: int, page: Page) -> None:
        self._jobs.pop(start, None)
        self._stale.discard(start)
        self._pages[start] = page.rows
        self._pages.move_to_end(start)
        while len(self._pages) > KEPT:
            gone, _ = self._pages.popitem(last=False)
            self._stale.discard(gone)
        is_first = self._count is None
        before, self._count = self._length, page.count
        self._length = self._new_length(start, page)
        if is_first or self._length < before or (self._length > before and not self._is_capped):
            self.renewed.emit()
        elif self._length > before:
            self.grew.emit(self._length)
        if page.rows:
            self.came.emit(start, start + len(page.rows) - 1)
        self._start_jobs()

    @property
    def _is_capped(self) -> bool:
        return self._count is not None and self._count > COUNT_CAP

    def _new_length(self, start: int, page: Page) -> int:
        if not self._is_capped:
            return page.count
        end = start + len(page.rows)
        if len(page.rows) < PAGE and end > COUNT_CAP:
            return end  # the real end of the list
        grown = end + PAGE if end >= self._length else self._length
        return max(grown, COUNT_CAP + 1)

    def _take_trouble(self, error: CashierError) -> None:
        self._drop_jobs()
        self.failed.emit(error)

    def _drop_jobs(self) -> None:
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()
        self._wanted.clear()
