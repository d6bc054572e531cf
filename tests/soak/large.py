"""Years in the journal: what a cashier waits for must not take longer than on the first day.

python -m tests.soak.large --payments 100000
python -m tests.soak.large --payments 100000 --folder FOLDER    (kept, and used again)

A journal of so many payments is made, ten events each; another of 2,000 stands for the first day.
On both the same is asked through the real services, with the sandbox as the gateway. Each figure
is the quickest of several in milliseconds, so that what else the machine does counts little. What a
cashier waits for is over 100 ms, and three times what it was, where it breaks its limit.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import anyio

from cashier.clock import SystemClock
from cashier.credentials import ApiKey
from cashier.domain.history import HistoryQuery
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.gateway.client import Gateway
from cashier.journal.copies import Reason
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.space import Limits
from cashier.sandbox.server import SandboxServer
from cashier.services.health import Health
from cashier.services.history import History
from cashier.services.till import Till, build
from cashier.services.training_staff import OTHER_PIN, start_training
from cashier.wiring import new_id
from tests.soak.past import fill

FIRST_DAY = 2_000
LIMIT = 100.0
"""Milliseconds."""
GROWTH = 3.0
TIMES = 5
_LIMITS = Limits(reserve=4096)

Figures = dict[str, float]


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="cashier-large-") as made:
        folder = options.folder or Path(made)
        small = _measure(Path(made) / "first-day", FIRST_DAY, is_whole=False)
        large = _measure(folder / str(options.payments), options.payments, is_whole=options.whole)
    broken = 0
    for name, value in large.items():
        before = small.get(name)
        is_broken = before is not None and value > LIMIT and value > GROWTH * before
        broken += is_broken
        first = f"{before:10.1f}" if before is not None else 10 * " "
        _say(f"{name:34}{first}{value:12.1f} ms{'   BROKEN' if is_broken else ''}")
    return 1 if broken else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak.large",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__,
    )
    parser.add_argument("--payments", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--folder", type=Path, help="where the large journal is kept")
    parser.add_argument(
        "--whole", action="store_true", help="also what reads all: a copy, the check, a crash"
    )
    return parser.parse_args()


def _measure(folder: Path, payments: int, *, is_whole: bool) -> Figures:
    journal, anchor = folder / "journal.db", folder / "anchor" / "till.anchor"
    if not journal.exists():
        filled = fill(journal, anchor, payments, told=lambda done: _progress(done, payments))
        _progress(0, 0)
        size = journal.stat().st_size / 1024 / 1024
        _say(f"{payments} payments, {filled.events} events, {size:.0f} MiB: {filled.seconds:.0f} s")
    sandbox = SandboxServer()
    sandbox.start()
    try:
        return anyio.run(_Asking(journal, anchor, sandbox, payments).ask, is_whole)
    finally:
        sandbox.stop()


class _Asking:
    """One journal, opened and asked for everything that a till asks of it."""

    def __init__(self, journal: Path, anchor: Path, sandbox: SandboxServer, payments: int) -> None:
        self._path, self._anchor, self._sandbox = journal, anchor, sandbox
        self._payments = payments
        self.figures: Figures = {}

    async def ask(self, is_whole: bool) -> Figures:
        for _ in range(TIMES):
            journal = self._timed("start: the journal after a clean end", self._open)
            till = self._till(journal)
            await self._time("start: what the last run left", till.start, times=1)
            journal.close()
        journal = self._open()
        try:
            await self._ask(journal, self._till(journal))
            if is_whole:
                await self._ask_whole(journal)
        finally:
            journal.close()
        return self.figures

    def _open(self) -> Journal:
        return Journal.open(
            f"sqlite:///{self._path}",
            till="1",
            clock=SystemClock(),
            anchor=self._anchor,
            limits=_LIMITS,
        )

    def _till(self, journal: Journal) -> Till:
        health = Health(SystemClock())
        gateway = Gateway(
            base_url=self._sandbox.base_url,
            merchant_id=self._sandbox.gateway.merchant_id,
            api_key=ApiKey(self._sandbox.gateway.api_key),
            clock=SystemClock(),
            observe=health.note,
        )
        return build(
            journal=journal,
            gateway=gateway,
            clock=SystemClock(),
            health=health,
            chance=random.Random(1),  # noqa: S311
            new_id=new_id,
            name="1",
            limit=100_000_000,
        )

    async def _ask(self, journal: Journal, till: Till) -> None:
        await till.start()
        await start_training(till.staff, journal, "en")
        people = await till.staff.people()
        manager = next(one for one in people if one.role is Role.MANAGER)
        await till.staff.sign_in_without_pin(manager.id)
        await journal.write(_forget_terminals)  # the sandbox is another one each time
        await till.terminals.load()
        await till.terminals.prepare(NewTerminal(name="Касса 2", alias="1:9"))
        sold = [await self._sell(till) for _ in range(TIMES)]
        await self._ask_history(till.history, sold[-1])
        await self._time("shift: X report and readiness", till.shifts.overview)
        await self._time("shift: earlier ones", till.shifts.past)
        await self._time("sale: goods suggested", lambda: till.receipts.suggestions("сорт"))
        await self._time("sale: parked receipts", till.receipts.parked)
        await self._time("refund: the form", lambda: till.refunds.open(sold[-1]))
        for paid in sold:
            approval = await till.staff.approve(manager.id, OTHER_PIN, Right.REFUND)
            back = partial(till.refunds.refund_sum, paid, Money.of("10"), "Брак", approval=approval)
            await self._time("refund: made", back, times=1)
        for _ in range(TIMES):
            await self._time("shift: closed", till.shifts.close, times=1)
            await till.shifts.open()

    async def _sell(self, till: Till) -> str:
        saved: SavedReceipt = await till.receipts.draft()
        receipt = saved.receipt.add("Чай листовой", Money.of("120.50"))
        await self._time("sale: typed", lambda: till.receipts.save(saved, receipt), times=1)
        view = await self._time("sale: QR", lambda: till.sales.charge(saved.id), times=1)
        own = view.payment.id
        self._sandbox.gateway.pay(view.payment.payment_id)
        await self._time("sale: paid", lambda: till.sales.check(own), times=1)
        await self._time("sale: seen", lambda: till.sales.result_seen(own), times=1)
        return str(own)

    async def _ask_history(self, history: History, newest: str) -> None:
        now = datetime.now(UTC)
        payment = (await history.details(newest)).payment
        whole = now - timedelta(days=3650)

        async def search(name: str, since: datetime = whole, offset: int = 0, **more: Any) -> None:
            query = HistoryQuery(since, now + timedelta(days=1), **more)
            await self._time(
                f"history: {name}", lambda: history.search(query, offset=offset, limit=100)
            )

        await search("today, first page", since=now - timedelta(days=1))
        await search("all years, first page")
        await search("all years, row 10,000", offset=min(10_000, self._payments // 2))
        await search("tasks", needs_decision=True)
        await search("declined ones", states=frozenset({PaymentState.FAILED}))
        await search("no such state", states=frozenset({PaymentState.UNKNOWN}))
        await search("one cashier", cashier=payment.cashier)
        await search("receipt number", text=payment.receipt_number)
        await search("order id", text=payment.order_id[:8])
        await search("sum", text="120,50")
        await search("card", text="6654")
        await search("goods, rare", text="чай лист")
        await search("goods, common", text="товар")
        await search("nothing found", text="шестерёнка")
        await self._time("history: one payment", lambda: history.details(newest))

    async def _ask_whole(self, journal: Journal) -> None:
        await self._time("whole: a verified copy", lambda: journal.back_up(Reason.ASKED), times=1)
        report = await self._time("whole: the check", journal.check, times=1)
        for problem in report.problems:
            _say(f"BROKEN: {problem}")

    async def _time(
        self, name: str, ask: Callable[[], Awaitable[Any]], *, times: int = TIMES
    ) -> Any:
        result: Any = None
        for _ in range(times):
            begun = time.perf_counter()
            result = await ask()
            self._note(name, begun)
        return result

    def _timed(self, name: str, ask: Callable[[], Journal]) -> Journal:
        begun = time.perf_counter()
        result = ask()
        self._note(name, begun)
        return result

    def _note(self, name: str, begun: float) -> None:
        taken = (time.perf_counter() - begun) * 1000
        self.figures[name] = min(taken, self.figures.get(name, taken))


def _forget_terminals(ledger: Ledger) -> None:
    for terminal in ledger.terminals():
        ledger.forget_terminal(terminal.key)


def _progress(done: int, whole: int) -> None:
    sys.stderr.write(f"\r{f'{done} of {whole}' if whole else '':30}\r")
    sys.stderr.flush()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
