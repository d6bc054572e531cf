"""The sandbox in a process of its own, so that its memory and its work are not the till's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import httpx


class Bank:
    """What the payers and their bank do, by the sandbox's control API. Sums in minor units."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._root = base_url.partition("/api/")[0] + "/control"
        self._client: httpx.AsyncClient | None = None

    async def act(self, payment_id: str, verb: str) -> None:
        """`verb`: pay, decline. Raises httpx.HTTPError."""
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=False, timeout=60)
        answer = await self._client.post(f"{self._root}/payments/{payment_id}/{verb}")
        answer.raise_for_status()

    async def aclose(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def paid(self) -> tuple[int, int]:
        """How many payments it has been paid, and their sum."""
        return _counted(self._ask("payments"), "order")

    def given_back(self) -> tuple[int, int]:
        """How many refunds it has made, and their sum."""
        return _counted(self._ask("refunds"), "refund")

    def _ask(self, what: str) -> Any:
        answer = httpx.get(f"{self._root}/{what}", trust_env=False, timeout=120)
        answer.raise_for_status()
        return answer.json(parse_float=Decimal)


@contextmanager
def bank() -> Iterator[Bank]:
    """A sandbox that runs meanwhile."""
    program = [sys.executable, "-m", "cashier.sandbox"]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield Bank(line.rpartition(" ")[2].strip())
    finally:
        process.terminate()
        process.wait()


def _counted(rows: list[dict[str, Any]], part: str) -> tuple[int, int]:
    done = [row[part]["amount"] for row in rows if row["state"] == "successful"]
    return len(done), int(sum(Decimal(amount) for amount in done) * 100)
