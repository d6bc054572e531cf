"""Hostile answers: a grammar of them, and what must hold whatever comes."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from cashier.domain.payment import PaymentInfo
from cashier.domain.refund import RefundInfo
from cashier.gateway.outcome import Mismatch, NotSent, Ok, Outcome, RawAnswer, Refused, Unknown
from cashier.gateway.strict_json import SIZE_LIMIT
from tests.integration import gateway_samples as samples
from tests.integration.gateway_samples import CALLS, KEY, ORDER, PAYMENT_ID, REFUND_ID, gateway

CARD = "5543735484626654"
TEXT_LIMIT, URL_LIMIT, KEPT_LIMIT = 1000, 8000, 64 * 1024
REFUSAL: dict[str, object] = {"error": 2, "description": "Неверная сумма"}

# The grammar. Values are pieces of JSON text, so that what no JSON library writes can be said too.

NUMBERS = (
    *("0", "-0", "1", "150.10", "150.1", "15010", "15010e-2", "1.501E+2", "150.100000000000000001"),
    *("0.30000000000000004", "-150.10", "1e3", "1e400", "1e-400", "-1e400", "1e99999999999"),
    *("NaN", "Infinity", "-Infinity", "9" * 20, "9" * 40, "9" * 41, "1" * 5000),
    *("0." + "1" * 5000, "01", "+1", "1.", ".5", "0x10", "1_000"),
)
TEXTS = (
    *("", " ", ORDER, PAYMENT_ID, REFUND_ID, "f" * 32, ORDER.upper(), f" {ORDER} ", "x" * 64),
    *("x" * 65, "x" * 9000, "150.10", " 150.10 ", "150,10", "1e3", "NaN", "٣", "１５０", "RUB"),
    *("rub", "USD", "KZT", "init", "successful", "Successful", "error", "closed", "выдумка"),
    *("a\x00b", "a\nb", "\u202eevil", "\u200b", "\ufeff", "😀", "e\u0301", KEY, CARD, "[2, 51]"),
    *("https://pay.invoice.su/P1", "https://invoice.su.evil.example/", "javascript:alert(1)"),
    *("https://evil@pay.invoice.su/", "2026-07-20T19:19:10.000Z", "2026-13-40T99:99:99Z", "0"),
)
WORDS = ("null", "true", "false", '"\\ud800"', '"\\u0000"', '"\\x"', "'a'", "undefined", "")
NAMES = (
    *("id", "order", "order.id", "order.amount", "order.currency", "order.description", "status"),
    *("status_description", "payment_url", "payment_id", "refund", "refund.amount"),
    *("refund.currency", "refund.reason", "payment_method", "payment_method.account"),
    *("payment_method.funds", "payment_method.terminal_id", "create_date", "expire_date"),
    *("date_insert", "custom_parameters", "error", "description", "additions", "link", "type"),
    *("name", "alias", "defaultPrice", "canComments", "Id", "ID", "__proto__", "", "id "),
)
WEIGHTY = (
    *("id", "order.id", "order.amount", "order.currency", "payment_id", "refund.amount"),
    *("refund.currency", "payment_url", "status", "error"),
)
"""Fields that decide what an answer means."""
FOREIGN = (
    *(("order.currency", '"USD"'), ("refund.currency", '"USD"'), ("order.amount", "150.11")),
    *(("refund.amount", '"150.11"'), ("id", f'"{"f" * 32}"'), ("order.id", f'"{"f" * 32}"')),
    *(("payment_id", '"1"'), ("payment_url", '"https://evil.example/"')),
)
"""Well-formed values of somebody else's payment."""
STATUSES = (200, 200, 200, 200, 201, 204, 206, 299, 301, 307, 400, 401, 403, 404, 408, 409, 422)
TYPES = (
    *("application/json", "application/json; charset=utf-16", "text/html", "image/png", "", "/"),
    *("multipart/form-data; boundary=x", "application/json; charset=nonsense", "a" * 3000),
)

