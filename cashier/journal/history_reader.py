"""The history: any payment, found quickly among a million.

A period and filters go through one index that holds all they ask for, in the order of the list.
What was typed is turned into a set of payments by indexes of their own; a set that is small leads.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, union_all
from sqlalchemy.sql.expression import CompoundSelect, SelectBase

from cashier.domain.history import HistoryQuery, HistoryRow
from cashier.domain.money import total
from cashier.domain.payment import Decision, PaymentState
from cashier.domain.refund import Refund, RefundState
from cashier.journal import names
from cashier.journal.records import payment_of, refund_of
from cashier.journal.schema import NOTHING, UNDECIDED, UNKNOWN_REFUND, payments, refunds, tills
from cashier.journal.source import Source
from cashier.journal.text import clean, stamp

_GONE = frozenset({RefundState.SUCCEEDED, RefundState.RESOLVED_EXECUTED})
_PENDING = frozenset(
    {RefundState.PREPARED, RefundState.SENDING, RefundState.ACCEPTED, RefundState.FAIL_SEEN}
)

_FEW = 2_000
"""So many payments found by what was typed are fetched one by one; more are met on the way."""

_SHORTEST = 4
"""An id's beginning that is shorter says too little."""

_LAST = "\U0010ffff"
"""Sorts after every text that begins alike."""

_SUM = re.compile(r"(\d{1,13})(?:[.,](\d{1,2}))?")
_TAIL = re.compile(r"[*\u2022 ]*(\d{4})")
_NEWEST_FIRST = (payments.c.created_at.desc(), payments.c.serial.desc())


class HistoryReader(Source):
    """Payments of every till that shares the journal."""

    def history(self, query: HistoryQuery, *, offset: int, limit: int) -> list[HistoryRow]:
        """The newest first, `limit` of them after the first `offset`."""
        page = self._found(query).order_by(*_NEWEST_FIRST).limit(limit).offset(offset)
        serials = list(self._connection.execute(page).scalars())
        whole = (
            select(payments, tills.c.name.label("till"))
            .join(tills, tills.c.id == payments.c.till_id)
            .where(payments.c.serial.in_(serials))
            .order_by(*_NEWEST_FIRST)
        )
        rows = self._connection.execute(whole).all()
        given_back = self._refunds_by_payment([row.id for row in rows])
        return [_row_of(row, given_back.get(row.id, [])) for row in rows]

    def count_history(self, query: HistoryQuery, *, cap: int = 1000) -> int:
        """How many there are; `cap` + 1 stands for any more than `cap`."""
        some = self._found(query).limit(cap + 1).subquery()
        return int(self._connection.execute(select(func.count()).select_from(some)).scalar_one())

    def _found(self, query: HistoryQuery) -> Select[Any]:
        found = select(payments.c.serial)
        if query.states:
            states = sorted(state.value for state in query.states)
            found = found.where(_unled(payments.c.state).in_(states))
        if query.terminal_id:
            found = found.where(payments.c.terminal_id == clean(query.terminal_id))
        if query.till:
            named = select(tills.c.id).where(tills.c.name == clean(query.till))
            found = found.where(_unled(payments.c.till_id) == named.scalar_subquery())
        if query.cashier:
            found = found.where(payments.c.cashier == clean(query.cashier))
        sets = []
        if query.needs_decision:
            sets.append(_undecided())
        if query.text.strip():
            sets.append(self._meant(clean(query.text).strip()))
        return self._narrow(found, query, sets)

    def _narrow(
        self, found: Select[Any], query: HistoryQuery, sets: list[CompoundSelect[Any]]
    ) -> Select[Any]:
        """Of `found`, what is in the period and in every set."""
        made_at: ColumnElement[str] = payments.c.created_at
        for one in sets:
            some = select(one.subquery().c.serial).limit(_FEW + 1)
            few = set(self._connection.execute(some).scalars())
            if len(few) <= _FEW:
                made_at = _unled(payments.c.created_at)
                found = found.where(payments.c.serial.in_(sorted(few)))
            else:
                found = found.where((payments.c.serial + 0).in_(one))
        return found.where(made_at >= stamp(query.since), made_at < stamp(query.until))

    def _meant(self, typed: str) -> CompoundSelect[Any]:
        """The serial numbers of all payments that what was typed may stand for."""
        found: list[SelectBase] = [select(payments.c.serial).where(one) for one in _terms(typed)]
        word = typed.removeprefix("#").lower()
        if len(word) >= _SHORTEST:
            own = select(payments.c.serial).join(refunds, refunds.c.payment_id == payments.c.id)
            found.append(own.where(_begins(refunds.c.id, word)))
            linked = _begins(refunds.c.refund_id, typed) & (refunds.c.refund_id != NOTHING)
            found.append(own.where(linked))
        dialect = self._connection.dialect.name
        words = names.typed(dialect, typed)
        if words:
            sold = names.question(dialect).bindparams(names=words)
            found.append(sold.columns(payments.c.serial))
        return union_all(*found)

    def _refunds_by_payment(self, payment_ids: list[str]) -> dict[str, list[Refund]]:
        found: dict[str, list[Refund]] = {}
        query = select(refunds).where(refunds.c.payment_id.in_(payment_ids))
        for row in self._connection.execute(query):
            found.setdefault(row.payment_id, []).append(refund_of(row))
        return found


