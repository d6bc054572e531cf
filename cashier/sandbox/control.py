"""The control API: tests and integrators arrange what the gateway and the payer do.

Only clients on this machine reach it, and no web page on this machine does.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from decimal import Decimal
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from cashier.sandbox.amounts import minor_units
from cashier.sandbox.answers import (
    Addresses,
    payment_answer,
    refund_answer,
    terminal_answer,
)
from cashier.sandbox.api import encode_json
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.reading import LARGEST_BODY, Reader, read_object
from cashier.sandbox.refusal import Code, Refusal, invalid
from cashier.sandbox.state import Gateway
from cashier.sandbox.values import (
    BankCode,
    Method,
    Payment,
    Refund,
    RefundMode,
    TypeSpelling,
)

Handler = Callable[[Request, Reader], object]


class Control:
    """The routes under /control. Answers are JSON; a wrong request is HTTP 400 with `error`."""

    def __init__(self, gateway: Gateway, addresses: Addresses) -> None:
        self._gateway = gateway
        self._addresses = addresses

    def routes(self) -> list[Route]:
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/payments", self._payments),
            ("GET", "/payments/{id}", self._payment),
            ("POST", "/payments/{id}/{verb}", self._act),
            ("GET", "/terminals", self._terminals),
            ("POST", "/terminals/types", self._types),
            ("DELETE", "/terminals/{id}", self._forget),
            ("GET", "/refunds", self._refunds),
            ("POST", "/refunds/mode", self._mode),
            ("POST", "/refunds/{id}/finish", self._finish),
            ("GET", "/faults", self._pending),
            ("POST", "/faults", self._plan),
            ("DELETE", "/faults", self._unplan),
            ("POST", "/lifetime", self._lifetime),
            ("GET", "/calls", self._calls),
            ("POST", "/reset", self._reset),
        ]
        return [
            Route("/control" + path, _guarded(handler), methods=[method])
            for method, path, handler in table
        ]

    def _shown(self, payment: Payment) -> object:
        return payment_answer(payment, self._addresses) | {
            "state": payment.status,
            "step": payment.step,
        }

    def _payments(self, request: Request, body: Reader) -> object:
        return [self._shown(payment) for payment in self._gateway.payments()]

    def _payment(self, request: Request, body: Reader) -> object:
        return self._shown(self._gateway.payment(request.path_params["id"]))

    def _act(self, request: Request, body: Reader) -> object:
        """pay {method, bonuses}, decline {code: [2, 51]}, start, leave, expire."""
        gateway, payment_id = self._gateway, request.path_params["id"]
        match request.path_params["verb"]:
            case "pay":
                method = body.text("method") or "card"
                bonuses = minor_units(body.number("bonuses") or Decimal(0))
                if method not in set(Method) or bonuses is None:
                    raise invalid("method", "card or sbp, bonuses in major units")
                return self._shown(gateway.pay(payment_id, method, bonuses=bonuses))
            case "decline":
                return self._shown(gateway.decline(payment_id, _bank_code(body)))
            case "start":
                return self._shown(gateway.start(payment_id))
            case "leave":
                return self._shown(gateway.leave(payment_id))
            case "expire":
                return self._shown(gateway.expire(payment_id))
            case _:
                raise Refusal(Code.UNKNOWN_CALL)

    def _terminals(self, request: Request, body: Reader) -> object:
        terminals = self._gateway.terminals.all()
        return [terminal_answer(terminal, self._addresses) for terminal in terminals]

    def _types(self, request: Request, body: Reader) -> object:
        """{accept: guide | clients | both}; without it, the profile's own."""
        accept = body.text("accept")
        if accept is not None and accept not in set(TypeSpelling):
            raise invalid("accept", "guide, clients or both")
        self._gateway.terminals.set_type_spelling(TypeSpelling(accept) if accept else None)
        return {"accept": self._gateway.terminals.type_spelling}

    def _forget(self, request: Request, body: Reader) -> object:
        terminal_id = request.path_params["id"]
        if self._gateway.terminals.get(terminal_id) is None:
            raise Refusal(Code.TERMINAL)
        self._gateway.terminals.forget(terminal_id)
        return {"forgotten": terminal_id}

    def _shown_refund(self, refund: Refund) -> object:
        payment = self._gateway.payment(refund.payment_id)
        return refund_answer(refund, payment, self._addresses) | {"state": refund.status}

    def _refunds(self, request: Request, body: Reader) -> object:
        return [self._shown_refund(refund) for refund in self._gateway.refunds.all()]

    def _mode(self, request: Request, body: Reader) -> object:
        """{mode: instant | delayed, result: successful | fail, after: seconds}."""
        mode = body.text("mode") or "instant"
        result = body.text("result") or "successful"
        after = body.number("after")
        body.check()
        if mode not in ("instant", "delayed") or result not in ("successful", "fail"):
            raise invalid("mode", "instant or delayed, result successful or fail")
        self._gateway.refunds.set_mode(
            RefundMode(
                delayed=mode == "delayed",
                succeeds=result == "successful",
                after=None if after is None else float(after),
            )
        )
        return {"mode": mode, "result": result, "after": after}

    def _finish(self, request: Request, body: Reader) -> object:
        """{result: successful | fail}."""
        result = body.text("result") or "successful"
        if result not in ("successful", "fail"):
            raise invalid("result", "successful or fail")
        refund = self._gateway.refunds.finish(
            request.path_params["id"], succeeds=result == "successful"
        )
        return self._shown_refund(refund)

    def _pending(self, request: Request, body: Reader) -> object:
        return [
            {"method": planned.method, "fault": planned.fault, "times": left}
            for planned, left in self._gateway.faults.pending()
        ]

    def _plan(self, request: Request, body: Reader) -> object:
        """{method, fault, times, seconds, status, value, text, execute}; see Fault."""
        planned = _planned(body)
        self._gateway.faults.add(planned)
        return {"method": planned.method, "fault": planned.fault, "times": planned.times}

    def _unplan(self, request: Request, body: Reader) -> object:
        self._gateway.faults.clear()
        return []

    def _lifetime(self, request: Request, body: Reader) -> object:
        """{seconds}; without it bills never expire."""
        seconds = body.number("seconds")
        body.check()
        self._gateway.set_lifetime(None if seconds is None else float(seconds))
        return {"seconds": seconds}

    def _calls(self, request: Request, body: Reader) -> object:
        return self._gateway.calls.counts()

    def _reset(self, request: Request, body: Reader) -> object:
        self._gateway.reset()
        return {}


