"""The receipt's lines as the grid's model."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from cashier.domain.quantity import THOUSANDTHS
from cashier.domain.receipt import PERCENT_PARTS, Line, Receipt
from cashier.ui import formats
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import Cell
from cashier.ui.widgets.cell_model import CellModel


class Part(IntEnum):
    """A column."""

    NUMBER = 0
    NAME = 1
    PRICE = 2
    QUANTITY = 3
    DISCOUNT = 4
    SUM = 5


class SaleModel(CellModel):
    """The receipt's lines; `show_receipt` tells the view no more than what has changed."""

    columns = Part
    at_the_right = frozenset(Part) - {Part.NAME}

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receipt = Receipt()
        self._chosen = -1
        self._is_compact = False

    @property
    def receipt(self) -> Receipt:
        return self._receipt

    def line(self, row: int) -> Line:
        return self._receipt.lines[row]

    def show_receipt(self, receipt: Receipt) -> None:
        """Take rows out, put rows in, and repaint; the rest of the view stays as it is."""
        old = [line.id for line in self._receipt.lines]
        new = [line.id for line in receipt.lines]
        same = _common(old, new)
        tail = _common(old[same:][::-1], new[same:][::-1])
        gone, come = len(old) - same - tail, len(new) - same - tail
        none = QModelIndex()
        if gone:
            self.beginRemoveRows(none, same, same + gone - 1)
            lines = self._receipt.lines
            self._receipt = Receipt(receipt.currency, lines[:same] + lines[same + gone :])
            self.endRemoveRows()
        if come:
            self.beginInsertRows(none, same, same + come - 1)
        self._receipt = receipt
        if come:
            self.endInsertRows()
        self.repaint()

    def set_chosen(self, row: int) -> None:
        """The row whose quantity is covered by the stepper."""
        old, self._chosen = self._chosen, row
        for one in (old, row):
            if 0 <= one < len(self._receipt.lines):
                self.repaint_rows(one, one)

    def set_compact(self, compact: bool) -> None:
        self._is_compact = compact
        self.repaint()

    def _count(self) -> int:
        return len(self._receipt.lines)

    def _head(self, column: int) -> str:
        sign = formats.CURRENCY_SIGNS[self._receipt.currency]
        heads = {
            Part.NUMBER: self.tr("No."),
            Part.NAME: self.tr("Name"),
            Part.PRICE: self.tr("Price, {currency}").format(currency=sign),
            Part.QUANTITY: self.tr("Qty"),
            Part.DISCOUNT: self.tr("Discount"),
            Part.SUM: self.tr("Amount, {currency}").format(currency=sign),
        }
        return heads[Part(column)]

    def _cell(self, row: int, column: int) -> Cell:
        part = Part(column)
        line = self._receipt.lines[row]
        language = current_language()
        px = 15 if self._is_compact and part is Part.NAME else 16
        match part:
            case Part.NUMBER:
                return Cell(text=str(row + 1), colour="text-3")
            case Part.NAME:
                return Cell(text=_whole_units(line.name), bold_if_chosen=True, wrap=True, px=px)
            case Part.PRICE:
                return Cell(text=formats.bare_money(language, line.price), colour="text-2")
            case Part.QUANTITY:
                unit = ""
                if line.quantity.is_whole:
                    pieces = line.quantity.thousandths // THOUSANDTHS
                    unit = self.tr("pcs", "unit of a quantity", pieces)
                return Cell(
                    text=formats.quantity(language, line.quantity),
                    unit=unit,
                    bare=row == self._chosen,
                )
            case Part.DISCOUNT:
                return Cell(text=discount_text(language, line), colour="ok-text")
            case Part.SUM:
                return Cell(text=formats.bare_money(language, line.net), strong=True)


_UNIT = re.compile(r"(?<=\d) (?=(?:%|г|кг|мг|л|мл|м|см|мм|шт|g|kg|mg|l|L|ml|m|cm|mm|pcs?)\b|%)")


def _whole_units(name: str) -> str:
    """A number and its unit stay on one line: «450 мл», «72 %»."""
    return _UNIT.sub(formats.HARD_SPACE, name)


def discount_text(language: str, line: Line) -> str:
    """«−10 %», «−50,00», or nothing."""
    if line.discount is None:
        return ""
    if line.discount.percent is not None:
        return formats.percent(language, -Decimal(line.discount.percent) / PERCENT_PARTS)
    return formats.bare_money(language, -line.own_discount)


def _common(one: list[int], other: list[int]) -> int:
    """How many items both lists begin with alike."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
