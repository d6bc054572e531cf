"""Paper and PDF by Qt: sheets of plain lines, and what a copy of a payment says on one.

A copy is never a fiscal receipt, and says so on every page; in training it says that, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRect, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtWidgets import QApplication

from cashier.domain.failure import CashierError, Failure

_DPI = 300
_MARGIN_MM = 18.0
_PT = {"title": 17.0, "total": 14.0, "line": 10.5, "small": 8.5, "note": 10.5}
_INK, _QUIET = QColor("#12151A"), QColor("#474F5C")


class Look(Enum):
    """How a line of a sheet is set."""

    TITLE = auto()
    TOTAL = auto()
    LINE = auto()
    SMALL = auto()
    NOTE = auto()
    RULE = auto()
    GAP = auto()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """`left` is wrapped, `right` stands at the right edge and is never cut."""

    look: Look
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`notes` are repeated at the head of every page."""

    title: str
    notes: tuple[str, ...]
    lines: tuple[SheetLine, ...]


def write_pdf(path: Path, sheet: Sheet) -> None:
    """Write the sheet as a PDF in A4, or leave what was there.

    Raises CashierError(FOLDER_UNWRITABLE).
    """
    content = pdf_bytes(sheet)
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        raise CashierError(
            Failure.FOLDER_UNWRITABLE, folder=str(path.parent), reason=error.strerror
        ) from error


def pdf_bytes(sheet: Sheet) -> bytes:
    """The sheet as a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(sheet.title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    draw_sheet(painter, writer, sheet)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def draw_sheet(painter: QPainter, device: QPagedPaintDevice, sheet: Sheet) -> int:
    """Draw on as many pages as it takes; returns how many. For a printer and for a PDF."""
    return _Setter(painter, device, sheet).draw()


class _Setter:
    """Sets the lines of one sheet, page after page."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice, sheet: Sheet) -> None:
        self._painter = painter
        self._device = device
        self._sheet = sheet
        layout = device.pageLayout()
        area: QSizeF = layout.paintRect(QPageLayout.Unit.Point).size()
        self._dpi = painter.device().logicalDpiX()
        self._width = round(area.width() * self._dpi / 72)
        self._height = round(area.height() * self._dpi / 72)
        self._top = 0
        self._pages = 1

    def draw(self) -> int:
        self._head()
        for line in self._sheet.lines:
            needed = self._needed(line)
            if self._top + needed > self._height:
                self._device.newPage()
                self._pages += 1
                self._top = 0
                self._head()
            self._set(line, needed)
        return self._pages

    def _head(self) -> None:
        for note in self._sheet.notes:
            line = SheetLine(Look.NOTE, note)
            self._set(line, self._needed(line))
        self._top += self._px(8)

    def _px(self, points: float) -> int:
        return round(points * self._dpi / 72)

    def _font(self, look: Look) -> QFont:
        font = QFont(QApplication.font())
        # Glyphs that a feature of the font puts in cannot be copied out of a PDF again.
        for feature in ("tnum", "calt"):
            font.setFeature(QFont.Tag(feature), 0)
        size = _PT.get(look.name.lower(), _PT["line"])
        font.setPixelSize(self._px(size))
        bold = look in (Look.TITLE, Look.TOTAL, Look.NOTE)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _needed(self, line: SheetLine) -> int:
        if line.look in (Look.RULE, Look.GAP):
            return self._px(10)
        metrics = QFontMetrics(self._font(line.look), self._painter.device())
        return self._left_box(line, metrics).height() + self._px(4)

    def _left_box(self, line: SheetLine, metrics: QFontMetrics) -> QRect:
        right = metrics.horizontalAdvance(line.right)
        room = self._width - (right + self._px(12) if line.right else 0)
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
        box = metrics.boundingRect(QRect(0, 0, max(room, 1), 10**6), flags, line.left)
        return QRect(QPoint(0, 0), QSizeF(room, max(box.height(), metrics.height())).toSize())

    def _set(self, line: SheetLine, needed: int) -> None:
        painter = self._painter
        if line.look is Look.RULE:
            middle = self._top + needed // 2
            painter.fillRect(0, middle, self._width, max(self._px(0.6), 1), _QUIET)
        elif line.look is not Look.GAP:
            font = self._font(line.look)
            painter.setFont(font)
            painter.setPen(_QUIET if line.look is Look.SMALL else _INK)
            box = self._left_box(line, QFontMetrics(font, painter.device()))
            box.translate(0, self._top)
            flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
            painter.drawText(box, flags, line.left)
            whole = QRect(0, self._top, self._width, box.height())
            painter.drawText(whole, int(Qt.AlignmentFlag.AlignRight), line.right)
        self._top += needed


def heading(text: str) -> Sequence[SheetLine]:
    """A title and the rule under it."""
    return (SheetLine(Look.TITLE, text), SheetLine(Look.RULE))
