"""Something over the window that takes every key and tap until it goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from cashier.ui.widgets.dialog import Scrim


class WindowCover(QWidget):
    """Lies over `window`, follows its size, keeps the focus. Throw it away with `uncover`.

    In training the band that says so stays in sight above it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._covered = window
        self._returns_to: QWidget | None = QApplication.focusWidget()
        window.installEventFilter(self)
        self.setGeometry(self._room())
        self.hide()

    def uncover(self) -> None:
        """Go, and give the focus back."""
        back = self._returns_to
        self._covered.removeEventFilter(self)
        Scrim.lift(self)
        self.hide()
        self.setParent(None)
        self.deleteLater()
        if back is not None and back.isVisible() and back.isEnabled():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.raise_()
        Scrim.lay(self)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._covered and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._room())
        return super().eventFilter(watched, event)

    def _room(self) -> QRect:
        band = self._covered.findChild(QWidget, "training")
        above = band.height() if band is not None and band.isVisibleTo(self._covered) else 0
        return self._covered.rect().adjusted(0, above, 0, 0)

    def event(self, event: QEvent) -> bool:
        # An accepted override keeps the shortcuts of what lies below from firing.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """There is nowhere else to go."""
        return True
