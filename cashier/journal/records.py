"""Rows of the tables as values of the domain, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Row

from cashier.domain.money import Currency, Money
from cashier.domain.payment import Decision, Payment, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.refund import Refund, RefundedLine, RefundState
from cashier.domain.saved_receipt import KnownGoods, ReceiptState, SavedReceipt
from cashier.domain.shift import Shift
from cashier.domain.staff import Person, Role
from cashier.domain.terminal import Terminal, TerminalInfo, TerminalState, TerminalType
from cashier.journal.receipt_format import read_receipt
from cashier.journal.text import canonical, clean, moment, stamp

_CURRENCIES = {
    "amount": "currency",
    "funds": "funds_currency",
    "bonuses": "bonuses_currency",
    "default_price": "default_price_currency",
    "answered_amount": "answered_amount_currency",
}
"""The column that holds a sum's currency."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer of the gateway as it came, before anybody read it. `received_at` is UTC."""

    payment_id: str
    refund_id: str
    call: str
    http_status: int
    body: bytes
    received_at: datetime


def columns(values: Mapping[str, object]) -> dict[str, object]:
    """Named values as their columns: a sum takes two, a time becomes text."""
    row: dict[str, object] = {}
    for name, value in values.items():
        match value:
            case Money():
                row[name] = value.minor
                row[_CURRENCIES[name]] = value.currency.value
            case None if name in _CURRENCIES:
                row[name] = row[_CURRENCIES[name]] = None
            case Enum():
                row[name] = value.value
            case datetime():
                row[name] = stamp(value)
            case tuple():
                row[name] = canonical(value)
            case str():
                row[name] = clean(value)
            case _:
                row[name] = value
    return row


def payment_columns(payment: Payment) -> dict[str, object]:
    row = columns({field.name: getattr(payment, field.name) for field in fields(payment)})
    return row | {"card_tail": card_tail(payment.account)}


def payment_of(row: Row[Any]) -> Payment:
    return Payment(
        id=row.id,
        receipt_id=row.receipt_id,
        receipt_number=row.receipt_number,
        attempt=row.attempt,
        order_id=row.order_id,
        state=PaymentState(row.state),
        amount=Money(row.amount, Currency(row.currency)),
        terminal_id=row.terminal_id,
        terminal_name=row.terminal_name,
        merchant_id=row.merchant_id,
        base_url=row.base_url,
        created_at=moment(row.created_at),
        changed_at=moment(row.changed_at),
        version=row.version,
        sent_at=_moment(row.sent_at),
        payment_id=row.payment_id,
        payment_url=row.payment_url,
        url_shown_at=_moment(row.url_shown_at),
        expires_at=_moment(row.expires_at),
        status=row.status,
        status_description=row.status_description,
        answered_at=_moment(row.answered_at),
        updated_at=row.updated_at,
        method=row.method,
        account=row.account,
        funds=_money(row.funds, row.funds_currency),
        bonuses=_money(row.bonuses, row.bonuses_currency),
        refusal_code=row.refusal_code,
        refusal_text=row.refusal_text,
        mismatch=tuple(json.loads(row.mismatch)),
        is_terminal_static=row.is_terminal_static,
        is_result_seen=row.is_result_seen,
        cashier=row.cashier,
        decision=Decision(row.decision) if row.decision is not None else None,
        decided_by=row.decided_by,
        decision_reason=row.decision_reason,
        is_adopted=row.is_adopted,
    )


def card_tail(account: str) -> str:
    """The last four digits of a card as the gateway masks it, "" for anything else."""
    tail = account.strip()[-4:]
    return tail if len(tail) == 4 and tail.isascii() and tail.isdigit() else ""


def refund_columns(refund: Refund) -> dict[str, object]:
    values = {field.name: getattr(refund, field.name) for field in fields(refund)}
    return columns(values | {"lines": lines_written(refund.lines)})


def lines_written(lines: tuple[RefundedLine, ...]) -> tuple[dict[str, object], ...]:
    """Integers only; the currency is the refund's."""
    return tuple(
        {
            "line": line.line_id,
            "name": line.name,
            "price": line.price.minor,
            "thousandths": line.quantity.thousandths,
            "result": line.result.minor,
        }
        for line in lines
    )


