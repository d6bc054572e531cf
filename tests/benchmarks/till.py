"""One run of the till in training: its start, then keys on a short and on a long receipt, then F12.

`python -m tests.benchmarks.till FOLDER [--keys]` prints one line a figure: a name and seconds; the
start is a moment on the monotonic clock, since only who started the process knows when that was.
"""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget

gc.disable()  # as `cashier` does until its window is there

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

from cashier.app import App  # noqa: E402
from cashier.domain.money import Money  # noqa: E402
from cashier.options import Options  # noqa: E402
from cashier.services.receipts import Receipts  # noqa: E402
from cashier.ui.pages.sale import SalePage  # noqa: E402
from cashier.ui.widgets.qr_view import QrView  # noqa: E402
from tests.benchmarks.painted import Painted, rest, until  # noqa: E402

W = TypeVar("W", bound=QWidget)

LINES = (3, 490)
LETTERS = 10
ENTERS = 5
REST = 0.3
"""Seconds until nothing of the key before is left over: suggestions, the draft being saved."""


def main() -> None:
    application = QApplication(sys.argv[:1])
    app = App(application, Options(sandbox=True, data_folder=Path(sys.argv[1]), language="en"))
    try:
        app.settled.connect(gc.freeze)
        app.start()
        assert app.frame is not None
        _say("start", Painted(app.frame).first())
        until(lambda: app.window is not None)
        assert app.window is not None
        _say("ready", _ready(app.window))
        _say("start CPU", time.process_time())
        if "--keys" in sys.argv:
            _Cashier(app).work()
    finally:
        app.close()


def _ready(window: QWidget) -> float:
    """When the entry would take a letter."""
    entry = window.findChild(QLineEdit, "sale.entry")
    assert isinstance(entry, QLineEdit)
    until(lambda: entry.hasFocus() and entry.isEnabled())
    return time.monotonic()


def _say(what: str, seconds: float) -> None:
    sys.stdout.write(f"{what} {seconds!r}\n")
    sys.stdout.flush()


class _Cashier:
    """Types as a person does and looks when it can be seen."""

    def __init__(self, app: App) -> None:
        assert app.window is not None
        assert app.till is not None
        assert app.background is not None
        self._window, self._till, self._background = app.window, app.till, app.background
        self._entry = self._find(QLineEdit, "sale.entry")
        self._grid = self._find(QTableView, "sale.grid")
        self._typed = Painted(self._entry)
        self._listed = Painted(self._grid.viewport())

    def work(self) -> None:
        """Everything that is measured, one after the other."""
        for lines in LINES:
            self._fill(lines)
            for _ in range(LETTERS):
                self._letter(f"letter.{lines}")
            for number in range(ENTERS):
                self._enter(f"enter.{lines}", f"Bun {number}")
        self._fill(LINES[0])
        self._code("qr")

    def _letter(self, what: str) -> None:
        self._entry.clear()
        rest(REST)
        begun = time.monotonic()
        QTest.keyClicks(self._entry, "b")
        _say(what, self._typed.first(begun) - begun)

    def _enter(self, what: str, name: str) -> None:
        self._entry.clear()
        QTest.keyClicks(self._entry, name)
        QTest.keyClick(self._entry, Qt.Key.Key_F10)
        QTest.keyClicks(self._entry, "5")
        rest(REST)
        rows = self._grid.model().rowCount()
        begun = time.monotonic()
        QTest.keyClick(self._entry, Qt.Key.Key_Return)
        assert self._grid.model().rowCount() == rows + 1
        _say(what, self._listed.first(begun) - begun)
        rest(REST)

    def _code(self, what: str) -> None:
        self._entry.clear()
        until(self._find(QWidget, "sale.pay").isEnabled)
        begun = time.monotonic()
        QTest.keyClick(self._entry, Qt.Key.Key_F12)
        until(lambda: self._window.findChild(QrView, "payment.qr") is not None)
        code = self._find(QrView, "payment.qr")
        _say(what, Painted(code, lambda: code.text() != "").first(begun) - begun)

    def _fill(self, lines: int) -> None:
        """Put a draft of so many lines on screen."""
        self._background.call(_save_draft, self._till.receipts, lines)
        self._find(SalePage, "sale").load()
        until(lambda: self._grid.model().rowCount() == lines)
        rest(REST)

    def _find(self, kind: type[W], name: str) -> W:
        found = self._window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found


async def _save_draft(receipts: Receipts, lines: int) -> None:
    saved = await receipts.draft()
    receipt = replace(saved.receipt, lines=(), discount=None)
    for number in range(lines):
        receipt = receipt.add(f"Bread of the day, kind {number}", Money(4990, receipt.currency))
    await receipts.save(saved, receipt)


if __name__ == "__main__":
    main()
