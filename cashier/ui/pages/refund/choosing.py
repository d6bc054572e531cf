"""What keys and fingers do to the choice: lines, quantities, a sum."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from cashier.domain.quantity import Quantity
from cashier.ui import formats
from cashier.ui.pages.entry_line import EntryError, Wrong, read_quantity
from cashier.ui.pages.entry_words import wrong_text
from cashier.ui.pages.refund.draft import Draft
from cashier.ui.pages.refund.flow import RefundFlow
from cashier.ui.translation import current_language


class Choosing(QObject):
    """Changes the flow's draft while that may be done. `error` is what was typed wrong."""

    refused = Signal()
    """A number that cannot be; `error` says why."""

    def __init__(self, flow: RefundFlow) -> None:
        super().__init__(flow)
        self._flow = flow
        self.error = ""

    @property
    def draft(self) -> Draft | None:
        """The choice, if it may be changed now."""
        if self._flow.is_frozen or self._flow.shown is not None:
            return None
        return self._flow.draft

    def take_all(self) -> None:
        """All that is left."""
        if self.draft is not None:
            self._choose(self.draft.with_all())

    def switch_way(self) -> None:
        """By sum or by lines; what was chosen the other way stays."""
        if self.draft is not None:
            self._choose(self.draft.by_sum(not self.draft.is_by_sum))

    def step(self, row: int, steps: int) -> None:
        """One more or one less of the line in a row."""
        draft = self.draft
        if draft is not None and not draft.is_by_sum and 0 <= row < len(draft.form.lines):
            self._choose(draft.stepped(draft.form.lines[row].sold.line.id, steps))

    def type_sum(self, text: str) -> None:
        if self.draft is not None:
            self._choose(self.draft.with_sum(text))

    def type_quantity(self, row: int, text: str) -> None:
        """A quantity in figures, 0 for none of it; a wrong one changes nothing."""
        draft = self.draft
        if draft is None or not 0 <= row < len(draft.form.lines):
            return
        line = draft.form.lines[row]
        try:
            wanted = read_quantity(text).thousandths
        except EntryError as error:
            if error.wrong is not Wrong.ZERO:
                self._refuse(wrong_text(error.wrong))
                return
            wanted = 0
        if wanted > line.left:
            most = formats.quantity(current_language(), Quantity(line.left)) if line.left else "0"
            text = self.tr("No more than {0} is left of “{1}”").format(most, line.sold.line.name)
            self._refuse(text)
            return
        self._choose(draft.with_quantity(line.sold.line.id, wanted))

    def _choose(self, draft: Draft) -> None:
        self.error = ""
        self._flow.choose(draft)

    def _refuse(self, text: str) -> None:
        self.error = text
        self.refused.emit()
