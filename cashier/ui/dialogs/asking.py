"""A number that a person types and the gateway is asked about, with somebody's PIN."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.texts import failure_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

ID_LIMIT = 64


class AskingDialog(Dialog):
    """Enter and F12 ask, Esc gives it up. A subclass says what is asked and takes the answer."""

    RIGHT: Right

    def __init__(
        self,
        window: QWidget,
        *,
        name: str,
        till: Till,
        background: Background,
        person: Person | None,
        number: str = "",
    ) -> None:
        super().__init__(window, name=name, width=640)
        self._till = till
        self._background = background
        self._person = person
        self._job: Job | None = None
        self._approving = Approving(
            window, staff=till.staff, background=background, failed=self._take_trouble
        )
        self._text = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name=f"{name}.text")
        self._number = Field(name=f"{name}.number", limit=ID_LIMIT, icon="search")
        self._band = Band(name=f"{name}.message")
        self._keep = Button("", name=f"{name}.keep", keycap="Esc")
        self._submit = Button("", name=f"{name}.submit", kind=Kind.PRIMARY, keycap="F12")
        for part in (self._text, self._number, self._band):
            self.body.addWidget(part)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._submit)
        self._number.set_text(number)
        self._number.submitted.connect(self._ask)
        self._number.edited.connect(self._forget_trouble)
        self._keep.clicked.connect(self._leave)
        self._submit.clicked.connect(self._ask)
        self.escaped.connect(self._leave)
        self.on_key("F12", self._ask)
        self.retranslate()

    # What a subclass says

    def use_case(self, number: str, approval: Approval | None) -> Callable[[], Awaitable[Any]]:
        raise NotImplementedError

    def take(self, answer: Any) -> None:
        """The dialog is gone by then."""
        raise NotImplementedError

    def trouble_text(self, error: CashierError) -> str:
        """What is wrong with the number itself, if that is what the failure says."""
        return ""

    def approval_text(self, number: str) -> str:
        raise NotImplementedError

    def missing_text(self) -> str:
        raise NotImplementedError

    # What is the same for all

    def _forget_trouble(self) -> None:
        self._number.set_error("")
        self._band.clear()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.remove()

    def _ask(self) -> None:
        if self._job is not None or self._approving.is_asking:
            return
        self._forget_trouble()
        number = self._number.text().strip()
        if not number:
            self._number.set_error(self.missing_text())
            return
        self._approving.ask(
            self.RIGHT,
            self.approval_text(number),
            self._send,
            person=self._person,
            refused=self._number.line.setFocus,
        )

    def _send(self, approval: Approval | None) -> None:
        self._submit.set_busy(self.tr("Asking the gateway…"))
        self._job = self._background.start(
            self.use_case(self._number.text().strip(), approval),
            done=self._take_answer,
            failed=self._take_trouble,
        )

    def _take_answer(self, answer: Any) -> None:
        self.remove()
        self.take(answer)

    def _take_trouble(self, error: CashierError) -> None:
        self._job = None
        self._submit.set_busy(None)
        if wrong := self.trouble_text(error):
            self._number.set_error(wrong)
        else:
            self._band.show_message(failure_text(error), tone=Tone.WARN)
        self._number.line.setFocus()

    def retranslate(self) -> None:
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
