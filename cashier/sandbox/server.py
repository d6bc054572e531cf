"""The gateway as a server in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import h11
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from cashier.sandbox.answers import Addresses
from cashier.sandbox.api import Api
from cashier.sandbox.control import Control
from cashier.sandbox.delivery import TRANSPORT
from cashier.sandbox.memory import Memory
from cashier.sandbox.page import Page
from cashier.sandbox.state import Gateway, utc_now
from cashier.sandbox.values import DEMO_API_KEY, DEMO_MERCHANT_ID, Profile

_KEEP_ALIVE = 30
_REQUEST_LIMIT = 30.0
_START_LIMIT = 10.0
_STOP_LIMIT = 5.0
_LOOK_AGAIN = 0.002
_ACCEPT_TURNS = 100
"""Turns of the loop; an accepted connection is in after three."""


def application(gateway: Gateway, addresses: Addresses, *, stopping: asyncio.Event) -> ASGIApp:
    """The API, the payment page and the control API as one ASGI application."""
    api = Api(gateway, addresses, stopping=stopping)
    routes = [
        Route("/api/v2/{method}", endpoint=api),
        *Control(gateway, addresses).routes(),
        *Page(gateway).routes(),
    ]
    app = Starlette(routes=routes)

    async def dated(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(gateway.clock(), usegmt=True).encode()
                message = {**message, "headers": [*message.get("headers", []), (b"date", date)]}
            await send(message)

        await app(scope, receive, send_dated)

    return dated


class SandboxServer:
    """The Invoice gateway on a socket of this machine, with its own thread and loop.

    Port 0 takes a free one at the first start and keeps it, so that a stopped gateway comes back
    where it was, with all it knew. `clock` gives moments in UTC and rules expiry and the Date
    header. Any other host than loopback needs `public_url`, the address that payers reach.
    With a `state_file` the next server on that file comes back with all that too; where its port
    has been taken since, port 0 takes another free one. A damaged file is put aside. A request has
    to be here whole within `request_limit` seconds, or its connection is closed.
    Raises ValueError for such a host alone, OSError when the port is taken.
    """

    def __init__(
        self,
        profile: Profile | str = Profile.LIVE,
        *,
        merchant_id: str = DEMO_MERCHANT_ID,
        api_key: str = DEMO_API_KEY,
        host: str = "127.0.0.1",
        port: int = 0,
        public_url: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        state_file: Path | None = None,
        request_limit: float = _REQUEST_LIMIT,
    ) -> None:
        if public_url is None and not is_loopback_host(host):
            raise ValueError("a host other than loopback needs a public URL")
        self.gateway = Gateway(
            Profile(profile),
            merchant_id=merchant_id,
            api_key=api_key,
            clock=clock,
            memory=None if state_file is None else Memory(state_file, Profile(profile)),
        )
        self._host = host
        self._port = port
        self._public_url = public_url
        self._request_limit = request_limit
        self._running: _Running | None = None

    @property
    def root(self) -> str:
        """The server's own address, no slash at its end. Raises RuntimeError before start."""
        if self._port == 0:
            raise RuntimeError("the sandbox has not been started")
        host = f"[{self._host}]" if ":" in self._host else self._host
        reachable = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104
        return f"http://{reachable}:{self._port}"

    @property
    def addresses(self) -> Addresses:
        return Addresses((self._public_url or self.root).rstrip("/"), self.gateway.profile)

    @property
    def base_url(self) -> str:
        """What a till is given, ending in /api/v2."""
        return self.addresses.base_url

    @property
    def control_url(self) -> str:
        """The control API, for this machine alone."""
        return f"{self.root}/control"

    def start(self) -> None:
        """Listen and answer. Does nothing when running. Raises OSError."""
        if self._running is not None:
            return
        listener = self._listener()
        self._port = listener.getsockname()[1]
        self.gateway.listens_on(self._port)
        self._running = _Running(
            self.gateway, self.addresses, listener, request_limit=self._request_limit
        )

    def _listener(self) -> socket.socket:
        remembered = self.gateway.last_port
        if self._port == 0 and remembered != 0:
            with contextlib.suppress(OSError):  # somebody else has it now
                return _listen(self._host, remembered)
        return _listen(self._host, self._port)

    def stop(self) -> None:
        """Close every connection and end the thread. Does nothing when not running."""
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def is_loopback_host(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_public_url(text: str) -> bool:
    """An http(s) address with a host and without a query, user or fragment."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or "@" in parts.netloc or " " in text)
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = found[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


class _Connection(H11Protocol):
    """Hands its transport to the application, which may have to break it.

    Closes itself when a request is not here whole `request_limit` seconds after the connection, or
    after the request's first byte: uvicorn itself would wait for the rest for ever.
    It waits for nothing before it sends: on Windows asyncio leaves TCP_NODELAY off.
    """

    def __init__(self, *arguments: Any, request_limit: float, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._request_limit = request_limit
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        line = transport.get_extra_info("socket")
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app_state = {**self.app_state, TRANSPORT: transport}
        super().connection_made(transport)
        self._begin_request(transport)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._begin_request(self.transport)
        else:
            self._end_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_request()
        super().connection_lost(exc)

    def _begin_request(self, transport: asyncio.Transport) -> None:
        if self._deadline is None and not transport.is_closing():
            self._deadline = self.loop.call_later(self._request_limit, transport.close)

    def _end_request(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class _Server(uvicorn.Server):
    """Ends when told, not at the next tenth of a second."""

    def __init__(self, config: uvicorn.Config, *, ready: threading.Event) -> None:
        super().__init__(config)
        self.stopping = asyncio.Event()
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.stopping.wait()
        for _ in range(_ACCEPT_TURNS):
            if not self._is_accepting():
                return
            await asyncio.sleep(0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's own, but without its tenths of a second."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110  nothing tells
                    await asyncio.sleep(_LOOK_AGAIN)
                for server in self.servers:
                    await server.wait_closed()
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()

    def _is_accepting(self) -> bool:
        """Whether a connection is on its way in; one that meets a closed server is never closed."""
        return bool(asyncio.all_tasks() - self.server_state.tasks - {asyncio.current_task()})


class _Running:
    """One run of the server, from the listening socket to the end of its thread."""

    def __init__(
        self,
        gateway: Gateway,
        addresses: Addresses,
        listener: socket.socket,
        *,
        request_limit: float,
    ) -> None:
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._listener = listener
        config = uvicorn.Config(
            self._application,
            interface="asgi3",
            http=partial(_Connection, request_limit=request_limit),  # type: ignore[arg-type] # is called only
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config, ready=self._ready)
        self._app = application(gateway, addresses, stopping=self._server.stopping)
        self._thread = threading.Thread(target=self._run, name="invoice-sandbox", daemon=True)
        self._thread.start()
        if not self._ready.wait(_START_LIMIT):
            raise RuntimeError("the sandbox did not start")

    async def _application(self, scope: Any, receive: Any, send: Any) -> None:
        await self._app(scope, receive, send)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._server.serve(sockets=[self._listener]))

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._server.stopping.set)
        self._thread.join(_STOP_LIMIT)
        if self._thread.is_alive():
            raise RuntimeError("the sandbox did not stop")
