"""What holds for every test: no display, no settings of this machine, no network but loopback."""

from __future__ import annotations

import errno
import gc
import ipaddress
import itertools
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in ("CASHIER_MERCHANT_ID", "CASHIER_API_KEY"):
    os.environ.pop(name, None)


class NetworkUsed(RuntimeError):
    """A test tried to leave this machine. Not an OSError, so that no code takes it for weather."""


def _refuse_strangers(host: object) -> None:
    text = host.decode() if isinstance(host, bytes) else host
    if not isinstance(text, str) or text in ("", "localhost"):
        return  # getaddrinfo's "any address"
    try:
        is_loopback = ipaddress.ip_address(text).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise NetworkUsed(f"tests may reach loopback only, not {text}")


def _free_ports() -> Iterator[int]:
    """Each port of this process's range in turn, for ever; all lie below the system's own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return itertools.cycle(range(10_000 + 2_000 * worker, 12_000 + 2_000 * worker))


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """Refuse every connection and name look-up that would leave this machine.

    A free port comes from this process's own range: what a test has closed stays closed, where the
    system could give the same port to a server of another process at once.
    """
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    bind, free_ports = socket.socket.bind, _free_ports()
    look_up = socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple):  # a path is a unix socket
            _refuse_strangers(address[0])
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        if isinstance(address, tuple):
            _refuse_strangers(address[0])
        return connect_ex(self, address)

    def bind_apart(self: socket.socket, address: Any) -> None:
        if not isinstance(address, tuple) or address[1] != 0:
            bind(self, address)
            return
        for port in free_ports:
            try:
                bind(self, (address[0], port, *address[2:]))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
            else:
                return

    def checked_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_strangers(host)
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked_connect)
        patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
        patch.setattr(socket.socket, "bind", bind_apart)
        patch.setattr(socket, "getaddrinfo", checked_getaddrinfo)
        yield


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on the loop that the till runs on."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Keep Python's cyclic collector off every thread but the tests' own.

    Found by the journal's or the network's thread, a dropped window would be taken apart there,
    and the process with it (`cashier.ui.collector` does this in the program).
    """
    gc.disable()
    gc.collect()
    gc.freeze()  # what was imported until here is not looked through again at every collection
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def collect_now_and_then() -> Iterator[None]:
    """Every twentieth test pays for the garbage of all."""
    yield
    _tests_run[0] += 1
    if _tests_run[0] % 20 == 0:
        gc.collect()


_tests_run = [0]
