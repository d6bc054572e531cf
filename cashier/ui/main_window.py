"""The window: the frame around the pages, and the way from one to the next."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QCloseEvent

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.ui.frame.section import Section
from cashier.ui.frame.shell import Shell

if TYPE_CHECKING:
    from cashier.domain.saved_receipt import SavedReceipt
    from cashier.domain.staff import Person
    from cashier.services.till import Till
    from cashier.services.views import TillView
    from cashier.ui.background import Background
    from cashier.ui.page_maker import PageMaker
    from cashier.ui.pages.history import HistoryPage
    from cashier.ui.pages.page import Page
    from cashier.ui.pages.refund import RefundPage
    from cashier.ui.pages.settings import SettingsPage
    from cashier.ui.pages.shift import ShiftPage
    from cashier.ui.sounds import Sounds

logger = logging.getLogger(__name__)


class MainWindow(Shell):
    """Built once for a till; a change of the gateway's settings builds another.

    It is on screen before there is a till (`Shell`) and gets everything else by `furnish`.
    """

    close_agreed = Signal()
    settings_saved = Signal(object, object, object)
    """Settings, an ApiKey or None, and somebody's Approval or None."""
    live_requested = Signal()

    _view: TillView | None = None
    _is_furnished = False

    def __init__(self, *, clock: Clock, training: bool, sounds: Sounds) -> None:
        super().__init__()
        self._clock = clock
        self.is_training = training
        self._sounds = sounds
        self._is_fresh = True  # nobody has been at the till since the program came up
        self._worker = ""  # who was here last
        self._may_close = False
        self._before_refund = Section.SALE
        self._is_refunding = False

    def furnish(self, *, till: Till, background: Background, pages: PageMaker) -> None:
        """Make the pages and the dialogs. They come on screen with the first view of the till."""
        from cashier.ui.announcer import Announcer
        from cashier.ui.dialogs.all_keys import AllKeysDialog
        from cashier.ui.dialogs.closing import ClosingDialog
        from cashier.ui.dialogs.crash import CrashDialog
        from cashier.ui.dialogs.terminal_picker import TerminalPicker
        from cashier.ui.frame.locking import Locking
        from cashier.ui.frame.message_bar import MessageBar
        from cashier.ui.frame.notices import Notices
        from cashier.ui.frame.training import TrainingBand
        from cashier.ui.frame.workplace import Workplace
        from cashier.ui.paying import Paying
        from cashier.ui.widgets.focus_ring import FocusRing

        self._background = background
        self._maker = pages
        self._workplace = work = Workplace(self._room, clock=self._clock, training=self.is_training)
        self.take_in(work, TrainingBand() if self.is_training else None)
        self.rail, self.header, self.footer = work.rail, work.header, work.footer
        self._stack = work.stack
        self._announcer = Announcer(self._sounds, self)
        self.message = MessageBar(self)
        self._stack.make_by(
            {
                Section.PAYMENTS: self._make_history,
                Section.REFUND: self._make_refund,
                Section.SHIFT: self._make_shift,
                Section.TERMINALS: pages.terminals,
                Section.SETTINGS: self._make_settings,
            }
        )
        self._closing = ClosingDialog(self)
        self._keys = AllKeysDialog(self)
        self._crash = CrashDialog(self)
        self._picker = TerminalPicker(self, till=till, background=background)
        self.notices = Notices(till=till, background=background, clock=self._clock)
        self._sale, self._payment = pages.sale(), pages.payment()
        for page in (self._sale, self._payment):
            self._stack.take_in(page)
        self._paying = Paying(
            till=till,
            background=background,
            sale=self._sale,
            payment=self._payment,
            message=self.message,
        )
        self._is_furnished = True
        self.locking = Locking(
            self,
            self._room,
            till=till,
            background=background,
            clock=self._clock,
            training=self.is_training,
            leave=self._leave,
        )
        self._connect()
        self._bind_keys()
        self.ring = FocusRing(self)

    # Building

    def _make_history(self) -> HistoryPage:
        page = self._maker.history()
        page.payment_requested.connect(self._paying.show_payment)
        page.refund_requested.connect(self._refund)
        page.reminded.connect(self._remind)
        page.reconcile_wanted.connect(self.notices.reconcile)
        return page

    def _make_refund(self) -> RefundPage:
        page = self._maker.refund()
        page.left_refund.connect(lambda: self.show_section(self._before_refund))
        page.busy_changed.connect(self._take_refunding)
        page.flow.sent.connect(self._announcer.show_refund)
        page.reminded.connect(self._remind)
        return page

    def _make_shift(self) -> ShiftPage:
        page = self._maker.shift()
        page.parked_requested.connect(self._show_parked)
        return page

    def _make_settings(self) -> SettingsPage:
        page = self._maker.settings()
        page.settings_saved.connect(self.settings_saved)
        page.live_requested.connect(self.live_requested)
        page.scan_dropped.connect(self._refuse_aloud)
        return page

    @property
    def settings_page(self) -> SettingsPage:
        """Made now if nobody has been there yet."""
        page: SettingsPage = self._stack.of(Section.SETTINGS)  # type: ignore[assignment]  # made above
        return page

    def _connect(self) -> None:
        self._stack.footer_changed.connect(self._show_footer)
        self._stack.problem_raised.connect(self.message.show_problem)
        self.rail.chosen.connect(self.show_section)
        self.rail.lock_wanted.connect(self.locking.lock)
        self.header.person_clicked.connect(self.locking.change_person)
        self.header.terminal_clicked.connect(self._pick_terminal)
        self.header.payment_chosen.connect(self._paying.show_payment)
        self._paying.page_wanted.connect(self._show_page)
        self._paying.refund_requested.connect(self._refund)
        self._sale.return_to_payment_requested.connect(self.return_to_payment)
        self._sale.refund_requested.connect(partial(self.show_section, Section.REFUND))
        self._sale.standing.tasks_asked.connect(self._show_tasks)
        self.locking.unlocked.connect(self._come_in)
        self.locking.keys_wanted.connect(self._show_keys)
        self.locking.refused.connect(self._refuse_aloud)
        self._background.failed.connect(self.message.show_problem)
        self._background.crashed.connect(self._crash.show_error)
        self._closing.close_wanted.connect(self.close_unasked)
        self._closing.cancel_wanted.connect(self._paying.cancel)

    def _bind_keys(self) -> None:
        from cashier.ui.widgets.shortcut import shortcut

        keys: dict[str, Callable[[], object]] = {
            f"Ctrl+{number}": partial(self.show_section, section)
            for number, section in enumerate(Section, start=1)
        }
        keys |= {
            "Ctrl+8": self._pick_terminal,
            "Ctrl+9": self.locking.change_person,
            "Ctrl+0": self.locking.lock,
            "F2": self._focus_main,
            "Shift+F12": self.return_to_payment,
        }
        # They belong to the workplace: under the lock it is hidden, and none of them is heard.
        for key, pressed in keys.items():
            shortcut(self._workplace, key, pressed)
        shortcut(self, "F1", self._show_keys)

    def fit(self) -> None:
        super().fit()
        if self._is_furnished:
            self._workplace.fit()

    def retranslate(self) -> None:
        super().retranslate()
        if self._view is not None:
            self._show_footer()

    # What is on screen

    @property
    def _page(self) -> Page:
        return self._stack.page

    def _focus_main(self) -> None:
        self._page.focus_main()

    def show_view(self, view: TillView) -> None:
        """Take in the till's view: every page, the header, the lock, the payment on screen."""
        if view == self._view:
            return
        is_first, self._view = self._view is None, view
        self._stack.show_view(view)
        if is_first:  # before anything is shown that stands in a page
            self.leave_opening()
            self._sale.load()
            self.show_section(Section.SALE)
        self._announcer.show_view(view)
        self.notices.show_view(view)
        self._paying.show_view(view)
        self.message.drop_unless_about(view.payable)
        self.rail.show_tasks(view.task_count)
        self.locking.show_view(view)
        if self._is_fresh and view.person is not None and not self.locking.is_locked:
            self._come_in(view.person)
        self._show_header()
        self._hold_lock()
        if is_first:
            self._take_early_keys()
            QTimer.singleShot(0, self, lambda: logger.info("ready to take goods"))

    def _take_early_keys(self) -> None:
        """Goods typed while the till was opened; anything else on screen never asked for them."""
        keys = self.opening.typed()
        if self._page is self._sale and not self.locking.is_locked:
            for key in keys:
                QCoreApplication.sendEvent(self._sale.entry.line, key)
        elif keys:
            self._refuse_aloud()
        self.opening.deleteLater()

    def show_section(self, section: Section) -> None:
        """Go to a section; settings that were changed are asked about first."""
        if self._stack.is_on(Section.SETTINGS) and section is not Section.SETTINGS:
            self.settings_page.leave(partial(self._show_section, section))
            return
        self._show_section(section)

    def _show_section(self, section: Section) -> None:
        if section is Section.REFUND and not self._stack.is_on(Section.REFUND):
            self._before_refund = self.rail.section
        self._show_page(self._paying.page if section is Section.SALE else self._stack.of(section))

    def _show_page(self, page: Page) -> None:
        self._stack.show_page(page)
        self.rail.show_section(self._stack.section or Section.SALE)
        self.message.stand_in(page.message_room)
        if page is not self._payment:  # the QR code keeps its size
            self.notices.stand_in(page.message_room)
        if self.locking.is_locked:
            return
        page.entered()
        page.focus_main()
        self._show_footer()
        self._show_header()
        self._hold_lock()

    def _show_header(self) -> None:
        if self._view is None:
            return
        is_locked = self._page is self._payment
        on_screen = self._paying.receipt_id if is_locked else ""
        waiting = tuple(one for one in self._view.payments if one.payment.receipt_id != on_screen)
        self.header.show_view(self._view, waiting=waiting, is_locked=is_locked)

    def _show_footer(self) -> None:
        from cashier.ui.hints import Hint

        page = self._page
        everywhere = Hint("F1", self.tr("All keys"), self._show_keys)
        self.footer.show_hints((*page.footer(), everywhere), page.footer_note())

    def _show_keys(self) -> None:
        from cashier.ui.dialogs.key_lists import all_keys

        name = "lock" if self.locking.is_locked else self._page.objectName()
        self._keys.show_keys(all_keys(name, training=self.is_training))

    def return_to_payment(self) -> None:
        """Shift+F12: the oldest payment that waits, or a choice among them."""
        if self._page is self._payment and self._paying.receipt_id:
            return
        if self._paying.can_return():
            self.show_section(Section.SALE)
        elif self.header.chip.isVisible():
            self.header.chip.open()

    def _show_tasks(self) -> None:
        history: HistoryPage = self._stack.of(Section.PAYMENTS)  # type: ignore[assignment]  # made above
        self.show_section(Section.PAYMENTS)
        history.show_tasks()

    def _show_parked(self) -> None:
        self.show_section(Section.SALE)
        self._sale.show_parked()

    def _refund(self, payment_id: str) -> None:
        refund: RefundPage = self._stack.of(Section.REFUND)  # type: ignore[assignment]  # made above
        refund.show_payment(payment_id)
        self.show_section(Section.REFUND)

    def _remind(self, _refund_id: str) -> None:
        text = self.tr("A refund whose outcome is unknown still waits for a decision")
        self.message.show_message(text)

    def _pick_terminal(self) -> None:
        if self.header.terminal.isEnabled():
            self._picker.pick(self._view.terminal if self._view else None)

    # Who is at the till

    def _leave(self) -> SavedReceipt | None:
        """The lock comes: what was typed is saved, and the page on screen is left."""
        try:
            self._sale.flush()
        except CashierError as error:
            self.message.show_problem(error)
        self._page.left()
        return self._sale.draft.saved

    def _come_in(self, person: Person) -> None:
        """Somebody is at the till: their own receipt, or what the last run has left."""
        is_another = self._worker not in ("", person.id)
        is_fresh, self._is_fresh = self._is_fresh, False
        self._worker = person.id
        if is_another:
            self._paying.new_sale()
        else:
            self._show_page(self._page)
        if is_fresh and self._view is not None:
            self._paying.open_unfinished(self._view)
        self._sale.draft.take_over(person)

    def _hold_lock(self) -> None:
        """A live QR or a refund on screen is never covered by itself."""
        shown = self._view.newest(self._paying.receipt_id) if self._view else None
        is_paying = self._page is self._payment and shown is not None and shown.payment.is_live
        self.locking.idle.hold(is_paying or self._is_refunding)

    def _take_refunding(self, is_refunding: bool) -> None:
        self._is_refunding = is_refunding
        self._hold_lock()

    def _refuse_aloud(self) -> None:
        from cashier.ui.sounds import Sound

        self._sounds.play(Sound.REFUSED)

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
        if not self._is_furnished:
            return True
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
