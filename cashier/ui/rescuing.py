"""When a till cannot be opened, or shall go on from a copy: a window without a till."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.paths import Folders

if TYPE_CHECKING:
    from cashier.services.restoration import AllowedMove, AllowedRestore
    from cashier.ui.pages.rescue import RescueWindow
    from cashier.ui.pages.server_away import ServerAwayWindow


RETRIED = (Failure.JOURNAL_AWAY, Failure.JOURNAL_BUSY, Failure.TILL_NAME_TAKEN)


class Rescuing(QObject):
    """`ended`: open the till. `given_up`: there is nothing to open."""

    ended = Signal()
    given_up = Signal()

    def __init__(self, show: Callable[[QWidget], None], clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._show_window = show
        self._clock = clock
        self._open = ExitStack()
        self.window: RescueWindow | None = None

    def offer(self, folders: Folders, error: CashierError) -> bool:
        """Whether there is a window for this trouble, and then show it.

        Copies against a damaged file; a second try where the journal's server is the matter.
        """
        if error.failure in RETRIED or str(error.facts.get("folder")).startswith("postgresql"):
            self._wait_for_server(folders, error)
            return True
        where = str(folders.journal)
        is_damage = error.failure is Failure.JOURNAL_DAMAGED
        if is_damage and error.facts.get("path", where) == where:
            self._show(folders, error)
            return True
        return False

    def _wait_for_server(self, folders: Folders, error: CashierError) -> None:
        from PySide6.QtCore import Qt

        from cashier.ui.pages.server_away import ServerAwayWindow

        self.close()
        window = ServerAwayWindow(error)
        self._open.callback(_drop, window)
        # Later: what asks for the next try is the window that the try takes away.
        queued = Qt.ConnectionType.QueuedConnection
        window.again.connect(self._end, queued)
        window.renumbered.connect(partial(self._renumber, folders, window))
        window.given_up.connect(self.given_up, queued)
        self._show_window(window)

    def _renumber(self, folders: Folders, window: ServerAwayWindow, number: int) -> None:
        """The opening reads the settings again."""
        from cashier import settings

        try:
            wanted = replace(settings.load(folders.settings), till_number=number)
            settings.save(wanted, folders.settings)
        except CashierError as error:
            window.show_failure(error)
            return
        window.again.emit()

    def replace(self, folders: Folders, allowed: AllowedRestore | AllowedMove) -> None:
        """What the till allowed before it was closed: a copy, or a server."""
        from cashier.services.restoration import AllowedMove

        if isinstance(allowed, AllowedMove):
            self._move(folders, allowed)
        else:
            self._show(folders, None).put_back(allowed)

    def _move(self, folders: Folders, allowed: AllowedMove) -> None:
        from PySide6.QtCore import Qt

        from cashier import settings
        from cashier.services.moving import Mover
        from cashier.ui.background import Background
        from cashier.ui.pages.moving import MovingWindow

        self.close()
        background = Background()
        self._open.callback(background.close)
        switch = partial(settings.switch_journal, folders.settings)
        mover = Mover(folders.journal, folders.anchor, self._clock, switch)
        window = MovingWindow(mover=mover, background=background, allowed=allowed)
        self._open.callback(_drop, window)
        window.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._show_window(window)

    def close(self) -> None:
        """Take the window away; what is under way ends first."""
        self._open.close()

    def _show(self, folders: Folders, error: CashierError | None) -> RescueWindow:
        from cashier.services.rescue import Rescue
        from cashier.ui.background import Background
        from cashier.ui.pages.rescue import RescueWindow

        self.close()
        background = Background()
        self._open.callback(background.close)
        rescue = Rescue(folders.journal, folders.anchor, self._clock)
        window = RescueWindow(rescue=rescue, background=background, clock=self._clock, error=error)
        self.window = window
        self._open.callback(self._close_window, window)
        window.restored.connect(self._end)
        window.given_up.connect(self.given_up)
        self._show_window(window)
        return window

    def _end(self) -> None:
        self.close()
        self.ended.emit()

    def _close_window(self, window: RescueWindow) -> None:
        self.window = None
        window.close()
        window.deleteLater()


def _drop(window: QWidget) -> None:
    window.close()
    window.deleteLater()
