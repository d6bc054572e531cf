"""Settings, «Journal»: which copy shall be put back, with an administrator's PIN."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.staff import Person, Right
from cashier.journal.copies import Copy
from cashier.services.approvals import Approval
from cashier.services.restoration import AllowedRestore
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.dialogs.copy_list import CopyList, consequences
from cashier.ui.journal_texts import copy_title
from cashier.ui.texts import failure_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class RestoreDialog(Dialog):
    """F12 asks for the PIN, then checks the copy; Esc changes nothing, Enter is dead.

    Removes itself after `allowed(AllowedRestore)`, whose hearer closes the till and puts it back.
    """

    allowed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        copies: Sequence[Copy],
        person: Person | None,
    ) -> None:
        super().__init__(window, name="restore", width=720)
        self._till = till
        self._background = background
        self._person = person
        self._job: Job | None = None
        self._approving = Approving(
            window, staff=till.staff, background=background, failed=self._fail, clock=clock
        )
        self._text = Label(role=Role.BODY, tone="2", wrap=True, name="restore.text")
        self._band = Band(name="restore.trouble")
        self._list = CopyList(copies)
        self._keep = Button("", name="restore.cancel", keycap="Esc")
        self._go = Button("", name="restore.confirm", kind=Kind.PRIMARY, keycap="F12")
        for part in (self._text, self._band, self._list):
            self.body.addWidget(part)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._go)
        self._keep.clicked.connect(self._leave)
        self._go.clicked.connect(self._confirm)
        self._list.changed.connect(self._band.clear)
        self.escaped.connect(self._leave)
        self.on_key("F12", self._confirm)
        self.retranslate()

    def begin(self) -> None:
        self.open(focus=self._list.first)

    def _confirm(self) -> None:
        copy = self._list.chosen
        if copy is None or self._job is not None or self._approving.is_asking:
            return
        self._band.clear()

        def allow(approval: Approval | None) -> None:
            if approval is not None:
                self._allow(copy, approval)

        text = self.tr("Put the journal back as it was in the copy of {0}.")
        self._approving.ask(
            Right.RESTORE,
            text.format(copy_title(copy)),
            allow,
            person=self._person,
        )

    def _allow(self, copy: Copy, approval: Approval) -> None:
        self._job = self._background.start(
            self._till.restoring.allow,
            copy.path,
            approval=approval,
            done=self._end,
            failed=self._fail,
        )
        self._paint()

    def _end(self, allowed: AllowedRestore) -> None:
        self.remove()
        self.allowed.emit(allowed)

    def _fail(self, error: CashierError) -> None:
        self._job = None
        self._band.show_message(failure_text(error), tone=Tone.BAD)
        self._paint()
        self._list.begin()

    def _leave(self) -> None:
        if self._job is None:
            self.remove()

    def _paint(self) -> None:
        busy = self._job is not None
        self._go.set_busy(self.tr("Checking the copy…") if busy else None)
        self._keep.setEnabled(not busy)
        self._list.setEnabled(not busy)

    def retranslate(self) -> None:
        self.set_title(self.tr("Restore the journal from a copy"))
        self._text.setText(consequences())
        self._keep.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Restore"))
        self._list.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
