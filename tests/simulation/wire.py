"""The way between a till and the gateway, at the seam of the HTTP transport, with its weather.

Every fault is drawn from the seed. A request that has left is carried out, or not, whatever
becomes of the till meanwhile.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from email.utils import formatdate
from types import SimpleNamespace
from typing import Any, Protocol

import httpx
import msgspec

from tests.simulation.bank import EPOCH, OPEN, Bank, Body, Payment, major
from tests.simulation.oracle import Oracle
from tests.simulation.swarm import FAULTS_SHARE

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_CHANGES = frozenset({"CreateTerminal", "CreatePayment", "ClosePayment", "CreateRefund"})
_UNSURE = (
    "[3, -21]",
    "[3, -20]",
    "[3, -19]",
    "[3, -17]",
    "[2, 82]",
    "[2, 91]",
    "[2, 95]",
    "[2, 96]",
)
_SURE = ("[2, 51]", "[2, 4]", "[2, 5]", "[2, 14]", "[3, -2]")

GARBAGE = (
    b"<html><body>Request Rejected</body></html>",
    b"",
    b'{"id": "P1", "status"',
    b"[]",
    b'{"id": 1, "id": 2, "status": "successful"}',
    b'{"id": "P1", "status": "successful", "order": {"amount": NaN}}',
    b'{"id": "P1", "status": "successful", "order": {"amount": 1e400}}',
    b"[" * 100_000,
)

_RARE = {"CreatePayment": 2.5, "CreateRefund": 4.0, "GetPaymentByOrder": 3.0, "GetRefund": 3.0}
"""Calls that are made seldom meet the weather more often, so that every row is met."""
_DEATHS = {"CreatePayment": 8, "CreateRefund": 4}
"""And a till dies over them more often: the moments around the bytes are over soon."""

FAULTS = {
    "silence": ("lost", "lost answer", "late", "reset"),
    "trouble": ("500", "500 done", "html", "html done", "redirect"),
    "create": (
        "refused",
        "refused 200",
        "unsure",
        "foreign",
        "amount",
        "url",
        "strange",
        "strange",
    ),
    "read": ("foreign", "regression", "word", "not found", "amount"),
    "look_up": ("foreign", "word", "not found", "not found", "not found", "amount"),
    "refund": ("refused", "unsure", "unsure", "foreign", "amount", "taken id", "no id", "lost id"),
    "get_refund": ("foreign", "regression", "fails once"),
}


class Line(Protocol):
    """What the way belongs to: one run of a till."""

    number: int

    def check(self) -> None: ...

    async def sleep(self, seconds: float) -> None: ...

    async def never(self) -> None: ...

    def maybe_die(self, where: str, *, times: int = 1) -> None: ...

    def look(self) -> None: ...


@dataclass(slots=True)
class Weather:
    """How bad it is: `rate` is the chance of a fault in one exchange.

    `favours`: faults that the exchanges of a call meet far more often than that.
    """

    rate: float
    spares_terminals: bool = False
    is_calm: bool = False
    down_until: float = 0.0
    key_refused_until: float = 0.0
    favours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Wire:
    """One transport for every till. `later` plans on the virtual loop, `now` is its time."""

    def __init__(
        self,
        bank: Bank,
        oracle: Oracle,
        chance: random.Random,
        weather: Weather,
        met: Counter[str],
        *,
        now: Callable[[], float],
        later: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._bank = bank
        self._oracle = oracle
        self._chance = chance
        self._met = met
        self._now = now
        self._later = later
        self._lies = 0
        self.weather = weather

    async def exchange(self, line: Line, request: httpx.Request) -> httpx.Response:
        """One request of the till on that line."""
        line.check()
        line.look()
        call = request.url.path.rpartition("/")[2]
        body: Body = msgspec.json.decode(request.content)
        trace = request.extensions["trace"]
        await trace("connection.connect_tcp.started", {})
        fault = self._fault(call, body)
        if self._now() < self.weather.down_until or fault == "ns":
            self._note(call, "ns")
            await line.sleep(self._chance.choice((0.01, 0.3, 5.5)))
            raise httpx.ConnectError("no way")
        line.maybe_die(f"before the bytes of {call}", times=_DEATHS.get(call, 1))
        await trace("http11.send_request_headers.started", {"request": _POST})
        self._oracle.sent(line.number, call, body)
        key = _key(call, body)
        self._oracle.pending[key] += 1
        if fault:
            self._note(call, fault)
        try:
            return await self._answer(line, call, body, fault, key)
        finally:
            line.check()

    async def _answer(
        self, line: Line, call: str, body: Body, fault: str, key: str
    ) -> httpx.Response:
        chance = self._chance
        is_done = self._is_done(fault)
        box: list[Body] = []

        def execute() -> None:
            self._oracle.pending[key] -= 1
            box.append(self._bank.execute(call, body))

        travel = chance.uniform(0.01, 0.4)
        if fault == "late":
            self._later(chance.uniform(15, 110), execute)
        elif is_done:
            self._later(travel, execute)
        else:
            self._oracle.pending[key] -= 1
        line.maybe_die(f"after the bytes of {call}", times=_DEATHS.get(call, 1))
        if fault in ("lost", "lost answer", "late"):
            await line.never()
        back = chance.uniform(0.01, 0.4) if chance.random() < 0.93 else chance.uniform(1, 10)
        await line.sleep(travel + back)
        line.maybe_die(f"after the answer to {call}")
        if fault == "reset":
            raise httpx.ReadError("reset")
        status, content = self._content(line.number, call, body, fault, box)
        self._oracle.answered(call, body)
        self._remember_told(call, body, fault)
        return httpx.Response(status, headers=self._headers(), content=content)

    def _is_done(self, fault: str) -> bool:
        if fault in ("reset", "unsure"):
            return self._chance.random() < 0.5
        return fault not in (
            "lost",
            "500",
            "html",
            "redirect",
            "refused",
            "refused 200",
            "key",
        )

    def _content(
        self, number: int, call: str, body: Body, fault: str, box: list[Body]
    ) -> tuple[int, bytes]:
        chance = self._chance
        match fault:
            case "500" | "500 done":
                return chance.choice((500, 502, 504)), chance.choice((GARBAGE[0], b'{"error": 1}'))
            case "html" | "html done":
                return 200, chance.choice(GARBAGE)
            case "redirect":
                return 302, b""
            case "key":
                return 401, b'{"error": 0, "description": "bad key"}'
            case "refused" | "refused 200":
                text = chance.choice(_SURE) if call == "CreateRefund" else "no"
                refusal = {"error": 1, "description": text}
                return 200 if fault == "refused 200" else 400, _ENCODER.encode(refusal)
            case "unsure":
                refusal = {"error": 50, "description": chance.choice(_UNSURE)}
                return 400, _ENCODER.encode(refusal)
            case "not found":
                if call == "GetPaymentByOrder" and box and "error" not in box[0]:
                    self._met["P4 not found though there"] += 1
                return 400, b'{"error": 7, "description": "no such payment"}'
            case _:
                pass
        answer = box[0]
        if "error" in answer:
            return 400, _ENCODER.encode(answer)
        if fault:
            answer = self._twisted(number, call, fault, answer)
        return 200, _ENCODER.encode(answer)

    def _twisted(self, number: int, call: str, fault: str, answer: Body) -> Body:
        """An answer that looks well and is wrong in one thing."""
        bank, chance = self._bank, self._chance
        if call in ("CreateRefund", "GetRefund"):
            return self._twisted_refund(number, fault, dict(answer))
        payment = bank.payments.get(answer["id"])
        if payment is None:
            return answer
        match fault:
            case "foreign":
                others = [one for one in bank.payments.values() if one is not payment]
                return bank.tell(chance.choice(others)) if others else answer
            case "regression":
                return bank.tell(payment, self._older(payment))
            case "word" if payment.status in OPEN:
                return bank.tell(payment, chance.choice(("hold", "waiting", "подтверждается")))
            case "amount":
                return answer | {"order": answer["order"] | {"amount": self._false(payment.amount)}}
            case "url":
                bad = ("http://pay.invoice.su/1", "https://pay.example.com/1", "", "x" * 3000)
                return answer | {"payment_url": chance.choice(bad)}
            case "strange":
                return bank.tell(
                    payment, chance.choice(("successful", "successful", "fail", "closed"))
                )
            case _:
                return answer

    def _false(self, amount: int) -> Decimal:
        """Another sum each time: a lie that is told twice in the same words, no till can see."""
        self._lies += 1
        return major(amount + self._lies)

    def _older(self, payment: Payment) -> str:
        """A status that was true before; once the money was told of, any lesser one."""
        known = list(payment.history)
        if payment.is_told_paid:
            known += ["init", "closed", "fail"]
        return self._chance.choice(known)

    def _twisted_refund(self, number: int, fault: str, answer: Body) -> Body:
        bank = self._bank
        others = self._oracle.linked_refunds(number) - {answer["id"]}
        refund = bank.refunds[answer["id"]]
        match fault:
            case "foreign":
                return answer | {"payment_id": "P99999999", "id": "R99999999"}
            case "amount":
                sum_told = answer["refund"] | {"amount": self._false(refund.amount)}
                return answer | {"refund": sum_told}
            case "taken id" if others:
                return answer | {"id": self._chance.choice(sorted(others))}
            case "no id":
                return answer | {"id": ""}
            case "lost id":
                self._oracle.lost_ids.add(lost := f"L{refund.id}")
                return answer | {"id": lost}
            case "fails once" if refund.status != "fail" and refund.lies_left:
                refund.lies_left -= 1
                self._met["R16 fails once"] += 1
                return answer | {"status": "fail"}
            case "regression" if refund.status == "successful":
                return answer | {"status": "init"}
            case _:
                return answer

    def _remember_told(self, call: str, body: Body, fault: str) -> None:
        if call == "GetPayment" and not fault:
            payment = self._bank.payments.get(body["id"])
            if payment is not None and payment.is_paid:
                payment.is_told_paid = True

    def _fault(self, call: str, body: Body) -> str:
        weather, chance = self.weather, self._chance
        if weather.is_calm or (weather.spares_terminals and call.endswith("Terminal")):
            return ""
        if self._now() < weather.key_refused_until:
            return "key"
        favoured = weather.favours.get(call)
        may_regress = call != "GetPayment" or self._has_ended(body["id"])
        if favoured and may_regress and chance.random() < FAULTS_SHARE:
            return chance.choice(favoured)
        if chance.random() >= weather.rate * _RARE.get(call, 1.0):
            return ""
        own = {
            "CreatePayment": "create",
            "GetPayment": "read",
            "GetPaymentByOrder": "look_up",
            "CreateRefund": "refund",
            "GetRefund": "get_refund",
        }.get(call)
        kinds = ["ns", *FAULTS["silence"], *FAULTS["trouble"]]
        if own is not None:
            kinds += FAULTS[own] * {"GetRefund": 4, "CreateRefund": 1}.get(call, 2)
        if call == "GetPayment" and self._has_ended(body["id"]):
            kinds += ["regression"] * 12
        if call not in _CHANGES:
            kinds = [kind for kind in kinds if kind != "late"]
        return chance.choice(kinds)

    def _has_ended(self, number: str) -> bool:
        payment = self._bank.payments.get(number)
        return payment is not None and payment.status not in OPEN

    def _note(self, call: str, fault: str) -> None:
        self._met[f"{call} {fault}"] += 1

    def _headers(self) -> dict[str, str]:
        return {"date": formatdate(EPOCH + self._now(), usegmt=True)}


class LineTransport:
    """The transport of one run of a till, as the gateway's client is given it."""

    def __init__(self, wire: Wire, line: Line) -> None:
        self._wire = wire
        self._line = line

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._wire.exchange(self._line, request)

    async def aclose(self) -> None:
        """There is nothing to close."""


_POST: Any = SimpleNamespace(method=b"POST")


def _key(call: str, body: Body) -> str:
    """What a request is about: the order of a create, the tag of a refund."""
    if call == "CreatePayment":
        return str(body["order"]["id"])
    if call == "CreateRefund":
        return str(body["refund"]["reason"].rpartition("#")[2])
    return call
