"""The entry line: what is typed or scanned becomes a line of the receipt."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.domain.money import Currency, Money
from cashier.domain.quantity import ONE, Quantity
from cashier.domain.saved_receipt import KnownGoods
from cashier.ui import formats
from cashier.ui.background import Background
from cashier.ui.pages import entry_line
from cashier.ui.pages.entry_field import EntryField
from cashier.ui.pages.entry_keys import EntryKey, entry_key, is_letter
from cashier.ui.pages.entry_line import EntryError, Wrong
from cashier.ui.pages.entry_scan import ScanSearch
from cashier.ui.pages.entry_suggestions import EntrySuggestions, Goods, Suggest
from cashier.ui.pages.entry_words import asked_text, wrong_text
from cashier.ui.pages.scan_burst import ScanBurst
from cashier.ui.translation import current_language
from cashier.ui.widgets.key_time import copied, key_time

_KOPECKS = re.compile(r"[.,][0-9]{2}\D*$")
"""What ends like this is a price and no part of a name."""


class _Step(Enum):
    NAME = auto()
    PRICE = auto()


class SaleEntry(QWidget):
    """`sale.entry` with its suggestions. The page hears what was asked for and does it.

    Keys that come while an answer is awaited are kept and taken in order afterwards.
    """

    goods_entered = Signal(object)
    """A `Goods`."""
    code_unknown = Signal(str)
    rows_moved = Signal(int)
    ends_asked = Signal(int)
    quantity_stepped = Signal(int)
    remove_asked = Signal()
    clear_asked = Signal()
    undo_asked = Signal()
    escaped = Signal()
    """Esc with nothing left to take back in the line."""
    edited = Signal()

    def __init__(
        self,
        *,
        suggest: Suggest,
        background: Background,
        monotonic: Callable[[], float],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._suggest = suggest
        self._background = background
        self.scans = ScanSearch(suggest=suggest, background=background)
        self._burst = ScanBurst()
        self._monotonic = monotonic
        self._currency = Currency.RUB
        self._step = _Step.NAME
        self._quantity: Quantity | None = None
        self._name = ""
        self._typed_name = ""
        self._wrong: Wrong | None = None
        self._enter_waits = False
        self._holds = 0
        self._held: list[QKeyEvent] = []
        self.is_refusing_scans = False
        self._build(page)
        self.retranslate()

    def _build(self, page: QWidget) -> None:
        self.field = EntryField(parent=self)
        self.line = self.field.line
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        self.suggestions = EntrySuggestions(
            suggest=self._suggest, background=self._background, page=page, under=self.field.frame
        )
        self.suggestions.answered.connect(self._answered)
        self.suggestions.chosen.connect(self._take_suggestion)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._edited)
        self.setFocusProxy(self.line)

    # What the page tells it

    @property
    def is_idle(self) -> bool:
        """Whether nothing is half typed."""
        return self._step is _Step.NAME and not self.line.text().strip() and not self._quantity

    @property
    def quantity(self) -> Quantity:
        """The quantity set by «3 *», one without it."""
        return self._quantity or ONE

    def set_currency(self, currency: Currency) -> None:
        self._currency = currency
        self.suggestions.set_currency(currency)
        self._show_step()

    def set_compact(self, compact: bool) -> None:
        self.field.set_compact(compact)

    def hold(self) -> None:
        """Keep keys until `release`, which is called as often."""
        self._holds += 1

    def release(self) -> None:
        self._holds = max(self._holds - 1, 0)
        self._replay()

    def _replay(self) -> None:
        while self._held and not self._is_waiting:
            QCoreApplication.sendEvent(self.line, self._held.pop(0))

    def take_key(self, event: QKeyEvent) -> bool:
        """Take a printable key that was typed elsewhere; False when it is none."""
        if not is_letter(event):
            return False
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        QCoreApplication.sendEvent(self.line, copied(event))
        return True

    def ask_price(self, name: str = "") -> None:
        """F10: the second step for what is typed, or for `name`, or for goods without a name."""
        if self._step is _Step.PRICE:
            return
        text = self.line.text().strip()
        typed = entry_line.read_line(text, self._currency)
        if not name and typed.price is not None and _KOPECKS.search(text):
            self._go_to_price(typed.name or self.tr("Goods"), back=text)
            self.line.setText(formats.typed_money(current_language(), typed.price))
        else:
            self._go_to_price(name or text or self.tr("Goods"), back=text)

    def scan(self, code: str) -> None:
        """Look a code up among the known goods."""
        if self.is_refusing_scans:
            return
        if self._step is _Step.PRICE:
            self.show_wrong(Wrong.SCANNED)
            return
        self.hold()

        def found(known: list[KnownGoods]) -> bool:
            exact = [one for one in known if one.price.currency is self._currency]
            if exact:
                self._add(exact[0].name, exact[0].price, keep_text=True)
            else:
                self.code_unknown.emit(code)
            is_taken = bool(exact) and self._wrong is None
            self.release()
            return is_taken

        self.scans.find(code, found)

    def show_wrong(self, wrong: Wrong | None) -> None:
        """Say under the field why it was not taken; None takes that away."""
        self._wrong = wrong
        self.field.set_error(wrong_text(wrong, self._currency) if wrong else "")

    def error(self) -> str:
        return self.field.note()

    def reset(self) -> None:
        """Forget everything half typed."""
        self._quantity = None
        self._step = _Step.NAME
        self._drop_question()
        self.line.setText("")
        self._show_step()
        self.show_wrong(None)
        self.edited.emit()

    def retranslate(self) -> None:
        self.line.setAccessibleName(self.tr("Barcode, SKU or name"))
        self.suggestions.retranslate()
        self._show_step()
        self.show_wrong(self._wrong)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._take_press(event)
        elif watched is self.line and event.type() == QEvent.Type.FocusOut:
            self.suggestions.list.hide()
        return super().eventFilter(watched, event)

    def _take_press(self, event: QKeyEvent) -> bool:
        if self._is_waiting:
            if event.text() or event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self._held.append(copied(event))
                return True
            return False
        key = entry_key(event, is_empty=not self.line.text())
        at = key_time(event, self._monotonic)
        if key is not EntryKey.ENTER:
            self._burst.key(event.text(), at)
            return self._do(key)
        if not event.isAutoRepeat():
            self._enter(self._burst.enter(at))
        return True

    def _do(self, key: EntryKey) -> bool:
        """Whether the key was taken; the edit gets the others."""
        match key:
            case EntryKey.UP | EntryKey.DOWN:
                step = -1 if key is EntryKey.UP else 1
                if self.suggestions.is_open:
                    self.suggestions.list.move_choice(step)
                else:
                    self.rows_moved.emit(step)
            case EntryKey.PAGE_UP | EntryKey.PAGE_DOWN:
                self.ends_asked.emit(-1 if key is EntryKey.PAGE_UP else 1)
            case EntryKey.MORE | EntryKey.FEWER:
                self.quantity_stepped.emit(1 if key is EntryKey.MORE else -1)
            case EntryKey.REMOVE:
                self.remove_asked.emit()
            case EntryKey.CLEAR:
                self.clear_asked.emit()
            case EntryKey.UNDO if self._quantity is None and self._step is _Step.NAME:
                self.undo_asked.emit()
            case EntryKey.UNDO | EntryKey.BACK:
                return self._back()
            case EntryKey.ESCAPE:
                self._escape()
            case EntryKey.ENTER | EntryKey.OTHER:
                return False
        return True

    def _back(self) -> bool:
        """Backspace in an empty field takes the chip away."""
        if self._step is _Step.PRICE:
            self._back_to_name()
        elif self._quantity is not None:
            self._quantity = None
            self._show_step()
        return True

    def _escape(self) -> None:
        if self._step is _Step.PRICE:
            self._back_to_name()
        elif self.suggestions.is_open:
            self.suggestions.list.hide()
        elif self.is_refusing_scans or self.is_idle:
            self.escaped.emit()
        elif self.line.text():
            self._drop_question()
            self.line.clear()
            self.show_wrong(None)
            self.edited.emit()
        else:
            self.reset()

    # Typing

    def _edited(self) -> None:
        self.show_wrong(None)
        if self._step is _Step.NAME:
            self._take_quantity()
            self._enter_waits = False
            self.suggestions.typed(self.line.text())
        self.edited.emit()

    def _take_quantity(self) -> None:
        found = entry_line.split_quantity(self.line.text())
        if found is None:
            return
        number, rest = found
        try:
            self._quantity = entry_line.read_quantity(number)
        except EntryError as error:
            self.show_wrong(error.wrong)
            return
        self.line.setText(rest)
        self._show_step()

    def _enter(self, code: str) -> None:
        """`code` is what a scanner typed before this Enter, "" where fingers did."""
        text = self.line.text()
        if code and text.endswith(code):
            # What was typed before the scan stays; the scanner's digits leave the field.
            self.line.setText(text[: -len(code)])
            self.scan(code)
        elif self._step is _Step.PRICE:
            self._finish_price()
        elif entry_line.is_code(text):
            self.line.setText("")
            self.scan(text.strip())
        elif text.strip():
            self._finish_name()

    def _finish_name(self) -> None:
        if self.suggestions.is_asking:
            self._enter_waits = True
            self.suggestions.hurry()
        elif not self.suggestions.list.choose_current():
            self._go_on_without_suggestion()

    def _answered(self) -> None:
        if not self.line.hasFocus():
            self.suggestions.list.hide()
        if self._enter_waits:
            self._enter_waits = False
            if not self.suggestions.list.choose_current():
                self._go_on_without_suggestion()
            self._replay()

    def _take_suggestion(self, goods: Goods) -> None:
        self._add(goods.name, goods.price)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on_without_suggestion(self) -> None:
        text = self.line.text().strip()
        typed = entry_line.read_line(text, self._currency)
        if entry_line.split_quantity(text) is not None:
            self._take_quantity()
        elif typed.name:
            self._go_to_price(text, back=text)
        else:
            self._go_to_price(self.tr("Goods"), back=text)
            self.line.setText(text)

    @property
    def _is_waiting(self) -> bool:
        return self._holds > 0 or self._enter_waits

    def _drop_question(self) -> None:
        self._enter_waits = False
        self.suggestions.drop()

    # The price

    def _go_to_price(self, name: str, *, back: str) -> None:
        try:
            self._name = entry_line.read_name(name)
        except EntryError as error:
            self.show_wrong(error.wrong)
            return
        self._drop_question()
        self._typed_name = back
        self._step = _Step.PRICE
        self.line.setText("")
        self.show_wrong(None)
        self._show_step()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _back_to_name(self) -> None:
        self._step = _Step.NAME
        self.line.setText(self._typed_name)
        self.show_wrong(None)
        self._show_step()
        self.edited.emit()

    def _finish_price(self) -> None:
        try:
            price = entry_line.read_price(self.line.text(), self._currency)
        except EntryError as error:
            self.show_wrong(error.wrong)
            return
        self._add(self._name, price)

    def _add(self, name: str, price: Money, *, keep_text: bool = False) -> None:
        goods = Goods(name, price, self.quantity)
        if keep_text and self.line.text():
            self._quantity = None
            self._show_step()
        else:
            self.reset()
        self.goods_entered.emit(goods)

    # Looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.suggestions.place()
        self._show_step()

    def _show_step(self) -> None:
        asks_price = self._step is _Step.PRICE
        self.field.show_chips(self._quantity, self._name if asks_price else "")
        self.line.setPlaceholderText(asked_text(self._currency if asks_price else None))
