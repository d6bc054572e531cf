"""Opening a till behind its window: on the network thread, step by step, and closed as a whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import anyio

from cashier import logs, settings, wiring
from cashier.clock import Clock
from cashier.credentials import FoundKey
from cashier.options import Options
from cashier.paths import Folders
from cashier.services import training
from cashier.services.stage import Stage
from cashier.services.training_staff import start_training
from cashier.settings import BUILT_IN_GATEWAY, Settings

if TYPE_CHECKING:
    from cashier.sandbox.server import SandboxServer
    from cashier.services.till import Till

Report = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """`saved` are the settings as the end of a move may have changed them, `used` those of now."""

    till: Till
    saved: Settings
    used: Settings
    found: FoundKey | None
    sandbox: SandboxServer | None


class Opening:
    """Everything below the screens of one till.

    `open` runs on the network thread. `hang_up` comes before that thread ends, `close` after it;
    both may come while `open` is still at work, which then closes what it had opened itself.
    """

    def __init__(self, folders: Folders, options: Options, clock: Clock) -> None:
        self._folders = folders
        self._options = options
        self._clock = clock
        self._parts = ExitStack()
        self._sandbox: SandboxServer | None = None
        self._wired: wiring.Wired | None = None

    async def open(self, saved: Settings, language: str, report: Report) -> Opened:
        """Build the till, top to bottom. Raises what Folders, Journal and Gateway raise."""
        try:
            return await self._open(saved, language, report)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self.hang_up()
            raise

    async def hang_up(self) -> None:
        """Let go of the network."""
        if self._wired is not None:
            await self._wired.gateway.aclose()

    def close(self) -> None:
        """Close the journal, the sandbox and the log."""
        self._parts.close()

    async def _open(self, saved: Settings, language: str, report: Report) -> Opened:
        report(Stage.JOURNAL)
        saved, used, found = await anyio.to_thread.run_sync(self._build, saved)
        report(Stage.TILL)
        if self._wired is None:
            raise RuntimeError("nothing was built")
        till, journal = self._wired.till, self._wired.journal
        await till.start()
        if used.is_training:
            await start_training(till.staff, journal, language)
        if self._sandbox is not None:
            await training.prepare(till, journal, language)
        return Opened(till, saved, used, found, self._sandbox)

    def _build(self, saved: Settings) -> tuple[Settings, Settings, FoundKey | None]:
        """What blocks, on a thread of its own."""
        folders, parts = self._folders, self._parts
        folders.make()
        parts.callback(logs.close, logs.setup(folders.logs))
        wiring.finish_move(folders)
        saved = settings.load(folders.settings)  # a move of the journal has changed them
        used, found = self._options.over(saved), None
        if used.base_url == BUILT_IN_GATEWAY:
            self._sandbox = wiring.start_sandbox(parts, folders)
            used, found = wiring.on_sandbox(used, self._sandbox)
        if found is None:
            found = wiring.key_store(folders).read(used.merchant_id)
        key = found.key if found else None
        self._wired = wiring.wire(parts, used, folders, key, clock=self._clock)
        return saved, used, found
