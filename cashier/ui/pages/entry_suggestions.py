"""Goods that the typed letters may mean, asked for beside the typing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QListView, QWidget

from cashier.domain.failure import CashierError
from cashier.domain.money import Currency, Money
from cashier.domain.quantity import ONE, Quantity
from cashier.domain.saved_receipt import KnownGoods
from cashier.ui import formats
from cashier.ui.background import Background, Job
from cashier.ui.pages import entry_line
from cashier.ui.pages.entry_line import EntryError
from cashier.ui.translation import current_language
from cashier.ui.widgets.suggestion_list import KeyHint, Suggestion, SuggestionList

DEBOUNCE_MS = 60

Suggest = Callable[[str], Awaitable[list[KnownGoods]]]


@dataclass(frozen=True, slots=True)
class Goods:
    """What is to be added to the receipt."""

    name: str
    price: Money
    quantity: Quantity = ONE


@dataclass(frozen=True, slots=True)
class _Answer:
    typed: str
    known: list[KnownGoods]
    is_by_name: bool = False


class EntrySuggestions(QObject):
    """Asks a moment after the last letter; an answer to anything older is never heard."""

    answered = Signal()
    """The list shows what the last question brought, or is hidden."""
    chosen = Signal(object)
    """A `Goods` of quantity one."""

    def __init__(
        self, *, suggest: Suggest, background: Background, page: QWidget, under: QWidget
    ) -> None:
        super().__init__(under)
        self._suggest = suggest
        self._background = background
        self._under = under
        self._currency = Currency.RUB
        self._job: Job | None = None
        self._text = ""
        self.list = SuggestionList(page, name="sale.suggestions", accessible="")
        self.list.chosen.connect(self._choose)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self.retranslate()

    @property
    def is_open(self) -> bool:
        return self.list.isVisible()

    @property
    def is_asking(self) -> bool:
        """Whether an answer is still to come."""
        return self._timer.isActive() or self._job is not None

    def set_currency(self, currency: Currency) -> None:
        self._currency = currency

    def typed(self, text: str) -> None:
        """The letters are these now; nothing is asked for nothing."""
        self.drop()
        self._text = text.strip()
        if self._text:
            self._timer.start()

    def hurry(self) -> None:
        """Ask at once: somebody waits."""
        if self._timer.isActive():
            self._timer.stop()
            self._ask()

    def drop(self) -> None:
        """Forget the question and hide the list."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.list.hide()

    def place(self) -> None:
        if self.list.isVisible():
            self.list.place_under(self._under)

    def retranslate(self) -> None:
        self.list.hide()
        rows = self.list.findChild(QListView)
        if rows is not None:
            rows.setAccessibleName(self.tr("Suggestions"))
        self.list.set_hints(
            (
                KeyHint(("↑", "↓"), self.tr("choose")),
                KeyHint(("Enter",), self.tr("add")),
                KeyHint(("3 *",), self.tr("3 at once")),
            )
        )

    def _ask(self) -> None:
        text, suggest = self._text, self._suggest
        typed = entry_line.read_line(text, self._currency)

        async def look() -> _Answer:
            known = await suggest(text)
            if known or typed.price is None or not typed.name:
                return _Answer(text, known)
            return _Answer(text, await suggest(typed.name), is_by_name=True)

        self._job = self._background.start(look, done=self._show, failed=self._show_none)

    def _show(self, answer: _Answer) -> None:
        """Known goods that match all that was typed come first, else the new ones do."""
        self._job = None
        known = [one for one in answer.known if one.price.currency is self._currency]
        shown = [_known_row(one) for one in known]
        new = self._new_row(answer.typed)
        if new is not None:
            shown.insert(len(shown) if known and not answer.is_by_name else 0, new)
        typed = answer.typed.casefold()
        by_name = entry_line.read_line(answer.typed, self._currency).name
        query = answer.typed if any(typed in one.text.casefold() for one in shown) else by_name
        self.list.place_under(self._under)
        found = self.tr("%n found", "", len(shown))
        self.list.show_suggestions(shown, query=query, found=found)
        self.answered.emit()

    def _show_none(self, _: CashierError) -> None:
        """Suggestions are a help only: without them the price is asked for."""
        self._show(_Answer(self._text, []))

    def _new_row(self, text: str) -> Suggestion | None:
        typed = entry_line.read_line(text, self._currency)
        if typed.price is None or not typed.name:
            return None
        try:
            name = entry_line.read_name(typed.name)
        except EntryError:
            return None
        price = formats.money(current_language(), typed.price)
        goods = Goods(name, typed.price)
        return Suggestion(text=name, detail=self.tr("new item"), right=price, data=goods)

    def _choose(self, suggestion: object) -> None:
        if isinstance(suggestion, Suggestion) and isinstance(suggestion.data, Goods):
            self.chosen.emit(suggestion.data)


def _known_row(known: KnownGoods) -> Suggestion:
    price = formats.money(current_language(), known.price)
    return Suggestion(text=known.name, right=price, data=Goods(known.name, known.price))
