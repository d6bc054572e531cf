"""Why the money goes back: a list of the usual reasons, or a text of one's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.refund import TYPED_REASON_LIMIT
from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.tone import Tone


class ReasonBox(ComboBox):
    """A list that can also be typed into; ↑ ↓ go through the usual reasons."""

    def __init__(self, *, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, accessible=accessible, parent=parent)
        self._is_wrong = False
        # The other policies let Qt shrink the box to its hint, behind its layout's back.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes it away; the stubs want one
        line = self.lineEdit()
        if line is None:
            raise RuntimeError("an editable box has a line")
        self.line = line
        line.setObjectName(f"{name}.text")
        line.setAccessibleName(accessible)
        line.setFrame(False)
        line.setProperty("field", "stepper")
        line.setMaxLength(TYPED_REASON_LIMIT)
        line.installEventFilter(self)
        self.setCurrentIndex(-1)

    def set_wrong(self, wrong: bool) -> None:
        self._is_wrong = wrong
        self.update()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # only passed on
        self._place_line()

    def _place_line(self) -> None:
        theme = current_theme()
        arrow = theme.px(15 + 20 + 8)
        left = theme.px(13)
        self.line.setGeometry(left, 2, max(self.width() - left - arrow, 1), self.height() - 4)

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        line = self.lineEdit()
        if line is not None:
            line.setFont(self.font())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place_line()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        border, width, fill = "line-strong", 1, "surface"
        if not self.isEnabled():
            border, fill = "line", "surface-2"
        elif self._is_wrong:
            border, width = "bad", theme.px(2)
        elif self.line.hasFocus():
            border, width = "focus", theme.px(2)
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(10),
            fill=theme.color(fill),
            border=theme.color(border),
            width=width,
        )
        pad, side = theme.px(15), theme.px(20)
        spot = QRectF(self.width() - pad - side, (self.height() - side) / 2, side, side)
        arrow = theme.color("text-2" if self.isEnabled() else "text-off")
        icons.paint_icon(painter, spot, "chevron-down", arrow)


class Reason(QWidget):
    """The label, the box, a counter of its letters, and what is wrong with it."""

    edited = Signal()
    ended = Signal()
    """Enter in the box: the reason is done."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Label(role=Role.FIELD, tone="2")
        self._counter = Label(
            role=Role.CAPTION,
            tone="3",
            align=Qt.AlignmentFlag.AlignRight,
            name="refund.reason.counter",
        )
        self.box = ReasonBox(name="refund.reason", accessible="reason")
        self._error = Label(role=Role.SMALL, tone=Tone.BAD, wrap=True, name="refund.reason.error")
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self._counter)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(head)
        self._layout.addWidget(self.box)
        self._layout.addWidget(self._error)
        self.setFocusProxy(self.box)
        self.box.editTextChanged.connect(self._changed)
        self.box.line.returnPressed.connect(self.ended)
        self.box.activated.connect(lambda _: self.ended.emit())
        self.retranslate()
        self.set_error("")
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(8))

    def text(self) -> str:
        """What was chosen or typed, trimmed."""
        return " ".join(self.box.currentText().split())

    def set_text(self, text: str) -> None:
        self.box.setCurrentIndex(self.box.findText(text) if text else -1)
        if self.box.currentText() != text:
            self.box.setEditText(text)
        self.box.line.setCursorPosition(0)

    def begin(self) -> None:
        """Put the caret in with the text marked, so that typing replaces it."""
        self.box.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.line.selectAll()

    @property
    def is_typing(self) -> bool:
        return self.box.line.hasFocus() or self.box.view().isVisible()

    def set_error(self, text: str) -> None:
        self.box.set_wrong(bool(text))
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.box.line.setAccessibleDescription(text)

    def retranslate(self) -> None:
        before, index = self.box.currentText(), self.box.currentIndex()
        self._label.setText(self.tr("Reason for refund"))
        name = self.tr("Reason for refund")
        for part in (self.box, self.box.line, self.box.view()):
            part.setAccessibleName(name)
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems(self.presets())
        self.box.setCurrentIndex(index)
        if index < 0:
            self.box.setEditText(before)
            self.box.line.setCursorPosition(0)
        self.box.blockSignals(False)
        self.box.line.setPlaceholderText(self.tr("Choose or type a reason"))
        self._count()

    def presets(self) -> list[str]:
        """The usual reasons."""
        return [
            self.tr("Item did not suit"),
            self.tr("Defect"),
            self.tr("Cashier’s mistake"),
            self.tr("Customer changed their mind"),
        ]

    def _changed(self, text: str) -> None:
        if self.box.findText(text, Qt.MatchFlag.MatchExactly) < 0 and self.box.currentIndex() >= 0:
            # A text of one's own is no preset that was changed a little.
            self.box.blockSignals(True)
            self.box.setCurrentIndex(-1)
            self.box.setEditText(text)
            self.box.blockSignals(False)
        self.set_error("")
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        used = len(self.box.currentText())
        is_own = used > 0 and self.box.findText(self.box.currentText()) < 0
        text = self.tr("{0} of {1}").format(used, TYPED_REASON_LIMIT) if is_own else ""
        self._counter.setText(text)
        self._counter.set_tone(Tone.WARN if used >= TYPED_REASON_LIMIT else "3")
