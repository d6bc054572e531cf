"""The eight calls of SPEC 7.2 over HTTP: access, reading, doing, answering."""

from __future__ import annotations

import asyncio
import base64
import binascii
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from cashier.sandbox import validation
from cashier.sandbox.answers import (
    Addresses,
    Answer,
    payment_answer,
    refund_answer,
    terminal_answer,
)
from cashier.sandbox.calls import Call
from cashier.sandbox.delivery import Delivery, Reply
from cashier.sandbox.faults import Fault, PlannedFault, spoiled
from cashier.sandbox.reading import LARGEST_BODY, read_object
from cashier.sandbox.refusal import Code, Refusal
from cashier.sandbox.state import Gateway
from cashier.sandbox.values import DEMO_MERCHANT_ID, Profile, Status

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DEMO_LOGIN = "demo"


def encode_json(value: object) -> bytes:
    """JSON with exact numbers."""
    return _ENCODER.encode(value)


class Calls:
    """What each of the eight calls does with the fields it was sent. Raises Refusal."""

    def __init__(self, gateway: Gateway, addresses: Addresses) -> None:
        self._gateway = gateway
        self._addresses = addresses
        self._profile = gateway.profile
        self.by_name: Mapping[str, Callable[[dict[str, object]], Answer]] = {
            "CreateTerminal": self.create_terminal,
            "GetTerminal": self.get_terminal,
            "CreatePayment": self.create_payment,
            "GetPayment": self.get_payment,
            "GetPaymentByOrder": self.get_payment_by_order,
            "ClosePayment": self.close_payment,
            "CreateRefund": self.create_refund,
            "GetRefund": self.get_refund,
        }

    def create_terminal(self, fields: dict[str, object]) -> Answer:
        terminals = self._gateway.terminals
        request = validation.read_terminal(fields, self._profile, terminals.type_spelling)
        return terminal_answer(terminals.create(request), self._addresses)

    def get_terminal(self, fields: dict[str, object]) -> Answer:
        query = validation.read_terminal_query(fields, self._profile)
        return terminal_answer(self._gateway.terminals.find(query), self._addresses)

    def create_payment(self, fields: dict[str, object]) -> Answer:
        request = validation.read_payment(fields, self._profile)
        return payment_answer(self._gateway.create_payment(request), self._addresses)

    def get_payment(self, fields: dict[str, object]) -> Answer:
        payment = self._gateway.payment(validation.read_id(fields, self._profile))
        return payment_answer(payment, self._addresses)

    def get_payment_by_order(self, fields: dict[str, object]) -> Answer:
        order_id = validation.read_id(fields, self._profile)
        return payment_answer(self._gateway.payment_by_order(order_id), self._addresses)

    def close_payment(self, fields: dict[str, object]) -> Answer:
        """By the guide's example the answer to a successful closing says `init`."""
        payment = self._gateway.close_payment(validation.read_id(fields, self._profile))
        if self._profile is Profile.SPEC:
            payment = replace(payment, status=Status.INIT)
        return payment_answer(payment, self._addresses)

    def create_refund(self, fields: dict[str, object]) -> Answer:
        refund = self._gateway.refunds.create(validation.read_refund(fields, self._profile))
        payment = self._gateway.payment(refund.payment_id)
        return refund_answer(refund, payment, self._addresses)

    def get_refund(self, fields: dict[str, object]) -> Answer:
        refund = self._gateway.refunds.get(validation.read_id(fields, self._profile))
        payment = self._gateway.payment(refund.payment_id)
        return refund_answer(refund, payment, self._addresses)


class Api:
    """An ASGI application for `/api/v2/{method}`."""

    def __init__(self, gateway: Gateway, addresses: Addresses, *, stopping: asyncio.Event) -> None:
        self._gateway = gateway
        self._addresses = addresses
        self._stopping = stopping
        self._calls = Calls(gateway, addresses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        method = str(request.path_params["method"])
        try:
            body = await _read_body(request)
        except ClientDisconnect:
            return
        headers = {
            name: value for name, value in request.headers.items() if name != "authorization"
        }
        self._gateway.calls.add(Call(method=method, headers=headers, body=body[:LARGEST_BODY]))
        delivery = Delivery(scope, receive, send, stopping=self._stopping)
        planned = self._gateway.faults.take(method)
        if planned is None:
            await delivery.deliver(self._reply(request, method, body))
        else:
            await self._go_wrong(delivery, planned, request, method, body)

    async def _go_wrong(
        self,
        delivery: Delivery,
        planned: PlannedFault,
        request: Request,
        method: str,
        body: bytes,
    ) -> None:
        if planned.fault is Fault.DELAY_BEFORE:
            await delivery.pause(planned.seconds)
        reply = (
            self._reply(request, method, body, planned) if planned.executes else Reply(200, b"{}")
        )
        if planned.fault is Fault.ERROR:
            code = 0 if planned.value is None else planned.value
            error = {"error": code, "description": planned.text or "Ошибка"}
            reply = Reply(planned.status or 200, encode_json(error))
        await delivery.deliver_spoiled(reply, planned, root=self._addresses.root)

    def _reply(
        self, request: Request, method: str, body: bytes, planned: PlannedFault | None = None
    ) -> Reply:
        profile = self._gateway.profile
        try:
            answer = self._answer(request, method, body)
        except Refusal as refusal:
            status = refusal.http_status(profile)
            return Reply(status, encode_json(refusal.body(profile)))
        if planned is not None:
            answer = spoiled(answer, planned)
        return Reply(200, encode_json(answer))

    def _answer(self, request: Request, method: str, body: bytes) -> Answer:
        call = self._calls.by_name.get(method)
        if call is None:
            raise Refusal(Code.UNKNOWN_CALL)
        if request.method != "POST":
            raise Refusal(Code.WRONG_METHOD)
        self._admit(request.headers.get("authorization", ""))
        return call(read_object(body))

    def _admit(self, authorization: str) -> None:
        """Basic access by merchant id and key (SPEC 6.2). Raises Refusal(ACCESS)."""
        scheme, _, encoded = authorization.partition(" ")
        try:
            given = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError) as error:
            raise Refusal(Code.ACCESS) from error
        logins = [self._gateway.merchant_id]
        if self._gateway.profile is Profile.LIVE and logins[0] == DEMO_MERCHANT_ID:
            logins.append(_DEMO_LOGIN)
        wanted = [f"{login}:{self._gateway.api_key}".encode() for login in logins]
        right = [secrets.compare_digest(given, pair) for pair in wanted]
        if scheme.lower() != "basic" or not any(right):
            raise Refusal(Code.ACCESS)


async def _read_body(request: Request) -> bytes:
    """The body, or a little more than the largest one that is taken. Raises ClientDisconnect."""
    body = b""
    async for part in request.stream():
        if len(body) <= LARGEST_BODY:
            body += part
    return body
