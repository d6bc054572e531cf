"""Where a PIN is typed: dots for digits, and no way in for a scanner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.key_time import key_time
from cashier.ui.widgets.shape import draw_rounded

LONGEST_GAP = 0.030
"""Seconds between two keys of a scanner, at most."""
_DOT, _GAP = 20, 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class KeyPace:
    """Tells a scanner from fingers by the time between two keys."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = float("-inf")

    def is_scan(self, event: QKeyEvent) -> bool:
        """A key went down: whether it came too soon after the one before."""
        at = key_time(event, self._now)
        quick = at - self._last < LONGEST_GAP
        self._last = at
        return quick


class ScanGuard(QObject):
    """Keeps a scanner out of a field in which a new PIN is typed. Belongs to the field."""

    scan_dropped = Signal()

    def __init__(self, line: QLineEdit, *, now: Callable[[], float]) -> None:
        super().__init__(line)
        self._line = line
        self._pace = KeyPace(now)
        self._before = ""
        self._is_scan = False
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _ENTER:
            return self._pace.is_scan(event)
        if not event.text().isprintable() or not event.text() or event.isAutoRepeat():
            return False
        if not self._pace.is_scan(event):
            self._before, self._is_scan = self._line.text(), False
            return False
        self._line.setText(self._before)
        self._line.textEdited.emit(self._before)
        if not self._is_scan:
            self._is_scan = True
            self.scan_dropped.emit()
        return True


class PinEntry(QLineEdit):
    """Takes digits, Backspace, Enter; `set_length` says how many dots there are.

    `submitted` by Enter, and only when every dot is filled. `moved` by ↑ ↓. Keys that come less
    than 30 ms apart are a scan: they are dropped, with the first of them and the Enter that ends
    them, and `scan_dropped` is emitted once for each scan.
    """

    submitted = Signal()
    moved = Signal(int)
    scan_dropped = Signal()

    def __init__(
        self,
        *,
        now: Callable[[], float],
        name: str = "pin.entry",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._pace = KeyPace(now)
        self._before = ""  # the text before the newest key
        self._is_scan = False
        self._length = 4
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._name_it)
        self._name_it()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(_DOT + 4))
        self.update()

    @property
    def length(self) -> int:
        return self._length

    @property
    def is_open(self) -> bool:
        """Whether digits are taken now; the arrows work all the same."""
        return self.isEnabled() and not self.isReadOnly()

    def set_open(self, is_open: bool) -> None:
        """Take digits, or none while a PIN is checked or its owner is shut out."""
        self.setReadOnly(not is_open)
        self.update()

    @property
    def is_full(self) -> bool:
        return len(self.text()) == self._length

    def set_length(self, length: int) -> None:
        """How many digits the PIN has; what was typed is forgotten."""
        self._length = length
        self.setMaxLength(length)
        self.clear()
        self._name_it()
        self.update()

    def add(self, digit: str) -> None:
        """A digit tapped on the pad."""
        if self.is_open and len(self.text()) < self._length:
            self.setText(self.text() + digit)

    def erase(self) -> None:
        """Take the last digit back."""
        self.setText(self.text()[:-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        if key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key in _ENTER:
            if not self._pace.is_scan(event) and not event.isAutoRepeat() and self.is_full:
                self.submitted.emit()
        elif key == Qt.Key.Key_Backspace:
            self.erase()
        elif text and text.isprintable():
            if not event.isAutoRepeat():
                self._take(event)
        else:
            event.ignore()
            return
        event.accept()

    def _take(self, event: QKeyEvent) -> None:
        text = event.text()
        if self._pace.is_scan(event):
            self.setText(self._before)
            if not self._is_scan:
                self._is_scan = True
                self.scan_dropped.emit()
            return
        self._is_scan = False
        self._before = self.text()
        if len(text) == 1 and text.isascii() and text.isdigit():
            self.add(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        count = max(self._length, 1)
        return QSize(theme.px(count * _DOT + (count - 1) * _GAP), theme.px(_DOT + 4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        dot, gap = theme.px(_DOT), theme.px(_GAP)
        left = (self.width() - self._length * dot - (self._length - 1) * gap) // 2
        top = (self.height() - dot) // 2
        ink = theme.color("text" if self.is_open else "text-off")
        edge = theme.color("line-strong" if self.is_open else "line")
        for number in range(self._length):
            spot = QRectF(left + number * (dot + gap), top, dot, dot)
            if number < len(self.text()):
                draw_rounded(painter, spot, radius=dot / 2, fill=ink)
            else:
                draw_rounded(painter, spot, radius=dot / 2, border=edge, width=theme.px(2))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_it()

    def _name_it(self) -> None:
        text = QCoreApplication.translate("PinEntry", "PIN, {0} of {1} digits typed")
        self.setAccessibleName(text.format(len(self.text()), self._length))
