"""One way out of an unknown refund: a choice with a field of its own."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.choice import Choice
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate


class Ending(Enum):
    """What a manager may say."""

    FOUND = "found"
    NOT_EXECUTED = "not_executed"
    WAIT = "wait"


def way_texts(ending: Ending) -> tuple[str, str]:
    """What a way is called, and what it asks and does."""
    match ending:
        case Ending.FOUND:
            return (
                translate("UnknownRefundDialog", "The refund is found"),
                translate(
                    "UnknownRefundDialog",
                    "Type its number from the cabinet: the till compares payment, sum, currency "
                    "and tag.",
                ),
            )
        case Ending.NOT_EXECUTED:
            return (
                translate("UnknownRefundDialog", "The refund was not executed"),
                translate(
                    "UnknownRefundDialog",
                    "It is not in the cabinet. This can be said 30 minutes after sending, with a "
                    "reason and a manager’s PIN. The sum is free again and can be refunded anew.",
                ),
            )
        case Ending.WAIT:
            return (
                translate("UnknownRefundDialog", "Wait"),
                translate(
                    "UnknownRefundDialog",
                    "The sum stays blocked and nothing else of this receipt is refunded. The till "
                    "reminds in an hour and when the shift is closed.",
                ),
            )


class Way(Choice):
    """Space or a click chooses it; the field shows when chosen. Enter does nothing."""

    moved = Signal(int)
    """↑ or ↓ here or in the field: to the way before, -1, or to the next, 1."""

    def __init__(
        self, *, name: str, icon: str, field: Field | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", name=name, parent=parent)
        if icon:  # only now: shown before it lies in the layout, it would be a window for a moment
            self._picture.show_icon(icon)
            self._picture.show()
        self._field = field
        self._aside = Label(
            role=Role.STRONG,
            tone=Tone.WARN,
            align=Qt.AlignmentFlag.AlignRight,
            name=f"{name}.aside",
        )
        self._head.insertWidget(1, self._aside)
        self._aside.hide()
        if field is not None:
            self._layout.insertWidget(2, field)
            field.hide()
            field.line.installEventFilter(self)
        follow_theme(self.restyle_aside)

    def restyle_aside(self, theme: Theme) -> None:
        """Why a way is closed is read also while it is closed."""
        self._aside.setStyleSheet(f"color: {theme.color('warn-text').name()};")
        self._detail.setStyleSheet(f"color: {theme.color('text-2').name()};")

    def show_aside(self, text: str) -> None:
        """A short remark at the right of the title."""
        self._aside.setText(text)
        self._aside.setVisible(bool(text))

    def show_field(self, shown: bool) -> None:
        if self._field is not None and self._field.isHidden() == shown:
            self._field.setVisible(shown)
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._move(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._move(event):
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _move(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False
        self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        return True
