"""What the command line asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from cashier.settings import BUILT_IN_GATEWAY, Settings


@dataclass(frozen=True, slots=True)
class Options:
    """None or False where it asked for nothing."""

    sandbox: bool = False
    data_folder: Path | None = None
    base_url: str | None = None
    language: str | None = None

    @property
    def names_a_gateway(self) -> bool:
        """Whether a window shall open at once, also before the first set-up."""
        return self.sandbox or self.base_url is not None

    def over(self, wanted: Settings) -> Settings:
        """The settings of this run: what was asked for here stands over the saved."""
        if self.sandbox:
            return replace(wanted, base_url=BUILT_IN_GATEWAY, merchant_id="")
        if self.base_url is not None:
            merchant_id = _merchant() or wanted.merchant_id
            return replace(wanted, base_url=self.base_url, merchant_id=merchant_id)
        return replace(wanted, merchant_id=wanted.merchant_id or _merchant())


def _merchant() -> str:
    from cashier.credentials import merchant_from

    return merchant_from(os.environ)
