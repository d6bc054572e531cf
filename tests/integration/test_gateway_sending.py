"""What leaves, what is proved not to have left, and what nobody can know (rows G16, G23, G24)."""

from __future__ import annotations

import base64
import json
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

import anyio
import pytest

import cashier
from cashier.clock import SystemClock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.gateway.outcome import Contact, NotSent, Ok, RawAnswer, Unknown
from cashier.gateway.requests import Expected, NewPayment
from tests.integration.gateway_samples import (
    CALLS,
    CREATE_PAYMENT,
    EXPECTED,
    GET_PAYMENT,
    HASTY_LIMITS,
    KEY,
    MERCHANT,
    NEW_PAYMENT,
    PAYMENT_ID,
    RECEIPT,
    Key,
    gateway,
    payment,
)
from tests.integration.raw_server import (
    Peer,
    RawServer,
    answering,
    deaf,
    hanging_up,
    http,
    silent,
)

pytestmark = pytest.mark.anyio
each_call = pytest.mark.parametrize("call", list(CALLS))


@each_call
async def test_each_call_posts_once_with_basic_auth_and_reads_its_answer(call: str) -> None:
    act, told = CALLS[call]
    async with RawServer(answering(http(told))) as server:
        gate = gateway(server.url)
        outcome = await act(gate)
        await gate.aclose()
    assert isinstance(outcome, Ok)
    (request,) = server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    assert lines[0] == f"POST /api/v2/{call} HTTP/1.1"
    assert headers["host"] == f"localhost:{server.port}"
    token = base64.b64encode(f"{MERCHANT}:{KEY}".encode()).decode()
    assert headers["authorization"] == f"Basic {token}"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["user-agent"] == f"Cashier/{cashier.__version__}"
    assert isinstance(json.loads(body), dict)


@each_call
async def test_g16_a_refused_port_is_proved_unsent(call: str) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gate = gateway(f"http://127.0.0.1:{port}/api/v2")
    outcome = await CALLS[call][0](gate)
    await gate.aclose()
    assert isinstance(outcome, NotSent)
    assert outcome.failure is Failure.NO_LINK


