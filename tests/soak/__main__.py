"""Sells and sells: real services, a journal on disk, the gateway over sockets, the real window.

python -m tests.soak --sales 20000
python -m tests.soak --sales 500 --seconds 45 --any-machine

The gateway is the sandbox in a process of its own. Most sales go through the services, one after
the other, while the window shows one page after another and follows them; one of fifty is made with
the keys of the window. Some are declined or cancelled first, some given back in part, some looked
up. At the end the till's journal and the gateway's memory must agree to the kopeck.

A stall: a timer of 20 ms on the UI thread came more than 100 ms late. A process that only sleeps
runs beside it, and what it was late by at the same time is taken off: that is the machine.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cashier.app import App
from cashier.options import Options
from cashier.sandbox.values import DEMO_API_KEY, DEMO_MERCHANT_ID
from tests.e2e.driver import settle
from tests.soak.books import Books, till_books
from tests.soak.gateway import Bank, bank
from tests.soak.measure import Late, Moment, Pulse, idle_process, machine_lates, moment, own, size
from tests.soak.shop import BATCH, Shop, Tally

MIB = 1024 * 1024
MOST_GROWTH = 20 * MIB
LARGEST_WAL = 4 * MIB
SPARE_HANDLES = 8
"""Connections that the client keeps for a while, and the threads of a pool that end when idle."""
WARM = 150
"""Sales until every page has been there and every cache is full."""


def main() -> int:
    options = _options()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ |= {"CASHIER_MERCHANT_ID": DEMO_MERCHANT_ID, "CASHIER_API_KEY": DEMO_API_KEY}
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="cashier-soak-")))
        idle = folder / "idle"
        with idle_process(idle):
            paying = opened.enter_context(bank())
            run = _Run(folder / "till", paying, options)
            run.work()
        run.tell()
        stalls = own(run.stalls, machine_lates(idle))
        broken = run.judge()
    _tell_stalls(run.stalls, stalls)
    if stalls and not options.any_machine:
        broken.append(f"{len(stalls)} stalls of its own")
    for one in broken:
        _say(f"BROKEN: {one}")
    return 1 if broken else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__,
    )
    parser.add_argument("--sales", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--seconds", type=float, default=86_400, help="or until so long")
    parser.add_argument(
        "--any-machine", action="store_true", help="stalls are told and break nothing"
    )
    return parser.parse_args()


class _Run:
    """One till from its first sale to the comparison of the books."""

    def __init__(self, folder: Path, paying: Bank, options: argparse.Namespace) -> None:
        self._folder = folder
        self._bank = paying
        self._wanted: int = options.sales
        self._until = time.monotonic() + options.seconds
        self._journal = folder / "training" / "journal.db"
        self._wal = self._journal.with_name("journal.db-wal")
        self.moments: list[Moment] = []
        self.stalls: list[Late] = []
        self.largest_wal = self.last_wal = self._bytes = 0
        self.tally = Tally()

    def work(self) -> None:
        application = _application()
        logging.getLogger("cashier").setLevel(logging.WARNING)
        crashes = logging.StreamHandler()  # the till's own log goes with its folder
        crashes.setLevel(logging.ERROR)
        logging.getLogger().addHandler(crashes)
        where = Options(data_folder=self._folder, base_url=self._bank.base_url, language="en")
        app = App(application, where)
        try:
            app.settled.connect(gc.freeze)  # as `cashier` does
            app.start()
            settle(app)
            assert app.window is not None
            app.window.resize(1366, 768)
            shop = Shop(app, self._bank)
            self.tally = shop.tally
            shop.begin()
            self._sell(shop)
            shop.end()
        finally:
            app.close()

    def _sell(self, shop: Shop) -> None:
        pulse = Pulse(self._wal)
        warm = min(WARM, self._wanted // 3)
        while shop.tally.sold < self._wanted and time.monotonic() < self._until:
            is_warm = bool(self.moments)
            if not is_warm and shop.tally.sold >= warm:
                self._begin_measuring(shop.tally.sold)
                pulse.start()
            shop.sell_by_keys()
            shop.sell(min(BATCH, max(0, self._wanted - shop.tally.sold)))
            if is_warm:
                gc.collect()
                self.moments.append(moment(shop.tally.sold))
            _progress(shop.tally.sold, self._wanted)
        pulse.stop()
        _progress(0, 0)
        self._end_measuring(shop.tally.sold)
        self.stalls, self.largest_wal = pulse.stalls, pulse.largest_log
        self.last_wal = size(self._wal)
        self._bytes = size(self._journal) + self.last_wal - self._bytes

    def _begin_measuring(self, sales: int) -> None:
        gc.collect()
        self._bytes = size(self._journal) + size(self._wal)
        self.moments.append(moment(sales))

    def _end_measuring(self, sales: int) -> None:
        gc.collect()
        self.moments.append(moment(sales))

    # Afterwards

    def tell(self) -> None:
        start, middle, end = self.moments[0], self.moments[len(self.moments) // 2], self.moments[-1]
        done, measured = self.tally, end.sales - start.sales
        _say(
            f"sales: {done.sold} ({done.by_keys} by the keys), {done.given_back} refunds, "
            + ", ".join(f"{times} {what}" for what, times in sorted(done.more.items()))
        )
        _say(f"rate: {done.rate:.1f} sales/s through the services, {done.seconds:.0f} s of them")
        for name, one in (("start", start), ("middle", middle), ("end", end)):
            _say(
                f"{name}: {one.sales} sales, {one.rss / MIB:.1f} MiB,"
                f" {one.handles} handles, {one.threads} threads"
            )
        _say(f"memory: {(end.rss - start.rss) / MIB:+.1f} MiB over {measured} sales")
        _say(f"WAL: {self.largest_wal / MIB:.2f} MiB at most, {self.last_wal / MIB:.2f} at the end")
        _say(f"journal: {self._bytes / max(1, measured) / 1024:.1f} KiB a sale")

    def judge(self) -> list[str]:
        """Every limit that is broken."""
        start, end = self.moments[0], self.moments[-1]
        broken = []
        if end.rss - start.rss >= MOST_GROWTH:
            broken.append(f"memory grew by {(end.rss - start.rss) / MIB:.1f} MiB")
        kinds: list[tuple[str, Callable[[Moment], int]]] = [
            ("handles", lambda one: one.handles),
            ("threads", lambda one: one.threads),
        ]
        for what, count in kinds:
            if count(end) > count(start) + SPARE_HANDLES:
                broken.append(f"{what} went from {count(start)} to {count(end)}")
        if self.largest_wal >= LARGEST_WAL:
            broken.append(f"the WAL grew to {self.largest_wal / MIB:.1f} MiB")
        return broken + self._compare()

    def _compare(self) -> list[str]:
        """What was done, what the journal says, and what the gateway says."""
        tally = self.tally
        done = Books((tally.sold, tally.sum_sold), (tally.given_back, tally.sum_given_back))
        kept, problems = till_books(self._journal, self._folder / "anchors" / "training.anchor")
        told = Books(self._bank.paid(), self._bank.given_back())
        _say(f"books: done {done}, journal {kept}, gateway {told}")
        if not done == kept == told:
            problems.append("the books differ")
        return problems


def _application() -> QApplication:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    return application


def _tell_stalls(stalls: list[Late], mine: list[Late]) -> None:
    longest = max((one.by for one in stalls), default=0.0)
    rest = max((one.by for one in mine), default=0.0)
    _say(
        f"stalls over 100 ms: {len(stalls)}, the longest {longest * 1000:.0f} ms;"
        f" without the machine's part {len(mine)}, the longest {rest * 1000:.0f} ms"
    )


def _progress(done: int, whole: int) -> None:
    sys.stderr.write(f"\r{f'{done} of {whole}' if whole else '':30}\r")
    sys.stderr.flush()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
