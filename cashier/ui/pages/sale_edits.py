"""What the cashier does to the receipt, each as one undoable change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cashier.domain.quantity import THOUSANDTHS, Quantity
from cashier.domain.receipt import LINES_LIMIT, Receipt
from cashier.ui.dialogs.number import Answer, NumberKind
from cashier.ui.pages import entry_line
from cashier.ui.pages.entry_line import EntryError, Wrong
from cashier.ui.pages.entry_suggestions import Goods
from cashier.ui.pages.sale_bands import PassingBands
from cashier.ui.pages.sale_draft import SaleDraft
from cashier.ui.pages.sale_entry import SaleEntry
from cashier.ui.pages.sale_grid import SaleGrid
from cashier.ui.pages.sale_model import Part
from cashier.ui.pages.sale_numbers import SaleNumbers, applied
from cashier.ui.theme import current_theme


class SaleEdits(QObject):
    """Changes go through the draft; what cannot be is said under the entry, and nothing is lost."""

    def __init__(
        self,
        page: QWidget,
        *,
        draft: SaleDraft,
        entry: SaleEntry,
        grid: SaleGrid,
        passing: PassingBands,
    ) -> None:
        super().__init__(page)
        self._draft = draft
        self._entry = entry
        self._grid = grid
        self._passing = passing
        self._numbers = SaleNumbers(page)
        self._numbers.answered.connect(self._take_number)

    def add(self, goods: Goods) -> None:
        if len(self._draft.receipt.lines) >= LINES_LIMIT:
            self._entry.show_wrong(Wrong.TOO_MANY_LINES)
            return
        self._try(lambda receipt: receipt.add(goods.name, goods.price, goods.quantity))

    def remove_line(self) -> None:
        line = self._draft.editor.chosen
        if line is not None:
            self._try(lambda receipt: receipt.without(line.id))

    def clear(self) -> None:
        """Everything out, with a way back until the next change."""
        if self._draft.clear():
            self._passing.show_cleared(True)

    def undo(self) -> None:
        if self._draft.undo():
            self._passing.show_cleared(False)

    def step_quantity(self, step: int) -> None:
        """One more or one less, never down to nothing."""
        line = self._draft.editor.chosen
        if line is None:
            return
        thousandths = line.quantity.thousandths + step * THOUSANDTHS
        if thousandths > 0:
            self._try(
                lambda receipt: receipt.with_quantity(line.id, Quantity(thousandths)),
                Wrong.QUANTITY_TOO_LARGE,
            )

    def type_quantity(self, text: str) -> None:
        """What was typed into the stepper; a scanner's digits are a scan there as well."""
        line = self._draft.editor.chosen
        if line is None:
            return
        try:
            quantity = entry_line.read_quantity(text)
        except EntryError as error:
            self._grid.show_quantity()
            if entry_line.is_code(text):
                self._entry.scan(text.strip())
            else:
                self._entry.show_wrong(error.wrong)
            return
        if quantity == line.quantity:
            self._grid.show_quantity()
        self._try(lambda receipt: receipt.with_quantity(line.id, quantity))

    def ask_quantity(self) -> None:
        """In place, or with the pad."""
        if current_theme().touch:
            self._ask_line(NumberKind.QUANTITY)
        elif not self._draft.is_moving:
            self._grid.type_quantity()

    def ask_price(self) -> None:
        self._ask_line(NumberKind.PRICE)

    def ask_line_discount(self) -> None:
        self._ask_line(NumberKind.PERCENT)

    def ask_receipt_discount(self) -> None:
        if not self._draft.is_moving:
            self._numbers.ask_receipt(self._draft.receipt)

    def edit_part(self, part: int) -> None:
        """A cell of the chosen line was double-clicked."""
        if part == Part.QUANTITY:
            self.ask_quantity()
        elif part == Part.PRICE:
            self.ask_price()
        elif part == Part.DISCOUNT:
            self.ask_line_discount()

    def _ask_line(self, kind: NumberKind) -> None:
        line = self._draft.editor.chosen
        if line is not None and not self._draft.is_moving:
            self._numbers.ask_line(line, kind)

    def _take_number(self, answer: Answer, line_id: int) -> None:
        ids = {line.id for line in self._draft.receipt.lines}
        if not line_id or line_id in ids:
            self._try(lambda receipt: applied(receipt, answer, line_id))

    def _try(
        self, change: Callable[[Receipt], Receipt], wrong: Wrong = Wrong.SUM_TOO_LARGE
    ) -> None:
        """Make the change, or say what is `wrong` when no such receipt can be."""
        try:
            changed = self._draft.change(change(self._draft.receipt))
        except ValueError:
            self._entry.show_wrong(wrong)
            return
        if changed:
            self._entry.show_wrong(None)
            self._passing.show_cleared(False)
