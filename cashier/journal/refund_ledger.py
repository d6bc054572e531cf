"""Refunds written to the journal, never beyond what was paid."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, case, func, insert, select, update

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money, total
from cashier.domain.payment import ForbiddenMoveError, Payment
from cashier.domain.refund import (
    HOLDING,
    UNSETTLED,
    Refund,
    RefundState,
    check_refund_move,
    lines_left,
)
from cashier.journal.errors import ConflictError, RuleBrokenError
from cashier.journal.records import columns, lines_written, payment_of, refund_columns
from cashier.journal.schema import payments, refunds, tills
from cashier.journal.shift_ledger import ShiftLedger

_MEANING = frozenset(
    {
        "refund_id",
        "status",
        "status_description",
        "funds",
        "bonuses",
        "method",
        "account",
        "refusal_code",
        "refusal_text",
        "mismatch",
        "answered_amount",
        "approver",
        "resolution",
    }
)
"""Fields whose change is worth an event of its own."""

_FIXED = ("payment_id", "amount", "reason", "is_by_sum", "is_external", "actor", "approver")

_LOCKED = select(payments).where(payments.c.id == bindparam("id")).with_for_update()
"""The payment, and with it the right to add up its refunds. SQLite has the whole file already."""

_OPEN_ONE = (
    select(refunds.c.id, tills.c.name.label("till"))
    .join(tills)
    .where(refunds.c.payment_id == bindparam("payment"))
    .where(refunds.c.state.in_([state.value for state in UNSETTLED]))
)

_HELD = (
    select(
        func.sum(
            case(
                (
                    (refunds.c.answered_amount_currency == refunds.c.currency)
                    & (refunds.c.answered_amount > refunds.c.amount),
                    refunds.c.answered_amount,
                ),
                else_=refunds.c.amount,
            )
        )
    )
    .where(refunds.c.payment_id == bindparam("payment"))
    .where(refunds.c.state.in_([state.value for state in HOLDING]))
)

_SET_REFUND = update(refunds).where(
    refunds.c.id == bindparam("same_id"), refunds.c.version == bindparam("same_version")
)


class RefundLedger(ShiftLedger):
    """Each change with its event."""

    def add_refund(self, refund: Refund) -> Refund:
        """Write a new intent, PREPARED, or in any state one that was made elsewhere.

        The payment is locked first, so that tills that refund it at once come one after the other.
        Pending and unknown refunds count against the sum and against every line. Raises
        CashierError: NOT_FOUND, REFUNDS_WAIT, NOT_PAID, CURRENCY_MIXED, REFUND_UNSETTLED(till),
        REFUND_OVER_BUDGET(left), REFUND_OVER_LINE(name), ALREADY_LINKED; DISK_FULL, and
        JOURNAL_FAULT where what is written now would not be found again.
        """
        if refund.state is not RefundState.PREPARED and not refund.is_external:
            raise ForbiddenMoveError(f"begin in {refund.state.value}")
        self._around.require_room()
        payment = self.locked_payment(refund.payment_id)
        self._check_reconciled(refund)
        self._check_payment(refund, payment)
        self._check_settled(refund)
        left = self._left(payment)
        if refund.amount > left:
            raise CashierError(Failure.REFUND_OVER_BUDGET, left=left)
        self._check_lines(refund, payment)
        self._check_link(refund.id, refund.refund_id)
        own = {"till_id": self._till.id, "shift_id": self.ensure_shift().id}
        self._connection.execute(insert(refunds), refund_columns(refund) | own)
        facts = {name: getattr(refund, name) for name in _FIXED}
        if refund.refund_id:
            facts |= {name: getattr(refund, name) for name in _MEANING}
        told = {"to": refund.state, "version": refund.version, "lines": lines_written(refund.lines)}
        self.record("refund.added", refund.id, facts | told)
        return self.refund(refund.id)

    def locked_payment(self, payment_id: str) -> Payment:
        """The attempt, which no other till changes or refunds until this transaction ends."""
        return payment_of(self._one(_LOCKED, {"id": payment_id}))

    def move_refund(self, refund: Refund, state: RefundState, **changes: Any) -> Refund:
        """Bring the refund into `state`, with `changes` to its other fields.

        Raises ForbiddenMoveError for a move the table lacks, ConflictError when another write was
        first, CashierError(ALREADY_LINKED) for another refund's number.
        """
        check_refund_move(refund.state, state)
        values = {**changes, "state": state, "changed_at": self._now()}
        moved = self._write_refund(refund, values)
        told = {name: value for name, value in changes.items() if name in _MEANING}
        facts = {"from": refund.state, "to": state, "version": moved.version}
        self.record("refund.moved", refund.id, told | facts)
        return moved

    def update_refund(self, refund: Refund, **changes: Any) -> Refund:
        """Change fields within the same state; `changed_at` stays. Raises as `move_refund`."""
        told = {
            name: value
            for name, value in changes.items()
            if name in _MEANING and getattr(refund, name) != value
        }
        written = self._write_refund(refund, changes)
        if told:
            self.record("refund.learned", refund.id, told | {"version": written.version})
        return written

    def _write_refund(self, refund: Refund, values: dict[str, Any]) -> Refund:
        """Compare and set by version."""
        new = replace(refund, **values, version=refund.version + 1)
        if new.refund_id != refund.refund_id:
            self._check_link(refund.id, new.refund_id)
        row = columns({name: getattr(new, name) for name in (*values, "version")})
        same = {"same_id": refund.id, "same_version": refund.version}
        if not self._connection.execute(_SET_REFUND, row | same).rowcount:
            self.refund(refund.id)
            raise ConflictError(refund.id)
        return self.refund(refund.id)

    def _check_reconciled(self, refund: Refund) -> None:
        """What was refunded after a copy is not in it, so that no sum of it can be trusted."""
        if not refund.is_external and self.restoration() is not None:
            raise CashierError(Failure.REFUNDS_WAIT)

    def _check_payment(self, refund: Refund, payment: Payment) -> None:
        if not payment.has_money:
            raise CashierError(Failure.NOT_PAID, payment=payment.id)
        if refund.amount.currency is not payment.amount.currency:
            raise CashierError(Failure.CURRENCY_MIXED)

    def _check_settled(self, refund: Refund) -> None:
        if refund.state not in UNSETTLED:
            return
        row = self._connection.execute(_OPEN_ONE, {"payment": refund.payment_id}).first()
        if row is not None:
            raise CashierError(Failure.REFUND_UNSETTLED, refund=row.id, till=row.till)

    def _left(self, payment: Payment) -> Money:
        """As `left_to_refund` has it, added up by the database."""
        held = self._connection.execute(_HELD, {"payment": payment.id}).scalar_one()
        return payment.amount - Money(int(held or 0), payment.amount.currency)

    def _check_lines(self, refund: Refund, payment: Payment) -> None:
        """No more of any line than is left of it, in quantity and in money.

        Of a receipt that has changed since it was charged no line is known.
        """
        if not refund.lines:
            return
        worth = total((line.result for line in refund.lines), refund.amount.currency)
        if worth != refund.amount:
            raise RuleBrokenError("the lines of a refund do not make its sum")
        receipt = self.receipt(payment.receipt_id).receipt
        sold = receipt.priced if self.is_as_charged(payment) else ()
        left = {one.sold.line.id: one for one in lines_left(sold, self.refunds_of(payment.id))}
        quantity: dict[int, int] = defaultdict(int)
        money: dict[int, int] = defaultdict(int)
        for line in refund.lines:
            if line.line_id == 0:
                continue
            quantity[line.line_id] += line.quantity.thousandths
            money[line.line_id] += line.result.minor
            of = left.get(line.line_id)
            if (
                of is None
                or quantity[line.line_id] > of.left
                or money[line.line_id] > of.money_left.minor
            ):
                raise CashierError(Failure.REFUND_OVER_LINE, name=line.name)

    def _check_link(self, refund_id: str, number: str) -> None:
        linked = self.refund_by_gateway_id(number)
        if linked is not None and linked.id != refund_id:
            raise CashierError(Failure.ALREADY_LINKED, refund=linked.id)
