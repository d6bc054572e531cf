"""A server of one's own bytes: it accepts, takes what is sent, and answers exactly as told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self


class Peer:
    """One connection, seen from the server."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, taken: list[bytes]
    ) -> None:
        self.reader = reader
        self.writer = writer
        self._taken = taken

    async def request(self) -> bytes:
        """The whole next request. Raises EOFError when the client leaves instead."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        request = head + await self.reader.readexactly(length)
        self._taken.append(request)
        return request

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """Break the connection off with a RST."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Script = Callable[[Peer], Awaitable[None]]


class RawServer:
    """Plays one script per connection; the last one again and again.

    `requests` are those taken whole, `connections` counts what was accepted.
    """

    def __init__(self, *scripts: Script, tls: ssl.SSLContext | None = None) -> None:
        self._scripts = list(scripts)
        self._tls = tls
        self._tasks: set[asyncio.Task[None]] = set()
        self.requests: list[bytes] = []
        self.connections = 0
        self.port = 0

    @property
    def url(self) -> str:
        scheme = "http" if self._tls is None else "https"
        return f"{scheme}://localhost:{self.port}/api/v2"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", 0, ssl=self._tls, limit=2**22
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        script = self._scripts[min(self.connections, len(self._scripts) - 1)]
        self.connections += 1
        task = asyncio.ensure_future(self._play(script, Peer(reader, writer, self.requests)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # A task that is cancelled before its first step does not come to its own end.
        task.add_done_callback(lambda _: writer.close())

    async def _play(self, script: Script, peer: Peer) -> None:
        try:
            with contextlib.suppress(OSError, EOFError):
                await script(peer)
        finally:
            peer.writer.close()
            with contextlib.suppress(OSError):
                await peer.writer.wait_closed()


def http(
    body: bytes | dict[str, object],
    status: int = 200,
    *,
    headers: str = "",
    length: int | None = None,
) -> bytes:
    """An answer of HTTP/1.1, its length right unless said otherwise."""
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    size = len(raw) if length is None else length
    head = f"HTTP/1.1 {status} Told\r\nContent-Length: {size}\r\n{headers}\r\n"
    return head.encode() + raw


def answering(*answers: bytes) -> Script:
    """Take a request and send the next of `answers`, then close."""

    async def script(peer: Peer) -> None:
        for answer in answers:
            await peer.request()
            await peer.send(answer)

    return script


async def silent(peer: Peer) -> None:
    """Take whatever comes and never say anything."""
    while await peer.reader.read(4096):
        pass


async def deaf(peer: Peer) -> None:
    """Take a request and close without an answer."""
    await peer.request()


async def hanging_up(peer: Peer) -> None:
    """Break off as soon as the first bytes are there."""
    await peer.reader.read(1)
    peer.reset()
