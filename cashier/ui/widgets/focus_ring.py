"""The ring around what has the focus, shown to those who use the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded

_GAP, _WIDTH, _DEFAULT_RADIUS = 3, 2, 10
_MOVES = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Hide,
        QEvent.Type.Show,
        QEvent.Type.EnabledChange,
        QEvent.Type.LayoutRequest,
    }
)
_POINTER = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress}
)
_OWN_BORDER = (QLineEdit, QComboBox, QAbstractItemView)


class FocusRing(QWidget):
    """One per window. Appears after a key, goes after a click or a tap; takes no mouse.

    Fields show their focus by their own border instead, and what Tab does not reach (a page that
    only listens for keys) has none. A widget says how round it is by its
    property "ring-radius", and asks for a ring inside itself by "ring-inset". Of what is scrolled
    out of sight there is no ring.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._by_key = False
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        self.hide()
        window.winId()
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._by_key = True
            self._place()
        elif kind in _POINTER:
            self._by_key = False
            self._place()
        elif kind in _MOVES and watched is not self:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        if self._target is None or not isValid(self._target):
            return
        radius = int(self._target.property("ring-radius") or theme.px(_DEFAULT_RADIUS))
        extra = 0 if self._target.property("ring-inset") else theme.px(_GAP + _WIDTH)
        painter = QPainter(self)
        painter.setClipRect(self._in_sight(self._target, extra))
        draw_rounded(
            painter,
            self.rect(),
            radius=radius + extra,
            border=theme.color("focus"),
            width=theme.px(_WIDTH),
        )

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        for old_one in self._watched:
            if isValid(old_one):
                old_one.removeEventFilter(self)
        self._watched.clear()
        self._target = now if now is not None and self._is_ringed(now) else None
        widget: QWidget | None = self._target
        while widget is not None and widget is not self.window():
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _is_ringed(self, widget: QWidget) -> bool:
        is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return is_stop and widget.window() is self.window() and not isinstance(widget, _OWN_BORDER)

    def _in_sight(self, target: QWidget, out: int) -> QRect:
        """What the room that `target` is scrolled in shows of this ring."""
        around = target.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is None:
            return self.rect()
        corner = self.mapFrom(self.window(), around.mapTo(self.window(), QPoint(0, 0)))
        return QRect(corner, around.size()).adjusted(-out, -out, out, out)

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not self._by_key or not target.isVisible():
            self.hide()
            return
        theme = current_theme()
        out = 0 if target.property("ring-inset") else theme.px(_GAP + _WIDTH)
        corner = target.mapTo(self.window(), QPoint(0, 0))
        room = QRect(corner, target.size()).adjusted(-out, -out, out, out)
        if self.geometry() != room:
            self.setGeometry(room)
        self.raise_()
        self.show()
        self.update()
