"""The table of a shift: a row for each terminal, and the sum of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cashier.domain.shift_report import Figures, ShiftReport
from cashier.ui import formats
from cashier.ui.fonts import text_font
from cashier.ui.pages.shift.table_header import StateHeader
from cashier.ui.pages.shift.words import taken_back
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.table import Column, TableFrame, TableView

translate = QCoreApplication.translate
_Index = QModelIndex | QPersistentModelIndex
_CELL = int(Qt.ItemDataRole.UserRole) + 7
_ROWS_SEEN = 6

_COLUMNS = (
    Column(),
    Column(width=100, right=True),
    Column(width=99, right=True),
    Column(width=80, right=True),
    Column(width=100, right=True),
    Column(width=84, right=True),
    Column(width=142, right=True),
    Column(width=114, right=True),
)
_NARROW = (
    Column(),
    Column(width=52, right=True),
    Column(width=96, right=True),
    Column(width=44, right=True),
    Column(width=44, right=True),
    Column(width=44, right=True),
    Column(width=94, right=True),
    Column(width=104, right=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    text: str
    lead: str = ""
    strong: bool = False
    quiet: bool = False


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[_Cell, ...]] = []
        self._currency = ""
        self.is_narrow = False

    def show_report(self, report: ShiftReport, *, narrow: bool) -> None:
        self.beginResetModel()
        self.is_narrow = narrow
        self._currency = formats.CURRENCY_SIGNS[report.whole.sold.currency]
        names = [
            one.key or translate("ShiftTable", "Another terminal") for one in report.by_terminal
        ]
        self._rows = [
            self._row(name, one, is_whole=False)
            for name, one in zip(names, report.by_terminal, strict=True)
        ]
        self._rows.append(self._row(translate("ShiftTable", "Total"), report.whole, is_whole=True))
        self.endResetModel()

    def _row(self, name: str, one: Figures, *, is_whole: bool) -> tuple[_Cell, ...]:
        language = current_language()

        def count(number: int) -> _Cell:
            text = formats.count(language, number)
            return _Cell(text=text, strong=is_whole, quiet=number == 0 and not is_whole)

        lead = translate("ShiftTable", "{0} pc").format(one.refunds) if one.refunds else ""
        has_back = one.refunds or one.corrected
        back = formats.bare_money(language, taken_back(one.given_back)) if has_back else "0"
        return (
            _Cell(text=name, strong=True),
            count(one.paid),
            _Cell(text=formats.bare_money(language, one.sold), strong=is_whole),
            count(one.declined),
            count(one.cancelled),
            count(one.unknown),
            _Cell(
                text=back,
                lead="" if self.is_narrow else lead.replace(" ", formats.HARD_SPACE),
                strong=is_whole,
                quiet=not has_back and not is_whole,
            ),
            _Cell(text=formats.bare_money(language, one.revenue), strong=True),
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self._rows[index.row()][index.column()]
        if role == _CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{cell.lead} {cell.text}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        told = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        return self._words()[section] if role in told else None

    def _words(self) -> tuple[str, ...]:
        return (
            translate("ShiftTable", "Terminal"),
            translate("ShiftTable", "Paid"),
            translate("ShiftTable", "Sum, {0}").format(self._currency),
            translate("ShiftTable", "Declined"),
            translate("ShiftTable", "Cancelled"),
            translate("ShiftTable", "Unkn."),
            translate("ShiftTable", "Refunds"),
            translate("ShiftTable", "Revenue, {0}").format(self._currency),
        )


class _Delegate(QStyledItemDelegate):
    """A quiet count before the sum of the refunds, and another ground under the last row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        cell = index.data(_CELL)
        rect = QRect(option.rect)
        is_last = index.row() == index.model().rowCount() - 1
        painter.save()
        painter.fillRect(rect, theme.color("surface-2" if is_last else "surface"))
        if not is_last:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        left = theme.px(18 if index.column() == 0 else 6)
        room = rect.adjusted(left, 0, -theme.px(18 if index.column() == 7 else 12), -1)
        self._paint_cell(painter, room, cell, option.font, is_left=index.column() == 0)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, room: QRect, cell: _Cell, base: QFont, *, is_left: bool
    ) -> None:
        theme = current_theme()
        side = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        font = QFont(text_font(base, cell.text))
        font.setPixelSize(theme.px(15))
        font.setWeight(QFont.Weight.DemiBold if cell.strong else QFont.Weight.Normal)
        metrics = QFontMetrics(font)
        while metrics.horizontalAdvance(cell.text) > room.width() and not is_left:
            font.setPixelSize(font.pixelSize() - 1)
            metrics = QFontMetrics(font)
            if font.pixelSize() <= theme.px(11):
                break
        text = cell.text
        if is_left:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(theme.color("text-3" if cell.quiet else "text"))
        painter.drawText(room, int(flags), text)
        if not cell.lead:
            return
        small = QFont(base)
        small.setPixelSize(theme.px(14))
        before = metrics.horizontalAdvance(text) + theme.px(8)
        painter.setFont(small)
        painter.setPen(theme.color("text-3"))
        painter.drawText(room.adjusted(0, 0, -before, 0), int(flags), cell.lead)


class TerminalTable(QWidget):
    """As high as its rows, up to six; more scroll."""

    def __init__(self, *, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model()
        self._report: ShiftReport | None = None
        self._is_narrow = False
        self.view = TableView(
            name="shift.terminals", accessible=accessible, row_height="history-row", parent=self
        )
        self._header = StateHeader(
            name="shift.terminals.header", accessible=accessible, parent=self.view
        )
        self.view.setHorizontalHeader(self._header)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setModel(self._model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame = TableFrame(self.view, parent=self)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        rows = min(max(self._model.rowCount(), 2), _ROWS_SEEN)
        head, row = theme.px(38), theme.px(38 if self._is_narrow else 44)
        self._header.setFixedHeight(head)
        self.view.verticalHeader().setDefaultSectionSize(row)
        self.setFixedHeight(head + rows * row + theme.px(6) + 2)
        self.view.set_columns(_NARROW if self._is_narrow else _COLUMNS)

    def resizeEvent(self, event: object) -> None:
        self._frame.setGeometry(self.rect())

    def show_report(self, report: ShiftReport) -> None:
        self._report = report
        self._model.show_report(report, narrow=self._is_narrow)
        self.restyle(current_theme())

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self._is_narrow:
            self._is_narrow = self._header.is_narrow = narrow
            self.retranslate()

    def retranslate(self) -> None:
        if self._report is not None:
            self.show_report(self._report)