scalars = (
    st.sampled_from([*NUMBERS, *WORDS, *(json.dumps(one) for one in TEXTS)])
    | st.integers().map(str)
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | st.text(max_size=20).map(json.dumps)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{','.join(parts)}]")
        | st.lists(st.tuples(st.sampled_from(NAMES), inner), max_size=4).map(
            lambda pairs: "{" + ",".join(f"{json.dumps(n)}:{v}" for n, v in pairs) + "}"
        )
    ),
    max_leaves=4,
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """An answer to one call. `changes`: fields by their path; None takes one away.

    `doubled`: fields that come twice. `around`: what is done to the whole body.
    """

    call: str
    status: int
    content_type: str
    encoding: str
    changes: tuple[tuple[str, str | None], ...]
    doubled: tuple[tuple[str, str], ...]
    around: str
    is_refusal: bool

    @property
    def body(self) -> bytes:
        told = REFUSAL if self.is_refusal else CALLS[self.call][1]
        fields = {name: json.dumps(value, ensure_ascii=False) for name, value in told.items()}
        inner = {
            name: {key: json.dumps(one, ensure_ascii=False) for key, one in value.items()}
            for name, value in told.items()
            if isinstance(value, dict)
        }
        for path, text in self.changes:
            name, dot, key = path.partition(".")
            target, place = (inner.setdefault(name, {}), key) if dot else (fields, name)
            if text is None:
                target.pop(place, None)
            else:
                target[place] = text
            if dot:
                fields[name] = _object(list(inner[name].items()))
        whole = _object([*fields.items(), *self.doubled]).encode("utf-8", "surrogatepass")
        return AROUND[self.around](whole)


def _object(pairs: list[tuple[str, str]]) -> str:
    return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in pairs) + "}"


def _filled(body: bytes, more: bytes) -> bytes:
    return body[:-1] + b"," + more + b"}"


AROUND: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda body: body,
    "byte order mark": lambda body: b"\xef\xbb\xbf" + body,
    "blanks": lambda body: b" \n\t" + body + b"\r\n",
    "junk": lambda body: body + b" x",
    "cut": lambda body: body[:-1],
    "array": lambda body: b"[" + body + b"]",
    "twice": lambda body: body + body,
    "zero": lambda body: b"\x00" + body,
    "not UTF-8": lambda body: body + b"\xff",
    "UTF-16": lambda body: body.decode("utf-8", "replace").encode("utf-16"),
    "deep": lambda body: _filled(body, b'"deep":' + b"[" * 50_000 + b"]" * 50_000),
    "many keys": lambda body: _filled(body, b",".join(b'"k%d":%d' % (n, n) for n in range(20_000))),
    "nearly too large": lambda body: _filled(body, b'"pad":"' + b"x" * (SIZE_LIMIT // 2) + b'"'),
    "too large": lambda body: _filled(body, b'"pad":"' + b"x" * SIZE_LIMIT + b'"'),
}
"""What is done to a whole body."""

COSTLY = ("deep", "many keys", "nearly too large", "too large")


def changed(
    names: tuple[str, ...], fewest: int, most: int
) -> st.SearchStrategy[tuple[tuple[str, str | None], ...]]:
    """So many of the fields, each with another value or taken away."""
    one = st.tuples(st.sampled_from(names), values | st.none())
    return st.lists(one, min_size=fewest, max_size=most).map(tuple)


quiet = st.builds(
    Hostile,
    call=st.sampled_from(list(CALLS)),
    status=st.just(200),
    content_type=st.just("application/json"),
    encoding=st.just(""),
    changes=(st.sampled_from(FOREIGN).map(lambda one: (one,)) | changed(WEIGHTY, 1, 1)),
    doubled=st.just(()),
    around=st.just("as it is"),
    is_refusal=st.just(False),
)
"""One field that matters is not as it should be, and nothing else."""

loud = st.builds(
    Hostile,
    call=st.sampled_from(list(CALLS)),
    status=st.sampled_from(STATUSES),
    content_type=st.sampled_from(TYPES),
    encoding=st.sampled_from(["", "", "", "identity", "gzip", "br"]),
    changes=changed(NAMES, 0, 3),
    doubled=st.just(())
    | st.lists(st.tuples(st.sampled_from(NAMES), scalars), max_size=2).map(tuple),
    is_refusal=st.sampled_from([False, False, False, True]),
    around=st.one_of(
        st.just("as it is"),
        st.just("as it is"),
        st.sampled_from([how for how in AROUND if how not in COSTLY]),
        st.integers(0, 19).map(lambda number: COSTLY[number] if number < len(COSTLY) else "blanks"),
    ),
)

hostile = quiet | loud


# What must hold. Nothing of the reader is used to say so.


class _Told(httpx.AsyncBaseTransport):
    """Carries one answer, without a socket."""

    def __init__(self, answer: Hostile) -> None:
        self._answer = answer
        self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        headers = {"content-type": self._answer.content_type}
        if self._answer.encoding:
            headers["content-encoding"] = self._answer.encoding
        return httpx.Response(self._answer.status, headers=headers, stream=_Body(self._answer.body))


class _Body(httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self._body), 65536):
            yield self._body[at : at + 65536]


