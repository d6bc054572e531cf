"""The server's own life: starting, stopping, coming back, and where it listens."""

from __future__ import annotations

import gc
import socket
import time
from contextlib import closing

import httpx
import pytest

from cashier.sandbox.server import SandboxServer
from tests.sandbox_probe import is_taken, plain_client, sandbox


def test_the_server_stops_at_once_with_connections_open_and_answers_pending() -> None:
    with sandbox() as probe:
        probe.payment()
        probe.gateway.faults.plan("GetPayment", "delay", seconds=600)
        with pytest.raises(httpx.ReadTimeout):
            probe.http.post("/GetPayment", json={"id": "0"}, timeout=0.05)
        probe.gateway.faults.plan("GetPayment", "drip", seconds=600)
        with pytest.raises(httpx.ReadTimeout):
            probe.http.post("/GetPayment", json={"id": "0"}, timeout=0.05)
        port = httpx.URL(probe.server.base_url).port
        with closing(socket.create_connection(("127.0.0.1", port))) as silent:
            silent.sendall(b"POST /api/v2/GetPayment HTTP/1.1\r\nHost: a\r\nContent-")
            start = time.monotonic()
            probe.server.stop()

            assert time.monotonic() - start < 1.5


def test_a_client_that_comes_while_the_server_stops_leaves_nothing_open() -> None:
    """Warnings are errors, and an open socket warns when it is collected."""
    for _ in range(10):
        server = SandboxServer()
        server.start()
        port = httpx.URL(server.base_url).port
        with closing(socket.create_connection(("127.0.0.1", port))) as late:
            late.sendall(b"POST /api")
            server.stop()
    gc.collect()


def test_a_gateway_that_was_away_comes_back_where_it_was() -> None:
    with sandbox() as probe:
        made = probe.payment()
        probe.server.stop()
        with pytest.raises(httpx.TransportError):
            probe.call("GetPayment", {"id": made["id"]})

        probe.server.start()

        assert probe.call("GetPayment", {"id": made["id"]}) == made


def test_a_taken_port_is_an_os_error() -> None:
    with SandboxServer() as first:
        port = httpx.URL(first.base_url).port or 0
        with pytest.raises(OSError, check=is_taken):
            SandboxServer(port=port).start()


def test_a_host_other_than_loopback_needs_a_public_url() -> None:
    with pytest.raises(ValueError, match="public URL"):
        SandboxServer(host="0.0.0.0")


def test_a_public_url_stands_in_every_link() -> None:
    with SandboxServer(public_url="https://pay.example.com/till/") as server:
        with plain_client(server.root + "/api/v2", auth=_pair(server)) as client:
            made = client.post("/CreateTerminal", json={"name": "A"}).json()
            body = {"order": {"amount": 1}, "settings": {"terminal_id": made["id"]}}
            bill = client.post("/CreatePayment", json=body).json()

        assert server.base_url == "https://pay.example.com/till/api/v2"
        assert made["link"] == f"https://pay.example.com/till/T{made['id']}"
        assert bill["payment_url"] == f"https://pay.example.com/till/P{bill['id']}"


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 loopback")
def test_the_server_listens_on_ipv6_too() -> None:
    with SandboxServer(host="::1") as server:
        assert server.base_url.startswith("http://[::1]:")
        with plain_client(server.base_url, auth=_pair(server)) as client:
            assert client.post("/GetPayment", json={"id": "0"}).json()["error"] == 7


def _pair(server: SandboxServer) -> tuple[str, str]:
    return (server.gateway.merchant_id, server.gateway.api_key)
