"""The line icons of `resources/icons`, coloured and sharp at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cashier import paths

_STROKES = ((16, 2.2), (20, 2.0))
_STROKE_LARGE = 1.8


def icon_names() -> frozenset[str]:
    """Every icon that ships with the program."""
    return frozenset(file.stem for file in (paths.resources() / "icons").glob("*.svg"))


def pixmap(
    name: str, px: int, colour: QColor, *, dpr: float | None = None, stroke: float | None = None
) -> QPixmap:
    """The icon `px` device-independent pixels wide. KeyError when there is no such icon.

    `stroke` is the line width on the 24 px grid; by default it follows the size.
    """
    ratio = dpr if dpr is not None else _application_ratio()
    return _pixmap(name, px, colour.name(), colour.alpha(), ratio, stroke or _stroke_for(px))


def icon(name: str, px: int, colour: QColor, *, stroke: float | None = None) -> QIcon:
    """The same picture as a QIcon, for widgets that take nothing else."""
    return QIcon(pixmap(name, px, colour, stroke=stroke))


def paint_icon(
    painter: QPainter, rect: QRectF, name: str, colour: QColor, *, stroke: float | None = None
) -> None:
    """Draw the icon centred in `rect`, as large as its shorter side."""
    ratio = painter.device().devicePixelRatioF()
    px = round(min(rect.width(), rect.height()))
    picture = pixmap(name, px, colour, dpr=ratio, stroke=stroke)
    left = rect.x() + (rect.width() - px) / 2
    top = rect.y() + (rect.height() - px) / 2
    painter.drawPixmap(QRectF(round(left), round(top), px, px), picture, QRectF(picture.rect()))


def square(px: int) -> QSize:
    """The size of an icon."""
    return QSize(px, px)


def centred(middle: QPoint, px: int) -> QRectF:
    """A square of `px` around the pixel `middle`."""
    return QRectF(middle.x() - px / 2 + 0.5, middle.y() - px / 2 + 0.5, px, px)


def _application_ratio() -> float:
    application = QGuiApplication.instance()
    if not isinstance(application, QGuiApplication):
        return 1.0
    return application.devicePixelRatio()


def _stroke_for(px: int) -> float:
    return next((stroke for limit, stroke in _STROKES if px <= limit), _STROKE_LARGE)


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    try:
        return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyError(name) from None


@lru_cache(maxsize=1024)
def _pixmap(name: str, px: int, colour: str, alpha: int, ratio: float, stroke: float) -> QPixmap:
    # QtSvg paints currentColor black, so the colour goes into the text itself.
    svg = _source(name).replace("currentColor", colour)
    svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke:g}"')
    picture = QPixmap(round(px * ratio), round(px * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(alpha / 255)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
