"""The table of payments; a row that has not come yet is a row of grey bars."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from cashier.ui.pages.history.feed import HistoryFeed
from cashier.ui.pages.history.model import HistoryColumn, HistoryModel
from cashier.ui.theme import current_theme
from cashier.ui.widgets.cell import CELL_ROLE, CellDelegate
from cashier.ui.widgets.room import Room, room_of
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.table import Column, TableView

SKELETON_AFTER_MS = 300
_BAR = 14
_SHARES = {HistoryColumn.TIME: 0.6, HistoryColumn.STATUS: 0.5}
_LATER_DAYS = 108


class _Delegate(CellDelegate):
    """Grey bars where there is no cell, once that has lasted."""

    def __init__(self, table: HistoryTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        if index.data(CELL_ROLE) is not None or not self._table.shows_bars:
            return
        theme = current_theme()
        column = HistoryColumn(index.column())
        width = (option.rect.width() - theme.px(24)) * _SHARES.get(column, 0.8)
        bar = QRectF(0, 0, width, theme.px(_BAR))
        bar.moveTop(option.rect.center().y() - bar.height() / 2)
        bar.moveLeft(option.rect.left() + theme.px(12))
        draw_rounded(painter, bar, radius=theme.px(6), fill=theme.color("surface-3"))


class HistoryTable(TableView):
    """`opened` by Enter or a double click, `typed` when letters are typed into it."""

    opened = Signal()
    typed = Signal(str)

    def __init__(self, model: HistoryModel, feed: HistoryFeed) -> None:
        super().__init__(name="history.table", accessible="payments", row_height="history-row")
        self.shows_bars = False
        self._is_narrow = False
        self._has_days = False
        self.setItemDelegate(_Delegate(self))
        self.setModel(model)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SKELETON_AFTER_MS)
        self._patience.timeout.connect(self._lose_patience)
        self._feed = feed
        feed.came.connect(self._wait_anew)
        feed.renewed.connect(self._wait_anew)
        feed.began.connect(self._wait)
        self.doubleClicked.connect(self.opened)
        self.fit(narrow=False, has_days=False)

    def fit(self, *, narrow: bool, has_days: bool) -> None:
        """Columns for the room there is; `has_days`: rows of other days, too."""
        self._is_narrow, self._has_days = narrow, has_days
        wide = room_of(self) is Room.WIDE
        time = Column(width=_LATER_DAYS if has_days else 76)
        self.set_columns(
            (
                time,
                Column(width=104 if narrow else 112),
                Column(width=112 if narrow else 120, right=True),
                Column(width=1 if narrow else 230 if wide else 142),
                Column(width=1 if narrow else 250 if wide else 110),
                Column(),
            )
        )
        for column in (HistoryColumn.METHOD, HistoryColumn.TERMINAL):
            self.setColumnHidden(column, narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text and text.isprintable():
            self.typed.emit(text)
        elif event.text() in ("\r", "\n"):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _wait_anew(self) -> None:
        self.shows_bars = False
        self._wait()

    def _wait(self) -> None:
        if self._feed.is_loading and not self.shows_bars and not self._patience.isActive():
            self._patience.start()

    def _lose_patience(self) -> None:
        self.shows_bars = self._feed.is_loading
        self.viewport().update()
