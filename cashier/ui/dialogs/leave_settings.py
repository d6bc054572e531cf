"""Asked when the settings are left with changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.label import Label, Role


class LeaveSettingsDialog(Dialog):
    """Esc stays, F12 saves and goes, the third button goes without saving. Enter does nothing."""

    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, window: QWidget, *, changed: str) -> None:
        super().__init__(window, name="leave_settings", width=600)
        self._changed = changed
        self._text = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="leave_settings.text")
        self._stay = Button("", name="leave_settings.stay", keycap="Esc")
        self._discard = Button("", name="leave_settings.discard", kind=Kind.DANGER)
        self._save = Button("", name="leave_settings.save", kind=Kind.PRIMARY, keycap="F12")
        self.body.addWidget(self._text)
        self.buttons.addWidget(self._stay)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._discard)
        self.buttons.addWidget(self._save)
        self._stay.clicked.connect(self.remove)
        self._discard.clicked.connect(self._take_discard)
        self._save.clicked.connect(self._take_save)
        self.escaped.connect(self.remove)
        self.on_key("F12", self._take_save)
        self.retranslate()

    def _take_save(self) -> None:
        self.remove()
        self.save_wanted.emit()

    def _take_discard(self) -> None:
        self.remove()
        self.discard_wanted.emit()

    def retranslate(self) -> None:
        self.set_title(self.tr("Save the changes?"))
        self._text.setText(self._changed)
        self._stay.setText(self.tr("Stay"))
        self._discard.setText(self.tr("Do not save"))
        self._save.setText(self.tr("Save"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
