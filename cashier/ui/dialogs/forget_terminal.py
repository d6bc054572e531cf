"""Asks before a terminal is forgotten on this till."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.terminal import Terminal
from cashier.services.approvals import Approval
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Allow
from cashier.ui.texts import failure_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class ForgetTerminalDialog(Dialog):
    """F12 forgets, Esc leaves all as it was, Enter does nothing. `forgotten` when it is done."""

    forgotten = Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        terminal: Terminal,
        allow: Allow,
    ) -> None:
        super().__init__(window, name="forget", width=560)
        self._till = till
        self._background = background
        self._allow = allow
        self._terminal = terminal
        self._job: Job | None = None
        self._text = Label(role=Role.BODY_LARGE, wrap=True, tone="2", name="forget.text")
        self._band = Band(name="forget.message")
        self._keep = Button("", name="forget.keep", keycap="Esc")
        self._forget = Button("", name="forget.confirm", kind=Kind.DANGER, keycap="F12")
        self.body.addWidget(self._text)
        self.body.addWidget(self._band)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._forget)
        self._keep.clicked.connect(self._leave)
        self._forget.clicked.connect(self._send)
        self.escaped.connect(self._leave)
        self.on_key("F12", self._send)
        self.retranslate()

    def _leave(self) -> None:
        """What is being forgotten comes to its end first."""
        if self._job is None:
            self.remove()

    def _send(self) -> None:
        if self._job is None:
            self._allow(self._do)

    def _do(self, approval: Approval | None) -> None:
        self._band.clear()
        self._forget.set_busy(self.tr("Forgetting…"))
        self._job = self._background.start(
            self._till.terminals.forget,
            self._terminal.key,
            approval=approval,
            done=self._finish,
            failed=self._take_trouble,
        )

    def _finish(self, _: object) -> None:
        self.forgotten.emit()
        self.remove()

    def _take_trouble(self, error: CashierError) -> None:
        self._job = None
        self._forget.set_busy(None)
        self._band.show_message(failure_text(error), tone=Tone.BAD)

    def retranslate(self) -> None:
        alias = self._terminal.info.alias
        title = self.tr("Forget terminal “{0}”?").format(self._terminal.name)
        self.set_title(title)
        lines = [
            self.tr("It stays at the gateway and can be added again by its alias {0}.").format(
                alias
            )
            if alias
            else self.tr("It stays at the gateway and can be added again by its number.")
        ]
        if self._terminal.is_default:
            lines.append(self.tr("It is this till’s default: choose another one afterwards."))
        self._text.setText("\n".join(lines))
        self._keep.setText(self.tr("Keep it"))
        self._forget.setText(self.tr("Forget"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
