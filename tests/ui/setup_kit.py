"""What the tests of the set-up screens share: a clock that stands still and a real probe."""

from __future__ import annotations

from datetime import datetime

from cashier.clock import SystemClock
from cashier.credentials import ApiKey
from cashier.gateway.client import Gateway
from cashier.services.diagnostics import ConnectionReport, ContactLog, try_connection
from tests.virtual_clock import START


class TestClock(SystemClock):
    """The wall clock stands at 14:32 in the tests' pictures; the rest is the machine's."""

    __test__ = False

    def utc(self) -> datetime:
        return START


class Probing:
    """Asks a real gateway as the application does, and counts how often."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []

    async def __call__(
        self,
        base_url: str,
        merchant_id: str,
        key: ApiKey,
        proxy: str,
        ca_file: str,
        alias: str,
    ) -> ConnectionReport:
        self.calls.append((base_url, merchant_id, alias))
        contacts = ContactLog()
        clock = SystemClock()
        gateway = Gateway(
            base_url=base_url,
            merchant_id=merchant_id,
            api_key=key,
            clock=clock,
            proxy=proxy,
            ca_file=ca_file,
            observe=contacts.note,
        )
        try:
            return await try_connection(gateway, contacts, alias=alias, clock=clock)
        finally:
            await gateway.aclose()
