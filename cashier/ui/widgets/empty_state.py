"""What a list shows when there is nothing in it, or it did not load; and while it loads."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.tone import Tone


class EmptyState(QWidget):
    """A 48 px icon, a title, what to do, and a button if there is one. Centred in its room."""

    def __init__(
        self,
        title: str = "",
        *,
        name: str,
        icon: str,
        detail: str = "",
        tone: Tone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = IconLabel(icon, px=48, colour=tone.text if tone else "text-3")
        self._title = Label(
            title, role=Role.PANEL_HEAD, align=centre, wrap=True, name=f"{name}.title"
        )
        self._detail = Label(
            detail, role=Role.BODY, tone="2", align=centre, wrap=True, name=f"{name}.detail"
        )
        self._layout = QVBoxLayout(self)
        self._layout.addStretch(1)
        self._layout.addWidget(self._icon, 0, centre)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._detail)
        self._end = self._layout.count()
        self._layout.addStretch(1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        pad = theme.px(24)
        self._layout.setContentsMargins(pad, pad, pad, pad)
        self._layout.setSpacing(theme.px(12))
        self._make_room()

    def show_texts(
        self, title: str, detail: str = "", *, icon: str = "", tone: Tone | None = None
    ) -> None:
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        if icon:
            self._icon.show_icon(icon, colour=tone.text if tone else "text-3")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a low room the icon goes first: it says nothing that the words do not say."""
        words = self._layout.totalHeightForWidth(self.width())
        icon = self._icon.sizeHint().height() + self._layout.spacing()
        with_icon = words if not self._icon.isHidden() else words + icon
        self._icon.setVisible(self.height() >= with_icon)

    def add_button(self, button: Button) -> Button:
        self._layout.insertWidget(self._end, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._end += 1
        return button


class Skeleton(QWidget):
    """Grey bars in place of rows that are being loaded."""

    _SHARES = ((0.0, 0.15), (0.19, 0.53), (0.76, 0.24))

    def __init__(self, *, rows: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(48) * self._rows)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        height, pitch = theme.px(16), theme.px(48)
        for row in range(self._rows):
            top = row * pitch + (pitch - height) / 2
            for left, share in self._SHARES:
                bar = QRectF(self.width() * left, top, self.width() * share, height)
                draw_rounded(painter, bar, radius=theme.px(6), fill=theme.color("surface-3"))
