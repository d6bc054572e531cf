"""The page that gives money back (pictures 07, 07b, 07c)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.money import Money
from cashier.domain.quantity import Quantity
from cashier.domain.refund import RefundAction
from cashier.domain.staff import Person, Right
from cashier.gateway.deadlines import DEADLINES
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui import formats
from cashier.ui.background import Background
from cashier.ui.dialogs.unknown_refund import UnknownRefundDialog
from cashier.ui.hints import Hint
from cashier.ui.pages.entry_line import EntryError, read_quantity
from cashier.ui.pages.entry_line import Wrong as WrongNumber
from cashier.ui.pages.entry_words import wrong_text as wrong_number_text
from cashier.ui.pages.refund.content import RefundContent
from cashier.ui.pages.refund.declare import DeclareDialog
from cashier.ui.pages.refund.draft import Wrong
from cashier.ui.pages.refund.flow import RefundFlow
from cashier.ui.pages.refund.notices import Notice, notice_of
from cashier.ui.pages.refund.panel import RefundPanel
from cashier.ui.pages.refund.pins import PinAsker
from cashier.ui.pages.refund.texts import confirm_text, hints_of
from cashier.ui.texts import money_text
from cashier.ui.theme import current_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.shortcut import shortcut

TICK_MS = 250
COUNTED_FROM = 5.0
"""Seconds after which a refund under way says how long it may still take."""
_NARROW_BELOW = 1188


class RefundPage(QWidget):
    """Finds a payment, takes a choice, asks for a PIN, sends, and shows what became of it."""

    footer_changed = Signal()
    left_refund = Signal()
    """Esc: back to where the person came from. What was chosen stays."""
    problem_raised = Signal(object)
    """A CashierError for the message bar."""
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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._till = till
        self._background = background
        self._clock = clock
        self._person: Person | None = None
        self._number_error = ""
        self._notice: Notice | None = None
        self._is_busy = False
        self.flow = RefundFlow(till=till, background=background, clock=clock, parent=self)
        self._pins = PinAsker(self, staff=till.staff, background=background, clock=clock)
        self.content = RefundContent()
        self.panel = RefundPanel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.content, 1)
        layout.addWidget(self.panel)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._connect()
        self._bind()
        self.retranslate()

    def _connect(self) -> None:
        bar, content, panel, flow = self.content.bar, self.content, self.panel, self.flow
        bar.wanted.connect(self.look_for)
        bar.reopened.connect(content.matches.open_marked)
        bar.rows_moved.connect(self._move)
        bar.stepped.connect(lambda steps: self._step(content.grid.chosen_row(), steps))
        bar.all_asked.connect(self.take_all)
        content.matches.chosen.connect(self.show_payment)
        content.grid.stepped.connect(self._step)
        content.grid.quantity_typed.connect(self._type_quantity)
        content.grid.typing_ended.connect(self._go_home)
        content.sum.edited.connect(self._type_sum)
        content.sum.moved_on.connect(panel.reason.begin)
        content.sum.found.connect(self.look_for)
        panel.reason.edited.connect(self._repaint)
        panel.reason.ended.connect(self._go_home)
        panel.submit_asked.connect(self.submit)
        panel.leave_asked.connect(self.step_back)
        panel.check_asked.connect(flow.check)
        panel.resolve_asked.connect(self.resolve)
        panel.declare_asked.connect(self.declare)
        flow.changed.connect(self._repaint)
        flow.opened.connect(self._opened)
        flow.ended.connect(self._ended)
        flow.problem_raised.connect(self.problem_raised)
        self._pins.problem_raised.connect(self.problem_raised)

    def _bind(self) -> None:
        for keys, pressed in (
            ("F3", self.content.bar.begin),
            ("F4", self.type_amount),
            ("Shift+F4", self.switch_way),
            ("F5", self._f5),
            ("Shift+F5", self.resolve),
            ("F6", self.take_all),
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
            self.flow.open(payment_id)

    def entered(self) -> None:
        self.flow.refresh()
        self._repaint()
        self._go_home()

    def left(self) -> None:
        self.flow.drop_approval()
        self._repaint()

    def focus_main(self) -> None:
        """F2: the reason; the field that finds a receipt while there is none."""
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
            take_all=self.take_all,
            reason=self.focus_main,
            check=self.flow.check,
        )

    def footer_note(self) -> str:
        if self.flow.draft is None or self.flow.shown is not None:
            return ""
        if self.flow.right is Right.ADOPT:
            return self.tr("Confirmed by a manager, PIN")
        return self.tr("Confirmed by a senior cashier, PIN")

    # What a person does

    def look_for(self, text: str) -> None:
        """Look for a payment: typed, or a scan of the slip."""
        if not self.flow.is_moving:
            self.flow.find(text)
            self.panel.reason.set_text("")
            self.content.bar.show_found(text)

    def type_amount(self) -> None:
        """F4: the quantity of the chosen line, or the sum."""
        draft = self.flow.draft
        if draft is None or self.flow.is_frozen or self.flow.shown is not None:
            return
        if draft.is_by_sum:
            self.content.sum.begin()
        else:
            self.content.grid.type_quantity()

    def switch_way(self) -> None:
        """Shift+F4: by sum or by lines; what was chosen the other way stays."""
        draft = self.flow.draft
        if draft is not None and not self.flow.is_frozen and self.flow.shown is None:
            self.flow.choose(draft.by_sum(not draft.is_by_sum))
            self._go_home()

    def take_all(self) -> None:
        """F6: all that is left."""
        draft = self.flow.draft
        if draft is not None and not self.flow.is_frozen and self.flow.shown is None:
            self.flow.choose(draft.with_all())

    def submit(self) -> None:
        """F12: somebody's PIN first; with it, send."""
        draft, shown = self.flow.draft, self.flow.shown
        if draft is None or self._pins.is_asking or self.flow.busy:
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
            self._pins.ask(self.flow.right, text, self.flow.approve, first=self._person)

    def step_back(self) -> None:
        """Esc: what is half typed, then a refund that was shown, then the page."""
        bar = self.content.bar
        if self.flow.is_moving:
            return
        if bar.field.line.hasFocus() and bar.is_typing:
            bar.take_back()
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
        dialog = DeclareDialog(self.window(), paid=draft.form.payment.amount)
        dialog.declared.connect(self._declare)
        dialog.begin()

    def _declare(self, amount: Money) -> None:
        text = self.tr("Refunded before: {0}.").format(money_text(amount))
        reason = self.tr("As the gateway’s cabinet shows")
        self._pins.ask(
            Right.ADOPT,
            text,
            lambda approval: self.flow.declare(amount, reason, approval),
            first=self._person,
        )

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
        dialog.begin()

    def _f5(self) -> None:
        if self.flow.shown is not None:
            self.flow.check()
        elif self._notice is not None and self._notice.number:
            self._ask_gateway()
        elif self._notice is not None and self._notice.can_repeat:
            self.flow.find(self.content.bar.field.text().strip())
        else:
            self.declare()

    def _ask_gateway(self) -> None:
        """A payment that this till does not know is taken in by a manager (row R21)."""
        notice = self._notice
        if notice is None or not notice.number or self.flow.busy:
            return
        number = notice.number
        self._pins.ask(
            Right.ADOPT,
            self.tr("Find payment {0} at the gateway and take it in.").format(number),
            lambda approval: self.flow.adopt(number, approval),
            first=self._person,
        )

    def _move(self, steps: int) -> None:
        if self.flow.found is not None and self.flow.found.rows:
            self.content.matches.table.move_choice(steps)
        else:
            self.content.grid.move_choice(steps)

    def _step(self, row: int, steps: int) -> None:
        draft = self.flow.draft
        if draft is None or self.flow.is_frozen or self.flow.shown is not None or draft.is_by_sum:
            return
        if 0 <= row < len(draft.form.lines):
            self._number_error = ""
            self.flow.choose(draft.stepped(draft.form.lines[row].sold.line.id, steps))

    def _type_quantity(self, row: int, text: str) -> None:
        draft = self.flow.draft
        if draft is None or self.flow.is_frozen or not 0 <= row < len(draft.form.lines):
            return
        line = draft.form.lines[row]
        try:
            wanted = read_quantity(text).thousandths
        except EntryError as error:
            wanted = 0 if error.wrong is WrongNumber.ZERO else -1
            self._number_error = "" if wanted == 0 else wrong_number_text(error.wrong)
        else:
            self._number_error = ""
        if wanted > line.left:
            most = formats.quantity(current_language(), Quantity(line.left)) if line.left else "0"
            self._number_error = self.tr("No more than {0} is left of “{1}”").format(
                most, line.sold.line.name
            )
        elif wanted >= 0:
            self.flow.choose(draft.with_quantity(line.sold.line.id, wanted))
        self._repaint()

    def _type_sum(self, text: str) -> None:
        draft = self.flow.draft
        if draft is not None and not self.flow.is_frozen:
            self.flow.choose(draft.with_sum(text))

    # What comes back

    def _opened(self) -> None:
        draft = self.flow.draft
        if draft is not None:
            receipt = draft.form.receipt.number
            self.content.bar.show_found(receipt or draft.form.payment.order_id)
        self._number_error = ""
        self._repaint()
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
        if sent_at is None:
            return ""
        waited = self._clock.monotonic() - sent_at
        if waited < COUNTED_FROM:
            return ""
        left = max(DEADLINES.create_refund.total - waited, 0.0)
        return self.tr("Waiting for the gateway, {0} at most").format(formats.duration(left))

    def _repaint(self) -> None:
        """Everything that depends on the payment, the choice and the refund."""
        flow, content = self.flow, self.content
        narrow = self.width() < current_theme().px(_NARROW_BELOW)
        content.set_compact(narrow)
        self.panel.set_compact(narrow)
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
                waiting=self._waiting() or self._number_error,
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
        on_screen = self.isVisible() and self.flow.draft is not None
        is_busy = on_screen or self.flow.is_moving
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