async def outcome_of(answer: Hostile) -> tuple[Outcome[Any], list[RawAnswer], int]:
    """What the call comes to, what was kept, and how often the call was sent."""
    carrier = _Told(answer)
    kept: list[RawAnswer] = []

    async def keep(raw: RawAnswer) -> None:
        kept.append(raw)

    gate = gateway("https://api.invoice.su/api/v2", transport=carrier)
    act = getattr(gate, METHODS[answer.call])
    outcome = await act(*ARGUMENTS[answer.call][0], **ARGUMENTS[answer.call][1], keep=keep)
    return outcome, kept, carrier.asked


METHODS = {
    "CreateTerminal": "create_terminal",
    "GetTerminal": "get_terminal",
    "CreatePayment": "create_payment",
    "GetPayment": "get_payment",
    "GetPaymentByOrder": "get_payment_by_order",
    "ClosePayment": "close_payment",
    "CreateRefund": "create_refund",
    "GetRefund": "get_refund",
}
ARGUMENTS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "CreateTerminal": ((samples.NEW_TERMINAL,), {}),
    "GetTerminal": ((), {"alias": "187:2"}),
    "CreatePayment": ((samples.NEW_PAYMENT,), {}),
    "GetPayment": ((PAYMENT_ID,), {"expect": samples.EXPECTED}),
    "GetPaymentByOrder": ((ORDER,), {"expect": samples.EXPECTED}),
    "ClosePayment": ((PAYMENT_ID,), {"expect": samples.EXPECTED}),
    "CreateRefund": ((samples.NEW_REFUND,), {}),
    "GetRefund": ((REFUND_ID,), {"expect": samples.EXPECTED_REFUND}),
}


def check(answer: Hostile, outcome: Outcome[Any], kept: list[RawAnswer], asked: int) -> None:
    """Fail where an outcome says more than its answer did."""
    assert asked == 1, "nothing ever repeats a call"
    assert [len(raw.body) <= KEPT_LIMIT for raw in kept] == [True]
    shown = repr(outcome)
    assert len(shown) < 100_000
    assert KEY not in shown
    match outcome:
        case NotSent():
            raise AssertionError("an answer came, so it was sent")
        case Refused():
            fields = _plain_json(answer)
            assert "error" in fields
            assert answer.status < 500
            assert outcome.code in (0, Decimal(str(fields["error"]).strip()))
        case Ok(value=value):
            fields = _plain_json(answer)
            assert 200 <= answer.status < 300
            assert "error" not in fields
            _check_value(answer, fields, value)
            _check_identity(answer.call, fields)
        case Mismatch(value=value, fields=different):
            assert different
            _check_value(answer, _plain_json(answer), value)
        case Unknown():
            pass


