"""What the typed letters may mean, under the entry field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.cell import cell_font
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded

MOST_ROWS = 6
_ROW, _PAD, _INSET, _FOOT = 56, 14, 6, 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`text` with a quieter `detail` under it and `right` (a price) at the end of the row."""

    text: str
    detail: str = ""
    right: str = ""
    data: object = None


@dataclass(frozen=True, slots=True)
class KeyHint:
    """Keys and what they do, in the list's footer."""

    keys: tuple[str, ...]
    text: str


class _SuggestionModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.suggestions: tuple[Suggestion, ...] = ()
        self.query = ""

    def replace(self, suggestions: Sequence[Suggestion], query: str) -> None:
        self.beginResetModel()
        self.suggestions = tuple(suggestions)
        self.query = query
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.suggestions)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        suggestion = self.suggestions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return suggestion.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (suggestion.text, suggestion.detail, suggestion.right)
            return ", ".join(part for part in parts if part)
        return None


class _SuggestionDelegate(QStyledItemDelegate):
    def __init__(self, model: _SuggestionModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, current_theme().px(_ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = current_theme()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            draw_rounded(painter, option.rect, radius=theme.px(8), fill=theme.color("accent-soft"))
        suggestion = self._model.suggestions[index.row()]
        pad = theme.px(_PAD)
        room = option.rect.adjusted(pad, 0, -pad, 0)
        price = cell_font(option.font, theme.px(17), strong=True)
        painter.setFont(price)
        painter.setPen(theme.color("text"))
        painter.drawText(
            room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, suggestion.right
        )
        taken = QFontMetrics(price).horizontalAdvance(suggestion.right)
        words = room.adjusted(0, 0, -taken - pad, 0)
        self._paint_words(painter, words, suggestion, option.font)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, room: QRect, suggestion: Suggestion, base: QFont
    ) -> None:
        theme = current_theme()
        first, second = theme.px(22), theme.px(18) if suggestion.detail else 0
        top = room.top() + (room.height() - first - second) // 2
        plain = cell_font(base, theme.px(16), strong=False, text=suggestion.text)
        plain.setWeight(QFont.Weight.Medium)
        line = QRect(room.left(), top, room.width(), first)
        paint_match(painter, line, suggestion.text, self._model.query, plain)
        if suggestion.detail:
            small = cell_font(base, theme.px(13), strong=False, text=suggestion.detail)
            painter.setFont(small)
            painter.setPen(theme.color("text-3"))
            text = QFontMetrics(small).elidedText(
                suggestion.detail, Qt.TextElideMode.ElideRight, room.width()
            )
            below = QRect(room.left(), top + first, room.width(), second)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)


class SuggestionList(QFrame):
    """A frame over the page, at most six rows high, that never takes the focus.

    The entry keeps the keyboard: the page calls `move` for ↑ ↓ and `choose_current` for Enter.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, *, name: str, accessible: str) -> None:
        super().__init__(parent)
        self._page = parent
        self.setObjectName(name)
        self._model = _SuggestionModel()
        self._list = QListView()
        self._list.setObjectName(f"{name}.list")
        self._list.setAccessibleName(accessible)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_SuggestionDelegate(self._model, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setProperty("plain", True)
        self._list.clicked.connect(self._choose_index)
        self._keys = QHBoxLayout()
        self._found = Label(
            role=Role.CAPTION, tone="3", align=Qt.AlignmentFlag.AlignRight, name=f"{name}.found"
        )
        self._foot = QWidget()
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addLayout(self._keys)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self._found)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._list)
        self._layout.addWidget(Rule())
        self._layout.addWidget(self._foot)
        self._hints: tuple[KeyHint, ...] = ()
        self.hide()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        inset = theme.px(_INSET)
        self._layout.setContentsMargins(inset, inset, inset, 0)
        self._foot.setFixedHeight(theme.px(_FOOT))
        self._foot_row.setContentsMargins(theme.px(_PAD), 0, theme.px(_PAD), 0)
        self._keys.setSpacing(theme.px(8))
        self._fit()

    def set_accessible(self, accessible: str) -> None:
        """What the list is, for those who hear it."""
        self._list.setAccessibleName(accessible)

    def set_hints(self, hints: Sequence[KeyHint]) -> None:
        """The keys that work in the list, shown in its footer."""
        self._hints = tuple(hints)
        while (item := self._keys.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for number, hint in enumerate(self._hints):
            if number:
                self._keys.addSpacing(current_theme().px(12))
            for key in hint.keys:
                self._keys.addWidget(Keycap(key))
            self._keys.addWidget(Label(hint.text, role=Role.CAPTION, tone="2"))

    def show_suggestions(
        self, suggestions: Sequence[Suggestion], *, query: str = "", found: str = ""
    ) -> None:
        """Show them with the first one chosen; hides itself when there is none."""
        self._model.replace(suggestions, query)
        self._found.setText(found)
        if not suggestions:
            self.hide()
            return
        self._list.setCurrentIndex(self._model.index(0))
        self._fit()
        self.show()
        self.raise_()

    def place_under(self, widget: QWidget, *, gap: int = 6) -> None:
        """Lie under `widget`, as wide as it is."""
        corner = widget.mapTo(self._page, QPoint(0, widget.height()))
        self.move(corner.x(), corner.y() + current_theme().px(gap))
        self.setFixedWidth(widget.width())

    def move_choice(self, steps: int) -> None:
        count = self._model.rowCount()
        if count:
            row = min(max(self._list.currentIndex().row() + steps, 0), count - 1)
            self._list.setCurrentIndex(self._model.index(row))

    def current(self) -> Suggestion | None:
        row = self._list.currentIndex().row()
        shown = self.isVisible() and 0 <= row < len(self._model.suggestions)
        return self._model.suggestions[row] if shown else None

    def choose_current(self) -> bool:
        """Emit `chosen` with the marked suggestion and hide; False when there is none."""
        suggestion = self.current()
        if suggestion is None:
            return False
        self.hide()
        self.chosen.emit(suggestion)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        draw_rounded(
            QPainter(self),
            self.rect(),
            radius=theme.px(12),
            fill=theme.color("surface"),
            border=theme.color("line-strong"),
        )

    def _choose_index(self, index: QModelIndex) -> None:
        self._list.setCurrentIndex(index)
        self.choose_current()

    def _fit(self) -> None:
        theme = current_theme()
        rows = min(self._model.rowCount(), MOST_ROWS)
        self._list.setFixedHeight(rows * theme.px(_ROW))
        inset = theme.px(_INSET)
        self.setFixedHeight(inset + rows * theme.px(_ROW) + 1 + theme.px(_FOOT) + 1)


def paint_match(painter: QPainter, room: QRect, text: str, query: str, font: QFont) -> None:
    """One line of `text` with the first place of `query` in it bold and blue."""
    theme = current_theme()
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    start = shown.casefold().find(query.casefold()) if query else -1
    end = start + len(query)
    parts = [(shown, False)]
    if start >= 0:
        parts = [(shown[:start], False), (shown[start:end], True), (shown[end:], False)]
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    left = room.left()
    baseline = room.top() + (room.height() - metrics.height()) // 2 + metrics.ascent()
    for part, matches in parts:
        face = bold if matches else font
        painter.setFont(face)
        painter.setPen(theme.color("accent-text" if matches else "text"))
        painter.drawText(left, baseline, part)
        left += QFontMetrics(face).horizontalAdvance(part)