def _guarded(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if not _is_asked_here(request):
            return _json({"error": 403, "description": "only for this machine"}, status=403)
        body = b""
        try:
            async for part in request.stream():
                body += part if len(body) <= LARGEST_BODY else b""
            fields = read_object(body) if body.strip() else {}
            return _json(handler(request, Reader(fields, strict=False)))
        except ClientDisconnect:
            return Response(status_code=400)
        except Refusal as refusal:
            answer = {
                "error": int(refusal.code),
                "description": refusal.description,
                "additions": refusal.additions,
            }
            return _json(answer, status=400)

    return endpoint


def _is_asked_here(request: Request) -> bool:
    """Whether a program of this machine asks: no web page, no proxy, under no foreign name."""
    passed_on = any(
        name == "forwarded" or name.startswith("x-forwarded") for name in request.headers
    )
    if passed_on or "origin" in request.headers or not is_loopback(request):
        return False
    try:
        parts = urlsplit(f"//{request.headers.get('host', '')}")
    except ValueError:
        return False
    host = parts.hostname or ""
    return "@" not in parts.netloc and (host == "localhost" or _is_loopback_address(host))


def is_loopback(request: Request) -> bool:
    """Whether the peer of the connection is this machine by its loopback address."""
    return request.client is not None and _is_loopback_address(request.client.host)


def _is_loopback_address(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def _bank_code(body: Reader) -> BankCode:
    code = body.numbers("code")
    if code is None:
        return (2, 5)
    if len(code) != 2:
        raise invalid("code", "two numbers, such as [2, 51]")
    return (code[0], code[1])


def _planned(body: Reader) -> PlannedFault:
    fault = body.text("fault", required=True) or ""
    if fault not in set(Fault):
        raise invalid("fault", "one of: " + ", ".join(Fault))
    times, seconds = body.number("times"), body.number("seconds")
    status, value = body.number("status"), body.scalar("value")
    planned = PlannedFault(
        method=body.text("method") or "*",
        fault=Fault(fault),
        times=1 if times is None else max(1, int(times)),
        seconds=1.0 if seconds is None else float(seconds),
        status=None if status is None else int(status),
        value=value,
        text=body.text("text"),
        execute=body.flag("execute"),
    )
    body.check()
    return planned


def _json(answer: object, *, status: int = 200) -> Response:
    return Response(encode_json(answer), status_code=status, media_type="application/json")
