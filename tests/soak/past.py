"""Years of sales, put into a journal without selling them one by one.

Rows, events and answers are as the till writes them and in one chain, so that a check of the whole
journal finds nothing wrong. Only the way there is short: one transaction, the indexes at the end.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cashier.clock import SystemClock
from cashier.domain.shift import receipt_number
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.goods import fold, words
from cashier.journal.journal import Journal
from cashier.journal.text import stamp
from cashier.sandbox.values import DEMO_MERCHANT_ID

A_DAY = 700
"""Payments in one shift."""
GOODS = 5_000
DECLINED, LATE, MISMATCHED = 50, 1_000, 2_000
"""One payment of so many is declined, is paid after its end and was decided about long ago, or
did not match and was taken for good."""

_TABLES = ("shifts", "receipts", "payments", "events", "answers", "goods", "goods_words")
_BATCH = 2_000
_URL = "https://api.invoice.su/api/v2"


@dataclass(frozen=True, slots=True)
class Filled:
    """How many rows there are, and how many seconds it took to write them."""

    payments: int
    events: int
    seconds: float


def fill(
    journal: Path, anchor: Path, payments: int, *, told: Callable[[int], None] = lambda _: None
) -> Filled:
    """Make the journal with so many payments, the newest an hour old; the shift is closed."""
    begun = time.monotonic()
    _begin(journal, anchor)
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        for name, value in (("journal_mode", "off"), ("synchronous", 0), ("cache_size", -800_000)):
            connection.execute(f"PRAGMA {name} = {value}")
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        later = [(name, sql) for name, sql in rows if name.partition("_refund")[1] == ""]
        connection.execute("BEGIN")
        for name, _ in later:
            connection.execute(f"DROP INDEX {name}")
        past = _Past(connection, payments)
        head = past.write(told)
        for _, sql in later:
            connection.execute(sql)
        connection.execute(
            "UPDATE tills SET verified_seq = ?, verified_hash = ?, ended_clean = 1",
            (head.seq, head.hash),
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = wal")
    Anchor(anchor).write(head)
    return Filled(payments, head.seq, time.monotonic() - begun)


def _begin(journal: Path, anchor: Path) -> None:
    """An empty journal, made by the till's own code."""
    Journal.open(f"sqlite:///{journal}", till="1", clock=SystemClock(), anchor=anchor).close()


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class _Past:
    """Writes one payment after the other, shift by shift."""

    def __init__(self, connection: sqlite3.Connection, payments: int) -> None:
        self._connection = connection
        self._payments = payments
        self._chance = random.Random(payments)  # noqa: S311  so that it is the same each time
        self._till: str = connection.execute("SELECT id FROM tills").fetchone()[0]
        seq, digest = connection.execute("SELECT max(seq), hash FROM events").fetchone()
        self._head = Head(seq, digest)
        self._at = datetime.now(UTC) - timedelta(hours=1) - self._step * payments
        self._cashier = ""
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
        self._names: list[tuple[int, str]] = []
        self._goods = [f"Товар {number} сорта {number % 97}" for number in range(GOODS)]

    @property
    def _step(self) -> timedelta:
        return timedelta(days=1) / A_DAY

    def write(self, told: Callable[[int], None]) -> Head:
        self._write_goods()
        cashiers = [self._id() for _ in range(4)]
        shift: dict[str, Any] = {}
        for number in range(self._payments):
            place = number % A_DAY
            if place == 0:
                shift = {"id": self._id(), "number": number // A_DAY + 1, "sum": 0}
                self._cashier = cashiers[shift["number"] % len(cashiers)]
                opened = stamp(self._at)
                self._tell("shift.opened", shift["id"], {"number": shift["number"]})
            self._sell(number + 1, shift, place + 1)
            self._at += self._step
            if place == A_DAY - 1 or number == self._payments - 1:
                self._close(shift, opened, place + 1)
            if number % _BATCH == 0:
                self._flush()
                told(number)
        self._flush()
        return self._head

    def _id(self) -> str:
        return f"{self._chance.getrandbits(128):032x}"

    def _tell(self, kind: str, subject: str, facts: dict[str, Any]) -> int:
        row: dict[str, Any] = {
            "till_id": self._till,
            "seq": self._head.seq + 1,
            "kind": kind,
            "subject": subject,
            "data": _json(facts),
            "utc": stamp(self._at),
            "mono": self._head.seq,
            "actor": self._cashier,
            "prev_hash": self._head.hash,
        }
        names = ("till_id", "seq", "kind", "subject", "data", "utc", "mono", "actor")
        body = _json([row[name] for name in names])
        row["hash"] = hashlib.sha256((self._head.hash + body).encode()).hexdigest()
        self._head = Head(row["seq"], row["hash"])
        self._rows["events"].append(row)
        return int(row["seq"])

    def _keep(self, payment: dict[str, Any], call: str) -> None:
        amount = payment["amount"]
        body = _json(
            {
                "id": payment["payment_id"],
                "order": {
                    "currency": "RUB",
                    "amount": f"{amount // 100}.{amount % 100:02}",
                    "description": f"Чек {payment['receipt_number']}, касса 1",
                    "id": payment["order_id"],
                },
                "status": "init" if call == "CreatePayment" else payment["status"],
                "create_date": payment["created_at"],
                "expire_date": payment["expires_at"],
                "payment_url": payment["payment_url"],
                "payment_method": {"type": "card", "terminal_id": "41"},
            }
        ).encode()
        facts = {"call": call, "http_status": 200, "sha256": hashlib.sha256(body).hexdigest()}
        self._rows["answers"].append(
            {
                "till_id": self._till,
                "seq": self._tell("answer.kept", payment["id"], facts),
                "payment_id": payment["id"],
                "call": call,
                "http_status": 200,
                "body": body,
                "received_at": stamp(self._at),
            }
        )

    def _sell(self, serial: int, shift: dict[str, Any], place: int) -> None:
        receipt, payment = self._receipt(serial, shift, place), self._payment(serial)
        payment |= {
            "receipt_id": receipt["id"],
            "receipt_number": receipt["number"],
            "amount": receipt["amount"],
            "funds": receipt["amount"] if payment["state"] != "FAILED" else None,
            "funds_currency": "RUB" if payment["state"] != "FAILED" else None,
            "shift_id": shift["id"],
        }
        self._tell_of(payment, receipt, shift)
        if payment["state"] != "FAILED":
            shift["sum"] += receipt["amount"]
        self._rows["receipts"].append(receipt)
        self._rows["payments"].append(payment)

    def _receipt(self, serial: int, shift: dict[str, Any], place: int) -> dict[str, Any]:
        lines, amount, names = [], 0, []
        for line in range(1, 2 + serial % 3):
            name = self._goods[(serial * 7 + line * 13) % GOODS]
            price = 5_000 + (serial * 37 + line * 1_300) % 90_000
            amount += price
            names.append(name)
            lines.append(
                {
                    "discount": None,
                    "id": line,
                    "name": name,
                    "price": price,
                    "result": price,
                    "thousandths": 1_000,
                }
            )
        content = {"currency": "RUB", "discount": None, "format": 1, "lines": lines}
        found = dict.fromkeys(word for name in names for word in words(name))
        self._names.append((serial, " ".join(found)))
        return {
            "id": self._id(),
            "till_id": self._till,
            "state": "SETTLED",
            "content": _json(content | {"next_line": len(lines) + 1}),
            "amount": amount,
            "currency": "RUB",
            "created_at": stamp(self._at),
            "changed_at": stamp(self._at),
            "number": receipt_number(shift["number"], place),
            "shift_id": shift["id"],
            "cashier": self._cashier,
        }

    def _payment(self, serial: int) -> dict[str, Any]:
        state, status, decision = "PAID", "successful", None
        if serial % LATE == 0:
            state, decision = "LATE_PAID", "REFUNDED"
        elif serial % MISMATCHED == 3:
            state, decision = "QUARANTINE", "ACCEPTED"
        elif serial % DECLINED == 7:
            state, status = "FAILED", "error"
        number, at = self._id(), stamp(self._at)
        return {
            "serial": serial,
            "id": self._id(),
            "till_id": self._till,
            "attempt": 1,
            "order_id": self._id(),
            "state": state,
            "currency": "RUB",
            "terminal_id": "41",
            "terminal_name": "Касса у входа",
            "merchant_id": DEMO_MERCHANT_ID,
            "base_url": _URL,
            "created_at": at,
            "changed_at": at,
            "version": 0,
            "sent_at": at,
            "payment_id": number,
            "payment_url": f"https://pay.invoice.su/P{number}",
            "expires_at": stamp(self._at + timedelta(minutes=20)),
            "status": status,
            "status_description": "",
            "answered_at": at,
            "updated_at": at,
            "method": "card" if state != "FAILED" else "",
            "account": f"554373******{serial % 10_000:04}" if state != "FAILED" else "",
            "bonuses": None,
            "bonuses_currency": None,
            "refusal_text": "",
            "mismatch": '["amount"]' if state == "QUARANTINE" else "[]",
            "is_terminal_static": 0,
            "is_result_seen": 1,
            "reads": 0,
            "cashier": self._cashier,
            "decision": decision,
            "decided_by": self._cashier if decision else "",
            "decision_reason": "проверено" if decision else "",
            "is_adopted": 0,
            "card_tail": f"{serial % 10_000:04}" if state != "FAILED" else "",
        }

    def _tell_of(
        self, payment: dict[str, Any], receipt: dict[str, Any], shift: dict[str, Any]
    ) -> None:
        own, sale = payment["id"], receipt["id"]
        amount = [receipt["amount"], "RUB"]
        content = {
            "amount": amount,
            "cashier": self._cashier,
            "sha256": hashlib.sha256(receipt["content"].encode()).hexdigest(),
        }
        self._tell("receipt.moved", sale, content | {"from": None, "to": "DRAFT"})
        self._tell("receipt.numbered", sale, {"number": receipt["number"], "shift": shift["id"]})
        self._tell("receipt.moved", sale, content | {"from": "DRAFT", "to": "FROZEN"})
        fixed = ("receipt_id", "attempt", "order_id", "terminal_id", "merchant_id", "base_url")
        added = {name: payment[name] for name in fixed}
        added |= {"amount": amount, "cashier": self._cashier, "is_adopted": False}
        self._tell("payment.added", own, added | {"to": "PREPARED", "version": 0})
        self._tell("payment.moved", own, {"from": "PREPARED", "to": "SENDING", "version": 1})
        self._keep(payment, "CreatePayment")
        linked = {name: payment[name] for name in ("expires_at", "payment_id", "payment_url")}
        linked |= {"from": "SENDING", "status": "init", "to": "OPEN", "version": 2}
        self._tell("payment.moved", own, linked)
        self._keep(payment, "GetPayment")
        ended = {name: payment[name] for name in ("account", "method", "status")}
        ended |= {"funds": amount if payment["funds"] is not None else None, "version": 3}
        if payment["state"] == "LATE_PAID":
            self._tell("payment.moved", own, {"from": "OPEN", "to": "CLOSED", "version": 3})
            ended |= {"from": "CLOSED", "version": 4}
        elif payment["state"] == "QUARANTINE":
            ended["mismatch"] = ["amount"]
        ended = {"from": "OPEN"} | ended | {"to": payment["state"]}
        self._tell("payment.moved", own, ended)
        payment["version"] = ended["version"]
        if payment["decision"]:
            payment["version"] += 1
            told = ("decision", "decided_by", "decision_reason", "version")
            self._tell("payment.decided", own, {name: payment[name] for name in told})
        receipt["state"] = "SETTLED" if payment["state"] == "PAID" else "DROPPED"
        self._tell("receipt.moved", sale, content | {"from": "FROZEN", "to": receipt["state"]})

    def _close(self, shift: dict[str, Any], opened: str, sales: int) -> None:
        row = ["", sales, shift["sum"], 0, 0, 0, 0, 0]
        report = {
            "currency": "RUB",
            "whole": row,
            "terminals": [["Касса у входа", *row[1:]]],
            "cashiers": [[self._cashier, *row[1:]]],
            "others": [],
            "hours": [],
            "carried": [],
            "handed_over": [],
            "refunds": [],
            "median_wait": None,
        }
        about = {"number": shift["number"], "by": self._cashier, "facts": {"report": report}}
        self._tell("shift.closed", shift["id"], about)
        self._rows["shifts"].append(
            {
                "id": shift["id"],
                "till_id": self._till,
                "number": shift["number"],
                "opened_at": opened,
                "closed_at": stamp(self._at),
                "closed_by": self._cashier,
                "last_receipt": sales,
            }
        )

    def _write_goods(self) -> None:
        for number, name in enumerate(self._goods, start=1):
            self._rows["goods"].append(
                {
                    "id": number,
                    "folded": fold(name),
                    "currency": "RUB",
                    "name": name,
                    "price": 9_990,
                    "sold_at": stamp(self._at),
                }
            )
            self._rows["goods_words"] += [
                {"word": word, "goods_id": number} for word in words(name)
            ]

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                names = list(rows[0])
                marks = ", ".join(f":{name}" for name in names)
                statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
                self._connection.executemany(statement, rows)
                rows.clear()
        names_of = "INSERT INTO payment_names (rowid, names) VALUES (?, ?)"
        self._connection.executemany(names_of, self._names)
        self._names.clear()
