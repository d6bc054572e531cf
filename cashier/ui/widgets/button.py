"""Push buttons: one look for each kind and size, with an icon and the key that presses them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cashier.ui import icons
from cashier.ui.fonts import text_font
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button_look import MEASURES, Kind, Size, button_colours, keycap_look
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.spinner import Turning, paint_spinner

__all__ = ["Button", "Kind", "Size"]

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class Button(QPushButton):
    """A button of one `kind` and `size`, with an optional icon and keycap.

    `spread` puts the text left and the keycap right, as wide buttons in the side panel have it.
    The keycap is only a picture: bind the key with `shortcut()`.
    """

    def __init__(
        self,
        text: str,
        *,
        name: str,
        accessible: str = "",
        kind: Kind = Kind.SECONDARY,
        size: Size = Size.NORMAL,
        icon: str = "",
        keycap: str = "",
        spread: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._kind = kind
        self._size = size
        self._icon = icon
        self._spread = spread
        self._busy_text: str | None = None
        self._wants_enabled = True
        self._focus_waits = False
        self._accessible = accessible
        self._turning = Turning(self)
        self._keycap = Keycap(keycap, look=keycap_look(kind), parent=self)
        self._keycap.setVisible(bool(keycap))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(text)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        measure = MEASURES[self._size]
        font = QFont(self.font())
        font.setPixelSize(theme.px(measure.px))
        font.setWeight(measure.weight)
        self.setFont(font)
        self.setFixedHeight(theme.height(measure.height))
        self.setProperty("ring-radius", theme.px(measure.radius))
        self._keycap.setVisible(self._has_keycap())
        self._place_keycap()
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setShortcut(QKeySequence())  # an ampersand in a name is no mnemonic
        self.setAccessibleName(self._accessible or text)
        self.updateGeometry()

    def set_accessible(self, accessible: str) -> None:
        self._accessible = accessible
        self.setAccessibleName(accessible or self.text())

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        self._kind = kind
        self._keycap.set_look(keycap_look(kind))
        self.update()

    def set_size(self, size: Size) -> None:
        self._size = size
        self.restyle(current_theme())

    def keycap(self) -> str:
        return self._keycap.text()

    def set_keycap(self, text: str) -> None:
        self._keycap.setText(text)
        self.restyle(current_theme())

    @property
    def is_busy(self) -> bool:
        return self._busy_text is not None

    def set_busy(self, text: str | None) -> None:
        """Show a spinner and `text` in place of the label and take no press; None ends it.

        The focus waits at the parent meanwhile and comes back unless the person has gone on.
        """
        self._busy_text = text
        parent = self.parentWidget()
        if text is not None and self.window().focusWidget() is self and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)  # Qt would take the next button
            self._focus_waits = True
        self._enable()
        self.setAccessibleName(text if text is not None else self._accessible or self.text())
        self._turning.turn(text is not None)
        self._keycap.setVisible(self._has_keycap())
        self.updateGeometry()
        self.update()

    def setEnabled(self, enabled: bool) -> None:
        self._wants_enabled = enabled
        self._enable()

    def _enable(self) -> None:
        is_enabled = self._wants_enabled and self._busy_text is None
        super().setEnabled(is_enabled)
        if is_enabled and self._focus_waits:
            self._focus_waits = False
            parent = self.parentWidget()
            if parent is not None and self.window().focusWidget() is parent:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            event.accept()
            return
        if event.key() in _ARROWS:  # Qt would move the focus, as far as the rail
            event.ignore()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        measure = MEASURES[self._size]
        width = self._content_width(theme) + 2 * theme.px(measure.pad) + 2
        if self._has_keycap():
            width += theme.px(measure.gap) + self._keycap.sizeHint().width()
        if self._spread:
            width += theme.px(8)
        return QSize(width, theme.height(measure.height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_keycap()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        measure = MEASURES[self._size]
        colours = button_colours(
            theme,
            self._kind,
            enabled=self.isEnabled() or self.is_busy,
            down=self.isDown(),
            over=self.underMouse() and self.isEnabled(),
        )
        painter = QPainter(self)
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(measure.radius),
            fill=colours.fill,
            border=colours.border,
            width=colours.border_width,
        )
        self._paint_content(painter, theme, colours.ink)

    def _paint_content(self, painter: QPainter, theme: Theme, ink: QColor) -> None:
        measure = MEASURES[self._size]
        left = self._content_left(theme)
        picture = theme.px(measure.icon)
        if self._busy_text is not None or self._icon:
            spot = QRectF(left, (self.height() - picture) / 2, picture, picture)
            if self._busy_text is not None:
                paint_spinner(painter, spot, ink, self._turning.step)
            else:
                shade = ink if self._kind is not Kind.SECONDARY else self._icon_ink(theme)
                icons.paint_icon(painter, spot, self._icon, shade)
            left += picture + (theme.px(measure.gap) if self._shown_text() else 0)
        painter.setFont(text_font(self.font(), self._shown_text()))
        painter.setPen(ink)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        room = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(room, flags, self._shown_text())

    def _icon_ink(self, theme: Theme) -> QColor:
        return theme.color("text-2" if self.isEnabled() else "text-off")

    def _shown_text(self) -> str:
        return self.text() if self._busy_text is None else self._busy_text

    def _has_keycap(self) -> bool:
        hidden = current_theme().touch or self._busy_text is not None
        return bool(self._keycap.text()) and not hidden

    def _content_width(self, theme: Theme) -> int:
        measure = MEASURES[self._size]
        text = self._shown_text()
        width = QFontMetrics(text_font(self.font(), text)).horizontalAdvance(text)
        if self._icon or self._busy_text is not None:
            width += theme.px(measure.icon) + (theme.px(measure.gap) if text else 0)
        return width

    def _content_left(self, theme: Theme) -> int:
        measure = MEASURES[self._size]
        if self._spread and self._busy_text is None:
            return theme.px(measure.pad) + 1
        width = self._content_width(theme)
        if self._has_keycap():
            width += theme.px(measure.gap) + self._keycap.sizeHint().width()
        return max((self.width() - width) // 2, 1)

    def _place_keycap(self) -> None:
        if not self._has_keycap():
            return
        theme = current_theme()
        measure = MEASURES[self._size]
        size = self._keycap.sizeHint()
        if self._spread:
            left = self.width() - theme.px(measure.pad) - 1 - size.width()
        else:
            left = self._content_left(theme) + self._content_width(theme) + theme.px(measure.gap)
        top = (self.height() - size.height()) // 2
        self._keycap.setGeometry(left, top, size.width(), size.height())
