"""The page that gives money back (pictures 07, 07b, 07c)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.refund import RefundAction
from cashier.domain.staff import Person
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background
from cashier.ui.dialogs.approving import Approving
from cashier.ui.dialogs.unknown_refund import REMINDED_AFTER, UnknownRefundDialog
from cashier.ui.hints import Hint
from cashier.ui.pages.page import Page
from cashier.ui.pages.refund.adoption import Adoption
from cashier.ui.pages.refund.choosing import Choosing
from cashier.ui.pages.refund.content import RefundContent
from cashier.ui.pages.refund.draft import Wrong
from cashier.ui.pages.refund.flow import RefundFlow
from cashier.ui.pages.refund.notices import Notice, notice_of
from cashier.ui.pages.refund.panel import RefundPanel
from cashier.ui.pages.refund.texts import confirm_text, hints_of, note_of, waiting_text
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.room import Room, room_of
from cashier.ui.widgets.shortcut import shortcut

TICK_MS = 250


class RefundPage(Page):
    """Finds a payment, takes a choice, asks for a PIN, sends, and shows what became of it."""

    left_refund = Signal()
    """Esc: back to where the person came from. What was chosen stays."""
    reminded = Signal(str)  # an hour after somebody chose to wait for this unknown refund's end
    busy_changed = Signal(bool)
    """A refund is on screen, so that the till must not lock by itself."""

    def __init__(
        self,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("refund")
        self.setMinimumSize(1, 1)  # what fits a large window must not keep it from shrinking
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._till = till
        self._background = background
        self._clock = clock
        self._person: Person | None = None
        self._notice: Notice | None = None
        self._is_busy = False
        self.flow = RefundFlow(till=till, background=background, clock=clock, parent=self)
        self._choosing = Choosing(self.flow)
        self._adoption = Adoption(self, till=till, background=background, opened=self.flow.open)
        failed = self.problem_raised.emit
        self._approving = Approving(
            self, staff=till.staff, background=background, failed=failed, clock=clock
        )
        self.content = RefundContent()
        self.message_room = self.content.room
        self.panel = RefundPanel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.content, 1)
        layout.addWidget(self.panel)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._connect()
        self._bind()
        self.retranslate()

    def _connect(self) -> None:
        bar, content, panel = self.content.bar, self.content, self.panel
        flow, choosing = self.flow, self._choosing
        bar.wanted.connect(self.look_for)
        bar.reopened.connect(content.matches.open_marked)
        bar.rows_moved.connect(self._move)
        bar.stepped.connect(lambda steps: choosing.step(content.grid.chosen_row(), steps))
        bar.all_asked.connect(choosing.take_all)
        content.matches.chosen.connect(self.show_payment)
        content.grid.stepped.connect(choosing.step)
        content.grid.quantity_typed.connect(choosing.type_quantity)
        content.grid.typing_ended.connect(self._go_home)
        content.sum.edited.connect(choosing.type_sum)
        content.sum.moved_on.connect(panel.reason.begin)
        content.sum.found.connect(self.look_for)
        panel.reason.edited.connect(self._repaint)
        panel.reason.ended.connect(self._go_home)
        panel.submit_asked.connect(self.submit)
        panel.leave_asked.connect(self.step_back)
        panel.check_asked.connect(flow.check)
        panel.resolve_asked.connect(self.resolve)
        panel.declare_asked.connect(self.declare)
        choosing.refused.connect(self._repaint)
        flow.changed.connect(self._repaint)
        flow.opened.connect(self._opened)
        flow.ended.connect(self._ended)
        flow.reason_kept.connect(panel.reason.set_text)
        flow.problem_raised.connect(self.problem_raised)

    def _bind(self) -> None:
        for keys, pressed in (
            ("F3", self.content.bar.begin),
            ("F4", self.type_amount),
            ("Shift+F4", self.switch_way),
            ("F5", self._f5),
            ("Shift+F5", self.resolve),
            ("F6", self._choosing.take_all),
            ("F12", self.submit),
            ("Esc", self.step_back),
        ):
            shortcut(self, keys, pressed)

    # What the frame tells it

    def show_view(self, view: TillView) -> None:
        """Take in how the refunds of the payment on screen stand now."""
        self._person = view.person
        self.flow.show_view(view)

    def show_payment(self, payment_id: str) -> None:
        """Open the form for this payment; while money moves, the one on screen stays."""
        if not self.flow.is_moving:
            self.content.bar.take_back()
            self.flow.open(payment_id)

    def entered(self) -> None:
        self.flow.refresh()
        self._repaint()
        self._go_home()

    def left(self) -> None:
        self.flow.drop_approval()
        self._repaint()

    def focus_main(self) -> None:
        if self.panel.reason.isVisibleTo(self) and self.panel.reason.isEnabled():
            self.panel.reason.begin()
        else:
            self.content.bar.begin()

    def footer(self) -> tuple[Hint, ...]:
        return hints_of(
            self.flow.draft,
            self.flow.shown,
            find=self.content.bar.begin,
            type_amount=self.type_amount,
            switch_way=self.switch_way,
            take_all=self._choosing.take_all,
            reason=self.focus_main,
            check=self.flow.check,
        )

    def footer_note(self) -> str:
        is_choosing = self.flow.draft is not None and self.flow.shown is None
        return note_of(self.flow.right) if is_choosing else ""

    # What a person does

    def look_for(self, text: str) -> None:
        """Look for a payment: typed, or a scan of the slip."""
        if not self.flow.is_moving:
            self.flow.find(text)
            self.panel.reason.set_text("")
            self.content.bar.show_found(text)

    def type_amount(self) -> None:
        """F4: the quantity of the chosen line, or the sum."""
        draft = self._choosing.draft
        if draft is None:
            return
        if draft.is_by_sum:
            self.content.sum.begin()
        else:
            self.content.grid.type_quantity()

    def switch_way(self) -> None:
        """Shift+F4: by sum or by lines."""
        self._choosing.switch_way()
        self._go_home()

    def submit(self) -> None:
        """F12: somebody's PIN first; with it, send."""
        draft, shown = self.flow.draft, self.flow.shown
        if draft is None or self._approving.is_asking or self.flow.busy:
            return
        if shown is not None:
            if shown.refund.allows(RefundAction.SEND):
                self._send_or_ask(confirm_text(draft, shown.refund.amount))
        elif draft.wrong is None:
            if self.panel.reason.text():
                self._send_or_ask(confirm_text(draft))
            else:
                self.panel.reason.set_error(self.tr("Say why the money goes back"))
                self.panel.reason.begin()

    def _send_or_ask(self, text: str) -> None:
        if self.flow.approver:
            self.flow.send(self.panel.reason.text())
        else:
            approve = partial(self.flow.approve, self.flow.key)
            self._approving.ask(self.flow.right, text, approve, person=self._person)

    def step_back(self) -> None:
        """Esc: what is half typed, then a refund that was shown, then the page."""
        if self.flow.is_moving:
            return
        if self.content.bar.is_held:
            self.content.bar.take_back()
        elif self.flow.shown is not None:
            self.flow.leave_shown()
        elif self.panel.reason.is_typing or self.content.grid.is_typing:
            self._go_home()
        else:
            self.left_refund.emit()

    def declare(self) -> None:
        """Say how much went back before this till knew the payment."""
        draft = self.flow.draft
        if draft is None or draft.wrong is not Wrong.BUDGET_UNKNOWN or self.flow.busy:
            return
        self._adoption.declare(draft.form.payment, self._person)

    def resolve(self) -> None:
        """Shift+F5: how an unknown refund ended; nothing here repeats it."""
        draft, shown = self.flow.draft, self.flow.shown
        if draft is None or shown is None or not shown.refund.allows(RefundAction.RESOLVE):
            return
        dialog = UnknownRefundDialog(
            self.window(),
            decisions=self._till.refund_decisions,
            staff=self._till.staff,
            background=self._background,
            clock=self._clock,
            refund=shown.refund,
            payment=draft.form.payment,
            person=self._person,
        )
        dialog.resolved.connect(self.flow.take_refund)
        dialog.waiting_chosen.connect(self._remind_later)
        dialog.begin()

    def _remind_later(self, refund_id: str) -> None:
        QTimer.singleShot(round(REMINDED_AFTER * 1000), self, lambda: self.reminded.emit(refund_id))

    def _f5(self) -> None:
        if self.flow.shown is not None:
            self.flow.check()
        elif self._notice is not None and self._notice.number:
            self._adoption.find(self._notice.number, self._person)
        elif self._notice is not None and self._notice.can_repeat:
            self.flow.find(self.content.bar.field.text().strip())
        else:
            self.declare()

    def _move(self, steps: int) -> None:
        if self.flow.found is not None and self.flow.found.rows:
            self.content.matches.table.move_choice(steps)
        else:
            self.content.grid.move_choice(steps)

    # What comes back

    def _opened(self) -> None:
        draft = self.flow.draft
        if draft is not None:
            self.content.bar.note_found(draft.form.receipt.number or draft.form.payment.order_id)
        self._choosing.error = ""
        self._repaint()
        if not self.content.bar.is_held:
            self._go_home()

    def _ended(self) -> None:
        self.panel.reason.set_text("")
        self.content.bar.show_found("")
        self.left_refund.emit()

    def _go_home(self) -> None:
        """The field that holds the keyboard: the number's, or the sum's."""
        draft = self.flow.draft
        if not self.isVisible():
            return
        if draft is not None and draft.is_by_sum and self.flow.shown is None:
            self.content.sum.begin()
        else:
            self.content.bar.begin()

    # Painting

    def tick(self) -> None:
        """How long the gateway may still take."""
        if self.flow.sent_at is not None and self.flow.shown is None:
            self._repaint()

    def _waiting(self) -> str:
        sent_at = self.flow.sent_at
        return "" if sent_at is None else waiting_text(self._clock.monotonic() - sent_at)

    def _repaint(self) -> None:
        """Everything that depends on the payment, the choice and the refund."""
        flow, content = self.flow, self.content
        room = room_of(self)
        content.set_compact(room is Room.NARROW)
        self.panel.set_room(room)
        self._show_notice()
        draft, shown = flow.draft, flow.shown
        if draft is None:
            self.panel.show_empty()
            if "read" in flow.busy:
                content.show_loading()
            elif flow.found is not None and flow.found.rows:
                content.matches.show_rows(flow.found.rows)
                content.show_matches()
            else:
                content.show_empty()
        elif shown is not None:
            content.stage.show_refund(shown, draft.form.payment, draft.form.receipt.number)
            content.show_stage(draft)
            self.panel.show_refund(
                shown.refund, draft, busy=flow.busy, approver=flow.approver, waiting=self._waiting()
            )
        else:
            content.show_form(draft, frozen=flow.is_frozen)
            self.panel.show_draft(
                draft,
                sending="send" in flow.busy,
                waiting=self._waiting() or self._choosing.error,
                approver=flow.approver,
                can_send=not flow.busy,
                note=self._declared_note(),
            )
        self._tell_busy()
        self.footer_changed.emit()

    def _declared_note(self) -> str:
        draft = self.flow.draft
        if draft is None or not draft.form.payment.is_adopted or not draft.form.is_budget_known:
            return ""
        return self.tr("as a manager said at adoption, by the cabinet")

    def _show_notice(self) -> None:
        notice = notice_of(self.flow.draft, self.flow.found, self.flow.error, self.flow.busy)
        if notice == self._notice:
            return
        self._notice = notice
        band = self.content.band
        band.clear()
        if notice is None:
            return
        band.show_message(notice.title, detail=notice.detail, tone=notice.tone)
        if notice.number or notice.can_repeat:
            text = self.tr("Ask the gateway") if notice.number else self.tr("Repeat")
            button = Button(text, name="refund.band.ask", size=Size.SM, keycap="F5")
            button.clicked.connect(self._f5)
            band.add_button(button)

    def _tell_busy(self) -> None:
        is_busy = self.flow.is_moving or (self.isVisible() and self.flow.draft is not None)
        if is_busy != self._is_busy:
            self._is_busy = is_busy
            self.busy_changed.emit(is_busy)

    def retranslate(self) -> None:
        """All texts again."""
        self.setAccessibleName(self.tr("Refund"))
        self.content.retranslate()
        self.panel.reason.retranslate()
        self._notice = None
        self._repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._repaint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._repaint()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._tell_busy()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
