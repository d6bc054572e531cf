"""The composition root: builds everything, top to bottom, and closes it in reverse."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from cashier import settings
from cashier.clock import Clock, SystemClock
from cashier.domain.failure import CashierError
from cashier.options import Options
from cashier.paths import Folders, default_data_folder
from cashier.settings import Settings
from cashier.ui.collector import Collector
from cashier.ui.last_resort import LastResort
from cashier.ui.main_window import MainWindow
from cashier.ui.rescuing import Rescuing
from cashier.ui.sounds import Sounds
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation, system_language

# The way to the first picture of the window imports only what that needs. What is below the
# screens comes with `cashier.opening`, the pages with `MainWindow.furnish`, both behind the window.
if TYPE_CHECKING:
    from PySide6.QtGui import QSessionManager

    from cashier import wiring
    from cashier.credentials import ApiKey, FoundKey, KeyPlace
    from cashier.domain.terminal import NewTerminal
    from cashier.opening import Opened
    from cashier.sandbox.server import SandboxServer
    from cashier.services.approvals import Approval
    from cashier.services.restoration import AllowedMove, AllowedRestore
    from cashier.services.staff_rules import NewAdministrator
    from cashier.services.till import Till
    from cashier.ui.background import Background
    from cashier.ui.pages.first_start import FirstStart
    from cashier.ui.pages.settings import SettingsPage


class App(QObject):
    """One run of the program. `start` shows a window; `close` may be called twice.

    The till is opened behind its window, which is `frame` until then and `window` afterwards.
    """

    settled = Signal()
    """What was being opened is there: the till, or what stands in its place."""

    def __init__(
        self, application: QApplication, options: Options, *, clock: Clock | None = None
    ) -> None:
        """Raises CashierError: SETTINGS_DAMAGED."""
        super().__init__()
        self._collector = Collector(self)
        self._application = application
        self._options = options
        self._clock = clock or SystemClock()
        self._root = options.data_folder or default_data_folder()
        self._settings_file = Folders(self._root, training=True).settings
        self._settings = Settings()
        self._translation = Translation(application, language=self._language())
        self._settings = settings.load(self._settings_file)
        self._translation.use(self._language())
        self._theme = ThemeController(
            application,
            name=ThemeName(self._settings.theme.value),
            scale=self._settings.scale_percent,
            touch=self._settings.is_touch,
        )
        self._sounds = Sounds(is_on=self._settings.is_sound_on, volume=self._settings.sound_volume)
        self._open: ExitStack | None = None
        self.is_opening = self._is_closed = False
        self.trouble: CashierError | None = None
        """Why the program ends without a window, for its last words."""
        self.wizard: FirstStart | None = None
        self.frame: MainWindow | None = None
        self.window: MainWindow | None = None
        self.till: Till | None = None
        self.background: Background | None = None
        self.sandbox: SandboxServer | None = None
        self._then: Callable[[], None] = lambda: None  # once a till is open
        application.commitDataRequest.connect(self._session_ends)
        self._last_resort = LastResort(self._tell_crash)
        self.rescuing = Rescuing(self._show, self._clock, self)
        self.rescuing.ended.connect(self._reopen)
        self.rescuing.given_up.connect(self._quit)

    # The whole run

    def start(self) -> None:
        """Show the first start, or the till's window with the till to come."""
        if self._settings.is_set_up or self._options.names_a_gateway:
            self._open_till(self._give_up)
        else:
            self._show_wizard()

    def _give_up(self, error: CashierError) -> None:
        if not self.rescuing.offer(self._folders(), error):
            self.trouble = error
            self._quit()

    def close(self) -> None:
        """Close everything in reverse: the screens, the network, the journal, the sandbox."""
        if self._is_closed:
            return
        self._is_closed = True
        self._shut()
        self._sounds.close()
        self._collector.close()
        self._last_resort.retire()
        self._application.commitDataRequest.disconnect(self._session_ends)
        self._translation.retire()
        self._theme.retire()

    def _shut(self) -> None:
        self.rescuing.close()
        self.is_opening = False
        opened, self._open = self._open, None
        if opened is not None:
            opened.close()
        self.window = self.till = self.background = self.sandbox = None

    # Building

    def _open_till(self, give_up: Callable[[CashierError], None]) -> None:
        """Show the till's window, open the till behind it, or do what is to be done instead."""
        self.is_opening, self._open = True, ExitStack()
        training = self._options.over(self._settings).is_training
        self.frame = frame = MainWindow(clock=self._clock, training=training, sounds=self._sounds)
        self._open.callback(self._close_window)
        frame.close_agreed.connect(self._quit)
        frame.painted.connect(partial(self._begin, give_up))
        self._show(frame)

    def _begin(self, give_up: Callable[[CashierError], None]) -> None:
        from cashier.opening import Opening
        from cashier.ui.background import Background

        frame, opened = self.frame, self._open
        if frame is None or opened is None:
            return
        self._theme.choose()  # a system whose palette says something else than its scheme
        opening = Opening(self._folders(), self._options, self._clock)
        opened.callback(opening.close)
        self.background = background = Background()
        opened.callback(background.close)
        opened.callback(background.call, opening.hang_up)
        background.start(
            opening.open,
            self._settings,
            self._language(),
            report=frame.opening.show_stage,
            done=self._furnish,
            failed=partial(self._not_opened, give_up),
        )
        from cashier.ui import page_maker  # noqa: F401 - the rest of the imports, meanwhile

    def _not_opened(self, give_up: Callable[[CashierError], None], error: CashierError) -> None:
        self._shut()
        give_up(error)
        self.settled.emit()

    def _furnish(self, below: Opened) -> None:
        from cashier import wiring
        from cashier.ui.page_maker import PageMaker

        window, background, opened = self.frame, self.background, self._open
        if window is None or background is None or opened is None:
            return
        self._settings = below.saved
        till = self.till = below.till
        self.sandbox = below.sandbox
        window.furnish(
            till=till,
            background=background,
            pages=PageMaker(
                till=till,
                background=background,
                clock=self._clock,
                used=below.used,
                settings=partial(self._settings_page, till, background, below.found),
            ),
        )
        window.settings_saved.connect(self._settings_saved)
        window.live_requested.connect(self._show_wizard)
        self.window = window
        opened.callback(self._close_window)  # while what was typed can be saved
        running = background.start(till.run)
        watching = background.start(till.observe, report=window.show_view)
        opened.callback(running.cancel)
        opened.callback(watching.cancel)
        QTimer.singleShot(1000, background, partial(background.start, wiring.load_rest))
        self.is_opening = False
        then, self._then = self._then, lambda: None
        then()
        self.settled.emit()

    def _settings_page(
        self, till: Till, background: Background, found: FoundKey | None
    ) -> SettingsPage:
        from cashier.ui.pages.settings import SettingsPage

        page = SettingsPage(
            till=till,
            background=background,
            clock=self._clock,
            settings=self._settings,
            probe=self._probe(),
            folder=self._root,
            training=self.sandbox is not None,
            found_key=found,
        )
        page.journal.replace_allowed.connect(self._replace_journal)
        return page

    def _probe(self) -> wiring.Probing:
        from cashier import wiring

        return wiring.Probing(lambda: self._settings, self._clock)

    def _show(self, window: QWidget) -> None:
        if self._settings.is_full_screen:
            window.showFullScreen()
        else:
            window.showMaximized()
        window.activateWindow()

    def _language(self) -> str:
        if self._options.language is not None:
            return self._options.language
        chosen = self._settings.language
        return chosen.value if chosen is not None else system_language()

    # What the screens ask for

    def _show_wizard(self) -> None:
        """The first start, or its steps for real money when asked for from training."""
        from cashier.ui.background import Background
        from cashier.ui.pages.first_start import FirstStart

        is_going_live = self._open is not None
        self._shut()
        opened = ExitStack()
        self._open = opened
        self.background = Background()
        opened.callback(self.background.close)
        wizard = FirstStart(
            settings=self._settings,
            background=self.background,
            clock=self._clock,
            probe=self._probe(),
            is_going_live=is_going_live,
            needs_administrator=not Folders(self._root, training=False).journal.exists(),
        )
        self.wizard = wizard
        opened.callback(self._close_wizard)
        wizard.language_chosen.connect(self._translation.use)
        wizard.training_chosen.connect(self._leave_wizard)
        wizard.live_chosen.connect(self._live_chosen)
        self._show(wizard)

    def _live_chosen(
        self,
        wanted: Settings,
        key: ApiKey,
        alias: str,
        new: NewTerminal | None,
        administrator: NewAdministrator | None,
    ) -> None:
        """Keep the key first, then the settings; people and terminal come behind the window."""
        from cashier import wiring

        if self.background is None or self.wizard is None:
            return
        self.background.start(
            wiring.store_key,
            self._root,
            wanted,
            key,
            done=lambda _: self._leave_wizard(
                wanted, partial(self._go_live, alias, new, administrator)
            ),
            failed=self.wizard.show_failure,
        )

    def _go_live(
        self, alias: str, new: NewTerminal | None, administrator: NewAdministrator | None
    ) -> None:
        from cashier.going_live import go_live

        if self.till is not None and self.background is not None and self.window is not None:
            unlocked = self.window.locking.unlocked
            go_live(self.till, self.background, unlocked, alias, new, administrator)

    def _leave_wizard(self, wanted: Settings, then: Callable[[], None] = lambda: None) -> None:
        """Leave the first start for the till."""
        try:
            self._keep(wanted)
        except CashierError as error:
            if self.wizard is not None:
                self.wizard.show_failure(error)
            return
        self._then = then
        self._reopen()

    def _settings_saved(
        self, wanted: Settings, key: ApiKey | None, approval: Approval | None
    ) -> None:
        """Settings that a person saved: looks at once, the gateway by building the till anew."""
        from cashier import wiring

        if self.background is None or self.window is None or self.till is None:
            return
        self.background.start(
            partial(wiring.save_settings, self.till, self._root, self._settings),
            wanted,
            key,
            approval,
            done=partial(self._apply, wanted),
            failed=self.window.settings_page.show_failure,
        )

    def _apply(self, wanted: Settings, key_place: KeyPlace | None) -> None:
        if self.window is None:
            return
        before = self._settings
        try:
            self._keep(wanted)
        except CashierError as error:
            self.window.settings_page.show_failure(error)
            return
        self._theme.choose(
            ThemeName(wanted.theme.value), scale=wanted.scale_percent, touch=wanted.is_touch
        )
        self._translation.use(self._language())
        self._sounds.set(is_on=wanted.is_sound_on, volume=wanted.sound_volume)
        if key_place is not None or wanted.needs_new_till(before):
            self._reopen()
        else:
            self.window.settings_page.show_saved(wanted, key_place)

    def _keep(self, wanted: Settings) -> None:
        settings.save(wanted, self._settings_file)
        self._settings = wanted

    def _reopen(self) -> None:
        """Close the till and build it again with the settings as they are now.

        Where that fails, the first start comes up and says why: a window there always is.
        """
        self._shut()
        self._open_till(self._begin_anew)

    def _begin_anew(self, error: CashierError) -> None:
        if not self.rescuing.offer(self._folders(), error):
            self._show_wizard()
            if self.wizard is not None:
                self.wizard.show_failure(error)

    def _folders(self) -> Folders:
        return Folders(self._root, training=self._options.over(self._settings).is_training)

    def _replace_journal(self, allowed: AllowedRestore | AllowedMove) -> None:
        """Another in the journal's place: the till is closed for it, and opened on it."""
        self._shut()
        self.rescuing.replace(self._folders(), allowed)

    # The end

    def _close_window(self) -> None:
        frame, self.frame = self.frame, None
        if frame is not None:
            frame.close_agreed.disconnect(self._quit)
            frame.painted.disconnect()
            frame.close_unasked()
            frame.deleteLater()

    def _close_wizard(self) -> None:
        wizard, self.wizard = self.wizard, None
        if wizard is not None:
            wizard.close()
            wizard.deleteLater()

    def _quit(self) -> None:
        self._application.quit()

    def _session_ends(self, _session: QSessionManager) -> None:
        """Windows is shutting down: never hold it up; everything is committed already."""
        if self.window is not None:
            self.window.close_unasked()

    def _tell_crash(self, error: Exception) -> None:
        if self.background is not None:
            self.background.crashed.emit(error)
