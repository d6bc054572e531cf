"""A proxy is a setting, never taken from the environment, and never sees the key."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from pathlib import Path

import pytest
import trustme

from cashier.domain.failure import Failure
from cashier.gateway.outcome import NotSent, Ok, Unknown
from tests.integration.gateway_samples import (
    CREATE_PAYMENT,
    GET_PAYMENT,
    HASTY_LIMITS,
    KEY,
    gateway,
    payment,
)
from tests.integration.raw_server import (
    Peer,
    RawServer,
    Script,
    answering,
    deaf,
    hanging_up,
    http,
    silent,
)

pytestmark = pytest.mark.anyio
FAR = "https://gateway.example/api/v2"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
    ],
)
async def test_a_proxy_that_refuses_is_proof_that_nothing_was_sent(answer: bytes) -> None:
    for act in (CREATE_PAYMENT, GET_PAYMENT):
        async with RawServer(answering(answer)) as proxy:
            gate = gateway(FAR, proxy=f"http://127.0.0.1:{proxy.port}")
            outcome = await act(gate)
            await gate.aclose()
        assert isinstance(outcome, NotSent)
        assert outcome.failure is Failure.PROXY_REFUSED
        assert proxy.requests[0].startswith(b"CONNECT gateway.example:443 ")
        assert b"authorization" not in proxy.requests[0].lower()


@pytest.mark.parametrize("script", [deaf, hanging_up, silent])
async def test_a_proxy_that_fails_before_the_tunnel_proves_that_nothing_was_sent(
    script: Script,
) -> None:
    async with RawServer(script) as proxy:
        gate = gateway(FAR, proxy=f"http://127.0.0.1:{proxy.port}", limits=HASTY_LIMITS)
        outcome = await CREATE_PAYMENT(gate)
        await gate.aclose()
    assert isinstance(outcome, NotSent)


@pytest.mark.parametrize(
    ("answer", "expected"), [(http(payment()), Ok), (b"", Unknown)], ids=["answered", "cut"]
)
async def test_through_a_tunnel_an_answer_counts_and_a_break_is_unknown(
    answer: bytes, expected: type, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("gateway.example").configure_cert(context)
    passed = bytearray()

    async def pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                passed.extend(data)
                target.write(data)
                await target.drain()
        target.close()

    async def tunnel(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        reader, writer = await asyncio.open_connection("127.0.0.1", far.port)
        try:
            await asyncio.gather(pipe(peer.reader, writer), pipe(reader, peer.writer))
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async with (
        RawServer(answering(answer), tls=context) as far,
        RawServer(tunnel) as proxy,
    ):
        gate = gateway(
            FAR, proxy=f"http://till:word@127.0.0.1:{proxy.port}", ca_file=str(tmp_path / "ca.pem")
        )
        outcome = await CREATE_PAYMENT(gate)
        await gate.aclose()
    assert isinstance(outcome, expected)
    assert len(far.requests) == 1
    assert b"proxy-authorization: basic " in proxy.requests[0].lower()
    assert passed
    assert KEY.encode() not in passed + proxy.requests[0]


async def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    async with RawServer(deaf) as proxy, RawServer(answering(http(payment()))) as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            monkeypatch.setenv(name.lower(), f"http://127.0.0.1:{proxy.port}")
        gate = gateway(server.url)
        assert isinstance(await CREATE_PAYMENT(gate), Ok)
        await gate.aclose()
    assert proxy.connections == 0


async def test_this_machine_is_reached_without_the_proxy() -> None:
    async with RawServer(deaf) as proxy, RawServer(answering(http(payment()))) as server:
        gate = gateway(server.url, proxy=f"http://127.0.0.1:{proxy.port}")
        assert isinstance(await CREATE_PAYMENT(gate), Ok)
        await gate.aclose()
    assert proxy.connections == 0
