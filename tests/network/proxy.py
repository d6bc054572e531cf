"""A proxy that spoils: it cuts, slows and slices what passes through it, and keeps all of it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Self

CHUNK = 65536


class Side(Enum):
    """Which way the bytes go that are cut."""

    REQUEST = "request"
    ANSWER = "answer"


class End(Enum):
    """What the client meets at the cut."""

    CLOSE = "close"
    RESET = "reset"
    HALF = "half-close"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Cut:
    """`at` bytes pass on this side, then the end. An answer is cut only once it has begun."""

    side: Side
    at: int
    end: End


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds before the first byte; then `piece` bytes at a time, `pause` seconds apart."""

    latency: float = 0.0
    piece: int = CHUNK
    pause: float = 0.0


AT_ONCE = Pace()


@dataclass(slots=True)
class Flow:
    """One connection as the proxy has seen it.

    `asked`: what came from the client; `passed`: how much of it the server was given; `told`: what
    the client was given.
    """

    asked: bytearray = field(default_factory=bytearray)
    passed: int = 0
    told: bytearray = field(default_factory=bytearray)
    was_cut: bool = False

    @property
    def is_told_whole(self) -> bool:
        """Whether the client was given a whole HTTP answer with its length."""
        head, blank, body = bytes(self.told).partition(b"\r\n\r\n")
        if not blank:
            return False
        lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
        lengths = [int(value) for name, _, value in lines if name == b"content-length"]
        return len(lengths) == 1 and len(body) >= lengths[0]


@dataclass(slots=True)
class _Pipes:
    """The two ends of a connection through the proxy."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    server_reader: asyncio.StreamReader
    server_writer: asyncio.StreamWriter


class FaultProxy:
    """Passes connections on to `port` of this machine and spoils those whose request says `only`.

    Every connection is cut by the same `cut`; `flows` are the connections in order.
    """

    def __init__(
        self, port: int, cut: Cut | None = None, *, pace: Pace = AT_ONCE, only: bytes = b""
    ) -> None:
        self.cut = cut
        self.flows: list[Flow] = []
        self.port = 0
        self._server_port = port
        self._pace = pace
        self._only = only
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
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
        await self.settled()
        await self._server.wait_closed()

    async def settled(self) -> None:
        """Wait until every connection is over."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flow = Flow()
        self.flows.append(flow)
        try:
            server = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            _reset(writer)
            return
        pipes = _Pipes(reader, writer, *server)
        try:
            with contextlib.suppress(OSError):
                await self._pass_on(pipes, flow)
        finally:
            for one in (writer, pipes.server_writer):
                one.close()
                with contextlib.suppress(OSError):
                    await one.wait_closed()

    async def _pass_on(self, pipes: _Pipes, flow: Flow) -> None:
        first, cut = b"", self.cut
        if self._only:
            first = await pipes.reader.read(CHUNK)
            flow.asked += first
            cut = self.cut if self._only in first else None
        reached = asyncio.Event()
        there = asyncio.ensure_future(self._ask(pipes, flow, cut, reached, first))
        back = asyncio.ensure_future(self._tell(pipes, flow, cut, reached))
        cutting = asyncio.ensure_future(reached.wait())
        tasks = (there, back, cutting)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if cut is not None and reached.is_set():
            flow.was_cut = True
            await _end(pipes, flow, cut.end)

    async def _ask(
        self, pipes: _Pipes, flow: Flow, cut: Cut | None, reached: asyncio.Event, first: bytes
    ) -> None:
        """The client's bytes to the server."""
        left = cut.at if cut is not None and cut.side is Side.REQUEST else None
        if left == 0:
            return reached.set()
        async for data in _read(pipes.reader, flow, first):
            part = data if left is None else data[:left]
            async for piece in self._paced(part, is_first=not flow.passed):
                pipes.server_writer.write(piece)
                flow.passed += len(piece)
                await pipes.server_writer.drain()
            if left is not None:
                left -= len(part)
                if left == 0:
                    return reached.set()
        return None

    async def _tell(
        self, pipes: _Pipes, flow: Flow, cut: Cut | None, reached: asyncio.Event
    ) -> None:
        """The server's bytes to the client."""
        left = cut.at if cut is not None and cut.side is Side.ANSWER else None
        while data := await pipes.server_reader.read(CHUNK):
            part = data if left is None else data[:left]
            async for piece in self._paced(part, is_first=not flow.told):
                flow.told += piece
                pipes.writer.write(piece)
                await pipes.writer.drain()
            if left is not None:
                left -= len(part)
                if left == 0:
                    return reached.set()
        return None

    async def _paced(self, data: bytes, *, is_first: bool) -> AsyncIterator[bytes]:
        if is_first and self._pace.latency:
            await asyncio.sleep(self._pace.latency)
        for at in range(0, len(data), self._pace.piece):
            yield data[at : at + self._pace.piece]
            if self._pace.pause:
                await asyncio.sleep(self._pace.pause)


async def _read(reader: asyncio.StreamReader, flow: Flow, first: bytes) -> AsyncIterator[bytes]:
    """What the client sends, kept; `first` has been read and kept already."""
    if first:
        yield first
    while data := await reader.read(CHUNK):
        flow.asked += data
        yield data


async def _end(pipes: _Pipes, flow: Flow, end: End) -> None:
    match end:
        case End.CLOSE:
            pipes.writer.close()
        case End.RESET:
            _reset(pipes.writer)
            _reset(pipes.server_writer)
        case End.HALF:
            pipes.server_writer.close()
            pipes.writer.write_eof()
            await _swallow(pipes.reader, flow)
        case End.SILENCE:
            await _swallow(pipes.reader, flow)


async def _swallow(reader: asyncio.StreamReader, flow: Flow) -> None:
    """Take everything until the client leaves."""
    async for _ in _read(reader, flow, b""):
        continue


def _reset(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
