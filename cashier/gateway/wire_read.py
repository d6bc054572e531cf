"""The tolerant reader: answers of SPEC 7.2 in every form they are known to take.

Ids are text or numbers, sums numbers or numeric text, dates anything, and what is missing, extra or
merely informative never spoils an answer. What money depends on is either read exactly or the
answer is refused as UnreadableError.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from cashier.domain.money import Currency, Money
from cashier.domain.payment import PaymentInfo
from cashier.domain.refund import RefundInfo
from cashier.domain.terminal import TerminalInfo, TerminalType
from cashier.gateway.redaction import Redactor, mask_account
from cashier.gateway.strict_json import UnreadableError
from cashier.gateway.times import read_time

ID_LIMIT = 64
TEXT_LIMIT = 1000
URL_LIMIT = 8000  # longer than any that is used, so that `addresses` can tell a long one from none
FIELDS_LIMIT = 50

_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?", re.ASCII)
_CODE = re.compile(r"-?\d{1,9}", re.ASCII)

Fields = dict[str, object]


class _Order(msgspec.Struct):
    id: Any = None
    currency: Any = None
    amount: Any = None
    description: Any = None


class _Method(msgspec.Struct):
    type: Any = None
    terminal_id: Any = None
    account: Any = None
    funds: Any = None
    bonuses: Any = None


class _Payment(msgspec.Struct):
    id: Any = None
    order: _Order | None = None
    status: Any = None
    status_description: Any = None
    payment_method: Any = None
    create_date: Any = None
    update_date: Any = None
    expire_date: Any = None
    payment_url: Any = None


class _RefundSum(msgspec.Struct):
    amount: Any = None
    currency: Any = None
    reason: Any = None


class _Refund(msgspec.Struct):
    id: Any = None
    refund: _RefundSum | None = None
    status: Any = None
    status_description: Any = None
    payment_id: Any = None
    payment_method: Any = None
    create_date: Any = None
    date_insert: Any = None
    update_date: Any = None
    date_update: Any = None


class _Terminal(msgspec.Struct, rename="camel"):
    id: Any = None
    name: Any = None
    alias: Any = None
    description: Any = None
    link: Any = None
    type: Any = None
    default_price: Any = None
    can_comments: Any = None


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """What an answer with the key `error` says. `code` is None where it is not a number."""

    code: int | None
    text: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Answers to values. `currency` is what a sum without one counts as."""

    redactor: Redactor
    currency: Currency = Currency.RUB

    def error(self, answer: Fields) -> ErrorAnswer | None:
        """The error in an answer; the presence of the key decides, whatever else is there."""
        if "error" not in answer:
            return None
        return ErrorAnswer(
            code=_code(answer["error"]),
            text=self._text(answer.get("description")),
            fields=self._additions(answer.get("additions")),
        )

    def payment(self, answer: Fields) -> PaymentInfo:
        """SPEC 7.2.3-7.2.6. Raises UnreadableError without an id and a status."""
        wire = _convert(answer, _Payment)
        order = wire.order or _Order()
        method = self._method(wire.payment_method)
        currency = self._currency(order.currency)
        return PaymentInfo(
            id=_id(wire.id, required=True),
            status=self._status(wire.status),
            order_id=_id(order.id),
            amount=_money(order.amount, self._known(currency)),
            currency=currency,
            description=self._text(order.description),
            status_description=self._text(wire.status_description),
            payment_url=_url(wire.payment_url),
            created=read_time(wire.create_date),
            updated=read_time(wire.update_date),
            expires=read_time(wire.expire_date),
            terminal_id=_loose_id(method.terminal_id),
            method=self._text(method.type),
            account=self._account(method.account),
            funds=_loose_money(method.funds, self._known(currency)),
            bonuses=_loose_money(method.bonuses, self._known(currency)),
        )

    def refund(self, answer: Fields) -> RefundInfo:
        """SPEC 7.2.7, 7.2.8. Raises UnreadableError without an id and a status."""
        wire = _convert(answer, _Refund)
        given = wire.refund or _RefundSum()
        method = self._method(wire.payment_method)
        currency = self._currency(given.currency)
        return RefundInfo(
            id=_id(wire.id, required=True),
            status=self._status(wire.status),
            payment_id=_id(wire.payment_id),
            amount=_money(given.amount, self._known(currency)),
            currency=currency,
            reason=self._text(given.reason),
            status_description=self._text(wire.status_description),
            created=read_time(wire.create_date) or read_time(wire.date_insert),
            updated=read_time(wire.update_date) or read_time(wire.date_update),
            terminal_id=_loose_id(method.terminal_id),
            method=self._text(method.type),
            account=self._account(method.account),
            funds=_loose_money(method.funds, self._known(currency)),
            bonuses=_loose_money(method.bonuses, self._known(currency)),
        )

    def terminal(self, answer: Fields) -> TerminalInfo:
        """SPEC 7.2.1, 7.2.2. Raises UnreadableError without an id; nothing else is certain."""
        wire = _convert(answer, _Terminal)
        type_word = self._text(wire.type)
        return TerminalInfo(
            id=_id(wire.id, required=True),
            name=self._text(wire.name),
            alias=self._text(wire.alias),
            description=self._text(wire.description),
            link=_url(wire.link),
            type=TerminalType.read(type_word),
            type_word=type_word,
            default_price=_loose_money(wire.default_price, self.currency),
            can_comments=wire.can_comments if isinstance(wire.can_comments, bool) else None,
        )

    def _text(self, value: object) -> str:
        return self.redactor.text(_tidy(value))

    def _account(self, value: object) -> str:
        return mask_account(self._text(value))

    def _status(self, value: object) -> str:
        status = self._text(value)[:ID_LIMIT]
        if not status:
            raise UnreadableError("no status")
        return status

    def _currency(self, value: object) -> str:
        return self._text(value)[:ID_LIMIT].upper()

    def _known(self, currency: str) -> Currency:
        """The currency to count in; an unknown one is told apart by its word, not by its sum."""
        return Currency(currency) if currency in Currency.__members__ else self.currency

    def _method(self, value: object) -> _Method:
        return _convert(value, _Method) if isinstance(value, dict) else _Method()

    def _additions(self, value: object) -> dict[str, str]:
        if not isinstance(value, dict):
            return {}
        return {
            self._text(name): self._text(
                "; ".join(_tidy(one) for one in told) if isinstance(told, list) else told
            )
            for name, told in list(value.items())[:FIELDS_LIMIT]
        }


