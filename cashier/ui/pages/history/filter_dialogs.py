"""Two small questions: from which day to which, and which sum."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cashier.domain.money import Currency, Money
from cashier.ui import formats
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field

_DAY = re.compile(r"(\d{1,2})[.,/ ](\d{1,2})(?:[.,/ ](\d{4}|\d{2}))?")


def typed_day(text: str, *, year: int) -> date:
    """A day as it is typed: 24.11, 24.11.26, 24.11.2026. Raises ValueError."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a day: {text!r}")
    typed = int(match[3]) if match[3] else year
    return date(typed + 2000 if typed < 100 else typed, int(match[2]), int(match[1]))


class PeriodDialog(Dialog):
    """`chosen` with two days, the first not after the last. Enter and F12 take them."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, *, today: date, own: tuple[date, date] | None) -> None:
        super().__init__(window, name="period", width=460)
        self._today = today
        self._first = Field(name="period.first", limit=10)
        self._last = Field(name="period.last", limit=10)
        self._keep = Button("", name="period.keep", keycap="Esc")
        self._take = Button("", name="period.take", kind=Kind.PRIMARY, keycap="F12")
        for field in (self._first, self._last):
            self.body.addWidget(field)
            field.submitted.connect(self._check)
            field.edited.connect(self._clear)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._take)
        self._keep.clicked.connect(self.remove)
        self._take.clicked.connect(self._check)
        self.escaped.connect(self.remove)
        self.on_key("F12", self._check)
        first, last = own or (today, today)
        for field, day in ((self._first, first), (self._last, last)):
            field.set_text(f"{day.day:02d}.{day.month:02d}.{day.year}")
        self.retranslate()

    def _clear(self) -> None:
        self._first.set_error("")
        self._last.set_error("")

    def _check(self) -> None:
        self._clear()
        days = []
        for field in (self._first, self._last):
            try:
                days.append(typed_day(field.text(), year=self._today.year))
            except ValueError:
                field.set_error(self.tr("Type a day, e.g. 24.11.2026"))
                field.line.setFocus()
                return
        if days[0] > days[1]:
            self._last.set_error(self.tr("The last day is before the first one"))
            self._last.line.setFocus()
            return
        self.remove()
        self.chosen.emit((days[0], days[1]))

    def retranslate(self) -> None:
        self.set_title(self.tr("Own dates"))
        self._first.set_label(self.tr("First day"))
        self._last.set_label(self.tr("Last day"))
        self._keep.setText(self.tr("Back"))
        self._take.setText(self.tr("Show"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class SumDialog(Dialog):
    """`chosen` with the sum. Enter and F12 take it."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, *, amount: Money | None) -> None:
        super().__init__(window, name="sum", width=420)
        self._sum = Field(name="sum.value", limit=16)
        self._keep = Button("", name="sum.keep", keycap="Esc")
        self._take = Button("", name="sum.take", kind=Kind.PRIMARY, keycap="F12")
        self.body.addWidget(self._sum)
        self.buttons.addWidget(self._keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._take)
        self._sum.submitted.connect(self._check)
        self._keep.clicked.connect(self.remove)
        self._take.clicked.connect(self._check)
        self.escaped.connect(self.remove)
        self.on_key("F12", self._check)
        if amount is not None:
            self._sum.set_text(formats.typed_money(current_language(), amount))
        self.retranslate()

    def _check(self) -> None:
        amount = typed_sum(self._sum.text())
        if amount is None or amount.minor <= 0:
            self._sum.set_error(self.tr("Type a sum, e.g. 1 234.50"))
            return
        self.remove()
        self.chosen.emit(amount)

    def retranslate(self) -> None:
        self.set_title(self.tr("Payments of one sum"))
        self._sum.set_label(self.tr("Sum"))
        self._keep.setText(self.tr("Back"))
        self._take.setText(self.tr("Show"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def typed_sum(text: str, currency: Currency = Currency.RUB) -> Money | None:
    """The sum that was typed with a point or a comma; None for anything else."""
    try:
        return Money.of(formats.parse_decimal(text), currency)
    except ValueError:
        return None
