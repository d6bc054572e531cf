"""Cuts a connection that is encrypted, from the first byte of its handshake on."""

from __future__ import annotations

import asyncio
import ssl
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

from cashier.gateway.outcome import NotSent, Ok, Outcome
from tests.integration.gateway_samples import CREATE_PAYMENT, KEY, gateway, payment
from tests.integration.raw_server import Peer, RawServer, http
from tests.network.cuts import PATIENT, Tally, groups, limits
from tests.network.proxy import Cut, End, FaultProxy, Flow, Side

BRIEF = 0.5
"""Seconds; a handshake is work."""
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class TlsTask:
    """Every `stride`-th byte of both directions of a CreatePayment over TLS, with one end."""

    end: End
    stride: int = 1
    start: int = 0


class _Heard:
    """A server that counts what it could read."""

    def __init__(self) -> None:
        self.size = 0
        self.is_whole = False

    async def __call__(self, peer: Peer) -> None:
        request = b""
        while b"\r\n\r\n" not in request or not request.endswith(b"}"):
            data = await peer.reader.read(65536)
            if not data:
                return
            request += data
            self.size = len(request)
        self.is_whole = True
        await peer.send(http(payment()))


def run(task: TlsTask) -> Tally:
    """Cut everywhere that the task says."""
    return asyncio.run(_run(task))


async def _run(task: TlsTask) -> Tally:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        ca_file = Path(folder) / "ca.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        line = _Line(context, str(ca_file))
        _, (flow,), _ = await line.call(None, PATIENT)
        for group in groups(list(_cuts(task, flow)), AT_ONCE):
            for one in await asyncio.gather(*(line.cut(cut) for cut in group)):
                tally.add(one)
    return tally


def _cuts(task: TlsTask, flow: Flow) -> Iterator[Cut]:
    for side, size in ((Side.REQUEST, len(flow.asked)), (Side.ANSWER, len(flow.told))):
        for at in range(task.start % task.stride, size, task.stride):
            yield Cut(side, at, task.end)


@dataclass(frozen=True, slots=True)
class _Line:
    context: ssl.SSLContext
    ca_file: str

    async def call(
        self, cut: Cut | None, seconds: float
    ) -> tuple[Outcome[Any], list[Flow], _Heard]:
        heard = _Heard()
        async with (
            RawServer(heard, tls=self.context) as server,
            FaultProxy(server.port, cut) as proxy,
        ):
            gate = gateway(
                f"https://localhost:{proxy.port}/api/v2",
                ca_file=self.ca_file,
                limits=limits(seconds),
            )
            outcome = await CREATE_PAYMENT(gate)
            await gate.aclose()
            await proxy.settled()
        return outcome, proxy.flows, heard

    async def cut(self, cut: Cut) -> Tally:
        """A cut behind the last byte, whose number differs a little, changes nothing."""
        outcome, flows, heard = await self.call(cut, BRIEF if cut.end is End.SILENCE else PATIENT)
        where = f"TLS {cut.side.value} byte {cut.at} {cut.end.value}"
        problems = [f"{where}: {problem}" for problem in _judge(outcome, flows, heard)]
        return Tally(1, Counter([type(outcome).__name__]), 0, problems)


def _judge(outcome: Outcome[Any], flows: list[Flow], heard: _Heard) -> Iterator[str]:
    if len(flows) > 1:
        yield f"was sent {len(flows)} times"
    if any(KEY.encode() in flow.asked for flow in flows):
        yield "the key went by unhidden"
    match outcome:
        case NotSent():
            if heard.size:
                yield f"not sent, but the server has read {heard.size} bytes"
        case Ok():
            if not heard.is_whole:
                yield "ok, but the server has not read the request"
        case _:
            pass  # it may have been read
