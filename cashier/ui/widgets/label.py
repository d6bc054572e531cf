"""Text on the screen: always plain, in one of the design's roles."""

from __future__ import annotations

import html
from enum import StrEnum

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cashier.ui.fonts import feature_font, has_inner_hyphen
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
        self._has_hyphen = False
        self._paragraph_gap = paragraph_gap
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
        if has_inner_hyphen(text) != self._has_hyphen:
            self._has_hyphen = not self._has_hyphen
            self.setFont(feature_font(text))
        self._update_tip()
        self.updateGeometry()

    def set_tone(self, tone: Tone | str | None) -> None:
        """Colour the text by a tone, or by "2" and "3" for the quieter text colours."""
        set_property(self, "tone", str(tone) if tone else None)

    def set_role(self, role: Role) -> None:
        self._role = role
        set_property(self, "role", str(role))
        self.updateGeometry()

    def allow_selection(self) -> None:
        """Let the text be marked and copied with the mouse."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        return round(self._lay_out(room)[1]) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        if not self.wordWrap():
            natural = super().sizeHint()
            return natural if not self._elides else QSize(natural.width(), natural.height())
        natural_width = max(
            (self.fontMetrics().horizontalAdvance(line) for line in self.text().split("\n")),
            default=0,
        )
        width = min(natural_width + 2, current_theme().px(_WIDEST_HINT))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        self.ensurePolished()
        if self._elides:
            return QSize(current_theme().px(24), super().minimumSizeHint().height())
        if self.wordWrap():
            longest = max(self.text().split(), key=len, default="")
            width = self.fontMetrics().horizontalAdvance(longest) + 2
            return QSize(min(width, self.sizeHint().width()), self.fontMetrics().height())
        return super().minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        selectable = self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        if selectable or not (self.wordWrap() or self._elides):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        if self._elides and not self.wordWrap():
            text = self.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, self.alignment() | Qt.TextFlag.TextSingleLine, text)
            return
        layouts, height = self._lay_out(room.width())
        top = float(room.top())
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max((room.height() - height) / 2, 0)
        for layout in layouts:
            layout.draw(painter, QPointF(room.left(), top))

    def _lay_out(self, width: int) -> tuple[list[QTextLayout], float]:
        """The paragraphs, each with its lines placed, and the height of all of them."""
        metrics = self.fontMetrics()
        factor = _TIGHT_LEADING if self._role in _TIGHT else LEADING
        pitch = max(float(round(self.font().pixelSize() * factor)), float(metrics.height()))
        lead = (pitch - metrics.height()) / 2
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layouts: list[QTextLayout] = []
        top = 0.0
        gap = current_theme().px(self._paragraph_gap)
        for paragraph in self.text().split("\n"):
            top += gap if layouts else 0
            layout = QTextLayout(paragraph, self.font())
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
        wide = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        set_tip(self, self.text() if wide else "")


def set_tip(widget: QWidget, text: str) -> None:
    """A tool tip that shows `text` literally, whatever it looks like."""
    widget.setToolTip(f"<span>{html.escape(text)}</span>" if text else "")
