"""Tables: a rounded frame, a view without grid lines, and a delegate that paints the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cashier.ui.fonts import feature_font
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.cell import CellDelegate
from cashier.ui.widgets.shape import draw_rounded

_HEADER = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` in pixels at 100 %, or 0 for a share of what is left; `right` aligns the numbers."""

    width: int = 0
    right: bool = False


class TableView(QTableView):
    """Whole rows are chosen, one at a time; nothing is edited in place by Qt.

    The model answers `CELL_ROLE` with a `Cell`, or DisplayRole with plain text.
    """

    def __init__(
        self, *, name: str, accessible: str, row_height: str = "row", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self._row_height = row_height
        self._columns: tuple[Column, ...] = ()
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(1)
        header.setObjectName(f"{name}.header")
        header.setAccessibleName(accessible)
        header.setFont(feature_font("a-b"))
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.horizontalHeader().setFixedHeight(theme.px(_HEADER))
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.height(self._row_height))
        self._lay_columns()
        self.viewport().update()

    def set_row_height(self, what: str) -> None:
        """The kind of row: "row", "history-row", "refund-row"."""
        self._row_height = what
        self.restyle(current_theme())

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._lay_columns()

    def set_columns(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self._lay_columns()

    def column_is_right(self, column: int) -> bool:
        return column < len(self._columns) and self._columns[column].right

    def chosen_row(self) -> int:
        """The selected row, or -1."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    def choose_row(self, row: int) -> None:
        """Select a row and bring it into sight; outside the table nothing is selected."""
        if not 0 <= row < self._row_count():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def move_choice(self, steps: int) -> None:
        """Go up or down, staying inside: for a page whose focus is elsewhere."""
        count = self._row_count()
        if count:
            self.choose_row(min(max(self.chosen_row() + steps, 0), count - 1))

    def _row_count(self) -> int:
        # The stubs say that a view always has a model; it has none before setModel.
        model: QAbstractItemModel | None = self.model()
        return 0 if model is None else model.rowCount()

    def _lay_columns(self) -> None:
        theme = current_theme()
        header = self.horizontalHeader()
        for number, column in enumerate(self._columns[: header.count()]):
            if column.width:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(number, theme.px(column.width))
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)


class TableFrame(QFrame):
    """The rounded border around a table; `footer` holds what stands under the rows."""

    def __init__(self, table: TableView, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self._layout.addWidget(table, 1)
        self.footer = QVBoxLayout()
        self._layout.addLayout(self.footer)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(1, 1, 1, theme.px(6))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        radius = theme.px(12)
        draw_rounded(painter, self.rect(), radius=radius, fill=theme.color("surface"))
        head = self.table.horizontalHeader()
        if head.isVisible():
            height = self.table.y() + head.height()
            painter.save()
            painter.setClipRect(0, 0, self.width(), height)
            draw_rounded(painter, self.rect(), radius=radius, fill=theme.color("surface-2"))
            painter.restore()
        draw_rounded(painter, self.rect(), radius=radius, border=theme.color("line"))
