"""Requests that fit the schema or break it, sent to the real sandbox over real sockets."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from cashier.sandbox.server import SandboxServer
from cashier.sandbox.validation import PaymentRequest, RefundRequest, TerminalRequest
from cashier.sandbox.values import DEMO_API_KEY, DEMO_MERCHANT_ID, Payment, Profile

FILE = Path(__file__).resolve().parents[2] / "resources" / "openapi" / "cash-register.yaml"
CALLS = (
    *("CreateTerminal", "GetTerminal", "CreatePayment", "GetPayment", "GetPaymentByOrder"),
    *("ClosePayment", "CreateRefund", "GetRefund"),
)
ALIAS = "1:2"
SUMS = (0, 0.01, 1, 99.9, 1500.10, 999_999.99)
BY_THE_GUIDE = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
LIVE = [not_a_server_error, content_type_conformance]
"""The live service answers other words and HTTP statuses than the guide's; it never breaks down."""


def access() -> dict[str, str]:
    """The header of the demo merchant."""
    pair = base64.b64encode(f"{DEMO_MERCHANT_ID}:{DEMO_API_KEY}".encode())
    return {"Authorization": f"Basic {pair.decode()}"}


@dataclass(slots=True)
class Run:
    """What came of many requests: how many were answered by which HTTP status."""

    requests: int = 0
    statuses: Counter[str] = field(default_factory=Counter)

    def add(self, other: Run) -> None:
        self.requests += other.requests
        self.statuses += other.statuses


class Stock:
    """What the sandbox has at the start, so that requests can be about something."""

    def __init__(self, sandbox: SandboxServer) -> None:
        self._gate = sandbox.gateway
        self._terminal = self._gate.terminals.create(
            TerminalRequest(
                name="Касса",
                alias=ALIAS,
                description="",
                fixed=False,
                default_price=0,
                can_comment=False,
            )
        ).id
        paid, closed = self._payment("a" * 32), self._payment("b" * 32)
        self._gate.pay(paid.id)
        self._gate.close_payment(closed.id)
        refund = self._gate.refunds.create(
            RefundRequest(payment_id=paid.id, amount=100, currency=None, reason=None)
        )
        payments = (paid.id, closed.id, self._payment("c" * 32).id)
        self._ids = {
            "GetPayment": payments,
            "ClosePayment": payments,
            "CreateRefund": (paid.id,),
            "GetPaymentByOrder": ("a" * 32, "c" * 32),
            "GetRefund": (refund.id,),
        }

    def _payment(self, order_id: str) -> Payment:
        return self._gate.create_payment(
            PaymentRequest(
                order_id=order_id,
                amount=10**9,
                currency="RUB",
                description=None,
                terminal_id=self._terminal,
                success_url=None,
                fail_url=None,
                custom_parameters=None,
                lines=(),
            )
        )

    def put_in(self, call: str, body: Any, choice: int) -> None:
        """Make a request that fits be about something that is there, its sums to the kopeck."""
        if call in self._ids:
            known = self._ids[call]
            body["id"] = known[choice % len(known)]
        if call == "GetTerminal":
            body["alias"] = ALIAS
        if call == "CreateTerminal" and "defaultPrice" in body:
            body["defaultPrice"] = SUMS[choice]
        if call == "CreateRefund":
            body["refund"] = {**body["refund"], "amount": SUMS[1]}
            body["refund"].pop("currency", None)
        if call == "CreatePayment":
            body["order"]["amount"] = SUMS[choice]
            body["settings"] = {"terminal_id": self._terminal}
        for line in body.get("receipt", ()):
            line.update(price=SUMS[choice], resultPrice=SUMS[-choice], quantity=choice)
            line.pop("discount", None)


def run(
    profile: Profile, call: str, examples: int, first_seed: int = 0, *, file: Path = FILE
) -> Run:
    """So many requests to one call, half of which break the schema.

    Raises the failure of a check, its request made as small as can be.
    """
    schema = schemathesis.openapi.from_path(str(file))
    checks = BY_THE_GUIDE if profile is Profile.SPEC else LIVE
    operation = schema[f"/{call}"]["POST"]
    seen = Run()
    kinds = st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    cases = kinds.flatmap(lambda mode: operation.as_strategy(generation_mode=mode))
    with SandboxServer(profile) as sandbox:
        stock = Stock(sandbox)

        @seed(first_seed)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(cases, st.integers(0, 5))
        def one(case: Any, choice: int) -> None:
            if choice and case.meta.generation.mode is GenerationMode.POSITIVE:
                stock.put_in(call, case.body, choice)
            response = case.call(base_url=sandbox.base_url, headers=access())
            case.validate_response(response, checks=checks)
            seen.requests += 1
            seen.statuses[f"HTTP {response.status_code}"] += 1

        one()
    return seen
