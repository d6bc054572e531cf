"""Scanned codes, looked up one by one; what is pressed meanwhile waits for their goods."""

from __future__ import annotations

from collections.abc import Callable

from cashier.domain.saved_receipt import KnownGoods
from cashier.ui.background import Background
from cashier.ui.pages.entry_suggestions import Suggest


class ScanSearch:
    """Goods whose name has the code as one of its words."""

    def __init__(self, *, suggest: Suggest, background: Background) -> None:
        self._suggest = suggest
        self._background = background
        self._under_way = 0
        self._then: Callable[[], object] | None = None

    def find(self, code: str, found: Callable[[list[KnownGoods]], bool]) -> None:
        """`found` hears of the goods, newest first, and says whether they are in the receipt."""
        self._under_way += 1

        def done(known: list[KnownGoods]) -> None:
            self._under_way -= 1
            if not found([one for one in known if code in one.name.split()]):
                self._then = None
            if not self._under_way:
                then, self._then = self._then, None
                if then is not None:
                    then()

        self._background.start(self._suggest, code, done=done, failed=lambda _: done([]))

    def holds(self, then: Callable[[], object]) -> bool:
        """Whether a code is being looked up. `then` follows if all its goods were taken."""
        if self._under_way:
            self._then = then
        return self._under_way > 0
