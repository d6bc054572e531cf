"""The strict writer: JSON bodies exactly as SPEC 7.2 asks for them, or an error before anything
is sent.

Every refusal is CashierError(FIELD_INVALID, field=…, rule=…, limit=…); `field` is the guide's name
of the field ("order.id", "receipt[0].name"). Sums are written from minor units as JSON numbers,
text as raw UTF-8, and an empty optional text is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NoReturn

import msgspec

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money, half_up, total
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import LINES_LIMIT, PERCENT_PARTS, PricedLine
from cashier.domain.receipt import NAME_LIMIT as LINE_NAME_LIMIT
from cashier.domain.refund import REASON_LIMIT
from cashier.domain.terminal import ALIAS_LIMIT, DESCRIPTION_LIMIT, NAME_LIMIT, NewTerminal
from cashier.gateway.requests import (
    PLAIN_PAYMENT,
    NewPayment,
    NewRefund,
    RefundLine,
    TypeSpelling,
)

ID_LIMIT = 64
URL_LIMIT = 2000
METHOD_LIMIT = 50
CUSTOM_LIMIT = 200
CUSTOM_COUNT = 20

_ORDER_ID = re.compile(r"[0-9a-f]{32}")
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_Body = dict[str, object]


def create_terminal(new: NewTerminal, spelling: TypeSpelling) -> bytes:
    """The body of CreateTerminal (SPEC 7.2.1)."""
    body: _Body = {
        "name": _text("name", new.name, NAME_LIMIT),
        "alias": _text("alias", new.alias, ALIAS_LIMIT),
    }
    _add(body, "description", "description", new.description, DESCRIPTION_LIMIT)
    body["type"] = spelling.word(new.type)
    _add(body, "logo", "logo", new.logo, URL_LIMIT)
    if new.default_price is not None:
        body["defaultPrice"] = _sum("defaultPrice", new.default_price)
    if new.can_comments is not None:
        body["canComments"] = new.can_comments
    return _ENCODER.encode(body)


def get_terminal(alias: str, terminal_id: str) -> bytes:
    """The body of GetTerminal (SPEC 7.2.2): exactly one of the two."""
    if bool(alias) == bool(terminal_id):
        _refuse("alias", "one_of", 1)
    if alias:
        return _ENCODER.encode({"alias": _text("alias", alias, ALIAS_LIMIT)})
    return by_id(terminal_id)


def by_id(value: str) -> bytes:
    """The body `{"id": …}` of every call that asks for one thing (SPEC 7.2.4-7.2.6, 7.2.8)."""
    return _ENCODER.encode({"id": _text("id", value, ID_LIMIT)})


def create_payment(new: NewPayment) -> bytes:
    """The body of CreatePayment (SPEC 7.2.3)."""
    if not _ORDER_ID.fullmatch(new.order_id):
        _refuse("order.id", "hex", 32)
    if new.trtype != PLAIN_PAYMENT:
        _refuse("trtype", "enum", PLAIN_PAYMENT)
    order: _Body = {
        "currency": new.amount.currency.value,
        "amount": _positive("order.amount", new.amount),
    }
    _add(order, "description", "order.description", new.description, DESCRIPTION_LIMIT)
    order["id"] = new.order_id
    settings: _Body = {"terminal_id": _text("settings.terminal_id", new.terminal_id, ID_LIMIT)}
    _add(settings, "payment_method", "settings.payment_method", new.payment_method, METHOD_LIMIT)
    for name, url in (("success_url", new.success_url), ("fail_url", new.fail_url)):
        if url:
            settings[name] = _url(f"settings.{name}", url)
    body: _Body = {"order": order, "settings": settings}
    if new.custom:
        body["custom_parameters"] = _custom(new.custom)
    body["receipt"] = _receipt([_priced(f"receipt[{i}]", line) for i, line in enumerate(new.lines)])
    _check_results([line.result for line in new.lines], new.amount)
    body["trtype"] = new.trtype
    return _ENCODER.encode(body)


def create_refund(new: NewRefund) -> bytes:
    """The body of CreateRefund (SPEC 7.2.7)."""
    refund: _Body = {
        "amount": _positive("refund.amount", new.amount),
        "currency": new.amount.currency.value,
    }
    _add(refund, "reason", "refund.reason", new.reason, REASON_LIMIT)
    body: _Body = {
        "id": _text("id", new.payment_id, ID_LIMIT),
        "refund": refund,
        "receipt": _receipt([_returned(f"receipt[{i}]", line) for i, line in enumerate(new.lines)]),
    }
    _check_results([line.result for line in new.lines], new.amount)
    return _ENCODER.encode(body)


def _priced(field: str, line: PricedLine) -> _Body:
    discount = ""
    if line.percent is not None:
        share = Decimal(line.percent) / PERCENT_PARTS
        discount = f"{share.normalize():f}%"
    elif line.discount.minor > 0:
        discount = str(line.discount)
    entered = line.line
    return _position(field, entered.name, entered.price, entered.quantity, line.result, discount)


def _returned(field: str, line: RefundLine) -> _Body:
    gross = half_up(Decimal(line.price.minor * line.quantity.thousandths) / 1000)
    taken_off = Money(gross, line.price.currency) - line.result
    discount = str(taken_off) if taken_off.minor > 0 else ""
    return _position(field, line.name, line.price, line.quantity, line.result, discount)


def _position(
    field: str, name: str, price: Money, quantity: Quantity, result: Money, discount: str
) -> _Body:
    """One line of a receipt, fields 4.1-4.5; no discount is not sent."""
    position: _Body = {
        "name": _text(f"{field}.name", name, LINE_NAME_LIMIT),
        "price": _sum(f"{field}.price", price),
    }
    if discount:
        position["discount"] = discount
    position["resultPrice"] = _sum(f"{field}.resultPrice", result)
    position["quantity"] = Decimal(str(quantity))
    return position


def _receipt(positions: list[_Body]) -> list[_Body]:
    if not positions:
        _refuse("receipt", "required", 1)
    if len(positions) > LINES_LIMIT:
        _refuse("receipt", "count", LINES_LIMIT)
    return positions


def _check_results(results: Sequence[Money], amount: Money) -> None:
    if any(result.currency is not amount.currency for result in results):
        _refuse("receipt", "currency", amount.currency.value)
    if total(results, amount.currency) != amount:
        _refuse("receipt", "sum", str(amount))


def _custom(values: dict[str, str]) -> _Body:
    if len(values) > CUSTOM_COUNT:
        _refuse("custom_parameters", "count", CUSTOM_COUNT)
    written: _Body = {}
    for name, value in values.items():
        key = _text("custom_parameters", name, CUSTOM_LIMIT)
        written[key] = _text(f"custom_parameters.{name}", value, CUSTOM_LIMIT, may_be_empty=True)
    return written


def _add(body: _Body, key: str, field: str, value: str, limit: int) -> None:
    """Put an optional text into `body`, unless it is empty."""
    if value:
        body[key] = _text(field, value, limit)


def _text(field: str, value: str, limit: int, *, may_be_empty: bool = False) -> str:
    if not value.strip() and not may_be_empty:
        _refuse(field, "required", limit)
    if len(value) > limit:
        _refuse(field, "length", limit)
    if any(_is_unwritable(char) for char in value):
        _refuse(field, "characters", limit)
    return value


def _is_unwritable(char: str) -> bool:
    """Control characters, and the halves of characters that UTF-8 cannot carry."""
    code = ord(char)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF


def _url(field: str, value: str) -> str:
    text = _text(field, value, URL_LIMIT)
    if not text.startswith(("https://", "http://")) or " " in text:
        _refuse(field, "url", URL_LIMIT)
    return text


def _positive(field: str, value: Money) -> Decimal:
    if value.minor <= 0:
        _refuse(field, "positive", 0)
    return _sum(field, value)


def _sum(field: str, value: Money) -> Decimal:
    """Major units with exactly two decimals. A sum is never negative."""
    if value.minor < 0:
        _refuse(field, "negative", 0)
    return Decimal(str(value))


def _refuse(field: str, rule: str, limit: object) -> NoReturn:
    raise CashierError(Failure.FIELD_INVALID, field=field, rule=rule, limit=limit)
