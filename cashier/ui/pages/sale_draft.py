"""Which receipt is on screen: loaded, saved, parked, taken up, handed over to be paid."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from cashier.domain.failure import CashierError
from cashier.domain.money import Currency
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Person
from cashier.services.receipts import Receipts
from cashier.ui.background import Background
from cashier.ui.pages.receipt_editor import ReceiptEditor
from cashier.ui.pages.receipt_saver import ReceiptSaver

_Move = Callable[[], Awaitable[SavedReceipt]]


class SaleDraft(QObject):
    """The receipt being typed and everything that moves it.

    While `is_moving` (a receipt is being fetched, parked, taken up or paid) nothing changes it.
    """

    changed = Signal()
    """The receipt, its number or what may be done with it."""
    moved = Signal()
    """Another receipt is on screen."""
    parked_changed = Signal(object)
    """Newest first: tuple[SavedReceipt, ...]."""
    ready_to_pay = Signal(str)
    failed = Signal(object)

    def __init__(
        self, *, receipts: Receipts, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._receipts = receipts
        self._background = background
        self._currency = Currency.RUB
        self.editor = ReceiptEditor()
        self.saver = ReceiptSaver(receipts=receipts, background=background, parent=self)
        self.saver.failed.connect(self._give_up)
        self._moves: deque[_Move] = deque()
        self._is_fetching = self._has_failed = False
        self._handed_over = ""  # the receipt that is being charged, "" for none
        self.is_moving = True
        self.is_paying = False

    @property
    def receipt(self) -> Receipt:
        return self.editor.receipt

    @property
    def saved(self) -> SavedReceipt | None:
        """The draft as it was committed last."""
        return self.saver.saved

    @property
    def id(self) -> str:
        """The draft's id, "" before it was loaded."""
        return self.saver.saved.id if self.saver.saved else ""

    @property
    def number(self) -> str:
        """The number of a receipt that was charged before, else ""."""
        return self.saver.saved.number if self.saver.saved else ""

    def change(self, receipt: Receipt) -> bool:
        """Go on with `receipt` and save it; False while moving or when it is the same.

        Raises ValueError for sums that are too large to be added up.
        """
        receipt.amount  # noqa: B018 - adding it up is the proof that it can be
        if self.is_moving or not self.editor.change(receipt):
            return False
        self._keep()
        return True

    def clear(self) -> bool:
        if self.is_moving or not self.editor.clear():
            return False
        self._keep()
        return True

    def undo(self) -> bool:
        if self.is_moving or not self.editor.undo():
            return False
        self._keep()
        return True

    def choose_row(self, row: int) -> None:
        self.editor.choose_row(row)
        self.changed.emit()

    def use_currency(self, currency: Currency) -> None:
        """The chosen terminal's; an empty receipt takes it over."""
        self._currency = currency
        if not self.is_moving and not self.receipt.lines and self.receipt.currency is not currency:
            self.editor.load(Receipt(currency))
            self.changed.emit()

    def load(self) -> None:
        """Show the draft as the journal has it, once what was typed here is saved."""
        self._move(self._fetch)

    def try_again(self) -> None:
        """Nothing can be typed before a draft was read; what kept it from that may be over."""
        if self._has_failed and self.saved is None and not self._is_fetching:
            self.load()

    def take_over(self, person: Person) -> None:
        """`person` has come to the till: on with their own draft; another's is parked."""
        self._move(partial(self._receipts.park_for, person))

    def park(self) -> None:
        if self.receipt.lines:
            self._move(lambda: self._receipts.park(self.id))

    def take_up(self, receipt_id: str) -> None:
        self._move(lambda: self._receipts.take_up(receipt_id))

    def pay(self) -> bool:
        """Report `ready_to_pay` once the receipt is committed; frozen until `charge_ended`.

        False while it is moving: then nothing is reported. `failed` when it cannot be committed.
        """
        if self.is_moving:
            return False
        self.is_moving = self.is_paying = True
        self.changed.emit()
        self.saver.when_committed(self._hand_over)
        return True

    def charge_ended(self, receipt_id: str) -> None:
        """That receipt may be typed on, unless the charge took it."""
        if receipt_id == self._handed_over:
            self._handed_over = ""
            if self.is_paying:
                self.load()

    def ask_parked(self) -> None:
        self._background.start(self._receipts.parked, done=self._show_parked, failed=_ignore)

    # Steps

    def _hand_over(self) -> None:
        self._handed_over = self.id
        self.ready_to_pay.emit(self.id)

    def _keep(self) -> None:
        self.saver.put(self.receipt)
        self.changed.emit()

    async def _fetch(self) -> SavedReceipt:
        return await self._receipts.draft(self._currency)

    def _move(self, use_case: _Move) -> None:
        """One move after the other, each after everything typed before it is committed."""
        self.is_moving = True
        self.changed.emit()
        if use_case not in self._moves:
            self._moves.append(use_case)
        self._next_move()

    def _next_move(self) -> None:
        if not self._is_fetching and self._moves:
            self._is_fetching = True
            use_case = self._moves.popleft()
            self.saver.when_committed(lambda: self._fetch_by(use_case))

    def _fetch_by(self, use_case: _Move) -> None:
        self._background.start(use_case, done=self._begin, failed=self._stay)

    def _begin(self, saved: SavedReceipt) -> None:
        self._is_fetching = False
        same = saved.id == self.id and saved.receipt == self.receipt
        self.saver.begin(saved)
        if not same:
            receipt = saved.receipt
            if not receipt.lines and receipt.currency is not self._currency:
                receipt = Receipt(self._currency)
            self.editor.load(receipt)
        if self._moves:
            self._next_move()
            return
        self._rest()
        if not same:
            self.moved.emit()
        self.changed.emit()
        self.ask_parked()

    def _stay(self, error: CashierError) -> None:
        """A move failed: go on with the receipt that is here."""
        self._is_fetching = False
        self._has_failed = True
        self._next_move()
        if not self._is_fetching:
            self._rest()
        self.changed.emit()
        self.failed.emit(error)

    def _rest(self) -> None:
        """Nothing moves any more; what is being charged must not change under the charge."""
        self.is_paying = self.id != "" and self.id == self._handed_over
        self.is_moving = self.is_paying or self.saver.saved is None

    def _give_up(self, error: CashierError) -> None:
        """What was typed could not be saved, so that nothing may be moved or paid."""
        self._moves.clear()
        self._stay(error)

    def _show_parked(self, parked: list[SavedReceipt]) -> None:
        self.parked_changed.emit(tuple(reversed(parked)))


def _ignore(_: CashierError) -> None:
    """The list of parked receipts stays as it was; nothing depends on it."""
