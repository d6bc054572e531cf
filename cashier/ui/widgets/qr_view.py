"""The payment's QR code: black on white in every theme, whole device pixels per module."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.spinner import Turning, paint_spinner

QUIET = 4
FLOOR = 320
_PAD = 7
_RADIUS = 16
_WHITE = QColor("#FFFFFF")
_LINE = QColor("#DCE0E6")
_INK = QColor("#12151A")
_QUIET_INK = QColor("#474F5C")
_SKELETON = QColor("#E6E9EE")


class QrState(Enum):
    EMPTY = "empty"
    CREATING = "creating"
    SHOWN = "shown"
    COVERED = "covered"


class QrView(QWidget):
    """A white square box with the QR of a URL, or with what stands in its place.

    Never smaller than 320 px at 100 %; the code keeps a quiet zone of four modules on each side.
    Give it an accessible name that says what it pays.
    """

    def __init__(self, *, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self._state = QrState.EMPTY
        self._text = ""
        self._words = ""
        self._icon = ""
        self._matrix: tuple[tuple[bool, ...], ...] = ()
        self._turning = Turning(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setMinimumSize(FLOOR, FLOOR)
        self.updateGeometry()
        self.update()

    @property
    def state(self) -> QrState:
        return self._state

    def text(self) -> str:
        """The URL that can be scanned now; empty while none is shown."""
        return self._text if self._state is QrState.SHOWN else ""

    def set_text(self, text: str | None) -> None:
        """Show the QR of `text`, or an empty box for None."""
        if text and text != self._text:
            self._matrix = qr_matrix(text)
        self._text = text or ""
        self._enter(QrState.SHOWN if text else QrState.EMPTY)

    def show_creating(self, words: str) -> None:
        """A skeleton with `words`; the old code is gone from memory, not only from sight."""
        self._forget()
        self._words = words
        self._enter(QrState.CREATING)

    def cover(self, words: str, *, icon: str = "") -> None:
        """Hide the code behind `words`, with a spinner or an `icon`. `uncover` brings it back."""
        self._words = words
        self._icon = icon
        self._enter(QrState.COVERED)

    def uncover(self) -> None:
        self._enter(QrState.SHOWN if self._text else QrState.EMPTY)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def sizeHint(self) -> QSize:
        side = current_theme().px(424)
        return QSize(side, side)

    def code_rect(self) -> QRectF:
        """The modules without the quiet zone, in this widget's coordinates."""
        ratio = self.devicePixelRatioF()
        origin, module = self._place(QPointF(0, 0), ratio)
        side = module * len(self._matrix)
        return QRectF(origin.x() / ratio, origin.y() / ratio, side / ratio, side / ratio)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = current_theme().px(_RADIUS)
        draw_rounded(painter, self._box(), radius=radius, fill=_WHITE, border=_LINE)
        match self._state:
            case QrState.SHOWN:
                self._paint_code(painter)
            case QrState.CREATING:
                self._paint_skeleton(painter)
                self._paint_words(painter)
            case QrState.COVERED:
                self._paint_words(painter)
            case QrState.EMPTY:
                pass

    def _enter(self, state: QrState) -> None:
        self._state = state
        turns = state is QrState.CREATING or (state is QrState.COVERED and not self._icon)
        self._turning.turn(turns)
        self.update()

    def _forget(self) -> None:
        self._text = ""
        self._matrix = ()

    def _box(self) -> QRect:
        side = min(self.width(), self.height())
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _place(self, offset: QPointF, ratio: float) -> tuple[QPoint, int]:
        """Where the first module goes and its side, in device pixels.

        `offset` is where this widget's corner lies on the device.
        """
        box = self._box()
        pad = current_theme().px(_PAD)
        room = (box.width() - 2 * pad) * ratio
        modules = len(self._matrix)
        module = max(int(room // (modules + 2 * QUIET)), 1)
        spare = (box.width() * ratio - module * modules) / 2
        return (
            QPoint(
                round(offset.x() + box.x() * ratio + spare),
                round(offset.y() + box.y() * ratio + spare),
            ),
            module,
        )

    def _paint_code(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        to_device = painter.deviceTransform()
        ratio = to_device.m11()
        origin, module = self._place(QPointF(to_device.dx(), to_device.dy()), ratio)
        picture = _module_picture(self._matrix, module)
        picture.setDevicePixelRatio(ratio)
        back, _ = to_device.inverted()
        painter.drawImage(back.map(QPointF(origin)), picture)

    def _paint_skeleton(self, painter: QPainter) -> None:
        edge = current_theme().px(47)
        inner = self._box().adjusted(edge, edge, -edge, -edge)
        draw_rounded(painter, inner, radius=current_theme().px(12), fill=_SKELETON)

    def _paint_words(self, painter: QPainter) -> None:
        theme = current_theme()
        box = self._box()
        side = theme.px(44)
        spot = QRectF(box.center().x() - side / 2, box.center().y() - theme.px(48), side, side)
        if self._icon and self._state is QrState.COVERED:
            icons.paint_icon(painter, spot, self._icon, _QUIET_INK)
        else:
            paint_spinner(painter, spot, _QUIET_INK, self._turning.step)
        font = QFont(self.font())
        font.setPixelSize(theme.px(20))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(_INK)
        edge = theme.px(56)
        room = QRect(
            box.left() + edge,
            box.center().y() + theme.px(12),
            box.width() - 2 * edge,
            box.height() // 2 - theme.px(60),
        )
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, flags | Qt.TextFlag.TextWordWrap, self._words)


@lru_cache(maxsize=2)  # computing one takes as long as several frames
def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of `text`, error correction M, no border. True is black."""
    import qrcode  # type: ignore[import-untyped]  # ships no types; not needed at the start

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())


def _module_picture(matrix: tuple[tuple[bool, ...], ...], module: int) -> QImage:
    size = len(matrix)
    small = QImage(size, size, QImage.Format.Format_RGB32)
    small.fill(Qt.GlobalColor.white)
    for y, row in enumerate(matrix):
        for x, black in enumerate(row):
            if black:
                small.setPixelColor(x, y, Qt.GlobalColor.black)
    return small.scaled(
        size * module,
        size * module,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.FastTransformation,
    )
