"""Reading a QR back from pixels, and measuring the white around it."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image
from PIL.Image import Image as Picture
from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget

_ORIGIN = QPoint(0, 0)


def rendered(widget: QWidget, *, ratio: float = 1.0, offset: QPoint = _ORIGIN) -> QImage:
    """What the widget paints on a device with `ratio` device pixels per pixel, at `offset`."""
    picture = QImage(
        round((widget.width() + offset.x()) * ratio),
        round((widget.height() + offset.y()) * ratio),
        QImage.Format.Format_RGB32,
    )
    picture.setDevicePixelRatio(ratio)
    picture.fill(0xFF808080)
    widget.render(picture, offset, QRegion(), QWidget.RenderFlag.DrawChildren)
    return picture


def decoded(picture: QImage) -> list[str]:
    """The texts of all codes in the picture."""
    return [found.text for found in zxingcpp.read_barcodes(_as_pillow(picture))]


def black_box(picture: QImage) -> tuple[int, int, int, int]:
    """Left, top, right and bottom (exclusive) of the pure black pixels, in device pixels."""
    grey = _as_pillow(picture).point(lambda value: 255 if value == 0 else 0)
    found = grey.getbbox()
    assert found is not None, "nothing black"
    return found


def shades(picture: QImage, box: tuple[int, int, int, int]) -> set[int]:
    """The grey values inside a box of device pixels."""
    colours = _as_pillow(picture).crop(box).getcolors()
    assert colours is not None
    return {int(value) for _, value in colours if isinstance(value, int)}


def _as_pillow(picture: QImage) -> Picture:
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    grey.setDevicePixelRatio(1)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    grey.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt text
    return Image.open(BytesIO(bytes(buffer.data().data())))
