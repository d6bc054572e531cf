"""Every exception of the transport, turned into a `Failure` in one place."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpx

from cashier.domain.failure import Failure

DETAIL_LIMIT = 200

BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""By contract of the transport these come before the first byte of a request."""

_BROKEN_HANDSHAKES = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


def failure_of(trouble: Exception) -> Failure:
    """What an exception of an exchange means."""
    match trouble:
        case httpx.ProxyError():
            return Failure.PROXY_REFUSED
        case httpx.ConnectTimeout():
            return Failure.NO_LINK
        case httpx.ConnectError():
            return Failure.TLS_REFUSED if _tls_error(trouble) else Failure.NO_LINK
        case httpx.TimeoutException():
            return Failure.TIMED_OUT
        case _ if any(isinstance(one, ssl.SSLCertVerificationError) for one in _causes(trouble)):
            # On Windows the refusal can end in an error of closing the connection after it.
            return Failure.TLS_REFUSED
        case _:
            return Failure.CONNECTION_BROKEN


def detail_of(trouble: Exception) -> str:
    """The reason in the words of the system, for details and the log; says nothing of a request."""
    tls = _tls_error(trouble)
    if tls is not None:
        # Errors that Python code raises (the system's verification on Windows) lack some of these.
        told = [getattr(tls, name, None) for name in ("reason", "verify_message")]
        return (": ".join(str(one) for one in told if one) or str(tls))[:DETAIL_LIMIT]
    for one in _causes(trouble):
        if isinstance(one, OSError) and one.strerror:
            return one.strerror[:DETAIL_LIMIT]
    if isinstance(trouble, httpx.ProxyError):
        return str(trouble)[:DETAIL_LIMIT]
    return type(trouble).__name__


def _tls_error(trouble: BaseException) -> ssl.SSLError | None:
    for one in _causes(trouble):
        if isinstance(one, ssl.SSLError) and not isinstance(one, _BROKEN_HANDSHAKES):
            return one
    return None


def _causes(trouble: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = trouble
    for _ in range(20):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__
