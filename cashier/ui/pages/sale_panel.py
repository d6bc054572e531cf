"""The sums of the receipt, what waits, and the button that shows the QR."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.receipt import PERCENT_PARTS, Receipt
from cashier.domain.saved_receipt import SavedReceipt
from cashier.ui import formats
from cashier.ui.pages.panel_rows import PanelAction, ParkedRow
from cashier.ui.pages.waiting_card import WaitingCard
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.amount import Amount, AmountSize
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.key_value import KeyValue
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.room import Room

_ROWS = 2
"""Parked receipts that are listed; the others are in the dialog."""


class SalePanel(QFrame):
    """Shows what it is told. `reason` is why F12 is dark, or ""."""

    pay_asked = Signal()
    park_asked = Signal()
    clear_asked = Signal()
    discount_asked = Signal()
    parked_asked = Signal()
    taken_up = Signal(str)
    return_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._receipt = Receipt()
        self._number = ""
        self._shown: tuple[Receipt, str] | None = None
        self._parked: tuple[SavedReceipt, ...] = ()
        self._room = Room.NORMAL
        self._rows: list[ParkedRow] = []
        self._make()
        self._arrange()
        self.retranslate()
        follow_theme(self.restyle)

    def _make(self) -> None:
        right = Qt.AlignmentFlag.AlignRight
        self.number = Label(role=Role.PANEL_HEAD, name="sale.number")
        self.count = Label(role=Role.PANEL_NOTE, name="sale.count", align=right)
        self.gross = KeyValue("", name="sale.gross")
        self.line_discounts = KeyValue("", name="sale.line_discounts")
        self.discount = PanelAction(name="sale.discount", keycap="Shift+F6", icon="percent")
        self.parked = PanelAction(name="sale.parked", keycap="Shift+F7", icon="pause")
        self.waiting = WaitingCard()
        self._total_word = Label(role=Role.TOTAL)
        self.total = Amount(name="sale.total", size=AmountSize.L)
        self.reason = Label(role=Role.SMALL, tone="2", wrap=True, name="sale.pay.reason")
        self.pay = Button(
            "",
            name="sale.pay",
            kind=Kind.PRIMARY,
            size=Size.XL,
            icon="qr-code",
            keycap="F12",
            spread=True,
        )
        self.park = Button("", name="sale.park", keycap="F7", spread=True)
        self.clear = Button("", name="sale.clear", icon="trash-2")
        self.pay.clicked.connect(self.pay_asked)
        self.park.clicked.connect(self.park_asked)
        self.clear.clicked.connect(self.clear_asked)
        self.discount.clicked.connect(self.discount_asked)
        self.parked.clicked.connect(self.parked_asked)
        self.waiting.return_asked.connect(self.return_asked)

    def _arrange(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.number, 1)
        self._head.addWidget(self.count)
        self._list = QVBoxLayout()
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.park, 1)
        self._foot.addWidget(self.clear, 1)
        self._first_rule, self._rule, self._last_rule = Rule(), Rule(), Rule()
        layout = self._layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(self._first_rule)
        self._gaps = [_Gap() for _ in range(4)]
        for widget in (
            self._gaps[0],
            self.gross,
            self.line_discounts,
            self.discount,
            self._gaps[1],
            self._rule,
            self._gaps[2],
            self.parked,
        ):
            layout.addWidget(widget)
        layout.addLayout(self._list)
        layout.addWidget(self._last_rule)
        layout.addWidget(self._gaps[3])
        layout.addWidget(self.waiting)
        layout.addStretch(1)
        layout.addWidget(self._total_word)
        layout.addWidget(self.total)
        layout.addWidget(self.reason)
        self._over_pay = _Gap()
        layout.addWidget(self._over_pay)
        layout.addWidget(self.pay)
        layout.addLayout(self._foot)

    # What the page tells it

    def show_receipt(self, receipt: Receipt, number: str) -> None:
        """Lays everything out anew, and so does nothing for news of other things."""
        if self._shown == (receipt, number):
            return
        self._shown = (receipt, number)
        self._receipt = receipt
        self._number = number
        self.retranslate()

    def show_parked(self, parked: tuple[SavedReceipt, ...]) -> None:
        """Newest first."""
        self._parked = parked
        self._fill_list()

    def show_pay(self, *, can_pay: bool, reason: str, is_busy: bool) -> None:
        self.pay.set_busy(self.tr("Creating…") if is_busy else None)
        self.pay.setEnabled(can_pay)
        has_reason = bool(reason) and not is_busy
        if reason != self.reason.text() or has_reason is self.reason.isHidden():
            self.reason.setText(reason)
            self.reason.setVisible(has_reason)
            self._make_room()
        has_lines = bool(self._receipt.lines)
        self.park.setEnabled(has_lines and not is_busy)
        self.clear.setEnabled((has_lines or self._receipt.discount is not None) and not is_busy)
        self.discount.setEnabled(not is_busy)

    def set_room(self, room: Room) -> None:
        self._room = room
        self.waiting.set_compact(room is Room.NARROW)
        self.restyle(current_theme())

    def waiting_changed(self) -> None:
        """The card came or went, so that the list may have to make room."""
        self._fill_list()

    def retranslate(self) -> None:
        language = current_language()
        receipt = self._receipt
        self.number.setText(self.tr("Receipt {number}").format(number=self._number).strip())
        self.count.setText(self.tr("%n item(s)", "", len(receipt.lines)))
        self.gross.set_key(self.tr("Before discounts"))
        self.gross.set_value(formats.money(language, receipt.gross))
        self.line_discounts.set_key(self.tr("Line discounts"))
        self.line_discounts.set_value(formats.money(language, -receipt.line_discounts))
        self._show_discount(language)
        self._total_word.setText(self.tr("Total"))
        self.total.show_money(language, receipt.amount)
        self.pay.setText(self.tr("Show QR"))
        self.park.setText(self.tr("Park"))
        self.clear.setText(self.tr("Clear"))
        self.clear.set_accessible(self.tr("Clear the receipt"))
        self.waiting.retranslate()
        self._fill_list()

    def restyle(self, theme: Theme) -> None:
        small = self._room is Room.NARROW and not theme.touch
        across, above, below = (16, 12, 14) if small else (24, 20, 20)
        self._layout.setContentsMargins(*map(theme.px, (across, above, across, below)))
        self.setFixedWidth(theme.px(self._room.side))
        self._head.setContentsMargins(0, 0, 0, theme.px(12 if small else 14))
        for gap, height in zip(self._gaps, (3, 4, 2, 12) if small else (8, 12, 7, 16), strict=True):
            gap.setFixedHeight(theme.px(10 if theme.touch else height))
        for row in (self.gross, self.line_discounts):
            row.setFixedHeight(theme.px(34 if small else 40))
        if small:
            self.discount.setFixedHeight(theme.px(34))
            self.parked.setFixedHeight(theme.px(40))
        else:
            self.discount.restyle(theme)
            self.parked.restyle(theme)
        self._list.setSpacing(theme.px(8))
        self.number.setContentsMargins(0, 0, 0, 0)
        self.total.set_size(AmountSize.of(self._room, touch=theme.touch))
        self._foot.setSpacing(theme.px(10 if small else 12))
        self._foot.setContentsMargins(0, theme.px(10 if small else 12), 0, 0)
        self._over_pay.setFixedHeight(theme.px(12 if small else 14))
        self.pay.setFixedHeight(theme.px(72) if small else theme.height("main"))
        for button in (self.park, self.clear):
            button.set_size(Size.SM if small else Size.NORMAL)
            button.setFixedHeight(theme.px(48) if small else theme.height("button"))
        self._total_word.setContentsMargins(0, theme.px(4), 0, theme.px(2))
        self._fill_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    # Parts

    def _show_discount(self, language: str) -> None:
        receipt = self._receipt
        text = self.tr("Receipt discount")
        if receipt.discount is None:
            self.discount.show_row(text, self.tr("none"), quiet=True)
            return
        if receipt.discount.percent is not None:
            share = Decimal(receipt.discount.percent) / PERCENT_PARTS
            text = f"{text} {formats.percent(language, share)}"
        self.discount.show_row(text, formats.money(language, -receipt.receipt_discount))

    def _fill_list(self) -> None:
        """Two parked receipts as rows where there is room, else their number in one row."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        count = len(self._parked)
        waits = not self.waiting.isHidden()
        in_one_row = self._room is Room.NARROW or current_theme().touch or waits
        listed = () if in_one_row else self._parked[:_ROWS]
        for saved in listed:
            row = ParkedRow(saved, name=f"sale.parked.row.{saved.id}")
            row.chosen.connect(self.taken_up)
            self._list.addWidget(row)
            self._rows.append(row)
        text = self.tr("Parked receipts")
        if listed:
            self.parked.show_head(self.tr("Parked receipts · {count}").format(count=count))
        else:
            self.parked.show_row(text, str(count), strong=True)
        self.parked.setVisible(bool(count))
        self._make_room()

    def _make_room(self) -> None:
        """What matters least goes first where the panel is too low for everything."""
        receipt, theme = self._receipt, current_theme()
        waits, count = not self.waiting.isHidden(), len(self._parked)
        has_discounts = bool(receipt.line_discounts) or bool(receipt.receipt_discount)
        is_ruled = bool(count) and not waits and not theme.touch
        self.waiting.show_text()
        self.gross.setVisible(has_discounts and not theme.touch)
        self.line_discounts.setVisible(bool(receipt.line_discounts))
        self._rule.setVisible(is_ruled)
        self._gaps[1].setVisible(is_ruled or (theme.touch and bool(count)))
        self._gaps[2].setVisible(is_ruled)
        self._last_rule.setVisible(waits)
        self._gaps[3].setVisible(waits)
        ways: tuple[Callable[[], None], ...] = (
            self.waiting.hide_text,
            self.gross.hide,
            self.line_discounts.hide,
            self._list_away,
        )
        for give_up in ways:
            self._layout.invalidate()
            if self._layout.totalHeightForWidth(self.width()) <= self.height():
                return
            give_up()

    def _list_away(self) -> None:
        for row in self._rows:
            row.hide()


class _Gap(QWidget):
    """Room between two parts."""
