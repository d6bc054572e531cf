"""What must hold after every step, against the gateway's own truth.

The oracle believes neither the services nor the tables: it follows each journal's chain of events
with a connection of its own, and knows the moves of decisions.md by heart.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cashier.services.views import TillView
from tests.simulation.bank import OPEN, Bank, Payment
from tests.simulation.people import Doors, Words

MOVES = {
    "PREPARED": "SENDING WITHDRAWN",
    "SENDING": "OPEN UNKNOWN REFUSED QUARANTINE PREPARED",
    "OPEN": "PAID FAILED CLOSED CLOSING QUARANTINE",
    "UNKNOWN": "OPEN PAID FAILED CLOSED CLOSING ABANDONED QUARANTINE",
    "CLOSING": "CLOSED PAID FAILED OPEN",
    "FAILED": "PAID LATE_PAID",
    "CLOSED": "LATE_PAID",
    "ABANDONED": "CLOSING LATE_PAID",
    "QUARANTINE": "CLOSING CLOSED LATE_PAID",
}
REFUND_MOVES = {
    "PREPARED": "SENDING WITHDRAWN",
    "SENDING": "ACCEPTED SUCCEEDED FAIL_SEEN REFUSED UNKNOWN PREPARED",
    "ACCEPTED": "SUCCEEDED FAIL_SEEN UNKNOWN",
    "FAIL_SEEN": "FAILED ACCEPTED SUCCEEDED UNKNOWN",
    "UNKNOWN": "RESOLVED_EXECUTED RESOLVED_NOT_EXECUTED",
    "FAILED": "SUCCEEDED",
    "RESOLVED_NOT_EXECUTED": "SUCCEEDED",
    "REFUSED": "SUCCEEDED",
}
_TRACES = {
    "regression": "W5 regression refused",
    "unknown_status": "G22 unknown status",
    "refund.regression": "R18 regression refused",
    "refund.late_success": "R17 success after a failure",
}
LIVE = frozenset({"PREPARED", "SENDING", "OPEN", "UNKNOWN", "CLOSING"})
TAKEN = frozenset({"PAID", "LATE_PAID"})
AUTOMATIC = frozenset({"SENDING", "OPEN", "UNKNOWN", "CLOSING"})
AUTOMATIC_REFUNDS = frozenset({"SENDING", "ACCEPTED", "FAIL_SEEN"})


@dataclass(slots=True)
class Row:
    """A payment or a refund as its events have made it."""

    id: str
    state: str
    version: int
    facts: dict[str, Any]
    is_answered: bool = False
    sends: int = 0


@dataclass(slots=True)
class Mirror:
    """One journal, followed from its first event. `seen` is the newest event that was read."""

    path: Path
    seen: int = 0
    hash: str = "0" * 64
    acknowledged: tuple[int, str] = (0, "0" * 64)
    payments: dict[str, Row] = field(default_factory=dict)
    refunds: dict[str, Row] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    reader: sqlite3.Connection | None = None

    def by_order(self, order_id: str) -> Row | None:
        return next((r for r in self.payments.values() if r.facts["order_id"] == order_id), None)

    def by_tag(self, tag: str) -> Row | None:
        return next((r for r in self.refunds.values() if r.id[:8].upper() == tag), None)


class Oracle:
    """`violations` in the order they were seen; the first one is the one to look at."""

    def __init__(self, bank: Bank, met: Counter[str]) -> None:
        self.violations: list[str] = []
        self.mirrors: dict[int, Mirror] = {}
        self.story: list[str] = []
        self.ran: defaultdict[int, float] = defaultdict(float)
        """Seconds for which each till has run in the lives that are over."""
        self.pending: Counter[str] = Counter()
        """Requests on their way to the gateway, or held there, by order id or tag."""
        self._bank = bank
        self._met = met
        self._sends: Counter[str] = Counter()
        self.lost_ids: set[str] = set()
        """Numbers that the gateway told with a refund, and that are nobody's."""
        self._answered: set[str] = set()
        self._doors: dict[int, Doors] = {}
        bank.changed = self.bank_changed
        bank.refunded = self.bank_refunded

    def fail(self, what: str) -> None:
        self.violations.append(what)
        self.story.append(f"VIOLATED: {what}")

    def doors(self, number: int) -> Doors:
        """The PINs of a till, followed over its lives."""
        return self._doors.setdefault(
            number, Doors(lambda what: self.fail(f"till {number}: {what}"))
        )

    # The journal

    def opened(self, number: int, path: Path) -> None:
        """A till stands on that file now; what it acknowledged before must be in it."""
        mirror = self.mirrors.setdefault(number, Mirror(path))
        if mirror.reader is not None:
            mirror.reader.close()
        mirror.path = path
        mirror.reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        seq, known = mirror.acknowledged
        if seq:
            found = mirror.reader.execute("SELECT hash FROM events WHERE seq = ?", (seq,))
            row = found.fetchone()
            if row is None or row[0] != known:
                self.fail(f"till {number} lost an acknowledged commit: event {seq}")
        self.committed(number, acknowledged=False)

    def committed(self, number: int, *, acknowledged: bool = True) -> str:
        """Something may have been written: take in the new events and check each.

        Returns what the newest of them was, for the story of a death right behind it.
        """
        mirror = self.mirrors[number]
        assert mirror.reader is not None
        newest = "a commit without events"
        new = mirror.reader.execute(
            "SELECT seq, kind, subject, data, till_id, utc, mono, actor, hash FROM events"
            " WHERE seq > ? ORDER BY seq",
            (mirror.seen,),
        ).fetchall()
        for seq, kind, subject, data, *more, digest in new:
            till, utc, mono, actor = more
            chained = _hash(mirror.hash, [till, seq, kind, subject, data, utc, mono, actor])
            if seq != mirror.seen + 1 or digest != chained:
                self.fail(f"till {number}: event {seq} does not follow {mirror.seen}")
            mirror.seen, mirror.hash = seq, digest
            facts = json.loads(data)
            self._event(number, mirror, kind, subject, facts)
            newest = f"{kind} {facts.get('to') or facts.get('call') or ''}"
        self._met["steps"] += len(new)
        if acknowledged:
            mirror.acknowledged = (mirror.seen, mirror.hash)
        return newest

    def _event(
        self, number: int, mirror: Mirror, kind: str, subject: str, facts: dict[str, Any]
    ) -> None:
        self.story.append(f"till {number} {kind} {subject[:8]} {_short(facts)}")
        self._words(number, mirror, kind, subject, facts)
        match kind:
            case "payment.added":
                row = mirror.payments[subject] = Row(subject, facts["to"], facts["version"], facts)
                if facts["is_adopted"]:
                    self._adopted(number, row)
                self._one_live(number, mirror, facts["receipt_id"])
            case "payment.moved":
                self._payment_moved(number, mirror, mirror.payments[subject], facts)
            case "payment.learned" | "payment.decided":
                row = mirror.payments[subject]
                row.version = facts["version"]
                row.facts |= facts
            case "refund.added":
                mirror.refunds[subject] = Row(subject, facts["to"], facts["version"], facts)
            case "refund.moved":
                self._refund_moved(number, mirror, mirror.refunds[subject], facts)
            case "refund.learned":
                row = mirror.refunds[subject]
                row.version = facts["version"]
                row.facts |= facts
            case "answer.kept":
                kept = mirror.payments.get(subject) or mirror.refunds.get(subject)
                if kept is not None and facts["call"] in ("CreatePayment", "CreateRefund"):
                    kept.is_answered = True
            case _ if kind in _TRACES:
                self._met[_TRACES[kind]] += 1
            case _:
                pass

    def _words(
        self, number: int, mirror: Mirror, kind: str, subject: str, facts: dict[str, Any]
    ) -> None:
        """Nothing that gives money back or decides about money without somebody's PIN for it."""
        refund = mirror.refunds.get(subject)
        is_sending = refund is not None and facts.get("to") == "SENDING"
        if refund is not None and is_sending:
            refund.sends += 1
        payment = mirror.payments.get(
            refund.facts["payment_id"] if refund else facts.get("payment_id", subject)
        ) or mirror.payments.get(subject)
        wrong = mirror.words.event(
            kind,
            facts,
            is_adopted=payment is not None and payment.facts["is_adopted"],
            is_sent_again=is_sending and refund is not None and refund.sends > 1,
        )
        if wrong:
            self.fail(f"till {number} {subject[:8]}: {wrong}")

    def _adopted(self, number: int, row: Row) -> None:
        """Taken in from the gateway: it must be what the gateway has, and paid."""
        self._met["R21 adopted"] += 1
        true = self._bank.payments.get(row.facts["payment_id"])
        if true is None or not true.is_paid or true.order_id != row.facts["order_id"]:
            self.fail(f"till {number} adopted {row.id[:8]}, the gateway has {true}")

    def _payment_moved(self, number: int, mirror: Mirror, row: Row, facts: dict[str, Any]) -> None:
        old, new = facts["from"], facts["to"]
        if old != row.state or new not in MOVES.get(old, "").split():
            self.fail(f"till {number} payment {row.id[:8]}: {row.state} -> {old} -> {new}")
        row.state, row.version = new, facts["version"]
        row.facts |= facts
        self._met[f"move {old} {new}"] += 1
        order = row.facts["order_id"]
        name = f"till {number} payment {row.id[:8]}"
        self._one_live(number, mirror, row.facts["receipt_id"])
        if self._is_unkept(old, new, order, row):
            self.fail(f"{name} moved before its answer was kept")
        self._check_state(new, row, mirror, name)
        self._check_money(new, row, name)

    def _check_state(self, new: str, row: Row, mirror: Mirror, name: str) -> None:
        """One attempt of a receipt settles it; several receipts may wait."""
        others = mirror.payments.values()
        receipt = row.facts["receipt_id"]
        paid = [one for one in others if one.state == "PAID" and one.facts["receipt_id"] == receipt]
        if new == "PAID" and len(paid) > 1:
            self.fail(f"{name} PAID, and its receipt was paid before")
        if new == "OPEN" and sum(one.state == "OPEN" for one in others) > 1:
            self._met["W12 two receipts wait at once"] += 1

    def _check_money(self, new: str, row: Row, name: str) -> None:
        order = row.facts["order_id"]
        true = self._bank.by_order.get(order)
        match new:
            case "PAID" | "LATE_PAID":
                if true is None or not true.is_paid:
                    self.fail(f"{name} {new}, the gateway says {true and true.status}")
                elif row.facts.get("payment_id") != true.id:
                    self.fail(f"{name} {new} by another payment's number")
            case "CLOSED" | "FAILED":
                if true is not None and true.status in OPEN:
                    self.fail(f"{name} {new}, and still payable")
            case "REFUSED" | "WITHDRAWN" | "PREPARED":
                if true is not None or self.pending[order]:
                    self.fail(f"{name} {new}, and the gateway has it or will")
            case _:
                pass

    def note_death(self, number: int) -> None:
        """Remember what was under way when a till died."""
        mirror = self.mirrors.get(number)
        if mirror is None:
            return
        states = {row.state for row in mirror.payments.values()}
        refunds = {row.state for row in mirror.refunds.values()}
        for state in states & LIVE:
            self._met[f"death with a payment {state}"] += 1
        for state in refunds & {"PREPARED", "SENDING", "ACCEPTED", "FAIL_SEEN", "UNKNOWN"}:
            self._met[f"death with a refund {state}"] += 1

    def rest(self, number: int) -> str:
        """Whether a till has nothing under way, in words."""
        mirror = self.mirrors.get(number)
        states = {row.state for row in mirror.payments.values()} if mirror else set()
        return "" if states & LIVE else ", no payment under way"

    def _is_unkept(self, old: str, new: str, key: str, row: Row) -> bool:
        """An answer decided something before it was kept as it came."""
        decided = old == "SENDING" and new != "UNKNOWN"
        return decided and key in self._answered and not row.is_answered

    def _one_live(self, number: int, mirror: Mirror, receipt: str) -> None:
        live = [
            row
            for row in mirror.payments.values()
            if row.facts["receipt_id"] == receipt and row.state in LIVE
        ]
        if len(live) > 1:
            self.fail(f"till {number}: {len(live)} live attempts of receipt {receipt[:8]}")

    def _refund_moved(self, number: int, mirror: Mirror, row: Row, facts: dict[str, Any]) -> None:
        old, new = facts["from"], facts["to"]
        if old != row.state or new not in REFUND_MOVES.get(old, "").split():
            self.fail(f"till {number} refund {row.id[:8]}: {row.state} -> {old} -> {new}")
        row.state, row.version = new, facts["version"]
        row.facts |= facts
        self._met[f"refund {old} {new}"] += 1
        tag = row.id[:8].upper()
        name = f"till {number} refund {row.id[:8]}"
        if row.facts["is_external"]:
            self._check_external(new, row, name)
            return
        if self._is_unkept(old, new, tag, row):
            self.fail(f"{name} moved before its answer was kept")
        told = row.facts.get("refund_id")
        if told in self.lost_ids and new not in ("RESOLVED_EXECUTED", "FAILED"):
            self._met[f"R11 a lost number {new}"] += 1
            return
        self._check_returned(new, row, name)

    def _check_returned(self, new: str, row: Row, name: str) -> None:
        """Against what the gateway has of it."""
        tag = row.id[:8].upper()
        true = self._bank.find_refund(tag)
        told = row.facts.get("refund_id")
        if true is not None and told not in (None, "", true.id):
            self.fail(f"{name} {new} by another refund's number")
        match new:
            case "SUCCEEDED" | "RESOLVED_EXECUTED" | "ACCEPTED" if true is None:
                self.fail(f"{name} {new}, the gateway knows nothing of it")
            case "SUCCEEDED" if true is not None and true.status != "successful":
                self.fail(f"{name} SUCCEEDED, the gateway says {true.status}")
            case "RESOLVED_EXECUTED" if true is not None and true.status != "successful":
                self.fail(f"{name} RESOLVED_EXECUTED, the gateway says {true.status}")
            case "RESOLVED_NOT_EXECUTED" if true is not None and true.has_failed:
                pass
            case "FAILED" if true is not None and not true.has_failed:
                self.fail(f"{name} FAILED, the gateway says {true.status}")
            case "REFUSED" | "WITHDRAWN" | "PREPARED" | "RESOLVED_NOT_EXECUTED":
                if true is not None or self.pending[tag]:
                    self.fail(f"{name} {new}, and the gateway has it or will")
            case _:
                pass

    def _check_external(self, new: str, row: Row, name: str) -> None:
        """Entered by its number, or declared by hand when its payment was adopted."""
        told = row.facts.get("refund_id")
        true = self._bank.refunds.get(told) if told else None
        if told and true is None:
            self.fail(f"{name} {new} by a number that the gateway does not know")
        if true is not None and new == "SUCCEEDED" and true.status != "successful":
            self.fail(f"{name} SUCCEEDED, the gateway says {true.status}")

    # The way to the gateway

    def sent(self, number: int, call: str, body: dict[str, Any]) -> None:
        """The first byte of a request leaves."""
        mirror = self.mirrors[number]
        if call == "CreatePayment":
            order = body["order"]["id"]
            self._once(number, call, order, mirror.by_order(order))
        elif call == "CreateRefund":
            tag = body["refund"]["reason"].rpartition("#")[2]
            self._once(number, call, tag, mirror.by_tag(tag))

    def _once(self, number: int, call: str, key: str, row: Row | None) -> None:
        self._sends[key] += 1
        self._met[f"sent {call}"] += 1
        if self._sends[key] > 1:
            self.fail(f"till {number} sent {call} {key[:8]} {self._sends[key]} times")
        if row is None or row.state != "SENDING":
            self.fail(f"till {number} sent {call} {key[:8]} in {row and row.state}")

    def linked_refunds(self, number: int) -> set[str]:
        """The gateway's numbers that a till has linked to refunds of its own."""
        rows = self.mirrors[number].refunds.values()
        return {row.facts["refund_id"] for row in rows if row.facts.get("refund_id")}

    def answered(self, call: str, body: dict[str, Any]) -> None:
        """An answer has reached a till that is still there."""
        if call == "CreatePayment":
            self._answered.add(body["order"]["id"])
        elif call == "CreateRefund":
            self._answered.add(body["refund"]["reason"].rpartition("#")[2])

    # The gateway

    def bank_changed(self, payment: Payment) -> None:
        """Another status, or a customer has seen it: one payable QR of a receipt at most."""
        self._met["steps"] += 1
        self.story.append(f"  gateway {payment.id} {payment.order_id[:8]} {payment.status}")
        for number, mirror in self.mirrors.items():
            row = mirror.by_order(payment.order_id)
            if row is None:
                continue
            receipt = row.facts["receipt_id"]
            payable = [
                true.id
                for one in mirror.payments.values()
                if one.facts["receipt_id"] == receipt
                and (true := self._bank.by_order.get(one.facts["order_id"])) is not None
                and true.is_shown
                and not true.is_static
                and true.status in OPEN
            ]
            if len(payable) > 1:
                self.fail(f"till {number}: two payable QRs of receipt {receipt[:8]}: {payable}")

    def bank_refunded(self, payment: Payment) -> None:
        """A refund was carried out: never more than was paid."""
        self.story.append(f"  gateway refunded {payment.refunded} of {payment.amount}")
        if not payment.is_paid:
            self.fail(f"{payment.id} refunded though {payment.status}")
        elif payment.refunded > payment.amount:
            if payment.is_over_refund_excused:
                self._met["R17 budget below zero"] += 1
            else:
                self.fail(f"{payment.id} refunded {payment.refunded} of {payment.amount}")
        same = [one.amount for one in payment.refunds]
        if len(same) > len(set(same)):
            self._met["R28 the same sum again"] += 1

    # What people see

    def look(self, number: int, view: TillView) -> None:
        """Nothing is shown before its commit, nor as paid without the gateway's money."""
        mirror = self.mirrors[number]
        self._met["steps"] += 1
        for one in (*view.payments, *view.tasks):
            payment = one.payment
            row = mirror.payments.get(payment.id)
            if row is None or row.version < payment.version:
                self.fail(f"till {number} shows {payment.id[:8]} before its commit")
            elif row.version == payment.version and row.state != payment.state.value:
                self.fail(f"till {number} shows {payment.state.value}, stored is {row.state}")
        for refund in (*view.refunds, *view.refund_tasks):
            row = mirror.refunds.get(refund.refund.id)
            if row is None or row.version < refund.refund.version:
                self.fail(f"till {number} shows refund {refund.refund.id[:8]} before its commit")

    # The end

    def is_quiet(self) -> bool:
        """Whether everything that needs no person has come to its end, and all money is known."""
        return not self.unfinished() and not self.forgotten()

    def unfinished(self) -> list[str]:
        """What needs no person and has not come to its end."""
        left = []
        for number, mirror in self.mirrors.items():
            left += [
                f"till {number} {noun} {row.id[:8]} {row.state}"
                for noun, rows, automatic in (
                    ("payment", mirror.payments, AUTOMATIC),
                    ("refund", mirror.refunds, AUTOMATIC_REFUNDS),
                )
                for row in rows.values()
                if row.state in automatic and not self._waits(mirror, row)
            ]
        return left

    def _waits(self, mirror: Mirror, row: Row) -> bool:
        """A lost number is let go of when no other refund of its payment waits for a person."""
        return row.facts.get("refund_id") in self.lost_ids and any(
            one.state in ("UNKNOWN", "PREPARED")
            and one.facts["payment_id"] == row.facts["payment_id"]
            for one in mirror.refunds.values()
        )

    def forgotten(self) -> list[str]:
        """Payments that are paid at the gateway and not at the till that made them."""
        lost = []
        for payment in self._bank.payments.values():
            if not payment.is_paid or payment.is_elsewhere:
                continue
            rows = [row for m in self.mirrors.values() if (row := m.by_order(payment.order_id))]
            known = any(
                row.state in TAKEN
                or (row.state == "QUARANTINE" and row.facts.get("status") == "successful")
                for row in rows
            )
            if not known:
                lost.append(f"{payment.id} is paid, its till says {[r.state for r in rows]}")
        return lost

    def close(self) -> None:
        for mirror in self.mirrors.values():
            if mirror.reader is not None:
                mirror.reader.close()
                mirror.reader = None


def _hash(previous: str, values: list[object]) -> str:
    """As decisions.md has it: SHA-256 over the previous hash and the stored values."""
    stored = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((previous + stored).encode()).hexdigest()


def _short(facts: dict[str, Any]) -> str:
    told = {name: facts[name] for name in ("from", "to", "status", "call") if name in facts}
    return " ".join(str(value) for value in told.values())
