"""What stands in the window while its till is opened, and what becomes of keys typed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.services.stage import Stage
from cashier.ui.widgets.plain_line import PlainLine

if TYPE_CHECKING:
    from cashier.ui.widgets.label import Label

# Qt's own enums take PySide longer to make than this page takes in all: they come with the first
# key or the second line.

LONG_MS = 3000
_KEPT_KEYS = 500
"""More than anybody types before a window is ready; a key that is held down comes to an end."""


class OpeningPage(QWidget):
    """One line for each `Stage`, and one more when it takes long.

    What types something, Enter and Backspace are kept in their order and with their times, so
    that a scan stays a scan; every other key is dropped: nobody can mean a button that is not
    there. `typed` hands them over once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("opening")
        self._stage = Stage.PROGRAM
        self._keys: list[QKeyEvent] = []
        self._text = PlainLine(role="title", name="opening.text")
        self._column = QVBoxLayout(self)
        self._column.addStretch(2)
        self._column.addWidget(self._text)
        self._column.addStretch(3)
        self._more: Label | None = None
        QTimer.singleShot(LONG_MS, self, self._show_more)
        self._retranslate()

    def show_stage(self, stage: Stage) -> None:
        self._stage = stage
        self._retranslate()

    def typed(self) -> list[QKeyEvent]:
        """The keys that were kept, for whoever takes goods now."""
        keys, self._keys = self._keys, []
        return keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        from cashier.ui.widgets.key_time import copied

        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier
            | Qt.KeyboardModifier.KeypadModifier
            | Qt.KeyboardModifier.GroupSwitchModifier
        )
        types = bool(event.text()) and event.text().isprintable()
        edits = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace)
        if not held and (types or edits) and len(self._keys) < _KEPT_KEYS:
            self._keys.append(copied(event))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _show_more(self) -> None:
        from PySide6.QtCore import Qt

        from cashier.ui.widgets.label import Label

        centre = Qt.AlignmentFlag.AlignHCenter
        self._more = Label(tone="2", name="opening.more", align=centre)
        self._column.insertWidget(2, self._more)
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
        if self._more is not None:
            self._more.setText(
                self.tr(
                    "A check after a power cut, or a slow server, takes longer. Nothing is lost."
                )
            )
