"""Sends an answer over its connection: whole, or as broken as a planned fault wants it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from cashier.sandbox.faults import Fault, PlannedFault

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"

_FIREWALL = (
    "<!DOCTYPE html><html><head><title>Request Rejected</title></head>"
    "<body>The requested URL was rejected. Your support ID is 1021.</body></html>"
)
_BROKEN = "<!DOCTYPE html><html><body><h1>Internal Server Error</h1></body></html>"

TRANSPORT = "sandbox.transport"
"""Where the server puts a connection's transport in `scope["state"]`."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes
    content_type: str = JSON
    location: str | None = None


class Delivery:
    """One request's connection. `stopping` ends every wait at once."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, *, stopping: asyncio.Event
    ) -> None:
        self._receive = receive
        self._send = send
        self._stopping = stopping
        self._transport: asyncio.Transport | None = scope.get("state", {}).get(TRANSPORT)

    async def pause(self, seconds: float) -> None:
        """Wait; the end of the server cuts it short."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def deliver(self, reply: Reply) -> None:
        await self._start(reply)
        await self._send({"type": "http.response.body", "body": reply.body})

    async def _start(self, reply: Reply) -> None:
        headers = [(b"content-length", str(len(reply.body)).encode())]
        if reply.body:
            headers.append((b"content-type", reply.content_type.encode()))
        if reply.location is not None:
            headers.append((b"location", reply.location.encode("latin-1", "replace")))
        headers.append((b"cache-control", b"no-store"))
        await self._send(
            {"type": "http.response.start", "status": reply.status, "headers": headers}
        )

    async def drop(self) -> None:
        """Close the connection and wait until it is gone."""
        if self._transport is None:
            raise ConnectionAbortedError("this server cannot close its connections")
        self._transport.close()
        while (await self._receive())["type"] != "http.disconnect":
            continue

    async def deliver_spoiled(self, reply: Reply, planned: PlannedFault, *, root: str) -> None:
        """Send the reply with the fault; a fault of content was applied to it before."""
        match planned.fault:
            case Fault.DROP_BEFORE | Fault.DROP_AFTER:
                await self.drop()
            case Fault.DELAY:
                await self.pause(planned.seconds)
                await self.deliver(reply)
            case Fault.HANG_UP:
                await self.deliver(reply)
                if self._transport is not None:
                    self._transport.close()
            case Fault.CUT_BODY:
                await self._start(reply)
                half = reply.body[: len(reply.body) // 2]
                await self._send({"type": "http.response.body", "body": half, "more_body": True})
                await self.drop()
            case Fault.DRIP:
                await self._drip(reply, planned.seconds)
            case _:
                await self.deliver(_replaced(reply, planned, root))

    async def _drip(self, reply: Reply, seconds: float) -> None:
        await self._start(reply)
        for at in range(len(reply.body)):
            if self._stopping.is_set() or (self._transport and self._transport.is_closing()):
                return await self.drop()
            part = reply.body[at : at + 1]
            await self._send({"type": "http.response.body", "body": part, "more_body": True})
            await self.pause(seconds)
        return await self._send({"type": "http.response.body", "body": b""})


def _replaced(reply: Reply, planned: PlannedFault, root: str) -> Reply:
    text = planned.text
    match planned.fault:
        case Fault.STATUS_500:
            return Reply(planned.status or 500, (text or _BROKEN).encode(), HTML)
        case Fault.HTML:
            return Reply(planned.status or 200, (text or _FIREWALL).encode(), HTML)
        case Fault.BAD_JSON:
            return Reply(planned.status or 200, reply.body[:-1] + b",,")
        case Fault.EMPTY:
            return Reply(planned.status or 200, b"")
        case Fault.RAW:
            return Reply(planned.status or 200, (text or "").encode("utf-8", "surrogatepass"))
        case Fault.REDIRECT:
            target = text or f"{root}/api/v2/Redirected"
            return Reply(planned.status or 302, b"", location=target)
        case _:
            return Reply(planned.status or reply.status, reply.body)
