"""A key and what it does, in the footer: also a button for the mouse and the finger."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from cashier.ui.fonts import text_font
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.keycap import Keycap

_GAP = 8
_PAD = 6


class FooterHint(QToolButton):
    """Flat, as high as the footer; `keycap` then `text`."""

    def __init__(
        self,
        keycap: str,
        text: str,
        *,
        name: str,
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._accessible = accessible
        self._keycap = Keycap(keycap, parent=self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme.px(13))
        self.setFont(font)
        self.setFixedHeight(theme.height("footer"))
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(self._accessible or text)
        self.updateGeometry()

    def keycap(self) -> str:
        return self._keycap.text()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = self._keycap.sizeHint().width() + theme.px(_GAP) + 2 * theme.px(_PAD)
        width += QFontMetrics(text_font(self.font(), self.text())).horizontalAdvance(self.text())
        return QSize(width, theme.height("footer"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._keycap.sizeHint()
        top = (self.height() - size.height()) // 2
        self._keycap.setGeometry(current_theme().px(_PAD), top, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), theme.color("surface-3"))
        left = theme.px(_PAD) + self._keycap.sizeHint().width() + theme.px(_GAP)
        painter.setFont(text_font(self.font(), self.text()))
        painter.setPen(theme.color("text-2" if self.isEnabled() else "text-off"))
        room = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
