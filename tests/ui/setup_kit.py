"""For the tests of the set-up screens: a real till, a still clock, a real probe, keys."""

from __future__ import annotations

import gc
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import anyio
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from cashier.clock import SystemClock
from cashier.credentials import ApiKey
from cashier.domain.staff import Role
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.validation import TerminalRequest
from cashier.services.diagnostics import ConnectionReport, ContactLog, try_connection
from cashier.services.health import Health
from cashier.services.till import Till, build
from cashier.services.views import TillView
from cashier.ui.background import Background
from tests.till_bench import put_at_till
from tests.virtual_clock import START


class TestClock(SystemClock):
    """The wall clock stands at 14:32 in the tests' pictures; the rest is the machine's."""

    __test__ = False

    def utc(self) -> datetime:
        return START


class HurryClock(TestClock):
    """Waits a hundredth of the time."""

    async def wait(self, seconds: float, wake: anyio.Event | None = None) -> None:
        await super().wait(seconds / 100, wake)


class Probing:
    """Asks a real gateway as the application does, and counts how often."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []

    async def __call__(
        self,
        base_url: str,
        merchant_id: str,
        key: ApiKey,
        proxy: str,
        ca_file: str,
        alias: str,
    ) -> ConnectionReport:
        self.calls.append((base_url, merchant_id, alias))
        contacts = ContactLog()
        clock = SystemClock()
        gateway = Gateway(
            base_url=base_url,
            merchant_id=merchant_id,
            api_key=key,
            clock=clock,
            proxy=proxy,
            ca_file=ca_file,
            observe=contacts.note,
        )
        try:
            return await try_connection(gateway, contacts, alias=alias, clock=clock)
        finally:
            await gateway.aclose()


def type_text(widget: QWidget, text: str) -> None:
    """Type any letters: QTest knows only those of ASCII."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


@dataclass(slots=True)
class RealTill:
    """A till on a journal of its own, asking the sandbox."""

    till: Till
    background: Background
    server: SandboxServer
    clock: TestClock

    def call(self, use_case: Callable[..., object], *args: object) -> object:
        """Run a use case to its end, before the screens are there."""
        return self.background.call(use_case, *args)  # type: ignore[arg-type]  # any use case

    def view(self) -> TillView:
        """What the main window would show now."""

        async def look() -> TillView:
            return self.till.view()

        return self.background.call(look)


@contextmanager
def real_till(
    folder: Path,
    server: SandboxServer,
    *,
    clock: TestClock | None = None,
    role: Role | None = Role.ADMINISTRATOR,
) -> Iterator[RealTill]:
    """Build a till against `server`, with somebody at it or nobody, and close it."""
    clock = clock or TestClock()
    background = Background()
    journal = Journal.open(f"sqlite:///{folder / 'journal.db'}", till="1", clock=clock)
    health = Health(clock)
    gateway = Gateway(
        base_url=server.base_url,
        merchant_id=server.gateway.merchant_id,
        api_key=ApiKey(server.gateway.api_key),
        clock=clock,
        observe=health.note,
    )
    till = build(
        journal=journal,
        gateway=gateway,
        clock=clock,
        health=health,
        chance=random.Random(1),  # noqa: S311  spreads retries
        new_id=lambda: uuid.uuid4().hex,
        name="1",
        limit=100_000_000,
    )
    try:
        background.call(till.start)
        if role is not None:
            background.call(put_at_till, till.staff, journal, role)
        yield RealTill(till, background, server, clock)
    finally:
        background.call(gateway.aclose)
        background.close()
        journal.close()


@contextmanager
def garbage_stays_here() -> Iterator[None]:
    """Let only this thread collect, and delete the widgets before their wrappers are.

    A collection on the journal's or the network's thread that finds a dropped window would take
    the whole window apart there, and the process with it.
    """
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        if was_on:
            gc.enable()


def make_terminal(server: SandboxServer, alias: str, *, name: str = "Hall") -> None:
    """A terminal that the gateway has, however it came there."""
    server.gateway.terminals.create(
        TerminalRequest(
            name=name,
            alias=alias,
            description="",
            fixed=False,
            default_price=0,
            can_comment=False,
        )
    )
