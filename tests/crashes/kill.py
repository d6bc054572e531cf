"""Kill a till's process at a point, start it again on what is left, and ask the gateway.

The process is real, its sockets and files too; only the time of the second run is virtual, so that
the look-ups of minutes take none.
"""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path

import anyio

from cashier.domain.payment import Payment, PaymentState
from cashier.domain.refund import HOLDING, Refund, RefundState
from cashier.journal.reader import Reader
from cashier.journal.verify import verify
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.state import Gateway
from cashier.sandbox.values import Status
from tests.crashes import child
from tests.till_bench import Bench, bury, open_bench
from tests.virtual_clock import VirtualClock

RECOVERED_WITHIN = 150.0
"""Seconds: all look-ups of an unknown payment, and some reads of one that was given up."""
LONGEST = 60.0

_UNDER_WAY = (PaymentState.SENDING, PaymentState.UNKNOWN, PaymentState.CLOSING, PaymentState.OPEN)


@dataclass(frozen=True, slots=True)
class Told:
    """What a till's process said before it ended."""

    points: tuple[str, ...]
    commits: tuple[tuple[int, str], ...]
    ended: str

    @property
    def last_point(self) -> str:
        return self.points[-1] if self.points else "its start"


def listen(lines: list[str]) -> Told:
    """What the lines of a child say."""
    points = [line.split(" ", 2)[2] for line in lines if line.startswith("point ")]
    commits = [line.split(" ") for line in lines if line.startswith("commit ")]
    ended = next((line for line in lines if line.startswith(("ended", "refused"))), "")
    return Told(tuple(points), tuple((int(seq), known) for _, seq, known in commits), ended)


def run_child(folder: Path, base_url: str, scenario: str, kill_at: int) -> Told:
    """Run a scenario in a process of its own, which dies at a point; at 0 it lives to the end."""
    context = _processes()
    here, there = context.Pipe(duplex=False)
    process = context.Process(
        target=_child, args=(folder, base_url, scenario, kill_at, there), daemon=True
    )
    process.start()
    there.close()
    lines: list[str] = []
    while here.poll(LONGEST):
        try:
            lines.append(here.recv())
        except EOFError:
            break
    else:
        process.kill()
        lines.append("ended: it hangs")
    process.join()
    return listen(lines)


def _processes() -> SpawnContext | ForkServerContext:
    """How a process is made: quickly where the system can, with everything imported already."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crashes.child", "cashier.gateway.transport"])
    return context


def _child(folder: Path, base_url: str, scenario: str, kill_at: int, there: Connection) -> None:
    child.run(folder, base_url, scenario, kill_at, there.send)


def kill_and_recover(scenario: str, kill_at: int) -> tuple[Told, list[str]]:
    """What the process said, and everything that is wrong after the next start."""
    with place() as (folder, sandbox):
        told = run_child(folder, sandbox.base_url, scenario, kill_at)
        bury(folder)
        problems = lost_commits(folder / "journal.db", told)
        problems += anyio.run(recover, folder, sandbox, kill_at % 2 == 0)
    return told, [f"{scenario} at {kill_at} ({told.last_point}): {one}" for one in problems]


@contextmanager
def place() -> Iterator[tuple[Path, SandboxServer]]:
    """A folder for a journal, and a gateway on a real socket."""
    top = Path(tempfile.mkdtemp(prefix="cashier-crash-"))
    try:
        with SandboxServer() as sandbox:
            yield top / "live", sandbox
    finally:
        shutil.rmtree(top, ignore_errors=True)


def lost_commits(path: Path, told: Told) -> list[str]:
    """Commits that the process was told are safe, and that are not there."""
    if not told.commits:
        return []
    connection = sqlite3.connect(path)
    try:
        stored = dict(connection.execute("SELECT seq, hash FROM events").fetchall())
    finally:
        connection.close()
    return [f"commit {seq} is lost" for seq, known in told.commits if stored.get(seq) != known]


async def recover(folder: Path, sandbox: SandboxServer, are_paid: bool) -> list[str]:
    """Start the till again, let the payers act, and compare it with the gateway."""
    gateway = sandbox.gateway
    gateway.faults.clear()
    sent = {call: gateway.call_count(call) for call in ("CreatePayment", "CreateRefund")}
    clock = VirtualClock(datetime.now(UTC))
    async with open_bench(folder, sandbox, clock) as bench:
        await bench.pass_time(5)
        for payment in gateway.payments():
            if payment.status in (Status.INIT, Status.PROCESS):
                _decide(gateway, payment.id, are_paid)
        await bench.pass_time(RECOVERED_WITHIN)
        problems = await _compare(bench)
    problems += [
        f"{call} was sent again" for call, times in sent.items() if gateway.call_count(call) > times
    ]
    report = verify(f"sqlite:///{folder}/journal.db")
    return problems + [f"does not verify: {problem}" for problem in report.problems]


def _decide(gateway: Gateway, payment_id: str, is_paid: bool) -> None:
    if is_paid:
        gateway.pay(payment_id)
    else:
        gateway.expire(payment_id)


async def _compare(bench: Bench) -> list[str]:
    """The journal against the gateway's own truth."""
    gateway = bench.sandbox.gateway

    def everything(reader: Reader) -> tuple[list[Payment], list[Refund]]:
        return reader.payments(set(PaymentState)), reader.refunds(set(RefundState))

    payments, refunds = await bench.journal.read(everything)
    problems = [
        f"payment {one.id[:8]} is still {one.state.value}"
        for one in payments
        if one.state in _UNDER_WAY
    ]
    known = {one.order_id: one for one in payments}
    tasks = {view.payment.id for view in bench.view.tasks}
    for true in gateway.payments():
        order = str(true.order_id)
        mine = known.get(order)
        if mine is None:
            problems.append(f"order {order[:8]} is at the gateway and not here")
            continue
        is_paid = mine.state in (PaymentState.PAID, PaymentState.LATE_PAID)
        if is_paid != (true.status is Status.SUCCESSFUL):
            problems.append(f"here {mine.state.value}, there {true.status}")
        if mine.state is PaymentState.LATE_PAID and mine.id not in tasks and not mine.decision:
            problems.append("late money is no task")
    return problems + _compare_refunds(bench, refunds)


def _compare_refunds(bench: Bench, refunds: list[Refund]) -> list[str]:
    gateway = bench.sandbox.gateway
    problems = [
        f"refund {one.id[:8]} is still SENDING"
        for one in refunds
        if one.state is RefundState.SENDING
    ]
    tasks = {view.refund.id for view in bench.view.refund_tasks}
    problems += [
        f"refund {one.id[:8]} is {one.state.value} and in nobody's list"
        for one in refunds
        if one.state in (RefundState.UNKNOWN, RefundState.PREPARED) and one.id not in tasks
    ]
    back: dict[str, int] = {}
    for true in gateway.refunds.all():
        mine = [one for one in refunds if one.tag in (true.reason or "")]
        if len(mine) != 1 or mine[0].state not in HOLDING:
            problems.append(f"a refund is at the gateway, here {[one.state.value for one in mine]}")
        back[true.payment_id] = back.get(true.payment_id, 0) + true.amount
    problems += [
        f"{amount} went back of {gateway.payment(payment_id).amount}"
        for payment_id, amount in back.items()
        if amount > gateway.payment(payment_id).amount
    ]
    return problems
