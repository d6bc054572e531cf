"""Rows of the side panel that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cashier.domain.saved_receipt import SavedReceipt
from cashier.ui import formats, icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import cell_font
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.shape import draw_rounded

_HEIGHT, _TOUCH, _PARKED, _PARKED_TOUCH = 40, 56, 46, 64


class PanelAction(QAbstractButton):
    """«Скидка на чек 3 % [Shift+F6] −73,48 ₽»: name, key, value. A bordered button for fingers."""

    def __init__(self, *, name: str, keycap: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = icon
        self._value = ""
        self._is_strong = False
        self._is_quiet = False
        self._is_head = False
        self._keycap = Keycap(keycap, parent=self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(_TOUCH if theme.touch else _HEIGHT))
        self._keycap.setVisible(not theme.touch)
        self._place()
        self.update()

    def show_row(self, text: str, value: str, *, strong: bool = False, quiet: bool = False) -> None:
        self.setText(text)
        self.setShortcut("")
        self._value = value
        self._is_strong = strong
        self._is_quiet = quiet
        self._is_head = False
        self.setAccessibleName(f"{text}: {value}" if value else text)
        self._place()
        self.update()

    def show_head(self, text: str) -> None:
        """As the head of a list: no value, the key at the right."""
        self.show_row(text, "")
        self._is_head = True
        self._place()
        self.update()

    def value(self) -> str:
        return self._value

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(200), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        pressed, over = self.isDown(), self.underMouse()
        pad = 0
        if theme.touch:
            fill = "surface-3" if pressed else "surface"
            draw_rounded(
                painter,
                self.rect(),
                radius=theme.px(10),
                fill=theme.color(fill),
                border=theme.color("line-strong"),
            )
            pad = theme.px(16)
            spot = QRectF(pad, (self.height() - theme.px(20)) / 2, theme.px(20), theme.px(20))
            icons.paint_icon(painter, spot, self._icon, theme.color("text-2"))
        elif pressed or over:
            around = self.rect().adjusted(0, 2, 0, -2)
            draw_rounded(painter, around, radius=theme.px(8), fill=theme.color("surface-2"))
        left = pad + theme.px(30) if theme.touch else 0
        room = QRect(left, 0, self.width() - left - pad, self.height())
        font = cell_font(self.font(), self._px(theme), strong=False)
        painter.setFont(font)
        painter.setPen(theme.color("text" if theme.touch else "text-2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(cell_font(self.font(), self._px(theme), strong=self._is_strong))
        painter.setPen(theme.color("text-3" if self._is_quiet else "text"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, right, self._value)

    def _px(self, theme: Theme) -> int:
        """15 px in a head, 16 px, less where name, key and value would not fit side by side."""
        if self._is_head:
            return theme.px(15)
        room = self.width()
        if not theme.touch:
            room -= self._keycap.sizeHint().width() + theme.px(16)
        for px in (16, 15, 14):
            plain = QFontMetrics(cell_font(self.font(), theme.px(px), strong=False))
            strong = QFontMetrics(cell_font(self.font(), theme.px(px), strong=self._is_strong))
            words = plain.horizontalAdvance(self.text()) + strong.horizontalAdvance(self._value)
            if words <= room:
                return theme.px(px)
        return theme.px(13)

    def _place(self) -> None:
        theme = current_theme()
        size = self._keycap.sizeHint()
        font = cell_font(self.font(), self._px(theme), strong=False)
        left = QFontMetrics(font).horizontalAdvance(self.text()) + theme.px(8)
        if self._is_head:
            left = self.width() - size.width()
        self._keycap.setGeometry(
            QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
        )


class ParkedRow(QAbstractButton):
    """«14:05  3 позиции  640,00 ₽ ›»."""

    chosen = Signal(str)

    def __init__(self, saved: SavedReceipt, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._saved = saved
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.chosen.emit(saved.id))
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(_PARKED_TOUCH if theme.touch else _PARKED))
        self.update()

    def retranslate(self) -> None:
        language = current_language()
        local = self._saved.changed_at.astimezone()
        self._time = formats.clock(local)
        self._count = self.tr("%n item(s)", "", len(self._saved.receipt.lines))
        self._sum = formats.money(language, self._saved.receipt.amount)
        self.setAccessibleName(f"{self._time}, {self._count}, {self._sum}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(240), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        fill = "surface-3" if self.isDown() else "surface-2" if self.underMouse() else "surface"
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(10),
            fill=theme.color(fill),
            border=theme.color("line"),
        )
        pad = theme.px(16)
        chevron = theme.px(18)
        spot = QRectF(
            self.width() - pad - chevron + 4, (self.height() - chevron) / 2, chevron, chevron
        )
        icons.paint_icon(painter, spot, "chevron-right", theme.color("text-2"))
        room = self.rect().adjusted(pad, 0, -pad - chevron - theme.px(4), 0)
        font = cell_font(self.font(), theme.px(15), strong=False)
        painter.setFont(font)
        painter.setPen(theme.color("text-3"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._time)
        taken = QFontMetrics(font).horizontalAdvance(self._time) + theme.px(14)
        painter.setPen(theme.color("text-2"))
        rest = room.adjusted(taken, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._count)
        painter.setFont(cell_font(self.font(), theme.px(15), strong=True))
        painter.setPen(theme.color("text"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, right, self._sum)
