"""Text on the screen: always plain, in one of the design's roles."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cashier.ui.fonts import text_font
from cashier.ui.theme import current_theme
from cashier.ui.widgets.tone import Tone, set_property

LEADING = 1.35
_TIGHT_LEADING = 1.15
_WIDEST_HINT = 480


class Role(StrEnum):
    """The sizes and weights of the design; the style sheet knows the numbers."""

    CAPTION = "caption"
    SMALL = "small"
    BODY = "body"
    BODY_LARGE = "body-large"
    STRONG = "strong"
    ROW = "row"
    ROW_STRONG = "row-strong"
    LEAD = "lead"
    FIELD = "field"
    PANEL_HEAD = "panel-head"
    PANEL_NOTE = "panel-note"
    TITLE = "title"
    PAGE_TITLE = "page-title"
    STATUS = "status"
    OUTCOME = "outcome"
    QUOTE = "quote"
    TOTAL = "total"
    CLOCK = "clock"
    WORD = "word"
    VALUE_LARGE = "value-large"


_TIGHT = frozenset({Role.TITLE, Role.PAGE_TITLE, Role.STATUS, Role.OUTCOME, Role.WORD})


class Label(QLabel):
    """Plain text. `wrap` breaks lines and grows in height, `elide` cuts the end and sets a tip.

    `paragraph_gap` stands between lines split by "\\n". A state text is given its `name` as
    objectName; its accessible name stays its text.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: Role = Role.BODY,
        tone: Tone | str | None = None,
        name: str = "",
        wrap: bool = False,
        elide: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        paragraph_gap: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setProperty("role", str(role))
        self.setProperty("tone", str(tone) if tone else None)
        self._role = role
        self._elides = elide
        self._paragraph_gap = paragraph_gap
        self._heights: dict[int, int] = {}
        self.setWordWrap(wrap)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        across = QSizePolicy.Policy.Ignored if elide else QSizePolicy.Policy.Preferred
        down = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(across, down)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        if text == self.text():
            return
        super().setText(text)
        self._update_tip()
        self._remeasure()

    def set_tone(self, tone: Tone | str | None) -> None:
        """Colour the text by a tone, or by "2" and "3" for the quieter text colours."""
        set_property(self, "tone", str(tone) if tone else None)

    def set_role(self, role: Role) -> None:
        self._role = role
        set_property(self, "role", str(role))
        self._remeasure()

    def allow_selection(self) -> None:
        """Let the text be marked and copied with the mouse."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._remeasure()

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        if room not in self._heights:  # a layout asks again and again
            self._heights[room] = round(self._lay_out(room)[1])
        return self._heights[room] + margins.top() + margins.bottom()

    def _remeasure(self) -> None:
        self._heights.clear()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._heights.clear()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = QFontMetrics(self._text_font())
        lines = self.text().split("\n")
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2
        if self.wordWrap():
            width = min(width, current_theme().px(_WIDEST_HINT))
            return QSize(width, self.heightForWidth(width))
        margins = self.contentsMargins()
        return QSize(
            width + margins.left() + margins.right(),
            metrics.lineSpacing() * len(lines) + margins.top() + margins.bottom(),
        )

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self._elides:
            return QSize(current_theme().px(24), hint.height())
        if not self.wordWrap():
            return hint
        metrics = QFontMetrics(self._text_font())
        longest = max(self.text().split(), key=len, default="")
        return QSize(min(metrics.horizontalAdvance(longest) + 2, hint.width()), metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._heights.clear()  # or a window that is drawn wider would leave one for each width
        self._update_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_selectable():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        if not self.wordWrap():
            font = self._text_font()
            painter.setFont(font)
            text = self.text()
            if self._elides:
                metrics = QFontMetrics(font)
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, self.alignment(), text)
            return
        layouts, height = self._lay_out(room.width())
        top = float(room.top())
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max((room.height() - height) / 2, 0)
        for layout in layouts:
            layout.draw(painter, QPointF(room.left(), top))

    def _is_selectable(self) -> bool:
        flags = self.textInteractionFlags()
        return bool(flags & Qt.TextInteractionFlag.TextSelectableByMouse)

    def _text_font(self) -> QFont:
        """The style sheet's font as this text wants it."""
        return self.font() if self._is_selectable() else text_font(self.font(), self.text())

    def _lay_out(self, width: int) -> tuple[list[QTextLayout], float]:
        """The paragraphs, each with its lines placed, and the height of all of them."""
        font = self._text_font()
        metrics = QFontMetrics(font)
        factor = _TIGHT_LEADING if self._role in _TIGHT else LEADING
        pitch = max(float(round(font.pixelSize() * factor)), float(metrics.height()))
        lead = (pitch - metrics.height()) / 2
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layouts: list[QTextLayout] = []
        top = 0.0
        gap = current_theme().px(self._paragraph_gap)
        for paragraph in self.text().split("\n"):
            top += gap if layouts else 0
            layout = QTextLayout(paragraph, font)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width, 1))
                line.setPosition(QPointF(0, top + lead))
                top += pitch
            layout.endLayout()
            if layout.lineCount() == 0:
                top += pitch
            layouts.append(layout)
        return layouts, top

    def _update_tip(self) -> None:
        if not self._elides:
            return
        metrics = QFontMetrics(self._text_font())
        wide = metrics.horizontalAdvance(self.text()) > self.contentsRect().width()
        set_tip(self, self.text() if wide else "")


def set_tip(widget: QWidget, text: str) -> None:
    """A tool tip that shows `text` literally, whatever it looks like."""
    import html  # its table of all named characters takes long

    widget.setToolTip(f"<span>{html.escape(text)}</span>" if text else "")
