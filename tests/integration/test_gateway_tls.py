"""Rows G14, G16 and security rows 10 and 11: TLS that is refused is refused, and nothing left."""

from __future__ import annotations

import base64
import ssl
import sys
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from cashier.domain.failure import CashierError, Failure
from cashier.gateway.outcome import NotSent, Ok, Outcome
from tests.integration.gateway_samples import (
    CALLS,
    CREATE_PAYMENT,
    HASTY_LIMITS,
    KEY,
    MERCHANT,
    gateway,
    payment,
)
from tests.integration.raw_server import Peer, RawServer, answering, http, silent
from tests.network.proxy import FaultProxy

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def old(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """A server that knows nothing newer than TLS 1.1."""
    context = serving(certificate)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def self_signed(folder: Path) -> ssl.SSLContext:
    alone = trustme.CA()
    path = folder / "alone.pem"
    alone.private_key_pem.write_to_path(str(path))
    alone.cert_pem.write_to_path(str(path), append=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(str(path))
    return context


Bad = Callable[[trustme.CA, Path], ssl.SSLContext | None]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SIX: dict[str, Bad] = {
    "wrong host": lambda ca, _: serving(ca.issue_cert("evil.example")),
    "expired": lambda ca, _: serving(ca.issue_cert("localhost", not_after=LONG_AGO)),
    "self-signed": lambda _, folder: self_signed(folder),
    "unknown authority": lambda _, __: serving(trustme.CA().issue_cert("localhost")),
    "TLS 1.1": lambda ca, _: old(ca.issue_cert("localhost")),
    "plain http": lambda _, __: None,
}
"""What the client must refuse; None speaks no TLS at all."""


async def pay(context: ssl.SSLContext, **changes: Any) -> tuple[Outcome[Any], RawServer]:
    async with RawServer(answering(http(payment())), tls=context) as server:
        gate = gateway(server.url, **changes)
        outcome = await CREATE_PAYMENT(gate)
        await gate.aclose()
    return outcome, server


def assert_refused(outcome: Outcome[Any], server: RawServer, reason: str) -> None:
    assert isinstance(outcome, NotSent)
    assert outcome.failure is Failure.TLS_REFUSED
    # Windows checks certificates itself and says what it found in its own language.
    assert reason in outcome.detail or (sys.platform == "win32" and outcome.detail)
    assert server.requests == []


async def test_an_administrators_ca_file_is_trusted(authority: trustme.CA, ca_file: str) -> None:
    outcome, server = await pay(serving(authority.issue_cert("localhost")), ca_file=ca_file)
    assert isinstance(outcome, Ok)
    assert len(server.requests) == 1


async def test_an_unknown_authority_is_refused(authority: trustme.CA) -> None:
    outcome, server = await pay(serving(authority.issue_cert("localhost")))
    assert_refused(outcome, server, "CERTIFICATE_VERIFY_FAILED")


async def test_another_hosts_certificate_is_refused(authority: trustme.CA, ca_file: str) -> None:
    outcome, server = await pay(serving(authority.issue_cert("evil.example")), ca_file=ca_file)
    assert_refused(outcome, server, "Hostname mismatch")


async def test_g14_an_expired_certificate_is_refused_and_named(
    authority: trustme.CA, ca_file: str
) -> None:
    expired = authority.issue_cert("localhost", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    outcome, server = await pay(serving(expired), ca_file=ca_file)
    assert_refused(outcome, server, "expired")


async def test_a_self_signed_certificate_is_refused(tmp_path: Path, ca_file: str) -> None:
    outcome, server = await pay(self_signed(tmp_path), ca_file=ca_file)
    assert_refused(outcome, server, "self-signed")


async def test_tls_1_1_is_refused(authority: trustme.CA, ca_file: str) -> None:
    outcome, server = await pay(old(authority.issue_cert("localhost")), ca_file=ca_file)
    assert isinstance(outcome, NotSent)
    assert server.requests == []


@pytest.mark.parametrize("way", SIX)
@pytest.mark.parametrize("call", CALLS)
async def test_g16_no_call_lets_a_byte_of_itself_out_to_a_server_that_is_refused(
    authority: trustme.CA, ca_file: str, tmp_path: Path, way: str, call: str
) -> None:
    read = bytearray()

    async def listen(peer: Peer) -> None:
        while data := await peer.reader.read(65536):
            read.extend(data)
            await peer.send(http(payment()))

    context = SIX[way](authority, tmp_path)
    async with RawServer(listen, tls=context) as server, FaultProxy(server.port) as line:
        gate = gateway(f"https://localhost:{line.port}/api/v2", ca_file=ca_file)
        outcome = await CALLS[call][0](gate)
        await gate.aclose()
        await line.settled()
    assert isinstance(outcome, NotSent)
    (flow,) = line.flows
    assert flow.asked.startswith(b"\x16\x03"), "a handshake was begun"
    if context is not None:
        assert read == b"", "the server has read something that was meant for it alone"
    pair = base64.b64encode(f"{MERCHANT}:{KEY}".encode())
    for secret in (KEY.encode(), pair, b"POST", call.encode()):
        assert secret not in flow.asked
        assert secret not in read


async def test_an_alert_about_the_version_is_told() -> None:
    async def told(peer: Peer) -> None:
        await peer.reader.read(10)
        await peer.send(bytes.fromhex("15 0302 0002 0246"))  # fatal: protocol_version
        await peer.reader.read()

    async with RawServer(told) as server:
        gate = gateway(server.url.replace("http:", "https:"))
        outcome = await CREATE_PAYMENT(gate)
        await gate.aclose()
    assert_refused(outcome, server, "PROTOCOL_VERSION")


async def test_tls_1_2_is_accepted(authority: trustme.CA, ca_file: str) -> None:
    context = serving(authority.issue_cert("localhost"))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    outcome, _ = await pay(context, ca_file=ca_file)
    assert isinstance(outcome, Ok)


@pytest.mark.parametrize("call", ["CreatePayment", "CreateRefund", "GetPayment"])
async def test_a_plain_server_where_tls_is_expected_is_refused(call: str) -> None:
    async def plain(peer: Peer) -> None:
        await peer.reader.read(10)
        await peer.send(http(b"<html>Welcome to the hotel</html>"))

    async with RawServer(plain) as server:
        gate = gateway(server.url.replace("http:", "https:"))
        outcome = await CALLS[call][0](gate)
        await gate.aclose()
    assert isinstance(outcome, NotSent)
    assert outcome.failure is Failure.TLS_REFUSED


async def test_a_broken_or_silent_handshake_is_no_link() -> None:
    async def gone(peer: Peer) -> None:
        await peer.reader.read(10)

    for script in (gone, silent):
        async with RawServer(script) as server:
            gate = gateway(server.url.replace("http:", "https:"), limits=HASTY_LIMITS)
            outcome = await CREATE_PAYMENT(gate)
            await gate.aclose()
        assert isinstance(outcome, NotSent)
        assert outcome.failure is Failure.NO_LINK


async def test_certificates_from_the_environment_are_ignored(
    authority: trustme.CA, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", ca_file)
    monkeypatch.setenv("SSL_CERT_DIR", str(Path(ca_file).parent))
    outcome, server = await pay(serving(authority.issue_cert("localhost")))
    assert_refused(outcome, server, "CERTIFICATE_VERIFY_FAILED")


@pytest.mark.parametrize("content", [None, "", "not a certificate"])
async def test_a_ca_file_that_holds_none_is_told_and_nothing_is_sent(
    authority: trustme.CA, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "none.pem"
    if content is not None:
        path.write_text(content, encoding="ascii")
    outcome, server = await pay(serving(authority.issue_cert("localhost")), ca_file=str(path))
    assert_refused(outcome, server, "none.pem")


@pytest.mark.parametrize("url", ["http://api.invoice.su/api/v2", "http://10.0.0.1/api/v2"])
async def test_plain_http_is_for_loopback_only(url: str) -> None:
    with pytest.raises(CashierError) as caught:
        gateway(url)
    assert caught.value.failure is Failure.BASE_URL_INVALID