def refund_of(row: Row[Any]) -> Refund:
    currency = Currency(row.currency)
    return Refund(
        id=row.id,
        payment_id=row.payment_id,
        state=RefundState(row.state),
        amount=Money(row.amount, currency),
        lines=tuple(
            RefundedLine(
                line_id=line["line"],
                name=line["name"],
                price=Money(line["price"], currency),
                quantity=Quantity(line["thousandths"]),
                result=Money(line["result"], currency),
            )
            for line in json.loads(row.lines)
        ),
        reason=row.reason,
        created_at=moment(row.created_at),
        changed_at=moment(row.changed_at),
        version=row.version,
        is_by_sum=row.is_by_sum,
        is_external=row.is_external,
        sent_at=_moment(row.sent_at),
        refund_id=row.refund_id,
        status=row.status,
        status_description=row.status_description,
        answered_at=_moment(row.answered_at),
        funds=_money(row.funds, row.funds_currency),
        bonuses=_money(row.bonuses, row.bonuses_currency),
        method=row.method,
        account=row.account,
        refusal_code=row.refusal_code,
        refusal_text=row.refusal_text,
        mismatch=tuple(json.loads(row.mismatch)),
        answered_amount=_money(row.answered_amount, row.answered_amount_currency),
        actor=row.actor,
        approver=row.approver,
        resolution=row.resolution,
    )


def person_of(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        pin_length=row.pin_length,
        pin_set_at=_moment(row.pin_set_at),
        wrong_pins=row.wrong_pins,
        lock_left=row.lock_left / 1000,
        is_off=row.is_off,
        last_seen_at=_moment(row.last_seen_at),
        last_seen_till=row.last_seen_till,
    )


def receipt_of(row: Row[Any]) -> SavedReceipt:
    """`row` also carries the name of its till as `till`."""
    return SavedReceipt(
        id=row.id,
        till=row.till,
        state=ReceiptState(row.state),
        receipt=read_receipt(row.content),
        created_at=moment(row.created_at),
        changed_at=moment(row.changed_at),
        number=row.number,
        shift_id=row.shift_id or "",
        cashier=row.cashier,
    )


def shift_of(row: Row[Any]) -> Shift:
    """`row` also carries the name of its till as `till`."""
    return Shift(
        id=row.id,
        till=row.till,
        number=row.number,
        opened_at=moment(row.opened_at),
        closed_at=_moment(row.closed_at),
        last_receipt=row.last_receipt,
        closed_by=row.closed_by,
    )


def terminal_columns(terminal: Terminal) -> dict[str, object]:
    """Everything but the key, and but which one is the till's default."""
    info = terminal.info
    return columns(
        {
            "gateway_id": info.id,
            "name": info.name,
            "alias": info.alias,
            "description": info.description,
            "link": info.link,
            "type": info.type,
            "type_word": info.type_word,
            "default_price": info.default_price,
            "can_comments": info.can_comments,
            "currency": terminal.currency,
            "own_name": terminal.own_name,
            "state": terminal.state,
            "checked_at": terminal.checked_at,
            "latency": terminal.latency,
        }
    )


def terminal_of(row: Row[Any], *, default: int | None) -> Terminal:
    return Terminal(
        key=row.key,
        info=TerminalInfo(
            id=row.gateway_id,
            name=row.name,
            alias=row.alias,
            description=row.description,
            link=row.link,
            type=TerminalType(row.type) if row.type is not None else None,
            type_word=row.type_word,
            default_price=_money(row.default_price, row.default_price_currency),
            can_comments=row.can_comments,
        ),
        currency=Currency(row.currency),
        own_name=row.own_name,
        is_default=row.key == default,
        state=TerminalState(row.state),
        checked_at=_moment(row.checked_at),
        latency=row.latency,
    )


def goods_of(row: Row[Any]) -> KnownGoods:
    return KnownGoods(
        name=row.name,
        price=Money(row.price, Currency(row.currency)),
        sold_at=moment(row.sold_at),
    )


def answer_of(row: Row[Any]) -> KeptAnswer:
    return KeptAnswer(
        payment_id=row.payment_id or "",
        refund_id=row.refund_id or "",
        call=row.call,
        http_status=row.http_status,
        body=row.body,
        received_at=moment(row.received_at),
    )


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text is not None else None


def _money(minor: int | None, currency: str | None) -> Money | None:
    if minor is None or currency is None:
        return None
    return Money(minor, Currency(currency))
