"""Questions to the journal. Every method sees the same moment of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, select

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import LIVE, Decision, Payment, PaymentState, Standing, standing
from cashier.domain.refund import UNSETTLED, RefundState
from cashier.domain.saved_receipt import KnownGoods, ReceiptState, SavedReceipt
from cashier.domain.shift import Shift
from cashier.domain.terminal import Terminal
from cashier.journal import chain, goods
from cashier.journal.epochs import SHIFT_FLOOR, EpochReader
from cashier.journal.history_reader import HistoryReader
from cashier.journal.people_reader import PeopleReader
from cashier.journal.records import (
    KeptAnswer,
    answer_of,
    payment_of,
    receipt_of,
    shift_of,
    terminal_of,
)
from cashier.journal.refund_reader import RefundReader
from cashier.journal.schema import (
    NOTHING,
    UNDECIDED,
    answers,
    events,
    notes,
    payments,
    receipts,
    refunds,
    shifts,
    terminals,
    tills,
)
from cashier.journal.shift_reader import ShiftReader
from cashier.journal.text import stamp

_PAYMENT = select(payments).where(payments.c.id == bindparam("id"))
_ATTEMPTS = (
    select(payments)
    .where(payments.c.receipt_id == bindparam("receipt"))
    .order_by(payments.c.attempt)
)
_RECEIPT = (
    select(receipts, tills.c.name.label("till")).join(tills).where(receipts.c.id == bindparam("id"))
)
"""What every sale asks for, built once: making a statement costs more than running it."""

_OPEN_REFUNDS = [state.value for state in (*UNSETTLED, RefundState.ACCEPTED, RefundState.FAIL_SEEN)]
_LIVE = [state.value for state in LIVE]


class Reader(RefundReader, PeopleReader, HistoryReader, EpochReader, ShiftReader):
    """What is in the journal. "Of this till" where a method says so, else of all that share it.

    Valid only inside the `Journal.read` or `Journal.write` that made it.
    """

    # Payments

    def payment(self, payment_id: str) -> Payment:
        """The attempt with that intent. Raises CashierError(NOT_FOUND)."""
        return payment_of(self._one(_PAYMENT, {"id": payment_id}))

    def payment_by_order(self, order_id: str) -> Payment | None:
        """The attempt with that order id, of whichever till."""
        found = self._payments(select(payments).where(payments.c.order_id == order_id))
        return found[0] if found else None

    def payment_by_gateway_id(self, payment_id: str) -> Payment | None:
        """The attempt that is linked to the gateway's `payment_id`; None for "" too."""
        if not payment_id:
            return None
        linked = select(payments).where(payments.c.payment_id != NOTHING)
        found = self._payments(linked.where(payments.c.payment_id == payment_id))
        return found[0] if found else None

    def payments(
        self, states: Collection[PaymentState], *, since: datetime | None = None
    ) -> list[Payment]:
        """This till's attempts in those states, oldest first.

        `since` leaves out what came into its state earlier.
        """
        query = select(payments).where(
            payments.c.till_id == self._till.id,
            payments.c.state.in_([state.value for state in states]),
        )
        if since is not None:
            query = query.where(payments.c.changed_at >= stamp(since))
        return self._payments(query)

    def undecided(self) -> list[Payment]:
        """This till's attempts whose money waits for somebody's decision, oldest first."""
        own = select(payments).where(payments.c.till_id == self._till.id)
        late = own.where(
            payments.c.state == PaymentState.LATE_PAID.value,
            payments.c.decision == Decision.TAKEN_AS_UNPAID.value,  # which settles nothing (row P5)
        )
        found = self._payments(own.where(UNDECIDED)) + self._payments(late)
        return sorted(found, key=lambda payment: (payment.created_at, payment.id))

    def moved_payments(self, known: Mapping[str, int]) -> list[Payment]:
        """Those of the attempts in `known`, by id, that have another version than is known."""
        query = select(payments.c.id, payments.c.version).where(payments.c.id.in_(known))
        rows = self._connection.execute(query)
        moved = [row.id for row in rows if row.version != known[row.id]]
        return self._payments(select(payments).where(payments.c.id.in_(moved))) if moved else []

    def attempts(self, receipt_id: str) -> list[Payment]:
        """All attempts of a receipt, by their number."""
        rows = self._connection.execute(_ATTEMPTS, {"receipt": receipt_id})
        return [payment_of(row) for row in rows]

    def unseen(self) -> list[Payment]:
        """This till's results that nobody has been shown yet, oldest first."""
        query = select(payments).where(
            payments.c.till_id == self._till.id,
            ~payments.c.is_result_seen,
            payments.c.state.not_in(_LIVE),
        )
        return self._payments(query)

    def live_on_terminal(self, terminal_id: str) -> list[Payment]:
        """Attempts on that terminal that a customer may pay, of every till: the live ones first.

        A mismatch counts until the gateway has closed it: its bill may still be waiting.
        """
        here = select(payments).where(payments.c.terminal_id == terminal_id)
        live = self._payments(here.where(payments.c.state.in_(_LIVE)))
        held = here.where(UNDECIDED, payments.c.state == PaymentState.QUARANTINE.value)
        is_open = [one for one in self._payments(held) if standing(one.status) is Standing.OPEN]
        return live + is_open

    def count_open(self) -> int:
        """How many of this till's attempts are live, or quarantined and still to be decided."""
        held = payments.c.state == PaymentState.QUARANTINE.value
        return self._count(
            payments, payments.c.state.in_(_LIVE) | (held & payments.c.decision.is_(None))
        )

    def count_unsettled(self) -> int:
        """The same with refunds that have no certain end: what another merchant cannot finish."""
        return self.count_open() + self._count(refunds, refunds.c.state.in_(_OPEN_REFUNDS))

    def _count(self, table: Table, which: ColumnElement[bool]) -> int:
        query = select(func.count()).where(table.c.till_id == self._till.id, which)
        return int(self._connection.execute(query).scalar_one())

    def reads(self, payment_id: str) -> int:
        """How many reads of that payment said nothing new."""
        return int(self._one(select(payments.c.reads).where(payments.c.id == payment_id)).reads)

    def answers(self, payment_id: str) -> list[KeptAnswer]:
        """The raw answers kept for a payment, or ("") for none, in the order they came.

        Those about its refunds are `refund_answers`.
        """
        whose = answers.c.payment_id.is_not_distinct_from(payment_id or None)
        query = select(answers).where(whose, answers.c.refund_id.is_(None)).order_by(answers.c.id)
        return [answer_of(row) for row in self._connection.execute(query)]

    # Receipts and shifts

    def receipt(self, receipt_id: str) -> SavedReceipt:
        """Raises CashierError(NOT_FOUND)."""
        return receipt_of(self._one(_RECEIPT, {"id": receipt_id}))

    def is_as_charged(self, payment: Payment) -> bool:
        """Whether the payment's receipt still is what the payment was made for.

        It may have been taken back since and typed anew. What the record does not tell is no proof.
        """
        added = next((one for one in self.events(payment.id) if one.kind == "payment.added"), None)
        if added is None:
            return False
        charged = ""
        for event in self.events(payment.receipt_id):
            is_before = event.till == added.till and event.seq < added.seq
            if is_before and event.kind == "receipt.moved":
                charged = event.facts["sha256"]
        query = select(receipts.c.content).where(receipts.c.id == payment.receipt_id)
        return charged == hashlib.sha256(self._one(query).content.encode()).hexdigest()

    def receipts(self, states: Collection[ReceiptState]) -> list[SavedReceipt]:
        """This till's receipts in those states, oldest first."""
        query = (
            select(receipts, tills.c.name.label("till"))
            .join(tills)
            .order_by(receipts.c.created_at, receipts.c.id)
        )
        query = query.where(
            receipts.c.till_id == self._till.id,
            receipts.c.state.in_([state.value for state in states]),
        )
        return [receipt_of(row) for row in self._connection.execute(query)]

    def draft(self) -> SavedReceipt | None:
        """The receipt being typed at this till."""
        return next(iter(self.receipts([ReceiptState.DRAFT])), None)

    def open_shift(self) -> Shift | None:
        """This till's shift that is open."""
        return self._shift(_shifts().where(shifts.c.closed_at.is_(None)))

    def next_shift(self) -> int:
        """The number of this till's next shift: one that was never given out, by no lost one."""
        newest = self._shift(_shifts())
        floor = int(self.note(f"{SHIFT_FLOOR}.{self._till.id}") or 0)
        return max(newest.number if newest else 0, floor) + 1

    def shifts(self, limit: int) -> list[Shift]:
        """This till's shifts, the newest first."""
        query = _shifts().where(shifts.c.till_id == self._till.id)
        rows = self._connection.execute(query.order_by(shifts.c.number.desc()).limit(limit))
        return [shift_of(row) for row in rows]

    def shift(self, shift_id: str) -> Shift:
        """Raises CashierError(NOT_FOUND)."""
        return shift_of(self._one(_shifts().where(shifts.c.id == shift_id)))

    def shift_payments(self, shift_id: str) -> list[Payment]:
        """The attempts that were made in a shift, oldest first."""
        return self._payments(select(payments).where(payments.c.shift_id == shift_id))

    # Terminals, goods, notes

    def terminals(self) -> list[Terminal]:
        """Every terminal that is remembered, in the order they were."""
        default = self._default_terminal()
        rows = self._connection.execute(select(terminals).order_by(terminals.c.key))
        return [terminal_of(row, default=default) for row in rows]

    def terminal(self, key: int) -> Terminal:
        """Raises CashierError(TERMINAL_NOT_FOUND)."""
        row = self._connection.execute(select(terminals).where(terminals.c.key == key)).first()
        if row is None:
            raise CashierError(Failure.TERMINAL_NOT_FOUND, key=key)
        return terminal_of(row, default=self._default_terminal())

    def known_goods(self, typed: str, limit: int) -> list[KnownGoods]:
        """Goods sold before whose name has a word for each word typed, beginning alike.

        Case and the dots of ё do not matter. The newest sale comes first. Nothing for nothing.
        """
        return goods.find(self._connection, typed, limit=limit)

    def tills(self) -> list[str]:
        """The names of the tills that write to this journal."""
        return sorted(self._connection.execute(select(tills.c.name)).scalars())

    def note(self, name: str) -> str | None:
        """A small remembered fact."""
        query = select(notes.c.value).where(notes.c.name == name)
        return self._connection.execute(query).scalar_one_or_none()

    # The record

    def events(self, subject: str | None = None, *, kind: str | None = None) -> list[chain.Event]:
        """What happened, of one subject, of one kind or of everything, oldest first."""
        query = select(events).order_by(events.c.till_id, events.c.seq)
        if subject is not None:
            query = query.where(events.c.subject == subject)
        if kind is not None:
            query = query.where(events.c.kind == kind)
        return [chain.event_of(row) for row in self._connection.execute(query)]

    def head(self) -> chain.Head:
        """The newest event of this till's chain."""
        return chain.head(self._connection, self._till.id)

    def _payments(self, query: Select[Any]) -> list[Payment]:
        rows = self._connection.execute(query.order_by(payments.c.created_at, payments.c.id))
        return [payment_of(row) for row in rows]

    def _shift(self, query: Select[Any]) -> Shift | None:
        query = query.where(shifts.c.till_id == self._till.id)
        row = self._connection.execute(query.order_by(shifts.c.number.desc()).limit(1)).first()
        return shift_of(row) if row else None

    def _default_terminal(self) -> int | None:
        query = select(tills.c.default_terminal).where(tills.c.id == self._till.id)
        return self._connection.execute(query).scalar_one_or_none()


def _shifts() -> Select[Any]:
    return select(shifts, tills.c.name.label("till")).join(tills)
