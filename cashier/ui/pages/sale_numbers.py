"""The dialogs that ask for a line's or the receipt's number, and what their answers change."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.money import Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import PERCENT_PARTS, Discount, Line, Receipt
from cashier.ui import formats
from cashier.ui.dialogs.number import Answer, NumberDialog, NumberKind
from cashier.ui.theme import current_theme
from cashier.ui.translation import current_language


class SaleNumbers(QObject):
    """Opens the dialog that fits; `answered` with the `Answer` and the line's id, 0 for all."""

    answered = Signal(object, int)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def ask_line(self, line: Line, kind: NumberKind) -> None:
        """Ask for one of the line's numbers; with a pad all four are offered."""
        language = current_language()
        texts = {
            NumberKind.QUANTITY: formats.quantity(language, line.quantity).replace(
                formats.NARROW_SPACE, ""
            ),
            NumberKind.PRICE: formats.typed_money(language, line.price),
            **_discount_texts(language, line.discount),
        }
        if current_theme().touch:
            title = self.tr("Change the line")
        elif kind is NumberKind.QUANTITY:
            title, texts = self.tr("Quantity"), {kind: texts[kind]}
        elif kind is NumberKind.PRICE:
            title, texts = self.tr("Price"), {kind: texts[kind]}
        else:
            title, texts = self.tr("Line discount"), _discount_texts(language, line.discount)
            kind = _kind_of(line.discount)
        self._open(title, line.name, texts, kind, line.price, line.id)

    def ask_receipt(self, receipt: Receipt) -> None:
        """Ask for the discount on the whole receipt."""
        texts = _discount_texts(current_language(), receipt.discount)
        title = self.tr("Receipt discount")
        self._open(title, "", texts, _kind_of(receipt.discount), receipt.amount, 0)

    def _open(
        self,
        title: str,
        subject: str,
        texts: dict[NumberKind, str],
        kind: NumberKind,
        money: Money,
        line_id: int,
    ) -> None:
        dialog = NumberDialog(
            self._page.window(),
            title=title,
            subject=subject,
            texts=texts,
            kind=kind,
            currency=money.currency,
        )
        dialog.answered.connect(lambda answer: self.answered.emit(answer, line_id))
        dialog.begin()


def applied(receipt: Receipt, answer: Answer, line_id: int) -> Receipt:
    """The receipt with the answer in it. Raises KeyError when the line has gone meanwhile."""
    value = answer.value
    if isinstance(value, Quantity):
        return receipt.with_quantity(line_id, value)
    if isinstance(value, Money):
        return receipt.with_price(line_id, value)
    if line_id:
        return receipt.with_line_discount(line_id, value)
    return receipt.with_discount(value)


def _discount_texts(language: str, discount: Discount | None) -> dict[NumberKind, str]:
    percent = amount = ""
    if discount is not None and discount.percent is not None:
        whole, part = divmod(discount.percent, PERCENT_PARTS)
        mark = formats.typed_money(language, Money(0))[1]
        percent = f"{whole}{mark}{part:02d}".rstrip("0").rstrip(mark) if part else str(whole)
    elif discount is not None and discount.amount is not None:
        amount = formats.typed_money(language, discount.amount)
    return {NumberKind.PERCENT: percent, NumberKind.SUM: amount}


def _kind_of(discount: Discount | None) -> NumberKind:
    return NumberKind.SUM if discount and discount.amount else NumberKind.PERCENT
