"""Something over the whole window that takes every key and tap until it goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget


class WindowCover(QWidget):
    """Lies over `window`, follows its size, keeps the focus. Throw it away with `uncover`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._covered = window
        self._returns_to: QWidget | None = QApplication.focusWidget()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.hide()

    def uncover(self) -> None:
        """Go, and give the focus back."""
        back = self._returns_to
        self._covered.removeEventFilter(self)
        self.hide()
        self.setParent(None)
        self.deleteLater()
        if back is not None and back.isVisible() and back.isEnabled():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._covered and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # An accepted override keeps the shortcuts of what lies below from firing.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """There is nowhere else to go."""
        return True
