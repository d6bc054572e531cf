"""One exchange over HTTP/1.1: sent at most once, never redirected, bounded in time and size.

"Not sent" is proved, not guessed: the transport says when it starts to write a request's head.
"""

from __future__ import annotations

import logging
import os
import ssl
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

import anyio
import httpx

from cashier.domain.failure import CashierError, Failure
from cashier.gateway.addresses import is_loopback
from cashier.gateway.deadlines import Limit
from cashier.gateway.errors import BEFORE_SENDING, detail_of, failure_of
from cashier.gateway.exchange import Answer, Silence
from cashier.gateway.strict_json import SIZE_LIMIT

log = logging.getLogger(__name__)

MAX_CONNECTIONS = 16
KEEP_ALIVE = 15.0  # seconds; less than servers commonly wait

_CONNECT_STARTED = "connection.connect_tcp.started"
_HEAD_STARTED = "http11.send_request_headers.started"


class Transport(Protocol):
    """What carries a request: httpx's own, or a test's."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response: ...

    async def aclose(self) -> None: ...


class _Trace:
    """Follows one request through the transport."""

    def __init__(self) -> None:
        self.has_begun_connecting = False
        self.has_begun_sending = False

    async def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event == _CONNECT_STARTED:
            self.has_begun_connecting = True
        # A proxy is first asked for a tunnel; that head is not ours.
        elif event == _HEAD_STARTED and info["request"].method != b"CONNECT":
            self.has_begun_sending = True

    def proves_unsent(self, trouble: Exception | None) -> bool:
        """Whether nothing of the request has left, given what ended it (None: the deadline)."""
        if self.has_begun_sending:
            return False
        return self.has_begun_connecting or isinstance(trouble, BEFORE_SENDING)


class Wire:
    """The two ways to the gateway: kept connections for reads, a fresh one for everything else."""

    def __init__(
        self, base_url: str, *, transport: Transport | None, proxy: str, ca_file: str
    ) -> None:
        self._base_url = base_url
        self._given = transport
        self._proxy = "" if is_loopback(urlsplit(base_url).hostname or "") else proxy
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._made: dict[bool, Transport] = {}

    async def aclose(self) -> None:
        """Close every connection."""
        made, self._made = list(self._made.values()), {}
        for transport in made:
            await transport.aclose()

    async def exchange(
        self,
        call: str,
        body: bytes,
        *,
        headers: Callable[[], dict[str, str]],
        limit: Limit,
        fresh: bool,
    ) -> Answer | Silence:
        """Send `body` once and take what comes, within `limit.total` seconds."""
        try:
            transport = self._transport(fresh=fresh)
        except CashierError as trouble:
            return Silence(trouble.failure, is_unsent=True, detail=str(trouble))
        trace = _Trace()
        received = _Received()
        try:
            with anyio.move_on_after(limit.total):
                request = self._request(call, body, headers(), limit, trace)
                await received.take(transport, request)
                return received.whole()
        except Exception as trouble:  # noqa: BLE001  whatever it is, the call's outcome is unknown
            if not isinstance(trouble, (httpx.HTTPError, httpx.StreamError)):
                # No traceback: its frames know the headers.
                log.error("exchange ended by %s", type(trouble).__name__)  # noqa: TRY400
            return received.broken(failure_of(trouble)) or Silence(
                failure_of(trouble), trace.proves_unsent(trouble), detail_of(trouble)
            )
        is_unsent = trace.proves_unsent(None)
        failure = Failure.NO_LINK if is_unsent else Failure.TIMED_OUT
        return received.broken(failure) or Silence(failure, is_unsent, "deadline")

    def _request(
        self, call: str, body: bytes, headers: dict[str, str], limit: Limit, trace: _Trace
    ) -> httpx.Request:
        timeout = httpx.Timeout(
            connect=limit.connect, write=limit.write, read=limit.read, pool=limit.connect
        )
        return httpx.Request(
            "POST",
            f"{self._base_url}/{call}",
            headers=headers,
            content=body,
            extensions={"timeout": timeout.as_dict(), "trace": trace},
        )

    def _transport(self, *, fresh: bool) -> Transport:
        if self._given is not None:
            return self._given
        if fresh not in self._made:
            self._made[fresh] = httpx.AsyncHTTPTransport(
                verify=self._tls(),
                trust_env=False,
                http1=True,
                http2=False,
                retries=0,
                limits=httpx.Limits(
                    max_connections=MAX_CONNECTIONS,
                    max_keepalive_connections=0 if fresh else MAX_CONNECTIONS,
                    keepalive_expiry=KEEP_ALIVE,
                ),
                proxy=self._proxy_settings(),
            )
        return self._made[fresh]

    def _proxy_settings(self) -> httpx.Proxy | None:
        if not self._proxy:
            return None
        is_secure = self._proxy.startswith("https://")
        return httpx.Proxy(self._proxy, ssl_context=self._tls() if is_secure else None)

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            is_plain = self._base_url.startswith("http://")
            self._context = _no_tls() if is_plain else tls_context(self._ca_file)
        return self._context


class _Received:
    """What has come of an answer so far."""

    def __init__(self) -> None:
        self._response: httpx.Response | None = None
        self._body = bytearray()
        self._is_readable = True

    async def take(self, transport: Transport, request: httpx.Request) -> None:
        self._response = response = await transport.handle_async_request(request)
        try:
            # Nothing but identity was asked for; a packed body is not unpacked without bounds.
            self._is_readable = response.headers.get("content-encoding", "identity") == "identity"
            async for chunk in _raw(response):
                self._body += chunk
                if len(self._body) > SIZE_LIMIT:
                    self._is_readable = False
                    return
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()

    def whole(self) -> Answer:
        return self._answer(None if self._is_readable else Failure.UNREADABLE_ANSWER)

    def broken(self, failure: Failure) -> Answer | None:
        """What there is of an answer that did not come whole; None when not even its head came."""
        return None if self._response is None else self._answer(failure)

    def _answer(self, failure: Failure | None) -> Answer:
        assert self._response is not None  # noqa: S101
        return Answer(
            http_status=self._response.status_code,
            date=self._response.headers.get("date"),
            body=bytes(self._body),
            failure=failure,
        )


def _raw(response: httpx.Response) -> httpx.AsyncByteStream:
    """The body as it comes; httpx's own reader refuses one that a test's transport holds ready."""
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise TypeError("an answer of another world")
    return response.stream


def tls_context(ca_file: str) -> ssl.SSLContext:
    """TLS 1.2 or better by the system's own trust store, `ca_file` added to it.

    Raises CashierError(TLS_REFUSED) for a file that holds no certificate. There is no way to
    switch the verification off.
    """
    import truststore

    # OpenSSL would take these instead of the system's store, from whoever started the program.
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        os.environ.pop(name, None)
    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as trouble:  # ssl.SSLError is one
            raise CashierError(Failure.TLS_REFUSED, ca_file=ca_file) from trouble
    return context


def _no_tls() -> ssl.SSLContext:
    """For plain http to this machine: a context that trusts nobody and is never used."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
