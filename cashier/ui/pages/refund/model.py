"""The receipt's lines with what was sold, what went back, and what goes back now."""

from __future__ import annotations

import re
from enum import IntEnum

from PySide6.QtCore import QObject

from cashier.domain.money import Currency
from cashier.domain.quantity import THOUSANDTHS, Quantity
from cashier.domain.refund import LineLeft
from cashier.ui import formats
from cashier.ui.pages.refund.draft import Draft
from cashier.ui.translation import current_language
from cashier.ui.widgets.cell import Cell
from cashier.ui.widgets.cell_model import CellModel


class Part(IntEnum):
    """A column."""

    NAME = 0
    PRICE = 1
    SOLD = 2
    REFUNDED = 3
    CHOSEN = 4
    SUM = 5


class RefundModel(CellModel):
    """The lines of a draft; rows stay while only the choice changes."""

    columns = Part
    at_the_right = frozenset(Part) - {Part.NAME}

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._is_compact = False

    @property
    def draft(self) -> Draft | None:
        return self._draft

    def line(self, row: int) -> LineLeft:
        """Raises IndexError where there is no such row."""
        lines = self._draft.form.lines if self._draft is not None else ()
        return lines[row]

    def chosen(self, row: int) -> int:
        """Thousandths of the line in that row that go back now."""
        if self._draft is None:
            return 0
        return self._draft.quantities.get(self.line(row).sold.line.id, 0)

    def show_draft(self, draft: Draft | None) -> None:
        old = [] if self._draft is None else [one.sold.line.id for one in self._draft.form.lines]
        new = [] if draft is None else [one.sold.line.id for one in draft.form.lines]
        same_payment = (
            self._draft is not None
            and draft is not None
            and self._draft.form.payment.id == draft.form.payment.id
        )
        if old == new and same_payment:
            self._draft = draft
            self.repaint()
            return
        self.beginResetModel()
        self._draft = draft
        self.endResetModel()

    def set_compact(self, compact: bool) -> None:
        self._is_compact = compact
        self.repaint()

    def _count(self) -> int:
        return len(self._draft.form.lines) if self._draft is not None else 0

    def _head(self, column: int) -> str:
        currency = self._draft.form.payment.amount.currency if self._draft else Currency.RUB
        sign = formats.CURRENCY_SIGNS[currency]
        heads = {
            Part.NAME: self.tr("Item"),
            Part.PRICE: self.tr("Price, {currency}").format(currency=sign),
            Part.SOLD: self.tr("Sold"),
            Part.REFUNDED: self.tr("Refunded"),
            Part.CHOSEN: self.tr("To refund"),
            Part.SUM: self.tr("Amount, {currency}").format(currency=sign),
        }
        return heads[Part(column)]

    def _words(self, row: int, column: int, cell: Cell) -> str:
        if column == Part.CHOSEN and self.line(row).left > 0:
            return amount_text(self.chosen(row))
        return cell.words

    def _cell(self, row: int, column: int) -> Cell:
        line = self.line(row)
        language = current_language()
        chosen = self.chosen(row)
        is_gone = line.left <= 0
        match Part(column):
            case Part.NAME:
                return Cell(
                    text=whole_units(line.sold.line.name),
                    strong=chosen > 0,
                    colour="text-3" if is_gone else "text",
                    wrap=True,
                    px=15 if self._is_compact else 16,
                )
            case Part.PRICE:
                text = formats.bare_money(language, line.sold.line.price)
                return Cell(text=text, colour="text-3" if is_gone else "text-2")
            case Part.SOLD:
                sold = line.sold.line.quantity.thousandths
                return Cell(text=amount_text(sold), unit=self._unit(line, sold))
            case Part.REFUNDED:
                return Cell(
                    text=amount_text(line.refunded),
                    unit=self._unit(line, line.refunded),
                    colour="text" if line.refunded else "text-3",
                )
            case Part.CHOSEN:
                if is_gone:
                    return Cell(text=self.tr("all refunded"), colour="text-3")
                return Cell(bare=True)
            case Part.SUM:
                if not chosen or self._draft is None:
                    return Cell(text="—", colour="text-3")
                worth = formats.bare_money(language, self._draft.worth(line))
                return Cell(text=worth, strong=True)

    def _unit(self, line: LineLeft, thousandths: int) -> str:
        """«шт» where the line was sold in pieces; a weighed line's unit is in its name."""
        if not line.sold.line.quantity.is_whole:
            return ""
        return self.tr("pcs", "unit of a quantity", thousandths // THOUSANDTHS)


_UNIT = re.compile(r"(?<=\d) (?=\w{1,3}$|%)")


def whole_units(name: str) -> str:
    """A number and the unit at the end of a name stay on one line: «450 мл», «72 %»."""
    return _UNIT.sub(formats.HARD_SPACE, name)


def amount_text(thousandths: int) -> str:
    """A quantity, also none."""
    return formats.quantity(current_language(), Quantity(thousandths)) if thousandths else "0"
