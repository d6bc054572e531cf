"""The search, which keeps the focus while ↑ and ↓ go through the list, and the export's button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.field import Field

TEXT_LIMIT = 128
_TYPED_AFTER_MS = 200
_ICON = "file-text"


class SearchBar(QWidget):
    """`edited` at every letter, `rested` a moment after the last one, `submitted` by Enter.

    `key_pressed` with a key that the list may want; what it has taken, it accepts.
    """

    edited = Signal(str)
    rested = Signal()
    submitted = Signal()
    key_pressed = Signal(QKeyEvent)
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = Field(name="history.search", icon="search", keycap="F3", limit=TEXT_LIMIT)
        self._export = Button("", name="history.export", icon=_ICON, keycap="F10")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_TYPED_AFTER_MS)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._field, 1)
        self._layout.addWidget(self._export)
        self._field.line.installEventFilter(self)
        self._field.edited.connect(self._type)
        self._field.submitted.connect(self.submitted)
        self._export.clicked.connect(self.export_wanted)
        self._rest.timeout.connect(self.rested)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(12))

    def set_narrow(self, narrow: bool) -> None:
        self._export.set_icon("" if narrow else _ICON)

    @property
    def is_typing(self) -> bool:
        """Whether letters have come that nobody has looked for yet."""
        return self._rest.isActive()

    def text(self) -> str:
        return self._field.text().strip()

    def set_text(self, text: str) -> None:
        """Without telling."""
        self._rest.stop()
        self._field.line.setText(text)

    def focus(self, *, select: bool = True) -> None:
        self._field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if select:
            self._field.line.selectAll()

    def type_on(self, text: str) -> None:
        """Letters that were typed while the focus was in the list."""
        self.focus(select=False)
        self._field.line.setText(text)
        self._type(text)

    def stop(self) -> None:
        """It is being looked for."""
        self._rest.stop()

    def set_exportable(self, exportable: bool) -> None:
        self._export.setEnabled(exportable)

    def _type(self, text: str) -> None:
        self._rest.start()
        self.edited.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The edit passes an Enter on after it has told of it; the page must not hear it twice.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            event.ignore()
            self.key_pressed.emit(event)
            return event.isAccepted()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        self._field.line.setPlaceholderText(
            self.tr("Receipt number, sum, 4 digits of the card or a scan of the slip")
        )
        self._field.set_accessible(self.tr("Find a payment"))
        self._export.setText(self.tr("Export"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
