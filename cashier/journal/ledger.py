"""Changes to the journal, all inside one transaction, each with its event."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import (
    Decision,
    ForbiddenMoveError,
    Payment,
    PaymentState,
    check_move,
    outdates_decision,
)
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.shift import receipt_number
from cashier.domain.terminal import Terminal
from cashier.journal import goods, names
from cashier.journal.errors import ConflictError, RuleBrokenError
from cashier.journal.people_ledger import PeopleLedger
from cashier.journal.receipt_format import write_receipt
from cashier.journal.records import card_tail, columns, payment_columns, terminal_columns
from cashier.journal.refund_ledger import RefundLedger
from cashier.journal.schema import (
    answers,
    payments,
    receipts,
    shifts,
    terminals,
    tills,
)
from cashier.journal.text import clean, stamp
from cashier.journal.writing import breaks

_MEANING = frozenset(
    {
        "payment_id",
        "payment_url",
        "url_shown_at",
        "expires_at",
        "status",
        "status_description",
        "method",
        "account",
        "funds",
        "bonuses",
        "refusal_code",
        "refusal_text",
        "mismatch",
    }
)
"""Fields whose change is worth an event of its own."""

_FIXED = (
    "receipt_id",
    "attempt",
    "order_id",
    "amount",
    "terminal_id",
    "merchant_id",
    "base_url",
    "cashier",
    "is_adopted",
)
"""What the first event of a payment tells."""

_UNDECIDED: dict[str, object] = {"decision": None, "decided_by": "", "decision_reason": ""}

_LIVE_INDEX = ("one_live_attempt", "failed: payments.receipt_id")
_TERMINAL_INDEX = ("uq_terminals_gateway_id", "failed: terminals.gateway_id")
"""How each database names a broken unique rule: PostgreSQL by its name, SQLite by its columns."""

_SET_NOTE = text(
    "INSERT INTO notes (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

_CLAIM_NOTE = text(
    "INSERT INTO notes (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE notes.value < :now"
)

_SET_PAYMENT = update(payments).where(
    payments.c.id == bindparam("same_id"), payments.c.version == bindparam("same_version")
)


class Ledger(RefundLedger, PeopleLedger):
    """The writing side. What a method returns is what is stored: times cut to milliseconds.

    Valid only inside the `Journal.write` that made it.
    """

    # Receipts

    def number_receipt(self, receipt_id: str) -> SavedReceipt:
        """Give the receipt the next number of the open shift, once and for all."""
        saved = self.receipt(receipt_id)
        if saved.number:
            return saved
        shift = self.ensure_shift()
        counter = shift.last_receipt + 1
        number = receipt_number(shift.number, counter)
        self._connection.execute(
            update(shifts).where(shifts.c.id == shift.id).values(last_receipt=counter)
        )
        self._connection.execute(
            update(receipts)
            .where(receipts.c.id == receipt_id)
            .values(number=number, shift_id=shift.id)
        )
        self.record("receipt.numbered", receipt_id, {"number": number, "shift": shift.id})
        return self.receipt(receipt_id)

    def save_receipt(self, saved: SavedReceipt) -> SavedReceipt:
        """Insert the receipt or replace its content and state.

        Its number, once given, stays; `changed_at` is now; the till is this one. Raises
        CashierError(RECEIPT_HAS_PAYMENT) when a live attempt holds it frozen, RuleBrokenError for
        a second draft or for other content in a charged receipt.
        """
        values = columns(
            {
                "state": saved.state,
                "content": write_receipt(saved.receipt),
                "amount": saved.receipt.amount,
                "changed_at": self._now(),
                "cashier": saved.cashier,
            }
        )
        known = select(receipts.c.state).where(receipts.c.id == saved.id)
        state = self._connection.execute(known).scalar_one_or_none()
        if state is None:
            values |= columns(
                {"id": saved.id, "till_id": self._till.id, "created_at": saved.created_at}
            )
            self._connection.execute(insert(receipts), values)
        else:
            self._require_free(saved, state)
            self._connection.execute(
                update(receipts).where(receipts.c.id == saved.id).values(values)
            )
        if state != saved.state.value:
            self._receipt_moved(saved.id, state, values)
        return self.receipt(saved.id)

    def move_receipt(self, receipt_id: str, state: ReceiptState) -> SavedReceipt:
        """Change the state alone. Raises CashierError(NOT_FOUND)."""
        return self.save_receipt(replace(self.receipt(receipt_id), state=state))

    # Payments

    def add_payment(self, payment: Payment) -> Payment:
        """Write a new intent, PREPARED.

        Raises CashierError(DISK_FULL) while space is short, and RECEIPT_HAS_PAYMENT when the
        receipt has a live attempt already.
        """
        if payment.state is not PaymentState.PREPARED:
            raise ForbiddenMoveError(f"begin in {payment.state.value}")
        self._around.require_room()
        shift = self.open_shift()
        self._insert_payment(payment, shift_id=shift.id if shift else None)
        return self.payment(payment.id)

    def adopt_payment(self, payment: Payment, receipt: SavedReceipt) -> Payment:
        """Take in a paid payment that another journal made, with its receipt (row R21).

        It belongs to no shift. Raises CashierError(ALREADY_LINKED) when its order or payment id is
        known here.
        """
        if payment.state is not PaymentState.PAID or not payment.is_adopted:
            raise ForbiddenMoveError(f"adopt in {payment.state.value}")
        known = self.payment_by_order(payment.order_id)
        if known is not None:
            raise CashierError(Failure.ALREADY_LINKED, payment=known.id)
        self._check_gateway_id(payment.id, payment.payment_id)
        self.save_receipt(receipt)
        self._insert_payment(payment, shift_id=None)
        return self.payment(payment.id)

    def move(self, payment: Payment, state: PaymentState, **changes: Any) -> Payment:
        """Bring the payment into `state`, with `changes` to its other fields.

        The new result counts as unseen unless the changes say otherwise. What was decided before
        the money came says nothing of it: money that nobody asked for needs a new word. Raises
        ForbiddenMoveError for a move the table lacks, ConflictError when another write was first,
        CashierError(ALREADY_LINKED) for another payment's `payment_id`.
        """
        check_move(payment.state, state)
        fresh = _UNDECIDED if outdates_decision(payment, state) else {}
        values = {"is_result_seen": False, **fresh, **changes}
        values |= {"state": state, "changed_at": self._now()}
        moved = self._write(payment, values)
        told = {name: value for name, value in changes.items() if name in _MEANING}
        facts = {"from": payment.state, "to": state, "version": moved.version}
        self.record("payment.moved", payment.id, fresh | told | facts)
        return moved

    def decide(self, payment: Payment, decision: Decision, *, by: str, reason: str) -> Payment:
        """Write down what `by` made of money that came unasked. Raises ConflictError."""
        values = {"decision": decision, "decided_by": by, "decision_reason": reason}
        decided = self._write(payment, values)
        self.record("payment.decided", payment.id, values | {"version": decided.version})
        return decided

    def update(self, payment: Payment, **changes: Any) -> Payment:
        """Change fields within the same state; `changed_at` stays. Raises as `move`."""
        told = {
            name: value
            for name, value in changes.items()
            if name in _MEANING and getattr(payment, name) != value
        }
        written = self._write(payment, changes)
        if told:
            self.record("payment.learned", payment.id, told | {"version": written.version})
        return written

    def keep_answer(
        self,
        payment_id: str,
        *,
        call: str,
        http_status: int,
        body: bytes,
        received_at: datetime,
        refund_id: str = "",
    ) -> None:
        """Keep an answer as it came; the chain holds the fingerprint of its bytes.

        Both ids are intents; `payment_id` is "" for a call that is about no payment.
        """
        facts = {
            "call": call,
            "http_status": http_status,
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        event = self.record("answer.kept", refund_id or payment_id, facts)
        row = {
            "till_id": self._till.id,
            "seq": event.seq,
            "payment_id": payment_id or None,
            "refund_id": refund_id or None,
            "call": call,
            "http_status": http_status,
            "body": body,
            "received_at": received_at,
        }
        self._connection.execute(insert(answers), columns(row))

    def count_read(self, payment_id: str) -> None:
        """Count a read that said nothing new."""
        counted = payments.c.reads + 1
        self._connection.execute(
            update(payments).where(payments.c.id == payment_id).values(reads=counted)
        )

    # Terminals, goods, notes

    def remember_terminal(self, terminal: Terminal) -> Terminal:
        """Insert (key 0) or replace a terminal; a default one replaces the former default.

        Raises CashierError: TERMINAL_KNOWN when another key has that terminal of the gateway,
        TERMINAL_NOT_FOUND for a key that is not there.
        """
        row = terminal_columns(terminal)
        try:
            key = self._put_terminal(terminal.key, row)
        except IntegrityError as error:
            if not breaks(error, _TERMINAL_INDEX):
                raise
            raise CashierError(Failure.TERMINAL_KNOWN, alias=terminal.info.alias) from error
        if terminal.is_default:
            self.set_default_terminal(key)
        return self.terminal(key)

    def locked_terminal(self, key: int) -> Terminal:
        """A terminal that no other till changes until this transaction ends.

        Raises CashierError(TERMINAL_NOT_FOUND).
        """
        query = select(terminals.c.key).where(terminals.c.key == key).with_for_update()
        self._connection.execute(query)
        return self.terminal(key)

    def forget_terminal(self, key: int) -> None:
        """Remove a terminal from the list; payments keep its id and name."""
        terminal = self.terminal(key)
        self._connection.execute(delete(terminals).where(terminals.c.key == key))
        self.record("terminal.forgotten", str(key), {"gateway_id": terminal.info.id})

    def set_default_terminal(self, key: int) -> None:
        """Make it this till's default. Raises CashierError(TERMINAL_NOT_FOUND)."""
        self.terminal(key)
        self._connection.execute(
            update(tills).where(tills.c.id == self._till.id).values(default_terminal=key)
        )

    def remember_goods(self, receipt: Receipt) -> None:
        """Keep the names and newest prices of a receipt as suggestions."""
        goods.remember(self._connection, receipt, now=self._now())

    def set_note(self, name: str, value: str) -> None:
        """Remember a small fact, or replace it."""
        self._connection.execute(_SET_NOTE, {"name": name, "value": clean(value)})

    def claim(self, name: str, *, until: datetime) -> bool:
        """Hold the note `name` until that moment, unless somebody holds it now; whether it is ours.

        Setting it to "" lets go of it.
        """
        asked = {"name": name, "value": stamp(until), "now": stamp(self._now())}
        return self._connection.execute(_CLAIM_NOTE, asked).rowcount == 1

    def _require_free(self, saved: SavedReceipt, state: str) -> None:
        """What is being paid cannot become something else meanwhile."""
        if state != ReceiptState.FROZEN.value or saved.state is ReceiptState.FROZEN:
            return
        live = next((one for one in self.attempts(saved.id) if one.is_live), None)
        if live is not None:
            raise CashierError(Failure.RECEIPT_HAS_PAYMENT, payment=live.id)

    def _receipt_moved(self, receipt_id: str, old: str | None, values: dict[str, object]) -> None:
        content = str(values["content"]).encode()
        facts = {
            "from": old,
            "to": values["state"],
            "amount": [values["amount"], values["currency"]],
            "sha256": hashlib.sha256(content).hexdigest(),
            "cashier": values["cashier"],
        }
        self.record("receipt.moved", receipt_id, facts)

    def _insert_payment(self, payment: Payment, *, shift_id: str | None) -> None:
        own = {"till_id": self._till.id, "shift_id": shift_id}
        try:
            added = self._connection.execute(insert(payments), payment_columns(payment) | own)
        except IntegrityError as error:
            if not breaks(error, _LIVE_INDEX):
                raise
            raise CashierError(Failure.RECEIPT_HAS_PAYMENT, receipt=payment.receipt_id) from error
        receipt = self.receipt(payment.receipt_id).receipt
        names.add(self._connection, _new_key(added), receipt)
        told = _FIXED if not payment.is_adopted else (*_FIXED, *sorted(_MEANING))
        facts = {name: getattr(payment, name) for name in told}
        self.record(
            "payment.added", payment.id, facts | {"to": payment.state, "version": payment.version}
        )

    def _check_gateway_id(self, payment_id: str, number: str) -> None:
        linked = self.payment_by_gateway_id(number)
        if linked is not None and linked.id != payment_id:
            raise CashierError(Failure.ALREADY_LINKED, payment=linked.id)

    def _write(self, payment: Payment, values: dict[str, Any]) -> Payment:
        """Compare and set by version."""
        new = replace(payment, **values, version=payment.version + 1)
        row = columns({name: getattr(new, name) for name in (*values, "version")})
        if new.account != payment.account:
            row["card_tail"] = card_tail(new.account)
        if new.payment_id != payment.payment_id:
            self._check_gateway_id(payment.id, new.payment_id)
        same = {"same_id": payment.id, "same_version": payment.version}
        if not self._connection.execute(_SET_PAYMENT, row | same).rowcount:
            self.payment(payment.id)
            raise ConflictError(payment.id)
        return self.payment(payment.id)

    def _put_terminal(self, key: int, row: dict[str, object]) -> int:
        if key == 0:
            added = self._connection.execute(insert(terminals), row)
            new_key = _new_key(added)
            facts = {"gateway_id": row["gateway_id"], "alias": row["alias"]}
            self.record("terminal.remembered", str(new_key), facts)
            return new_key
        self.terminal(key)
        self._connection.execute(update(terminals).where(terminals.c.key == key).values(row))
        return key


def _new_key(result: CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    if key is None:
        raise RuleBrokenError("a row without a key")
    return int(key[0])