def _plain_json(answer: Hostile) -> dict[str, Any]:
    """The answer's object; an assertion fails where it is not plain, whole and unambiguous JSON."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), "a key that comes twice was believed"
        return dict(pairs)

    def constant(text: str) -> Any:
        raise AssertionError(f"{text} was believed")

    assert answer.encoding in ("", "identity"), "a packed answer was believed"
    assert len(answer.body) <= SIZE_LIMIT, "a huge answer was believed"
    fields = json.loads(
        answer.body.decode("utf-8-sig"),
        parse_float=Decimal,
        parse_int=_whole,
        parse_constant=constant,
        object_pairs_hook=unique,
    )
    assert isinstance(fields, dict)
    return fields


def _whole(text: str) -> Decimal:
    """A whole number of JSON: there is no minus nought."""
    return Decimal(0) if text == "-0" else Decimal(text)


def _check_value(answer: Hostile, fields: dict[str, Any], value: Any) -> None:
    assert value.id == str(fields["id"]).strip()
    assert 0 < len(value.id) <= 64
    for name in ("description", "status_description", "name", "alias", "reason", "method"):
        assert len(getattr(value, name, "")) <= TEXT_LIMIT
    for name in ("payment_url", "link"):
        assert len(getattr(value, name, "")) <= URL_LIMIT
    if isinstance(value, (PaymentInfo, RefundInfo)):
        part = "order" if isinstance(value, PaymentInfo) else "refund"
        told = (fields.get(part) or {}).get("amount")
        if value.amount is None:
            assert told in (None, "")
        else:
            assert told is not None
            assert Decimal(value.amount.minor) / 100 == Decimal(told), "not exact"


def _check_identity(call: str, fields: dict[str, Any]) -> None:
    """What an answer says must be what was asked for; what it leaves out is no difference."""
    if "Terminal" in call:
        return
    part = fields.get("refund" if "Refund" in call else "order") or {}
    if part.get("amount") not in (None, ""):
        assert Decimal(part["amount"]) == Decimal("150.10")
    if isinstance(part.get("currency"), str) and part["currency"].strip():
        assert part["currency"].strip().upper() == "RUB"
    if "Refund" in call:
        _same(fields.get("payment_id"), PAYMENT_ID)
        if call == "GetRefund":
            _same(fields["id"], REFUND_ID)
        return
    _same(part.get("id"), ORDER)
    if call in ("GetPayment", "ClosePayment", "GetPaymentByOrder"):
        _same(fields["id"], PAYMENT_ID)
    if call == "CreatePayment" and str(fields["status"]) in ("init", "выдумка"):
        assert fields["payment_url"].startswith("https://pay.invoice.su/")


def _same(told: object, expected: str) -> None:
    assert told is None or str(told).strip() in ("", expected)


@dataclass(slots=True)
class Run:
    """What came of many answers. `slowest` in seconds."""

    examples: int = 0
    slowest: float = 0.0
    classes: Counter[str] = field(default_factory=Counter)

    def add(self, other: Run) -> None:
        self.examples += other.examples
        self.slowest = max(self.slowest, other.slowest)
        self.classes += other.classes


def run(examples: int, first_seed: int = 0) -> Run:
    """So many hostile answers. Raises the assertion that an answer breaks, made as small as can."""
    seen = Run()
    with asyncio.Runner() as loop:

        @seed(first_seed)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(hostile)
        def one(answer: Hostile) -> None:
            began = time.perf_counter()
            outcome, kept, asked = loop.run(outcome_of(answer))
            seen.slowest = max(seen.slowest, time.perf_counter() - began)
            check(answer, outcome, kept, asked)
            seen.examples += 1
            seen.classes[type(outcome).__name__] += 1

        one()
    return seen
