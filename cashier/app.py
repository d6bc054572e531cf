"""The composition root: builds everything, top to bottom, and closes it in reverse."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QWidget

from cashier import logs, settings, wiring
from cashier.clock import Clock, SystemClock
from cashier.credentials import ApiKey, FoundKey, KeyPlace
from cashier.domain.failure import CashierError
from cashier.domain.terminal import NewTerminal
from cashier.options import Options
from cashier.paths import Folders, default_data_folder
from cashier.services import training
from cashier.services.approvals import Approval
from cashier.services.staff_rules import NewAdministrator
from cashier.services.till import Till
from cashier.services.training_staff import start_training
from cashier.settings import BUILT_IN_GATEWAY, Settings
from cashier.ui.background import Background
from cashier.ui.collector import Collector
from cashier.ui.last_resort import LastResort
from cashier.ui.main_window import MainWindow
from cashier.ui.page_maker import PageMaker
from cashier.ui.rescuing import Rescuing
from cashier.ui.sounds import Sounds
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation, system_language

if TYPE_CHECKING:
    from cashier.sandbox.server import SandboxServer
    from cashier.services.restoration import AllowedMove, AllowedRestore
    from cashier.ui.pages.first_start import FirstStart
    from cashier.ui.pages.settings import SettingsPage


class App(QObject):
    """One run of the program. `start` shows a window; `close` may be called twice."""

    def __init__(
        self, application: QApplication, options: Options, *, clock: Clock | None = None
    ) -> None:
        """Raises CashierError: SETTINGS_DAMAGED, FOLDER_UNWRITABLE, BASE_URL_INVALID."""
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
        self.wizard: FirstStart | None = None
        self.window: MainWindow | None = None
        self.till: Till | None = None
        self.background: Background | None = None
        self.sandbox: SandboxServer | None = None
        self._is_closed = False
        application.commitDataRequest.connect(self._session_ends)
        self._probe = wiring.Probing(lambda: self._settings, self._clock)
        self._last_resort = LastResort(self._tell_crash)
        self.rescuing = Rescuing(self._show, self._clock, self)
        self.rescuing.ended.connect(self._reopen)
        self.rescuing.given_up.connect(self._quit)

    # The whole run

    def start(self) -> None:
        """Show the first start, or the till. Raises CashierError with nothing left open."""
        if not (self._settings.is_set_up or self._options.names_a_gateway):
            self._show_wizard()
            return
        try:
            self.open_till(self._settings)
        except CashierError as error:
            if not self.rescuing.offer(self._folders(), error):
                raise

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
        for part in (self._theme, self._translation):
            part.setParent(None)
            part.deleteLater()

    def _shut(self) -> None:
        self.rescuing.close()
        opened, self._open = self._open, None
        if opened is not None:
            opened.close()
        self.window = self.till = self.background = self.sandbox = None

    def open_till(self, wanted: Settings) -> None:
        """Build the till for these settings, top to bottom, and show it."""
        opened = ExitStack()
        self._open = opened
        try:
            self._build(opened, self._settled(wanted))
        except BaseException:
            self._shut()
            raise

    def _settled(self, wanted: Settings) -> Settings:
        """As saved anew by the end of a move of the journal that had been cut off."""
        if wiring.finish_move(self._folders()):
            self._settings = wanted = settings.load(self._settings_file)
        return wanted

    # Building

    def _build(self, opened: ExitStack, wanted: Settings) -> None:
        wanted = self._options.over(wanted)
        folders = Folders(self._root, training=wanted.is_training)
        folders.make()
        opened.callback(logs.close, logs.setup(folders.logs))
        used, found = wanted, None
        if wanted.base_url == BUILT_IN_GATEWAY:
            self.sandbox = wiring.start_sandbox(opened, folders)
            used, found = wiring.on_sandbox(wanted, self.sandbox)
        self.background = Background()
        opened.callback(self.background.close)
        if found is None:
            found = wiring.key_store(folders).read(used.merchant_id)
        wired = wiring.wire(opened, used, folders, found.key if found else None, clock=self._clock)
        opened.callback(self.background.call, wired.gateway.aclose)
        self.till = wired.till
        self.background.call(wired.till.start)
        if used.is_training:
            self.background.call(start_training, wired.till.staff, wired.journal, self._language())
        if self.sandbox is not None:
            prepare = partial(training.prepare, wired.till, wired.journal, self._language())
            self.background.call(prepare)
        self.window = self._window(used, found)
        opened.callback(self._close_window, self.window)
        running = self.background.start(wired.till.run)
        watching = self.background.start(wired.till.observe, report=self.window.show_view)
        opened.callback(running.cancel)
        opened.callback(watching.cancel)
        self._show(self.window)
        QTimer.singleShot(1000, self.background, partial(self.background.start, wiring.load_rest))

    def _window(self, used: Settings, found: FoundKey | None) -> MainWindow:
        till, background = self.till, self.background
        if till is None or background is None:
            raise RuntimeError("the window comes after the till")
        window = MainWindow(
            till=till,
            background=background,
            clock=self._clock,
            training=used.is_training,
            pages=PageMaker(
                till=till,
                background=background,
                clock=self._clock,
                used=used,
                settings=partial(self._settings_page, till, background, found),
            ),
            sounds=self._sounds,
        )
        window.settings_saved.connect(self._settings_saved)
        window.live_requested.connect(self._show_wizard)
        window.close_agreed.connect(self._quit)
        return window

    def _settings_page(
        self, till: Till, background: Background, found: FoundKey | None
    ) -> SettingsPage:
        from cashier.ui.pages.settings import SettingsPage

        page = SettingsPage(
            till=till,
            background=background,
            clock=self._clock,
            settings=self._settings,
            probe=self._probe,
            folder=self._root,
            training=self.sandbox is not None,
            found_key=found,
        )
        page.journal.restore_allowed.connect(self._put_back)
        page.journal.move_allowed.connect(self._move_journal)
        return page

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
            probe=self._probe,
            is_going_live=is_going_live,
            needs_administrator=not Folders(self._root, training=False).journal.exists(),
        )
        self.wizard = wizard
        opened.callback(self._close_wizard)
        wizard.language_chosen.connect(self._translation.use)
        wizard.training_chosen.connect(self._begin)
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
        if self.background is None or self.wizard is None:
            return
        self.background.start(
            wiring.store_key,
            self._root,
            wanted,
            key,
            done=lambda _: self._go_live(wanted, alias, new, administrator),
            failed=self.wizard.show_failure,
        )

    def _go_live(
        self,
        wanted: Settings,
        alias: str,
        new: NewTerminal | None,
        administrator: NewAdministrator | None,
    ) -> None:
        self._begin(wanted)
        till, background, window = self.till, self.background, self.window
        if till is None or background is None or window is None:
            return

        def once(_: object) -> None:
            window.locking.unlocked.disconnect(once)
            background.start(wiring.add_terminal, till, alias, new)

        window.locking.unlocked.connect(once)
        if administrator is not None:
            background.start(till.staff.make_administrator, administrator.name, administrator.pin)

    def _begin(self, wanted: Settings) -> None:
        """Leave the first start for the till."""
        try:
            self._keep(wanted)
        except CashierError as error:
            if self.wizard is not None:
                self.wizard.show_failure(error)
            return
        self._reopen()

    def _settings_saved(
        self, wanted: Settings, key: ApiKey | None, approval: Approval | None
    ) -> None:
        """Settings that a person saved: looks at once, the gateway by building the till anew."""
        if self.background is None or self.window is None or self.till is None:
            return
        self.background.start(
            self._save_settings,
            self.till,
            wanted,
            key,
            approval,
            done=partial(self._apply, wanted),
            failed=self.window.settings_page.show_failure,
        )

    async def _save_settings(
        self, till: Till, wanted: Settings, key: ApiKey | None, approval: Approval | None
    ) -> KeyPlace | None:
        """Whether it is allowed first; then the key, where there is a new one."""
        await till.configuration.allow(
            self._settings, wanted, has_new_key=key is not None, approval=approval
        )
        return await wiring.store_key(self._root, wanted, key) if key is not None else None

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
        try:
            self._settings = settings.load(self._settings_file)
            self.open_till(self._settings)
        except CashierError as error:
            if self.rescuing.offer(self._folders(), error):
                return
            self._show_wizard()
            if self.wizard is not None:
                self.wizard.show_failure(error)

    def _folders(self) -> Folders:
        return Folders(self._root, training=self._options.over(self._settings).is_training)

    def _put_back(self, allowed: AllowedRestore) -> None:
        """A copy in the journal's place: the till is closed for it, and opened on it."""
        self._shut()
        self.rescuing.put_back(self._folders(), allowed)

    def _move_journal(self, allowed: AllowedMove) -> None:
        """The same for a server in its place."""
        self._shut()
        folders = self._folders()
        self.rescuing.move(folders, allowed, partial(wiring.switch_journal, folders))

    # The end

    def _close_window(self, window: MainWindow) -> None:
        window.close_agreed.disconnect(self._quit)
        window.close_unasked()
        window.deleteLater()

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