@contextmanager
def full_backlog() -> Iterator[int]:
    """A port whose queue is full, so that a connection is neither taken nor refused."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
        for one in waiting:
            one.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse at a full queue")
@pytest.mark.parametrize("call", ["CreatePayment", "CreateRefund", "GetPayment"])
async def test_g16_a_connect_time_out_is_proved_unsent(call: str) -> None:
    with full_backlog() as port:
        gate = gateway(f"http://127.0.0.1:{port}/api/v2", limits=HASTY_LIMITS)
        outcome = await CALLS[call][0](gate)
        await gate.aclose()
    assert isinstance(outcome, NotSent)
    assert outcome.failure is Failure.NO_LINK


@each_call
@pytest.mark.parametrize(
    ("script", "failure"),
    [(hanging_up, Failure.CONNECTION_BROKEN), (deaf, Failure.CONNECTION_BROKEN)],
    ids=["reset", "closed"],
)
async def test_a_connection_that_breaks_after_the_first_byte_is_unknown(
    call: str, script: object, failure: Failure
) -> None:
    assert callable(script)
    async with RawServer(script) as server:
        gate = gateway(server.url)
        outcome = await CALLS[call][0](gate)
        await gate.aclose()
    assert outcome == Unknown(failure)
    assert server.connections == 1, "nothing ever repeats a call"


@each_call
async def test_silence_after_the_request_is_unknown(call: str) -> None:
    async with RawServer(silent) as server:
        gate = gateway(server.url, limits=HASTY_LIMITS)
        outcome = await CALLS[call][0](gate)
        await gate.aclose()
    assert outcome == Unknown(Failure.TIMED_OUT)
    assert server.connections == 1


@pytest.mark.parametrize("call", ["CreatePayment", "GetPayment"])
async def test_g23_a_slow_drip_ends_at_the_total_deadline(call: str) -> None:
    act, told = CALLS[call]

    async def drip(peer: Peer) -> None:
        await peer.request()
        for byte in http(told):
            await peer.send(bytes([byte]))
            await anyio.sleep(0.02)

    async with RawServer(drip) as server:
        gate = gateway(server.url, limits=HASTY_LIMITS)
        with anyio.fail_after(2):
            outcome = await act(gate)
        await gate.aclose()
    assert isinstance(outcome, Unknown)
    assert outcome.failure is Failure.TIMED_OUT


async def test_g21_an_answer_cut_anywhere_is_never_taken_for_a_payment() -> None:
    whole = http(payment())
    places = [*range(0, len(whole), 6), len(whole) - 2, len(whole) - 1]
    cuts = iter(places)

    async def cut(peer: Peer) -> None:
        await peer.request()
        await peer.send(whole[: next(cuts)])

    async with RawServer(cut) as server:
        gate = gateway(server.url)
        for _ in places:
            outcome = await CREATE_PAYMENT(gate)
            assert isinstance(outcome, Unknown)
            assert outcome.failure is Failure.CONNECTION_BROKEN
        await gate.aclose()
    assert server.connections == len(places)


async def test_the_part_of_a_cut_answer_that_came_is_kept() -> None:
    kept: list[RawAnswer] = []

    async def keep(raw: RawAnswer) -> None:
        kept.append(raw)

    async with RawServer(answering(http(b'{"id": "1', length=500))) as server:
        gate = gateway(server.url)
        outcome = await gate.create_payment(NEW_PAYMENT, keep=keep)
        await gate.aclose()
    assert outcome == Unknown(Failure.CONNECTION_BROKEN, 200)
    assert [(raw.call, raw.http_status, raw.body) for raw in kept] == [
        ("CreatePayment", 200, b'{"id": "1')
    ]


async def test_reads_share_a_connection_and_creates_have_their_own() -> None:
    told = http(payment())
    async with RawServer(answering(told, told, told)) as server:
        gate = gateway(server.url)
        await GET_PAYMENT(gate)
        await GET_PAYMENT(gate)
        assert server.connections == 1
        for expected in (2, 3):
            assert isinstance(await CREATE_PAYMENT(gate), Ok)
            assert server.connections == expected
        assert isinstance(await GET_PAYMENT(gate), Ok)
        assert server.connections == 3
        await gate.aclose()


async def test_g24_a_kept_connection_that_died_meanwhile_is_replaced_before_anything_is_sent() -> (
    None
):
    async with RawServer(answering(http(payment()))) as server:
        gate = gateway(server.url)
        for _ in range(3):
            assert isinstance(await GET_PAYMENT(gate), Ok)
            await anyio.wait_all_tasks_blocked()
        await gate.aclose()
    assert server.connections == 3
    assert len(server.requests) == 3


async def test_g24_a_kept_connection_that_dies_under_a_request_is_unknown_and_not_sent_again() -> (
    None
):
    async def once(peer: Peer) -> None:
        await peer.request()
        await peer.send(http(payment()))
        await peer.request()
        peer.reset()

    async with RawServer(once) as server:
        gate = gateway(server.url)
        assert isinstance(await GET_PAYMENT(gate), Ok)
        assert await GET_PAYMENT(gate) == Unknown(Failure.CONNECTION_BROKEN)
        await gate.aclose()
    assert (server.connections, len(server.requests)) == (1, 2)


@pytest.mark.parametrize(
    "call", ["CreatePayment", "CreateRefund", "ClosePayment", "CreateTerminal"]
)
async def test_a_cancelled_caller_does_not_tear_a_call_that_changes_something(call: str) -> None:
    act, told = CALLS[call]
    arrived, may_answer = anyio.Event(), anyio.Event()
    seen: list[object] = []

    async def slow(peer: Peer) -> None:
        await peer.request()
        arrived.set()
        await may_answer.wait()
        await peer.send(http(told))

    async with RawServer(slow) as server:
        gate = gateway(server.url, observe=seen.append)
        outcomes = []

        async def call_it() -> None:
            outcomes.append(await act(gate))

        async with anyio.create_task_group() as group:
            group.start_soon(call_it)
            await arrived.wait()
            group.cancel_scope.cancel()
            may_answer.set()
        await gate.aclose()
    assert isinstance(outcomes[0], Ok)
    assert len(seen) == 1


async def test_what_is_kept_is_kept_even_when_the_caller_is_cancelled() -> None:
    kept = []
    arrived, may_answer = anyio.Event(), anyio.Event()

    async def slow(peer: Peer) -> None:
        await peer.request()
        arrived.set()
        await may_answer.wait()
        await peer.send(http(payment()))

    async def keep(raw: RawAnswer) -> None:
        await anyio.lowlevel.checkpoint()
        kept.append(raw)

    async def pay() -> None:
        await gate.create_payment(NEW_PAYMENT, keep=keep)

    async with RawServer(slow) as server:
        gate = gateway(server.url)
        async with anyio.create_task_group() as group:
            group.start_soon(pay)
            await arrived.wait()
            group.cancel_scope.cancel()
            may_answer.set()
        await gate.aclose()
    assert len(kept) == 1


async def test_a_cancelled_read_ends_at_once() -> None:
    async with RawServer(silent) as server:
        gate = gateway(server.url)
        with anyio.move_on_after(0.2) as scope, anyio.fail_after(2):
            await GET_PAYMENT(gate)
        assert scope.cancelled_caught
        await gate.aclose()


async def test_trouble_in_keeping_goes_to_the_caller() -> None:
    async def keep(raw: RawAnswer) -> None:
        raise CashierError(Failure.DISK_FULL, free_mib=0)

    async with RawServer(answering(http(payment()))) as server:
        gate = gateway(server.url)
        with pytest.raises(CashierError, match="disk_full"):
            await gate.create_payment(NEW_PAYMENT, keep=keep)
        await gate.aclose()


async def test_p13_what_the_guide_forbids_is_never_sent() -> None:
    wrong = NewPayment("6e4e", Money(1), "", "45", RECEIPT.priced)
    async with RawServer(deaf) as server:
        gate = gateway(server.url)
        with pytest.raises(CashierError, match="field_invalid"):
            await gate.create_payment(wrong)
        with pytest.raises(CashierError, match="field_invalid"):
            await gate.get_payment("", expect=Expected())
        await gate.aclose()
    assert server.connections == 0


@pytest.mark.parametrize(
    "changes", [{"api_key": Key("")}, {"merchant_id": " "}], ids=["key", "merchant"]
)
async def test_nothing_is_sent_without_a_key(changes: dict[str, object]) -> None:
    async with RawServer(deaf) as server:
        gate = gateway(server.url, **changes)
        with pytest.raises(CashierError, match="no_key"):
            await CREATE_PAYMENT(gate)
    assert server.connections == 0


class SteppingClock(SystemClock):
    """Half a second between any two looks at it."""

    def __init__(self) -> None:
        self._ticks = count()

    def utc(self) -> datetime:
        return datetime(2026, 7, 20, 19, 19, 10, tzinfo=UTC)

    def monotonic(self) -> float:
        return next(self._ticks) / 2


async def test_every_exchange_is_observed_with_its_latency_and_the_gateways_clock() -> None:
    seen: list[Contact] = []
    dated = "Date: Mon, 20 Jul 2026 19:21:10 GMT\r\n"
    scripts = (
        answering(http(payment(), headers=dated)),
        answering(http({"error": 0})),
        answering(http({"error": 7})),
        deaf,
        answering(http(b"<html>", 502)),
    )
    async with RawServer(*scripts) as server:
        clock = SteppingClock()
        gate = gateway(server.url, clock=clock, observe=seen.append)
        outcome = await CREATE_PAYMENT(gate)
        for _ in range(4):
            await gate.close_payment(PAYMENT_ID, expect=EXPECTED)
        await gate.aclose()
    assert isinstance(outcome, Ok)
    assert outcome.skew == timedelta(minutes=2).total_seconds()
    at = clock.utc()
    assert seen == [
        Contact(at, None, 0.5, 120.0),
        Contact(at, Failure.KEY_REFUSED, 0.5),
        Contact(at, None, 0.5),
        Contact(at, Failure.CONNECTION_BROKEN),
        Contact(at, Failure.GATEWAY_ERROR, 0.5),
    ]
