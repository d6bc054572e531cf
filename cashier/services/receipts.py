"""The receipt being typed: saved as it is typed, parked, taken up again, never lost.

None of it needs a right: what was typed is kept even after the till was locked. A receipt is whose
who began it, or took it up last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import KnownGoods, ReceiptState, SavedReceipt
from cashier.domain.shift import receipt_number
from cashier.domain.staff import Person
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services.staff import Staff

SUGGESTIONS = 6


class Receipts:
    """Drafts and parked receipts of this till."""

    def __init__(
        self,
        *,
        journal: Journal,
        clock: Clock,
        staff: Staff,
        new_id: Callable[[], str],
        till: str,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._staff = staff
        self._new_id = new_id
        self._till = till

    async def draft(self, currency: Currency = Currency.RUB) -> SavedReceipt:
        """The receipt being typed; an empty new one when there is none."""
        saved = await self._journal.read(lambda reader: reader.draft())
        return saved or self._new(currency)

    async def save(self, saved: SavedReceipt, receipt: Receipt) -> SavedReceipt:
        """Commit what was typed.

        A receipt that was parked meanwhile stays parked: what was typed last is kept all the same,
        and stays whose it was. Raises NOT_ALLOWED for one that has been charged since.

        One that was charged before and is cleared now is dropped as it was charged, since its money
        may still come; what is typed next is a new receipt, which is returned.
        """
        changed = replace(saved, receipt=receipt, changed_at=self._clock.utc())

        def change(ledger: Ledger) -> SavedReceipt:
            try:
                current = ledger.receipt(saved.id)
            except CashierError:
                return ledger.save_receipt(changed)
            if current.state not in (ReceiptState.DRAFT, ReceiptState.PARKED):
                raise CashierError(Failure.NOT_ALLOWED, action="save", state=current.state.value)
            if current.number and not receipt.lines:
                ledger.move_receipt(current.id, ReceiptState.DROPPED)
                return self._new(receipt.currency)
            return ledger.save_receipt(
                replace(current, receipt=receipt, changed_at=changed.changed_at)
            )

        return await self._journal.write(change, actor=saved.cashier)

    async def park(self, receipt_id: str) -> SavedReceipt:
        """Put the draft aside and hand out an empty one.

        Raises RECEIPT_EMPTY, and NOT_ALLOWED for one that is no draft any more.
        """

        def change(ledger: Ledger) -> SavedReceipt:
            saved = ledger.receipt(receipt_id)
            if saved.state not in (ReceiptState.DRAFT, ReceiptState.PARKED):
                raise CashierError(Failure.NOT_ALLOWED, action="park", state=saved.state.value)
            if not saved.receipt.lines:
                raise CashierError(Failure.RECEIPT_EMPTY)
            return ledger.move_receipt(receipt_id, ReceiptState.PARKED)

        parked = await self._journal.write(change, actor=self._person)
        return self._new(parked.receipt.currency)

    async def park_for(self, person: Person) -> SavedReceipt:
        """What `person`, who has just signed in, goes on typing.

        Their own draft, also when somebody else was at the till meanwhile and over a restart; else
        an empty one.
        Somebody else's draft is parked; a draft of nobody's becomes theirs.
        """

        def change(ledger: Ledger) -> SavedReceipt | None:
            draft = ledger.draft()
            if draft is not None and draft.cashier not in ("", person.id):
                aside, draft = _put_aside(ledger, draft), None
                if aside.state is ReceiptState.PARKED:
                    ledger.set_note(self._kept_for(aside.cashier), aside.id)
            kept = ledger.note(self._kept_for(person.id))
            if draft is None and kept and ledger.receipt(kept).state is ReceiptState.PARKED:
                draft = ledger.move_receipt(kept, ReceiptState.DRAFT)
            if kept:
                ledger.set_note(self._kept_for(person.id), "")
            if draft is not None and draft.cashier == "":
                draft = ledger.save_receipt(replace(draft, cashier=person.id))
            return draft

        draft = await self._journal.write(change, actor=person.id)
        return draft or self._new(Currency.RUB)

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
        person = self._person

        def change(ledger: Ledger) -> SavedReceipt:
            taken = ledger.receipt(receipt_id)
            if taken.state is not expected:
                raise CashierError(Failure.NOT_ALLOWED, action="take", state=expected.value)
            draft = ledger.draft()
            if draft is not None:
                _put_aside(ledger, draft)
            if ledger.note(self._kept_for(taken.cashier)) == receipt_id:
                ledger.set_note(self._kept_for(taken.cashier), "")
            whose = person or taken.cashier
            return ledger.save_receipt(replace(taken, state=ReceiptState.DRAFT, cashier=whose))

        return await self._journal.write(change, actor=person)

    @property
    def _person(self) -> str:
        """The id of whoever is at the till, or ""."""
        person = self._staff.current
        return person.id if person is not None else ""

    def _kept_for(self, person_id: str) -> str:
        """The note of the draft that was put aside when another came to this till."""
        return f"kept.{self._till}.{person_id}"

    def _new(self, currency: Currency) -> SavedReceipt:
        now = self._clock.utc()
        return SavedReceipt(
            id=self._new_id(),
            till=self._till,
            state=ReceiptState.DRAFT,
            receipt=Receipt(currency),
            created_at=now,
            changed_at=now,
            cashier=self._person,
        )


def _put_aside(ledger: Ledger, draft: SavedReceipt) -> SavedReceipt:
    aside = ReceiptState.PARKED if draft.receipt.lines else ReceiptState.DROPPED
    return ledger.move_receipt(draft.id, aside)


def next_number(reader: Reader) -> str:
    """What `number_receipt` will give next; a new shift's first number when none is open."""
    shift = reader.open_shift()
    if shift is not None:
        return receipt_number(shift.number, shift.last_receipt + 1)
    return receipt_number(reader.next_shift(), 1)
