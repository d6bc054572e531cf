"""The chip in the header: payments that are waiting while something else is on screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from cashier.ui import icons
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.tone import Tone

if TYPE_CHECKING:
    from cashier.domain.payment import Word
    from cashier.services.views import PaymentView


@dataclass(frozen=True, slots=True)
class _Face:
    icon: str
    tone: Tone
    parts: tuple[str, ...]  # the word, the receipt, the sum, the time


class Chip(QPushButton):
    """One payment by its state, or how many there are. Emits `chosen` with a payment's id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("payment.chip")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._views: tuple[PaymentView, ...] = ()
        self._now = 0.0
        self._parts_left_out = 0
        self.setAccessibleName(self.tr("Waiting payments"))
        self.clicked.connect(self.open)
        self.hide()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(48))
        self.setProperty("ring-radius", theme.px(10))
        self._resize()

    def show_payments(
        self, views: tuple[PaymentView, ...], *, now: float, bar: QHBoxLayout, has_sum: bool = True
    ) -> None:
        """Show what waits off screen; `now` is monotonic, `bar` the row that the chip stands in.

        What does not fit there is left out: first the sum, then the receipt.
        """
        self._views = views
        self._now = now
        self.setVisible(bool(views))
        if views:
            room = self._room_in(bar)
            for self._parts_left_out in range(0 if has_sum else 1, 3):
                if self.sizeHint().width() <= room:
                    break
            text = " · ".join(self._face().parts)
            self.setText(text)
            self.setAccessibleName(text)
            self._resize()

    def _room_in(self, bar: QHBoxLayout) -> int:
        """Pixels that the other things in the row leave."""
        bar.activate()
        return bar.geometry().width() - bar.minimumSize().width() + self.width()

    def open(self) -> None:
        """Go to the payment, or ask which."""
        if len(self._views) == 1:
            self.chosen.emit(self._views[0].payment.id)
            return
        from cashier.ui import formats, texts

        menu = QMenu(self)
        menu.setObjectName("payment.chip.menu")
        for view in self._views:
            payment = view.payment
            amount = formats.money(current_language(), payment.amount)
            word = texts.word_text(payment.word)
            action = menu.addAction(f"{payment.receipt_number} · {amount} · {word}")
            action.triggered.connect(partial(self.chosen.emit, payment.id))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def sizeHint(self) -> QSize:
        theme = current_theme()
        if not self._views:
            return QSize(0, theme.px(48))
        text = QFontMetrics(self._font(theme)).horizontalAdvance(" · ".join(self._face().parts))
        return QSize(text + theme.px(20 + 12 + 16 + 16), theme.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._views:
            return
        theme = current_theme()
        face = self._face()
        painter = QPainter(self)
        solid = face.tone is Tone.LATE
        fill = theme.color("bad" if solid else face.tone.soft)
        if self.isDown() or self.underMouse():
            fill = fill.darker(104) if not theme.is_dark else fill.lighter(115)
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(10),
            fill=fill,
            border=theme.color(face.tone.line),
        )
        ink = theme.color(face.tone.text)
        size = theme.px(20)
        left = theme.px(14)
        spot = self.rect().adjusted(left, (self.height() - size) // 2, 0, 0)
        spot.setSize(QSize(size, size))
        icons.paint_icon(painter, spot.toRectF(), face.icon, ink)
        painter.setFont(self._font(theme))
        painter.setPen(ink)
        painter.drawText(
            self.rect().adjusted(left + size + theme.px(8), 0, -theme.px(8), 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            " · ".join(face.parts),
        )

    def _resize(self) -> None:
        self.setFixedWidth(max(1, self.sizeHint().width()))
        self.update()

    def _font(self, theme: Theme) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(15))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _face(self) -> _Face:
        if len(self._views) > 1:
            return self._face_of_many()
        from cashier.domain.payment import TONES, PaymentState
        from cashier.ui import formats, texts

        view = self._views[0]
        payment = view.payment
        word = payment.word
        parts = [_chip_word(word), payment.receipt_number]
        if payment.state not in (PaymentState.PAID, PaymentState.FAILED, PaymentState.CLOSED):
            parts.append(formats.money(current_language(), payment.amount))
            parts.append(formats.duration(max(0.0, self._now - view.entered)))
        left_out = self._parts_left_out
        if left_out and len(parts) == 4:
            del parts[2]
        if left_out > 1 and len(parts) > 1:
            del parts[1]
        return _Face(texts.word_icon(word), Tone(TONES[word].value), tuple(parts))

    def _face_of_many(self) -> _Face:
        from cashier.domain.payment import TONES, PaymentState
        from cashier.ui import texts

        worst = max(self._views, key=lambda view: _URGENCY.get(TONES[view.payment.word].value, 0))
        word = worst.payment.word
        count = len(self._views)
        text = QCoreApplication.translate("Chip", "Payments to look at: {0}")
        if all(view.payment.state is PaymentState.OPEN for view in self._views):
            text = QCoreApplication.translate("Chip", "Waiting for payment: {0}")
        text = text.format(count)
        return _Face(texts.word_icon(word), Tone(TONES[word].value), (text,))


def _chip_word(word: Word) -> str:
    from cashier.domain.payment import Word
    from cashier.ui import texts

    if word is Word.WAITING:
        return QCoreApplication.translate("Chip", "Waits for payment")
    return texts.word_text(word)


_URGENCY = {"late": 5, "bad": 4, "warn": 3, "ok": 2, "accent": 1, "mute": 0}
