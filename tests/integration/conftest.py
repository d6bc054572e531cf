"""A gateway for each test, on a socket of this machine, by the test's own clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cashier.sandbox.server import SandboxServer
from tests.integration.postgres_server import PostgresServer, postgres_server
from tests.virtual_clock import VirtualClock


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture(params=["live", "spec"])
def sandbox(request: pytest.FixtureRequest, clock: VirtualClock) -> Iterator[SandboxServer]:
    """The gateway in both profiles."""
    with SandboxServer(request.param, clock=clock.utc) as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests of a process; each takes a database of its own."""
    with postgres_server() as server:
        yield server
