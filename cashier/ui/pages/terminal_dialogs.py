"""The dialogs of the page Терминалы: a new terminal, another name, forgetting one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.terminal import Terminal
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background
from cashier.ui.dialogs.approving import Allow
from cashier.ui.dialogs.forget_terminal import ForgetTerminalDialog
from cashier.ui.dialogs.new_terminal import NewTerminalDialog
from cashier.ui.dialogs.rename_terminal import RenameTerminalDialog


class TerminalDialogs(QObject):
    """Opens one at a time over the page's window; `allow` is asked before each change."""

    created = Signal(object)
    renamed = Signal(object)
    forgotten = Signal()
    closed = Signal()

    def __init__(self, page: QWidget, *, till: Till, background: Background, allow: Allow) -> None:
        super().__init__(page)
        self._page = page
        self._till = till
        self._background = background
        self._allow = allow
        self._new: NewTerminalDialog | None = None

    def show_view(self, view: TillView) -> None:
        if self._new is not None:
            self._new.show_view(view)

    def open_new(self, alias: str) -> None:
        """`alias` is typed in already where it is known."""
        self._new = dialog = NewTerminalDialog(
            self._page.window(),
            till=self._till,
            background=self._background,
            allow=self._allow,
            alias=alias,
        )
        dialog.created.connect(self.created)
        dialog.dismissed.connect(self._drop_new)
        dialog.open_empty()

    def open_rename(self, terminal: Terminal) -> None:
        dialog = RenameTerminalDialog(
            self._page.window(),
            till=self._till,
            background=self._background,
            terminal=terminal,
            allow=self._allow,
        )
        dialog.renamed.connect(self.renamed)
        dialog.dismissed.connect(self.closed)
        dialog.open()

    def open_forget(self, terminal: Terminal) -> None:
        dialog = ForgetTerminalDialog(
            self._page.window(),
            till=self._till,
            background=self._background,
            terminal=terminal,
            allow=self._allow,
        )
        dialog.forgotten.connect(self.forgotten)
        dialog.dismissed.connect(self.closed)
        dialog.open()

    def _drop_new(self) -> None:
        self._new = None
        self.closed.emit()
