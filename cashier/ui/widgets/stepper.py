"""A number between a minus and a plus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded


class Stepper(QFrame):
    """Two buttons and an edit. It shows what it is told and reports what was asked for.

    `accessible` says what is counted («Количество, Пакет-майка большой»); `less` and `more` name
    the buttons. Parts are called `name`.minus, `name`.value and `name`.plus.
    """

    lowered = Signal()
    raised = Signal()
    entered = Signal(str)

    def __init__(
        self,
        *,
        name: str,
        accessible: str,
        less: str,
        more: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._shown = ""
        self.minus = _StepButton("minus", name=f"{name}.minus", accessible=less)
        self.plus = _StepButton("plus", name=f"{name}.plus", accessible=more)
        self.line = QLineEdit()
        self.line.setObjectName(f"{name}.value")
        self.line.setProperty("field", "stepper")
        self.line.setFrame(False)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.installEventFilter(self)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.minus)
        self._layout.addWidget(self.line, 1)
        self._layout.addWidget(self.plus)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.minus.clicked.connect(self.lowered)
        self.plus.clicked.connect(self.raised)
        self.line.returnPressed.connect(self._enter)
        self.set_accessible(accessible)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.height("stepper"))
        self.line.setFixedWidth(theme.px(44))
        self.updateGeometry()
        self.update()

    def set_accessible(self, accessible: str) -> None:
        self.setAccessibleName(accessible)
        self.line.setAccessibleName(accessible)

    def show_value(self, text: str, *, can_lower: bool = True, can_raise: bool = True) -> None:
        """Show the number as already formatted, and say which way it may go."""
        self._shown = text
        self.line.setText(text)
        self.minus.setEnabled(can_lower)
        self.plus.setEnabled(can_raise)

    def value(self) -> str:
        return self.line.text()

    def start_typing(self) -> None:
        """Put the caret in with the number selected."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.update()
        elif event.type() == QEvent.Type.FocusOut:
            self.update()
            self._enter()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        focused = self.line.hasFocus()
        draw_rounded(
            QPainter(self),
            self.rect(),
            radius=theme.px(10),
            fill=theme.color("surface" if self.isEnabled() else "surface-2"),
            border=theme.color("focus" if focused else "line-strong"),
            width=theme.px(2) if focused else 1,
        )

    def _enter(self) -> None:
        text = self.line.text()
        if text != self._shown:
            self._shown = text
            self.entered.emit(text)


class _StepButton(QToolButton):
    def __init__(self, icon: str, *, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoRepeat(True)
        self.setProperty("flat", True)
        self._icon = icon
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        side = theme.height("step")
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            inset = self.rect().adjusted(2, 2, -2, -2)
            draw_rounded(painter, inset, radius=theme.px(8), fill=theme.color("surface-3"))
        side = theme.px(20)
        spot = self.rect().center()
        room = icons.centred(spot, side)
        icons.paint_icon(
            painter, room, self._icon, theme.color("text" if self.isEnabled() else "text-off")
        )
