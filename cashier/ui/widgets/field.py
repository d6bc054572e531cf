"""A line of text to fill in, with its label, hint, counter and error."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.tone import Tone, set_property

_NOTE_ICONS = {Tone.OK: "circle-check", Tone.BAD: "circle-alert", Tone.WARN: "triangle-alert"}


class FieldFrame(QFrame):
    """The border around an edit and what stands beside it; blue while the edit has the focus."""

    def __init__(self, line: QLineEdit, *, height: str = "input", icon: str = "") -> None:
        super().__init__()
        self._line = line
        self._height = height
        self._is_wrong = False
        self.row = QHBoxLayout(self)
        self.icon = IconLabel(icon, px=24 if height == "entry" else 20)
        if not icon:
            self.icon.hide()  # shown without a parent, it would be a window for a moment
        self.row.addWidget(self.icon)
        self.row.addWidget(line, 1)
        line.installEventFilter(self)
        self.setFocusProxy(line)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.height(self._height))
        # The edit itself adds 2 px at its left.
        left = theme.px(15) if self.icon.isVisibleTo(self) else theme.px(15) - 2
        self.row.setContentsMargins(left, 0, theme.px(15), 0)
        self.row.setSpacing(theme.px(12))
        self.update()

    def set_wrong(self, wrong: bool) -> None:
        self._is_wrong = wrong
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.EnabledChange)
        if event.type() in kinds:
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        border, width = theme.color("line-strong"), 1
        fill = theme.color("surface")
        if not self._line.isEnabled():
            border, fill = theme.color("line"), theme.color("surface-2")
        elif self._is_wrong:
            border, width = theme.color("bad"), theme.px(2)
        elif self._line.hasFocus():
            border, width = theme.color("focus"), theme.px(2)
        draw_rounded(
            QPainter(self),
            self.rect(),
            radius=theme.px(10),
            fill=fill,
            border=border,
            width=width,
        )


class Field(QWidget):
    """`label`, `hint` beside it, the edit (`line`), and a note or an error under it.

    `limit` is the greatest length: the edit takes no more, and `counter` (with %1 and %2, e.g.
    "%1 of %2") shows how much of it is used. The edit carries `name`.
    """

    edited = Signal(str)
    submitted = Signal()

    def __init__(
        self,
        label: str = "",
        *,
        name: str,
        accessible: str = "",
        hint: str = "",
        placeholder: str = "",
        limit: int = 0,
        counter: str = "",
        icon: str = "",
        keycap: str = "",
        secret: bool = False,
        strong: bool = True,
        height: str = "input",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._accessible = accessible
        self._counter_text = counter
        self._limit = limit
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setProperty("field", height)
        self.line.setFrame(False)
        self.line.setPlaceholderText(placeholder)
        self.line.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        if limit:
            self.line.setMaxLength(limit)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
            self.line.setProperty("secret", True)
        self._label = Label(label, role=Role.STRONG if strong else Role.FIELD)
        if not strong:
            self._label.set_tone("2")
        self._label.setBuddy(self.line)
        self._hint = Label(hint, role=Role.SMALL, tone="3", elide=True)
        self._counter = Label(role=Role.CAPTION, tone="3", align=Qt.AlignmentFlag.AlignRight)
        self.frame = FieldFrame(self.line, height=height, icon=icon)
        self._keycap = Keycap(keycap)
        self.frame.row.addWidget(self._keycap)
        self._note_icon = IconLabel("", px=16)
        self._note = Label(role=Role.SMALL, wrap=True, name=f"{name}.note")
        self._note_box = QWidget()
        self._arrange()
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.textChanged.connect(self._count)
        self.line.textEdited.connect(self.edited)
        self.line.returnPressed.connect(self.submitted)
        self.set_label(label)
        self._count()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._label)
        head.addWidget(self._hint, 1)
        head.addWidget(self._counter)
        note = QHBoxLayout(self._note_box)
        note.setContentsMargins(0, 0, 0, 0)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 2, 0, 0)
        beside.addWidget(self._note_icon)
        beside.addStretch(1)
        note.addLayout(beside)
        note.addWidget(self._note, 1)
        self._note_box.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self.frame)
        self._layout.addWidget(self._note_box)

    def restyle(self, theme: Theme) -> None:
        self._keycap.setVisible(bool(self._keycap.text()) and not theme.touch)
        self._layout.setSpacing(theme.px(8))
        for box in (self._head, self._note_box):
            layout = box.layout()
            if layout is not None:
                layout.setSpacing(theme.px(10 if box is self._head else 8))

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def set_label(self, label: str, *, hint: str | None = None) -> None:
        self._label.setText(label)
        if hint is not None:
            self._hint.setText(hint)
        self._head.setVisible(bool(label or self._hint.text() or self._counter_text))
        self.line.setAccessibleName(self._accessible or label)

    def set_accessible(self, accessible: str) -> None:
        self._accessible = accessible
        self.line.setAccessibleName(accessible)

    def set_counter(self, counter: str) -> None:
        self._counter_text = counter
        self._count()

    def set_error(self, text: str) -> None:
        """Say what is wrong under the field and turn its border red; "" when all is well."""
        self.set_note(text, tone=Tone.BAD)
        self.frame.set_wrong(bool(text))

    def set_note(self, text: str, *, tone: Tone | None = None) -> None:
        """A line under the field; it takes an error's place."""
        self.frame.set_wrong(False)
        self._note.setText(text)
        self._note.set_tone(tone or "2")
        icon = _NOTE_ICONS.get(tone, "info") if tone else "info"
        self._note_icon.show_icon(icon, colour=tone.text if tone else "text-3")
        self._note_box.setVisible(bool(text))
        self.line.setAccessibleDescription(text)

    def note(self) -> str:
        return self._note.text()

    def add_trailing(self, widget: QWidget) -> None:
        """Put a small widget inside the frame, at the right."""
        self.frame.row.addWidget(widget)

    def add_reveal(self, *, name: str, accessible: str) -> QToolButton:
        """An eye that shows a secret while it is pressed down."""
        eye = RevealButton(self.line)
        eye.setObjectName(name)
        eye.setAccessibleName(accessible)
        self.add_trailing(eye)
        return eye

    def set_enabled(self, enabled: bool) -> None:
        self.line.setEnabled(enabled)
        self.frame.update()

    def _count(self) -> None:
        text = ""
        if self._counter_text and self._limit:
            used = str(len(self.line.text()))
            text = self._counter_text.replace("%1", used).replace("%2", str(self._limit))
        self._counter.setText(text)
        self._counter.setVisible(bool(text))


class RevealButton(QToolButton):
    """Shows or hides what is typed into a secret field."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__()
        self._line = line
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setProperty("flat", True)
        self.toggled.connect(self._reveal)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedSize(theme.px(40), theme.px(40))
        name = "eye-off" if self.isChecked() else "eye"
        self.setIcon(icons.icon(name, theme.px(22), theme.color("text-2")))
        self.setIconSize(icons.square(theme.px(22)))

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._line.setEchoMode(mode)
        set_property(self._line, "secret", not shown)
        self.restyle(current_theme())
