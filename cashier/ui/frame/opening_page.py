"""What stands in the window while its till is opened, and what becomes of keys typed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from cashier.services.stage import Stage
from cashier.ui.pages.page import Page
from cashier.ui.widgets.key_time import copied
from cashier.ui.widgets.label import Label, Role

if TYPE_CHECKING:
    from cashier.services.views import TillView

LONG_MS = 3000
_KEPT_KEYS = 500
"""More than anybody types before a window is ready; a key that is held down comes to an end."""
_EDITING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace)


class OpeningPage(Page):
    """One line for each `Stage`, and one more when it takes long.

    What types something, Enter and Backspace are kept in their order and with their times, so
    that a scan stays a scan; every other key is dropped: nobody can mean a button that is not
    there. `typed` hands them over once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("opening")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stage = Stage.PROGRAM
        self._keys: list[QKeyEvent] = []
        centre = Qt.AlignmentFlag.AlignHCenter
        self._text = Label(role=Role.TITLE, name="opening.text", align=centre)
        self._more = Label(role=Role.BODY, tone="2", name="opening.more", align=centre)
        self._more.hide()
        self.message_room = QVBoxLayout(self)
        self.message_room.addStretch(2)
        self.message_room.addWidget(self._text)
        self.message_room.addWidget(self._more)
        self.message_room.addStretch(3)
        QTimer.singleShot(LONG_MS, self._more, self._more.show)
        self._retranslate()

    def show_stage(self, stage: Stage) -> None:
        self._stage = stage
        self._retranslate()

    def typed(self) -> list[QKeyEvent]:
        """The keys that were kept, for whoever takes goods now."""
        keys, self._keys = self._keys, []
        return keys

    def show_view(self, view: TillView) -> None:
        """There is nothing of it to show."""

    def focus_main(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier
            | Qt.KeyboardModifier.KeypadModifier
            | Qt.KeyboardModifier.GroupSwitchModifier
        )
        types = bool(event.text()) and event.text().isprintable()
        if not held and (types or event.key() in _EDITING) and len(self._keys) < _KEPT_KEYS:
            self._keys.append(copied(event))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        match self._stage:
            case Stage.PROGRAM:
                text = self.tr("The till is starting…")
            case Stage.JOURNAL:
                text = self.tr("Opening the journal…")
            case Stage.TILL:
                text = self.tr("Preparing the till…")
        self._text.setText(text)
        self.setAccessibleName(text)
        self._more.setText(
            self.tr("A check after a power cut, or a slow server, takes longer. Nothing is lost.")
        )
