"""What each call accepts: strictly by the guide's tables, or tolerantly as the live service."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from cashier.sandbox.amounts import minor_units
from cashier.sandbox.reading import Reader
from cashier.sandbox.refusal import Code, Refusal
from cashier.sandbox.values import Line, Profile, TypeSpelling

CURRENCIES = ("RUB", "USD", "EUR")
METHODS = ("card", "sbp", "phone", "qiwi", "wm")

_FIXED = {"static": True, "dynamic": False, "statical": True, "dynamical": False}
_SPELLINGS = {
    TypeSpelling.GUIDE: ("static", "dynamic"),
    TypeSpelling.CLIENTS: ("statical", "dynamical"),
    TypeSpelling.BOTH: tuple(_FIXED),
}
_DISCOUNT = re.compile(r"\d{1,12}([.,]\d{1,2})?%?")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LINE_FIELDS = ("name", "price", "discount", "resultPrice", "quantity")
_NOT_MONEY = "не больше двух знаков после запятой и не меньше нуля"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalRequest:
    name: str
    alias: str | None
    description: str
    fixed: bool
    default_price: int
    can_comment: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalQuery:
    alias: str | None
    id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequest:
    order_id: str | None
    amount: int
    currency: str
    description: str | None
    terminal_id: str
    success_url: str | None
    fail_url: str | None
    custom_parameters: Mapping[str, object] | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequest:
    payment_id: str
    amount: int
    currency: str | None
    reason: str | None


def _reader(fields: Mapping[str, object], profile: Profile) -> Reader:
    return Reader(fields, strict=profile is Profile.SPEC)


def read_terminal(
    fields: Mapping[str, object], profile: Profile, spelling: TypeSpelling
) -> TerminalRequest:
    """SPEC 7.2.1. The guide's own example has a path for a logo, so a path will do."""
    body = _reader(fields, profile)
    body.only("name", "alias", "description", "type", "logo", "defaultPrice", "canComments")
    name = body.text("name", required=True, longest=50)
    alias = body.text("alias", required=body.strict, longest=50)
    description = body.text("description", longest=200)
    kind = body.text("type")
    if kind is not None and kind not in _SPELLINGS[spelling]:
        body.complain("type", "допустимые значения: " + ", ".join(_SPELLINGS[spelling]))
    logo = body.text("logo")
    if body.strict and logo is not None and not (logo.startswith("/") or is_web_url(logo)):
        body.complain("logo", "должно быть URL-адресом")
    price = body.number("defaultPrice")
    minor = 0 if price is None else minor_units(price)
    if minor is None or minor < 0:
        body.complain("defaultPrice", _NOT_MONEY)
    can_comment = body.flag("canComments")
    body.check()
    return TerminalRequest(
        name=name or "",
        alias=alias,
        description=description or "",
        fixed=_FIXED[kind] if kind else False,
        default_price=minor or 0,
        can_comment=bool(can_comment),
    )


def read_terminal_query(fields: Mapping[str, object], profile: Profile) -> TerminalQuery:
    """SPEC 7.2.2. Strict: the alias decides, an id beside it (as in the example) is passed over.

    Tolerant: one of the two, the alias first. The name is never compared.
    """
    body = _reader(fields, profile)
    body.only("alias", "name", "id")
    alias = body.text("alias", required=body.strict, longest=50)
    body.text("name", longest=50)
    terminal_id = body.text("id", number_too=True)
    if not body.strict and alias is None and terminal_id is None:
        body.complain("alias", "нужен alias или id")
    body.check()
    return TerminalQuery(alias=alias, id=None if alias is not None else terminal_id)


