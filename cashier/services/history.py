"""Finding any payment: what this journal holds, and what the gateway knows and it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.history import HistoryQuery, HistoryRow
from cashier.domain.money import Money
from cashier.domain.payment import (
    Decision,
    Payment,
    PaymentInfo,
    PaymentState,
    Standing,
    standing,
)
from cashier.domain.quantity import ONE
from cashier.domain.receipt import Receipt
from cashier.domain.refund import Refund, RefundedLine, RefundState, left_to_refund
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.staff import Right
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Ok, Outcome, Refused
from cashier.gateway.requests import Expected
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services.export import Cell, Format, write_table
from cashier.services.refunds import trouble_of
from cashier.services.staff import Approval, Staff
from cashier.services.traffic import Priority, Traffic

COUNT_CAP = 1000
EXPORT_PAGE = 500


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a search from `offset` on; `count` is capped at COUNT_CAP."""

    rows: tuple[HistoryRow, ...]
    offset: int
    count: int


@dataclass(frozen=True, slots=True)
class Details:
    """One payment with all that belongs to it, for the panel beside the table."""

    payment: Payment
    receipt: SavedReceipt
    refunds: tuple[Refund, ...]
    left: Money
    cashier: str
    people: dict[str, str]


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How many of how many rows are written; `whole` is capped like a count."""

    done: int
    whole: int


class History:
    """Use cases over past payments. All raise CashierError."""

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        staff: Staff,
        new_id: Callable[[], str],
        till: str,
    ) -> None:
        self._journal = journal
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic
        self._staff = staff
        self._new_id = new_id
        self._till = till

    async def search(self, query: HistoryQuery, *, offset: int, limit: int) -> Page:
        """Rows `offset` to `offset + limit` of what matches, newest first."""
        await self._staff.require(Right.SEE_HISTORY)

        def find(reader: Reader) -> Page:
            rows = reader.history(query, offset=offset, limit=limit)
            return Page(tuple(rows), offset, reader.count_history(query, cap=COUNT_CAP))

        return await self._journal.read(find)

    async def details(self, payment_id: str) -> Details:
        """Everything about one payment."""
        await self._staff.require(Right.SEE_HISTORY)
        return await self._journal.read(lambda reader: _details(reader, payment_id))

    async def adopt(self, number: str, *, approval: Approval | None = None) -> Details:
        """Take in a payment that this journal does not know, by order id or payment id (R21).

        Only a paid one is taken, of which two answers say the same. Raises NOT_FOUND when the
        gateway has none, NOT_PAID, and the failure of the call when it is silent or its answers
        differ or name no order. Its lines are unknown, and nothing of it may be refunded before
        `declare_refunded`. One that turns out to be this journal's own is shown as it is.
        """
        actor = await self._staff.require(Right.ADOPT, approval)
        number = number.strip()
        if not number:
            raise CashierError(Failure.FIELD_INVALID, field="payment.id", rule="empty")
        known = await self._journal.read(lambda reader: _known(reader, number))
        if known is not None:
            return await self._journal.read(lambda reader: _details(reader, known.id))
        info = await self._ask(number)
        if not info.order_id:
            # It may be one of this journal's own, whose number nobody here was told.
            raise CashierError(Failure.UNREADABLE_ANSWER)
        if standing(info.status) is not Standing.PAID:
            raise CashierError(Failure.NOT_PAID)
        if info.amount is None or info.amount.minor <= 0:
            raise CashierError(Failure.UNREADABLE_ANSWER)
        if info.currency not in ("", info.amount.currency.value):
            raise CashierError(Failure.UNREADABLE_ANSWER)
        payment, receipt = self._adopted(info, info.amount, actor.id)

        def change(ledger: Ledger) -> Details:
            own = _known(ledger, info.order_id) or _known(ledger, info.id)
            if own is not None:
                return _details(ledger, own.id)
            adopted = ledger.adopt_payment(payment, receipt)
            return _details(ledger, adopted.id)

        return await self._journal.write(change, actor=actor.id)

    async def declare_refunded(
        self, payment_id: str, amount: Money, reason: str, *, approval: Approval | None = None
    ) -> Details:
        """How much of an adopted payment went back before, as the cabinet shows it.

        Zero is an answer too. Raises NOT_ALLOWED when it has been said already.
        """
        actor = await self._staff.require(Right.ADOPT, approval)
        now = self._clock.utc()

        def change(ledger: Ledger) -> Details:
            payment = ledger.payment(payment_id)
            if not payment.is_adopted or payment.decision is not None:
                raise CashierError(Failure.NOT_ALLOWED, action="declare", state=payment.state.value)
            if amount.minor < 0 or amount > payment.amount:
                raise CashierError(Failure.REFUND_OVER_BUDGET, left=payment.amount)
            if amount.minor > 0:
                line = RefundedLine(0, "Возвращено ранее", amount, ONE, amount)
                before = Refund(
                    id=self._new_id(),
                    payment_id=payment.id,
                    state=RefundState.PREPARED,
                    amount=amount,
                    lines=(line,),
                    reason=reason,
                    created_at=now,
                    changed_at=now,
                    is_by_sum=True,
                    is_external=True,
                    actor=actor.id,
                    approver=actor.approver,
                )
                added = ledger.add_refund(before)
                sending = ledger.move_refund(added, RefundState.SENDING)
                ledger.move_refund(sending, RefundState.SUCCEEDED)
            ledger.decide(
                ledger.payment(payment_id), Decision.ACCEPTED, by=actor.approver, reason=reason
            )
            return _details(ledger, payment_id)

        return await self._journal.write(change, actor=actor.id)

    async def export(
        self,
        query: HistoryQuery,
        path: Path,
        wanted: Format,
        *,
        head: Sequence[str],
        cells: Callable[[HistoryRow], Sequence[Cell]],
        is_cancelled: Callable[[], bool],
        approval: Approval | None = None,
        report: Callable[[ExportProgress], None] = lambda _: None,
    ) -> int:
        """Write what a search shows into a file; `cells` makes a row's texts on a worker thread.

        Returns the number of rows, 0 when it was cancelled; then the file is as it was.
        """
        await self._staff.require(Right.EXPORT, approval)
        whole = await self._journal.read(lambda reader: reader.count_history(query, cap=COUNT_CAP))

        def rows() -> Iterator[Sequence[Cell]]:
            offset = 0
            while True:
                page = anyio.from_thread.run(self._rows, query, offset)
                for row in page:
                    yield cells(row)
                offset += len(page)
                anyio.from_thread.run_sync(report, ExportProgress(offset, max(whole, offset)))
                if len(page) < EXPORT_PAGE:
                    return

        return await anyio.to_thread.run_sync(
            lambda: write_table(path, wanted, head, rows(), is_cancelled=is_cancelled)
        )

    async def _rows(self, query: HistoryQuery, offset: int) -> list[HistoryRow]:
        return await self._journal.read(
            lambda reader: reader.history(query, offset=offset, limit=EXPORT_PAGE)
        )

    async def _ask(self, number: str) -> PaymentInfo:
        """The gateway's payment by its order id, else by its own id, and then by that once more."""
        first = await self._find(number)
        told = Expected(order_id=first.order_id, amount=first.amount)
        async with self._traffic.call(Priority.SCREEN):
            second = await self._gateway.get_payment(first.id, expect=told)
        if isinstance(second, Ok):
            return second.value
        raise CashierError(trouble_of(second))

    async def _find(self, number: str) -> PaymentInfo:
        outcome: Outcome[PaymentInfo]
        async with self._traffic.call(Priority.SCREEN):
            outcome = await self._gateway.get_payment_by_order(number, expect=Expected())
        if isinstance(outcome, Refused) and outcome.code != 0:
            async with self._traffic.call(Priority.SCREEN):
                outcome = await self._gateway.get_payment(number, expect=Expected())
        match outcome:
            case Ok(info):
                return info
            case Refused(code, _, _) if code != 0:
                raise CashierError(Failure.NOT_FOUND, number=number)
            case _:
                raise CashierError(trouble_of(outcome))

    def _adopted(
        self, info: PaymentInfo, amount: Money, cashier: str
    ) -> tuple[Payment, SavedReceipt]:
        now = self._clock.utc()
        receipt = SavedReceipt(
            id=self._new_id(),
            till=self._till,
            state=ReceiptState.SETTLED,
            receipt=Receipt(amount.currency),
            created_at=now,
            changed_at=now,
        )
        payment = Payment(
            id=self._new_id(),
            receipt_id=receipt.id,
            receipt_number="",
            attempt=1,
            order_id=info.order_id,
            state=PaymentState.PAID,
            amount=amount,
            terminal_id=info.terminal_id,
            terminal_name="",
            merchant_id=self._gateway.merchant_id,
            base_url=self._gateway.base_url,
            created_at=info.created or now,
            changed_at=now,
            payment_id=info.id,
            status=info.status,
            status_description=info.status_description,
            answered_at=now,
            method=info.method,
            account=info.account,
            funds=info.funds,
            bonuses=info.bonuses,
            is_result_seen=True,
            cashier=cashier,
            is_adopted=True,
        )
        return payment, receipt


def _known(reader: Reader, number: str) -> Payment | None:
    return reader.payment_by_order(number) or reader.payment_by_gateway_id(number)


def _details(reader: Reader, payment_id: str) -> Details:
    payment = reader.payment(payment_id)
    refunds = tuple(reader.refunds_of(payment_id))
    people = {person.id: person.name for person in reader.people()}
    return Details(
        payment=payment,
        receipt=reader.receipt(payment.receipt_id),
        refunds=refunds,
        left=left_to_refund(payment.amount, refunds),
        cashier=people.get(payment.cashier, ""),
        people=people,
    )
