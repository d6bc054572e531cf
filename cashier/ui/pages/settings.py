"""The settings: sections, what has changed, the test of the connection. Applies nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.credentials import ApiKey, FoundKey, KeyPlace
from cashier.domain.failure import CashierError, Failure
from cashier.paths import Folders
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.settings import Settings
from cashier.ui.background import Background
from cashier.ui.dialogs.leave_settings import LeaveSettingsDialog
from cashier.ui.hints import Hint
from cashier.ui.pages.connection import Probe
from cashier.ui.pages.connection_trial import ConnectionTrial
from cashier.ui.pages.page import Page
from cashier.ui.pages.settings_about import AboutSection
from cashier.ui.pages.settings_bar import SettingsBar
from cashier.ui.pages.settings_diagnostics import DiagnosticsSection
from cashier.ui.pages.settings_door import SettingsDoor
from cashier.ui.pages.settings_draft import SettingsDraft, Wrong
from cashier.ui.pages.settings_gateway import GatewaySection
from cashier.ui.pages.settings_journal import JournalSection
from cashier.ui.pages.settings_look import LookSection
from cashier.ui.pages.settings_menu import SectionMenu, section_tile
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.pages.settings_stack import SettingsStack
from cashier.ui.pages.settings_staff import StaffSection
from cashier.ui.pages.settings_till import TillSection
from cashier.ui.pages.settings_training import TrainingSection
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.fitted_scroll import bring_into_sight
from cashier.ui.widgets.shortcut import shortcut

_NARROW = 1180
_KEY_FAILURES = (Failure.KEY_STORE_MISSING, Failure.KEY_STORE_REFUSED)


class SettingsPage(Page):
    """Picture 16.

    `settings_saved(Settings, ApiKey | None, Approval | None)`: F12 with everything checked.
    Whoever applies it then calls `show_saved`, or `show_failure`; until then the page waits.
    `live_requested`: over to real payments, asked for in training.
    """

    settings_saved = Signal(object, object, object)
    live_requested = Signal()
    scan_dropped = Signal()

    def __init__(
        self,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        settings: Settings,
        probe: Probe,
        folder: Path,
        training: bool,
        found_key: FoundKey | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self._till = till
        self._background = background
        self._settings = settings
        self._open = 0
        self._is_saving = self._has_come = False
        self._sent_key: ApiKey | None = None
        self._goes_on: Callable[[], None] | None = None
        self._gateway = None if training else GatewaySection()
        self._training = TrainingSection() if training else None
        about = AboutSection(folder)
        first: SettingsSection = self._gateway or self._training or about
        people = StaffSection(till.staff, background, clock)
        home = Folders(folder, training=training or settings.is_training)
        self.journal = JournalSection(home, settings, till, background, clock)
        help_ = DiagnosticsSection(home, till, background, clock)
        middle = (TillSection(), LookSection(), people, self.journal, help_)
        self._sections = (first, *middle, about)
        self._door = SettingsDoor(staff=till.staff, background=background, clock=clock)
        self._number = 0
        self._draft = SettingsDraft(self._sections, self._gateway)
        self._tiles = tuple(section_tile(one.objectName()) for one in self._sections)
        self._menu = SectionMenu(self._tiles)
        self._box = ComboBox(name="settings.section", accessible="section")
        self._bar = SettingsBar()
        self._arrange()
        self._connect()
        self._show_all(settings)
        self._test: ConnectionTrial | None = None
        if self._gateway is not None:
            self._gateway.show_key(found_key)
            self._test = ConnectionTrial(
                self._gateway, background=background, clock=clock, probe=probe
            )
        self._show_section(0)
        self.retranslate()
        follow_theme(self.restyle)

    # How it is built

    def _arrange(self) -> None:
        self._stack = SettingsStack(self._sections, self._door)
        self._right = self.message_room = QVBoxLayout()
        self._right.setSpacing(0)
        self._box_room = QVBoxLayout()
        self._box_room.addWidget(self._box)
        self._right.addLayout(self._box_room)
        self._right.addWidget(self._stack, 1)
        self._right.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._menu)
        layout.addLayout(self._right, 1)

    def _connect(self) -> None:
        for section in self._sections:
            section.edited.connect(self._paint)
            section.hints_changed.connect(self.footer_changed)
            section.scan_dropped.connect(self.scan_dropped)
        self._door.changed.connect(self._open_or_shut)
        self._door.failed.connect(self.problem_raised)
        self._menu.chosen.connect(self._show_section)
        self._box.activated.connect(self._show_section)
        self._bar.cancel_wanted.connect(self.revert)
        self._bar.save_wanted.connect(self.save)
        if self._gateway is not None:
            self._gateway.test_wanted.connect(self.test)
        if self._training is not None:
            self._training.live_wanted.connect(lambda: self.leave(self.live_requested.emit))
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, pressed in (("F5", self.test), ("F12", self.save), ("Esc", self.revert)):
            shortcut(self, keys, pressed, context=inside)

    def restyle(self, theme: Theme) -> None:
        narrow = self.width() < theme.px(_NARROW)
        self._menu.setVisible(not narrow)
        self._box.setVisible(narrow)
        side = theme.px(20 if narrow else 28)
        self._box_room.setContentsMargins(side, theme.px(12) if narrow else 0, side, 0)
        self._stack.space(theme, side=side)
        for section in self._sections:
            section.set_narrow(narrow)
        self._bar.set_narrow(narrow)

    # What the frame asks

    def show_view(self, view: TillView) -> None:
        self._door.show_person(view.person)
        for section in self._sections:
            section.person = view.person
        if self._gateway is not None:
            self._gateway.show_terminal(view.terminal.info.alias if view.terminal else "")
            if self.isVisible():
                self._count_open()

    def footer(self) -> tuple[Hint, ...]:
        own = self._section.hints()
        if own and not self._section.has_bar:
            return own
        return (Hint("↑ ↓", self.tr("Section")), Hint("Tab", self.tr("Field")), *own)

    def footer_note(self) -> str:
        return self._section.note()

    @property
    def _section(self) -> SettingsSection:
        return self._sections[self._number]

    def focus_main(self) -> None:
        """To the sections, and from there to the first field of the one on screen."""
        focus = QApplication.focusWidget()
        on_sections = focus is self._box or (focus is not None and self._menu.isAncestorOf(focus))
        has_come, self._has_come = self._has_come, False
        if on_sections and not has_come:
            self._focus_section()
        elif self._box.isHidden():
            self._menu.focus_current()
        else:
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_section(self) -> None:
        if self._is_open:
            self._section.focus_first()
            bring_into_sight(QApplication.focusWidget() or self._section)
        else:
            self._door.focus_first()

    def entered(self) -> None:
        self._has_come = True
        self._count_open()
        self._section.entered()

    def left(self) -> None:
        self._section.left()
        self._stop_testing()
        self._door.shut()

    def can_leave(self) -> bool:
        """Whether nothing typed would be lost."""
        return not self._changed()

    def leave(self, go: Callable[[], None]) -> None:
        """Call `go` now, or after the person has decided about the changes, or never."""
        if self.can_leave():
            go()
            return

        def discard() -> None:
            self.revert()
            go()

        def save() -> None:
            if self.can_leave():  # saved while it was asked
                go()
                return
            self._goes_on = go
            self.save()

        dialog = LeaveSettingsDialog(self.window(), changed=self._changed_text())
        dialog.discard_wanted.connect(discard)
        dialog.save_wanted.connect(save)
        dialog.open()

    # What the application says

    def show_saved(self, settings: Settings, key_place: KeyPlace | None = None) -> None:
        """It is saved and applied; `key_place` where a new key went."""
        new_key = self._sent_key
        self._is_saving = False
        self._settings = settings
        self._show_all(settings)
        if self._gateway is not None and key_place is not None and new_key is not None:
            self._gateway.show_key(FoundKey(new_key, key_place))
        self._sent_key = None
        self._paint()
        self._open_or_shut()
        goes_on, self._goes_on = self._goes_on, None
        if goes_on is not None:
            goes_on()

    def show_failure(self, error: CashierError) -> None:
        """It was not saved; everything typed is still there."""
        self._is_saving = False
        self._has_come = False
        self._sent_key = None
        self._goes_on = None
        self._paint()
        self._open_or_shut()
        if error.failure in _KEY_FAILURES and self._gateway is not None:
            self._show_section(0)
            self._gateway.show_key_failure(error)
        else:
            self.problem_raised.emit(error)

    # Saving

    def save(self) -> None:
        """F12: check everything, then let the application apply it."""
        if self._is_saving or not self._changed():
            return
        read = self._read()
        if read is None:
            self._goes_on = None
            return
        self._is_saving = True
        self._paint()
        self._background.start(
            self._till.open_payments,
            done=lambda count: self._send(read, count),
            failed=self.show_failure,
        )

    def _send(self, read: tuple[Settings, ApiKey | None], count: int) -> None:
        """Row G28: what the open payments need does not change under them."""
        wanted, key = read
        now = self._settings
        self._take_open(count)
        is_moved = (wanted.merchant_id, wanted.base_url) != (now.merchant_id, now.base_url)
        if count and (key is not None or is_moved):
            self._is_saving = False
            self._goes_on = None
            self._show_section(0)
            self._paint()
            return
        self._sent_key = key
        self.settings_saved.emit(wanted, key, self._door.take_approval())

    def revert(self) -> None:
        """Esc: back to what is saved."""
        if not self._is_saving:
            self._stop_testing()
            self._show_all(self._settings)
            self._paint()

    def _read(self) -> tuple[Settings, ApiKey | None] | None:
        """The settings as they are typed; None after marking what is wrong."""
        read = self._draft.read(self._settings)
        if isinstance(read, Wrong):
            self._show_section(read.section)
            if read.errors:
                self._sections[read.section].show_errors(read.errors)
            elif read.failure is not None:
                self.problem_raised.emit(read.failure)
            return None
        return read

    def _changed(self) -> list[str]:
        return self._draft.changed(self._settings)

    def _changed_text(self) -> str:
        changed = ", ".join(self._changed())
        return (
            self.tr("Changed: {0}").format(changed) if changed else self.tr("Nothing has changed")
        )

    # The test of the connection

    def test(self) -> None:
        """F5: ask the gateway with what is typed, before it is saved."""
        if self._test is not None and self._number == 0 and self._is_open:
            self._test.run()

    def _stop_testing(self) -> None:
        if self._test is not None:
            self._test.stop()

    # What is shown

    def _show_all(self, settings: Settings) -> None:
        for section in self._sections:
            section.show_settings(settings)
        self._draft.note_shown()

    def _show_section(self, number: int) -> None:
        before, self._number = self._section, number
        if before is not self._section and self.isVisible():
            before.left()
            self._section.entered()
        self._menu.show_section(number)
        self._box.setCurrentIndex(number)
        self._open_or_shut()

    @property
    def _is_open(self) -> bool:
        return self._door.is_open(self._section)

    def _open_or_shut(self) -> None:
        """The section that was chosen, or the door before it."""
        self._stack.show_section(self._number, is_open=self._is_open)
        self._bar.setVisible(self._section.has_bar and self._is_open)
        self.footer_changed.emit()

    def _count_open(self) -> None:
        if self._gateway is not None:
            self._background.start(self._till.open_payments, done=self._take_open)

    def _take_open(self, count: int) -> None:
        if self._gateway is not None and count != self._open:
            self._open = count
            self._gateway.show_open(count)
            self._paint()

    def _paint(self) -> None:
        """The bar, from what has changed."""
        busy = self.tr("Saving…") if self._is_saving else None
        self._bar.show_state(self._changed_text(), is_changed=not self.can_leave(), busy=busy)

    def retranslate(self) -> None:
        self._box.clear()
        for tile, section in zip(self._tiles, self._sections, strict=True):
            section.retranslate()
            tile.setText(section.title())
            self._box.addItem(section.title())
        self._box.setCurrentIndex(self._number)
        self._box.setAccessibleName(self.tr("Section"))
        self._paint()
        self.footer_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())
