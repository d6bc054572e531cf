"""Rounded rectangles with borders that stay inside their rectangle."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def draw_rounded(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    radius: float,
    fill: QColor | None = None,
    border: QColor | None = None,
    width: float = 1,
) -> None:
    """Fill `rect` and draw its border inside it, antialiased."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if border is not None else 0
    inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    corner = max(radius - inset, 0)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(border, width) if border is not None else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(inner, corner, corner)
    painter.restore()


def rounded_path(rect: QRect | QRectF, radius: float) -> QPainterPath:
    """The outline of a rounded rectangle, for clipping."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), radius, radius)
    return path
