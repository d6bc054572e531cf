"""A request that never comes whole is not waited for: its connection is closed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from cashier.sandbox.server import SandboxServer

LIMIT = 0.3
HEAD = b"POST /api/v2/GetPayment HTTP/1.1\r\nHost: sandbox\r\nContent-Length: 20\r\n"
WHOLE = b"GET /control/state HTTP/1.1\r\nHost: sandbox\r\n\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    with SandboxServer(request_limit=LIMIT) as running:
        yield running


def connected(server: SandboxServer) -> socket.socket:
    host, port = server.root.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def all_of(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    found = b""
    while data := connection.recv(65536):
        found += data
    return found


def is_open_after(connection: socket.socket, seconds: float) -> bool:
    """Whether nobody has closed it by then; what comes meanwhile is read away."""
    connection.settimeout(seconds)
    try:
        all_of(connection)
    except TimeoutError:
        connection.settimeout(10)
        return True
    return False


@pytest.mark.parametrize(
    "sent",
    [b"", b"POST /api/v2/GetPay", HEAD, HEAD + b"\r\n", HEAD + b"\r\n{"],
    ids=["nothing", "half a line", "half a head", "no body", "half a body"],
)
def test_half_a_request_ends_with_its_connection(server: SandboxServer, sent: bytes) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(sent)
        assert b"200 OK" not in all_of(connection)


def test_one_that_comes_byte_by_byte_gains_nothing(server: SandboxServer) -> None:
    with closing(connected(server)) as connection:
        connection.settimeout(LIMIT / 10)
        sent = 0
        while sent < 200:
            try:
                connection.sendall(b"G")
                sent += 1
                if connection.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        assert 0 < sent < 40


def test_a_second_half_request_on_a_kept_connection_ends_too(server: SandboxServer) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(WHOLE)
        assert connection.recv(65536).startswith(b"HTTP/1.1 ")
        connection.sendall(HEAD)
        all_of(connection)


def test_a_whole_request_is_answered_and_its_connection_is_kept(server: SandboxServer) -> None:
    with closing(connected(server)) as connection:
        for _ in range(2):
            connection.sendall(WHOLE)
            assert connection.recv(65536).startswith(b"HTTP/1.1 ")
            assert is_open_after(connection, LIMIT * 2)