_S = TypeVar("_S")


def _convert(value: object, shape: type[_S]) -> _S:
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError:
        raise UnreadableError("shape") from None


def _tidy(value: object) -> str:
    """One line of text from a text or a number; "" from anything else.

    Control characters become blanks and half characters a mark, so that it can be shown and stored.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        return ""
    text = str(value)[: TEXT_LIMIT * 2]
    text = "".join(" " if ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 else char for char in text)
    return text.encode("utf-8", "replace").decode().strip()[:TEXT_LIMIT]


def _id(value: object, *, required: bool = False) -> str:
    """An id as text. Raises UnreadableError for what cannot be one or, if required, is missing."""
    text = value.strip() if isinstance(value, str) else value
    if text is None or text == "":
        if required:
            raise UnreadableError("no id")
        return ""
    if isinstance(text, bool) or not isinstance(text, (str, int)):
        raise UnreadableError("id")
    text = str(text)
    if len(text) > ID_LIMIT or not text.isprintable():
        raise UnreadableError("id")
    return text


def _loose_id(value: object) -> str:
    try:
        return _id(value)
    except UnreadableError:
        return ""


def _money(value: object, currency: Currency) -> Money | None:
    """A sum, exactly; None where there is none. Raises UnreadableError for anything else."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = Decimal(value.strip())
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise UnreadableError("sum")
    try:
        return Money.of(value, currency)
    except ValueError:
        raise UnreadableError("sum") from None


def _loose_money(value: object, currency: Currency) -> Money | None:
    """A sum that only informs: None where it cannot be read."""
    try:
        return _money(value, currency)
    except UnreadableError:
        return None


def _url(value: object) -> str:
    """An address as it came, "" when there is none; whether it may be used is not decided here."""
    return value[:URL_LIMIT] if isinstance(value, str) else ""


def _code(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    text = str(value).strip() if isinstance(value, (int, str)) else ""
    return int(text) if _CODE.fullmatch(text) else None
