"""The window: the frame around the pages, and the way from one to the next.

What is on screen follows from the till's view and from one choice: which receipt's payment the
cashier is looking at. Looking away never cancels anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.payment import PaymentState
from cashier.domain.saved_receipt import SavedReceipt
from cashier.services.till import Till
from cashier.services.views import PaymentView, TillView
from cashier.ui.background import Background
from cashier.ui.dialogs.all_keys import AllKeysDialog
from cashier.ui.dialogs.closing import ClosingDialog
from cashier.ui.dialogs.crash import CrashDialog
from cashier.ui.dialogs.key_lists import all_keys
from cashier.ui.dialogs.terminal_picker import TerminalPicker
from cashier.ui.frame.footer import Footer
from cashier.ui.frame.header import Header
from cashier.ui.frame.layout import lay_out
from cashier.ui.frame.message_bar import MessageBar
from cashier.ui.frame.rail import Rail, Section
from cashier.ui.frame.training import TrainingBand
from cashier.ui.hints import Hint
from cashier.ui.pages.payment import PaymentPage
from cashier.ui.pages.sale import SalePage
from cashier.ui.sounds import Announcer, Sounds
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.focus_ring import FocusRing
from cashier.ui.widgets.shortcut import shortcut

if TYPE_CHECKING:
    from cashier.ui.pages.settings import SettingsPage
    from cashier.ui.pages.terminals import TerminalsPage

MINIMUM = (1024, 640)
COMPACT_BELOW = 1280
TICK_MS = 1000

Page: TypeAlias = "SalePage | PaymentPage | TerminalsPage | SettingsPage"


class MainWindow(QMainWindow):
    """Built once for a till; a change of the gateway's settings builds another.

    `terminals` and `settings_page` are made at the first visit: selling never waits for them.
    """

    close_agreed = Signal()
    settings_saved = Signal(object, object)
    """Settings, and an ApiKey or None."""
    live_requested = Signal()

    def __init__(
        self,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        training: bool,
        sale: SalePage,
        payment: PaymentPage,
        terminals: Callable[[], TerminalsPage],
        settings_page: Callable[[], SettingsPage],
        sounds: Sounds,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self._till = till
        self._background = background
        self._clock = clock
        self._announcer = Announcer(sounds, self)
        self._view: TillView | None = None
        self._looking_at = ""  # the receipt whose payment is on screen, "" for none
        self._charging = ""  # the receipt that a charge is under way for
        self._may_close = False
        self._sale, self._payment = sale, payment
        self._make_terminals, self._make_settings = terminals, settings_page
        self._terminals_page: TerminalsPage | None = None
        self._settings_page: SettingsPage | None = None
        self._pages: list[Page] = []
        self.rail = Rail()
        self.header = Header(clock=clock, training=training)
        self.footer = Footer()
        self.message = MessageBar(self)
        self._stack = QStackedWidget()
        self._training = TrainingBand() if training else None
        self._closing = ClosingDialog(self)
        self._keys = AllKeysDialog(self)
        self._crash = CrashDialog(self)
        self._picker = TerminalPicker(self, till=till, background=background)
        column = (self.header, self._stack, self.footer)
        lay_out(self, training=self._training, rail=self.rail, column=column, tall=self._stack)
        for page in (sale, payment):
            self._take_in(page)
        self._connect()
        self._bind_keys()
        self.ring = FocusRing(self)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.header.tick)
        self._timer.start()
        follow_theme(self.restyle)
        self.show_section(Section.SALE)
        self.retranslate()

    # Building

    def _take_in(self, page: Page) -> None:
        self._pages.append(page)
        self._stack.addWidget(page)
        page.footer_changed.connect(self._show_footer)
        page.problem_raised.connect(self.message.show_problem)
        if self._view is not None:
            page.show_view(self._view)

    @property
    def _terminals(self) -> TerminalsPage:
        if self._terminals_page is None:
            self._terminals_page = self._make_terminals()
            self._take_in(self._terminals_page)
        return self._terminals_page

    @property
    def settings_page(self) -> SettingsPage:
        """Makes the page where nobody has been there yet."""
        if self._settings_page is None:
            self._settings_page = page = self._make_settings()
            page.settings_saved.connect(self.settings_saved)
            page.live_requested.connect(self.live_requested)
            self._take_in(page)
        return self._settings_page

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_section)
        self.header.terminal_clicked.connect(self._pick_terminal)
        self.header.payment_chosen.connect(self.show_payment)
        self._sale.payment_requested.connect(self._charge)
        self._sale.return_to_payment_requested.connect(self.return_to_payment)
        self._payment.background_requested.connect(self._to_background)
        self._payment.new_qr_requested.connect(self._charge)
        self._payment.receipt_taken_back.connect(self._taken_back)
        self._payment.new_sale_requested.connect(self._new_sale)
        self._background.failed.connect(self.message.show_problem)
        self._background.crashed.connect(self._crash.show_error)
        self._closing.close_wanted.connect(self._close_anyway)
        self._closing.cancel_wanted.connect(self._cancel)

    def _bind_keys(self) -> None:
        for number, section in enumerate(Section, start=1):
            shortcut(self, f"Ctrl+{number}", partial(self.show_section, section))
        shortcut(self, "Ctrl+8", self._pick_terminal)
        shortcut(self, "F1", self._show_keys)
        shortcut(self, "F2", self._focus_main)
        shortcut(self, "Shift+F12", self.return_to_payment)

    def restyle(self, theme: Theme) -> None:
        self.setMinimumSize(*(max(side, theme.px(side)) for side in MINIMUM))
        self._fit()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Cashier"))
        self._show_footer()

    # What is on screen

    @property
    def _page(self) -> Page:
        return self._pages[self._stack.currentIndex()]

    def _focus_main(self) -> None:
        self._page.focus_main()

    def show_view(self, view: TillView) -> None:
        """Take in the till's view: every page, the header, and the payment on screen."""
        if view == self._view:
            return
        is_first, self._view = self._view is None, view
        for page in self._pages:
            page.show_view(view)
        self._announcer.show_view(view)
        if is_first:
            self._sale.load()
            self._open_unfinished(view)
        self._follow_choice(view)
        self.message.drop_unless_about(view.payable)
        self._show_header()

    def show_section(self, section: Section) -> None:
        """Go to a section; settings that were changed are asked about first."""
        if self._page is self._settings_page and section is not Section.SETTINGS:
            self.settings_page.leave(partial(self._show_section, section))
            return
        self._show_section(section)

    def _show_section(self, section: Section) -> None:
        self.rail.show_section(section)
        match section:
            case Section.SALE:
                self._show_page(self._payment if self._looking_at else self._sale)
            case Section.TERMINALS:
                self._show_page(self._terminals)
            case Section.SETTINGS:
                self._show_page(self.settings_page)

    def _show_page(self, page: Page) -> None:
        before = self._stack.currentWidget()
        if before is not page:
            for one in self._pages:
                if one is before:
                    one.left()
            self._stack.setCurrentWidget(page)
        if page in (self._sale, self._payment):
            self.rail.show_section(Section.SALE)
        self.message.stand_in(page.message_room)
        page.entered()
        page.focus_main()
        self._show_footer()
        self._show_header()

    def _show_header(self) -> None:
        if self._view is None:
            return
        on_screen = self._looking_at if self._page is self._payment else ""
        waiting = tuple(one for one in self._view.payments if one.payment.receipt_id != on_screen)
        is_locked = self._page is self._payment
        self.header.show_view(self._view, waiting=waiting, is_locked=is_locked)

    def _show_footer(self) -> None:
        page = self._page
        everywhere = Hint("F1", self.tr("All keys"), self._show_keys)
        self.footer.show_hints((*page.footer(), everywhere), page.footer_note())

    def _show_keys(self) -> None:
        training = self._training is not None
        self._keys.show_keys(all_keys(self._page.objectName(), training=training))

    # From sale to payment and back

    def _charge(self, receipt_id: str) -> None:
        if self._charging:
            return
        self.message.clear()
        self._charging = receipt_id
        self._background.start(
            self._till.sales.charge,
            receipt_id,
            done=self._charged,
            failed=self._charge_failed,
        )

    def _charged(self, view: PaymentView) -> None:
        self._charging = ""
        if self._looking_at == view.payment.receipt_id:
            self._sale.charge_ended()
            self._payment.retry_ended()

    def _charge_failed(self, error: CashierError) -> None:
        self._charging = ""
        self._sale.charge_ended()
        self._payment.retry_ended()
        self.message.show_problem(error)

    def _follow_choice(self, view: TillView) -> None:
        """Show the newest attempt of the receipt that is being paid."""
        charged = view.newest(self._charging)
        if charged is not None and charged.payment.is_live and not self._looking_at:
            self._look_at(charged, view)
            return
        shown = view.newest(self._looking_at)
        if shown is not None:
            self._payment.show_payment(shown, view)

    def _look_at(self, one: PaymentView, view: TillView) -> None:
        self._looking_at = one.payment.receipt_id
        self._payment.show_payment(one, view)
        self._show_page(self._payment)
        self._sale.load()

    def show_payment(self, payment_id: str) -> None:
        """Bring a payment back to the screen."""
        found = self._view.find(payment_id) if self._view else None
        if found is not None and self._view is not None:
            self.message.clear()
            self._look_at(found, self._view)

    def return_to_payment(self) -> None:
        """Shift+F12: the oldest payment that waits, or a choice among them."""
        if self._page is self._payment and self._looking_at:
            return
        if self._view is not None and self._view.newest(self._looking_at) is not None:
            self._show_section(Section.SALE)
        elif self.header.chip.isVisible():
            self.header.chip.open()

    def _open_unfinished(self, view: TillView) -> None:
        """At the start: what the last run left comes before the first sale."""
        unfinished = view.payable
        unseen = [one for one in view.payments if one.payment.state is PaymentState.PAID]
        for one in (*unseen, *reversed(unfinished)):
            self._look_at(one, view)
            if one.payment.state is not PaymentState.PAID:
                self.message.show_message(
                    self.tr(
                        "The till was closed while this customer was paying. "
                        "The QR stays valid; receipt {0} is being checked."
                    ).format(one.payment.receipt_number),
                    about=one.payment.id,
                )
            return

    def _to_background(self) -> None:
        self._background.start(self._till.sales.look_away)
        self._new_sale()

    def _new_sale(self) -> None:
        self._looking_at = ""
        self.message.clear()
        self._sale.load()
        self._show_page(self._sale)

    def _taken_back(self, _receipt: SavedReceipt) -> None:
        self._new_sale()

    def _cancel(self, payment_id: str) -> None:
        self.show_payment(payment_id)
        self._background.start(self._till.sales.cancel, payment_id)

    def _pick_terminal(self) -> None:
        if self.header.terminal.isEnabled():
            self._picker.pick(self._view.terminal if self._view else None)

    # Closing

    def closeEvent(self, event: QCloseEvent) -> None:
        asked = self._view.payable if self._view else ()
        if (self._may_close or not asked) and self._is_typing_saved():
            event.accept()
            self.close_agreed.emit()
            return
        event.ignore()
        if asked and not self._may_close and not self._closing.is_open:
            self._closing.ask(asked)

    def _is_typing_saved(self) -> bool:
        """A receipt that cannot be saved holds up the first close, never the second."""
        try:
            self._sale.flush()
        except CashierError as error:
            self.message.show_problem(error)
            held_up, self._may_close = not self._may_close, True
            return not held_up
        return True

    def close_unasked(self) -> None:
        """The session ends: everything is committed already, nothing is asked."""
        self._may_close = True
        self.close()

    def _close_anyway(self) -> None:
        self.close_unasked()

    # Size and language

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = current_theme()
        self.rail.set_compact(self.width() < theme.px(COMPACT_BELOW))
        self.header.restyle(theme)
        self.header.tick()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
