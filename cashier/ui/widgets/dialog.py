"""A dialog that is part of the window: a frame over a scrim, never a window of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded

_PAD = 28
_MARGIN = 12
_LEAST_BODY = 96


class Scrim(QWidget):
    """Darkens its window, keeps mouse, keys and focus from what lies under it.

    Tab goes round inside and never leaves: Qt itself sees to it, as for every sub-window. Walking
    the chain from here would wrap widgets that Qt made (scroll bars, viewports); such wrappers
    outlive them, and the next widget at the same address is taken for the dead one.
    """

    _open: ClassVar[list[QWidget]] = []

    key_pressed = Signal(QKeyEvent)
    focus_moved = Signal(QWidget)
    resized = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.SubWindow)
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._returns_to: QWidget | None = None
        self._asked_for: QWidget | None = None  # by the page that came on screen below
        self.hide()

    def cover(self) -> None:
        """Lie over the whole window and remember where the focus was."""
        self._returns_to = QApplication.focusWidget()
        self._window.installEventFilter(self)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        Scrim.lay(self)
        QApplication.instance().focusChanged.connect(self._keep_focus)  # type: ignore[union-attr]  # there is an application wherever there are widgets

    def uncover(self) -> None:
        """Give the window back, and the focus to where it was, or would be by now."""
        if self.isHidden():
            return
        QApplication.instance().focusChanged.disconnect(self._keep_focus)  # type: ignore[union-attr]  # as above
        self._window.removeEventFilter(self)
        Scrim.lift(self)
        self.hide()
        wanted = (self._returns_to, self._asked_for)
        self._returns_to = self._asked_for = None
        for back in wanted:
            if back is not None and isValid(back) and back.isVisible() and back.isEnabled():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # An accepted override keeps the shortcuts of the pages below from firing.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        self.key_pressed.emit(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        super().focusNextPrevChild(forward)
        target = self.focusWidget()
        if target is not None:
            self.focus_moved.emit(target)
        return True

    def focus_first(self) -> None:
        """Put the focus on the first thing inside that Tab reaches, or on the scrim."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        super().focusNextPrevChild(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().color("scrim"))

    @staticmethod
    def lay(cover: QWidget) -> None:
        """That lies over all the rest of its window now, and the keys are its own."""
        Scrim.lift(cover)
        Scrim._open.append(cover)

    @staticmethod
    def lift(cover: QWidget) -> None:
        """That is gone."""
        Scrim._open = [one for one in Scrim._open if isValid(one) and one is not cover]

    @staticmethod
    def uppermost(window: QWidget) -> QWidget | None:
        """What lies over everything in `window`, if anything does."""
        above = [one for one in Scrim._open if isValid(one) and one.parentWidget() is window]
        return above[-1] if above else None

    def _is_uppermost(self) -> bool:
        return Scrim.uppermost(self._window) is self

    def _keep_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now is self or self.isAncestorOf(now):
            return
        if now.window() is not self._window.window() or not self._is_uppermost():
            return
        self._asked_for = now
        if old is not None and self.isAncestorOf(old):
            old.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()


class Dialog(QFrame):
    """A titled frame in the middle of `window`, with a `body` and a row of `buttons` below.

    The body scrolls where the window is too low for it; title and buttons always stay in sight.

    Keys do nothing unless bound with `on_key`; Esc emits `escaped`. Enter is never bound by
    itself. `open()` shows it, `dismiss()` takes it away and gives the focus back.
    """

    escaped = Signal()
    dismissed = Signal()
    covers_lock: ClassVar[bool] = False
    """Whether it opens also while nobody is at the till."""

    def __init__(
        self,
        window: QWidget,
        *,
        name: str,
        title: str = "",
        accessible: str = "",
        width: int = 520,
    ) -> None:
        self._scrim = Scrim(window)
        super().__init__(self._scrim)
        self.setObjectName(name)
        self._accessible = accessible
        self._width = width
        self._keys: dict[str, Callable[[], object]] = {}
        self._title = Label(role=Role.TITLE, wrap=True, name=f"{name}.title")
        self._inner = QWidget()
        self._inner.installEventFilter(self)
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        self.buttons = QHBoxLayout()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._area)
        self._layout.addLayout(self.buttons)
        around = QHBoxLayout(self._scrim)
        around.addStretch(1)
        around.addWidget(self, 0, Qt.AlignmentFlag.AlignVCenter)
        around.addStretch(1)
        self._scrim.key_pressed.connect(self._take_key)
        self._scrim.focus_moved.connect(self._bring_into_sight)
        self._scrim.resized.connect(self._fit)
        self.set_title(title)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        pad = theme.px(_PAD)
        self._layout.setContentsMargins(pad, pad, pad, pad)
        self._layout.setSpacing(theme.px(20))
        self.body.setSpacing(theme.px(12))
        self.buttons.setSpacing(theme.px(12))
        self._fit()
        self.update()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(self._accessible or title)

    @property
    def is_open(self) -> bool:
        return not self._scrim.isHidden()

    def open(self, *, focus: QWidget | None = None) -> None:
        """Show it with the focus on `focus`, or on the first thing that takes it.

        Under the lock it goes at once, as if the lock had come right after it.
        """
        self._scrim.cover()
        self._fit()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._scrim.focus_first()
        if self.window().property("locked") and not self.covers_lock:
            self.dismiss()

    def dismiss(self) -> None:
        """Take it away; the object can be opened again."""
        if not self.is_open:
            return
        self._scrim.uncover()
        self.dismissed.emit()

    def remove(self) -> None:
        """Take it away for good."""
        self.dismiss()
        self._scrim.deleteLater()

    def on_key(self, keys: str, pressed: Callable[[], object]) -> None:
        """Call `pressed` for `keys` ("F12", "Shift+F5") wherever the focus is in the dialog."""
        self._keys[QKeySequence(keys).toString()] = pressed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        draw_rounded(
            QPainter(self),
            self.rect(),
            radius=theme.px(16),
            fill=theme.color("surface"),
            border=theme.color("line"),
        )

    def _fit(self) -> None:
        theme = current_theme()
        margin = theme.px(_MARGIN)
        width = min(theme.px(self._width), max(self._scrim.width() - 2 * margin, theme.px(240)))
        inner = width - 2 * theme.px(_PAD)
        needed = self.body.totalSizeHint().height()
        if self.body.hasHeightForWidth():
            needed = self.body.totalHeightForWidth(inner)
        spacing = self._layout.spacing()
        around = 2 * theme.px(_PAD)
        if self._title.text():
            around += self._title.heightForWidth(inner) + spacing
        if self.buttons.count():
            around += self.buttons.totalSizeHint().height() + spacing
        room = max(self._scrim.height() - 2 * margin - around, theme.px(_LEAST_BODY))
        self.setFixedWidth(width)
        # Words that wrap have a smallest height for a width they do not get here.
        self._inner.setMinimumHeight(needed)
        # A bar that came while there was too little room would stay: beside it words are longer.
        bar = Qt.ScrollBarPolicy
        self._area.setVerticalScrollBarPolicy(
            bar.ScrollBarAsNeeded if needed > room else bar.ScrollBarAlwaysOff
        )
        self._area.setVisible(needed > 0)
        self._area.setFixedHeight(min(needed, room) if self._scrim.isVisible() else needed)

    def _bring_into_sight(self, widget: QWidget) -> None:
        if self._inner.isAncestorOf(widget):
            self._area.ensureWidgetVisible(widget, 0, current_theme().px(_MARGIN))

    def _take_key(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        pressed = self._keys.get(QKeySequence(event.keyCombination()).toString())
        if pressed is not None:
            pressed()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
