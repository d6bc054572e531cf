"""A gateway for each test, on a socket of this machine, by the test's own clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cashier.sandbox.server import SandboxServer
from tests.virtual_clock import VirtualClock


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture(params=["live", "spec"])
def sandbox(request: pytest.FixtureRequest, clock: VirtualClock) -> Iterator[SandboxServer]:
    """The gateway in both profiles."""
    with SandboxServer(request.param, clock=clock.utc) as server:
        yield server