def read_payment(fields: Mapping[str, object], profile: Profile) -> PaymentRequest:
    """SPEC 7.2.3. Shape first (additions), then currency, amount, method and addresses by code."""
    body = _reader(fields, profile)
    body.only("order", "settings", "custom_parameters", "receipt", "trtype")
    order = body.child("order")
    order.only("currency", "amount", "description", "id")
    currency = order.text("currency")
    amount = order.number("amount", required=True)
    description = order.text("description", longest=200)
    order_id = _order_id(order)
    settings = body.child("settings")
    settings.only("terminal_id", "payment_method", "success_url", "fail_url")
    terminal_id = settings.text("terminal_id", required=True, number_too=True)
    method = settings.text("payment_method")
    success_url = settings.text("success_url")
    fail_url = settings.text("fail_url")
    custom_parameters = body.mapping("custom_parameters")
    lines = _lines(body)
    trtype = body.number("trtype")
    if trtype is not None and trtype not in (1, 2, 4):
        body.complain("trtype", "допустимые значения: 1, 2, 4")
    body.check()
    request = PaymentRequest(
        order_id=order_id,
        currency=_currency(currency) or "RUB",
        amount=_money(amount),
        description=description,
        terminal_id=terminal_id or "",
        success_url=success_url,
        fail_url=fail_url,
        custom_parameters=custom_parameters,
        lines=lines,
    )
    if method is not None and method.lower() not in METHODS:
        raise Refusal(Code.METHOD)
    if success_url is not None and not is_web_url(success_url):
        raise Refusal(Code.SUCCESS_URL)
    if fail_url is not None and not is_web_url(fail_url):
        raise Refusal(Code.FAIL_URL)
    return request


def read_refund(fields: Mapping[str, object], profile: Profile) -> RefundRequest:
    """SPEC 7.2.7."""
    body = _reader(fields, profile)
    body.only("id", "refund", "receipt")
    payment_id = body.text("id", required=True)
    refund = body.child("refund")
    refund.only("currency", "amount", "reason")
    currency = refund.text("currency")
    amount = refund.number("amount", required=True)
    reason = refund.text("reason", longest=200)
    _lines(body)
    body.check()
    return RefundRequest(
        payment_id=payment_id or "",
        currency=_currency(currency),
        amount=_money(amount),
        reason=reason,
    )


def read_id(fields: Mapping[str, object], profile: Profile) -> str:
    """The one field of SPEC 7.2.4, 7.2.5, 7.2.6 and 7.2.8."""
    body = _reader(fields, profile)
    body.only("id")
    value = body.text("id", required=True)
    body.check()
    return value or ""


def is_web_url(text: str) -> bool:
    """Whether the text is an http(s) address with a host and nothing that breaks out of one."""
    if len(text) > 2000 or any(sign <= " " or sign in '"<>\\`' for sign in text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0


def _order_id(order: Reader) -> str | None:
    value = order.text("id")
    if value is None:
        return None
    if order.strict:
        if len(value) > 32 and not _UUID.fullmatch(value):
            order.complain("id", "не длиннее 32 символов (или UUID)")
    elif len(value) > 64:
        order.complain("id", "не длиннее 64 символов")
    return value


def _lines(body: Reader) -> tuple[Line, ...]:
    return tuple(_line(reader) for reader in body.children("receipt", required=body.strict))


def _line(line: Reader) -> Line:
    line.only(*_LINE_FIELDS)
    name = line.text("name", required=line.strict)
    discount = line.text("discount")
    price = line.number("price", required=line.strict)
    total = line.number("resultPrice", required=line.strict)
    quantity = line.number("quantity", required=line.strict)
    if line.strict:
        if discount is not None and not _DISCOUNT.fullmatch(discount):
            line.complain("discount", "сумма или процент, например 10 или 10%")
        for field, value in (("price", price), ("resultPrice", total)):
            minor = None if value is None else minor_units(value)
            if value is not None and (minor is None or minor < 0):
                line.complain(field, _NOT_MONEY)
        if quantity is not None and not 0 < quantity < Decimal(10**9):
            line.complain("quantity", "должно быть больше нуля")
    return Line(
        name=name or "",
        quantity=quantity if quantity is not None and abs(quantity) < 10**9 else None,
        total=None if total is None else minor_units(total),
    )


def _money(amount: Decimal | None) -> int:
    minor = None if amount is None else minor_units(amount)
    if minor is None or minor <= 0:
        raise Refusal(Code.AMOUNT)
    return minor


def _currency(currency: str | None) -> str | None:
    if currency is not None and currency not in CURRENCIES:
        raise Refusal(Code.CURRENCY)
    return currency
