"""The receipt being typed: saved as it is typed, parked, taken up again, never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import KnownGoods, ReceiptState, SavedReceipt
from cashier.domain.shift import receipt_number
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader

SUGGESTIONS = 6


class Receipts:
    """Drafts and parked receipts of this till."""

    def __init__(
        self, *, journal: Journal, clock: Clock, new_id: Callable[[], str], till: str
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._new_id = new_id
        self._till = till

    async def draft(self, currency: Currency = Currency.RUB) -> SavedReceipt:
        """The receipt being typed; an empty new one when there is none."""
        saved = await self._journal.read(lambda reader: reader.draft())
        return saved or self._new(currency)

    async def save(self, saved: SavedReceipt, receipt: Receipt) -> SavedReceipt:
        """Commit what was typed.

        A receipt that was parked meanwhile stays parked: what was typed last is kept all the same.
        Raises NOT_ALLOWED for one that has been charged since.
        """
        changed = replace(saved, receipt=receipt, changed_at=self._clock.utc())

        def change(ledger: Ledger) -> SavedReceipt:
            try:
                current = ledger.receipt(saved.id)
            except CashierError:
                return ledger.save_receipt(changed)
            if current.state not in (ReceiptState.DRAFT, ReceiptState.PARKED):
                raise CashierError(Failure.NOT_ALLOWED, action="save", state=current.state.value)
            return ledger.save_receipt(
                replace(current, receipt=receipt, changed_at=changed.changed_at)
            )

        return await self._journal.write(change)

    async def park(self, receipt_id: str) -> SavedReceipt:
        """Put the draft aside and hand out an empty one. Raises RECEIPT_EMPTY."""

        def change(ledger: Ledger) -> SavedReceipt:
            saved = ledger.receipt(receipt_id)
            if not saved.receipt.lines:
                raise CashierError(Failure.RECEIPT_EMPTY)
            return ledger.move_receipt(receipt_id, ReceiptState.PARKED)

        parked = await self._journal.write(change)
        return self._new(parked.receipt.currency)

    async def parked(self) -> list[SavedReceipt]:
        """What waits, oldest first."""
        return await self._journal.read(lambda reader: reader.receipts({ReceiptState.PARKED}))

    async def take_up(self, receipt_id: str) -> SavedReceipt:
        """Go on typing a parked receipt; the one on screen is parked instead."""
        return await self._take(receipt_id, ReceiptState.PARKED)

    async def take_back(self, receipt_id: str) -> SavedReceipt:
        """Go on typing a receipt whose payment came to nothing."""
        return await self._take(receipt_id, ReceiptState.FROZEN)

    async def suggestions(self, typed: str) -> list[KnownGoods]:
        """Goods of earlier receipts whose words begin like the typed ones, newest first."""
        if not typed.strip():
            return []
        return await self._journal.read(lambda reader: reader.known_goods(typed, SUGGESTIONS))

    async def next_number(self) -> str:
        """The number the next charged receipt will get on this till."""
        return await self._journal.read(next_number)

    async def _take(self, receipt_id: str, expected: ReceiptState) -> SavedReceipt:
        def change(ledger: Ledger) -> SavedReceipt:
            if ledger.receipt(receipt_id).state is not expected:
                raise CashierError(Failure.NOT_ALLOWED, action="take", state=expected.value)
            draft = ledger.draft()
            if draft is not None:
                aside = ReceiptState.PARKED if draft.receipt.lines else ReceiptState.DROPPED
                ledger.move_receipt(draft.id, aside)
            return ledger.move_receipt(receipt_id, ReceiptState.DRAFT)

        return await self._journal.write(change)

    def _new(self, currency: Currency) -> SavedReceipt:
        now = self._clock.utc()
        return SavedReceipt(
            id=self._new_id(),
            till=self._till,
            state=ReceiptState.DRAFT,
            receipt=Receipt(currency),
            created_at=now,
            changed_at=now,
        )


def next_number(reader: Reader) -> str:
    """What `number_receipt` will give next; a new shift's first number when none is open."""
    shift = reader.open_shift()
    if shift is not None:
        return receipt_number(shift.number, shift.last_receipt + 1)
    last = reader.last_shift()
    return receipt_number(last.number + 1 if last else 1, 1)
