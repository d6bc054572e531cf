"""Every exception of httpx, through the seam for a test's transport (rows G16, G23)."""

from __future__ import annotations

import socket
import ssl

import anyio
import httpx
import pytest

from cashier.domain.failure import Failure
from cashier.gateway.deadlines import Limit
from cashier.gateway.errors import DETAIL_LIMIT, detail_of, failure_of
from cashier.gateway.exchange import Answer, Silence
from cashier.gateway.transport import Wire

pytestmark = pytest.mark.anyio
LIMIT = Limit(1, 1, 1, 0.2)
REQUEST = httpx.Request("POST", "https://gateway.example")


class Raising:
    """A transport that reports how far it got, then fails."""

    def __init__(self, trouble: Exception, *events: str) -> None:
        self._trouble = trouble
        self._events = events

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        for event in self._events:
            await request.extensions["trace"](event, {"request": _Head()})
        raise self._trouble

    async def aclose(self) -> None:
        """Nothing to close."""


class _Head:
    method = b"POST"


class Hanging(Raising):
    """A transport that reports how far it got, then never ends."""

    def __init__(self, *events: str) -> None:
        super().__init__(Exception(), *events)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except Exception:
            await anyio.sleep_forever()
            raise


async def exchange(transport: Raising) -> Answer | Silence:
    wire = Wire("https://gateway.example", transport=transport, proxy="", ca_file="")
    return await wire.exchange("GetPayment", b"{}", headers=dict, limit=LIMIT, fresh=True)


def caused(trouble: Exception, cause: Exception) -> Exception:
    trouble.__cause__ = cause
    return trouble


CONNECTING = "connection.connect_tcp.started"
SENDING = "http11.send_request_headers.started"
UNKNOWN_HOST = caused(
    httpx.ConnectError("x"), socket.gaierror(socket.EAI_NONAME, "Name or service not known")
)
BAD_TLS = caused(httpx.ConnectError("x"), ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER]"))


@pytest.mark.parametrize(
    ("trouble", "failure"),
    [
        (UNKNOWN_HOST, Failure.NO_LINK),
        (BAD_TLS, Failure.TLS_REFUSED),
        (httpx.ConnectTimeout("x"), Failure.NO_LINK),
        (httpx.PoolTimeout("x"), Failure.TIMED_OUT),
        (httpx.ProxyError("407"), Failure.PROXY_REFUSED),
    ],
)
async def test_g16_trouble_before_sending_is_proved_unsent(
    trouble: Exception, failure: Failure
) -> None:
    for events in ((), (CONNECTING,)):
        silence = await exchange(Raising(trouble, *events))
        assert isinstance(silence, Silence)
        assert (silence.failure, silence.is_unsent) == (failure, True)
    assert (await exchange(Raising(trouble, CONNECTING, SENDING))) == Silence(
        failure, is_unsent=False, detail=detail_of(trouble)
    )


@pytest.mark.parametrize(
    ("trouble", "failure"),
    [
        (httpx.ReadTimeout("x"), Failure.TIMED_OUT),
        (httpx.WriteTimeout("x"), Failure.TIMED_OUT),
        (httpx.ReadError("x"), Failure.CONNECTION_BROKEN),
        (httpx.WriteError("x"), Failure.CONNECTION_BROKEN),
        (httpx.CloseError("x"), Failure.CONNECTION_BROKEN),
        (httpx.RemoteProtocolError("x"), Failure.CONNECTION_BROKEN),
        (httpx.LocalProtocolError("x"), Failure.CONNECTION_BROKEN),
        (httpx.DecodingError("x"), Failure.CONNECTION_BROKEN),
        (OSError(5, "x"), Failure.CONNECTION_BROKEN),
        (ValueError("x"), Failure.CONNECTION_BROKEN),
    ],
)
async def test_trouble_that_proves_nothing_is_not_taken_for_proof(
    trouble: Exception, failure: Failure
) -> None:
    for events in ((), (SENDING,), (CONNECTING, SENDING)):
        silence = await exchange(Raising(trouble, *events))
        assert isinstance(silence, Silence)
        assert (silence.failure, silence.is_unsent) == (failure, False)
        assert failure_of(trouble) is failure


@pytest.mark.parametrize(
    ("events", "failure", "is_unsent"),
    [
        ((), Failure.TIMED_OUT, False),
        ((CONNECTING,), Failure.NO_LINK, True),
        ((CONNECTING, SENDING), Failure.TIMED_OUT, False),
    ],
)
async def test_g23_the_total_deadline_proves_only_what_was_seen(
    events: tuple[str, ...], failure: Failure, is_unsent: bool
) -> None:
    silence = await exchange(Hanging(*events))
    assert silence == Silence(failure, is_unsent, "deadline")


def test_g14_a_certificate_refused_by_windows_is_named_even_where_closing_fails_after_it() -> None:
    refused = ssl.SSLCertVerificationError("Certificate chain policy error 0x800b0101 [0]")
    closing = caused(OSError("the socket is gone"), refused)
    assert failure_of(closing) is Failure.TLS_REFUSED
    assert detail_of(closing) == str(refused)
    assert failure_of(caused(OSError("x"), ssl.SSLError("bad record"))) is Failure.CONNECTION_BROKEN


def test_the_detail_is_the_systems_own_word() -> None:
    assert detail_of(UNKNOWN_HOST) == "Name or service not known"
    assert detail_of(BAD_TLS) == "[SSL: WRONG_VERSION_NUMBER]"
    windows = ssl.SSLCertVerificationError("The certificate chain has expired")
    assert detail_of(caused(httpx.ConnectError("x"), windows)) == str(windows)
    windows.verify_message = "The certificate chain has expired"
    assert detail_of(caused(httpx.ConnectError("x"), windows)) == windows.verify_message
    assert detail_of(httpx.ReadTimeout("secret")) == "ReadTimeout"
    assert detail_of(httpx.ProxyError("407 Who are you")) == "407 Who are you"
    long = caused(httpx.ConnectError("x"), OSError(1, "x" * 999))
    assert detail_of(long) == "x" * DETAIL_LIMIT


def test_a_chain_of_causes_that_bites_its_tail_ends() -> None:
    first, second = httpx.ConnectError("a"), OSError("b")
    first.__cause__, second.__cause__ = second, first
    assert failure_of(first) is Failure.NO_LINK
