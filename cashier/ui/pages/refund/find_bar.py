"""The field that finds a receipt, and «Refund all that is left» beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.field import Field


class FindBar(QWidget):
    """Holds the keyboard: ↑ ↓ and the number pad's + − go to the table while nothing is typed."""

    wanted = Signal(str)
    """Enter, also a scanner's."""
    rows_moved = Signal(int)
    stepped = Signal(int)
    all_asked = Signal()
    reopened = Signal()
    """Enter with the text as it was found: the marked one of several."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = ""
        self.field = Field(name="refund.find", icon="search", keycap="F3")
        self.all = Button("", name="refund.all", keycap="F6", size=Size.NORMAL)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.field, 1)
        self._layout.addWidget(self.all)
        self.field.line.installEventFilter(self)
        self.all.clicked.connect(self.all_asked)
        self.setFocusProxy(self.field)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(12))

    def retranslate(self) -> None:
        self.field.set_accessible(self.tr("Receipt or order number"))
        self.field.line.setPlaceholderText(self.tr("Scan the slip or type the receipt’s number"))
        self.all.setText(self.tr("Refund all that is left"))

    @property
    def is_typing(self) -> bool:
        """Whether a number is half typed."""
        return self.field.text().strip() != self._found

    @property
    def is_held(self) -> bool:
        """Whether somebody is in the middle of a number."""
        return self.field.line.hasFocus() and self.is_typing

    def note_found(self, text: str) -> None:
        """The number of what an answer has brought on screen; one half typed stays typed."""
        if self.is_typing:
            self._found = text
        else:
            self.show_found(text)

    def show_found(self, text: str) -> None:
        """The number of what is on screen."""
        self._found = text
        self.field.set_text(text)
        self.field.line.selectAll()

    def take_back(self) -> None:
        """Forget what was half typed."""
        self.show_found(self._found)

    def begin(self) -> None:
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if not event.isAutoRepeat():
                    self._submit()
                return True
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.rows_moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            case Qt.Key.Key_Plus | Qt.Key.Key_Minus if not self.is_typing:
                self.stepped.emit(1 if event.key() == Qt.Key.Key_Plus else -1)
                return True
            case _:
                return False

    def _submit(self) -> None:
        text = self.field.text().strip()
        if text and (text != self._found):
            self.wanted.emit(text)
        elif text:
            self.reopened.emit()
