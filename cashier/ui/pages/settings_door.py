"""Stands where a section of the settings is that the person at the till may not change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.staff import Staff
from cashier.ui.background import Background
from cashier.ui.dialogs.approving import Approving
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.empty_state import EmptyState


class SettingsDoor(EmptyState):
    """Opened by an administrator, or by their PIN for one change; `changed` when that changes."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, *, staff: Staff, background: Background, clock: Clock) -> None:
        super().__init__(name="settings.shut", icon="lock")
        self._person: Person | None = None
        self._approval: Approval | None = None
        self._approving = Approving(
            self, staff=staff, background=background, failed=self._fail, clock=clock
        )
        self._pin = Button("", name="settings.pin", icon="key-round", size=Size.SM)
        self._pin.clicked.connect(self.ask)
        self.add_button(self._pin)
        self.retranslate()

    def show_person(self, person: Person | None) -> None:
        """Who is at the till now."""
        if person != self._person:
            self._person = person
            self.shut()

    def is_open(self, section: SettingsSection) -> bool:
        """Whether this section may be changed as things stand."""
        if not section.needs_right or self._approval is not None:
            return True
        return self._person is not None and self._person.may(Right.SETTINGS)

    def ask(self) -> None:
        """Somebody's PIN, for one change."""
        text = self.tr("Open the settings for one change.")
        self._approving.ask(Right.SETTINGS, text, self._take, person=self._person)

    def take_approval(self) -> Approval | None:
        """The approval that is to be spent, if the change needs one; the door shuts after it."""
        given, self._approval = self._approval, None
        return given

    def shut(self) -> None:
        """What was not used is gone."""
        self._approval = None
        self.changed.emit()

    def focus_first(self) -> None:
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, approval: Approval | None) -> None:
        self._approval = approval
        self.changed.emit()

    def _fail(self, error: CashierError) -> None:
        self.failed.emit(error)

    def retranslate(self) -> None:
        self.show_texts(
            self.tr("The administrator opens this section"),
            self.tr("Their PIN opens it here for one change."),
        )
        self._pin.setText(self.tr("PIN"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