def _terms(typed: str) -> list[ColumnElement[bool]]:
    """What of a payment itself may have been typed."""
    word = typed.removeprefix("#")
    found = [
        _begins(payments.c.receipt_number, typed),
        (payments.c.payment_id == typed) & (payments.c.payment_id != NOTHING),
    ]
    if len(word) >= _SHORTEST:
        found += [
            _begins(payments.c.order_id, word.lower()),
            _begins(payments.c.id, word.lower()),
            _begins(payments.c.payment_id, typed) & (payments.c.payment_id != NOTHING),
        ]
    amount = _SUM.fullmatch(re.sub(r"\s", "", typed).removesuffix("₽"))
    if amount:
        minor = int(amount[1]) * 100 + int((amount[2] or "").ljust(2, "0"))
        found.append(payments.c.amount == minor)
    tail = _TAIL.fullmatch(typed)
    if tail:
        found.append((payments.c.card_tail == tail[1]) & (payments.c.card_tail != NOTHING))
    return found


def _undecided() -> CompoundSelect[Any]:
    """Payments that `Payment.needs_decision` is true of, and those of refunds in such a state.

    Each part goes through an index of its own.
    """
    unknown = select(refunds.c.payment_id).where(UNKNOWN_REFUND)
    unsent = select(refunds.c.payment_id).where(
        refunds.c.till_id.in_(select(tills.c.id)), refunds.c.state == RefundState.PREPARED.value
    )
    late = select(payments.c.serial).where(
        payments.c.till_id.in_(select(tills.c.id)),
        payments.c.state == PaymentState.LATE_PAID.value,
        payments.c.decision == Decision.TAKEN_AS_UNPAID.value,
    )
    return union_all(
        select(payments.c.serial).where(UNDECIDED),
        late,
        select(payments.c.serial).where(payments.c.id.in_(unknown)),
        select(payments.c.serial).where(payments.c.id.in_(unsent)),
    )


def _unled(column: ColumnElement[str]) -> ColumnElement[str]:
    """The column as an expression, so that no index of it leads: another leads better."""
    return column.concat("")


def _begins(column: ColumnElement[str], beginning: str) -> ColumnElement[bool]:
    return (column >= beginning) & (column < beginning + _LAST)


def _row_of(row: Row[Any], given_back: list[Refund]) -> HistoryRow:
    payment = payment_of(row)
    gone = (refund.held for refund in given_back if refund.state in _GONE)
    return HistoryRow(
        payment=payment,
        till=row.till,
        refunded=total(gone, payment.amount.currency),
        has_pending_refund=any(refund.state in _PENDING for refund in given_back),
        has_unknown_refund=any(refund.state is RefundState.UNKNOWN for refund in given_back),
    )
