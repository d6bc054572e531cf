"""One of several ways, as a card with a radio mark."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded

_RADIO = 24


class Choice(QAbstractButton):
    """Title, details under it (lines split by "\\n" are paragraphs), an icon at the right.

    Choices with one parent exclude each other; the arrow keys move between them.
    """

    def __init__(
        self,
        title: str,
        *,
        name: str,
        accessible: str = "",
        detail: str = "",
        icon: str = "",
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._accessible = accessible
        self._large = large
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._title = Label(role=Role.PANEL_HEAD if large else Role.STRONG)
        self._detail = Label(
            role=Role.BODY if large else Role.SMALL,
            tone="2",
            wrap=True,
            paragraph_gap=10 if large else 4,
        )
        self._picture = IconLabel(icon, px=30)
        self._picture.setVisible(bool(icon))
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._picture)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._detail)
        self._layout.addStretch(1)
        for label in (self._title, self._detail):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_texts(title, detail)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        pad = theme.px(24 if self._large else 16)
        gap = theme.px(14 if self._large else 12)
        left = pad + theme.px(_RADIO) + gap
        if self._large:
            self._layout.setContentsMargins(pad, pad, pad, pad)
        else:
            self._layout.setContentsMargins(left, theme.px(14), pad, theme.px(14))
        self._head.setContentsMargins(left - pad if self._large else 0, 0, 0, 0)
        self._layout.setSpacing(theme.px(10 if self._large else 4))
        self.setMinimumHeight(theme.px(60))
        self.setProperty("ring-radius", theme.px(12))
        self.update()

    def show_texts(self, title: str, detail: str = "") -> None:
        self.setText(title)
        self.setShortcut("")
        self.setAccessibleName(self._accessible or title)
        self.setAccessibleDescription(detail)
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._layout.totalHeightForWidth(width), self.minimumHeight())

    def sizeHint(self) -> QSize:
        hint = self._layout.totalSizeHint()
        return QSize(hint.width(), self.heightForWidth(hint.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._layout.totalMinimumSize().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.setChecked(True)
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        on = self.isChecked()
        painter = QPainter(self)
        fill = "accent-soft" if on else "surface-2" if self.underMouse() else "surface"
        border = "accent" if on else "line-strong"
        if not self.isEnabled():
            fill, border = "surface-2", "line"
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(12),
            fill=theme.color(fill),
            border=theme.color(border),
            width=theme.px(2) if on else 1,
        )
        self._paint_radio(painter, theme, on)

    def _paint_radio(self, painter: QPainter, theme: Theme, on: bool) -> None:
        side = theme.px(_RADIO)
        middle = self._title.geometry().center().y()
        left = theme.px(24 if self._large else 16)
        spot = QRect(left, middle - side // 2 + 1, side, side)
        if not on:
            draw_rounded(
                painter,
                spot,
                radius=side / 2,
                fill=theme.color("surface"),
                border=theme.color("line-strong" if self.isEnabled() else "line"),
                width=theme.px(2),
            )
            return
        draw_rounded(painter, spot, radius=side / 2, fill=theme.color("accent"))
        dot = theme.px(8)
        core = QRectF(0, 0, dot, dot)
        core.moveCenter(QRectF(spot).center())
        draw_rounded(painter, core, radius=dot / 2, fill=theme.color("on-accent"))
