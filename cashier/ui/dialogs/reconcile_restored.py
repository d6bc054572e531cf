"""After a restore: the gateway is asked, then a manager confirms, and refunds go on."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.refund import TYPED_REASON_LIMIT
from cashier.domain.staff import Person, Right
from cashier.journal.epochs import Restoration
from cashier.services.approvals import Approval
from cashier.services.reconciling import Progress, Reconciliation
from cashier.services.refund_views import RefundView
from cashier.services.till import Till
from cashier.ui import formats
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.texts import failure_text, money_text
from cashier.ui.translation import current_language
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class ReconcileRestoredDialog(Dialog):
    """F5 asks the gateway, F12 confirms with a reason and a PIN, Esc leaves all as it was."""

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        waiting: Restoration,
        person: Person | None,
    ) -> None:
        super().__init__(window, name="restored", width=720)
        self._till = till
        self._background = background
        self._waiting = waiting
        self._person = person
        self._is_checked = waiting.is_checked
        self._found: Reconciliation | None = None
        self._progress: Progress | None = None
        self._entered: list[str] = []
        self._job: Job | None = None
        self._approving = Approving(
            window, staff=till.staff, background=background, failed=self._fail, clock=clock
        )
        self._text = Label(
            role=Role.BODY, tone="2", wrap=True, name="restored.text", paragraph_gap=8
        )
        self._result = Band(name="restored.result")
        self._check = Button("", name="restored.check", size=Size.SM, keycap="F5")
        self._number = Field(name="restored.number", icon="undo-2")
        self._reason = Field(name="restored.reason", limit=TYPED_REASON_LIMIT)
        self._keep = Button("", name="restored.cancel", keycap="Esc")
        self._go = Button("", name="restored.confirm", kind=Kind.PRIMARY, keycap="F12")
        for part in (self._text, self._result, self._check, self._number, self._reason):
            self.body.addWidget(part)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._go)
        self._check.clicked.connect(self._ask_gateway)
        self._number.submitted.connect(self._enter)
        self._keep.clicked.connect(self._leave)
        self._go.clicked.connect(self._confirm)
        self.escaped.connect(self._leave)
        self.on_key("F5", self._ask_gateway)
        self.on_key("F12", self._confirm)
        self.retranslate()

    def begin(self) -> None:
        self.open(focus=self._check)

    # What a person does

    def _ask_gateway(self) -> None:
        if self._job is not None or self._approving.is_asking:
            return
        text = self.tr("Ask the gateway about everything that the restored journal knows.")
        self._approving.ask(Right.RECONCILE, text, self._check_now, person=self._person)

    def _check_now(self, approval: Approval | None) -> None:
        self._job = self._background.start(
            self._till.restoring.check,
            report=self._show_progress,
            approval=approval,
            done=self._take,
            failed=self._fail,
        )
        self._paint()

    def _enter(self) -> None:
        """A refund that was made after the copy, by its number; GetRefund proves it."""
        if self._job is not None or self._approving.is_asking:
            return
        if not self._number.text().strip():
            self._number.set_error(self.tr("Type the refund’s number from the account"))
            return
        self._number.set_error("")
        text = self.tr("Enter a refund that was made after the copy.")
        self._approving.ask(Right.RECORD_EXTERNAL, text, self._enter_now, person=self._person)

    def _enter_now(self, approval: Approval | None) -> None:
        self._job = self._background.start(
            self._till.refund_decisions.enter_external,
            self._number.text().strip(),
            approval=approval,
            done=self._take_entered,
            failed=self._take_refusal,
        )
        self._paint()

    def _take_entered(self, view: RefundView) -> None:
        self._job = None
        self._entered.append(money_text(view.refund.amount))
        self._number.set_text("")
        self._paint()
        self._number.line.setFocus()

    def _take_refusal(self, error: CashierError) -> None:
        self._job = None
        self._paint()
        if error.failure is Failure.NOT_FOUND:
            text = self.tr("Its payment is not in this journal: find it first (Payments, F6): {0}")
            self._number.set_error(text.format(error.facts.get("payment", "")))
        else:
            self._number.set_error(failure_text(error))
        self._number.line.setFocus()

    def _confirm(self) -> None:
        if self._job is not None or self._approving.is_asking or not self._is_checked:
            return
        if not self._reason.text().strip():
            self._reason.set_error(self.tr("Say what was looked up, and by whom"))
            self._reason.line.setFocus()
            return
        self._reason.set_error("")
        text = self.tr("Refunds made after the copy are looked up and entered: let refunds go on.")
        self._approving.ask(Right.RECONCILE_RESTORE, text, self._reconcile, person=self._person)

    def _reconcile(self, approval: Approval | None) -> None:
        if approval is None:
            return
        self._job = self._background.start(
            self._till.restoring.reconcile,
            self._reason.text(),
            approval=approval,
            done=lambda _: self.remove(),
            failed=self._fail,
        )
        self._paint()

    def _leave(self) -> None:
        """What has been asked of the gateway stays asked."""
        if self._job is not None and self._progress is None:
            return
        if self._job is not None:
            self._job.cancel()
        self.remove()

    # What comes back

    def _show_progress(self, progress: Progress) -> None:
        self._progress = progress
        self._paint()

    def _take(self, found: Reconciliation) -> None:
        self._job = self._progress = None
        self._found = found
        self._is_checked = found.unanswered == 0
        self._paint()
        if self._is_checked:
            self._reason.line.setFocus()

    def _fail(self, error: CashierError) -> None:
        self._job = self._progress = None
        self._paint()
        self._result.show_message(failure_text(error), tone=Tone.BAD)

    def _paint(self) -> None:
        asking = self._progress is not None
        self._check.set_busy(self.tr("Asking…") if asking else None)
        busy = self._job is not None and not asking
        self._go.set_busy(self.tr("Writing it down…") if busy else None)
        self._go.setEnabled(self._is_checked and self._job is None)
        hint = self.tr("Enter takes it in")
        if self._entered:
            hint = self.tr("entered: {0}").format(", ".join(self._entered))
        self._number.set_label(self.tr("Number of a refund made after the copy"), hint=hint)
        self._show_result()

    def _show_result(self) -> None:
        progress, found = self._progress, self._found
        if progress is not None:
            text = self.tr("{0} of {1} asked").format(progress.done, progress.whole)
            self._result.show_message(text)
        elif found is None:
            self._result.clear()
            if self._is_checked:
                self._result.show_message(self.tr("The gateway has answered"), tone=Tone.OK)
        elif found.unanswered:
            text = self.tr("No answer about {0} of {1}: ask again later")
            whole = found.payments + found.refunds
            self._result.show_message(text.format(found.unanswered, whole), tone=Tone.WARN)
        elif found.differences:
            text = self.tr("The gateway says otherwise about: {0}. The till follows them by itself")
            names = ", ".join(one.number or "–" for one in found.differences[:8])
            self._result.show_message(text.format(names), tone=Tone.WARN)
        else:
            text = self.tr("Payments and refunds are as the gateway says: {0}")
            self._result.show_message(text.format(found.payments + found.refunds), tone=Tone.OK)

    def retranslate(self) -> None:
        moment = formats.date_time(current_language(), self._waiting.copied_at.astimezone())
        self.set_title(self.tr("Refunds wait since the journal was restored"))
        self._text.setText(
            self.tr(
                "The copy ends at {0}. Refunds made after that are not in this journal: to refund "
                "now could give the same money back twice.\n"
                "1. Ask the gateway about everything the journal knows.\n"
                "2. Look up the refunds made after {0} in the Invoice account and enter the number "
                "of each below. Payments that are missing are found by their number (Payments, "
                "F6).\n"
                "3. Confirm it here, with a manager’s PIN. From then on refunds go on."
            ).format(moment)
        )
        self._check.setText(self.tr("Ask the gateway"))
        self._reason.set_label(self.tr("What was looked up and entered"))
        self._keep.setText(self.tr("Close"))
        self._go.setText(self.tr("Confirm"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
