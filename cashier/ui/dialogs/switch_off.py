"""Asked before somebody is switched off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.staff import Person
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.label import Label, Role


class SwitchOffDialog(Dialog):
    """F12 does it, Esc does not. Enter does nothing."""

    agreed = Signal()

    def __init__(self, window: QWidget, *, person: Person) -> None:
        super().__init__(window, name="switch_off", width=560)
        self._person = person
        self._text = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="switch_off.text")
        self._stay = Button("", name="switch_off.cancel", keycap="Esc")
        self._agree = Button("", name="switch_off.agree", kind=Kind.DANGER, keycap="F12")
        self.body.addWidget(self._text)
        self.buttons.addWidget(self._stay)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._agree)
        self._stay.clicked.connect(self.remove)
        self._agree.clicked.connect(self._take)
        self.escaped.connect(self.remove)
        self.on_key("F12", self._take)
        self.retranslate()

    def _take(self) -> None:
        self.remove()
        self.agreed.emit()

    def retranslate(self) -> None:
        self.set_title(self.tr("Switch {0} off?").format(self._person.name))
        self._text.setText(
            self.tr(
                "The PIN is deleted and nobody signs in by this name. Receipts and the journal "
                "keep it. A new PIN switches the person on again."
            )
        )
        self._stay.setText(self.tr("Cancel"))
        self._agree.setText(self.tr("Switch off"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
