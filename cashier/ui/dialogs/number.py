"""A number asked for in the middle of the window: quantity, price, discount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.domain.money import Currency, Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Discount
from cashier.ui import formats
from cashier.ui.dialogs.number_pad import NumberPad
from cashier.ui.pages import entry_line
from cashier.ui.pages.entry_line import EntryError
from cashier.ui.pages.entry_words import wrong_text
from cashier.ui.theme import current_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role

_A_PAIR = 2
Value = Quantity | Money | Discount | None


class NumberKind(Enum):
    """What the number means."""

    QUANTITY = "quantity"
    PRICE = "price"
    PERCENT = "percent"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed; a discount of None is to be taken away."""

    kind: NumberKind
    value: Value


class NumberDialog(Dialog):
    """Asks for one number of the kinds in `texts`, which are also what the field begins with.

    Enter answers and Esc leaves all as it was. Several kinds are chosen by buttons or F6, and a
    typed «%» means a percent. In touch mode a pad stands under the field. Removes itself.
    """

    answered = Signal(object)

    def __init__(
        self,
        window: QWidget,
        *,
        title: str,
        subject: str,
        texts: Mapping[NumberKind, str],
        kind: NumberKind,
        currency: Currency,
        name: str = "sale.number",
    ) -> None:
        super().__init__(window, name=name, title=title, width=440)
        self._texts = dict(texts)
        self._kind = kind
        self._currency = currency
        self._name = name
        self._tabs: dict[NumberKind, Button] = {}
        if subject:
            self.body.addWidget(Label(subject, role=Role.LEAD, wrap=True, name=f"{name}.subject"))
        if len(texts) > 1:
            self.body.addLayout(self._tab_row())
            self.on_key("F6", self._next_kind)
        self.field = Field(name=f"{name}.value", height="entry", accessible=title)
        self.body.addWidget(self.field)
        self.field.line.installEventFilter(self)
        self.field.submitted.connect(self._answer)
        self.field.edited.connect(self._edited)
        if current_theme().touch:
            self._add_pad()
        self._add_buttons()
        self.escaped.connect(self.remove)
        self._show_kind(kind)

    def begin(self) -> None:
        """Show the dialog with its number marked, so that typing replaces it."""
        self.open(focus=self.field.line)
        self.field.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # An edit takes Return for itself; a repeated one must not answer the next dialog.
        is_enter = isinstance(event, QKeyEvent) and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        )
        if is_enter and event.type() == QEvent.Type.KeyPress and event.isAutoRepeat():  # type: ignore[attr-defined]  # is_enter means a QKeyEvent
            return True
        return super().eventFilter(watched, event)

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        for kind in self._texts:
            tab = Button(self._tab_text(kind), name=f"{self._name}.{kind.value}", size=Size.SM)
            tab.setCheckable(True)
            tab.clicked.connect(lambda _=False, kind=kind: self._choose(kind))
            self._tabs[kind] = tab
            row.addWidget(tab, 1)
        return row

    def _tab_text(self, kind: NumberKind) -> str:
        sign = formats.CURRENCY_SIGNS[self._currency]
        discount = self.tr("Discount")
        only_discounts = NumberKind.PRICE not in self._texts
        match kind:
            case NumberKind.QUANTITY:
                return self.tr("Qty")
            case NumberKind.PRICE:
                return self.tr("Price")
            case NumberKind.PERCENT:
                return self.tr("Percent") if only_discounts else f"{discount}, %"
            case NumberKind.SUM:
                return self.tr("Sum") if only_discounts else f"{discount}, {sign}"

    def _add_pad(self) -> None:
        pad = NumberPad(name=f"{self._name}.pad")
        pad.typed.connect(self.field.line.insert)
        pad.typed.connect(self._edited)
        pad.erased.connect(self.field.line.backspace)
        self.body.addWidget(pad)

    def _add_buttons(self) -> None:
        leave = Button(self.tr("Cancel"), name=f"{self._name}.cancel", keycap="Esc")
        leave.clicked.connect(self.remove)
        take = Button(
            self.tr("Apply"), name=f"{self._name}.apply", kind=Kind.PRIMARY, keycap="Enter"
        )
        take.clicked.connect(self._answer)
        self.buttons.addWidget(leave, 1)
        self.buttons.addWidget(take, 1)

    def _choose(self, kind: NumberKind) -> None:
        self._texts[self._kind] = self.field.text()
        self._show_kind(kind)
        self.field.line.selectAll()

    def _next_kind(self) -> None:
        kinds = list(self._texts)
        self._choose(kinds[(kinds.index(self._kind) + 1) % len(kinds)])

    def _show_kind(self, kind: NumberKind) -> None:
        self._kind = kind
        for one, tab in self._tabs.items():
            tab.setChecked(one is kind)
            tab.set_kind(Kind.PRIMARY if one is kind else Kind.SECONDARY)
            if len(self._tabs) == _A_PAIR:
                tab.set_keycap("" if one is kind else "F6")
        sign = formats.CURRENCY_SIGNS[self._currency]
        hints = {
            NumberKind.QUANTITY: self.tr("Quantity"),
            NumberKind.PRICE: self.tr("Price, {currency}").format(currency=sign),
            NumberKind.PERCENT: self.tr("Discount, %"),
            NumberKind.SUM: self.tr("Discount, {currency}").format(currency=sign),
        }
        self.field.set_error("")
        self.field.set_text(self._texts[kind])
        self.field.line.setPlaceholderText(hints[kind])
        self.field.set_accessible(f"{self.accessibleName()}. {hints[kind]}")

    def _edited(self, _: str) -> None:
        self.field.set_error("")
        text = self.field.text()
        if self._kind is NumberKind.SUM and "%" in text and NumberKind.PERCENT in self._texts:
            self._texts[NumberKind.PERCENT] = text
            self._show_kind(NumberKind.PERCENT)

    def _answer(self) -> None:
        try:
            value = self._read(self.field.text())
        except EntryError as error:
            self.field.set_error(wrong_text(error.wrong, self._currency))
            self.field.line.selectAll()
            return
        kind = self._kind
        self.remove()
        self.answered.emit(Answer(kind, value))

    def _read(self, text: str) -> Value:
        match self._kind:
            case NumberKind.QUANTITY:
                return entry_line.read_quantity(text)
            case NumberKind.PRICE:
                return entry_line.read_price(text, self._currency)
            case NumberKind.PERCENT:
                return entry_line.read_percent(text)
            case NumberKind.SUM:
                return entry_line.read_discount_sum(text, self._currency)
