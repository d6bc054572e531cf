"""Another name for a terminal, on this till only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.terminal import NAME_LIMIT, Terminal
from cashier.services.approvals import Approval
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Allow
from cashier.ui.texts import failure_text
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label


class RenameTerminalDialog(Dialog):
    """Enter or F12 saves, Esc does not. An empty name goes back to the gateway's. `renamed` with
    the terminal as it is now."""

    renamed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        terminal: Terminal,
        allow: Allow,
    ) -> None:
        super().__init__(window, name="rename", width=560)
        self._till = till
        self._background = background
        self._allow = allow
        self._terminal = terminal
        self._job: Job | None = None
        self._text = Label(wrap=True, tone="2", name="rename.text")
        self._name = Field(name="rename.name", limit=NAME_LIMIT, strong=False)
        self._name.set_text(terminal.own_name or terminal.info.name)
        self._name.line.setPlaceholderText(terminal.info.name)
        self._cancel = Button("", name="rename.cancel", keycap="Esc")
        self._save = Button("", name="rename.save", kind=Kind.PRIMARY, keycap="F12")
        self.body.addWidget(self._text)
        self.body.addWidget(self._name)
        self.buttons.addWidget(self._cancel)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._save)
        self._name.submitted.connect(self._send)
        self._cancel.clicked.connect(self._leave)
        self._save.clicked.connect(self._send)
        self.escaped.connect(self._leave)
        self.on_key("F12", self._send)
        self.retranslate()
        self._name.line.selectAll()

    def _leave(self) -> None:
        """What is being saved comes to its end first."""
        if self._job is None:
            self.remove()

    def _send(self) -> None:
        if self._job is None:
            self._allow(self._rename)

    def _rename(self, approval: Approval | None) -> None:
        self._name.set_error("")
        self._save.set_busy(self.tr("Saving…"))
        name = self._name.text().strip()
        own = "" if name == self._terminal.info.name else name
        self._job = self._background.start(
            self._till.terminals.rename,
            self._terminal.key,
            own,
            approval=approval,
            done=self._finish,
            failed=self._take_trouble,
        )

    def _finish(self, terminal: Terminal) -> None:
        self.renamed.emit(terminal)
        self.remove()

    def _take_trouble(self, error: CashierError) -> None:
        self._job = None
        self._save.set_busy(None)
        self._name.set_error(failure_text(error))

    def retranslate(self) -> None:
        self.set_title(self.tr("Rename here"))
        self._text.setText(
            self.tr("Only this till calls it so. Customers see the gateway’s name: {0}").format(
                self._terminal.info.name or "—"
            )
        )
        self._name.set_label(self.tr("Name on this till"))
        self._name.set_counter(self.tr("%1 of %2"))
        self._cancel.setText(self.tr("Cancel"))
        self._save.setText(self.tr("Save"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
