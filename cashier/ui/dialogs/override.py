"""A second payment on a printed QR that still takes the first: only with a senior's word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.failure import CashierError
from cashier.domain.refund import TYPED_REASON_LIMIT
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.staff import Staff
from cashier.ui.background import Background
from cashier.ui.dialogs.approving import Approving
from cashier.ui.texts import failure_text
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role


class OverrideDialog(Dialog):
    """Asks for the reason, then for a senior's PIN. F12 goes on, Esc leaves all as it was.

    `agreed` with the reason and the Approval.
    """

    agreed = Signal(str, object)

    def __init__(
        self,
        window: QWidget,
        *,
        staff: Staff,
        background: Background,
        person: Person | None,
        receipt_number: str,
    ) -> None:
        super().__init__(window, name="override", width=620)
        self._person = person
        self._receipt_number = receipt_number
        self._approving = Approving(
            window, staff=staff, background=background, failed=self._take_trouble
        )
        self._text = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="override.text")
        self._reason = Field(name="override.reason", limit=TYPED_REASON_LIMIT)
        self._keep = Button("", name="override.keep", keycap="Esc")
        self._go = Button("", name="override.confirm", kind=Kind.PRIMARY, keycap="F12")
        self.body.addWidget(self._text)
        self.body.addWidget(self._reason)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._go)
        self._keep.clicked.connect(self.remove)
        self._go.clicked.connect(self._confirm)
        self.escaped.connect(self.remove)
        self.on_key("F12", self._confirm)
        self.retranslate()

    def begin(self) -> None:
        """Show it, ready for the reason."""
        self.open(focus=self._reason.line)

    def _confirm(self) -> None:
        if not self._reason.text().strip():
            self._reason.set_error(self.tr("Say why: the reason is kept with the payment"))
            self._reason.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._reason.set_error("")
        text = self.tr("A second payment while receipt {0} still waits.")
        self._approving.ask(
            Right.OVERRIDE,
            text.format(self._receipt_number),
            self._end,
            person=self._person,
        )

    def _end(self, approval: Approval | None) -> None:
        reason = self._reason.text().strip()
        self.remove()
        self.agreed.emit(reason, approval)

    def _take_trouble(self, error: CashierError) -> None:
        self._reason.set_error(failure_text(error))

    def retranslate(self) -> None:
        self.set_title(self.tr("The terminal is busy. Take a second payment?"))
        self._text.setText(
            self.tr(
                "Receipt {0} waits on the same printed QR. Whoever scans it now may pay the other "
                "receipt. Make sure that each customer pays their own."
            ).format(self._receipt_number)
        )
        self._reason.set_label(self.tr("Reason"))
        self._keep.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Show QR all the same"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
