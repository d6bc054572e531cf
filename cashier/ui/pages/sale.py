"""Продажа: entering a receipt and asking for its QR."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.saved_receipt import SavedReceipt
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background
from cashier.ui.dialogs.parked import ParkedDialog
from cashier.ui.hints import Hint
from cashier.ui.pages import entry_line, sale_keys
from cashier.ui.pages.entry_line import Wrong
from cashier.ui.pages.page import Page
from cashier.ui.pages.sale_bands import PassingBands, StandingBands
from cashier.ui.pages.sale_draft import SaleDraft
from cashier.ui.pages.sale_edits import SaleEdits
from cashier.ui.pages.sale_entry import SaleEntry
from cashier.ui.pages.sale_grid import SaleGrid
from cashier.ui.pages.sale_panel import SalePanel
from cashier.ui.pages.sale_reasons import hindrance
from cashier.ui.pages.sale_tools import SaleTools
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.room import Room, room_of
from cashier.ui.widgets.table import TableFrame

_PAGE_ROWS = 8


class SalePage(Page):
    """Everything typed is saved as it is typed. `load()` shows the journal's draft.

    F12 emits `payment_requested` when the receipt is committed, and freezes it until
    `charge_ended`, or `load` after the charge took it.
    """

    payment_requested = Signal(str)
    """The id of a committed receipt to charge."""
    return_to_payment_requested = Signal()
    refund_requested = Signal()
    override_requested = Signal(str)
    """The number of the receipt that the static terminal is busy with."""

    def __init__(
        self,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        limit: int = entry_line.SUM_LIMIT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sale")
        self._till = till
        self._background = background
        self._limit = limit
        self._disputed = ""  # the receipt here while late money of it waits for a decision
        self._view: TillView | None = None
        self._parked: tuple[SavedReceipt, ...] = ()
        self._is_holding = False
        self._room = Room.NORMAL
        self.draft = SaleDraft(receipts=till.receipts, background=background, parent=self)
        self.entry = SaleEntry(
            suggest=till.receipts.suggestions,
            background=background,
            monotonic=clock.monotonic,
            page=self,
        )
        self.free_price = Button("", name="sale.free_price", keycap="F10")
        self.grid = SaleGrid()
        self.panel = SalePanel()
        self.tools = SaleTools()
        self.standing = StandingBands()
        self.passing = PassingBands()
        self.edits = SaleEdits(
            self, draft=self.draft, entry=self.entry, grid=self.grid, passing=self.passing
        )
        self._arrange()
        self._connect()
        sale_keys.bind(self, self, self.edits)
        self.retranslate()
        follow_theme(self.restyle)
        self._repaint()

    def _arrange(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.entry, 1)
        self._top.addWidget(self.free_price, 0, Qt.AlignmentFlag.AlignTop)
        self._frame = TableFrame(self.grid)
        self._left = self.message_room = QVBoxLayout()
        self._left.setSpacing(0)
        self._left.addWidget(self.standing)
        self._left.addLayout(self._top)
        self._left.addWidget(self.passing)
        self._gap = QWidget()
        self._left.addWidget(self._gap)
        self._left.addWidget(self._frame, 1)
        self._left.addWidget(self.tools)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._left, 1)
        layout.addWidget(self.panel)

    def _connect(self) -> None:
        draft, entry, grid, panel, edits = (
            self.draft,
            self.entry,
            self.grid,
            self.panel,
            self.edits,
        )
        draft.changed.connect(self._repaint)
        draft.moved.connect(self._begin_receipt)
        draft.parked_changed.connect(self._show_parked)
        draft.ready_to_pay.connect(self.payment_requested)
        draft.failed.connect(self.problem_raised)
        entry.goods_entered.connect(edits.add)
        entry.code_unknown.connect(self._show_unknown)
        entry.rows_moved.connect(grid.move_choice)
        entry.ends_asked.connect(lambda step: grid.move_choice(step * _PAGE_ROWS))
        entry.quantity_stepped.connect(edits.step_quantity)
        entry.remove_asked.connect(edits.remove_line)
        entry.clear_asked.connect(edits.clear)
        entry.undo_asked.connect(edits.undo)
        entry.escaped.connect(self.skip_code)
        grid.row_chosen.connect(draft.choose_row)
        grid.quantity_stepped.connect(edits.step_quantity)
        grid.quantity_typed.connect(edits.type_quantity)
        grid.typing_ended.connect(self.focus_main)
        grid.edit_asked.connect(edits.edit_part)
        grid.free_price_asked.connect(self.ask_free_price)
        panel.pay_asked.connect(self.pay)
        panel.park_asked.connect(self.park)
        panel.clear_asked.connect(edits.clear)
        panel.clear_asked.connect(self.focus_main)
        panel.discount_asked.connect(edits.ask_receipt_discount)
        panel.parked_asked.connect(self.show_parked)
        panel.taken_up.connect(self.take_up)
        panel.return_asked.connect(self.return_to_payment_requested)
        self.free_price.clicked.connect(self.ask_free_price)
        self.passing.free_price_asked.connect(self.ask_free_price)
        self.passing.skipped.connect(self.skip_code)
        self.passing.restore_asked.connect(edits.undo)
        self.passing.restore_asked.connect(self.focus_main)
        self.standing.check_asked.connect(self.check_link)
        tools = self.tools
        tools.quantity_asked.connect(edits.ask_quantity)
        tools.discount_asked.connect(edits.ask_line_discount)
        tools.remove_asked.connect(edits.remove_line)
        tools.price_asked.connect(edits.ask_price)
        tools.undo_asked.connect(edits.undo)

    # The frame's side

    def show_view(self, view: TillView) -> None:
        self._view = view
        if view.terminal is not None:
            self.draft.use_currency(view.terminal.currency)
        self.standing.show_view(view)
        is_static = view.terminal is not None and view.terminal.is_static
        if self.panel.waiting.show_payments(view.payments, is_static=is_static):
            self.panel.waiting_changed()
        self._repaint()
        self.footer_changed.emit()
        self._notice_restored(view)
        self.draft.try_again()

    def _notice_restored(self, view: TillView) -> None:
        """Late money of this receipt has been decided about: it may be sold, and gone from here."""
        is_disputed = any(one.payment.receipt_id == self.draft.id for one in view.tasks)
        if not is_disputed and self._disputed and self._disputed == self.draft.id:
            self.load()
        self._disputed = self.draft.id if is_disputed else ""

    def load(self) -> None:
        """Show the draft as the journal has it now: at start, after a charge, after a way back."""
        self.draft.load()

    def charge_ended(self, receipt_id: str) -> None:
        """The charge asked for came to an end, or was refused: go on typing."""
        self.draft.charge_ended(receipt_id)

    def flush(self) -> None:
        """Wait until all that was typed is on the disk; for closing the till only.

        Raises CashierError when it cannot be saved.
        """
        self.draft.saver.flush()

    def entered(self) -> None:
        self.draft.ask_parked()
        self.focus_main()

    def left(self) -> None:
        self.entry.suggestions.list.hide()

    def focus_main(self) -> None:
        self.entry.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def footer(self) -> tuple[Hint, ...]:
        hints: tuple[Hint, ...] = (
            Hint("F2", self.tr("Search"), self.focus_main),
            Hint("F4", self.tr("Qty"), self.edits.ask_quantity),
            Hint("F6", self.tr("Line discount"), self.edits.ask_line_discount),
            Hint("Del", self.tr("Remove line"), self.edits.remove_line),
            Hint("F9", self.tr("Refund"), self.ask_refund),
        )
        why = self._hindrance()
        if why is not None and why.failure is Failure.TERMINAL_BUSY:
            back = self.return_to_payment_requested.emit
            return (
                *hints[1:2],
                Hint("Shift+F12", self.tr("To the waiting payment"), back),
                Hint("Shift+F5", self.tr("A senior’s override"), self.ask_override),
            )
        if self._view is not None and self._view.payments:
            back = self.return_to_payment_requested.emit
            hints = (*hints[1:3], Hint("Shift+F12", self.tr("To the waiting payment"), back))
        return hints[1:] if self._room is Room.NARROW and hints[0].key == "F2" else hints

    def footer_note(self) -> str:
        if self.passing.unknown_code:
            return self.tr("The scanner waits for an answer")
        return self.tr("Scanner ready")

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Sale"))
        short = self._room is Room.NARROW and not current_theme().touch
        self.free_price.setText(self.tr("Free pr.") if short else self.tr("Free price"))
        self.free_price.set_accessible(self.tr("Free price"))
        for part in (self.entry, self.grid, self.panel, self.tools, self.standing, self.passing):
            part.retranslate()
        self._repaint()

    # What the cashier does

    def pay(self) -> None:
        """F12. Deaf while it cannot be, and while anything is half typed."""
        if self.entry.scans.holds(self.pay):
            return
        if not self.entry.is_idle:
            self.entry.show_wrong(Wrong.UNFINISHED)
            self.focus_main()
        elif self._hindrance() is None:
            self.passing.show_cleared(False)
            self.draft.pay()

    def ask_override(self) -> None:
        """Shift+F5, while a printed QR still waits for another receipt's money."""
        why = self._hindrance()
        if why is not None and why.failure is Failure.TERMINAL_BUSY and self.entry.is_idle:
            self.override_requested.emit(str(why.facts.get("receipt", "")))

    def park(self) -> None:
        if not self.entry.scans.holds(self.park) and not self.draft.is_moving:
            self.draft.park()
        self.focus_main()

    def take_up(self, receipt_id: str) -> None:
        take_up = partial(self.take_up, receipt_id)
        if not self.entry.scans.holds(take_up) and not self.draft.is_moving:
            self.draft.take_up(receipt_id)
        self.focus_main()

    def show_parked(self) -> None:
        """Shift+F7."""
        if self._parked and not self.draft.is_moving:
            dialog = ParkedDialog(self.window(), parked=self._parked)
            dialog.chosen.connect(self.take_up)
            dialog.begin()

    def ask_refund(self) -> None:
        """F9: to the page that gives money back."""
        self.refund_requested.emit()

    def ask_free_price(self) -> None:
        """F10, also for a code that nobody knows."""
        code = self.passing.unknown_code
        self.skip_code()
        self.entry.ask_price(self.tr("Item {code}").format(code=code) if code else "")
        self.focus_main()

    def skip_code(self) -> None:
        self._show_unknown("")
        self.focus_main()

    def check_link(self) -> None:
        """F5 while the link is lost."""
        if self._view is not None and self._view.terminal is not None:
            key = self._view.terminal.key
            self._background.start(self._till.terminals.check, key, failed=self.problem_raised.emit)

    # Looks and events

    def restyle(self, theme: Theme) -> None:
        small = self._room is Room.NARROW and not theme.touch
        across, above, below = (16, 12, 12) if small else (20, 16, 16)
        self._left.setContentsMargins(*map(theme.px, (across, above, across, below)))
        self._top.setSpacing(theme.px(10 if small else 12))
        self.free_price.setFixedHeight(theme.px(52) if small else theme.height("entry"))
        self._gap.setFixedHeight(theme.px(10 if small else 14))
        self.panel.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no part of the page took: a character goes to the entry, Enter to nobody."""
        if not self.entry.take_key(event):
            super().keyPressEvent(event)

    def _fit(self) -> None:
        room = room_of(self)
        if room is self._room:
            return
        self._room = room
        self.entry.set_compact(room is Room.NARROW)
        self.grid.set_compact(room is Room.NARROW)
        self.panel.set_room(room)
        self.restyle(current_theme())
        self.retranslate()
        self.footer_changed.emit()

    # Painting

    def _begin_receipt(self) -> None:
        self.passing.show_cleared(False)

    def _show_parked(self, parked: tuple[SavedReceipt, ...]) -> None:
        self._parked = parked
        self.panel.show_parked(parked)

    def _show_unknown(self, code: str) -> None:
        self.passing.show_unknown(code)
        self.entry.is_refusing_scans = bool(code)
        self.footer_changed.emit()

    def _hindrance(self) -> CashierError | None:
        return hindrance(self._view, self.draft.receipt, limit=self._limit)

    def _repaint(self) -> None:
        draft = self.draft
        receipt = draft.receipt
        self._hold_entry(draft.is_moving)
        self.entry.set_currency(receipt.currency)
        self.grid.show_receipt(receipt, draft.editor.chosen_row)
        next_number = self._view.next_number if self._view else ""
        self.panel.show_receipt(receipt, draft.number or next_number)
        why = self._hindrance()
        reason = self._reason(why) if why is not None and self._view is not None else ""
        can_pay = why is None and not draft.is_moving
        self.panel.show_pay(can_pay=can_pay, reason=reason, is_busy=draft.is_paying)
        has_line = draft.editor.chosen is not None
        self.tools.show_possible(has_line=has_line, can_undo=draft.editor.can_undo)

    def _reason(self, why: CashierError) -> str:
        if why.failure is Failure.NO_LINK:
            return self.tr("No link to the gateway")
        return failure_text(why)

    def _hold_entry(self, hold: bool) -> None:
        """Keys typed while the receipt is away are taken when it is back."""
        if hold == self._is_holding:
            return
        self._is_holding = hold
        if hold:
            self.entry.hold()
        else:
            self.entry.release()
