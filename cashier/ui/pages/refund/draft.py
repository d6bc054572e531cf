"""What a person has chosen so far, and whether it may be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum, auto

from cashier.domain.money import Money, total
from cashier.domain.quantity import THOUSANDTHS, Quantity
from cashier.domain.refund import (
    LineLeft,
    Refund,
    left_to_refund,
    lines_left,
    refund_of_line,
)
from cashier.domain.staff import Right
from cashier.services.refund_form import RefundForm
from cashier.services.refunds import right_to_refund
from cashier.ui.formats import parse_decimal


class Wrong(Enum):
    """Why nothing can be sent yet; its words are in `refund.texts`."""

    UNSETTLED = auto()
    BUDGET_UNKNOWN = auto()
    RESTORED = auto()
    NOTHING_LEFT = auto()
    NOTHING = auto()
    NOT_A_SUM = auto()
    DECIMALS = auto()
    OVER_BUDGET = auto()
    LINE_IS_ZERO = auto()


@dataclass(frozen=True, slots=True)
class Draft:
    """A refund being chosen. `quantities` in thousandths by line id; zero is left out.

    `sum_text` is what stands in the field of the sum, whatever it is.
    """

    form: RefundForm
    quantities: Mapping[int, int] = field(default_factory=dict)
    is_by_sum: bool = False
    sum_text: str = ""

    @classmethod
    def of(cls, form: RefundForm) -> Draft:
        """Nothing chosen yet; by sum where nobody knows the lines."""
        return cls(form, is_by_sum=not form.lines)

    def with_form(self, form: RefundForm) -> Draft:
        """The same choice on a newer form, cut to what is left there."""
        left = {line.sold.line.id: line.left for line in form.lines}
        kept = {
            key: min(chosen, left.get(key, 0))
            for key, chosen in self.quantities.items()
            if min(chosen, left.get(key, 0)) > 0
        }
        return replace(self, form=form, quantities=kept, is_by_sum=self.is_by_sum or not form.lines)

    def with_refund(self, refund: Refund) -> Draft:
        """Take in how a refund of this payment stands now."""
        form = self.form
        known = {one.id: one for one in form.refunds}
        if known.get(refund.id) == refund:
            return self
        refunds = tuple((known | {refund.id: refund}).values())
        return self.with_form(
            replace(
                form,
                refunds=refunds,
                lines=lines_left((line.sold for line in form.lines), refunds),
                left=left_to_refund(form.payment.amount, refunds),
            )
        )

    def with_quantity(self, line_id: int, thousandths: int) -> Draft:
        """Choose so much of a line, no less than nothing and no more than is left of it."""
        wanted = min(max(thousandths, 0), self._line(line_id).left)
        others = {key: one for key, one in self.quantities.items() if key != line_id}
        return replace(self, quantities=others | ({line_id: wanted} if wanted else {}))

    def stepped(self, line_id: int, steps: int) -> Draft:
        """One more or one less; the last part of a weighed line goes as a whole."""
        now = self.quantities.get(line_id, 0)
        return self.with_quantity(line_id, now + steps * THOUSANDTHS)

    def with_all(self) -> Draft:
        """All that is left: every line, or the whole sum."""
        if self.is_by_sum:
            return replace(self, sum_text=str(max(self.form.left, self._zero)))
        every = {line.sold.line.id: line.left for line in self.form.lines if line.left > 0}
        return replace(self, quantities=every)

    def chosen_as(self, refund: Refund) -> Draft:
        """What that refund was to give back, as far as it is left."""
        chosen = {line.line_id: line.quantity.thousandths for line in refund.lines}
        again = replace(self, is_by_sum=refund.is_by_sum)
        if refund.is_by_sum:
            again = replace(again, sum_text=str(refund.amount))
        else:
            again = replace(again, quantities=chosen)
        return again.with_form(self.form)

    def emptied(self) -> Draft:
        """Nothing chosen any more."""
        return replace(self, quantities={}, sum_text="")

    def with_sum(self, text: str) -> Draft:
        return replace(self, sum_text=text)

    def by_sum(self, is_by_sum: bool) -> Draft:
        """The other way of refunding; both choices are kept."""
        return replace(self, is_by_sum=is_by_sum or not self.form.lines)

    # What it comes to

    @property
    def right(self) -> Right:
        """What whoever confirms it must be allowed."""
        return right_to_refund(self.form.payment)

    @property
    def chosen(self) -> dict[int, Quantity]:
        """The quantities to refund, by line id."""
        return {key: Quantity(one) for key, one in self.quantities.items()}

    def worth(self, line: LineLeft) -> Money:
        """What the chosen part of a line is worth."""
        chosen = self.quantities.get(line.sold.line.id, 0)
        return refund_of_line(line, Quantity(chosen)).result if chosen else self._zero

    @property
    def amount(self) -> Money:
        """The sum that would go back; zero while it cannot be read."""
        if self.is_by_sum:
            return self._typed() or self._zero
        sums = (self.worth(line) for line in self.form.lines)
        return total(sums, self._zero.currency)

    @property
    def remaining(self) -> Money:
        """What would be left after it."""
        return self.form.left - self.amount

    @property
    def refunded(self) -> Money:
        """What has gone back before, or may have."""
        return self.form.payment.amount - self.form.left

    @property
    def wrong(self) -> Wrong | None:
        """The first thing in the way, but for the reason."""
        form = self.form
        if form.unsettled is not None:
            return Wrong.UNSETTLED
        if not form.is_budget_known:
            return Wrong.BUDGET_UNKNOWN
        if form.waits:
            return Wrong.RESTORED
        if form.left.minor <= 0:
            return Wrong.NOTHING_LEFT
        if self.is_by_sum and self.sum_text.strip():
            wrong = self._wrong_sum()
            if wrong is not None:
                return wrong
        if not self.is_by_sum and self.quantities and self.amount.minor == 0:
            return Wrong.LINE_IS_ZERO
        if self.amount.minor <= 0:
            return Wrong.NOTHING
        if self.amount > form.left:
            return Wrong.OVER_BUDGET
        return None

    @property
    def key(self) -> tuple[object, ...]:
        """What a person's PIN is given for: another sum or other lines need another."""
        chosen = tuple(sorted(self.quantities.items())) if not self.is_by_sum else ()
        return (self.form.payment.id, self.is_by_sum, chosen, self.amount)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been chosen or typed."""
        return not self.quantities and not self.sum_text.strip()

    @property
    def _zero(self) -> Money:
        return Money(0, self.form.payment.amount.currency)

    def _line(self, line_id: int) -> LineLeft:
        return next(line for line in self.form.lines if line.sold.line.id == line_id)

    def _wrong_sum(self) -> Wrong | None:
        try:
            number = parse_decimal(self.sum_text)
        except ValueError:
            return Wrong.NOT_A_SUM
        if number < 0:
            return Wrong.NOT_A_SUM
        if number != number.quantize(Decimal("0.01")):
            return Wrong.DECIMALS
        return Wrong.OVER_BUDGET if self._typed() is None else None

    def _typed(self) -> Money | None:
        """The sum in the field; None for what is no sum of money."""
        try:
            typed = Money.of(parse_decimal(self.sum_text), self._zero.currency)
        except ValueError:
            return None
        return typed if typed.minor >= 0 else None
