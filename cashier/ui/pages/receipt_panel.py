"""The side panel of a payment: its receipt, which nobody can change, and the page's buttons."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cashier.domain.quantity import ONE
from cashier.domain.receipt import PERCENT_PARTS, Receipt
from cashier.domain.saved_receipt import SavedReceipt
from cashier.ui import formats
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.room import Room

_ROW, _ROW_NARROW = 34, 26


class ReceiptPanel(QFrame):
    """Number, lines, discount and total. `buttons` is the layout below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._room = Room.NORMAL
        self._number = Label(role=Role.PANEL_HEAD, name="payment.receipt")
        self._count = Label(
            role=Role.PANEL_NOTE, align=Qt.AlignmentFlag.AlignRight, name="payment.receipt.count"
        )
        self._note_icon = IconLabel("lock", px=16, colour="text-2")
        self._note = Label(role=Role.SMALL, tone="2", elide=True, name="payment.receipt.note")
        self._lines = _Lines()
        self._discount = Label(role=Role.FIELD, tone="2", name="payment.receipt.discount")
        self._discount_sum = Label(role=Role.ROW, align=Qt.AlignmentFlag.AlignRight)
        self._discount_row = _row(self._discount, self._discount_sum)
        self._total = Label(role=Role.STRONG)
        self._total_sum = Label(
            role=Role.PANEL_HEAD, align=Qt.AlignmentFlag.AlignRight, name="payment.receipt.total"
        )
        self.buttons = QVBoxLayout()
        self._layout = QVBoxLayout(self)
        self._arrange()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        note = QHBoxLayout()
        note.setSpacing(8)
        note.addWidget(self._note_icon)
        note.addWidget(self._note, 1)
        scroll = QScrollArea()
        scroll.setObjectName("payment.receipt.lines")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._lines)
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.verticalScrollBar().rangeChanged.connect(self._be_a_stop)
        self._scroll = scroll
        self._layout.addLayout(_row(self._number, self._count))
        self._layout.addLayout(note)
        self._layout.addWidget(Rule())
        self._layout.addWidget(scroll, 1)
        self._layout.addWidget(Rule())
        self._layout.addLayout(self._discount_row)
        self._layout.addLayout(_row(self._total, self._total_sum))
        self._layout.addSpacing(4)
        self._layout.addLayout(self.buttons)

    def _be_a_stop(self, _least: int, most: int) -> None:
        """Tab stops at the lines only where there is something to scroll."""
        policy = Qt.FocusPolicy.StrongFocus if most > 0 else Qt.FocusPolicy.NoFocus
        self._scroll.setFocusPolicy(policy)

    def restyle(self, theme: Theme) -> None:
        narrow = self._room is Room.NARROW
        across = theme.px(16 if narrow else 24)
        self.setFixedWidth(theme.px(self._room.side))
        self._layout.setContentsMargins(
            across, theme.px(16), across, theme.px(14 if narrow else 20)
        )
        self._layout.setSpacing(theme.px(8))
        self.buttons.setSpacing(theme.px(8 if narrow else 10))
        self._lines.set_row_height(theme.px(_ROW_NARROW if narrow else _ROW))

    def set_room(self, room: Room) -> None:
        """Tighter rows where there is little."""
        if room is not self._room:
            self._room = room
            self.restyle(current_theme())

    def show_receipt(self, saved: SavedReceipt, *, frozen: bool) -> None:
        """Show it; `frozen` while the outcome of its payment is open."""
        language, receipt = current_language(), saved.receipt
        self._number.setText(self.tr("Receipt {0}").format(saved.number))
        self._count.setText(self.tr("%n items", None, len(receipt.lines)))
        self._note_icon.show_icon("lock" if frozen else "check")
        self._note.setText(self._note_text(frozen=frozen))
        self._lines.show_lines(receipt)
        self._scroll.setAccessibleName(self.tr("Lines of the receipt"))
        discount = receipt.receipt_discount
        self._discount.setText(self._discount_text(receipt))
        self._discount_sum.setText(formats.bare_money(language, -discount))
        self._discount.setVisible(bool(discount))
        self._discount_sum.setVisible(bool(discount))
        self._total.setText(self.tr("Total"))
        self._total_sum.setText(formats.money(language, receipt.amount))

    def _note_text(self, *, frozen: bool) -> str:
        if not frozen:
            return self.tr("Receipt kept, the items are in place")
        if self._room is Room.NARROW:
            return self.tr("Frozen until the outcome is known")
        return self.tr("Receipt frozen until the outcome is known")

    def _discount_text(self, receipt: Receipt) -> str:
        percent = receipt.discount.percent if receipt.discount else None
        if percent is None:
            return self.tr("Receipt discount")
        share = formats.percent(current_language(), percent_of(percent))
        return self.tr("Receipt discount {0}").format(share)


class _Lines(QWidget):
    """One row a line: the name, cut where it must be, the quantity, the sum."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[str, str, str], ...] = ()
        self._row_height = _ROW
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_row_height(self, pixels: int) -> None:
        self._row_height = pixels
        self.setMinimumHeight(self._row_height * len(self._rows))
        self.update()

    def show_lines(self, receipt: Receipt) -> None:
        language = current_language()
        rows = tuple(
            (
                line.name,
                "" if line.quantity == ONE else f"× {formats.quantity(language, line.quantity)}",
                formats.bare_money(language, line.net),
            )
            for line in receipt.lines
        )
        if rows == self._rows:
            return
        self._rows = rows
        self.setAccessibleName("; ".join(" ".join(filter(None, row)) for row in rows))
        self.set_row_height(self._row_height)

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(200), self._row_height * len(self._rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        plain, small = QFont(self.font()), QFont(self.font())
        plain.setPixelSize(theme.px(15))
        small.setPixelSize(theme.px(14))
        for number, (name, quantity, result) in enumerate(self._rows):
            row = QRect(0, number * self._row_height, self.width(), self._row_height)
            if not row.intersects(event.rect()):
                continue
            room = row.width() - max(QFontMetrics(plain).horizontalAdvance(result), theme.px(62))
            room -= theme.px(20)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.setFont(plain)
            painter.setPen(theme.color("text"))
            painter.drawText(row, flags | Qt.AlignmentFlag.AlignRight, result)
            if quantity:
                painter.setFont(small)
                painter.setPen(theme.color("text-3"))
                spot = QRect(0, row.y(), room, row.height())
                painter.drawText(spot, flags | Qt.AlignmentFlag.AlignRight, quantity)
                room -= QFontMetrics(small).horizontalAdvance(quantity) + theme.px(12)
            painter.setFont(plain)
            painter.setPen(theme.color("text"))
            short = QFontMetrics(plain).elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(0, row.y(), room, row.height()), flags, short)


def percent_of(hundredths: int) -> Decimal:
    """Hundredths of a percent as percent."""
    return Decimal(hundredths) / PERCENT_PARTS


def _row(left: Label, right: Label) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(left)
    row.addWidget(right, 1)
    return row
