"""The key is sent to the gateway and shown nowhere else (security rows 3 and 5)."""

from __future__ import annotations

import base64
import logging
import traceback
from typing import Any

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.gateway.deadlines import Deadlines, Limit
from cashier.gateway.outcome import Ok, RawAnswer, Unknown
from tests.integration.gateway_samples import (
    CALLS,
    KEY,
    MERCHANT,
    NEW_PAYMENT,
    PATIENT_LIMITS,
    gateway,
    payment,
)
from tests.integration.raw_server import (
    RawServer,
    answering,
    deaf,
    hanging_up,
    http,
    silent,
)

pytestmark = pytest.mark.anyio
BRIEF = Limit(0.1, 0.1, 0.1, 0.1)
BRIEF_LIMITS = Deadlines(BRIEF, BRIEF, BRIEF, BRIEF, BRIEF)
TOKEN = base64.b64encode(f"{MERCHANT}:{KEY}".encode()).decode()
ECHO: dict[str, object] = {"error": 1, "description": f"No {KEY}", "additions": {"a": TOKEN}}


async def test_the_key_is_in_no_log_no_repr_and_no_outcome(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[object] = []

    async def keep(raw: RawAnswer) -> None:
        shown.append(raw)

    scripts = (
        silent,
        hanging_up,
        deaf,
        answering(http(ECHO, 400)),
        answering(http(payment(status_description=f"{KEY} {TOKEN}"))),
        answering(b"\x00\x01\x02" + KEY.encode()),
        answering(http(f"<html>{TOKEN}</html>".encode(), 500)),
    )
    for script in scripts:
        async with RawServer(script) as server:
            limits = BRIEF_LIMITS if script is silent else PATIENT_LIMITS
            gate = gateway(server.url, limits=limits, observe=shown.append)
            shown += [gate, vars(gate), await gate.create_payment(NEW_PAYMENT, keep=keep)]
            for act, _ in CALLS.values():
                shown.append(await act(gate))
            shown.append(gate._made)
            await gate.aclose()
        assert KEY not in repr(shown)
    everything = repr(shown) + caplog.text + repr([vars(one) for one in caplog.records])
    assert caplog.records, "the transport did log"
    assert "CreatePayment" in everything
    assert KEY not in everything
    assert TOKEN not in everything


async def test_the_key_is_in_no_exception_and_in_no_frame_of_it() -> None:
    async def keep(raw: RawAnswer) -> None:
        raise CashierError(Failure.JOURNAL_FAULT)

    async with RawServer(answering(http(ECHO))) as server:
        gate = gateway(server.url)
        with pytest.raises(CashierError) as caught:
            await gate.create_payment(NEW_PAYMENT, keep=keep)
        await gate.aclose()
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    text = "".join(told.format())
    assert "journal_fault" in text
    assert "create_payment" in text
    assert KEY not in text.replace(repr(ECHO), "")
    assert TOKEN not in text.replace(repr(ECHO), "")


class Exploding:
    """A transport with a bug of its own, whose message carries everything it was given."""

    async def handle_async_request(self, request: Any) -> Any:
        raise ZeroDivisionError(str(request.headers.raw))

    async def aclose(self) -> None:
        """Nothing to close."""


async def test_a_bug_in_the_transport_is_unknown_and_logged_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    gate = gateway("https://gateway.example", transport=Exploding())
    outcome = await gate.create_payment(NEW_PAYMENT)
    assert outcome == Unknown(Failure.CONNECTION_BROKEN)
    assert "ZeroDivisionError" in caplog.text
    assert TOKEN not in caplog.text


async def test_a_given_transport_carries_the_calls() -> None:
    import httpx

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=payment())

    gate = gateway("https://api.invoice.su/api/v2", transport=httpx.MockTransport(answer))
    assert isinstance(await gate.create_payment(NEW_PAYMENT), Ok)
    await gate.aclose()
