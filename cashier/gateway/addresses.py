"""Which addresses the till may speak to, and which it may put into a QR code."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from cashier.domain.failure import CashierError, Failure

PAYMENT_URL_LIMIT = 2000
ALLOWED_PAYMENT_HOSTS = ("invoice.su",)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine by its very name, without asking a name server."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_base_url(url: str) -> str:
    """The base URL without blanks and a closing slash (SPEC 7.1).

    Raises CashierError(BASE_URL_INVALID): anything but https is for loopback only, and a query, a
    fragment, a user or a password have no place in it.
    """
    text = url.strip().rstrip("/")
    parts = _split(text)
    reason = ""
    if parts is None or not parts.hostname:
        reason = "form"
    elif parts.scheme not in ("http", "https"):
        reason = "scheme"
    elif "@" in parts.netloc or "?" in text or "#" in text:
        reason = "form"
    elif parts.scheme == "http" and not is_loopback(parts.hostname):
        reason = "plain_http"
    if reason:
        shown = text if parts is None or "@" not in parts.netloc else ""
        raise CashierError(Failure.BASE_URL_INVALID, url=shown, reason=reason)
    return text


def check_proxy(proxy: str) -> None:
    """Raise CashierError(FIELD_INVALID) unless `proxy` is empty or the URL of an HTTP proxy."""
    if not proxy:
        return
    try:
        parts = urlsplit(proxy)
        is_fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fine = False
    if not is_fine:
        raise CashierError(Failure.FIELD_INVALID, field="proxy", rule="url", limit=0)


def is_training(base_url: str) -> bool:
    """Whether the gateway is on this machine: training, never real money."""
    parts = _split(base_url.strip())
    return parts is not None and is_loopback(parts.hostname or "")


def is_payable(url: str, *, base_url: str, allowed: tuple[str, ...]) -> bool:
    """Whether `url` may become a QR code.

    https, at most 2,000 characters, and the host is the gateway's own or under an allowed domain.
    In training a loopback address will do as well, http included.
    """
    parts = _split(url)
    if len(url) > PAYMENT_URL_LIMIT or parts is None or not parts.hostname or "@" in parts.netloc:
        return False
    host = parts.hostname.rstrip(".").lower()
    if is_training(base_url) and is_loopback(host):
        return parts.scheme in ("http", "https")
    if parts.scheme != "https":
        return False
    domains = tuple(domain.lower() for domain in allowed)
    own = urlsplit(base_url).hostname
    return host == own or any(host == one or host.endswith(f".{one}") for one in domains)


def _split(url: str) -> SplitResult | None:
    """The parts, or None for what a browser might read otherwise than we do."""
    if any(ord(char) <= 0x20 or char in "\\\x7f" for char in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.netloc.isascii() else None
