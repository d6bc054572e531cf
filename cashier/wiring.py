"""What lies below the screens, put together: the gateway's client, its key, the journal, the till.

Each part is closed by the stack it is given, in reverse order of its making.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import anyio

from cashier import settings
from cashier.clock import Clock
from cashier.credentials import ApiKey, FoundKey, KeyPlace, KeyStore
from cashier.gateway.client import Gateway, Secret
from cashier.journal.journal import Journal
from cashier.paths import Folders
from cashier.services.approvals import Approval
from cashier.services.diagnostics import ConnectionReport, ContactLog, try_connection
from cashier.services.health import Health
from cashier.services.till import Till, build
from cashier.settings import Settings

if TYPE_CHECKING:
    from cashier.sandbox.server import SandboxServer


def new_id() -> str:
    """32 hex digits that nobody has used before."""
    return uuid.uuid4().hex


class NoKey:
    """Stands where no key was ever kept: every call then ends in NO_KEY."""

    def reveal(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Wired:
    """A till and what it stands on."""

    till: Till
    journal: Journal
    gateway: Gateway


def start_sandbox(opened: ExitStack, folders: Folders) -> SandboxServer:
    """The gateway inside the program, with what it remembers from the last run."""
    from cashier.sandbox.server import SandboxServer

    sandbox = SandboxServer(state_file=folders.sandbox_state)
    sandbox.start()
    opened.callback(sandbox.stop)
    return sandbox


def on_sandbox(wanted: Settings, sandbox: SandboxServer) -> tuple[Settings, FoundKey]:
    """The settings and the key of a till in training on it (SPEC 8)."""
    used = replace(
        wanted, base_url=sandbox.base_url, merchant_id=sandbox.gateway.merchant_id, proxy=""
    )
    return used, FoundKey(ApiKey(sandbox.gateway.api_key), KeyPlace.FILE)


def key_store(folders: Folders) -> KeyStore:
    """Where the key of this kind of money is kept."""
    return KeyStore(training_file=folders.key_file if folders.training else None)


async def store_key(root: Path, wanted: Settings, key: ApiKey) -> KeyPlace:
    """Keep the key for this merchant. Raises what KeyStore and Folders raise."""
    folders = Folders(root, training=wanted.is_training)
    folders.make()
    return await anyio.to_thread.run_sync(key_store(folders).write, wanted.merchant_id, key)


async def save_settings(
    till: Till,
    root: Path,
    before: Settings,
    wanted: Settings,
    key: ApiKey | None,
    approval: Approval | None,
) -> KeyPlace | None:
    """Whether it is allowed first; then the key, where there is a new one."""
    await till.configuration.allow(before, wanted, has_new_key=key is not None, approval=approval)
    return await store_key(root, wanted, key) if key is not None else None


def finish_move(folders: Folders) -> bool:
    """Settle a move of the journal to a server that was cut off; whether the settings changed.

    Raises CashierError(JOURNAL_AWAY) while nobody knows which journal is the till's.
    """
    if not folders.journal.with_name("journal.moving").exists():
        return False
    from cashier.journal.moving import finish

    return (
        finish(folders.journal, switch=partial(settings.switch_journal, folders.settings))
        is not None
    )


def connect(used: Settings, key: Secret, *, clock: Clock, listener: Health | ContactLog) -> Gateway:
    """A client for these settings that reports to `listener`. Raises what Gateway raises."""
    return Gateway(
        base_url=used.base_url,
        merchant_id=used.merchant_id,
        api_key=key,
        clock=clock,
        proxy=used.proxy,
        ca_file=used.ca_file,
        observe=listener.note,
        allowed_payment_hosts=used.allowed_payment_hosts,
    )


def wire(
    opened: ExitStack, used: Settings, folders: Folders, key: Secret | None, *, clock: Clock
) -> Wired:
    """Open the journal and build the till on it. Raises what Journal.open and Gateway raise."""
    journal = Journal.open(
        folders.journal_url(used.journal_url),
        till=str(used.till_number),
        clock=clock,
        anchor=folders.anchor,
    )
    opened.callback(journal.close)
    health = Health(clock)
    gateway = connect(used, key or NoKey(), clock=clock, listener=health)
    till = build(
        journal=journal,
        gateway=gateway,
        clock=clock,
        health=health,
        chance=random.Random(),  # noqa: S311  only spreads the polling
        new_id=new_id,
        name=str(used.till_number),
        limit=used.amount_limit,
        makes_copies=True,
    )
    return Wired(till, journal, gateway)


async def load_rest() -> None:
    """Import what the first payment needs and the window does not."""
    await anyio.to_thread.run_sync(import_module, "qrcode")


class Probing:
    """Tries what was typed, before it is saved, over the settings that are."""

    def __init__(self, saved: Callable[[], Settings], clock: Clock) -> None:
        self._saved = saved
        self._clock = clock

    async def __call__(
        self, base_url: str, merchant_id: str, key: ApiKey, proxy: str, ca_file: str, alias: str
    ) -> ConnectionReport:
        """Raises what Gateway raises before anything is sent."""
        tried = replace(
            self._saved(),
            base_url=base_url,
            merchant_id=merchant_id,
            proxy=proxy,
            ca_file=ca_file,
        )
        contacts = ContactLog()
        gateway = connect(tried, key, clock=self._clock, listener=contacts)
        try:
            return await try_connection(gateway, contacts, alias=alias, clock=self._clock)
        finally:
            await gateway.aclose()
