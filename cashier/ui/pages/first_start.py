"""The first start: language and mode; for real payments keys, terminal and administrator."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.terminal import NewTerminal
from cashier.services.staff_rules import NewAdministrator
from cashier.settings import BUILT_IN_GATEWAY, DEFAULT_BASE_URL, Language, Settings
from cashier.ui.background import Background
from cashier.ui.pages.account_fields import Account
from cashier.ui.pages.connection import Probe
from cashier.ui.pages.first_start_admin import AdministratorStep
from cashier.ui.pages.first_start_keys import KeysStep
from cashier.ui.pages.first_start_mode import ModeStep
from cashier.ui.pages.first_start_steps import BrandMark, StepList, StepText
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.fitted_scroll import scrolling
from cashier.ui.widgets.focus_ring import FocusRing
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shortcut import shortcut
from cashier.ui.widgets.tone import Tone

_MODE, _KEYS, _ADMIN = 0, 1, 2
_NARROW = 1180


class FirstStart(QWidget):
    """Fills the window. Enter goes on, Esc one step back, nothing typed is lost.

    `language_chosen`: speak that language at once. `training_chosen(Settings)` and
    `live_chosen(Settings, ApiKey, alias, NewTerminal | None, NewAdministrator | None)`: the
    application takes over (stores the key, saves, makes the administrator, creates or adds the
    terminal) and either replaces this page or calls `show_failure`; until then the page shows
    progress and takes no key. Where there are staff already, no administrator is asked for.
    """

    language_chosen = Signal(str)
    training_chosen = Signal(object)
    live_chosen = Signal(object, object, str, object, object)
    scan_dropped = Signal()
    """For the low tone: a scanner is no way to type a PIN."""

    def __init__(
        self,
        *,
        settings: Settings,
        background: Background,
        clock: Clock,
        probe: Probe,
        is_going_live: bool = False,
        needs_administrator: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("first")
        self._settings = settings
        self._background = background
        self._is_busy = False
        live = replace(settings, base_url=DEFAULT_BASE_URL) if settings.is_training else settings
        if settings.is_training:
            live = replace(live, merchant_id="", terminal_id="")
        self._mode = ModeStep(needs_administrator=needs_administrator)
        self._keys = KeysStep(settings=live, background=background, clock=clock, probe=probe)
        self._admin = AdministratorStep(clock=clock) if needs_administrator else None
        self._account: tuple[Account, str, NewTerminal | None] | None = None
        self._steps = StepList(3 if needs_administrator else 2)
        self._back = Button("", name="first.back", size=Size.LG, keycap="Esc")
        self._next = Button(
            "", name="first.next", kind=Kind.PRIMARY, size=Size.LG, keycap="Enter", spread=True
        )
        self._where = Label(tone="2", name="first.where", elide=True)
        self._band = Band(name="first.failure")
        self._arrange()
        self._connect()
        if is_going_live or (live.merchant_id and not settings.is_set_up):
            self._mode.choose_live()
            self._stack.setCurrentIndex(_KEYS)
        self.retranslate()
        self.focus_main()
        self.ring = FocusRing(self)
        follow_theme(self.restyle)

    # How it is built

    def _arrange(self) -> None:
        self._menu = self._made_menu()
        self._stack = QStackedWidget()
        parts = (self._mode, self._keys, self._admin)
        for area in (scrolling(part) for part in parts if part is not None):
            self._stack.addWidget(area)
        content = QWidget()
        self._content = QVBoxLayout(content)
        self._content.addWidget(self._stack, 1)
        self._content.addWidget(self._band)
        self._bar = QFrame()
        self._bar.setProperty("surface", "bar")
        self._bar_row = QHBoxLayout(self._bar)
        self._bar_row.addWidget(self._back)
        self._bar_row.addWidget(self._where, 1)
        self._bar_row.addWidget(self._next)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(content, 1)
        right.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._menu)
        layout.addLayout(right, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "canvas")

    def _made_menu(self) -> QFrame:
        menu = QFrame()
        menu.setProperty("surface", "menu")
        self._mark = BrandMark()
        self._product = Label(role=Role.PANEL_HEAD)
        self._product_note = Label(role=Role.CAPTION, wrap=True)
        self._later = Label(role=Role.CAPTION, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._product)
        words.addWidget(self._product_note)
        self._brand = QHBoxLayout()
        self._brand.addWidget(self._mark)
        self._brand.addLayout(words, 1)
        self._menu_layout = QVBoxLayout(menu)
        self._menu_layout.addLayout(self._brand)
        self._menu_layout.addWidget(self._steps)
        self._menu_layout.addStretch(1)
        self._menu_layout.addWidget(self._later)
        return menu

    def _connect(self) -> None:
        self._mode.language_chosen.connect(self.language_chosen)
        self._mode.mode_chosen.connect(self.show_state)
        self._keys.changed.connect(self.show_state)
        self._keys.completed.connect(self._take_account)
        if self._admin is not None:
            self._admin.changed.connect(self.show_state)
            self._admin.scan_dropped.connect(self.scan_dropped)
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self._press_next)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Return", "Enter"):
            shortcut(self, keys, self._go_on, context=inside)
        shortcut(self, "Esc", self._go_back, context=inside)
        shortcut(self, "F5", self._check, context=inside)
        shortcut(self, "F12", self._start, context=inside)

    def restyle(self, theme: Theme) -> None:
        narrow = self.width() < theme.px(_NARROW)
        side = theme.px(40 if narrow else 72)
        self._menu.setFixedWidth(theme.px(268 if narrow else 352))
        pad = theme.px(24 if narrow else 36)
        self._menu_layout.setContentsMargins(pad, theme.px(40), pad, theme.px(32))
        self._menu_layout.setSpacing(theme.px(48))
        self._brand.setSpacing(theme.px(14))
        top = theme.px(28 if narrow else 44)
        self._content.setContentsMargins(side, top, side, theme.px(16))
        self._content.setSpacing(theme.px(12))
        self._bar.setFixedHeight(theme.px(84 if narrow else 104))
        self._bar_row.setContentsMargins(side, 0, side, 0)
        self._bar_row.setSpacing(theme.px(20))
        self._next.setMinimumWidth(theme.px(300))

    # What the application says

    def show_progress(self, text: str = "") -> None:
        """The application is at work; no key does anything until `show_failure`."""
        self._is_busy = True
        self._band.clear()
        self._lock_steps(True)
        self._next.set_busy(text or self.tr("Setting up…"))
        self._back.setEnabled(False)

    def show_failure(self, error: CashierError) -> None:
        """It went wrong: say so and give everything back as it was typed."""
        self._is_busy = False
        self._lock_steps(False)
        if self._stack.currentIndex() == _KEYS:
            self._keys.show_failure(error)
        elif self._admin is None or not self._admin.show_failure(error):
            self._band.show_message(failure_text(error), tone=Tone.BAD)
        self.show_state()
        if not self.isAncestorOf(self.focusWidget()):
            self.focus_main()

    def focus_main(self) -> None:
        """Put the focus where the typing goes on."""
        at = self._stack.currentIndex()
        if at == _ADMIN and self._admin is not None and self._admin.has_people:
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)
        elif at == _ADMIN and self._admin is not None:
            self._admin.focus_first()
        else:
            (self._keys if at == _KEYS else self._mode).focus_first()

    def _lock_steps(self, locked: bool) -> None:
        self._keys.set_locked(locked)
        if self._admin is not None:
            self._admin.set_locked(locked)

    # Steps

    def show_state(self) -> None:
        """Repaint the frame around the step."""
        at = self._stack.currentIndex()
        note = "" if self._mode.is_live else self.tr("for real payments only")
        texts = [
            StepText(self.tr("Language and mode")),
            StepText(self.tr("Keys and terminal"), note),
        ]
        if self._admin is not None:
            texts.append(StepText(self.tr("Administrator"), note))
        self._steps.show_steps(texts, current=at)
        self._back.setVisible(at != _MODE)
        self._back.setEnabled(not self._is_busy)
        self._next.set_keycap("F12" if at == _ADMIN else "Enter")
        self._next.setEnabled(at != _ADMIN or (self._admin is not None and self._admin.is_complete))
        if at == _ADMIN:
            self._next.setText(self.tr("Start work"))
            narrow = self.width() < current_theme().px(_NARROW)
            short = self.tr("Step {0} of {1}").format(3, len(texts))
            opens = (
                self.tr("Step 3 of 3. The till opens, you sign in.")
                if self._admin is not None and self._admin.has_people
                else self.tr("Step 3 of 3. The till opens on Sale.")
            )
            self._where.setText(short if narrow else opens)
        elif at == _KEYS:
            self._next.setText(self._keys.main_text())
            self._where.setText(self.tr("Step {0} of {1}").format(2, len(texts)))
        elif self._mode.is_live:
            self._next.setText(self.tr("Next"))
            self._where.setText(self.tr("Step {0} of {1}").format(1, len(texts)))
        else:
            self._next.setText(self.tr("Start training"))
            self._where.setText(self.tr("Step 1. In training it is the only one."))
        if not self._is_busy:
            self._next.set_busy(self._keys.busy_text() if at == _KEYS else None)

    def _press_next(self) -> None:
        if self._stack.currentIndex() == _ADMIN:
            self._start()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Enter. On the last page it only goes from field to field."""
        at = self._stack.currentIndex()
        if self._is_busy:
            return
        if at == _ADMIN and self._admin is not None:
            self._admin.advance()
        elif at == _KEYS:
            self._keys.advance()
        elif self._mode.is_live:
            self._show_step(_KEYS)
        else:
            self.show_progress()
            self.training_chosen.emit(self._with_language(self._training_settings()))

    def _start(self) -> None:
        """F12 on the last page."""
        if self._is_busy or self._stack.currentIndex() != _ADMIN or self._admin is None:
            return
        administrator = None if self._admin.has_people else self._admin.read()
        if administrator is not None or self._admin.has_people:
            self._complete(administrator)

    def _go_back(self) -> None:
        at = self._stack.currentIndex()
        if self._is_busy or at == _MODE:
            return
        self._keys.stop()
        self._show_step(at - 1)

    def _check(self) -> None:
        if not self._is_busy and self._stack.currentIndex() == _KEYS:
            self._keys.check()

    def _show_step(self, step: int) -> None:
        self._band.clear()
        self._stack.setCurrentIndex(step)
        self.show_state()
        self.focus_main()

    def _take_account(self, account: Account, alias: str, new: NewTerminal | None) -> None:
        self._account = (account, alias, new)
        if self._admin is None:
            self._complete(None)
        elif account.settings.journal_url:
            from cashier.services.shared_people import administrators_at

            self.show_progress(self.tr("Asking the shared journal…"))
            self._background.start(
                administrators_at,
                account.settings.journal_url,
                done=self._take_people,
                failed=self._take_silence,
            )
        else:
            self._show_step(_ADMIN)

    def _take_people(self, administrators: tuple[str, ...]) -> None:
        """Who administrates in the shared journal: with them, nobody is made here."""
        self._is_busy = False
        self._lock_steps(False)
        if self._admin is not None:
            self._admin.show_people(administrators)
            self._show_step(_ADMIN)

    def _take_silence(self, error: CashierError) -> None:
        self._is_busy = False
        self._lock_steps(False)
        reason = str(error.facts.get("reason") or "")
        self._band.show_message(failure_text(error), tone=Tone.BAD, detail=reason)
        self.show_state()
        self.focus_main()

    def _complete(self, administrator: NewAdministrator | None) -> None:
        if self._account is None:
            return
        account, alias, new = self._account
        self.show_progress(self.tr("Creating the terminal…") if new else "")
        settings = self._with_language(account.settings)
        self.live_chosen.emit(settings, account.key, alias, new, administrator)

    def _training_settings(self) -> Settings:
        if self._settings.is_training:
            return replace(self._settings, is_set_up=True)
        return replace(self._settings, base_url=BUILT_IN_GATEWAY, merchant_id="", is_set_up=True)

    def _with_language(self, settings: Settings) -> Settings:
        return replace(settings, language=Language(current_language()))

    # Words

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Cashier"))
        self._product.setText(self.tr("Cashier"))
        self._product_note.setText(self.tr("QR payments through Invoice"))
        self._later.setText(self.tr("All of this can be changed later in Settings."))
        self._back.setText(self.tr("Back"))
        self.show_state()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())
        self.show_state()
