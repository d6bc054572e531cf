"""Draws the program's own picture: `python resources/app/make.py` writes `cashier.ico`.

A till's screen with the corners of a QR code and a tick. The small sizes leave the details out.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
SMALL = 24
"""Pixels up to which only the tick is drawn."""

BACK = '<rect x="8" y="8" width="240" height="240" rx="56" fill="#1B55D3"/>'
CORNERS = "".join(
    f'<path d="M{x} {y + 36 * v} V{y} H{x + 36 * h}"/>'
    for x, y, h, v in ((60, 60, 1, 1), (196, 60, -1, 1), (60, 196, 1, -1), (196, 196, -1, -1))
)
LINES = 'fill="none" stroke="#FFFFFF" stroke-linecap="round" stroke-linejoin="round"'


def picture(size: int) -> bytes:
    """The SVG for so many pixels."""
    if size <= SMALL:
        inside = f'<g {LINES} stroke-width="34"><path d="M66 134 L110 178 L192 88"/></g>'
    else:
        tick = '<path d="M92 132 L118 158 L168 104"/>'
        corners = f'<g {LINES} stroke-width="18">{CORNERS}</g>'
        inside = f'{corners}<g {LINES} stroke-width="22">{tick}</g>'
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">'
    return f"{head}{BACK}{inside}</svg>".encode()


def drawn(size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(picture(size))).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(bytes(buffer.data().data())))


def main() -> None:
    pictures = [drawn(size) for size in SIZES]
    pictures[-1].save(
        FOLDER / "cashier.ico",
        append_images=pictures[:-1],
        sizes=[(size, size) for size in SIZES],
    )
    (FOLDER / "cashier.svg").write_bytes(picture(256) + b"\n")


if __name__ == "__main__":
    main()
